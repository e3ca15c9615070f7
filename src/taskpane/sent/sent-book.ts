import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { SentEvent, SentList, SentSubmission } from '../../domain/gateway-api.ts';
import type { Gateway, NoAnswer } from '../gateway/gateway.ts';
import { MessageActs } from './message-acts.ts';
import { isNewer, messageOf, needsDetail, SHOWN_RECIPIENTS_MAX, showsFailedOnly, withEvent, withPage, type SentMessage } from './sent-message.ts';
import { noneKnown, type SentState } from './sent-state.ts';

/** A mail as Outlook shows it among what was sent. */
export interface SoughtMail {
  readonly mailbox: string;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly sentAt: Date;
}

export interface SentBookParts {
  readonly gateway: Pick<Gateway, 'sent' | 'sentFrom' | 'submission' | 'stop' | 'resendFailed' | 'proof' | 'failures' | 'followSent'>;
  readonly now: () => Date;
  /** Is told of each answer, for the whole pane's sake (pane-parts.ts). */
  readonly note: (answer: { readonly kind: string }) => void;
}

/** The book of my messages: asks the gateway, follows its events, and does what a row's buttons say. */
export interface SentBook {
  state(): SentState;
  onChange(listener: () => void): () => void;
  /** Shows what this chooses, from the newest; what is not said stays as it was. */
  choose(what: Partial<Pick<SentState, 'filter' | 'whose'>>): Promise<void>;
  /** The newest page once more; what is shown stays in its place. */
  reload(): Promise<void>;
  more(): Promise<void>;
  /** Leads to the message with this Message-ID when Sendt is shown next; null: it has been shown. */
  want(messageId: string | null): void;
  /** From now on a book of the one mail that was sent under this Message-ID. */
  find(mail: SoughtMail): Promise<void>;
  /** Until `signal` ends it, every change at once. */
  follow(signal: AbortSignal): Promise<void>;
  toggleRecipients(id: string): Promise<void>;
  /** The one whose board is shown from now on. */
  showBoard(id: string): void;
  /** As long as its board stands, it is known who did not get it; the returned function ends that. */
  attend(id: string): () => void;
  moreRecipients(id: string): Promise<void>;
  stop(id: string): Promise<void>;
  sendAgain(id: string): Promise<void>;
  /** The proof as a zip (gateway.ts); null where there is none, and the row says why. */
  proof(id: string, misdelivered?: boolean): Promise<Blob | null>;
  /** Those who did not get it, as a file with whole numbers; null where there is none, and the row says why. */
  failures(id: string): Promise<Blob | null>;
}

/** Of a mail to many, how they stand is asked for no more often than this. */
export const DETAIL_AGAIN_MS = 5_000;

/** A mail is looked for among those that the gateway took in from so long before Outlook says it was sent: clocks differ. */
export const SENT_EARLIER_MS = 10 * 60_000;

export function openSentBook(parts: SentBookParts): SentBook {
  return new Book(parts);
}

class Book implements SentBook {
  readonly #parts: SentBookParts;
  readonly #acts: MessageActs;
  readonly #listeners = new Set<() => void>();
  readonly #detailAskedAt = new Map<string, number>();
  readonly #strangers = new Set<string>();
  #sought: SoughtMail | null = null;
  #state = noneKnown;
  /** The newest page is being asked for; another question meanwhile is put when it is answered. */
  #reloading: { again: boolean } | null = null;

  constructor(parts: SentBookParts) {
    this.#parts = parts;
    this.#acts = new MessageActs({
      ...parts, state: () => this.#state, setNotes: (notes) => this.#change({ notes }), askDetail: async (id) => await this.#askDetail(id), reload: async () => await this.reload(),
    });
  }

  state(): SentState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async choose({ filter = this.#state.filter, whose = this.#state.whose }: Partial<Pick<SentState, 'filter' | 'whose'>>): Promise<void> {
    if (this.#state.whose !== whose) {
      this.#strangers.clear();
      this.#change({ whose, messages: [], next: null, counts: null });
    }
    if (this.#state.filter !== filter) this.#change({ filter, messages: [], next: null });
    await this.reload();
  }

  async reload(): Promise<void> {
    if (this.#reloading) {
      this.#reloading.again = true;
      return;
    }
    this.#change({ loading: true });
    const reloading = { again: false };
    this.#reloading = reloading;
    try {
      do {
        reloading.again = false;
        await (this.#sought ? this.#askForSought(this.#sought) : this.#askNewest());
      } while (reloading.again);
    } finally {
      this.#reloading = null;
      this.#change({ loading: false });
    }
    await this.#askDetails(this.#state.messages.map(({ id }) => id));
  }

  async #askNewest(): Promise<void> {
    const page = await this.#askPage(null);
    if (page === null) return;
    const { messages: known, next, wanted, whose } = this.#state;
    if (wanted !== null && whose === 'mine' && page.submissions.every(({ messageId }) => messageId !== wanted)) {
      // A receipt goes to the mailbox, and whoever reads it need not have written the mail.
      this.#change({ whose: 'mailboxes', messages: [], next: null });
      await this.#askNewest();
      return;
    }
    const newest = page.submissions.map(messageOf);
    const fetched = { counts: page.counts, fetchedAt: this.#parts.now() };
    // Where so much has come that the page does not reach what is known, the list begins anew: it must have no hole.
    if (known.some(({ id }) => newest.some((one) => one.id === id))) this.#change({ ...fetched, messages: withPage(known, newest), next });
    else this.#change({ ...fetched, messages: newest, next: page.next });
  }

  /** One page of what is chosen; null without an answer, and where something else was chosen meanwhile. */
  async #askPage(after: string | null): Promise<SentList | null> {
    const { filter, whose } = this.#state;
    const page = this.#read(await this.#parts.gateway.sent({ filter, whose }, after));
    return this.#state.filter === filter && this.#state.whose === whose ? page : null;
  }

  async more(): Promise<void> {
    const { next } = this.#state;
    if (next === null) return;
    this.#change({ loading: true });
    const page = await this.#askPage(next);
    this.#change({ loading: false });
    if (page === null) return;
    const added = page.submissions.map(messageOf);
    this.#change({ messages: withPage(this.#state.messages, added), next: page.next });
    await this.#askDetails(added.map(({ id }) => id));
  }

  want(messageId: string | null): void {
    this.#change({ wanted: messageId && maskCprNumbersIn(messageId) });
  }

  async find(mail: SoughtMail): Promise<void> {
    this.#sought = mail;
    await this.reload();
  }

  async #askForSought({ mailbox, messageId, sentAt }: SoughtMail): Promise<void> {
    const since = new Date(sentAt.getTime() - SENT_EARLIER_MS);
    const page = this.#read(await this.#parts.gateway.sentFrom(mailbox, since));
    if (page === null) return;
    // The gateway masks what looks like a CPR number, in a Message-ID too.
    const wanted = maskCprNumbersIn(messageId);
    const messages = page.submissions.filter((one) => one.messageId === wanted).map(messageOf);
    this.#change({ messages, open: new Set(messages.map(({ id }) => id)), fetchedAt: this.#parts.now() });
  }

  async follow(signal: AbortSignal): Promise<void> {
    await this.#parts.gateway.followSent({ onEvent: (event) => void this.#take(event), onLine: (line) => void this.#heardOf(line) }, signal);
  }

  /** Without a line nothing is told: what is shown may be old. */
  async #heardOf(line: { readonly kind: string }): Promise<void> {
    this.#parts.note(line);
    if (line.kind === 'answer' && this.#state.stale) await this.reload();
    if (line.kind !== 'answer' && line.kind !== 'too-many') this.#change({ stale: true });
  }

  async #take(event: SentEvent): Promise<void> {
    // The line is back: whatever happened meanwhile is not told.
    if (this.#state.stale) await this.reload();
    const before = this.#state.messages.find(({ id }) => id === event.id);
    if (!before) {
      if (this.#mayBelong(event)) await this.reload();
      return;
    }
    this.#replace(withEvent(before, event));
    await this.#askDetails([event.id]);
    if (event.done !== before.done || event.state !== before.state) await this.reload();
  }

  /** Events tell of all who use my mailboxes: the list says whether a mail is mine, asked once for each state of it. */
  #mayBelong(event: SentEvent): boolean {
    const told = `${event.id} ${event.state}`;
    if (this.#strangers.has(told)) return false;
    this.#strangers.add(told);
    const { filter, messages } = this.#state;
    if (this.#sought) return messages.length === 0;
    if (filter === 'all') return isNewer(event.id, messages);
    return filter === 'open' ? !event.done : event.counts.failed > 0 || event.state === 'refused' || event.state === 'parked';
  }

  /** Asks how those stand of which the list does not tell it, one after the other, newest first. */
  async #askDetails(ids: readonly string[]): Promise<void> {
    let hasEnded = false;
    for (const id of ids) {
      const message = this.#messageOf(id);
      if (message && this.#wantsDetail(message)) hasEnded = (await this.#askWhetherEnded(id)) || hasEnded;
    }
    if (hasEnded) await this.#askCounts();
  }

  #wantsDetail(message: SentMessage): boolean {
    const now = this.#parts.now();
    if (!this.#state.open.has(message.id) && !needsDetail(message, now)) return false;
    const askedAt = this.#detailAskedAt.get(message.id);
    if (askedAt === undefined || message.done || message.counts.all <= SHOWN_RECIPIENTS_MAX) return true;
    return now.getTime() - askedAt >= DETAIL_AGAIN_MS;
  }

  async #askDetail(id: string): Promise<void> {
    if (await this.#askWhetherEnded(id)) await this.#askCounts();
  }

  /** The counts are from before a message ended, and no event tells of what is known already. */
  async #askCounts(): Promise<void> {
    if (!this.#sought) await this.#askNewest();
  }

  /** Asks how one stands; true where it has ended since it was last told of. */
  async #askWhetherEnded(id: string): Promise<boolean> {
    const before = this.#messageOf(id);
    this.#detailAskedAt.set(id, this.#parts.now().getTime());
    const detail = this.#read(await this.#parts.gateway.submission(id, null, this.#failedOnly(id)));
    if (detail !== null) this.#takeDetail(detail);
    return before?.done === false && this.#messageOf(id)?.done === true;
  }

  /** A message as it was just told, with its first recipients; further ones that were fetched are fetched again when asked for. */
  #takeDetail(detail: SentSubmission): void {
    const { statuses, recipients, next } = detail;
    this.#replace(messageOf(detail));
    this.#change({ details: new Map(this.#state.details).set(detail.id, { statuses, recipients, next }) });
  }

  async toggleRecipients(id: string): Promise<void> {
    const open = new Set(this.#state.open);
    if (!open.delete(id)) open.add(id);
    this.#change({ open });
    if (open.has(id)) await this.#askDetail(id);
  }

  showBoard(id: string): void {
    this.#change({ board: id });
  }

  attend(id: string): () => void {
    this.#change({ open: new Set(this.#state.open).add(id) });
    void this.#askDetail(id);
    return () => this.#change({ open: new Set([...this.#state.open].filter((one) => one !== id)) });
  }

  async moreRecipients(id: string): Promise<void> {
    const known = this.#state.details.get(id);
    if (!known || known.next === null) return;
    const detail = this.#read(await this.#parts.gateway.submission(id, known.next, this.#failedOnly(id)));
    if (detail === null) return;
    const { statuses, recipients, next } = detail;
    this.#change({ details: new Map(this.#state.details).set(id, { statuses, recipients: [...known.recipients, ...recipients], next }) });
  }

  async stop(id: string): Promise<void> {
    await this.#acts.stop(id);
  }

  async sendAgain(id: string): Promise<void> {
    await this.#acts.sendAgain(id);
  }

  async proof(id: string, misdelivered = false): Promise<Blob | null> {
    return await this.#acts.proof(id, misdelivered);
  }

  async failures(id: string): Promise<Blob | null> {
    return await this.#acts.failures(id);
  }

  #read<Value>(answer: { readonly kind: 'answer'; readonly value: Value } | NoAnswer): Value | null {
    this.#parts.note(answer);
    this.#change({ stale: answer.kind !== 'answer' });
    return answer.kind === 'answer' ? answer.value : null;
  }

  /** To find them takes the gateway longer than a page from the beginning: only while they are shown. */
  #failedOnly(id: string): boolean {
    const message = this.#messageOf(id);
    return message !== undefined && this.#state.open.has(id) && showsFailedOnly(message);
  }

  #messageOf(id: string): SentMessage | undefined {
    return this.#state.messages.find((message) => message.id === id);
  }

  #replace(message: SentMessage): void {
    this.#change({ messages: this.#state.messages.map((one) => (one.id === message.id ? message : one)) });
  }

  #change(change: Partial<SentState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

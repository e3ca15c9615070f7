import type { Answer, Gateway } from '../gateway/gateway.ts';
import type { RowNote, SentState } from './sent-state.ts';

export interface MessageActsParts {
  readonly gateway: Pick<Gateway, 'stop' | 'resendFailed' | 'proof' | 'failures'>;
  /** Is told of each answer, for the whole pane's sake (pane-parts.ts). */
  readonly note: (answer: { readonly kind: string }) => void;
  /** As it is now. */
  readonly state: () => Pick<SentState, 'messages' | 'details' | 'notes'>;
  readonly setNotes: (notes: SentState['notes']) => void;
  /** Asks how a message stands now. */
  readonly askDetail: (id: string) => Promise<void>;
  readonly reload: () => Promise<void>;
}

/** What a press does to one message, one at a time, and what came of it, as its row tells. */
export class MessageActs {
  readonly #parts: MessageActsParts;

  constructor(parts: MessageActsParts) {
    this.#parts = parts;
  }

  async stop(id: string): Promise<void> {
    if (!this.#begin(id, 'stop')) return;
    const answer = await this.#parts.gateway.stop(id);
    this.#parts.note(answer);
    const tooLate = answer.kind === 'refused' && answer.code === 'state-conflict';
    if (answer.kind === 'answer' || tooLate) await this.#parts.askDetail(id);
    this.#note(id, answer.kind === 'answer' ? null : tooLate ? { kind: 'too-late', at: this.#leftAt(id) } : { kind: 'failed', answer });
  }

  async sendAgain(id: string): Promise<void> {
    const message = this.#parts.state().messages.find((one) => one.id === id);
    if (!message || !this.#begin(id, 'again')) return;
    const answer = await this.#parts.gateway.resendFailed(id);
    this.#parts.note(answer);
    this.#note(id, answer.kind === 'answer' ? { kind: 'again', to: message.counts.failed } : { kind: 'failed', answer });
    if (answer.kind === 'answer') await this.#parts.reload();
  }

  async proof(id: string, misdelivered: boolean): Promise<Blob | null> {
    return await this.#fetch(id, 'proof', async () => await this.#parts.gateway.proof(id, misdelivered));
  }

  async failures(id: string): Promise<Blob | null> {
    return await this.#fetch(id, 'failures', async () => await this.#parts.gateway.failures(id));
  }

  async #fetch(id: string, what: 'proof' | 'failures', call: () => Promise<Answer<Blob>>): Promise<Blob | null> {
    if (!this.#begin(id, what)) return null;
    const answer = await call();
    this.#parts.note(answer);
    this.#note(id, answer.kind === 'answer' ? null : { kind: 'failed', answer });
    return answer.kind === 'answer' ? answer.value : null;
  }

  /** When the last of it left. */
  #leftAt(id: string): Date | null {
    const times = (this.#parts.state().details.get(id)?.recipients ?? []).flatMap(({ handedOverAt }) => (handedOverAt === null ? [] : [Date.parse(handedOverAt)]));
    return times.length === 0 ? null : new Date(Math.max(...times));
  }

  /** False while something is being done to it already. */
  #begin(id: string, what: Extract<RowNote, { kind: 'busy' }>['with']): boolean {
    if (this.#parts.state().notes.get(id)?.kind === 'busy') return false;
    this.#note(id, { kind: 'busy', with: what });
    return true;
  }

  #note(id: string, note: RowNote | null): void {
    const notes = new Map(this.#parts.state().notes);
    if (note === null) notes.delete(id);
    else notes.set(id, note);
    this.#parts.setNotes(notes);
  }
}

import type { ClientSettings } from './host/client-settings.ts';
import type { LaunchEvents } from './host/launch-events.ts';
import type { Draft } from './model/draft.ts';
import { sendWithAlert, type SendEnd } from './send-with-alert.ts';
import { noteMended, sendDraft, type SentResult } from './server/mailbox-server.ts';

export interface DraftSenderParts {
  readonly client: () => ClientSettings;
  /** Of the draft that is open. */
  readonly events: () => LaunchEvents | null;
  readonly openPane: (contextData: string | null) => void;
  /** The mail is handed over: it is let go of, and shown no more. */
  readonly sent: (draft: Draft) => Promise<void>;
  /** Tells the person. */
  readonly say: (text: string) => void;
}

/** Sends drafts, one at a time. While one is judged and on its way, what is open stays open. */
export class DraftSender {
  readonly #parts: DraftSenderParts;
  /** Drafts that a Smart Alert has stopped. */
  readonly #stopped = new WeakSet<Draft>();
  #underWay: Promise<SendEnd> | null = null;
  #shutBox: () => void = () => undefined;

  constructor(parts: DraftSenderParts) {
    this.#parts = parts;
  }

  get isSending(): boolean { return this.#underWay !== null; }

  /** Whoever asks again meanwhile gets the same end. Rejects where Outlook itself cannot send it. */
  async send(draft: Draft): Promise<SendEnd> {
    this.#underWay ??= this.#send(draft).finally(() => {
      this.#underWay = null;
    });
    return await this.#underWay;
  }

  /** Does it at once, or when the mail that is being sent is gone; where that mail stays, so does what is open. */
  async afterSend(act: () => void): Promise<void> {
    if (this.#underWay !== null) {
      this.#parts.say('Vent et øjeblik: Mailen bliver først tjekket og sendt.');
      const end = await this.#underWay.catch(() => null);
      if (!end?.result) return;
    }
    act();
  }

  /** Resolves when no mail is on its way any more. */
  async settled(): Promise<void> {
    await this.#underWay?.catch(() => null);
  }

  /** Shuts the Smart Alert's box, unanswered: whoever goes on without it, by script or by another mail, has no use for it. */
  shutBox(): void {
    this.#shutBox();
  }

  async #send(draft: Draft): Promise<SendEnd> {
    this.shutBox();
    const shut = new Promise<void>((resolve) => {
      this.#shutBox = resolve;
    });
    const { events, client, openPane, say } = this.#parts;
    const end = await sendWithAlert({ draft, events: events(), client: client(), shut, openPane, send: async () => await sendDraft(draft) });
    if (end.completed?.['allowEvent'] === false) this.#stopped.add(draft);
    if (end.result) await this.#sent(draft, end.result);
    else void end.asked.then(async (result) => result && (await this.#sent(draft, result))).catch((error: unknown) => say(messageOf(error)));
    return end;
  }

  async #sent(draft: Draft, { refused }: SentResult): Promise<void> {
    if (this.#stopped.has(draft)) await noteMended().catch(() => undefined);
    await this.#parts.sent(draft);
    this.#parts.say(refused === 0 ? 'Mailen er sendt.' : 'Mailen kunne ikke leveres til alle. Se svaret i indbakken.');
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

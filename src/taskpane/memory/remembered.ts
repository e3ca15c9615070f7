import type { MeAnswer, RecipientCheck } from '../../domain/gateway-api.ts';
import type { MemoChannelId } from '../../domain/channel.ts';

/** What was learnt of a recipient, and when. */
export interface RememberedCheck {
  readonly check: RecipientCheck;
  /** ISO time of the gateway's answer. */
  readonly checkedAt: string;
}

/** Somebody who was written to from this computer. */
export interface EarlierRecipient {
  readonly number: string;
  readonly name: string;
  /** ISO time. */
  readonly lastAt: string;
}

/** What an answer to a check depends on. */
export interface CheckScope {
  readonly channel: MemoChannelId;
  readonly mailbox: string;
}

/**
 * What the pane knows without asking (features M7): who I am (a day), checks of recipients (24 hours), whom I have written
 * to, and small choices. It survives the pane, sealed: in the browser's storage numbers stand as keyed hashes, and names
 * encrypted, under keys that cannot be taken out of the browser. Where storage fails, it holds until the pane shuts.
 * Never throws.
 */
export interface Remembered {
  me(): Promise<MeAnswer | null>;
  /** Where it is somebody else than before, those who were written to are forgotten. */
  keepMe(me: MeAnswer): Promise<void>;
  /** Null where nothing is known, or it is older than 24 hours. */
  check(scope: CheckScope, number: string): Promise<RememberedCheck | null>;
  keepCheck(scope: CheckScope, number: string, known: RememberedCheck): Promise<void>;
  /** Newest first; those whose name or masked number begins so, at most `max`. Never protected people. */
  earlier(typed: string, max: number): Promise<readonly EarlierRecipient[]>;
  keepEarlier(recipient: EarlierRecipient): Promise<void>;
  /** A small choice without personal data, e.g. the last sender of a mailbox. */
  choice(name: string): Promise<string | null>;
  keepChoice(name: string, value: string): Promise<void>;
  /** Forgets what the gateway has told: who I am, and every check. */
  forgetAnswers(): Promise<void>;
}

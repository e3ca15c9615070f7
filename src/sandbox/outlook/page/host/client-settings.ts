import { methodName } from './method-names.ts';

/** Which Outlook the page plays. */
export interface ClientSettings {
  /** The highest Mailbox requirement set. */
  readonly mailbox: string;
  /** Longest address that an address field keeps; longer ones are taken as added, and are not there (outlook.md 8.1). Null: no limit. */
  readonly addressLengthMax: number | null;
  /** Whether a change of recipients is told of (outlook.md 8.2). */
  readonly recipientsChanged: boolean;
  readonly attachmentsChanged: boolean;
  /** Whether Outlook logs add-ins on by itself (nested app authentication); else they open a window for it. */
  readonly nestedAppAuth: boolean;
  /** Whether the browser lets an add-in open windows. */
  readonly windows: boolean;
  readonly failNext: FailNext | null;
  readonly theme: 'light' | 'dark';
  /** Of Outlook, e.g. "en-US". */
  readonly language: string;
  /** How long each call takes, in milliseconds. */
  readonly latencyMs: number;
  /** Whether an add-in may be sent mail's event at all; false: as a client that cannot run Smart Alerts. */
  readonly smartAlerts: boolean;
  /** How long a Smart Alert may take before Outlook says that it takes longer, and before it is given up, in milliseconds. */
  readonly alertLongerMs: number;
  readonly alertTimeoutMs: number;
}

/** Calls that go wrong: the next `count` ones of the method, or of any. */
export interface FailNext {
  /** As in `calls()`, e.g. "recipients.setAsync", or its number; absent: any method. */
  readonly call?: string | number;
  /** Office.js's error code; "silence": no answer ever comes. */
  readonly code?: number | 'silence';
  readonly count?: number;
}

export const usualClient: ClientSettings = {
  mailbox: '1.12', addressLengthMax: null, recipientsChanged: true, attachmentsChanged: true, nestedAppAuth: true, windows: true, failNext: null, theme: 'light',
  language: 'da-DK', latencyMs: 0, smartAlerts: true, alertLongerMs: 5_000, alertTimeoutMs: 300_000,
};

/** What office.js in node_modules has, and so the highest set that it can play (outlook.md 4). */
export const REAL_OFFICE_JS_SET = '1.12';

const CODE_OTHERWISE = 9_020;

/** Whether a requirement set stands in this client's. */
export function hasSet(client: Pick<ClientSettings, 'mailbox'>, set: string): boolean {
  const [major = 0, minor = 0] = client.mailbox.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = set.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** Counts down `failNext`: how this call is to fail, or null. */
export class Faults {
  #next: FailNext | null = null;
  #left = 0;

  set(next: FailNext | null): void {
    this.#next = next;
    this.#left = next === null ? 0 : next.count ?? 1;
  }

  take(dispatchId: number | null, action: string): number | 'silence' | null {
    if (this.#next === null || this.#left === 0 || dispatchId === null) return null;
    const { call, code = CODE_OTHERWISE } = this.#next;
    if (call !== undefined && call !== dispatchId && call !== methodName(dispatchId, action)) return null;
    this.#left -= 1;
    return code;
  }
}

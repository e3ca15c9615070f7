/** One thing that an add-in asked of Outlook, in the order in which they came. */
export interface LoggedCall {
  readonly frame: 'pane' | 'events';
  /** E.g. "recipients.setAsync"; office.js's own name for what belongs to the conversation. */
  readonly call: string;
  readonly dispatchId: number | null;
  readonly parameters: unknown;
  /** Calls under way when this one came, itself among them. */
  readonly concurrent: number;
  /** Office.js's error code; null where it went well, undefined while it has no answer. */
  code?: number | null;
}

/** Calls that are remembered; older ones are let go. */
const CALLS_MAX = 20_000;

/** Remembers what the frames asked. */
export class CallLog {
  readonly #calls: LoggedCall[] = [];
  #underWay = 0;

  get calls(): readonly LoggedCall[] { return this.#calls; }

  /** @returns ends the call, with Office.js's code; undefined for one that is never answered, and so no longer under way */
  begin(call: Omit<LoggedCall, 'concurrent' | 'code'>): (code: number | null | undefined) => void {
    this.#underWay += 1;
    const logged: LoggedCall = { ...call, concurrent: this.#underWay };
    this.#calls.push(logged);
    if (this.#calls.length > CALLS_MAX) this.#calls.shift();
    return (code) => {
      this.#underWay -= 1;
      if (code !== undefined) logged.code = code;
    };
  }
}

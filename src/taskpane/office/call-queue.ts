import type { Done } from './office-js.ts';
import { OutlookFailure } from './outlook.ts';

/** Outlook on the web, new Outlook and phones take this many calls at once (limits of Office.js). */
const CALLS_AT_ONCE = 3;

/** How long a call may take, in ms. Some never call back (office-js 6806), and Office.js itself waits 65 s, with a file 600 s. */
export const TIME_LIMITS_MS = { read: 15_000, write: 30_000, body: 30_000, fileContent: 120_000, addFile: 600_000 } as const;

/** What changes the mail: its fields, or its files. Of each, one thing at a time. */
export type WritingLine = 'fields' | 'files';

export interface CallQueue {
  /** One call of Office.js: waits its turn, and rejects with OutlookFailure after its time, whatever Outlook does later. */
  call<Value>(name: string, limitMs: number, start: (done: Done<Value>) => void): Promise<Value>;
  /** Does it all before the next act of that line begins; an act never holds another. */
  inLine<Value>(line: WritingLine, act: () => Promise<Value>): Promise<Value>;
}

/** The way by which every call goes to Outlook: at most three under way. `succeeded`: Office.js's word for a good answer. */
export function openCallQueue(succeeded: unknown): CallQueue {
  const takeTurn = turnstile(CALLS_AT_ONCE);
  const lines = { fields: turnstile(1), files: turnstile(1) };
  return {
    call: async (name, limitMs, start) => await takeTurn(async () => await callOnce({ name, limitMs, succeeded }, start)),
    inLine: async (line, act) => await lines[line](act),
  };
}

/** Lets so many through at a time, first come first served. */
function turnstile(atOnce: number): <Value>(act: () => Promise<Value>) => Promise<Value> {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

interface Call {
  readonly name: string;
  readonly limitMs: number;
  readonly succeeded: unknown;
}

async function callOnce<Value>({ name, limitMs, succeeded }: Call, start: (done: Done<Value>) => void): Promise<Value> {
  return await new Promise((resolve, reject) => {
    const clock = setTimeout(() => reject(new OutlookFailure(name, 'timeout')), limitMs);
    try {
      start(({ status, value, error }) => {
        clearTimeout(clock);
        if (status === succeeded) resolve(value);
        else reject(new OutlookFailure(name, error?.name ?? String(error?.code ?? 'failed')));
      });
    } catch (thrown) {
      // Too many recipients, a name too long: Office.js throws before it asks Outlook. What it writes may hold an address.
      clearTimeout(clock);
      reject(new OutlookFailure(name, thrown instanceof Error ? thrown.name : 'failed'));
    }
  });
}

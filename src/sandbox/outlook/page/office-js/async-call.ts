import { recordOf } from '../host/conversation.ts';
import type { OutlookLine } from './outlook-line.ts';

/** What a callback of Office.js is given. */
export interface AsyncResult {
  readonly status: 'succeeded' | 'failed';
  readonly value: unknown;
  readonly asyncContext: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly code: number };
}

/** The last arguments of a call of Office.js: options and callback, each of which may be left out. */
export type LastArguments = readonly unknown[];

const MESSAGE = 'Handlingen lykkedes ikke i Outlook.';

/** Finds options and callback among the last arguments. */
export function readLastArguments(last: LastArguments): { readonly options: Readonly<Record<string, unknown>>; readonly callback: ((result: AsyncResult) => void) | null } {
  const callback = last.find((one): one is (result: AsyncResult) => void => typeof one === 'function') ?? null;
  return { callback, options: recordOf(last.find((one) => typeof one === 'object' && one !== null)) };
}

/** Asks Outlook, and tells the callback as Office.js does; never throws for what Outlook answers. */
export function callOutlook(
  line: OutlookLine, call: { readonly dispatchId: number; readonly parameters?: unknown; readonly last: LastArguments; readonly toValue?: (data: unknown, answer: Readonly<Record<string, unknown>>) => unknown },
): void {
  const { callback, options } = readLastArguments(call.last);
  void line.method(call.dispatchId, call.parameters).then((data) => {
    const answer = recordOf(data);
    const asyncContext = options['asyncContext'];
    if (answer['error'] === true) {
      const code = Number(answer['errorCode']);
      callback?.({ status: 'failed', value: undefined, asyncContext, error: { name: `Error${code}`, message: MESSAGE, code } });
      return;
    }
    const value = call.toValue ? call.toValue(answer['data'], answer) : answer['data'];
    callback?.({ status: 'succeeded', value, asyncContext });
  });
}

/** What Office.js throws at once, before it asks Outlook. */
export function outOfRange(name: string): never {
  const error = new Error(`Sys.ArgumentOutOfRangeException: ${name}`);
  error.name = 'Sys.ArgumentOutOfRangeException';
  throw error;
}

export function wrongArgument(name: string): never {
  const error = new Error(`Sys.ArgumentException: ${name}`);
  error.name = 'Sys.ArgumentException';
  throw error;
}

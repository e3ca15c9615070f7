import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';
import type { OfficeDraft } from './office-js.ts';
import { OutlookFailure } from './outlook.ts';

/** Null where there is none, and where the client has no such store: some builds lack it though they say otherwise (office-js 4154). */
export async function readDraftState({ queue, has }: OfficeClient, { sessionData }: OfficeDraft, key: string): Promise<string | null> {
  if (!sessionData?.getAsync || !has('1.11')) return null;
  try {
    const value = await queue.call<string>('sessionData.getAsync', TIME_LIMITS_MS.read, (done) => sessionData.getAsync?.(key, done));
    return value || null;
  } catch (failure) {
    // A key that is not there is a failure in some clients.
    if (failure instanceof OutlookFailure && failure.code !== 'timeout') return null;
    throw failure;
  }
}

/** Keeps a value with the draft; null takes it away. */
export async function writeDraftState({ queue, has }: OfficeClient, { sessionData }: OfficeDraft, key: string, value: string | null): Promise<void> {
  if (!sessionData?.setAsync || !sessionData.removeAsync || !has('1.11')) return;
  if (value === null) await queue.call<unknown>('sessionData.removeAsync', TIME_LIMITS_MS.write, (done) => sessionData.removeAsync?.(key, done));
  else await queue.call<unknown>('sessionData.setAsync', TIME_LIMITS_MS.write, (done) => sessionData.setAsync?.(key, value, done));
}

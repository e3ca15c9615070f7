import { TIME_LIMITS_MS, type CallQueue } from './call-queue.ts';
import type { OfficeRoamingSettings } from './office-js.ts';
import { OutlookFailure } from './outlook.ts';

/** 32 kB is what a mailbox keeps of an add-in, names and values together. */
const STATE_BYTES_MAX = 32_000;

/** Keeps values with the mailbox; undefined takes one away. Nothing is saved where nothing is new. */
export async function writeMailboxState(queue: CallQueue, settings: OfficeRoamingSettings, state: Readonly<Record<string, unknown>>): Promise<void> {
  if (new TextEncoder().encode(JSON.stringify(state)).length > STATE_BYTES_MAX) throw new OutlookFailure('roamingSettings', 'too-big');
  const news = Object.entries(state).filter(([name, value]) => JSON.stringify(settings.get(name)) !== JSON.stringify(value));
  if (news.length === 0) return;
  for (const [name, value] of news) {
    if (value === undefined) settings.remove(name);
    else settings.set(name, value);
  }
  await queue.call<unknown>('roamingSettings.saveAsync', TIME_LIMITS_MS.write, (done) => settings.saveAsync(done));
}

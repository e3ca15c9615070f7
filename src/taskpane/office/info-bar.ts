import { TIME_LIMITS_MS, type CallQueue } from './call-queue.ts';
import type { OfficeDraft } from './office-js.ts';

/** Ours is one line, under this key. */
const KEY = 'digitalPost';
/** A picture of the manifest. */
const ICON = 'Icon.16';
const TEXT_MAX = 150;

/** Writes our line in Outlook's own bar above the mail; null takes it away. */
export async function writeInfoBar(queue: CallQueue, { notificationMessages }: OfficeDraft, text: string | null): Promise<void> {
  if (text === null) {
    // A line that is not there cannot be taken away: that is no failure.
    await queue.call<unknown>('notificationMessages.removeAsync', TIME_LIMITS_MS.write, (done) => notificationMessages.removeAsync(KEY, done)).catch(() => undefined);
    return;
  }
  const message = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX - 1)}…` : text;
  await queue.call<unknown>('notificationMessages.replaceAsync', TIME_LIMITS_MS.write, (done) =>
    notificationMessages.replaceAsync(KEY, { type: 'informationalMessage', message, icon: ICON, persistent: false }, done));
}

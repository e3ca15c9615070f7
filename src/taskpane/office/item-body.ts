import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';
import { isOfficeDraft, type OfficeItem } from './office-js.ts';

/**
 * The body as HTML. HTML is asked for as HTML: as text, Outlook on the web gives what cannot be trusted. A draft in plain
 * text gives none, so it is asked for as it is, escaped, and keeps its lines.
 */
export async function bodyHtmlOf({ queue }: OfficeClient, item: OfficeItem): Promise<string> {
  const isText = isOfficeDraft(item) && (await queue.call<unknown>('body.getTypeAsync', TIME_LIMITS_MS.read, (done) => item.body.getTypeAsync(done))) === 'text';
  const body = await queue.call<string>('body.getAsync', TIME_LIMITS_MS.body, (done) => item.body.getAsync(isText ? 'text' : 'html', done));
  return isText ? htmlOfText(body ?? '') : (body ?? '');
}

function htmlOfText(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, (sign) => signs[sign] ?? '').replace(/\r\n?|\n/g, '<br>\n');
}

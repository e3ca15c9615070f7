import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';
import { isOfficeDraft, type OfficeDraft, type OfficeItem } from './office-js.ts';
import { OutlookFailure } from './outlook.ts';

/** Characters that Outlook takes. */
const BODY_MAX = 1_000_000;

/**
 * The body as HTML. HTML is asked for as HTML: as text, Outlook on the web gives what cannot be trusted. A draft in plain
 * text gives none, so it is asked for as it is, escaped, and keeps its lines.
 */
export async function bodyHtmlOf({ queue }: OfficeClient, item: OfficeItem): Promise<string> {
  const isText = isOfficeDraft(item) && (await isPlainText(queue, item));
  const body = await queue.call<string>('body.getAsync', TIME_LIMITS_MS.body, (done) => item.body.getAsync(isText ? 'text' : 'html', done));
  return isText ? htmlOfText(body ?? '') : (body ?? '');
}

/** Writes the body whole: Office.js changes no part of it. */
export async function writeBodyHtml({ queue }: OfficeClient, draft: OfficeDraft, html: string): Promise<void> {
  if (html.length > BODY_MAX) throw new OutlookFailure('setBodyHtml', 'too-long');
  if (await isPlainText(queue, draft)) throw new OutlookFailure('setBodyHtml', 'not-html');
  await queue.call<unknown>('body.setAsync', TIME_LIMITS_MS.body, (done) => draft.body.setAsync(html, { coercionType: 'html' }, done));
}

async function isPlainText(queue: OfficeClient['queue'], { body }: OfficeDraft): Promise<boolean> {
  return (await queue.call<unknown>('body.getTypeAsync', TIME_LIMITS_MS.read, (done) => body.getTypeAsync(done))) === 'text';
}

function htmlOfText(text: string): string {
  const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, (sign) => signs[sign] ?? '').replace(/\r\n?|\n/g, '<br>\n');
}

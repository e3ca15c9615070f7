import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';
import { isOfficeDraft, type OfficeDraft, type OfficeItem } from './office-js.ts';
import { OutlookFailure } from './outlook.ts';

/** Signs of name and value together. */
const HEADER_MAX = 998;

type Headers = Readonly<Record<string, string>>;

/** Those of the named headers that the mail has, by the names as asked. */
export async function readHeaders(client: OfficeClient, item: OfficeItem, names: readonly string[]): Promise<Headers> {
  if (names.length === 0 || !client.has('1.8')) return {};
  const all = isOfficeDraft(item) ? await ofDraft(client, item, names) : await ofReceived(client, item);
  const byLowerCase = new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(names.flatMap((name) => {
    const value = byLowerCase.get(name.toLowerCase());
    return typeof value === 'string' ? [[name, value]] : [];
  }));
}

/** Headers of our own on the draft; their names begin with "x-", for no other survive. */
export async function writeHeaders({ queue, has }: OfficeClient, { internetHeaders }: OfficeDraft, headers: Headers): Promise<void> {
  const fits = Object.entries(headers).every(([name, value]) => /^x-/i.test(name) && name.length + value.length <= HEADER_MAX);
  if (!internetHeaders || !has('1.8')) throw new OutlookFailure('internetHeaders.setAsync', 'not-supported');
  if (!fits) throw new OutlookFailure('internetHeaders.setAsync', 'header');
  if (Object.keys(headers).length === 0) return;
  await queue.call<unknown>('internetHeaders.setAsync', TIME_LIMITS_MS.write, (done) => internetHeaders.setAsync({ ...headers }, done));
}

/** Takes headers away, where they are. */
export async function clearHeaders({ queue, has }: OfficeClient, { internetHeaders }: OfficeDraft, names: readonly string[]): Promise<void> {
  if (!internetHeaders || !has('1.8') || names.length === 0) return;
  await queue.call<unknown>('internetHeaders.removeAsync', TIME_LIMITS_MS.write, (done) => internetHeaders.removeAsync([...names], done));
}

async function ofDraft({ queue }: OfficeClient, { internetHeaders }: OfficeDraft, names: readonly string[]): Promise<object> {
  if (!internetHeaders) return {};
  const told = await queue.call<unknown>('internetHeaders.getAsync', TIME_LIMITS_MS.read, (done) => internetHeaders.getAsync([...names], done));
  return typeof told === 'object' && told !== null ? told : {};
}

/** All headers of a received mail are one text (Mailbox 1.8): folded lines, of a name that comes twice the first. */
async function ofReceived({ queue }: OfficeClient, item: Exclude<OfficeItem, OfficeDraft>): Promise<Headers> {
  if (!item.getAllInternetHeadersAsync) return {};
  const text = await queue.call<string>('getAllInternetHeadersAsync', TIME_LIMITS_MS.read, (done) => item.getAllInternetHeadersAsync?.(done));
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value.trim());
  }
  return Object.fromEntries(headers);
}

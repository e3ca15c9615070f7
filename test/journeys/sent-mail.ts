import assert from 'node:assert/strict';
import MailComposer from 'nodemailer/lib/mail-composer';
import type Mail from 'nodemailer/lib/mailer';
import { readMemo, type ReadMemo } from '../../src/memo/read-memo.ts';
import { noticesOf, type NoticeRead } from './receipt-reading.ts';
import type { RunningSandbox} from './running-sandbox.ts';
import { type MessageRow } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

export const SIKKERPOST = 'sikkerpost@kommune.example';
export const JOBCENTER_POINT = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
export const COMPANY_POINT = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
const PATIENCE_MS = 60_000;

/** A mail that the gateway took. */
export interface SentMail {
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
}

/** Hands a mail over as a program would; its subject must be one that no other test of the sandbox uses. */
export async function send(sandbox: RunningSandbox, to: readonly string[], mail: Mail.Options & { readonly subject: string }): Promise<SentMail> {
  const messageId = `<${crypto.randomUUID()}@kommune.example>`;
  const from = typeof mail.from === 'string' ? mail.from : SIKKERPOST;
  const composer = new MailComposer({ to: [...to], messageId, text: 'Kære borger\n', newline: 'win', ...mail, from });
  const answer = await sandbox.submit(await composer.compile().build(), from, to);
  assert.equal(answer.code, 250, answer.text);
  return { messageId, from, subject: mail.subject };
}

/** The one mail back about it. */
export async function told(sandbox: RunningSandbox, { messageId, from }: SentMail): Promise<NoticeRead> {
  const notices = () => noticesOf(sandbox, from, messageId);
  await until(async () => (await notices()).length > 0, PATIENCE_MS, `a mail about ${messageId}`);
  const [first, ...more] = await notices();
  assert.equal(more.length, 0, 'one mail about it');
  assert.ok(first);
  return first;
}

/** The mail back, which refuses the mail in these words. */
export async function refused(sandbox: RunningSandbox, mail: SentMail, ...words: readonly string[]): Promise<NoticeRead> {
  const notice = await told(sandbox, mail);
  assert.match(notice.subject, /^Beskeden er ikke sendt/);
  for (const word of words) assert.ok(`${notice.subject}\n${notice.text}`.includes(word), `«${word}» in ${notice.text}`);
  for (const channel of ['ngdp', 'mitdk', 'eboks']) assert.deepEqual(await arrivals(sandbox, mail, channel), []);
  return notice;
}

/** The messages of the mail that a network has received. */
export async function arrivals(sandbox: RunningSandbox, { subject }: SentMail, channel = 'ngdp'): Promise<readonly MessageRow[]> {
  return (await sandbox.messages(channel)).filter(({ label }) => label === subject);
}

/** A message as the network received it, read. */
export async function memoOf(sandbox: RunningSandbox, { messageUUID }: MessageRow, channel = 'ngdp'): Promise<ReadMemo & { readonly xml: string }> {
  const xml = await sandbox.memo(messageUUID, channel);
  const bytes = Buffer.from(xml);
  const memo = await readMemo((async function* () {
    yield bytes;
  })());
  return { ...memo, xml };
}

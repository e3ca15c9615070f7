import { fieldOf, filesOf } from '../pages/form-fields.ts';
import { openedMailbox, type NamedAddress } from './outlook-user.ts';
import type { WrittenMail } from './written-mail.ts';

/** What was posted is no mail of this Outlook. */
export class NoMail extends Error {
  readonly statusCode = 400;
}

/**
 * Reads a mail as the page posts it: `mail`, JSON, and `files` in the order in which the JSON names them. Throws NoMail.
 */
export async function writtenMailOf(form: unknown): Promise<WrittenMail> {
  const mail = recordOf(jsonOf(fieldOf(form, 'mail')));
  const from = addressOf(mail['from']);
  if (openedMailbox(from.address) === null) throw new NoMail('Fra er ikke en postkasse i øvelsen.');
  const posted = filesOf(form, 'files');
  const files = await Promise.all(listOf(mail['files']).map(async (one, n) => {
    const { name, type, contentId } = recordOf(one);
    const content = posted[n];
    if (!content) throw new NoMail('En fil mangler.');
    return { name: String(name), type: String(type), contentId: typeof contentId === 'string' ? contentId : null, content: Buffer.from(await content.arrayBuffer()) };
  }));
  const [to, cc, bcc] = [mail['to'], mail['cc'], mail['bcc']].map((list) => listOf(list).map(addressOf));
  if (!to || !cc || !bcc || to.length + cc.length + bcc.length === 0) throw new NoMail('Der er ingen modtagere.');
  const text = (name: string): string => String(mail[name] ?? '');
  return {
    from, to, cc, bcc, subject: text('subject'), html: text('html'), text: text('text'),
    headers: Object.entries(recordOf(mail['headers'])).map(([name, value]) => ({ name, value: String(value) })),
    inReplyTo: text('inReplyTo'), references: text('references'), files,
  };
}

function addressOf(value: unknown): NamedAddress {
  const { displayName, emailAddress } = recordOf(value);
  if (typeof emailAddress !== 'string' || !emailAddress.includes('@')) throw new NoMail('En modtager har ingen adresse.');
  return { address: emailAddress, name: typeof displayName === 'string' ? displayName : '' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NoMail('Mailen kan ikke læses.');
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

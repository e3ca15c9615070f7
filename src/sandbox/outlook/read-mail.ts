import { defaultTreeAdapter, parse, serialize, type DefaultTreeAdapterTypes } from 'parse5';
import type { MailAddress, ParsedMail } from '../../mail/mail.ts';
import { parseMail } from '../../mail/parse-mail.ts';
import { linksIn } from '../pages/gateway-links.ts';
import type { MailForReading, ShownPerson } from './readable-mail.ts';

/** Reads a mail without its files; null where it goes beyond the limits of reading. */
export async function mailForReading(chunks: AsyncIterable<Uint8Array>): Promise<MailForReading | null> {
  const mail = await parsed(chunks);
  if (!mail) return null;
  const field = (name: string): string => mail.headers.find((one) => one.name === name)?.value ?? '';
  return {
    from: shown(mail.from.addresses[0]),
    replyTo: mail.replyTo.map(shown),
    to: mail.to.map(shown),
    cc: mail.cc.map(shown),
    bcc: [],
    subject: mail.subject,
    messageId: mail.messageId ?? '',
    references: field('references'),
    headers: mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\r\n'),
    html: mail.html,
    text: mail.text?.text ?? '',
    files: mail.attachments.map(({ index, name, declaredType, bytes, usedInBody, contentId }) => ({
      index, name: name === '' ? 'uden navn' : name, type: declaredType, bytes, isInline: usedInBody, contentId,
    })),
    links: mail.html === null ? [] : linksIn(mail.html),
  };
}

/** As Outlook on the web shows a text that names no typeface; a style before the document is read as part of its head. */
const OWN_TYPE = '<!doctype html><style>body { margin: 16px; font: 15px/22px "Segoe UI", system-ui, sans-serif }</style>';

/**
 * The mail's HTML with its own pictures in it, for showing in a frame where nothing runs; null for a mail without HTML.
 * Scripts are taken out as well, so that the browser need not say that it stopped them.
 */
export async function htmlForShowing(chunks: AsyncIterable<Uint8Array>): Promise<string | null> {
  const mail = await parsed(chunks);
  if (!mail || mail.html === null) return null;
  const pictures = new Map(mail.inlineImages.map(({ contentId, type, bytes }) => [contentId.toLowerCase(), `data:${type};base64,${Buffer.from(bytes).toString('base64')}`]));
  return `${OWN_TYPE}${withoutScripts(mail.html)}`.replace(/cid:([^"'\s)>]+)/gi, (whole, id: string) => pictures.get(decoded(id).toLowerCase()) ?? whole);
}

/** A picture that the mail shows in its text, by its content id; null for none. */
export async function pictureOfMail(chunks: AsyncIterable<Uint8Array>, index: number): Promise<{ readonly name: string; readonly type: string; readonly content: Buffer } | null> {
  const mail = await parsed(chunks);
  const file = mail?.attachments.find((one) => one.index === index);
  const picture = mail?.inlineImages.find(({ contentId }) => contentId.toLowerCase() === file?.contentId?.toLowerCase());
  return file && picture ? { name: file.name, type: picture.type, content: Buffer.from(picture.bytes) } : null;
}

async function parsed(chunks: AsyncIterable<Uint8Array>): Promise<ParsedMail<null> | null> {
  return await parseMail(chunks, { open: () => ({ write: () => undefined, end: () => null }) }).catch(() => null);
}

function shown(address: MailAddress | undefined): ShownPerson {
  const emailAddress = address?.address ?? '';
  return { emailAddress, displayName: address?.name === undefined || address.name === '' ? emailAddress : address.name };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutScripts(markup: string): string {
  const document = parse(markup);
  takeOutScripts(document);
  return serialize(document);
}

function takeOutScripts(parent: DefaultTreeAdapterTypes.ParentNode): void {
  for (const child of [...parent.childNodes]) {
    if (child.nodeName === 'script') defaultTreeAdapter.detachNode(child);
    else if ('tagName' in child) {
      child.attrs = child.attrs.filter(({ name, value }) => !name.startsWith('on') && !/^\s*javascript:/i.test(value));
      takeOutScripts(child);
    }
  }
}

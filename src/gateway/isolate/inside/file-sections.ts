import { decodeCharset } from '../../../mail/decode-charset.ts';
import { mailFileHeading, mailFileOf, type MailFile, type MailFileAttachment } from '../../../mail/mail-file.ts';
import { readOutlookMessage } from '../../../mail/read-outlook-message.ts';
import type { Body } from '../../../pdf/body-pdf.ts';
import { FileFault } from '../../../pdf/file-fault.ts';
import type { Section } from '../../../pdf/sections-pdf.ts';
import { settablePictures } from '../../../pdf/settable-pictures.ts';
import type { MendingLimits } from '../document-jobs.ts';
import type { InputFile } from './input-file.ts';
import { readAttachedMail } from './read-attached-mail.ts';

/** What a file becomes on paper, and what stays beside it as files: a mail's attachments. */
export interface FileOnPaper {
  readonly section: Section;
  readonly files: readonly MailFileAttachment[];
  /** Messages attached to it, each for a PDF of its own. */
  readonly messages: readonly MailFile[];
}

/** Reads a file as pages to be set. Throws FileFault where it cannot be, with what to do instead; MailUnreadable. */
export async function fileOnPaper(file: InputFile, limits: MendingLimits): Promise<FileOnPaper> {
  const alone = (section: Section): FileOnPaper => ({ section, files: [], messages: [] });
  switch (file.kind) {
    case 'picture': return alone({ kind: 'pictures', pictures: settablePictures(file.bytes, limits), alt: altOf(file.name) });
    case 'text': return alone(bodySection({ html: null, text: plain(decodeCharset(file.bytes, null)), images: [] }));
    case 'html': return alone(bodySection({ html: decodeCharset(file.bytes, charsetOfHtml(file.bytes)), text: null, images: [] }));
    case 'mail': return mailOnPaper(await emlFile(file.bytes));
    case 'outlook-message': return mailOnPaper(msgFile(file.bytes));
    case 'heic': throw new FileFault('HEIC-billeder kan ikke laves om her. Gem billedet som JPEG, og vedhæft det i stedet.');
    case 'office': throw new FileFault('Office-filer kan ikke laves om her. Åbn filen, gem den som PDF, og vedhæft den i stedet.');
    case 'pdf': throw new FileFault('Filen er en PDF i forvejen.');
    case 'zip': throw new FileFault('En zip-fil kan ikke blive til en PDF. Pak den ud først.');
    case 'other': throw new FileFault('Denne slags fil kan ikke laves om til PDF her. Gem den som PDF i det program, den er lavet i.');
  }
}

/** A mail on paper: what it says of itself, then its text. */
export function mailOnPaper(mail: MailFile): FileOnPaper {
  const heading: Body = { html: mailFileHeading(mail), text: null, images: [] };
  return { section: bodySection(mail, [heading]), files: mail.files, messages: mail.messages };
}

function bodySection({ html, text, images }: Body, heads: readonly Body[] = []): Section {
  return { kind: 'body', heads, body: { html, text, images } };
}

async function emlFile(bytes: Buffer): Promise<MailFile> {
  const { mail, files } = await readAttachedMail(bytes);
  const beside = files.flatMap(({ name, declaredType, bytes: content }, n) =>
    mail.attachments[n]?.usedInBody === true ? [] : [{ name, type: declaredType, bytes: content }],
  );
  return mailFileOf(mail, beside);
}

function msgFile(bytes: Buffer): MailFile {
  const mail = readOutlookMessage(bytes);
  if (mail === null) throw new FileFault('Outlook-beskeden er beskadiget. Åbn den i Outlook, og gem den som PDF.');
  return mail;
}

function plain(text: string): Body['text'] {
  return { text, flowed: false, delSp: false };
}

/** What the page says of its charset (HTML, 13.2.3.2: in its first 1,024 bytes). */
export function charsetOfHtml(bytes: Buffer): string | null {
  return /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})/i.exec(bytes.toString('latin1', 0, 1_024))?.[1] ?? null;
}

function altOf(name: string): string {
  const stem = name.replace(/\.[^.]{1,10}$/, '').trim();
  return stem === '' ? 'Billede' : stem;
}

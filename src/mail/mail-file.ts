import type { InlineImage, MailAddress, MailText, ParsedMail } from './mail.ts';

/** A mail that was handed in as a file, .eml or .msg, as far as it can be read by a person. */
export interface MailFile {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly date: Date | null;
  readonly html: string | null;
  readonly text: MailText | null;
  readonly images: readonly InlineImage[];
  /** Its attachments, without the pictures that its text shows. */
  readonly files: readonly MailFileAttachment[];
  /** Outlook messages attached to it; those deeper than allowed are left out. */
  readonly messages: readonly MailFile[];
}

export interface MailFileAttachment {
  /** As the mail gives it; "" when it gives none. */
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A parsed .eml as a mail file; `files` are its attachments in order, those that the text shows left out. */
export function mailFileOf(mail: ParsedMail, files: readonly MailFileAttachment[]): MailFile {
  return {
    subject: mail.subject,
    from: addressLine(mail.from.addresses),
    to: addressLine(mail.to),
    cc: addressLine(mail.cc),
    date: mail.date,
    html: mail.html,
    text: mail.text,
    images: mail.inlineImages,
    files,
    messages: [],
  };
}

function addressLine(addresses: readonly MailAddress[]): string {
  return addresses.map(({ name, address }) => (name === '' || name === address ? address : `${name} <${address}>`)).join('; ');
}

const DATE = new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Copenhagen' });

/** What a mail says of itself, as HTML for the top of its PDF: subject as heading, then who, to whom and when. */
export function mailFileHeading({ subject, from, to, cc, date }: MailFile): string {
  const lines = [
    ['Fra', from],
    ['Til', to],
    ['Cc', cc],
    ['Dato', date === null ? '' : DATE.format(date)],
  ].filter(([, value]) => value !== '');
  const facts = lines.map(([name = '', value = '']) => `<b>${name}:</b> ${escaped(value)}`).join('<br>');
  return `<h1>${escaped(subject === '' ? 'Uden emne' : subject)}</h1><p>${facts}</p>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

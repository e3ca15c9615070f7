import libmime from 'libmime';

/** What a list of mails shows of one. */
export interface MailSummary {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
}

/** A header longer than this is not looked at to its end. */
export const HEADER_BYTES_MAX = 262_144;

const SHOWN_MAX = 1_000;

/**
 * Reads From, To and Subject, decoded, from the beginning of a mail. What is missing or unreadable is empty; a
 * stand-in mailbox takes every mail, however odd.
 */
export function summaryOf(beginning: Uint8Array): MailSummary {
  const text = Buffer.from(beginning).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const lines = text.slice(0, end).replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return { from: fieldIn(lines, 'from'), to: fieldIn(lines, 'to'), subject: fieldIn(lines, 'subject') };
}

function fieldIn(lines: readonly string[], name: string): string {
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
  // Raw UTF-8 stands in headers since RFC 6532; read as latin1 above, it is turned back here.
  const raw = Buffer.from(line?.slice(name.length + 1).trim() ?? '', 'latin1').toString('utf8');
  return decoded(raw).slice(0, SHOWN_MAX);
}

function decoded(raw: string): string {
  try {
    return libmime.decodeWords(raw);
  } catch {
    return raw;
  }
}

import { decodeCharset } from '../../../mail/decode-charset.ts';
import { mailFileOf, type MailFile } from '../../../mail/mail-file.ts';
import { readOutlookMessage } from '../../../mail/read-outlook-message.ts';
import { readRtf } from '../../../mail/read-rtf.ts';
import { wordText } from '../../../mail/word-text.ts';
import { fileKindOf } from '../../../domain/attachment-mending.ts';
import type { AttachmentFacts } from '../../../domain/attachment-facts.ts';
import { htmlText } from '../../../pdf/html-text.ts';
import { pdfText } from '../../../pdf/pdf-text.ts';
import type { FileTextResult, ReadFileTextJob, TextLimits } from '../document-jobs.ts';
import { charsetOfHtml } from './file-sections.ts';
import { factsOfFile } from './inspect-file.ts';
import { readAttachedMail } from './read-attached-mail.ts';
import { tell } from './tell.ts';

/** Tells the text of one file, page by page; null for a file in which nothing can be read. */
export async function readFileText({ name, type, limits }: ReadFileTextJob, [bytes = Buffer.alloc(0)]: readonly Buffer[]): Promise<void> {
  const facts = await factsOfFile({ name, declaredType: type }, bytes);
  const pages = facts.encrypted || facts.bytes > limits.bytesMax ? null : await pagesOf(bytes, facts, limits).catch(() => null);
  await tell({ kind: 'result', payload: JSON.stringify({ pages: withText(pages, limits) } satisfies FileTextResult) });
}

/** A scanned letter has pages and no text: as good as unread. */
function withText(pages: readonly string[] | null, { charactersMax }: TextLimits): readonly string[] | null {
  if (pages === null || pages.every((page) => page.trim() === '')) return null;
  return pages.reduce((sum, page) => sum + page.length, 0) > charactersMax ? null : pages;
}

async function pagesOf(bytes: Buffer, facts: AttachmentFacts, limits: TextLimits): Promise<readonly string[] | null> {
  switch (fileKindOf(facts)) {
    case 'pdf': return await pdfText(bytes, limits);
    case 'text': return [decodeCharset(bytes, null)];
    case 'html': return onePage(htmlText(decodeCharset(bytes, charsetOfHtml(bytes))));
    case 'mail': {
      const { mail } = await readAttachedMail(bytes);
      return onePage(mailText(mailFileOf(mail, [])));
    }
    case 'outlook-message': {
      const message = readOutlookMessage(bytes);
      return onePage(message && mailText(message));
    }
    case 'office': return onePage(officeText(bytes, facts, limits));
    default: return null;
  }
}

function onePage(text: string | null): readonly string[] | null {
  return text === null ? null : [text];
}

/** Headed as Outlook heads a mail that is quoted, for that is what it is: it was written to somebody else. */
function mailText({ from, to, subject, html, text }: MailFile): string | null {
  const body = html === null ? (text?.text ?? '') : htmlText(html);
  return body === null ? null : `\nFra: ${from}\nSendt: \nTil: ${to}\nEmne: ${subject}\n\n${body}`;
}

function officeText(bytes: Buffer, { detectedType }: AttachmentFacts, limits: TextLimits): string | null {
  if (detectedType !== 'application/rtf') return wordText(bytes, { bytesMax: limits.bytesMax, charactersMax: limits.charactersMax });
  const content = readRtf(bytes);
  return content.kind === 'html' ? htmlText(content.html) : content.text;
}

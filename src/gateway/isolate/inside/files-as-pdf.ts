import type { MailFile } from '../../../mail/mail-file.ts';
import { sectionsPdf } from '../../../pdf/sections-pdf.ts';
import type { MendingLimits } from '../document-jobs.ts';
import { type FileOnPaper, fileOnPaper, mailOnPaper } from './file-sections.ts';
import type { InputFile, OutputFile } from './input-file.ts';
import { remarksOf } from './pdf-remarks.ts';

/** Makes a PDF of one file; a mail's attachments come beside it as they are, messages attached to it as PDFs. */
export async function filesAsPdf(file: InputFile, limits: MendingLimits): Promise<readonly OutputFile[]> {
  return pdfsOf(`${stemOf(file.name)}.pdf`, await fileOnPaper(file, limits), limits);
}

function pdfsOf(name: string, { section, files, messages }: FileOnPaper, limits: MendingLimits): readonly OutputFile[] {
  const { pdf, warnings } = sectionsPdf({ title: stemOf(name), sections: [section], pagesMax: limits.pagesMax });
  return [
    { name, type: 'application/pdf', bytes: pdf, remarks: remarksOf(warnings) },
    ...files.map((beside) => ({ ...beside, remarks: [] })),
    ...messagePdfs(messages, limits),
  ];
}

/** The PDFs of messages attached to a message, and what is attached to them. */
export function messagePdfs(messages: readonly MailFile[], limits: MendingLimits): readonly OutputFile[] {
  return messages.flatMap((message) => {
    const title = message.subject === '' ? 'Besked' : message.subject.replace(/[/\\]/g, '-');
    return pdfsOf(`${title}.pdf`, mailOnPaper(message), limits);
  });
}

/** A file's name without its ending. */
export function stemOf(name: string): string {
  const stem = name.replace(/\.[^./\\]{1,10}$/, '').trim();
  return stem === '' ? 'Fil' : stem;
}

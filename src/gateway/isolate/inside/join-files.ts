import { FileFault } from '../../../pdf/file-fault.ts';
import { mergePdfs } from '../../../pdf/merge-pdfs.ts';
import { sectionsPdf } from '../../../pdf/sections-pdf.ts';
import type { MendingLimits } from '../document-jobs.ts';
import { type FileOnPaper, fileOnPaper } from './file-sections.ts';
import { messagePdfs, stemOf } from './files-as-pdf.ts';
import type { InputFile, OutputFile } from './input-file.ts';
import { remarksOf } from './pdf-remarks.ts';

/**
 * Joins files, in their order, into one PDF that a screen reader can read. Pictures and texts are set as one document; PDFs
 * among them are merged with their tags (pdf/merge-pdfs.ts). Attachments of mails come beside it. All or nothing; a FileFault names the file that it cannot be done with.
 */
export async function joinFiles(files: readonly InputFile[], name: string, limits: MendingLimits): Promise<readonly OutputFile[]> {
  const title = stemOf(name);
  const papers = await Promise.all(files.map(async (file) => (file.kind === 'pdf' ? file : await onPaper(file, limits))));
  const beside = papers.flatMap((paper) => ('section' in paper ? besideIt(paper, limits) : []));
  const onlySet = papers.flatMap((paper) => ('section' in paper ? [paper.section] : []));
  if (onlySet.length === papers.length) {
    const { pdf, warnings } = sectionsPdf({ title, sections: onlySet, pagesMax: limits.pagesMax });
    return [{ name: `${title}.pdf`, type: 'application/pdf', bytes: pdf, remarks: remarksOf(warnings) }, ...beside];
  }
  const warnings: string[] = [];
  const parts = papers.map((paper, n) => {
    const partTitle = stemOf(files[n]?.name ?? '');
    if (!('section' in paper)) return { title: partTitle, bytes: paper.bytes };
    const set = sectionsPdf({ title: partTitle, sections: [paper.section], pagesMax: limits.pagesMax });
    warnings.push(...set.warnings);
    return { title: partTitle, bytes: set.pdf };
  });
  const merged = await mergePdfs({ title, parts, pagesMax: limits.pagesMax });
  const remarks = [...remarksOf(warnings), ...merged.remarks];
  return [{ name: `${title}.pdf`, type: 'application/pdf', bytes: merged.pdf, remarks }, ...beside];
}

async function onPaper(file: InputFile, limits: MendingLimits): Promise<FileOnPaper> {
  try {
    return await fileOnPaper(file, limits);
  } catch (error) {
    if (error instanceof FileFault) throw new FileFault(`»${file.name}«: ${error.message}`, { cause: error, file: file.name });
    throw error;
  }
}

function besideIt({ files, messages }: FileOnPaper, limits: MendingLimits): readonly OutputFile[] {
  return [...files.map((file) => ({ ...file, remarks: [] })), ...messagePdfs(messages, limits)];
}

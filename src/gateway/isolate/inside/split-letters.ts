import { lettersByNumber } from '../../../domain/letters-by-number.ts';
import { FileFault } from '../../../pdf/file-fault.ts';
import { pdfText } from '../../../pdf/pdf-text.ts';
import { splitPdf } from '../../../pdf/split-pdf.ts';
import type { Unreadable } from '../child-job.ts';
import type { SplitLetterHead, SplitLettersJob, SplitLettersResult } from '../document-jobs.ts';
import { tell, tellFile } from './tell.ts';

/** Reads whose letters stand in one PDF, and hands out those that are asked for; none where there is any doubt. */
export async function splitLetters(job: SplitLettersJob, [bytes = Buffer.alloc(0)]: readonly Buffer[]): Promise<void> {
  try {
    const pages = await textOf(bytes, job);
    const told = lettersByNumber(pages, new Set(job.numbers));
    const made = job.make === null || told.faults.length > 0 ? [] : told.letters.slice(job.make.from, job.make.from + job.make.count);
    const ranges = made.map(({ firstPage, pages: count }) => ({ title: job.title, first: firstPage - 1, pages: count }));
    const split = await splitPdf({ title: job.name, bytes }, ranges);
    let n = 0;
    let room = job.madeBytesMax;
    for await (const pdf of split.parts()) {
      room -= pdf.length;
      if (room < 0) throw new FileFault('Brevene fylder for meget til at blive sendt tilbage på én gang. Tag færre ad gangen.');
      await tellFile(n, { number: made[n]?.number ?? '' } satisfies SplitLetterHead, pdf);
      n += 1;
    }
    await tell({ kind: 'result', payload: JSON.stringify({ ...told, tagged: split.isTagged } satisfies SplitLettersResult) });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const unreadable: Unreadable = { stage: 'letter', code: 'file-fault', text: error.message };
    await tell({ kind: 'unreadable', payload: JSON.stringify(unreadable) });
  }
}

async function textOf(bytes: Buffer, { name, limits }: SplitLettersJob): Promise<readonly string[]> {
  if (bytes.length > limits.bytesMax) throw new FileFault(`»${name}« er for stor til at blive delt.`);
  const pages = await pdfText(bytes, limits);
  if (pages === null) throw new FileFault(`»${name}« kan ikke læses: den er ikke en PDF, er låst, er ødelagt eller har for mange sider.`);
  if (pages.every((page) => page.trim() === '')) throw new FileFault(`Der er ingen tekst i »${name}«, kun billeder, så numrene kan ikke findes.`);
  return pages;
}

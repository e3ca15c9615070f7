import { composed } from '../../../mail/composed.ts';
import { BodyTooLarge } from '../../../pdf/body-limits.ts';
import { bodyPdf } from '../../../pdf/body-pdf.ts';
import { warmUpPdf } from '../../../pdf/make-pdf.ts';
import type { Unreadable } from '../child-job.ts';
import type { RenderJob, RenderResult } from '../document-jobs.ts';
import { tell, tellFile } from './tell.ts';

/** Loads fonts and typesetter before the first job. */
export function warmUp(): void {
  warmUpPdf();
}

/** Makes the letter that reading a mail of this subject, body and pictures would make (read-mail.ts), byte for byte. */
export async function renderLetter(job: RenderJob, pictures: readonly Buffer[]): Promise<void> {
  try {
    const { pdf, pages, warnings } = bodyPdf({
      // As a mail's subject is read (mail/read-subject.ts).
      subject: composed(job.subject.replace(/[\r\n]+/g, ' ').trim()),
      html: job.html,
      text: job.text === null ? null : { text: job.text, flowed: false, delSp: false },
      images: job.pictures.map((picture, n) => ({ ...picture, bytes: pictures[n] ?? Buffer.alloc(0) })),
      ...(job.language !== null && { language: job.language }),
    });
    await tellFile(0, { kind: 'letter' }, pdf);
    await tell({ kind: 'result', payload: JSON.stringify({ pages, warnings } satisfies RenderResult) });
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    const unreadable: Unreadable = { stage: 'letter', code: error.code, text: error.message };
    await tell({ kind: 'unreadable', payload: JSON.stringify(unreadable) });
  }
}

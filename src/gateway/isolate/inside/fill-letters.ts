import type { AttachmentFacts } from '../../../domain/attachment-facts.ts';
import type { AttachmentSink } from '../../../mail/attachment-sink.ts';
import { MailUnreadable } from '../../../mail/mail-unreadable.ts';
import { parseMail } from '../../../mail/parse-mail.ts';
import { readInvitation } from '../../../mail/read-invitation.ts';
import { BodyTooLarge } from '../../../pdf/body-limits.ts';
import { TypesettingError } from '../../../pdf/make-pdf.ts';
import type { FillLettersJob, FillLettersResult, OwnLetterHead } from '../fill-letters-job.ts';
import { filledMail, letterOfMail, mergeTextsOf, withMeetings } from './letter-of-mail.ts';
import { openFileInspection } from './inspect-file.ts';
import { tell, tellFile } from './tell.ts';

/** Makes one letter after another of a mail that was read before, each the same as the mail's own would be with its words in it. */
export async function fillLetters(job: FillLettersJob, raw: AsyncGenerator<Uint8Array>): Promise<void> {
  const end = performance.now() + job.timeWantedMs;
  let made = 0;
  let failed: string | null = null;
  try {
    const read = await parseMail(raw, letGo);
    const mail = withMeetings(read, readInvitation(read, new Date(job.createdAt)));
    const texts = mergeTextsOf(mail);
    for (const { line, values } of job.rows) {
      const valueOf = (key: string) => values[job.keys.indexOf(key)] ?? '';
      const { pdf } = letterOfMail(filledMail(mail, texts, valueOf));
      await tellFile(line, { kind: 'own-letter', line } satisfies OwnLetterHead, pdf);
      made += 1;
      if (performance.now() > end) break;
    }
  } catch (error) {
    if (!(error instanceof MailUnreadable) && !(error instanceof BodyTooLarge) && !(error instanceof TypesettingError)) throw error;
    for await (const _rest of raw);
    failed = error instanceof TypesettingError ? CANNOT_BE_SET : error.message;
  }
  await tell({ kind: 'result', payload: JSON.stringify({ made, failed } satisfies FillLettersResult) });
}

const CANNOT_BE_SET = 'Brevet kunne ikke sættes.';

/** Its files are in the store already; they are looked into, for what is in them may be the mail itself. */
const letGo: AttachmentSink<AttachmentFacts> = {
  open({ name, declaredType }) {
    const inspection = openFileInspection({ name, declaredType });
    return {
      write: (bytes) => Promise.resolve(inspection.write(bytes)),
      end: () => inspection.end(),
    };
  },
};

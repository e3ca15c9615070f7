import type { AttachmentFacts } from '../../../domain/attachment-facts.ts';
import { letterCharactersMax } from '../../../domain/letter-text.ts';
import { isBodyPdfName, isMergeColumnsName } from '../../../domain/memo-header-file.ts';
import type { ParsedMail } from '../../../mail/mail.ts';
import { MailUnreadable } from '../../../mail/mail-unreadable.ts';
import type { AttachmentSink } from '../../../mail/attachment-sink.ts';
import { reservationOf } from '../../../mail/meeting-reservation.ts';
import { parseMail } from '../../../mail/parse-mail.ts';
import { calendarNamesCitizens } from '../../../mail/calendar-names-citizens.ts';
import { readInvitation, type Invitation } from '../../../mail/read-invitation.ts';
import { BodyTooLarge } from '../../../pdf/body-limits.ts';
import { htmlText } from '../../../pdf/html-text.ts';
import type { Unreadable } from '../child-job.ts';
import type { FileHead, InvitationFacts, ReadMailJob, ReadMailResult } from '../read-mail-job.ts';
import { openFileInspection } from './inspect-file.ts';
import { letterOfMail, mergeFieldsOf, withMeetings } from './letter-of-mail.ts';
import { tell, tellFile } from './tell.ts';

/** Reads one mail, hands out its files and the letter of its body, and tells what is in it. */
export async function readMail(job: ReadMailJob, raw: AsyncGenerator<Uint8Array>): Promise<void> {
  let stage: Unreadable['stage'] = 'mail';
  try {
    const read = await parseMail(raw, handOut);
    stage = 'letter';
    await tell({ kind: 'stage' });
    const ownLetter = read.attachments.some((attachment) => isBodyPdfName(attachment.name));
    const invitation = job.wantsLetter ? readInvitation(read, new Date(job.createdAt)) : noInvitation;
    const mail = withMeetings(read, invitation);
    // Letters that are filled in are made when the columns are known to fit (fill-letters.ts).
    const isMerge = job.wantsLetter && read.attachments.some((attachment) => isMergeColumnsName(attachment.name));
    const letter = job.wantsLetter && !ownLetter && !isMerge ? await makeLetter(mail) : null;
    const result = {
      mail: withoutBytes(mail),
      letter,
      mergeFields: isMerge ? mergeFieldsOf(mail) : null,
      bodyText: job.wantsText ? textOf(read) : null,
      invitation: factsOf(invitation, new Date(job.createdAt)),
      calendarNamesCitizens: calendarNamesCitizens(read.calendars),
    };
    await tell({ kind: 'result', payload: JSON.stringify(result satisfies ReadMailResult) });
  } catch (error) {
    if (!(error instanceof MailUnreadable) && !(error instanceof BodyTooLarge)) throw error;
    for await (const _rest of raw);
    const unreadable: Unreadable = { stage, code: error.code, text: error.message };
    await tell({ kind: 'unreadable', payload: JSON.stringify(unreadable) });
  }
}

/** As the sender wrote it, with its lines; enough of it for the check of the letter. */
function textOf({ html, text }: ParsedMail<AttachmentFacts>): string | null {
  const whole = html === null ? (text?.text ?? '') : htmlText(html);
  return whole?.slice(0, letterCharactersMax) ?? null;
}

const noInvitation: Invitation = { kind: 'none' };

function factsOf(invitation: Invitation, now: Date): InvitationFacts | null {
  if (invitation.kind === 'none') return null;
  const meetings = invitation.kind === 'meetings' ? invitation.meetings : [];
  const reservations = meetings.map((meeting) => reservationOf(meeting, now)).filter((reservation) => reservation !== null);
  return { parts: invitation.parts, readable: invitation.kind === 'meetings', reservations };
}

// Attachments are numbered from 0 by their index; the letter stands apart from them.
const LETTER_FILE = 0xffff_ffff;

async function makeLetter(mail: ParsedMail<AttachmentFacts>): Promise<ReadMailResult['letter']> {
  const { pdf, pages, warnings } = letterOfMail(mail);
  await tellFile(LETTER_FILE, { kind: 'letter' } satisfies FileHead, pdf);
  return { pages, warnings };
}

/** Hands each attachment on as it streams by, and looks into it on the way. */
const handOut: AttachmentSink<AttachmentFacts> = {
  open({ index, name, declaredType }) {
    const inspection = openFileInspection({ name, declaredType });
    const head: FileHead = { kind: 'attachment', index, isBodyPdf: isBodyPdfName(name) };
    const announced = tell({ kind: 'file', file: index, payload: JSON.stringify(head) });
    return {
      async write(bytes) {
        inspection.write(bytes);
        await announced;
        await tell({ kind: 'data', file: index, payload: bytes });
      },
      async end() {
        await announced;
        await tell({ kind: 'file-end', file: index });
        return await inspection.end();
      },
    };
  },
};

function withoutBytes(mail: ParsedMail<AttachmentFacts>): ReadMailResult['mail'] {
  const { headers: _headers, inlineImages: _images, calendars: _calendars, text: _text, html: _html, date: _date, ...rest } = mail;
  const attachments = rest.attachments.map((attachment) => ({
    ...attachment,
    facts: attachment.facts && { ...attachment.facts, unreadableTnef: attachment.unreadableTnef },
  }));
  return { ...rest, attachments };
}

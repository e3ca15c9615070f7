import type { AttachmentFacts } from '../../../domain/attachment-facts.ts';
import { fieldsOfAll, mergeKey, mergeTextOf, type MergeText } from '../../../domain/merge-fields.ts';
import type { MergeFields } from '../../../domain/merge-columns.ts';
import { meetingLetterHtml, meetingTitle } from '../../../mail/meeting-letter.ts';
import type { ParsedMail } from '../../../mail/mail.ts';
import type { Invitation } from '../../../mail/read-invitation.ts';
import { bodyPdf } from '../../../pdf/body-pdf.ts';
import { htmlText } from '../../../pdf/html-text.ts';
import type { SetPdf } from '../../../pdf/set-document.ts';

type Mail = ParsedMail<AttachmentFacts>;

/** The letter of an invitation says first what the calendar says; the mail's own text follows. */
export function withMeetings(mail: Mail, invitation: Invitation): Mail {
  const [first] = invitation.kind === 'meetings' ? invitation.meetings : [];
  if (invitation.kind !== 'meetings' || first === undefined) return mail;
  return { ...mail, subject: mail.subject || meetingTitle(first), html: meetingLetterHtml(invitation.meetings, mail) };
}

/** The letter that a mail's text becomes. */
export function letterOfMail({ subject, html, text, inlineImages }: Mail): SetPdf {
  return bodyPdf({ subject, html, text, images: inlineImages });
}

/** The fields of a mail's subject and text. */
export interface MergeTexts {
  readonly subject: MergeText;
  readonly html: MergeText | null;
  readonly text: MergeText | null;
}

export function mergeTextsOf({ subject, html, text }: Mail): MergeTexts {
  return {
    subject: mergeTextOf(subject, 'line'),
    html: html === null ? null : mergeTextOf(html, 'html'),
    text: html === null && text !== null ? mergeTextOf(text.text, 'text') : null,
  };
}

/** The mail as it is to one recipient. */
export function filledMail(mail: Mail, { subject, html, text }: MergeTexts, valueOf: (key: string) => string): Mail {
  return {
    ...mail,
    subject: subject.fill(valueOf),
    html: html && html.fill(valueOf),
    text: text && mail.text && { ...mail.text, text: text.fill(valueOf) },
  };
}

/**
 * What the fields of a mail are, of all that becomes its letter. HTML is read a second time as its letter is: what looks
 * like a field there and could not be filled in must not reach a citizen.
 */
export function mergeFieldsOf(mail: Mail): MergeFields {
  const { subject, html, text } = mergeTextsOf(mail);
  const found = [subject, html, text].filter((one) => one !== null);
  const seen = html === null ? null : mergeTextOf(htmlText(mail.html ?? '') ?? '', 'text');
  const known = new Set((html?.fields ?? []).map(mergeKey));
  const missed = (seen?.fields ?? []).filter((field) => !known.has(mergeKey(field)));
  const all = fieldsOfAll(found);
  return { ...all, faults: [...all.faults, ...missed.map((field) => ({ kind: 'broken' as const, text: `{${field}}` }))] };
}

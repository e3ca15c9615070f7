import { danishDay } from '../../domain/danish-local-time.ts';
import {
  deadlineFault, deadlineMoment, emptyMemoHeader, formFault, kleFault, memoTextFault, MEMO_TEXT_CHARACTERS_MAX,
  type Classification, type OutboundMemoHeader,
} from '../../domain/memo-header-json.ts';
import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { TextRef } from './text-ref.ts';

/** The five fields as they stand on the screen; "" where nothing is given. */
export interface Information {
  /** A day, YYYY-MM-DD. */
  readonly deadline: string;
  readonly caseId: string;
  readonly attention: string;
  readonly kle: string;
  readonly form: string;
}

export const informationFields = ['deadline', 'caseId', 'attention', 'kle', 'form'] as const;
export type InformationField = (typeof informationFields)[number];

export const noInformation: Information = { deadline: '', caseId: '', attention: '', kle: '', form: '' };

/** What a draft's MemoHeader.json says, as fields. */
export function informationOf(header: OutboundMemoHeader | null): Information {
  if (header === null) return noInformation;
  return {
    deadline: dayOf(header.replyByDateTime),
    caseId: header.caseId ?? '',
    attention: header.attentionPerson ?? '',
    kle: header.kle?.key ?? '',
    form: header.form?.key ?? '',
  };
}

function dayOf(deadline: string | null): string {
  const moment = deadline === null ? null : deadlineMoment(deadline);
  return moment === null ? (deadline ?? '') : danishDay(moment);
}

/** MemoHeader.json with these fields; what it holds beside them, and what a field has not changed, stays as it is. */
export function headerWith(header: OutboundMemoHeader | null, fields: Information): OutboundMemoHeader {
  const before = header ?? emptyMemoHeader;
  const caseId = filled(fields.caseId);
  const deadline = fields.deadline === dayOf(before.replyByDateTime) ? before.replyByDateTime : fields.deadline;
  return {
    ...before,
    replyByDateTime: filled(deadline ?? ''),
    caseId,
    caseSystem: caseId === before.caseId ? before.caseSystem : null,
    attentionPerson: filled(fields.attention),
    kle: classification(before.kle, fields.kle),
    form: classification(before.form, fields.form),
  };
}

function filled(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function classification(before: Classification | null, text: string): Classification | null {
  const key = filled(text);
  if (key === null) return null;
  return before?.key === key ? before : { key, version: null, label: null };
}

export function filledCount(fields: Information): number {
  return Object.values(fields).filter((text: string) => text.trim() !== '').length;
}

/** What is wrong with each field, in words; the mail is not sent with any of it. */
export function informationFaults(fields: Information, now: Date): Readonly<Partial<Record<InformationField, TextRef>>> {
  const deadline = deadlineFault(fields.deadline.trim(), now);
  const faults: Readonly<Record<InformationField, TextRef | null>> = {
    deadline: deadline === null ? null : { key: 'info.deadline.past' },
    caseId: textFault(fields.caseId),
    attention: textFault(fields.attention),
    kle: kleFault(fields.kle.trim()) === null ? null : { key: 'info.kle.bad' },
    form: formFault(fields.form.trim()) === null ? null : { key: 'info.form.bad' },
  };
  return Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== null));
}

function textFault(text: string): TextRef | null {
  return memoTextFault(text.trim()) === null ? null : { key: 'info.text.bad', parameters: { max: MEMO_TEXT_CHARACTERS_MAX } };
}

const caseNumbers = [
  // "Sagsnr. 24/1234", "sag 2026-004512", "J.nr. 01.02.03-P19-4-26".
  /\b(?:sagsnr|sagsnummer|sags-id|sag|j\.?nr|journalnr)\.?:?\s+(?:nr\.?\s+)?([\p{L}\d][\p{L}\d./-]*\d[\p{L}\d./-]*)/iu,
  // The year first, as most case systems write it.
  /(?<![\d-])((?:[A-Z]{1,5}-)?(?:19|20)\d{2}[-/]\d{3,8})(?![\d-])/,
];

const SUGGESTED_CHARACTERS_MAX = 40;

/** A case number that stands in the subject; null where none does, or it could be a CPR number. */
export function suggestedCase(subject: string): string | null {
  const text = subject.slice(0, MEMO_TEXT_CHARACTERS_MAX);
  const found = caseNumbers.map((pattern) => pattern.exec(text)?.[1]?.replace(/[./-]+$/, '')).find((one) => one !== undefined && one !== '');
  return found === undefined || found.length > SUGGESTED_CHARACTERS_MAX || maskCprNumbersIn(found) !== found ? null : found;
}

import { deadlineFault, MEMO_TEXT_CHARACTERS_MAX, memoHeaderFaults, type MemoHeaderFault, type MemoHeaderField, type OutboundMemoHeader } from './memo-header-json.ts';
import { problemOf, type Problem } from './problem.ts';

/** Why a mail with this MemoHeader.json may not go at that time: one Problem for each field that is wrong. */
export function memoHeaderProblems(
  header: OutboundMemoHeader,
  { file, now, goesAt }: { readonly file: string; readonly now: Date; readonly goesAt: Date },
): readonly Problem[] {
  return memoHeaderFaults(header, goesAt).map(({ field, value, fault }) => {
    const reason = fault === 'past' && deadlineFault(value, now) === null ? PAST_WHEN_SENT : reasonOf(field, fault);
    return problemOf('memo-header-wrong', { file, field: fieldNames[field], value, reason });
  });
}

const PAST_WHEN_SENT = 'Beskeden sendes først, når fristen er udløbet. Vælg en senere dato.';

/** A contact point that is none of the organisation's; it may have been one when the mail was written. */
export function unknownSenderPointProblem(contactPoint: string, file: string): Problem {
  const reason = 'Det er ikke et af organisationens kontaktpunkter.';
  return problemOf('memo-header-wrong', { file, field: fieldNames.senderContactPoint, value: contactPoint, reason });
}

/** The words of the pane's fields (ux.md 5.5). */
const fieldNames: Readonly<Record<MemoHeaderField, string>> = {
  replyByDateTime: 'svarfristen',
  caseId: 'sagsnummeret',
  caseSystem: 'sagssystemet',
  kle: 'KLE-emnet',
  form: 'FORM-opgaven',
  attentionPerson: 'Att. hos modtageren',
  productionUnitNumber: 'P-nummeret',
  globalLocationNumber: 'GLN-nummeret',
  senderContactPoint: 'afsenderens kontaktpunkt',
  recipientContactPoint: 'modtagerens kontaktpunkt',
};

const reasons: Readonly<Record<Exclude<MemoHeaderFault['fault'], 'wrong-form'>, string>> = {
  'no-date': 'En svarfrist er en dato, der findes, fx 2026-12-10.',
  past: 'Datoen er passeret. Vælg en dato fra i morgen.',
  'too-long': `Der må højst stå ${String(MEMO_TEXT_CHARACTERS_MAX)} tegn.`,
  'odd-signs': 'Der må kun stå én linje almindelig tekst.',
  twice: 'Virksomheden står to gange. Vi gætter ikke på, hvilket kontaktpunkt der er det rigtige.',
};

const forms: Readonly<Partial<Record<MemoHeaderField, string>>> = {
  kle: 'Et KLE-emne skrives som 32.30.04.',
  form: 'En FORM-opgave skrives som 48.45.05.05.',
  productionUnitNumber: 'Et P-nummer er 10 cifre.',
  globalLocationNumber: 'Et GLN-nummer er 13 cifre.',
  senderContactPoint: 'Et kontaktpunkt skrives som 8-4-4-4-12 cifre og bogstaver fra a til f.',
  recipientContactPoint: 'Skriv et CVR-nummer på 8 cifre og et kontaktpunkt på 8-4-4-4-12 cifre og bogstaver fra a til f.',
};

function reasonOf(field: MemoHeaderField, fault: MemoHeaderFault['fault']): string {
  return fault === 'wrong-form' ? (forms[field] ?? '') : reasons[fault];
}

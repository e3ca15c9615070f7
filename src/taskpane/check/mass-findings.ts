import { massDraft, recipientsOfList, type MassDraftQuestion, type MassFault } from '../../domain/mass-draft.ts';
import type { LetterNow } from '../../domain/letter-mark.ts';
import { isBodyPdfName, isMassSendListName } from '../../domain/memo-header-file.ts';
import { isMeantForOne, isOwnLetterName } from '../../domain/own-letters.ts';
import type { ColumnsFault } from '../mass/columns-now.ts';
import type { Draft } from '../office/outlook.ts';
import type { FileOfDraft } from './file-of-draft.ts';
import { said, type Finding, type MassMend, type Said } from './finding.ts';

export interface MassQuestion {
  readonly draft: Draft;
  /** All files, at their places in the draft. */
  readonly files: readonly FileOfDraft[];
  readonly letter: LetterNow;
  readonly columns: ColumnsFault | null;
}

/**
 * What keeps address, list and letter of a mass send apart (domain/mass-draft.ts), as cards of Tjek with what mends each. What is
 * wrong with an address by itself is told on its row, two letters among the files.
 */
export function massFindings({ draft, files, letter, columns }: MassQuestion): readonly Finding[] {
  const found = massDraft({ ...draft, files: draft.attachmentsUnknown === true ? null : files.map(listFile), letter });
  const cards = found.kind === 'faults' ? found.faults.flatMap((fault) => cardOf(fault, files) ?? []) : [];
  return [...cards, ...(columns === null ? ownLetterCards(files) : [card('mass-columns', columnsText[columns], { fix: 'open-list', n: null })])];
}

const columnsText: Readonly<Record<ColumnsFault, Said>> = {
  misfit: said('check.massColumns'),
  several: said('check.massColumnsTwice'),
  letter: said('check.massColumnsLetter'),
};

/**
 * Files that are named by recipients' numbers, and do not fit the list one to one: the gateway sends nothing then, whoever
 * attached them and whatever has become of list or files since (domain/own-letters.ts).
 */
function ownLetterCards(files: readonly FileOfDraft[]): readonly Finding[] {
  const names = files.filter(({ attachment: { isInline, kind } }) => !isInline && kind === 'file').map(({ attachment: { name } }) => name);
  const meant = names.filter(isMeantForOne);
  const [list, another] = files.filter(({ attachment: { name } }) => isMassSendListName(name));
  const text = another ? null : (list?.facts?.listText ?? null);
  const recipients = text === null ? null : recipientsOfList(text);
  if (recipients === null || meant.length === 0) return [];
  const owners = new Set(meant.filter(isOwnLetterName).map((name) => name.replace(/\D/g, '')));
  const fits = meant.length === recipients.length && recipients.every(({ number }) => owners.has(number)) && !names.some(isBodyPdfName);
  return fits ? [] : [card('mass-own', said('check.massOwn'), { fix: 'open-list', n: null })];
}

function listFile({ attachment, facts }: FileOfDraft): NonNullable<MassDraftQuestion['files']>[number] {
  return { ...attachment, listText: facts?.listText ?? null };
}

function cardOf(fault: MassFault, files: readonly FileOfDraft[]): Finding | null {
  switch (fault.code) {
    case 'count':
      // Nobody can be written to by a list of nobody: the list is what is wrong.
      return card('mass', said('check.mass', { a: fault.a, b: fault.b }), fault.b === 0 ? { fix: 'put-list', n: null } : { fix: 'address', n: fault.b });
    case 'addresses':
      return card('mass', said('check.massAddresses', { n: fault.n }), { fix: 'address', n: fault.b });
    case 'no-address':
      return card('mass', said('check.massNoAddress'), fault.b === 0 ? { fix: 'put-list', n: null } : { fix: 'address', n: null });
    default:
      return listCard(fault, files);
  }
}

function listCard(fault: Exclude<MassFault, { readonly code: 'count' | 'addresses' | 'no-address' }>, files: readonly FileOfDraft[]): Finding | null {
  switch (fault.code) {
    case 'no-list':
      return card('mass', said('check.massNoList'), { fix: 'put-list', n: null });
    case 'lists':
      return card('mass', said('check.massLists', { n: fault.n }), { fix: 'one-list', n: fault.b, keptId: files[fault.keep]?.attachment.id ?? '' });
    case 'lines':
      return card('mass', fault.n === 1 ? said('check.massLines1') : said('check.massLines', { n: fault.n }), { fix: 'open-list', n: null });
    case 'letter-changed':
      return card('mass-letter', said('check.massLetter'), { fix: 'letter', n: null });
    case 'address-form': case 'not-alone': case 'letters':
      return null;
  }
}

function card(key: string, text: Said, mend: MassMend): Finding {
  return { key, grade: 'stop', about: { kind: 'files' }, text, advice: null, quote: null, mend };
}

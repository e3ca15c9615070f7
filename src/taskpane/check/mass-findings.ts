import { massDraft, type MassDraftQuestion, type MassFault } from '../../domain/mass-draft.ts';
import type { LetterNow } from '../../domain/letter-mark.ts';
import type { Draft } from '../office/outlook.ts';
import type { FileOfDraft } from './file-of-draft.ts';
import { said, type Finding, type MassMend, type Said } from './finding.ts';

export interface MassQuestion {
  readonly draft: Draft;
  /** All files, at their places in the draft. */
  readonly files: readonly FileOfDraft[];
  readonly letter: LetterNow;
}

/**
 * What keeps address, list and letter of a mass send apart (domain/mass-draft.ts), as cards of Tjek with what mends each. What is
 * wrong with an address by itself is told on its row, two letters among the files.
 */
export function massFindings({ draft, files, letter }: MassQuestion): readonly Finding[] {
  const found = massDraft({ ...draft, files: draft.attachmentsUnknown === true ? null : files.map(listFile), letter });
  return found.kind === 'faults' ? found.faults.flatMap((fault) => cardOf(fault, files) ?? []) : [];
}

function listFile({ attachment, facts }: FileOfDraft): NonNullable<MassDraftQuestion['files']>[number] {
  return { ...attachment, listText: facts?.listText ?? null };
}

function cardOf(fault: MassFault, files: readonly FileOfDraft[]): Finding | null {
  switch (fault.code) {
    case 'count':
      return card('mass', said('check.mass', { a: fault.a, b: fault.b }), { fix: 'address', n: fault.b });
    case 'addresses':
      return card('mass', said('check.massAddresses', { n: fault.n }), { fix: 'address', n: fault.b });
    case 'no-address':
      return card('mass', said('check.massNoAddress'), { fix: 'address', n: null });
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

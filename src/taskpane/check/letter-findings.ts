import { checkLetter, type LetterFinding, type LetterPlace } from '../../domain/letter-check.ts';
import type { CheckInput } from './check-input.ts';
import type { DraftRecipients } from './draft-recipients.ts';
import { aboutFile, type FileOfDraft } from './file-of-draft.ts';
import { said, type Finding, type Said, type SaidValue } from './finding.ts';

export interface LetterOfDraft {
  readonly subject: string;
  readonly text: string;
  /** Those that go with it to the recipient, and that are not already said to be unfit. */
  readonly files: readonly FileOfDraft[];
  readonly recipients: DraftRecipients;
  readonly people: CheckInput['people'];
  /** Names that are rightly there. */
  readonly rightNames: readonly string[];
  readonly today: Date;
}

/**
 * Whether the letter is written to the one it goes to, by the very rules that the gateway runs (domain/letter-check.ts).
 * A file that nobody has looked into yet says nothing.
 */
export function letterFindings(letter: LetterOfDraft): readonly Finding[] {
  const { subject, text, files, recipients, people, rightNames, today } = letter;
  const found = checkLetter({
    recipients: recipients.mass ? [] : recipients.numbers.map(({ kind, number }) => ({
      kind, number, name: people.get(number)?.name ?? null, protected: people.get(number)?.protected ?? false,
    })),
    rightNames,
    subject,
    text,
    files: files.flatMap(({ attachment: { name }, facts }) => {
      if (facts === null || facts.text.kind === 'not-yet') return [];
      return [{ name, pages: facts.text.kind === 'pages' ? facts.text.pages : null }];
    }),
    today,
  });
  const together = numbersTogether(found);
  return found.flatMap((finding) => {
    const group = together.get(finding) ?? [finding];
    return group[0] === finding ? [findingOf(group, finding, letter)] : [];
  });
}

/** More numbers than this in one file are one card: it is a list, or a file of others, and is looked at as a whole. */
const NUMBERS_EACH_MAX = 3;

/** The findings that are told together, each with all of them, in their order. */
function numbersTogether(found: readonly LetterFinding[]): ReadonlyMap<LetterFinding, readonly LetterFinding[]> {
  const inFiles = new Map<string, LetterFinding[]>();
  for (const finding of found) {
    const { kind, where } = finding;
    if (kind !== 'other-cpr' || where.place !== 'page') continue;
    inFiles.set(where.file, inFiles.get(where.file) ?? []);
    inFiles.get(where.file)?.push(finding);
  }
  const many = [...inFiles.values()].filter(({ length }) => length > NUMBERS_EACH_MAX);
  return new Map(many.flatMap((group) => group.map((finding) => [finding, group] as const)));
}

function findingOf(group: readonly LetterFinding[], finding: LetterFinding, { files, recipients }: LetterOfDraft): Finding {
  const file = 'file' in finding.where ? files.find(({ attachment }) => attachment.name === fileNameOf(finding.where)) : undefined;
  return {
    key: finding.kind === 'subject-cpr' ? 'subject-cpr' : `letter:${finding.key}`,
    grade: finding.grade,
    about: file ? aboutFile(file) : { kind: finding.where.place === 'subject' ? 'subject' : 'text' },
    text: group.length > 1
      ? said(recipients.numbers.length > 1 ? 'check.otherCprs.many' : 'check.otherCprs', { n: group.length, file: file?.shownName ?? '' })
      : textOf(finding, file?.shownName ?? '', recipients.numbers.length),
    advice: null,
    quote: finding.quote,
    signs: group.map(({ sign }) => sign),
  };
}

function textOf({ kind, where, quote, recipientName }: LetterFinding, file: string, recipientCount: number): Said {
  const place = placeOf(where, file);
  switch (kind) {
    case 'subject-cpr':
      return said('check.subjectCpr');
    case 'subject-protected':
      return said('check.subjectProtected');
    case 'other-cpr':
    case 'other-cvr':
      return said(otherNumberTexts[kind][recipientCount > 1 ? 'many' : 'one'], { where: place });
    case 'other-name':
      return otherNameText({ where: capital(place), found: quote?.found ?? '' }, recipientName);
    case 'unread':
      return said('check.unread', { file, name: recipientName ?? said(recipientCount > 1 ? 'who.many' : 'who.one') });
  }
}

function otherNameText(named: { readonly where: SaidValue; readonly found: string }, name: string | null): Said {
  return name === null ? said('check.otherName.many', named) : said('check.otherName', { ...named, name });
}

const otherNumberTexts = {
  'other-cpr': { one: 'check.otherCpr', many: 'check.otherCpr.many' },
  'other-cvr': { one: 'check.otherCvr', many: 'check.otherCvr.many' },
} as const;

function placeOf(where: LetterPlace, file: string): SaidValue {
  switch (where.place) {
    case 'subject':
      return said('where.subject');
    case 'text':
      return said('where.text');
    case 'greeting':
      return said('where.greeting');
    case 'page':
      return said('where.page', { file, page: where.page });
    case 'file':
      return file;
  }
}

/** Our own words begin a sentence with a capital; the name of a file stays as it is. */
function capital(place: SaidValue): SaidValue {
  return typeof place === 'object' && 'key' in place && place.key !== 'where.page' ? { ...place, capital: true } : place;
}

function fileNameOf(where: LetterPlace): string | null {
  return 'file' in where ? where.file : null;
}

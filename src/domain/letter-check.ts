import { cprNumbersIn } from './cpr-in-text.ts';
import { namesRecipient, strangeNames, type KnownNames } from './letter-names.ts';
import { strangeNumbers, type KnownNumbers } from './letter-numbers.ts';
import { quoteOf, textSign, type LetterQuote } from './letter-quote.ts';
import { readableText } from './letter-text.ts';
import { aboutChild, aboutOther } from './letter-words.ts';
import { namesIn } from './name-in-text.ts';
import { isNameOf } from './person-name.ts';

/** Somebody whom the message goes to. */
export interface LetterRecipient {
  readonly kind: 'cpr' | 'cvr';
  readonly number: string;
  /** As the register or the address gives it, in any order of words; null: nobody knows it, or it is protected. */
  readonly name: string | null;
  /** Name and address protected. */
  readonly protected: boolean;
}

/** A file that goes with it. */
export interface LetterFile {
  readonly name: string;
  /** The text of each page, lines ended by "\n"; null: it could not be read. */
  readonly pages: readonly string[] | null;
}

export interface LetterQuestion {
  /** Empty for a mass send, whose recipients the letter cannot name: only the subject is then looked at. */
  readonly recipients: readonly LetterRecipient[];
  /** Names that are rightly there: of the organisation, its contact points, the one who writes. */
  readonly rightNames: readonly string[];
  readonly subject: string;
  /** Plain, with its line breaks. */
  readonly text: string;
  readonly files: readonly LetterFile[];
  /** Tells who is a child. */
  readonly today: Date;
}

export type LetterPlace =
  | { readonly place: 'subject' | 'text' | 'greeting' }
  /** `page` counts from 1. */
  | { readonly place: 'page'; readonly file: string; readonly page: number }
  /** The file as a whole: it could not be read. */
  | { readonly place: 'file'; readonly file: string };

export type LetterFindingKind = 'subject-cpr' | 'other-cpr' | 'other-name' | 'subject-protected' | 'unread';

/** Something that looks as if the letter were written to somebody else. */
export interface LetterFinding {
  readonly kind: LetterFindingKind;
  /** stop: it must be put right. look: somebody must look. */
  readonly grade: 'stop' | 'look';
  readonly where: LetterPlace;
  /** Null for a file that could not be read. */
  readonly quote: LetterQuote | null;
  /** The same for the same find in the same words, so that "Det er rigtigt" can be remembered; holds no number. */
  readonly key: string;
  /** What the recipient is called, where there is one recipient and its name is known. */
  readonly recipientName: string | null;
}

/**
 * Looks whether a letter is written to the one it goes to: CPR numbers and names in subject, text and files that are no
 * recipient's. Other people are rightly in letters (children, spouses, caseworkers, doctors); they are left alone. Pure;
 * the pane and the gateway run it alike. The order is that of the letter: subject, text, files.
 */
export function checkLetter(question: LetterQuestion): readonly LetterFinding[] {
  const subject = readableText(question.subject).replace(/\n/g, ' ');
  const inSubject = cprNumbersIn(subject).map((place) => findingOf('subject-cpr', subject, place, { place: 'subject' }));
  if (question.recipients.length === 0) return inSubject;
  const text = readableText(question.text);
  const files = question.files.map(({ name, pages }) => ({ name, pages: pages?.map(readableText) ?? null }));
  const letter: ReadLetter = { subject, text, files };
  const people = peopleOf(question, letter);
  const found = [
    ...inSubject,
    ...protectedFindings(question, subject),
    ...nameFindings(people, { text: subject, kind: 'subject', isFirst: true, namesRecipient: false }, { place: 'subject' }),
    ...textFindings(people, { text, kind: 'message', isFirst: true, namesRecipient: namesAny(people, [text]) }, { place: 'text' }),
    ...files.flatMap((file) => fileFindings(people, file)),
  ];
  const recipientName = question.recipients.length === 1 ? (question.recipients[0]?.name ?? null) : null;
  return onePerPlace(found).map((finding) => ({ ...finding, recipientName }));
}

interface ReadLetter {
  readonly subject: string;
  readonly text: string;
  readonly files: readonly LetterFile[];
}

interface People {
  /** Null where a recipient's name is not known: then no name can be told to be wrong. */
  readonly names: KnownNames | null;
  readonly numbers: KnownNumbers;
}

function peopleOf({ recipients, rightNames, today }: LetterQuestion, { subject, text, files }: ReadLetter): People {
  const names = recipients.flatMap(({ name }) => name ?? []);
  const companies = recipients.every(({ kind }) => kind === 'cvr');
  const all = [subject, text, ...files.flatMap(({ pages }) => pages ?? [])].join('\n\n');
  const child = aboutChild.test(all);
  const numbers = recipients.flatMap(({ kind, number }) => (kind === 'cpr' ? [number] : []));
  return {
    names: names.length < recipients.length ? null : { recipients: names, numbers, right: rightNames, companies, aboutOther: child || aboutOther.test(all) },
    numbers: { recipients: numbers, names, companies, aboutChild: child, year: today.getFullYear() },
  };
}

type NamedText = Parameters<typeof strangeNames>[0];

function textFindings(people: People, text: NamedText, where: LetterPlace): readonly LetterFinding[] {
  const numbers = strangeNumbers(text.text, people.numbers).map((place) => findingOf('other-cpr', text.text, place, where));
  return [...numbers, ...nameFindings(people, text, where)];
}

function nameFindings({ names }: People, text: NamedText, where: LetterPlace): readonly LetterFinding[] {
  if (names === null) return [];
  return strangeNames(text, names).map((name) =>
    findingOf('other-name', text.text, name, name.isGreeting && where.place === 'text' ? { place: 'greeting' } : where));
}

function fileFindings(people: People, { name, pages }: LetterFile): readonly LetterFinding[] {
  if (pages === null) return [{ kind: 'unread', grade: 'look', where: { place: 'file', file: name }, quote: null, key: `unread.${textSign(name)}`, recipientName: null }];
  const isNamed = namesAny(people, pages);
  return pages.flatMap((text, n) =>
    textFindings(people, { text, kind: 'page', isFirst: n === 0, namesRecipient: isNamed }, { place: 'page', file: name, page: n + 1 }));
}

/** Whether any of the texts names a recipient, or holds a recipient's number. */
function namesAny({ names, numbers }: People, texts: readonly string[]): boolean {
  return texts.some((text) =>
    names !== null && namesRecipient(text, names) || cprNumbersIn(text).some(({ cpr }) => numbers.recipients.includes(cpr)));
}

/** Only the recipient's number has leave to be asked for: whoever sees the subject must not learn who is protected. */
function protectedFindings({ recipients, rightNames }: LetterQuestion, subject: string): readonly LetterFinding[] {
  if (!recipients.some((recipient) => recipient.protected)) return [];
  const address = addressInSubject.exec(subject);
  const names = namesIn(subject).filter(({ name, sure }) =>
    !rightNames.some((right) => isNameOf(name, right)) && (sure || recipients.some((own) => own.name !== null && isNameOf(name, own.name))));
  const places = [...names, ...(address ? [{ start: address.index, end: address.index + address[0].length }] : [])];
  return places.slice(0, 1).map((place) => findingOf('subject-protected', subject, place, { place: 'subject' }));
}

const addressInSubject = /\p{Lu}[\p{L}.' -]{2,40}\p{L} \d{1,3} ?[A-Z]?(?=[, ]|$)|\d{4} \p{Lu}\p{Ll}{2,}/u;

function findingOf(
  kind: Exclude<LetterFindingKind, 'unread'>,
  text: string,
  place: { readonly start: number; readonly end: number },
  where: LetterPlace,
): LetterFinding {
  const quote = quoteOf(text, place);
  const key = `${kind}.${textSign([JSON.stringify(where), quote.before, text.slice(place.start, place.end), quote.after].join('\n'))}`;
  return { kind, grade: kind === 'subject-cpr' ? 'stop' : 'look', where, quote, key, recipientName: null };
}

/** The same number or name is told once in the text, and once in each file. */
function onePerPlace(findings: readonly LetterFinding[]): readonly LetterFinding[] {
  const told = new Set<string>();
  return findings.filter(({ kind, where, quote }) => {
    const place = 'file' in where ? where.file : where.place === 'greeting' ? 'text' : where.place;
    const sign = [kind, place, (quote?.found ?? '').toLowerCase()].join('\n');
    return !told.has(sign) && told.add(sign) !== undefined;
  });
}

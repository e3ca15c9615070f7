import { cprNumbersIn } from './cpr-in-text.ts';
import { fileTitle } from './file-title.ts';
import { quoteOf, textSign, type LetterQuote } from './letter-quote.ts';
import { inOneColumn, inWholeLines, letterCharactersMax, readableText, wholeLetterCharactersMax } from './letter-text.ts';
import { companiesInTitle } from './letter/companies-in-title.ts';
import type { NamedText } from './letter/known-names.ts';
import { namesIn } from './letter/name-in-text.ts';
import { joinedTexts, namedFirstNames, namesAny, peopleOf, type LetterPeople, type NamedFirstNames, type ReadText } from './letter/people.ts';
import { findText, partOf, seenSign } from './letter/seen-sign.ts';
import { firstStrangeCompany, namesCompany, runningCompany, strangeCompanies, type KnownCompanies, type StrangeCompany } from './letter/strange-companies.ts';
import { strangeFile } from './letter/strange-file.ts';
import { strangeNames } from './letter/strange-names.ts';
import { strangeNumbers } from './letter/strange-numbers.ts';
import { aboutChild, aboutOther } from './letter/words.ts';
import { withNameCapitals, withTitleCapitals } from './name-capitals.ts';
import { isNameOf, nameWords } from './person-name.ts';

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
  /** The file as a whole: its name, or that it could not be read. */
  | { readonly place: 'file'; readonly file: string };

export type LetterFindingKind = 'subject-cpr' | 'other-cpr' | 'other-cvr' | 'other-name' | 'subject-protected' | 'unread';

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
  /** By which the gateway knows a finding that the writer has seen in the add-in (letter/seen-sign.ts). */
  readonly sign: string;
  /** What the recipient is called, where there is one recipient and its name is known. */
  readonly recipientName: string | null;
}

/** A finding before it is known what is told of it; `text` is what was found, unmasked. */
type Found = Omit<LetterFinding, 'sign' | 'recipientName'> & { readonly text: string };

/**
 * Looks whether a letter is written to the one it goes to: CPR numbers and names in subject, text and files that are no
 * recipient's. Other people are rightly in letters (children, spouses, caseworkers, doctors); they are left alone. Pure;
 * the pane and the gateway run it alike. The order is that of the letter: subject, text, files.
 */
export function checkLetter(question: LetterQuestion): readonly LetterFinding[] {
  const subject = readableText(question.subject).replace(/\n/g, ' ');
  const inSubject = subjectNumbers(subject);
  if (question.recipients.length === 0) return toldOf(inSubject, question);
  const letter = readLetter(subject, question);
  const texts = [letter.subject, letter.text, ...letter.files.flatMap(({ pages }) => pages ?? [])];
  const people = peopleOf(question, texts);
  const named = namedFirstNames(texts, people);
  const found = [
    ...inSubject,
    ...protectedFindings(question, subject),
    ...textFindings(people, { texts: [letter.subject], kind: 'subject', whereOf: () => ({ place: 'subject' }) }, named),
    ...textFindings(people, { texts: [letter.text], kind: 'message', whereOf: () => ({ place: 'text' }) }, named),
    ...letter.files.flatMap((file) => fileFindings(people, { file, texts }, named)),
  ];
  return toldOf(found, question);
}

function subjectNumbers(subject: string): readonly Found[] {
  return cprNumbersIn(subject, { inSubject: true }).map((place) => findingOf('subject-cpr', subject, place, { place: 'subject' }));
}

interface ReadFile {
  readonly name: string;
  /** Its name in words. */
  readonly title: ReadText;
  readonly pages: readonly ReadText[] | null;
}

interface ReadLetter {
  readonly subject: ReadText;
  readonly text: ReadText;
  readonly files: readonly ReadFile[];
}

function readLetter(subject: string, { text, files }: LetterQuestion): ReadLetter {
  const read = (plain: string): ReadText => ({ text: plain, names: namesIn(plain) });
  return {
    subject: read(withTitleCapitals(subject)),
    text: read(inPlainLines(text).replace(/\n{2,}/g, '\n')),
    files: withinLetter(text, files).map(({ name, pages }) => ({ name, title: read(fileTitle(name)), pages: pages?.map((page) => read(inPlainLines(inOneColumn(page)))) ?? null })),
  };
}

function inPlainLines(text: string): string {
  return withNameCapitals(inWholeLines(withoutLeaders(readableText(text))));
}

/** "Navn .........: Nancy Berggren" as "Navn: Nancy Berggren". */
function withoutLeaders(text: string): string {
  return text.replace(/ ?\.{2,60} ?:/g, ':');
}

/** The files of a letter, without the text of those for which it has no room any more (`wholeLetterCharactersMax`). */
export function withinLetter(text: string, files: readonly LetterFile[]): readonly LetterFile[] {
  let characters = Math.min(text.length, letterCharactersMax);
  return files.map(({ name, pages }) => {
    const more = pages?.reduce((sum, page) => sum + page.length, 0) ?? 0;
    if (characters + more > wholeLetterCharactersMax) return { name, pages: null };
    characters += more;
    return { name, pages };
  });
}

/** Texts that belong together: the subject, the message, the pages of a file. */
interface LetterPart {
  readonly texts: readonly ReadText[];
  readonly kind: NamedText['kind'];
  readonly whereOf: (page: number) => LetterPlace;
}

function textFindings(people: LetterPeople, { texts, kind, whereOf }: LetterPart, named: NamedFirstNames): readonly Found[] {
  const all = joinedTexts(texts);
  // A message is about whom its subject is about.
  const told = kind === 'message' ? `${named.subject}\n${all}` : all;
  const about = {
    kind,
    namesRecipient: namesAny(people, texts),
    isNamedAnywhere: named.recipient,
    isAboutOther: aboutChild.test(told) || aboutOther.test(told),
    namedElsewhere: named.elsewhere(texts),
  };
  return texts.flatMap((read, n) => {
    const { text, names: inText } = read;
    const where = whereOf(n);
    const numbers = kind === 'subject' ? [] : firstOfEach(strangeNumbers(text, { ...people.numbers, namesRecipient: about.namesRecipient || kind === 'message', isNamedAnywhere: about.isNamedAnywhere, isNamedElsewhere: (first) => nameWords(first).some((word) => about.namedElsewhere.has(word)) }), text).map((place) => findingOf('other-cpr', text, place, where));
    const companies = people.companies === null ? [] : firstOfEach(companiesIn(read, people.companies, { isOwnPaper: kind !== 'page' || namesCompany(all, people.companies), isNamedAnywhere: about.isNamedAnywhere, body: kind === 'subject' ? named.body : null, isLaterPage: kind === 'page' && n > 0 }), text).map((place) => findingOf(place.kind === 'number' ? 'other-cvr' : 'other-name', text, place, where));
    const names = people.names === null ? [] : firstOfEach(strangeNames({ ...about, text, names: inText, isFirst: n === 0, namedOnOtherPage: texts.length === 1 ? about.namedElsewhere.has : named.elsewhere([read]).has }, people.names), text);
    return [
      ...numbers,
      ...companies,
      ...names.map((name) => findingOf('other-name', text, name, name.isGreeting && kind === 'message' ? { place: 'greeting' } : where)),
    ];
  });
}

/** Other companies where the recipient's should stand; in a letter that does not name it at all, any. */
function companiesIn({ text }: ReadText, known: KnownCompanies, { isOwnPaper, isNamedAnywhere, body, isLaterPage }: { readonly isOwnPaper: boolean; readonly isNamedAnywhere: boolean; readonly body: string | null; readonly isLaterPage: boolean }): readonly StrangeCompany[] {
  const running = isLaterPage ? runningCompany(text, known) : null;
  const strange = [...strangeCompanies(text, known, isOwnPaper), ...(body === null ? [] : companiesInTitle(text, known, body)), ...(running === null ? [] : [running])];
  const first = strange.length === 0 && !isNamedAnywhere ? firstStrangeCompany(text, known) : null;
  return first === null ? strange : [first];
}

interface FileOfLetter {
  readonly file: ReadFile;
  /** All of the letter's. */
  readonly texts: readonly ReadText[];
}

/** A file's name is seen by whoever gets it, and read as a subject is. */
function fileFindings(people: LetterPeople, { file: { name, title, pages }, texts }: FileOfLetter, named: NamedFirstNames): readonly Found[] {
  const where: LetterPlace = { place: 'file', file: name };
  const inName = [
    ...cprNumbersIn(title.text, { inSubject: true }).filter(({ cpr }) => !people.numbers.recipients.includes(cpr)).map((place) => findingOf('other-cpr', title.text, place, where)),
    ...textFindings(people, { texts: [title], kind: 'subject', whereOf: () => where }, named),
  ];
  if (pages === null) return [...inName, unreadFile(name)];
  const whereOf = (page: number): LetterPlace => ({ place: 'page', file: name, page: page + 1 });
  const found = [...inName, ...textFindings(people, { texts: pages, kind: 'page', whereOf }, named)];
  const strange = found.length === 0 ? strangeFile(pages, texts, people, named) : null;
  return strange === null ? found : [findingOf('other-cpr', pages[strange.page]?.text ?? '', strange.place, whereOf(strange.page))];
}

function unreadFile(name: string): Found {
  return { kind: 'unread', grade: 'look', where: { place: 'file', file: name }, quote: null, key: `unread.${textSign(name)}`, text: '' };
}

/**
 * What is told of a letter for whose check there was no time: that nobody has looked at its text and files, and what a
 * glance at the subject finds.
 */
export function unlookedLetter(question: LetterQuestion): readonly LetterFinding[] {
  if (question.recipients.length === 0) return checkLetter(question);
  const unread: Found = { ...unreadFile('text'), where: { place: 'text' } };
  const subject = readableText(question.subject).replace(/\n/g, ' ');
  return toldOf([...subjectNumbers(subject), unread, ...question.files.map(({ name }) => unreadFile(name))], question);
}

function nameOfOnly({ recipients }: LetterQuestion): string | null {
  return recipients.length === 1 ? (recipients[0]?.name ?? null) : null;
}

/** Only the recipient's number has leave to be asked for: whoever sees the subject must not learn who is protected. */
function protectedFindings({ recipients, rightNames }: LetterQuestion, subject: string): readonly Found[] {
  if (!recipients.some((recipient) => recipient.protected)) return [];
  const address = addressInSubject.exec(subject);
  const names = namesIn(subject).filter(({ name, sure }) =>
    !rightNames.some((right) => isNameOf(name, right)) && (sure || recipients.some((own) => own.name !== null && isNameOf(name, own.name))));
  const places = [...names, ...(address ? [{ start: address.index, end: address.index + address[0].length }] : [])];
  return places.slice(0, 1).map((place) => findingOf('subject-protected', subject, place, { place: 'subject' }));
}

const addressInSubject = /(?:\p{Lu}[\p{L}.'-]* ){0,3}\p{Lu}[\p{L}.'-]+ \d{1,3} ?[A-Z]?(?=[, ]|$)|\d{4} \p{Lu}\p{Ll}{2,}/u;

function findingOf(
  kind: Exclude<LetterFindingKind, 'unread'>,
  text: string,
  place: { readonly start: number; readonly end: number },
  where: LetterPlace,
): Found {
  const quote = quoteOf(text, place);
  const written = text.slice(place.start, place.end);
  const key = `${kind}.${textSign([JSON.stringify(where), quote.before, written, quote.after].join('\n'))}`;
  return { kind, grade: kind === 'subject-cpr' ? 'stop' : 'look', where, quote, key, text: findText(kind, written) };
}

/** The same words are told once anyway (`onePerPlace`): the others of them need no quotation. */
function firstOfEach<Place extends { readonly start: number; readonly end: number }>(places: readonly Place[], text: string): readonly Place[] {
  const seen = new Set<string>();
  return places.filter(({ start, end }) => {
    const words = text.slice(start, end);
    return !seen.has(words) && seen.add(words) !== undefined;
  });
}

/** The same number or name is told once in the text, and once in each file. */
function toldOf(found: readonly Found[], question: LetterQuestion): readonly LetterFinding[] {
  const recipientName = nameOfOnly(question);
  const told = new Set<string>();
  return found.flatMap(({ text, ...finding }) => {
    const find = { kind: finding.kind, part: partOf(finding.where), text };
    const what = Object.values(find).join('\n');
    if (told.has(what)) return [];
    told.add(what);
    return [{ ...finding, sign: seenSign(find, question.recipients), recipientName }];
  });
}

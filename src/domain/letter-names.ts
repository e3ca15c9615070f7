import { addresseeLines, isCompanyOf } from './letter-addressee.ts';
import { greetingIn, type Greeting } from './letter-greeting.ts';
import { childWords, metBefore, otherPersonWords, parentWords, staffAfter, staffBefore } from './letter-words.ts';
import { namesIn, type NameInText } from './name-in-text.ts';
import { isBesideNumber, placeOf, type NamePlace, type PlaceQuestion } from './name-place.ts';
import { isNameOf, nameWords } from './person-name.ts';

/** Whose names may stand in a letter. */
export interface KnownNames {
  /** Each recipient's name. */
  readonly recipients: readonly string[];
  readonly numbers: readonly string[];
  readonly right: readonly string[];
  /** Every recipient is a company: it is written to about other people, by way of other people. */
  readonly companies: boolean;
  /** The letter is about somebody else, a child or a relative of the recipient. */
  readonly aboutOther: boolean;
}

/** A name that is no recipient's where the recipient's should stand. */
export interface StrangeName {
  readonly start: number;
  readonly end: number;
  readonly isGreeting: boolean;
}

/** A subject, a message, or one page of a file. */
export interface NamedText {
  readonly text: string;
  readonly kind: 'subject' | 'message' | 'page';
  /** The recipient's name or number stands somewhere in it (in a file: on some page). */
  readonly namesRecipient: boolean;
  /** The beginning of a letter, where the address stands. */
  readonly isFirst: boolean;
}

/** Names in one text that tell that it is written to somebody else; greeting first. Pure. */
export function strangeNames(text: NamedText, known: KnownNames): readonly StrangeName[] {
  const letter = ownPart(text.text);
  const names = namesIn(letter);
  if (text.kind === 'subject') return strangeInSubject(names, known);
  const greeting = greetingIn(letter);
  const greeted = greeting !== null && isStrangeGreeting(greeting, letter, known) ? [{ start: greeting.start, end: greeting.end, isGreeting: true }] : [];
  const question = {
    ...text, text: letter, addressedOnly: known.aboutOther || known.companies, greetingStart: greeting?.start ?? letter.length, isMessage: text.kind === 'message',
  };
  const others = [...strangeLines(letter, text, known), ...strangeIn(names, question, known)];
  return [...greeted, ...others.filter(({ start, end }) => greeting === null || end <= greeting.start || start >= greeting.end)];
}

/** True when a text names a recipient: by two words of the name, as a company, or in the greeting. */
export function namesRecipient(text: string, { recipients, companies }: KnownNames): boolean {
  const isOwn = (name: string) => recipients.some((own) => isOwnLoosely(name, own));
  if (companies && recipients.some((own) => text.toLowerCase().includes(own.toLowerCase()))) return true;
  if (namesIn(text).some(({ name, words }) => words > 1 && isOwn(name))) return true;
  return (greetingIn(ownPart(text))?.names ?? []).some(isOwn);
}

/** Without what others have written: the signature, and the mails quoted below. */
function ownPart(text: string): string {
  const ends = [signOff.exec(text)?.index, quotedMail.exec(text)?.index].filter((index) => index !== undefined);
  return text.slice(0, Math.min(text.length, ...ends));
}

const signOff =
  /(?:^|\n|[.!] )(?:med |de )?(?:venlig|bedste|mange|kærlig|varme?|god)\p{L}* hilsn?(?:en|er)|(?:^|\n)(?:mvh|vh|kh|hilsen|hilsner|p\.b\.v|på vegne af \p{L}+ kommune|(?:kind|best|warm) regards|yours (?:sincerely|faithfully)|sincerely)(?!\p{L})/iu;
const quotedMail = /\n(?:-{2,} ?(?:oprindelig|original|videresendt|forwarded)|_{8,}|>|(?:fra|from): [^\n]*\n(?:[^\n]*\n){0,2}(?:sendt|dato|sent|date): |(?:den|on) [^\n]{4,90}(?:skrev|wrote)[^\n]{0,60}:)/iu;

function isStrangeGreeting({ names }: Greeting, letter: string, { recipients, companies }: KnownNames): boolean {
  if (names.length === 0 || names.some((name) => recipients.some((own) => isNameOf(name, own) || companies && isCompanyOf(name, own)))) return false;
  // A company is greeted by way of somebody there, whose name nobody can know.
  if (!companies) return true;
  return names.some((name) => nameWords(name).length > 1) && !recipients.some((own) => letter.toLowerCase().includes(own.toLowerCase()));
}

/** Companies and addresses that are not the recipient's, where no line says that it is. */
function strangeLines(letter: string, { isFirst, namesRecipient: isNamed }: NamedText, { recipients, right, companies }: KnownNames): readonly StrangeName[] {
  if (!isFirst || isNamed) return [];
  const lines = addresseeLines(letter, companies).filter(({ name }) => !right.some((own) => isNameOf(name, own)));
  const isOwn = lines.some(({ name }) => recipients.some((own) => isOwnLoosely(name, own) || isCompanyOf(name, own)));
  return isOwn ? [] : lines.slice(0, 1).map(({ start, end }) => ({ start, end, isGreeting: false }));
}

function strangeInSubject(names: readonly NameInText[], known: KnownNames): readonly StrangeName[] {
  if (known.aboutOther || known.companies) return [];
  const strange = names.filter((name) => name.sure && !isKnown(name, known) && !isIntroduced(name));
  return strange.map(({ start, end }) => ({ start, end, isGreeting: false }));
}

function isKnown({ name }: NameInText, { recipients, right }: KnownNames): boolean {
  return recipients.some((own) => isOwnLoosely(name, own)) || right.some((own) => isNameOf(name, own));
}

function strangeIn(names: readonly NameInText[], question: PlaceQuestion, known: KnownNames): readonly StrangeName[] {
  const introduced: string[] = [];
  const wellPlaced = new Set<NamePlace | 'number' | null>();
  const strange: { readonly name: NameInText; readonly place: NamePlace | 'number' }[] = [];
  for (const name of names) {
    if (known.recipients.some((own) => isOwnLoosely(name.name, own))) wellPlaced.add(placeOf(name, question));
    else if (isBesideNumber(name, question.text, known.numbers) && !staffBefore.test(name.before)) strange.push({ name, place: 'number' });
    else if (isIntroduced(name)) introduced.push(name.name);
    else if (!isKnown(name, known) && !introduced.some((other) => isNameOf(name.name, other))) {
      const place = placeOf(name, question);
      if (place !== null) strange.push({ name, place });
    }
  }
  // Where the recipient's own name stands in such a place, others in such places are others for a reason.
  return strange.filter(({ place }) => !wellPlaced.has(place)).map(({ name: { start, end } }) => ({ start, end, isGreeting: false }));
}

/** In a run of words without lines the street or the trade may follow the name: two of the name's words are enough. */
function isOwnLoosely(name: string, own: string): boolean {
  if (isNameOf(name, own)) return true;
  const words = nameWords(name);
  return words.length > 2 && isNameOf(words.slice(0, 2).join(' '), own);
}

/** A relative, a caseworker, a doctor: said so beside the name. */
function isIntroduced({ before, after }: NameInText): boolean {
  const sentence = sentenceBefore(before).slice(-INTRODUCTION_CHARACTERS_MAX);
  const behind = after.slice(0, 40).split(/[.\n]/)[0] ?? '';
  if (isRelative(sentence) || /^[ ,(–-]+(?:din|dit|jeres|deres|your) /.test(behind) && isRelative(behind)) return true;
  return staffBefore.test(before) || metBefore.test(before) || staffAfter.test(after) || /^,? ?(?:fra|hos|ved|from) \p{L}/u.test(after);
}

const INTRODUCTION_CHARACTERS_MAX = 60;

/** The sentence as far as it stands; in a form the line, and the line above it where that is a heading. */
function sentenceBefore(before: string): string {
  const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n\n')) + 1);
  const lines = sentence.split('\n');
  const above = lines.at(-2) ?? '';
  const goesOn = above.length >= WRAPPED_LINE_CHARACTERS_MIN || /^[^\d]{1,30}:?$/.test(above);
  return goesOn ? lines.slice(-2).join('\n') : (lines.at(-1) ?? '');
}

const WRAPPED_LINE_CHARACTERS_MIN = 50;

function isRelative(text: string): boolean {
  return childWords.test(text) || parentWords.test(text) || otherPersonWords.test(text);
}

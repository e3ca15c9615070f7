import { addresseeLines, isCompany, isCompanyOf } from './letter-addressee.ts';
import { isFirstName } from './first-names.ts';
import { greetingIn, type Greeting } from './letter-greeting.ts';
import { ownPart } from './letter-parts.ts';
import { introductionOf } from './letter-relatives.ts';
import { staffBefore } from './letter-words.ts';
import { namesIn, type NameInText } from './name-in-text.ts';
import { NamePool } from './name-pool.ts';
import { isAlone, isBesideNumber, placeOf, type NamePlace, type PlaceQuestion } from './name-place.ts';
import { isNameOf, nameWords } from './person-name.ts';

/** Whose names may stand in a letter. */
export interface KnownNames {
  /** Each recipient's name. */
  readonly recipients: readonly string[];
  readonly numbers: readonly string[];
  readonly right: readonly string[];
  /** Every recipient is a company: it is written to about other people, by way of other people. */
  readonly companies: boolean;
  /** The letter is about a child, or somebody else; who that is may be told in text or files. */
  readonly aboutOther: boolean;
  /** Relatives of the recipient who are named as such. */
  readonly relatives: NamePool;
  /** Others of whom the letter says why they are named: for their work, or because they sign it. */
  readonly explained: NamePool;
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
  readonly names: readonly NameInText[];
  readonly kind: 'subject' | 'message' | 'page';
  /** The recipient's name or number stands somewhere in it (in a file: on some page). */
  readonly namesRecipient: boolean;
  /** This very text, or its file, is about a child, or somebody else. */
  readonly isAboutOther: boolean;
  /** First names that stand elsewhere in the letter, folded. */
  readonly namedElsewhere: { has(first: string): boolean; isNobody(): boolean };
  /** The beginning of a letter, where the address stands. */
  readonly isFirst: boolean;
}

/** Names in one text that tell that it is written to somebody else; greeting first. Pure. */
export function strangeNames(text: NamedText, known: KnownNames): readonly StrangeName[] {
  const letter = ownPart(text.text);
  const names = text.names.filter(({ end }) => end <= letter.length);
  if (text.kind === 'subject') return strangeInSubject(names, text, known);
  const greeting = greetingIn(letter);
  const greeted = greeting !== null && isStrangeGreeting(greeting, known) ? [{ start: greeting.start, end: greeting.end, isGreeting: true }] : [];
  const question = { ...text, text: letter, addressedOnly: known.companies, greetingStart: greeting?.start ?? letter.length, isMessage: text.kind === 'message' };
  const isGreeted = ({ start, end }: StrangePlace) => greeting !== null && end > greeting.start && start < greeting.end;
  const children = firstNamesAlone(names.filter((name) => name.words === 1 && isFirstName(name.name) && !isGreeted(name) && !isKnown(name, known) && !staffBefore.test(name.before)));
  const strange = strangeIn(names, question, known)
    .filter(({ name, place }) => isAddressing(place) || !(isExplained(name, known) || mayBeOther(name, { ...text, children }, known)));
  const others = [...strangeLines(letter, text, known), ...strange.map(({ name }) => placeIn(name))];
  return [...greeted, ...others.filter((name) => !isGreeted(name))];
}

/** Each but once. */
function firstNamesAlone(names: readonly NameInText[]): readonly string[] {
  return [...new Set(names.map(({ name }) => name))];
}

/** True when a text names a recipient: by two words of the name, as a company, or in the greeting. */
export function namesRecipient(text: string, names: readonly NameInText[], { recipients, companies }: KnownNames): boolean {
  const isOwn = (name: string) => recipients.some((own) => isOwnLoosely(name, own));
  if (companies && recipients.some((own) => text.toLowerCase().includes(own.toLowerCase()))) return true;
  if (names.some(({ name, words }) => words > 1 && isOwn(name))) return true;
  return (greetingIn(ownPart(text))?.names ?? []).some(isOwn);
}

function isStrangeGreeting({ names, line }: Greeting, { recipients, companies }: KnownNames): boolean {
  // A company is greeted by its name, or by way of somebody there, whose name nobody can know.
  if (companies) return (isCompany(line) || isNoPerson(names)) && !recipients.some((own) => isCompanyOf(line, own));
  return names.length > 0 && !names.some((name) => recipients.some((own) => isNameOf(name, own)));
}

/** Two words or more, of which none is known to be a person's. */
function isNoPerson(names: readonly string[]): boolean {
  return names.some((name) => namesIn(name).some(({ words, sure }) => words > 1 && !sure) && !isFirstName(name.split(' ')[0] ?? ''));
}

/** Companies and addresses that are not the recipient's, where no line says that it is. */
function strangeLines(letter: string, { isFirst, kind, namesRecipient: isNamed }: NamedText, { recipients, right, companies }: KnownNames): readonly StrangeName[] {
  // Above a message to a company stands no letterhead of somebody else's.
  if (!isFirst || (isNamed && !(companies && kind === 'message'))) return [];
  const lines = addresseeLines(letter, companies).filter(({ name }) => !right.some((own) => isNameOf(name, own)));
  const isOwn = lines.some(({ name }) => recipients.some((own) => isOwnLoosely(name, own) || isCompanyOf(name, own)));
  return isOwn ? [] : lines.slice(0, 1).map(placeIn);
}

type StrangePlace = Pick<StrangeName, 'start' | 'end'>;

function placeIn({ start, end }: StrangePlace): StrangeName {
  return { start, end, isGreeting: false };
}

function strangeInSubject(names: readonly NameInText[], text: NamedText, known: KnownNames): readonly StrangeName[] {
  if (known.companies) return [];
  // Where the letter names its people, the subject means one of them.
  const isRight = (name: NameInText) => introductionOf(name) === 'staff' || (introductionOf(name) === 'relative' && known.relatives.isEmpty);
  return names.filter((name) => name.sure && !isKnown(name, known) && !isRight(name) && !isExplained(name, known) && !mayBeOther(name, { ...text, children: [] }, known)).map(placeIn);
}

function isKnown({ name }: NameInText, { recipients, right }: KnownNames): boolean {
  return recipients.some((own) => isOwnLoosely(name, own)) || right.some((own) => isNameOf(name, own));
}

function isExplained({ name }: NameInText, { explained }: KnownNames): boolean {
  return explained.has(name);
}

/** To whom it goes is said there; whatever the letter is about. */
function isAddressing(place: NamePlace): boolean {
  return place === 'address' || place === 'number' || /^field (?:til|to|modtager|kunde|debitor|sent)$/.test(place);
}

/**
 * In a letter about a child or a relative, a name may be theirs: where it is said so anywhere, where it shares a surname
 * with the recipient, where it is named elsewhere too, or where nobody else is named at all.
 */
function mayBeOther({ name }: NameInText, text: NamedText & { readonly children: readonly string[] }, { relatives, recipients, aboutOther }: KnownNames): boolean {
  const words = nameWords(name);
  if (relatives.hasEither(name)) return true;
  const shared = recipients.flatMap((own) => nameWords(own).slice(1).filter((word) => words.includes(word)));
  // A surname that few have tells of the family, Hansen of nothing.
  if (shared.some((word) => !word.endsWith('sen'))) return true;
  if (!aboutOther) return false;
  const isOnlyChild = () => text.children.every((child) => isNameOf(child, name));
  const isUnsaid = relatives.isEmpty && isOnlyChild() && (text.kind === 'subject' ? text.namedElsewhere.isNobody() : text.isAboutOther);
  return shared.length > 0 || isUnsaid || text.namedElsewhere.has(words[0] ?? '');
}

interface PlacedName {
  readonly name: NameInText;
  readonly place: NamePlace;
}

function strangeIn(names: readonly NameInText[], question: PlaceQuestion, known: KnownNames): readonly PlacedName[] {
  const introduced = new NamePool();
  const wellPlaced = new Set<NamePlace | null>();
  const strange: PlacedName[] = [];
  for (const name of names) {
    if (known.recipients.some((own) => isOwnLoosely(name.name, own))) wellPlaced.add(placeOf(name, question));
    else if (isBesideNumber(name, question.text, known.numbers) && !staffBefore.test(name.before)) strange.push({ name, place: 'number' });
    else if (introductionOf(name) !== null) introduced.add(name.name);
    else if (!isKnown(name, known)) {
      const place = placeOf(name, question);
      if (place !== null && !introduced.has(name.name)) strange.push({ name, place });
    }
  }
  strange.push(...onlyOther(names, question, known));
  // Where the recipient's own name stands in such a place, others in such places are others for a reason; a list is of many.
  if (names.filter((name) => name.sure && isAlone(name)).length > 1) wellPlaced.add('head');
  const inField = [...wellPlaced].some((place) => place?.startsWith('field'));
  return strange.filter(({ place }) => !wellPlaced.has(place) && !(inField && place === 'field lesser'));
}

/** A file that names nobody but one other person, and not once only: it is about them. */
function onlyOther(names: readonly NameInText[], { text, namesRecipient: isNamed, isMessage }: PlaceQuestion, known: KnownNames): readonly PlacedName[] {
  if (isNamed || isMessage || known.companies || !personalPaper.test(text)) return [];
  const explained = new NamePool(names.filter((name) => introductionOf(name) !== null || roleBehind.test(name.after)).map(({ name }) => name));
  const [first, ...more] = names.filter((name) => name.sure && !isKnown(name, known) && !explained.has(name.name));
  return first && more.length > 0 && more.every(({ name }) => isNameOf(name, first.name)) ? [{ name: first, place: 'head' }] : [];
}

/** Papers that are about one person; a guide has its examples. */
const personalPaper = /referat|notat|journal|plan|erklæring|attest|afgørelse|bevilling|skema|udtalelse|vurdering|rapport|seddel|opgørelse/i;
const roleBehind = /^ ?\([^)\d]{2,40}\)/;

/** In a run of words without lines the street or the trade may follow the name: two of the name's words are enough. */
function isOwnLoosely(name: string, own: string): boolean {
  if (isNameOf(name, own)) return true;
  const words = nameWords(name);
  return words.length > 2 && isNameOf(words.slice(0, 2).join(' '), own);
}

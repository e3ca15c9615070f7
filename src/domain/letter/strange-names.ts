import { isFirstName } from '../first-names.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { addresseeLines, companyHead, greetedHouses, isCompany, isCompanyOf, type AddresseeLine } from './addressee.ts';
import { greetingIn, greetingsIn, type Greeting } from './greeting.ts';
import { isExplained, isKnown, isOwnLoosely, mayBeOther, type KnownNames, type NamedText, type TextOfFamily } from './known-names.ts';
import { namesIn, type NameInText } from './name-in-text.ts';
import { isAlone, isBesideNumber, isEmployee, isSaidToBeYou, placeOf, type NamePlace, type PlaceQuestion } from './name-place.ts';
import { NamePool } from './name-pool.ts';
import { isBusiness } from './placed-companies.ts';
import { introductionOf, isBehindLabel, namesBehindLabels } from './relatives.ts';
import { strangeBesideOwn } from './strange-beside-own.ts';
import { strangeChild } from './strange-child.ts';
import { strangeInHead } from './strange-in-head.ts';
import { strangeInList } from './strange-in-list.ts';
import { strangeInRecord } from './strange-in-record.ts';
import { personalPaper, strangePage } from './strange-page.ts';
import { isStray, strangeInSentence } from './strange-in-sentence.ts';
import { strangeInSubject } from './strange-in-subject.ts';
import { strangeInThread } from './strange-in-thread.ts';
import { isWithin, ownPart, signatureOf } from './text-part.ts';
import { othersApplication, staffBefore } from './words.ts';
import { isInYourRole, isYourPart, rolesOfYou } from './you.ts';

/** A name that is no recipient's where the recipient's should stand. */
export interface StrangeName {
  readonly start: number;
  readonly end: number;
  readonly isGreeting: boolean;
}

/** Names in one text that tell that it is written to somebody else; greeting first. Pure. */
export function strangeNames(text: NamedText, known: KnownNames): readonly StrangeName[] {
  const letter = ownPart(text.text);
  const names = withoutSigners(text.names, letter);
  if (text.kind === 'subject') return strangeInSubject(names, text, known).map(placeIn);
  const greeting = greetingIn(letter);
  const greetings = text.kind === 'message' ? greetingsIn(letter) : greeting === null ? [] : [greeting];
  const isCopyTo = (name: string) => text.kind === 'page' && known.bringsCopy && known.relatives.hasEither(name);
  const greetedToo = greetings.filter((one) => one.names.some((name) => isGreetedOwn(name, known))).flatMap((one) => one.names.filter((name) => !isGreetedOwn(name, known)));
  const isFellow = (name: string) => isCopyTo(name) || greetedToo.some((one) => isNameOf(one, name));
  const proxies = proxiesIn(names, greetings, text);
  // "Att.: Hans Nielsen" is somebody at the company, whatever the name.
  const isOfCompany = (one: Greeting) => known.companies && attentionBefore.test(letter.slice(Math.max(0, one.start - ATTENTION_CHARACTERS), one.start)) && !isCompany(one.line) && !isBusiness(one.line);
  const strangelyGreeted = greetings.filter((one) => !(known.aboutOther && withParents.test(one.line)) && !isOfCompany(one) && (isStrangeGreeting(one, known) || (!text.isNamedAnywhere && greetsCitizen(one, known))) && !one.names.some((name) => proxies.has(name) || isCopyTo(name)));
  const isGreeted = ({ start, end }: StrangePlace) => greeting !== null && end > greeting.start && start < greeting.end;
  const family = { ...text, text: letter, children: childrenIn(names.filter((name) => !isGreeted(name)), known) };
  const isRight = rightOthers(family, known);
  const question = questionOf(letter, { text, names, greeting }, known);
  const strange = strangeIn(names, question, known, family).filter((placed) => !isFellow(placed.name.name) && !isRight(placed));
  const left = leftOver(text, { letter, names, family, question, greetingEnd: greeting?.end ?? 0 }, known).filter(({ name }) => !isFellow(name));
  const inLines = strangeLines(letter, text, known).filter(({ start, end }) => !isFellow(letter.slice(start, end)));
  const others = [...left.map(placeIn), ...inLines, ...strange.map(({ name }) => placeIn(name))];
  return [...strangelyGreeted.map(({ start, end }) => ({ start, end, isGreeting: true })), ...others.filter((name) => !isGreeted(name))];
}

interface ReadLetter {
  /** Without the mails that are quoted below. */
  readonly letter: string;
  readonly names: readonly NameInText[];
  readonly family: TextOfFamily;
  readonly question: PlaceQuestion;
  readonly greetingEnd: number;
}

/** Names that are left of another's letter, wherever a letter may hold such. */
function leftOver(text: NamedText, { letter, names, family, question, greetingEnd }: ReadLetter, known: KnownNames): readonly NameInText[] {
  const quoted = text.names.filter(({ start }) => start >= letter.length);
  return [
    ...strangeInThread(quoted, { letter, quoted: text.text.slice(letter.length) }, known),
    ...strangeInHead(names, text, question.greetingStart, known),
    ...strangeInRecord(names, text, known),
    ...(text.kind === 'page' ? [...strangeInList(names, letter, known), ...strangePage(names, { ...text, text: letter }, known)] : []),
    ...strangeBesideOwn(names, letter, known),
    ...strangeChild(names, family, known),
    ...strangeInSentence(names, family, greetingEnd, known),
  ];
}

/** The names of a letter but of those who sign it, wherever they stand. */
function withoutSigners(all: readonly NameInText[], letter: string): readonly NameInText[] {
  const signature = signatureOf(letter);
  const signers = new NamePool(all.filter((name) => name.words > 1 && isWithin(name, signature)).map(({ name }) => name));
  return all.filter((name) => name.end <= letter.length && !isWithin(name, signature) && !(name.words > 1 && signers.has(name.name)));
}

/** "Boet efter Nancy Berggren v/ Hans Nielsen", who is then greeted. */
function proxiesIn(names: readonly NameInText[], greetings: readonly Greeting[], { namesRecipient }: NamedText): NamePool {
  return new NamePool(namesRecipient ? names.filter((name) => proxyBefore.test(name.before) && !greetings.some((one) => isWithin(name, { start: one.start, end: Math.max(one.end, one.start + one.line.length) }))).map(({ name }) => name) : []);
}

const proxyBefore = /(?:v\/|att\.?:?) ?$/;

/** First names alone, which may be children's in the letter. */
function childrenIn(names: readonly NameInText[], known: KnownNames): readonly NameInText[] {
  return names.filter((name) => name.words === 1 && isFirstName(name.name) && !isKnown(name, known) && !/(?:hedder|kaldes) $/.test(name.before) && !staffBefore.test(name.before));
}

interface ReadNames {
  readonly text: NamedText;
  readonly names: readonly NameInText[];
  readonly greeting: Greeting | null;
}

function questionOf(letter: string, { text, names, greeting }: ReadNames, known: KnownNames): PlaceQuestion {
  const writtenTo = greeting ?? names.find((name) => isWrittenTo(name) && isKnown(name, known));
  const givesProxy = names.some((name) => /fuldmagtsgiver(?:en)? ?: ?\n?$/.test(name.before) && isKnown(name, known));
  return {
    ...text, text: letter, roles: new Set([...Array.from(rolesOfYou(letter)).filter((role) => !(givesProxy && role === 'fuldmagtshaver')), ...(known.recipients.length > 1 ? ['forældre', 'forælder', 'forældremyndighedsindehavere', 'forældremyndighed', 'parter', 'ansøgere'] : [])]),
    addressedOnly: known.companies, greetingStart: writtenTo?.start ?? letter.length, greetingEnd: greeting?.end ?? 0, isMessage: text.kind === 'message',
  };
}

/** Tells of a name in a place for the recipient's whether it is somebody else's for a reason. */
function rightOthers(text: TextOfFamily, known: KnownNames): (placed: PlacedName) => boolean {
  const isOthersApplication = known.hearsNeighbours || othersApplication.test(text.text);
  const isHost = ({ before }: NameInText) => /(?:^|\n)logivært ?: ?$/.test(before) && yourMove.test(text.text) && !/til din adresse/.test(text.text);
  const isOwnApplicant = (name: NameInText) => isApplicant(name) && !isOthersApplication && !known.relatives.hasEither(name.name) && !(isExplained(name, known) && introductionOf(name) === null);
  return ({ name, place }) => isHost(name)
    || (!isAddressing(place) && !isOwnApplicant(name) && ((isOthersApplication && (place === 'party' || place === 'field ansøger')) || isExplained(name, known) || mayBeOther(name, text, known)));
}

/** Who has moved in with somebody is the reader. */
const yourMove = /[Ff]lyt(?:ning|tet)/u;

/** "Til Nancy Berggren", where letters have their greeting. */
function isWrittenTo({ before, after }: NameInText): boolean {
  return /(?:^|\n)til $/.test(before) && /^,?\n/.test(after);
}

function isStrangeGreeting({ names, line }: Greeting, { recipients, companies, hasCompany, explained, attention }: KnownNames): boolean {
  if (hasCompany && recipients.some((own) => isCompanyOf(line, own))) return false;
  // A company is greeted by its name, or by way of somebody there, whose name nobody can know.
  if (companies) return /\p{Lu}/u.test(line) && (isCompany(line) || isBusiness(line) || (isNoPerson(names) && !names.some((name) => explained.has(name))) || greetsAnother(names, attention));
  const isOwn = (name: string) => isGreetedOwn(name, { recipients });
  // Two recipients are both greeted; with one, another of the family may be.
  return names.length > 0 && !(recipients.length > 1 ? names.every(isOwn) : names.some(isOwn));
}

const attentionBefore = /(?:^|\n)att\.?:? $/i;
const ATTENTION_CHARACTERS = 8;

/** "Hej Emma og forældre". */
const withParents = / og (?:dine |hendes |hans )?forældre(?!\p{L})/u;

/** "Att.: Nancy Berggren" in the letter, and another greeted. */
function greetsAnother(names: readonly string[], attention: NamePool): boolean {
  return !attention.isEmpty && names.length > 0 && names.every((name) => isFirstName(name.split(/[ -]/)[0] ?? '') && !attention.hasEither(name));
}

/** A company is not named at all, and whoever is greeted stands with a CPR number in the letter. */
function greetsCitizen({ names }: Greeting, { companies, citizens }: KnownNames): boolean {
  return companies && names.some((name) => name.includes(' ') && citizens.has(name));
}

function isGreetedOwn(name: string, { recipients }: Pick<KnownNames, 'recipients'>): boolean {
  return recipients.some((own) => isNameOf(name, own) || isEndOf(name, own));
}

/** "Kære Fine" to Josefine, as "Lise" to Anne-Lise. */
function isEndOf(name: string, own: string): boolean {
  const [first = '', ...more] = nameWords(name);
  return more.length === 0 && first.length >= SHORT_NAME_CHARACTERS_MIN && nameWords(own)[0]?.endsWith(first) === true;
}

const SHORT_NAME_CHARACTERS_MIN = 4;

/** Two words or more, of which none is known to be a person's. */
function isNoPerson(names: readonly string[]): boolean {
  return names.some((name) => namesIn(name).some(({ words, sure }) => words > 1 && !sure) && !isFirstName(name.split(/[ -]/)[0] ?? ''));
}

/** Companies and addresses that are not the recipient's: behind "Til:", and where no line says that it is theirs. */
function strangeLines(letter: string, { isFirst, kind, namesRecipient: isNamed }: NamedText, { recipients, right, companies, hasCompany }: KnownNames): readonly StrangeName[] {
  if (!isFirst) return [];
  const isOwn = ({ name }: AddresseeLine) => recipients.some((own) => (companies ? isCompanyOf(name, own) : isOwnLoosely(name, own) || isCompanyOf(name, own)));
  const isRight = ({ name }: AddresseeLine) => right.some((own) => isNameOf(name, own));
  // Below the signature stands where who signs can be found.
  const lines = addresseeLines(letter.slice(0, signatureOf(letter).start), companies).filter((line) => !isRight(line));
  const others = companies ? lines.filter((line) => !isOwn(line)) : [];
  // On a page that names the citizen a company may be greeted that acts for them.
  const houses = greetedHouses(letter).filter((line) => (companies || (kind === 'page' && !isNamed)) && !isOwn(line) && !isRight(line));
  const labelled = [...others.filter(({ isLabelled }) => isLabelled), ...houses];
  // Above a message to a company stands no letterhead of somebody else's.
  if (labelled.length > 0 || (isNamed && !(hasCompany && kind === 'message'))) {
    const isAddressed = lines.some((line) => !line.isLabelled && isOwn(line));
    const isAddressOfOther = (line: AddresseeLine) => (kind === 'page' ? isAddressOfCompany(line) || (companies && !isAddressed && !line.isLabelled && letter.startsWith('\n', line.end) && !/\d{6}/.test(line.name)) : !companies && isPersonOnTop(line) && !isOwn(line));
    return [...labelled, ...(companies ? others : lines).filter(isAddressOfOther)].map(placeIn);
  }
  const head = kind === 'message' ? companyHead(letter) : null;
  return [...(lines.some((line) => line.isLabelled === lines[0]?.isLabelled && isOwn(line)) ? [] : lines), ...(head === null || isOwn(head) ? [] : [head])].slice(0, 1).map(placeIn);
}

/** Above a message stands no letterhead, whatever the name. */
function isPersonOnTop({ name, start, isLabelled }: AddresseeLine): boolean {
  return !isLabelled && start === 0 && capitalWords.test(name);
}

const capitalWords = /^\p{Lu}[\p{L}'-]+(?: (?:\p{Lu}[\p{L}.'-]*|de|af|von|van|der|du|el|al|la)){1,5}$/u;

function isAddressOfCompany({ name, isLabelled }: AddresseeLine): boolean {
  return !isLabelled && (isCompany(name) || club.test(name));
}

const club = /(?:klub|klubben|koret|gruppe|gruppen|forening|foreningen)(?: |$)/u;

type StrangePlace = Pick<StrangeName, 'start' | 'end'>;

function placeIn({ start, end }: StrangePlace): StrangeName {
  return { start, end, isGreeting: false };
}

/** To whom it goes is said there; whatever the letter is about. */
function isAddressing(place: NamePlace): boolean {
  return place === 'address' || place === 'number' || place === 'you' || /^field (?:til|to|modtager|kunde|debitor|skyldner|sent)$/.test(place);
}

interface PlacedName {
  readonly name: NameInText;
  readonly place: NamePlace;
}

function strangeIn(names: readonly NameInText[], question: PlaceQuestion, known: KnownNames, family: TextOfFamily): readonly PlacedName[] {
  const isOwn = ({ name }: NameInText) => known.recipients.some((own) => isOwnLoosely(name, own));
  const own = names.filter(isOwn);
  const others = names.filter((name) => !isOwn(name));
  const wellPlaced = new Map(own.map((name) => [placeOf(name, question), name.end]));
  const inField = own.some((name) => isInForm(name, question));
  const listed = own.filter(({ end }) => end !== question.greetingEnd);
  // In a table of two people the numbers follow both names, as does the sentence about them.
  const beside = { number: new Set(listed.map(({ end }) => end + 1)), top: new Set(listed.filter(({ before }) => /(?:^|\n)$/.test(before)).map(({ end }) => question.text.indexOf('\n', end) + 1)) };
  const placed = placedOthers(others, question, known).filter(({ name, place }) => !((place === 'number' && beside.number.has(name.start)) || ((place === 'top' || place === 'address') && beside.top.has(name.start))));
  const strange = [...placed, ...onlyOther(names, question, known)];
  const pays = own.some(({ before }) => /(?:^|\n)betaler ?: ?$/.test(before));
  // Where the recipient's own name stands in such a place, others in such places are others for a reason.
  const isFellow = ({ name, place }: PlacedName) => {
    // Whoever is called by first name is not the second of two.
    if (place === 'you' && name.words === 1) return false;
    // Who pays is not who is paid.
    if (pays && place === 'field modtager') return true;
    if ((place === 'party' || place === 'concerns') && isStray(name, names, family, known)) return false;
    const at = wellPlaced.get(place);
    return at !== undefined && ((!isAddressing(place) && place !== 'top') || (known.recipients.length === 1 && standsWith(name, at, place, question.text)));
  };
  // Over the greeting a field is the recipient's, whoever else has one below.
  const isInHead = ({ name, place }: PlacedName) => question.isMessage && name.words > 1 && name.end < question.greetingStart && (place.startsWith('field') || (place === 'concerns' && isBehindLabel(name))) && place !== 'field lesser' && !isAddressing(place);
  return strange.filter((placed) => isInHead(placed) || (!isFellow(placed) && !(inField && placed.place === 'field lesser')));
}

/** Behind a label, or alone in its line below the greeting, as in a table; "Til Nancy Berggren" is no form yet. */
function isInForm(name: NameInText, question: PlaceQuestion): boolean {
  const place = placeOf(name, question);
  return isBehindLabel(name) || (isAlone(name) && question.greetingStart < name.start) || (place?.startsWith('field') === true && !/ (?:til|to|sent)$/.test(place));
}

/** Two to whom a letter goes stand together, behind one label: "Til: Nancy Berggren" and below "Til Kirsten" are two. */
function standsWith({ start, end }: NameInText, at: number, place: NamePlace, text: string): boolean {
  const between = text.slice(Math.min(at, end), Math.max(at, start));
  return Math.abs(start - at) <= FELLOW_CHARACTERS_MAX && !(place.startsWith('field') && /\d/.test(between)) && !(place === 'field til' && between.includes('\n'));
}

const FELLOW_CHARACTERS_MAX = 120;

/** Not where it goes to is said there; "Bidragsmodtager: …" elsewhere tells that the name has a part of its own. */
function isWeak(place: NamePlace): boolean {
  return !isAddressing(place) && !place.startsWith('field');
}

/** Names in places for the recipient's, but of those that the text has introduced before. */
function placedOthers(names: readonly NameInText[], question: PlaceQuestion, known: KnownNames): readonly PlacedName[] {
  const introduced = new NamePool();
  const inFields = new NamePool(question.namesRecipient && !known.companies ? namesBehindLabels(names) : []);
  return names.flatMap((name) => {
    if (isBesideNumber(name, question.text, known.numbers) && (!staffBefore.test(name.before) || isEmployee(name))) return [{ name, place: 'number' as const }];
    if (isIntroduced(name, question)) {
      introduced.add(name.name);
      return [];
    }
    const place = isKnown(name, known) || introduced.has(name.name) ? null : placeOf(name, question);
    return place === null || (isWeak(place) && !isBehindLabel(name) && inFields.has(name.name)) ? [] : [{ name, place }];
  });
}

/** "Ansøger: Hans Nielsen, tlf. 12345678". */
function isApplicant({ before }: NameInText): boolean {
  return /(?:^|\n)(?:ansøger|applicant) ?: ?\n?$/u.test(before);
}

/** Said to be somebody else; "Ansøger: …" and "Du står som kontaktperson: …" say whom it is about. */
function isIntroduced(name: NameInText, question: PlaceQuestion): boolean {
  const introduction = isApplicant(name) ? null : introductionOf(name);
  return introduction !== null && !(introduction === 'staff' ? isYourPart(name.before) || isInYourRole(name, question.roles) || / dig, $/.test(name.before) : isSaidToBeYou(name, question));
}

/** A file that does not name the recipient is about the one whom it names first, in a field, or alone, and not once only. */
function onlyOther(names: readonly NameInText[], { text, namesRecipient: isNamed, isMessage }: PlaceQuestion, known: KnownNames): readonly PlacedName[] {
  if (isNamed || isMessage || known.companies || !personalPaper.test(text)) return [];
  const explained = new NamePool(names.filter((name) => introductionOf(name) !== null || roleBehind.test(name.after)).map(({ name }) => name));
  const [first, ...more] = names.filter((name) => name.sure && !isKnown(name, known) && !explained.has(name.name));
  const isField = first !== undefined && isBehindLabel(first) && /^ ?(?:[,\n(]|$)/.test(first.after);
  return first && (isField || (more.length > 0 && more.every(({ name }) => isNameOf(name, first.name)))) ? [{ name: first, place: 'head' }] : [];
}

const roleBehind = /^ ?\([^)\d]{2,40}\)/;


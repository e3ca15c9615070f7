import { addresseeLines, companyHead, isCompany, isCompanyOf, type AddresseeLine } from './letter-addressee.ts';
import { isFirstName } from './first-names.ts';
import { greetingIn, greetingsIn, type Greeting } from './letter-greeting.ts';
import { isWithin, ownPart, signatureOf } from './letter-parts.ts';
import { introductionOf, isBehindLabel, namesBehindLabels } from './letter-relatives.ts';
import { isInYourRole, isYourPart, rolesOfYou } from './letter-you.ts';
import { staffBefore } from './letter-words.ts';
import { namesIn, type NameInText } from './name-in-text.ts';
import { NamePool } from './name-pool.ts';
import { isAlone, isBesideNumber, isLabelled, isSaidToBeYou, placeOf, type NamePlace, type PlaceQuestion } from './name-place.ts';
import { isNameOf, nameWords } from './person-name.ts';

/** Whose names may stand in a letter. */
export interface KnownNames {
  /** Each recipient's name. */
  readonly recipients: readonly string[];
  readonly numbers: readonly string[];
  readonly right: readonly string[];
  /** Every recipient is a company: it is written to about other people, by way of other people. */
  readonly companies: boolean;
  /** One of them is. */
  readonly hasCompany: boolean;
  /** The letter is about a child, or somebody else; who that is may be told in text or files. */
  readonly aboutOther: boolean;
  /** It tells of a child, or of somebody else, by what they are, and may name them in the subject alone. */
  readonly isUnnamed: boolean;
  /** Relatives of the recipient who are named as such. */
  readonly relatives: NamePool;
  /** Every word of every name in text and files, folded. */
  readonly mentioned: ReadonlySet<string>;
  /** Others of whom the letter says why they are named: for their work, or because they sign it. */
  readonly explained: NamePool;
  /** The message says that a copy of what was sent to somebody else goes with it. */
  readonly bringsCopy: boolean;
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
  const signature = signatureOf(letter);
  const signers = new NamePool(text.names.filter((name) => name.words > 1 && isWithin(name, signature)).map(({ name }) => name));
  const names = text.names.filter((name) => name.end <= letter.length && !isWithin(name, signature) && !(name.words > 1 && signers.has(name.name)));
  if (text.kind === 'subject') return strangeInSubject(names, text, known);
  const greeting = greetingIn(letter);
  const greetings = text.kind === 'message' ? greetingsIn(letter) : greeting === null ? [] : [greeting];
  const proxies = new NamePool(text.namesRecipient ? names.filter((name) => proxyBefore.test(name.before) && !greetings.some((one) => isWithin(name, one))).map(({ name }) => name) : []);
  const isCopyTo = (name: string) => text.kind === 'page' && known.bringsCopy && known.relatives.hasEither(name);
  const greetedToo = greetings.filter((one) => one.names.some((name) => isGreetedOwn(name, known))).flatMap((one) => one.names);
  const isFellow = (name: string) => isCopyTo(name) || greetedToo.some((one) => isNameOf(one, name));
  const greeted = greetings.filter((one) => isStrangeGreeting(one, known) && !one.names.some((name) => proxies.has(name) || isCopyTo(name))).map(({ start, end }) => ({ start, end, isGreeting: true }));
  const question = { ...text, text: letter, roles: new Set([...rolesOfYou(letter), ...(known.recipients.length > 1 ? ['forældre', 'forælder'] : [])]), addressedOnly: known.companies, greetingStart: (greeting ?? names.find((name) => isWrittenTo(name) && isKnown(name, known)))?.start ?? letter.length, greetingEnd: greeting?.end ?? 0, isMessage: text.kind === 'message' };
  const isGreeted = ({ start, end }: StrangePlace) => greeting !== null && end > greeting.start && start < greeting.end;
  const children = names.filter((name) => name.words === 1 && isFirstName(name.name) && !isGreeted(name) && !isKnown(name, known) && !/(?:hedder|kaldes) $/.test(name.before) && !staffBefore.test(name.before));
  const strange = strangeIn(names, question, known)
    .filter(({ name, place }) => !isFellow(name.name) && (isAddressing(place) || (isApplicant(name) && !known.relatives.hasEither(name.name)) || !(isExplained(name, known) || mayBeOther(name, { ...text, children }, known))));
  const inThread = strangeInThread(text.names.filter(({ start }) => start >= letter.length), letter, known);
  const others = [...inThread.map(placeIn), ...strangeLines(letter, text, known).filter(({ start, end }) => !isFellow(letter.slice(start, end))), ...strange.map(({ name }) => placeIn(name))];
  return [...greeted, ...others.filter((name) => !isGreeted(name))];
}

/** "Til Nancy Berggren", where letters have their greeting. */
function isWrittenTo({ before, after }: NameInText): boolean {
  return /(?:^|\n)til $/.test(before) && /^,?\n/.test(after);
}

/** "Boet efter Nancy Berggren v/ Hans Nielsen", who is then greeted. */
const proxyBefore = /(?:v\/|att\.?:?) ?$/;

/** Whoever an answer answers, or a thread says to be the citizen. */
function strangeInThread(names: readonly NameInText[], letter: string, known: KnownNames): readonly NameInText[] {
  const writers = names.filter(({ before, sure, words }) => sure && words > 1 && /(?:^|\n)>? ?(?:fra|from): $/.test(before));
  const isAnswer = !known.companies && answersYou.test(letter) && writers.length > 0 && !writers.some((name) => isKnown(name, known));
  return [...names.filter((name) => isCitizenOfThread(name) && !isKnown(name, known)), ...(isAnswer ? writers.slice(0, 1) : [])];
}

/** "Tak for din mail". */
const answersYou = /(?:^|[^\p{L}])(?:din|dit|your) (?:e-?mail|mail|henvendelse|besked|spørgsmål|brev|forespørgsel|message|question)(?!\p{L})/u;

/** In a mail that is quoted below, everybody may be named; but the citizen is whom the letter goes to. */
function isCitizenOfThread({ before, sure, words }: NameInText): boolean {
  return sure && words > 1 && /(?:^|[^\p{L}])(?:borger(?:en)?|ansøger(?:en)?)(?: hedder| er|,|:)? $/u.test(before);
}

/** True when a text names a recipient: by two words of the name, as a company, or in the greeting. */
export function namesRecipient(text: string, names: readonly NameInText[], { recipients, companies }: KnownNames): boolean {
  const isOwn = (name: string) => recipients.some((own) => isOwnLoosely(name, own));
  if (companies && recipients.some((own) => text.toLowerCase().includes(own.toLowerCase()))) return true;
  if (names.some(({ name, words }) => words > 1 && isOwn(name))) return true;
  return (greetingIn(ownPart(text))?.names ?? []).some(isOwn);
}

function isStrangeGreeting({ names, line }: Greeting, { recipients, companies, hasCompany, explained }: KnownNames): boolean {
  if (hasCompany && recipients.some((own) => isCompanyOf(line, own))) return false;
  // A company is greeted by its name, or by way of somebody there, whose name nobody can know.
  if (companies) return isCompany(line) || (isNoPerson(names) && !names.some((name) => explained.has(name)));
  const isOwn = (name: string) => isGreetedOwn(name, { recipients });
  // Two recipients are both greeted; with one, another of the family may be.
  return names.length > 0 && !(recipients.length > 1 ? names.every(isOwn) : names.some(isOwn));
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
  const isOwn = ({ name }: AddresseeLine) => recipients.some((own) => isOwnLoosely(name, own) || isCompanyOf(name, own));
  const lines = addresseeLines(letter, companies).filter(({ name }) => !right.some((own) => isNameOf(name, own)));
  const others = companies ? lines.filter((line) => !isOwn(line)) : [];
  const labelled = others.filter(({ isLabelled }) => isLabelled);
  // Above a message to a company stands no letterhead of somebody else's.
  if (labelled.length > 0 || (isNamed && !(hasCompany && kind === 'message'))) return [...labelled, ...others.filter((line) => kind === 'page' && isAddressOfCompany(line))].map(placeIn);
  const head = kind === 'message' ? companyHead(letter) : null;
  return [...(lines.some((line) => line.isLabelled === lines[0]?.isLabelled && isOwn(line)) ? [] : lines), ...(head === null || isOwn(head) ? [] : [head])].slice(0, 1).map(placeIn);
}

function isAddressOfCompany({ name, isLabelled }: AddresseeLine): boolean {
  return !isLabelled && isCompany(name);
}

type StrangePlace = Pick<StrangeName, 'start' | 'end'>;

function placeIn({ start, end }: StrangePlace): StrangeName {
  return { start, end, isGreeting: false };
}

function strangeInSubject(names: readonly NameInText[], text: NamedText, known: KnownNames): readonly StrangeName[] {
  if (known.companies) return [];
  // Whoever stands in text and files as well is judged there.
  const isJudged = ({ name }: NameInText) => nameWords(isFirstName(name.split(' ')[0] ?? '') ? name : name.replace(/^\S+ (?=.)/, '')).every((word) => known.mentioned.has(word));
  const named = names.filter((name) => (name.sure || (name.words > 1 && isLabelled(name))) && (visitedBefore.test(name.before) || !isIntroducedInTitle(name)) && !isJudged(name) && !isKnown(name, known) && !isKnownBehindWord(name, known) && !(!visitedBefore.test(name.before) && mayBeOther(name, { ...text, children: [] }, known)));
  return [...named.filter((name) => !isBesideOwn(name, names, text.text, known)), ...names.filter((name) => isOtherChild(name, text, known))].map(placeIn);
}

/** A title has few words: who is said to be a relative there may still be the wrong one, but for the dead and "din mor". */
function isIntroducedInTitle(name: NameInText): boolean {
  const introduction = introductionOf(name);
  return introduction === 'staff' || (introduction !== null && survivedBefore.test(name.before));
}

/** "Dødsboet efter Hans Nielsen", "Brev til din mor Else Holm". */
const survivedBefore = /(?:^|[^\p{L}])(?:(?:bo|boet|dødsbo|dødsboet) efter|(?:din|dit|jeres) \p{L}+) $/u;

/** "Besøg hos Hans Nielsen": who is visited, not who visits. */
const visitedBefore = /besøg hos $/;

/** "Nancy Berggren mod Hans Nielsen". */
function isBesideOwn(name: NameInText, names: readonly NameInText[], text: string, known: KnownNames): boolean {
  const last = names[names.indexOf(name) - 1];
  return last !== undefined && isKnown(last, known) && /^ (?:mod|og|samt|&|\/|and|v) $/.test(text.slice(last.end, name.start));
}

/** "Skolestart for Emma", where the letter names other children, and no Emma. */
function isOtherChild({ name, words, before }: NameInText, { namedElsewhere }: NamedText, { aboutOther, recipients, mentioned }: KnownNames): boolean {
  if (words !== 1 || !aboutOther || !isFirstName(name) || !/(?:^|[^\p{L}])(?:for|til|om|vedr\.?|vedrørende) $/u.test(before)) return false;
  const [first = ''] = nameWords(name);
  return !recipients.some((own) => nameWords(own).includes(first)) && !namedElsewhere.isNobody() && !mentioned.has(first) && !mentioned.has(`${first}s`);
}

function isKnown({ name }: NameInText, { recipients, right }: KnownNames): boolean {
  return recipients.some((own) => isOwnLoosely(name, own)) || right.some((own) => isNameOf(name, own));
}

/** "Ansættelsesbrev Beata": the first word has its capital for where it stands. */
function isKnownBehindWord({ name }: NameInText, { recipients, relatives }: KnownNames): boolean {
  const [first = '', ...more] = name.split(' ');
  const rest = more.join(' ');
  return rest !== '' && !isFirstName(first) && (relatives.has(rest) || recipients.some((own) => isNameOf(rest, own)));
}

function isExplained({ name }: NameInText, { explained }: KnownNames): boolean {
  return explained.has(name);
}

/** To whom it goes is said there; whatever the letter is about. */
function isAddressing(place: NamePlace): boolean {
  return place === 'address' || place === 'number' || place === 'you' || /^field (?:til|to|modtager|kunde|debitor|sent)$/.test(place);
}

/**
 * In a letter about a child or a relative, a name may be theirs: where it is said so anywhere, where it shares a surname
 * with the recipient, where it is named elsewhere too, or where nobody else is named at all.
 */
function mayBeOther({ name }: NameInText, text: NamedText & { readonly children: readonly NameInText[] }, { relatives, recipients, aboutOther, isUnnamed }: KnownNames): boolean {
  const words = nameWords(name);
  if (relatives.hasEither(name)) return true;
  // A surname that few have tells of the family, Hansen of nothing.
  if ((text.kind !== 'subject' || isUnnamed) && recipients.some((own) => nameWords(own).slice(1).some((word) => words.includes(word) && (aboutOther || !word.endsWith('sen'))))) return true;
  if (!aboutOther) return false;
  const isOnlyChild = () => text.children.every((child) => isNameOf(child.name, name));
  const isUnsaid = relatives.isEmpty && isOnlyChild() && (text.kind === 'subject' ? isUnnamed && text.namedElsewhere.isNobody() : text.isAboutOther);
  return isUnsaid || text.namedElsewhere.has(words[0] ?? '');
}

interface PlacedName {
  readonly name: NameInText;
  readonly place: NamePlace;
}

function strangeIn(names: readonly NameInText[], question: PlaceQuestion, known: KnownNames): readonly PlacedName[] {
  const isOwn = ({ name }: NameInText) => known.recipients.some((own) => isOwnLoosely(name, own));
  const own = names.filter(isOwn);
  const others = names.filter((name) => !isOwn(name));
  const wellPlaced = new Map(own.map((name) => [placeOf(name, question), name.end]));
  const inField = own.some((name) => isInForm(name, question));
  // In a table of two people the numbers follow both names.
  const beside = new Set(own.filter(({ end }) => end !== question.greetingEnd).map(({ end }) => end + 1));
  const placed = placedOthers(others, question, known).filter(({ name, place }) => place !== 'number' || !beside.has(name.start));
  const strange = [...placed, ...onlyOther(names, question, known)];
  const pays = own.some(({ before }) => /(?:^|\n)betaler ?: ?$/.test(before));
  // Where the recipient's own name stands in such a place, others in such places are others for a reason.
  const isFellow = ({ name, place }: PlacedName) => {
    // Who pays is not who is paid.
    if (pays && place === 'field modtager') return true;
    const at = wellPlaced.get(place);
    return at !== undefined && !((isAddressing(place) || place === 'top') && (known.recipients.length > 1 || Math.abs(name.start - at) > FELLOW_CHARACTERS_MAX || (place.startsWith('field') && /\d/.test(question.text.slice(Math.min(at, name.end), Math.max(at, name.start))))));
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

/** Two to whom a letter goes stand together. */
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

/** "Medarbejder: Hans Nielsen, cpr-nr. …": who has a job has a number there, not who has the case. */
function isEmployee({ before, after }: NameInText): boolean {
  return /(?:^|\n)(?:medarbejder|ansat)(?:en)? ?: $/.test(before) && /^, (?:cpr|person|\d)/.test(after);
}

/** "Ansøger: Hans Nielsen, tlf. 12345678". */
function isApplicant({ before }: NameInText): boolean {
  return /(?:^|\n)(?:ansøger|applicant) ?: ?\n?$/u.test(before);
}

/** Said to be somebody else; "Ansøger: …" and "Du står som kontaktperson: …" say whom it is about. */
function isIntroduced(name: NameInText, question: PlaceQuestion): boolean {
  const introduction = isApplicant(name) ? null : introductionOf(name);
  return introduction !== null && !(introduction === 'staff' ? isYourPart(name.before) || isInYourRole(name, question.roles) : isSaidToBeYou(name, question));
}

/** A file that does not name the recipient is about the one whom it names first, in a field, or alone, and not once only. */
function onlyOther(names: readonly NameInText[], { text, namesRecipient: isNamed, isMessage }: PlaceQuestion, known: KnownNames): readonly PlacedName[] {
  if (isNamed || isMessage || known.companies || !personalPaper.test(text)) return [];
  const explained = new NamePool(names.filter((name) => introductionOf(name) !== null || roleBehind.test(name.after)).map(({ name }) => name));
  const [first, ...more] = names.filter((name) => name.sure && !isKnown(name, known) && !explained.has(name.name));
  const isField = first !== undefined && isBehindLabel(first) && /^ ?(?:[,\n(]|$)/.test(first.after);
  return first && (isField || (more.length > 0 && more.every(({ name }) => isNameOf(name, first.name)))) ? [{ name: first, place: 'head' }] : [];
}

/** Papers that are about one person; a guide has its examples. */
const personalPaper = /referat|notat|journal|plan|erklæring|attest|afgørelse|bevilling|godkendelse|skema|udtalelse|vurdering|rapport|seddel|opgørelse/i;
const roleBehind = /^ ?\([^)\d]{2,40}\)/;

/** A name has at most so many words. */
const NAME_WORDS_MAX = 6;

/**
 * In a run of words without lines the street or the trade may follow the name: its first words are enough, where a surname is
 * among them.
 */
function isOwnLoosely(name: string, own: string): boolean {
  if (isNameOf(name, own)) return true;
  const words = nameWords(name);
  const ownWords = nameWords(own);
  const isSurname = (word: string) => ownWords.includes(word) && !isFirstName(word);
  const hasSurname = ownWords.some((word) => !isFirstName(word));
  return words.slice(0, NAME_WORDS_MAX + 1).some((_word, n) => n >= 2 && (!hasSurname || words.slice(0, n).some(isSurname)) && isNameOf(words.slice(0, n).join(' '), own));
}

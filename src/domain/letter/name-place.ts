import { betweenNameAndNumber, cprNumbersIn, type CprInText } from '../cpr-in-text.ts';
import { isFirstName } from '../first-names.ts';
import type { NameInText } from './name-in-text.ts';
import { isConcerned, isParty } from './party.ts';
import { introductionOf } from './relatives.ts';
import { isCalled, isInYourRole, isWithYou, isYou } from './you.ts';

/** A place where the one a letter is written to is named. */
export type NamePlace = `field ${string}` | 'number' | 'you' | 'concerns' | 'address' | 'party' | 'top' | 'head';

/** "Hanne Madsen, CPR 251248-9996", "Borger 251248-9996 Hanne Madsen": the recipient's number is said to be somebody else's. */
export function isBesideNumber(name: NameInText, text: string, numbers: readonly string[]): boolean {
  const { start, end, words } = name;
  const isOwn = (number: CprInText | undefined): number is CprInText => number !== undefined && numbers.includes(number.cpr);
  if (words < 2) return false;
  const ahead = text.slice(Math.max(0, start - NUMBER_AHEAD_CHARACTERS), start);
  if (isBehindNumber(ahead, name.after) && isOwn(cprNumbersIn(ahead).at(-1))) return true;
  const behind = text.slice(end, end + NUMBER_CHARACTERS);
  const [number] = cprNumbersIn(behind);
  if (!isOwn(number)) return false;
  const between = behind.slice(0, number.start);
  if (introductionOf(name) === null && (behindWord.test(between) || (isAlone(name) && overAddressAndNumber.test(between)))) return true;
  // On the line above, behind a label, may stand anybody.
  return betweenNameAndNumber.test(between) && (!between.includes('\n') || isNoLabelOfOthers(name) || isEmployee(name));
}

/** "251248-9996 Hanne Madsen"; behind a comma only what ends there: "Brevet vedrører CPR-nr. 251248-9996, Hanne Madsen." */
function isBehindNumber(before: string, after: string): boolean {
  return /\d ?[(-]? ?$/.test(before) || (/\d, ?$/.test(before) && /^ ?(?:[.\n]|$)/.test(after));
}

/** "Medarbejder: Hans Nielsen, cpr-nr. …": who has a job has a number there, not who has the case; below may stand the reader's. */
export function isEmployee({ before, after }: NameInText): boolean {
  if (/(?:^|\n)(?:medarbejder|ansat)(?:en)? ?: $/.test(before)) return /^, (?:cpr|person|\d)/.test(after);
  return /(?:^|\n)(?:fuldmagtsgiver|den unge|plejer|fleksjobber|praktikant)(?:en)? ?: $/.test(before) && /^(?:, |\n)(?:cpr|person|\d)/.test(after);
}

function isNoLabelOfOthers(name: NameInText): boolean {
  return !/[\p{L}.)] ?: ?$/u.test(name.before) || recipientLabel.test(name.before) || introductionOf(name) === null;
}

const behindWord = /^\n[·•*-] ?$|^(?:,? \(?|\n)[^\n:]{2,16}: ?$|^,(?: [^,\n]{2,40},){1,3} $|^,? (?:født )?med (?:cpr|CPR|person)[\p{L}. -]{0,16} $|^ \p{Ll}{4,20} \((?:cpr|CPR|person)[\p{L}. -]{0,16} $/u;
/** Lines of an address, or a date of birth, between a name alone in its line and the number. */
const overAddressAndNumber = /^ ?\n+(?:[^\n:]{2,60}\d[^\n:]{0,24}\n+){0,3}(?:f(?:\.|ødt) [^\n:]{4,24}, ?)?(?:cpr|person)[\p{L}. -]{0,16}[ :]*\n?$/iu;
const NUMBER_CHARACTERS = 150;
const NUMBER_AHEAD_CHARACTERS = 20;

/** The text in which a name stands. */
export interface PlaceQuestion {
  readonly text: string;
  /** The beginning of a letter, where the address stands. */
  readonly isFirst: boolean;
  /** The recipient's name or number stands somewhere in the letter. */
  readonly namesRecipient: boolean;
  /** Letters to companies are about anybody; then only who is addressed counts. */
  readonly addressedOnly: boolean;
  /** Where the greeting begins; the text's end without one. */
  readonly greetingStart: number;
  /** Where it ends; 0 without one. */
  readonly greetingEnd: number;
  /** What the reader is said to be. */
  readonly roles: ReadonlySet<string>;
  /** A message, not a page of a file: no letterhead of the sender's stands above it. */
  readonly isMessage: boolean;
}

/**
 * What tells that a name is the one the letter is written to, or null: it may be anybody's. A weaker place counts only where
 * the words themselves are a person's name.
 */
export function placeOf(name: NameInText, question: PlaceQuestion): NamePlace | null {
  if (isAbbreviation(name) || isCell(name) || isBehindOtherTil(name)) return null;
  const label = labelOf(name);
  if (label === 'lesser') return lesserPlaceOf(name, question);
  if (label !== null && (!question.addressedOnly || /^(?:til|modtager|kunde|debitor|to|sent)$/.test(label))) return `field ${label}`;
  if (question.isFirst && isAddress(name, question)) return 'address';
  if (question.addressedOnly) return null;
  return isSaidToBeYou(name, question) ? 'you' : placeInText(name, question);
}

/** "Ægtefællen modtager SU." */
function isAbbreviation({ name, words, sure }: NameInText): boolean {
  return !sure && words === 1 && /^\p{Lu}{2,4}$/u.test(name);
}

/** "Bevillingen gælder, til Emma begynder i skole", "TIL LYKKE MED BRYLLUPPET": nothing is for them. */
function isBehindOtherTil({ name, before, after }: NameInText): boolean {
  const isCongratulation = name === 'Lykke' && before.endsWith('til ');
  return isCongratulation || (before.endsWith(', til ') && /^ (?:begynder|starter|fylder|flytter|kommer|er|har|kan|får|selv)(?!\p{L})/u.test(after));
}

/** "Deltagere" below "Borger": in a table the word below a head is the next one, where it is no first name. */
function isCell({ words, sure, name, before }: NameInText): boolean {
  return words === 1 && !sure && before.endsWith('\n') && !isFirstName(name);
}

/** Behind a label for a part that others may have too. */
function lesserPlaceOf(name: NameInText, question: PlaceQuestion): NamePlace | null {
  if (question.addressedOnly || (question.namesRecipient && !name.sure)) return null;
  return isSaidToBeYou(name, question) ? 'you' : 'field lesser';
}

/** The text says "you" to this name, whatever else it tells of it. */
export function isSaidToBeYou(name: NameInText, { text, roles, addressedOnly }: PlaceQuestion): boolean {
  if (addressedOnly || isHeading(name) || isWithYou(name.before)) return false;
  if (name.words > 1 && (isBehindTo(name) || sentToBefore.test(name.before) || isYou(name) || isInYourRole(name, roles))) return true;
  return isCalled(name, text) && (name.words === 1 || introductionOf(name) === null);
}

function isBehindTo({ before, after }: NameInText): boolean {
  return toBefore.test(before) && !isWrapped(before, after) && !ofFamily.test(after);
}

/** A line that holds no more than "Til Hans Nielsen" is no rest of the long one above. */
function isWrapped(before: string, after: string): boolean {
  return wrappedTo.test(before) && !/^,?\n/.test(after);
}

/** "TIL DIG SOM VÆRGE - ÆNDRING AF YDELSE". */
function isHeading({ sure, name }: NameInText): boolean {
  return !sure && inCapitals.test(name);
}

/** "Til Hans Nielsen", "Til forældremyndighedsindehaver Hans Nielsen", at the beginning of a line. */
const toBefore = /(?:^|\n)til (?:(?:forældremyndighedens )?\p{L}{4,} )?$/u;
/** "Brevet er sendt til indehaveren af forældremyndigheden: Hans Nielsen", but no copy of it. */
const sentToBefore = /(?<!(?:kopi|genpart)(?:en)? af )(?:brevet|skrivelsen|afgørelsen|tilbuddet|indkaldelsen|partshøringen|(?:nabo)?orienteringen|underretningen|høringen|bekræftelsen|invitationen|(?:denne|dette) \p{L}{4,}) er (?:(?:sendt|stilet|adresseret|rettet) )?til(?: (?:forælder|forældremyndighedsindehaver|forældremyndighedens indehaver|værge|ejer|modtager|borger|indehaver)(?:en)?(?: af [^\n:]{3,40})?)?:?[ \n]$|modtager(?:en)? af (?:dette )?brev(?:et)?:?[ \n]$|som (?:får|modtager) (?:dette )?brev(?:et)?: $|(?:dette|denne) (?:indkaldelse|afgørelse|bevilling|partshøring|tilbud) er til $/u;
/** A long line goes on there: "… kan du ringe / til Hans Nielsen". */
const wrappedTo = /\n(?<=[^\n]{36}(?:[^\n]{4}[\p{Ll},]|§§? [\d-]{1,7})\n)(?:til|to) (?:\p{L}{4,} )?$/u;

function placeInText(name: NameInText, question: PlaceQuestion): NamePlace | null {
  if (isTop(name, question)) return 'top';
  return name.sure ? surePlaceOf(name, question) : null;
}

function surePlaceOf(name: NameInText, question: PlaceQuestion): NamePlace | null {
  const { text, isFirst, namesRecipient } = question;
  if (name.words > 1 && headCells.test(text.slice(Math.max(0, name.start - ADDRESS_CHARACTERS), name.start))) return 'field lesser';
  if (isConcerned(name) || isHeadline(name, question)) return 'concerns';
  if (isParty(name)) return 'party';
  return isFirst && !namesRecipient && isAloneOnTop(name) ? 'head' : null;
}

const person = '(?:borger|berørt(?:e)? person|part|ansøger|modtager|kunde|patient|debitor|skyldner|klient)';
/** Others may have such a part in a letter too: counted as one with each other. */
const lesserPerson = String.raw`(?:[\p{L}/-]{0,20}(?:lejer|ejer|bygherre|låner|låntager|forsikringstager|bruger|beboer|pensionist|studerende|(?<!fuldmagts|myndigheds)haver|vælger|betaler|modtager|søgende|part|berettiget|deltager(?!e)|abonnent|skadelidte|klager|klagede|afsender|indsender|anmelder|elev|kursist|student|indstævnte|tilmeldte?|brudepar|adresse|adressat|kortholder|indkaldt|opkrævet|udpeget|sikret|sygemeldt|logivært)|(?:godkendelsen|aftalen|bevillingen|tilladelsen|ordningen) omfatter|(?:(?:til|ud|af|fra|an)meldt|opsagt|ansøgt|rekvireret|indsendt|indgivet|underskrevet|udfyldt|bestilt|betalt|samtykke gives) af|owner|tenant|payer)`;
const recipientLabel = new RegExp(
  String.raw`(?:^|(?:[\n;|,]|(?<!kr|ca|nr)\.) ?)(?:(?:fulde |dit |deres |borgerens |ansøgers |kunde|låner|ejer)?(?<label>navn)(?: og adresse| på ${person}| (?:på|i) [^\n:]{3,30}(?=:))?|for- og efter(?<name>navn)|(?:visiteret |henvist |sikret )?(?<person>${person})(?:e|en|s|ens|es)?(?: i sagen| af (?:afgørelsen|brevet|tilskuddet|ydelsen|bevillingen)| (?:fulde )?navn| og ${lesserPerson})?`
    + String.raw`|(?:registreret |nuværende |den |ejendommens )?(?<lesser>${lesserPerson})(?:e|en|s|ens|es|n)?(?: og (?:registreret )?(?:${lesserPerson}|${person}))?(?: (?:i|på|af|for|til|hos|ved|ifølge|efter) [^\n:]{2,40}(?=:))?|[\p{L} ]{0,40}(?:udstedt|sendt|sendes|gives|meddeles|udlånt|udleveret|leveret|udbetalt|bevilget|tildelt|udfærdiget) (?<sent>til)(?= ?:)|(?<to>til|to|name|recipient|applicant|citizen))(?: ?: ?\n?|\n| )$`
    + String.raw`|(?:^|[^\p{L}])(?<inline>borger (?:\d{10}|\d{6} ?- ?\d{4})|navn|modtager|borger|ansøger|patient|debitor|kunde): ?$`,
  'u',
);
/** "Barnets navn: …", "Kopi til: …". */
const otherLabel = new RegExp(String.raw`(?:\p{L}s|kopi|cc|og) (?:fulde )?(?:navn|til) ?: ?$|(?:kopi|cc|regning|faktura)\p{L}* (?:\p{L}+ )?(?:sendt|sendes) til ?: ?\n?$`, 'u');
const ownLabel = new RegExp(String.raw`(?:borgerens|borgers|ansøgers|ansøgerens|modtagers|modtagerens|patientens|kundens|skyldners) (?:fulde )?navn ?: ?$`, 'u');

/** What the field is called in which a name stands; null where it stands in none. */
function labelOf(name: NameInText): string | null {
  const { after } = name;
  const withFirstLabel = (ahead: string) => ahead.replace(labelsInRun, '$1\n');
  const [before, beforeAll] = [withFirstLabel(name.before), withFirstLabel(name.beforeAll)];
  return labelBefore(before, after) ?? (beforeAll === before ? null : labelBefore(beforeAll, after)) ?? labelBefore(before.replace(oneBefore, '$1'), after);
}

/** Labels in one column and what they say in another, read one after the other: what comes first belongs to the first. */
const labelsInRun = /((?:^|\n)[^\n:]{2,40}:)(?:\n[^\n:]{2,40}:)+\n$/;

/** The cells of a table's head, each in its line: "Navn", "Født", "Nr."; a name there is a cell's. */
const headCells = /(?:^|\n)(?:Navn|NAVN|Ejer|Person)\n(?:(?!\p{Lu}[\p{L}'-]+ (?:\p{L}+ )?\p{Lu})[^\n\d:]{2,24}\n){1,5}$/u;

/** "Til Hanne Madsen og …": the label is the second's too. */
const oneBefore = /((?:^|\n)til |[:\n] ?)(?![^\n:]*kommune)(?![^\n:]* (?:du|i|vi|der|deltager|kommer|møder) )\p{L}[^\n:]{2,60} og $/u;

/** True for a name behind a label for the recipient's. */
export function isLabelled(name: NameInText): boolean {
  return labelOf(name) !== null;
}

/** "Til Emmas forældre". */
const ofFamily = /^'? (?:forældre|mor|far|familie|værge|pårørende)(?!\p{L})/u;
/** "Til: Skovbrynet 12", "Til: Gl. Landevej 157, st.": where somebody moves to. */
const streetNumber = /^\.?(?: \p{L}+){0,2} \d{1,3} ?[a-z]?(?:,|\n|$)/u;

function labelBefore(before: string, after: string): string | null {
  if (/^,? ?[<([]?\S+@|^ v\//.test(after) || ofFamily.test(after) || streetNumber.test(after) || isWrapped(before, after) || (otherLabel.test(before) && !ownLabel.test(before))) return null;
  const groups = recipientLabel.exec(before)?.groups;
  if (!groups) return null;
  return groups['lesser'] === undefined ? (Object.values(groups).find((label) => label !== undefined) ?? null) : 'lesser';
}

/** A small word before it on the same line: it stands in a sentence. Or it is somebody at the address. */
const inSentence = /(?:^|[ \n(])(?!og )\p{Ll}[\p{L}.]* $|(?:^|\n)(?:[Aa]tt\b|[cv]\/o?)[.: ]*(?:\p{Lu}[\p{L}'-]+ )*$/u;
const ADDRESS_CHARACTERS = 140;
const beforeStreet = /^(?: og(?: \p{Lu}[\p{L}'.-]*){1,4})?(?:,| [·|])?[ \n](?:c\/o [^\n]{2,40}\n)?(?:(?:[\p{Lu}\d][\p{L}\d.' -]{2,40} \d{1,4} ?[A-Za-z]?(?:,[^\n·|]{0,24})?)(?: [·|] |[, \n]{1,2}))?(?:[^\n\d]{2,30}\n)?(?:DK-? ?)?\d{4} \p{Lu}/u;

/** A street and a postal code under or behind it; a label says that it is somebody else's address. */
function isAddress(name: NameInText, question: PlaceQuestion): boolean {
  const { end, before, sure, words } = name;
  if (isAbove(name, question)) return true;
  if (words < 2 || end > Math.min(question.greetingStart, HEAD_CHARACTERS) || !sure && question.namesRecipient && !isAboveLetter(name, question)) return false;
  return !/[\p{L}.)] ?: ?$/u.test(before) && !inSentence.test(question.text.slice(Math.max(0, name.start - 40), name.start)) && beforeStreet.test(question.text.slice(end, end + ADDRESS_CHARACTERS));
}

/** The first line of a message, over a street. */
function isAbove({ start, end, words }: NameInText, { text, isMessage }: PlaceQuestion): boolean {
  return isMessage && words > 1 && /^\s*(?:\p{Lu}[\p{L}'-]* )*$/u.test(text.slice(0, Math.min(start, ABOVE_CHARACTERS))) && start < ABOVE_CHARACTERS && overStreet.test(text.slice(end, end + ADDRESS_CHARACTERS));
}

const overStreet = /^\n(?:c\/o [^\n]{2,40}\n)?[\p{Lu}\d][\p{L}\d.' -]{2,40} \d{1,4} ?[A-Za-z]?(?:,[^\n]{0,24})?(?:\n|$)/u;

/** What stands alone above the greeting of a message is an address, whatever the name. */
function isAboveLetter({ end }: NameInText, { isMessage, greetingStart }: PlaceQuestion): boolean {
  return isMessage && end < Math.min(greetingStart, ABOVE_CHARACTERS);
}

const ABOVE_CHARACTERS = 120;
const SIGNED_CHARACTERS_MAX = 40;
const HEAD_CHARACTERS = 900;

/** Alone in the first line of a message; where the words are no known name, over the first sentence. */
function isTop(name: NameInText, question: PlaceQuestion): boolean {
  const { text, isMessage } = question;
  if (name.words < 2 || !isAlone(name)) return false;
  if (!isMessage || text.slice(0, name.start).trim() !== '') return isBareGreeting(name, question);
  return name.sure ? name.after.trim().length > SIGNED_CHARACTERS_MAX : !inCapitals.test(name.name) && overSentence.test(text.slice(name.end, name.end + ADDRESS_CHARACTERS));
}

/** "ROTTEANMELDELSE MODTAGET" is a heading. */
const inCapitals = /^\p{Lu}{2,}(?: \p{Lu}{2,})+$/u;

/** "Nancy Berggren" alone in its line between the head of a letter and its first sentence. */
function isBareGreeting({ start, end, sure }: NameInText, { text, isFirst, greetingStart }: PlaceQuestion): boolean {
  return sure && isFirst && start < Math.min(greetingStart, HEAD_CHARACTERS) && overLongSentence.test(text.slice(end, end + ADDRESS_CHARACTERS)) && !endOfSentence.test(text.slice(0, start));
}

const overLongSentence = /^\n+(?=[^\n:]*(?: \p{Ll}+){2})[^\n:]{40}/u;
const endOfSentence = /\p{Ll}{3}[.!?]\n/u;

const overSentence = /^\n+\p{Lu}\p{Ll}* \p{Ll}+ \p{Ll}+/u;

/** At the end of a line above the greeting of a message: "Fornyelse af kørekort: Hans Nielsen". */
function isHeadline({ end, words, before, after }: NameInText, { isMessage, greetingStart }: PlaceQuestion): boolean {
  return isMessage && words > 1 && end < Math.min(greetingStart, HEADLINE_CHARACTERS) && headlineBefore.test(before) && /^ ?(?:\n|, ?(?:cpr|\d{6}))/.test(after);
}

const HEADLINE_CHARACTERS = 240;
const headlineBefore = /(?:^|\n)(?=[^\n:]{0,20}\p{Ll}{4})[^\n.!?]{8,80}(?: -|(?<! (?:af|fra)):|\d{4},?) $/u;

/** Alone on its line at the beginning of a page. */
function isAloneOnTop(name: NameInText): boolean {
  // With nothing below, it is who signs.
  return name.start < HEAD_CHARACTERS && name.after.trim().length > SIGNED_CHARACTERS_MAX && isAlone(name);
}

/** Nothing else stands on its line. */
export function isAlone({ before, after }: NameInText): boolean {
  return /(?:^|\n)$/.test(before) && /^ ?(?:\n|$)/.test(after);
}

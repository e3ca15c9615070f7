import { cprNumbersIn, type CprInText } from '../cpr-in-text.ts';
import { cprShape } from '../cpr-number.ts';
import { sentenceStart } from '../letter-text.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { GENERATION_YEARS, isYoung, yearsYounger, type KnownNumbers } from './known-numbers.ts';
import { isLeftToCompany } from './left-to-company.ts';
import { isBeforeOwn, isBehindOwn, nameBeside } from './name-beside.ts';
import type { NameInText } from './name-in-text.ts';
import { claimed, claimedLine, concerned, ofAnother, ofCouple, othersAfter, othersNumber, ownNumber, theirOwn } from './number-words.ts';
import { isConcerned, isParty } from './party.ts';
import { aboutChild, aboutOther, childrensHouse, childWords, ofFirm, otherPartyWords, otherPersonWords, parentWords } from './words.ts';
import { isNumberOfPart, partsOfYou } from './you.ts';

/**
 * CPR numbers in a text that are no recipient's, and of whom the text does not say that it is somebody else: a child, a
 * parent, a spouse, somebody's guardian. The birth date tells whether that can be: a child is younger than its parents.
 */
export function strangeNumbers(text: string, known: KnownNumbers): readonly CprInText[] {
  const isMistyped = (cpr: string) => known.recipients.some((own) => isTransposed(cpr, own));
  const isNearOwn = (cpr: string) => known.recipients.some((own) => isOneDigitOff(cpr, own));
  const certain = cprNumbersIn(text);
  const starts = new Set(certain.map(({ start }) => start));
  const places = [...certain, ...tenDigitsIn(text).filter((place) => !starts.has(place.start) && (isMistyped(place.cpr) || isOfCitizen(text, place) || isBeforeOwn(text, place, known) || isBehindOwn(text, place, known)))].sort((a, b) => a.start - b.start);
  const about: WholeText = {
    isTold: places.some(({ cpr }) => known.recipients.includes(cpr)) || maskedIn(text).some(({ cpr }) => isOwnDate(cpr, known)),
    isForMany: once(() => !writesToOne.test(text) || writesToMany.test(text)),
    isAboutOther: once(() => aboutOther.test(text)),
    parts: once(() => partsOfYou(text, (name) => known.names.some((own) => isNameOf(name, own)))),
    isOfCouple: once(() => ofCouple.test(text)),
    isOfStaffOrChild: once(() => [otherPartyWords, childWords].some((words) => words.test(text.toLowerCase()))),
    isAboutChild: once(() => aboutChild.test(text) || childrensHouse.test(text)),
  };
  const isOwn = (cpr: string) => known.recipients.includes(cpr);
  const strange = places.filter((place) => !isOwn(place.cpr) && (isMistyped(place.cpr) || isNobodys(text, place, known) || isNoChild(text, place, known) || (known.companies && isLeftToCompany(text, place)) || !(isOfThing(text, place, about) || (!isNearOwn(place.cpr) && isOfAnother(text, { place, about }, known)))));
  return [...strange, ...strangeMasked(text, known)];
}

/** "Dit cpr-nummer: 251248-xxxx", masked, with another birth date than the recipient's. */
function strangeMasked(text: string, known: KnownNumbers): readonly CprInText[] {
  return maskedIn(text).filter((place) => {
    if (known.recipients.length === 0 || isOwnDate(place.cpr, known)) return false;
    return ownNumber.test(wordsAround(text, place).before) || nameBeside(text, place, known) === 'own';
  });
}

function maskedIn(text: string): readonly CprInText[] {
  return Array.from(text.matchAll(/(^|[^\d])(\d{6}) ?- ?(?:x{4}|X{4}|\*{4})(?![\p{L}\d])/gu), ({ 0: all, 1: before = '', 2: date = '', index }) => ({
    cpr: `${date}0000`, start: index + before.length, end: index + all.length,
  }));
}

function isOwnDate(masked: string, { recipients }: KnownNumbers): boolean {
  return recipients.some((own) => own.startsWith(masked.slice(0, DATE_DIGITS)));
}

const DATE_DIGITS = 6;

/** Whatever ten digits there are: one that is a recipient's but for two digits counts, whatever it is called. */
function tenDigitsIn(text: string): readonly CprInText[] {
  return Array.from(text.matchAll(/(^|\D)(\d{6}(?: ?[- ]? ?|\n)\d{4})(?!\d)/g), ({ 1: before = '', 2: written = '', index }) => {
    const start = index + before.length;
    return { cpr: written.replace(/\D/g, ''), start, end: start + written.length };
  });
}

/** "Borger 1203651234": said of whom it is without a word for a number. */
function isOfCitizen(text: string, { cpr, start }: CprInText): boolean {
  return cprShape(cpr) === 'birth-date' && /(?:^|[^\p{L}])(?:borger|ansøger|patient|klient)(?:en)?:? ?$/iu.test(text.slice(Math.max(0, start - LABEL_CHARACTERS), start));
}

/** True where two digits that follow each other have changed places: a number that was typed, and is meant to be the other. */
export function isTransposed(cpr: string, other: string): boolean {
  const at = Array.from(cpr).findIndex((digit, n) => digit !== other.charAt(n));
  return at !== -1 && cpr.slice(0, at) + cpr.charAt(at + 1) + cpr.charAt(at) + cpr.slice(at + 2) === other;
}

/** One digit is another: nobody else is born on that day with that number. */
function isOneDigitOff(cpr: string, own: string): boolean {
  return Array.from(cpr).filter((digit, n) => digit !== own.charAt(n)).length === 1;
}

/** What a text of many numbers is looked at for once. */
interface WholeText {
  /** The recipient's own number stands in it too. */
  readonly isTold: boolean;
  /** A company is written to about others. */
  readonly isForMany: () => boolean;
  readonly isAboutOther: () => boolean;
  readonly isAboutChild: () => boolean;
  /** What the reader is in it. */
  readonly parts: () => ReadonlySet<string>;
  /** It has a word for employees, or for children, who have numbers in a company's papers. */
  readonly isOfStaffOrChild: () => boolean;
  /** Two people marry. */
  readonly isOfCouple: () => boolean;
}

function once<Seen>(look: () => Seen): () => Seen {
  let seen: Seen | null = null;
  return () => (seen ??= look());
}

/** "Forløb: 1408938710", where the recipient's own number stands beside: written in one, behind a label that is no person's. */
function isOfThing(text: string, { start, end }: CprInText, { isTold }: WholeText): boolean {
  const before = text.slice(Math.max(0, start - LABEL_CHARACTERS), start);
  return numberedThing.test(before) || prefixed.test(before) || (isTold && end - start === 10 && thingLabel.test(before) && !/(?:cpr|person)[^\n]*$/i.test(before));
}

/**
 * "Sag 140525-0688", "Licens 160121-2937", "Installationsnr. …", "under nr. …", "mærk betalingen …": a thing's, also with a hyphen.
 * To outsiders no such number may go, whatever it is called, so only letters are read like this.
 */
const numberedThing =
  /(?:(?:^|\n)(?:licens|måler|lån|dokument|bilag)|(?:^|[^a-zæøå])(?:bygge|miljø|klage)?sag|(?:^|[^a-zæøå])(?:ejendom|fakt\.?)|konto[a-zæøå]*[.:]{0,2} ?\d{4}|(?:^|[^a-zæøå])mærk(?:es|et)?(?: [a-zæøå]+){0,2}|(?:^|[^a-zæøå])(?:under|med|på|[a-zæøå]{0,16}(?:kort|pas|police)) (?:nr|nummer)|(?:^|[^a-zæøå])(?!person|borger|patient|klient|cpr|låner|elev|barn|medarbejder|forsikring|kunde)[a-zæøå]{3,24}(?:nr|nummer|nummer(?:et)? er|id)|kundenr\.? er)[\s.:=#+]{0,4}$/i;
/** "BOM-2605170080". */
const prefixed = /(?<!\p{L})(?!CPR|CVR)\p{Lu}{2,6}-$/u;
const LABEL_CHARACTERS = 32;
const thingLabel = /(?:^|[\n ])(?![^\n:]{0,30}(?:pers|født|føds|navn|nummer|vedr|angå|emne|gælder|borger|ansøger|patient|elev|barn|medarbejder|kunde|modtager|lejer|ejer|værge|part|forælder|mor|far|ægtefælle|samlever))[a-zæøå]{4,24} ?: ?\n?$/i;

interface OtherNumber {
  readonly place: CprInText;
  readonly about: WholeText;
}

function isOfAnother(text: string, { place, about }: OtherNumber, known: KnownNumbers): boolean {
  const { before, after } = wordsAround(text, place);
  const whose = ownNumber.test(before) || isBeforeOwn(text, place, known) || isNumberOfPart(text.slice(Math.max(0, place.start - LABEL_CHARACTERS), place.start).toLowerCase(), about.parts) ? 'own' : nameBeside(text, place, known);
  const said = `${before} ${after}`;
  if (whose === 'own' || isOfYours(said, known)) return false;
  if (whose === 'beside-own' || isSaidToBeAnother(text, { place, said }, known)) return true;
  if (whose === null) return isOfMany(text, { place, said, about, name: null }, known);
  const number = { place, said, about, name: whose.name };
  if (isClaimed(before, known) && !isKnownOther(number, known)) return false;
  return isBesideTold(text, { ...number, beside: whose }, known) || isOfMany(text, number, known);
}

/** In a note to whoever writes, "NB til mig selv: ring til Hans Nielsen, 120365-1234", or one of two that somebody has. */
function isNobodys(text: string, { cpr, start }: CprInText, { contradicted }: KnownNumbers): boolean {
  return contradicted.has(cpr) || noteToSelf.test(text.slice(text.lastIndexOf('\n', start) + 1, start));
}

const noteToSelf = /^(?:NB|OBS|N\.B\.|(?:Journal)?[Nn]otat|Intern(?:t notat| note| bemærkning)?|Note|Husk)(?: til mig(?: selv)?)?[:,!-] ?[^\n]{0,90}$/;

/** "Barnets CPR-nr.: 110658-1234" in a letter to somebody who is not a generation older. */
function isNoChild(text: string, place: CprInText, known: KnownNumbers): boolean {
  if (known.companies || known.recipients.length === 0 || isYoung(place, known) || yearsYounger(place, known) >= GENERATION_YEARS) return false;
  return childsNumber.test(text.slice(Math.max(0, place.start - LINE_CHARACTERS), place.start).toLowerCase());
}

const childsNumber = /(?:^|\n)(?:(?:barnets|elevens) (?:cpr|person)[\p{L}. -]{0,16}|(?:barn|elev|barnets navn|elevens navn)(?: ?: ?\n?|\n)[^\n]{3,50}(?:,? |\n)(?:cpr|person)[\p{L}. -]{0,16})[ :]*\n?$/u;
const LINE_CHARACTERS = 100;

/** "Vi bekræfter, at Hans Nielsen, 120365-1234, er ansat": something is decided for him, in a letter about nobody else. */
function isOfParty(text: string, { place, name }: { readonly place: CprInText; readonly name: NameInText }, known: KnownNumbers): boolean {
  if (known.companies || known.aboutOther || known.aboutChild) return false;
  if (isYoung(place, known) && yearsYounger(place, known) >= GENERATION_YEARS) return false;
  const after = text.slice(place.end, place.end + PARTY_CHARACTERS).toLowerCase().replace(/^\)/, '');
  const around = { before: name.before, beforeAll: name.beforeAll, after };
  return isParty(around) || isConcerned(around);
}

const PARTY_CHARACTERS = 200;

/** Behind a label for the recipient's, whoever is named there. */
function isClaimed(before: string, { companies, aboutOther: isAboutAdult }: KnownNumbers): boolean {
  return claimed.test(before) || (!companies && !isAboutAdult && concerned.test(before));
}

/** Where the recipient's own number is told as well, another name with a number is somebody else in the case. */
function isBesideTold(text: string, { place, about: { isTold }, beside }: SaidNumber & { readonly beside: NameInText }, known: KnownNumbers): boolean {
  return isTold && !isInHead(text, place) && !isOfParty(text, { place, name: beside }, known);
}

/** Above the first sentence of a letter stands whom it is for; below the greeting in a line of its own. */
function isInHead(text: string, { start, end }: CprInText): boolean {
  const above = text.slice(0, start);
  return start < HEAD_CHARACTERS && !firstSentence.test(above) && (!greetingBegins.test(above) || /^\)?[.,]? ?(?:\n|$)/.test(text.slice(end, end + LINE_END_CHARACTERS)));
}

const greetingBegins = /(?:^|\n)(?:Kære|Hej|Goddag|Dear)\s/;
const LINE_END_CHARACTERS = 4;

const HEAD_CHARACTERS = 600;
const firstSentence = /(?:[ \n]\p{Ll}+,?){3}[^.!?]*[.!?](?:\s|$)/u;

function isOfMany(text: string, number: SaidNumber & { readonly name: string | null }, known: KnownNumbers): boolean {
  if (!known.companies) return isOfFamily(number, known);
  return !isStrayCitizen(text, number, known) && (known.isNamedAnywhere || number.about.isForMany());
}

/** A citizen who has strayed into a letter to a company: named nowhere else, behind "Navn:" or in a paper that does not name the company. */
function isStrayCitizen(text: string, { name, said, about }: SaidNumber & { readonly name: string | null }, { namesRecipient, isNamedAnywhere, isNamedElsewhere }: KnownNumbers): boolean {
  const [first = ''] = name?.split(' ') ?? [];
  if (first === '' || !isNamedAnywhere || isNamedElsewhere(first)) return false;
  return namesRecipient ? /(?:^|\n)navn ?: ?[^\n]*\n?(?:cpr|person)/.test(said) && text.indexOf(first) === text.lastIndexOf(first) : !about.isOfStaffOrChild();
}

function isKnownOther(number: SaidNumber & { readonly name: string }, known: KnownNumbers): boolean {
  return known.relatives.hasEither(number.name) || isChild(number, known);
}

/** The words around it, or behind it, say whose it is. */
function isSaidToBeAnother(text: string, { place, said }: Pick<SaidNumber, 'place' | 'said'>, known: KnownNumbers): boolean {
  const ahead = text.slice(Math.max(0, place.start - OTHERS_CHARACTERS), place.start);
  if (othersAfter.test(text.slice(place.end, place.end + OTHERS_CHARACTERS))) return true;
  if (known.aboutOther && citizensNumber.test(ahead)) return true;
  return otherPersonWords.test(said) || ofAnother.test(said) || isSaidToBeParty(said, known) || othersNumber.test(ahead) || isOfNamedRelative(ahead, known);
}

/** In a letter to whoever minds the citizen's affairs. */
const citizensNumber = /(?:^|\n)(?:Borgerens|BORGERENS) (?:cpr|person)[\p{L}. -]{0,16}[ :]*\n?$/iu;

/** "Margits cpr-nr. er …", where Margit is said to be a relative. */
function isOfNamedRelative(ahead: string, { relatives }: KnownNumbers): boolean {
  const [, name] = /(?:^|[^\p{L}])(\p{Lu}[\p{L}-]{1,30})s (?:cpr|CPR|person)[\p{L}. -]{0,16}(?: er| var)?[ :]*\n?$/u.exec(ahead) ?? [];
  return name !== undefined && relatives.hasEither(name);
}

/** In a paper about a child that does not name the recipient, the parents are others. */
function isOfOtherFamily({ said, place }: SaidNumber, known: KnownNumbers): boolean {
  const { namesRecipient, isNamedAnywhere, aboutOther: isAboutAdult } = known;
  return !(namesRecipient && (isNamedAnywhere || isYoung(place, known))) && !isAboutAdult && parentWords.test(said);
}

/** A child's is said of somebody younger, whoever is named beside it. */
function isOfFamily(number: SaidNumber & { readonly name: string | null }, known: KnownNumbers): boolean {
  const { said, about, name } = number;
  if (childWords.test(said) && !parentWords.test(said)) return isChild(number, known);
  if (isOfOtherFamily(number, known)) return false;
  return isNamedRelative(number, known) || isOtherParent(number, known) || isChild(number, known) || (name !== null && about.isTold && about.isOfCouple());
}

function isNamedRelative({ place, about, name }: SaidNumber & { readonly name: string | null }, known: KnownNumbers): boolean {
  return name === null ? about.isTold && isNamedChild(place, known) : about.parts().has('værge') || isRelativeHere(name, about, known) || isNamedChild(place, known) || isChildByName(name, place, known);
}

/** Somebody else in the recipient's case. */
function isSaidToBeParty(said: string, { namesRecipient, isNamedAnywhere, companies }: KnownNumbers): boolean {
  // "Medarbejder: …" in a letter to nobody by name, who is hired by it.
  return otherPartyWords.test(said) && (companies || (namesRecipient && (isNamedAnywhere || !/(?:^|[^\p{L}])(?:medarbejder|ansat|lejer|køber)(?:en)?:/u.test(said))));
}

function isOfYours(said: string, { companies }: KnownNumbers): boolean {
  return !companies && theirOwn.test(said);
}

/** "Plads til Emma Vesterby, 120621-…" in a file that does not name the reader, who is called Vesterby too. */
function isChildByName(name: string, place: CprInText, known: KnownNumbers): boolean {
  const last = nameWords(name).at(-1) ?? '';
  return !last.endsWith('sen') && isYoung(place, known) && yearsYounger(place, known) >= GENERATION_YEARS && known.names.some((own) => nameWords(own).slice(1).includes(last));
}

/** In the recipient's letter a child is named with its number. */
function isNamedChild(place: CprInText, known: KnownNumbers): boolean {
  return known.namesRecipient && isYoung(place, known) && yearsYounger(place, known) >= GENERATION_YEARS;
}

/** A company is written to about people, and as many: "jeres medarbejder"; "din pension" is written to one. */
const writesToOne = /(?:^|[^\p{L}])[Dd](?:u|ig|in|it|ine)(?!\p{L})/u;
const writesToMany = /(?:^|[^\p{L}])(?:I|[Jj]er|[Jj]eres|virksomheden)(?!\p{L})/u;

const OTHERS_CHARACTERS = 120;

/** Where relatives are named, it must be one of them. */
function isRelativeHere(name: string, { isAboutOther }: WholeText, { relatives }: KnownNumbers): boolean {
  return relatives.isEmpty ? isAboutOther() : relatives.hasEither(name);
}

interface SaidNumber extends OtherNumber {
  /** The words around it. */
  readonly said: string;
}

/** Beside the recipient's own number, or said to be the child's, or old enough: the other parent's. */
function isOtherParent({ place, said, about: { isTold } }: SaidNumber, known: KnownNumbers): boolean {
  return parentWords.test(said) && (isTold || /(?:barnets|børnenes) /.test(said) || yearsYounger(place, known) <= -GENERATION_YEARS);
}

function isChild({ place, said, about }: SaidNumber, known: KnownNumbers): boolean {
  if (yearsYounger(place, known) < GENERATION_YEARS) return false;
  return childWords.test(said) || (isYoung(place, known) && (known.aboutChild || about.isAboutChild()));
}

interface Around {
  readonly before: string;
  readonly after: string;
}

const CHARACTERS_BEFORE = 320;
const CHARACTERS_AFTER = 30;

/** "Bruger af nødkaldet: Hans Nielsen, ": what stands above is said of others. */
const labelledLine = /\n(?![^\n:]*(?:navn|cpr|person|født|fødsel))\p{L}[\p{L} -]{3,40}: ?\p{L}[^\n:]{4,60}, ?$/u;

/** The sentence in which a number stands, or in a form the lines above it and the rest of its own, in lower case. */
function wordsAround(text: string, { start, end }: CprInText): Around {
  const before = text.slice(Math.max(0, start - CHARACTERS_BEFORE), start).toLowerCase().replace(ofFirm, ' ');
  const after = text.slice(end, end + CHARACTERS_AFTER).toLowerCase();
  const begin = Math.max(sentenceStart(before), before.lastIndexOf('\n\n') + 1, labelledLine.exec(before)?.index ?? 0, claimedLine.exec(before)?.index ?? 0, 0);
  return { before: before.slice(begin), after: after.split(/[.!?]\s|\n|,? og d(?:en|in|it|ine) /)[0] ?? '' };
}

import { betweenNameAndNumber, cprNumbersIn, type CprInText } from '../cpr-in-text.ts';
import { sentenceStart } from '../letter-text.ts';
import type { KnownNumbers } from './known-numbers.ts';
import { namesIn, type NameInText } from './name-in-text.ts';
import { strangeNumbers } from './strange-numbers.ts';
import { childWords, metBefore, ofFirm, otherPartyWords, otherPersonWords, parentWords, staffAfter, staffBefore } from './words.ts';

/** Why somebody else is rightly named: as one of the recipient's own, as a party to the case, or for the work they do. */
export type Introduction = 'relative' | 'party' | 'staff';

/** What is said of a person beside the name: "din datter Emma Holm", "Mette Holm, socialrådgiver"; null: nothing. */
export function introductionOf(name: NameInText): Introduction | null {
  let listed: NameInText | null = name;
  for (let n = 0; listed !== null && n < LISTED_MAX; n++, listed = listed.listedWith) {
    const introduction = ownIntroduction(listed);
    if (introduction !== null) return introduction;
  }
  return null;
}

/** Of a list so many are what the first is said to be. */
const LISTED_MAX = 5;

function ownIntroduction(name: NameInText): Introduction | null {
  const known = introductions.get(name);
  if (known !== undefined) return known;
  const introduction = readIntroduction(name);
  introductions.set(name, introduction);
  return introduction;
}

/** Each name is asked for many times. */
const introductions = new WeakMap<NameInText, Introduction | null>();

/** The first word may have its capital for other reasons, or be a first name that nobody knows. */
function readIntroduction(name: NameInText): Introduction | null {
  if (asCitizen.test(name.after)) return null;
  return introducedBy(name.before, name) ?? (name.beforeAll === name.before ? null : introducedBy(name.beforeAll, name));
}

function introducedBy(before: string, { after, isPlaced }: NameInText): Introduction | null {
  if (withYou.test(before) || besideYou.some((words) => words.test(after))) return 'relative';
  const sentence = sentenceBefore(before).slice(-INTRODUCTION_CHARACTERS_MAX);
  const behind = after.slice(0, 40).split(/[.\n]/)[0] ?? '';
  if (isRelative(sentence) || isSaidBehind(behind)) return 'relative';
  if (otherPartyWords.test(sentence) || partyBefore.some((words) => words.test(before)) || partyAfter.some((words) => words.test(after))) return 'party';
  return isPlaced || isAtWork(before, after) || isQuoted(before, after) ? 'staff' : null;
}

function isAtWork(before: string, after: string): boolean {
  if (asParty.test(after) || (greetingBefore.test(before) && after.startsWith(',\n'))) return false;
  return atWorkBefore.some((words) => words.test(before) && !(words === metBefore && agreedBefore.test(before))) || (!(after.startsWith('\n') && (inCell.test(before) || sentenceBelow.test(after))) && atWorkAfter.some((words) => words.test(after)));
}

function isQuoted(before: string, after: string): boolean {
  return quoteBefore.test(before) && quoteAfter.test(after);
}

/** "Den tidligere ejer, Hans Nielsen". */
const formerBefore = /(?:^|[^\p{L}])(?:(?:tidligere|forrige|nuværende|forhenværende|daværende|den nye) \p{L}+,?:?|(?:ejer|lejer|beboer|indehaver)(?:en|ne)? (?:af [^\n:]{3,60},|er))[ \n]$/u;
/** "c/o Hans Nielsen". */
const lodgesAt = /c\/o:? $/;
/** "Bemærkningerne bliver sendt til ansøger, Hans Nielsen". */
const toApplicant = /(?:^|[^\p{L}])til ansøger(?:en)?, $/u;
/** "Du har ønsket Hans Nielsen som ledsager". */
const asHelper = /^ som (?:din |jeres )?(?:ledsager|støtteperson|kontaktperson|bisidder|hjælper)(?!\p{L})/u;
/** "Anmeldelsen kom fra lejeren i stueetagen, Hans Nielsen". */
const fromTenant = /(?:^|[^\p{L}])(?:fra|af) (?:lejer|ejer|beboer|nabo|genbo)en [^,.\n]{3,30},[ \n]$/u;
const partyBefore = [formerBefore, lodgesAt, toApplicant, fromTenant];
/** "Hans Nielsen skal han selv bestille". */
const byThemselves = /^ (?:skal|må|kan|bør) h[au]n selv /;
const partyAfter = [byThemselves, asHelper];
/** "Kommunens Mette Holm", "Mette Holm fra hjemmeplejen". */
const ofHouse = /(?:^|[^\p{L}])(?!borgerens|ansøgerens|patientens|\p{L}*licens )\p{L}{3,}(?:en|et|erne)s $/u;
const fromHouse = /^,? (?:fra|hos)[ \n](?:\p{L}+ )?\p{L}{3,}(?:en|et|erne)(?!\p{L})/u;
/** "Vejen er tilset af Mette Holm": what is done about the recipient's case, but not what the recipient does. */
const doneBy = /(?:^|[^\p{L}])(?!(?:an)?søgt|ind(?:sendt|givet|leveret)|anmeldt|bestilt|reserveret|opsagt|rekvireret|betalt|underskrevet|udfyldt|lejet|købt|ejet|ejes|bebo)\p{L}{3,}(?:t|et|ede|te|es)(?: (?:den )?[\d./-][^\n,;]{1,24})? af $/u;
/** "Kontaktperson" over "Navn: …". */
const staffHeading = /(?:^|\n)(?:din |jeres )?\p{L}*(?:kontakt|kontaktperson|sagsbehandler|rådgiver|konsulent|læge|leder|lærer|afsender)\p{L}*:?\n(?:navn|name):? ?\n?$/u;
/** "Ejer" above a name: in such a table the line below is the next label. */
const inCell = /(?:^|\n)\p{L}*(?:ejer|søger|tager|navn|borger|part|haver)(?: og \p{L}+)?\n$/u;
/** "Laboranten Mette Holm tog en prøve af vandet …" on the line below is said of somebody else. */
const sentenceBelow = /^\n+\p{L}+(?:en|et)? [^\n]{40}/u;
/** "Navn: Mette Holm" over "Stilling: assistent". */
const overPost = /^\n(?:stilling|titel) ?: ?\p{L}/u;
const atWorkAfter = [staffAfter, fromHouse, overPost];
/** "Din læge er Lægehuset i Kirkestræde, Anne Friis". */
const doctorBefore = /(?:^|[^\p{L}])din (?:nye )?læge er [^.\n]{3,60},[ \n]$/u;
/** "Tegnet af: Hans Nielsen" on a plan. */
const drawnBy = /(?:^|\n)(?:tegnet|kontrolleret|udarbejdet|målt) af ?: $|(?:^|\n)kontrol ?: $/u;
const atWorkBefore = [drawnBy, doctorBefore, staffHeading, staffBefore, metBefore, ofHouse, doneBy];
/** "Til Hans Nielsen," over "Din læge, Mette Holm, stopper". */
const greetingBefore = /(?:^|\n)(?:til|kære|hej|goddag) $/;
/** One of many, and the one whom it is about: "Hans Nielsen (borger)". */
const asCitizen = /^ \((?:borger|ansøger)(?:en)?\)/;

/** "Kontrakten er indgået med": who has an agreement has not been met. */
const agreedBefore = /(?:kontrakt|aftale)\p{L}* (?:er )?(?:indgået|oprettet|underskrevet|lavet) med $|(?:arbejdsevnen|funktionsevnen) hos $/u;
/** "… er journaliseret med Hans Nielsen som ansøger". */
const asParty = /^ som (?:ansøger|klager|anmelder|part|skadelidte)(?!\p{L})/u;
/** The title of a book. */
const quoteBefore = /["»«][^"»«\n]{0,40}$/;
const quoteAfter = /^[^"»«\n]{0,40}["»«]/;

/** "Emma Holm, din datter", "Lars Holm er far til …". */
function isSaidBehind(behind: string): boolean {
  return saidBehind.test(behind) && isRelative(behind);
}

const saidBehind = /^(?:[ ,(-]+(?:din|dit|jeres|deres|your) | (?:er|var|bliver) (?:\p{L}+ ){0,3}(?:far|mor|forælder|søn|datter|barn|gift|ægtefælle|værge|søskende)(?!\p{L}))/u;

/** "… om Else Holm. Hun bor hos dig". */
const livesWithYou = /(?<=^[^.\n]{0,60}[.\n]?[^.\n]{0,60}(?:^|[^\p{L}]))(?:lives? with you|bor (?:hos|sammen med|med) (?:dig|jer))(?!\p{L})/u;
/** "Hans Nielsen, 220684-1234 (ægtefælle)" below "… (dig selv)". */
const spouseByNumber = /^, \d{6}[ -]?\d{4},? ?\((?:ægtefælle|samlever|datter|søn|barn|partner)(?!\p{L})/u;
const besideYou = [spouseByNumber, livesWithYou, /^,? og (?:du|dig)(?!\p{L})/u, /^, som du (?:er (?:gift|samlevende|skilt)|bor sammen|lever sammen)(?!\p{L})/u];
/** "Du og Kirsten Holm har fælles økonomi". */
const withYou = /(?:^|[^\p{L}])(?:du|dig|din|dit)(?: egen| eget)?,? og $/u;
const INTRODUCTION_CHARACTERS_MAX = 60;

/** The sentence as far as it stands; in a form the line, and the line above it where that is a heading. */
function sentenceBefore(before: string): string {
  const sentence = before.slice(Math.max(sentenceStart(before), before.lastIndexOf('\n\n') + 1));
  const lines = sentence.split('\n');
  const above = lines.at(-2) ?? '';
  const goesOn = above.length >= WRAPPED_LINE_CHARACTERS_MIN || /,$| (?:for|til|af|med|om|og|at|er)$/.test(above) || /^[^\d]{1,30}:?$/.test(above);
  return goesOn ? lines.slice(-2).join('\n') : (lines.at(-1) ?? '');
}

const WRAPPED_LINE_CHARACTERS_MIN = 50;

function isRelative(words: string): boolean {
  const text = words.replace(ofFirm, ' ');
  return childWords.test(text) || parentWords.test(text) || otherPersonWords.test(text);
}

/** Of the names in a text those of the recipient's relatives: said to be, also by first name alone ("Emmas far"). */
export function saidRelativesIn({ text, names }: { readonly text: string; readonly names: readonly NameInText[] }): readonly string[] {
  const said = introducedIn(names, 'relative');
  return [...said, ...Array.from(text.matchAll(ofRelative), (match) => match[1] ?? '')];
}

/** Names behind any label: "Ansvarlig: Hans Nielsen". */
export function namesBehindLabels(names: readonly NameInText[]): readonly string[] {
  return names.filter((name) => name.words > 1 && isBehindLabel(name)).map(({ name }) => name);
}

export function isBehindLabel({ before }: NameInText): boolean {
  return behindLabel.test(before);
}

const behindLabel = /(?:^|\n)\p{L}[\p{L} /-]{2,40} ?: ?\n?$/u;

/** Names of several words that are introduced so. */
export function introducedIn(names: readonly NameInText[], as: Introduction): readonly string[] {
  return names.filter((name) => name.words > 1 && introductionOf(name) === as).map(({ name }) => name);
}

const ofRelative = /(\p{Lu}\p{Ll}{2,})s (?:søskende|søster|bror|mor|far|forældre|mødre|plads|klasse|skole|vuggestue|børnehave|dagpleje)/gu;

/** Names that stand beside a number which is rightly there. */
export function namesBesideNumbers(text: string, numbers: KnownNumbers): readonly string[] {
  const strange = new Set(strangeNumbers(text, numbers).map(({ start }) => start));
  return namesBesideAny(text, cprNumbersIn(text).filter(({ cpr, start }) => !numbers.recipients.includes(cpr) && !strange.has(start)));
}

/** Names that stand beside these numbers. */
export function namesBesideAny(text: string, numbers: readonly CprInText[]): readonly string[] {
  return numbers.flatMap(({ start }) => {
    const line = text.slice(Math.max(0, start - NAME_CHARACTERS), start);
    const beside = namesIn(line).at(-1);
    return beside && betweenNameAndNumber.test(line.slice(beside.end)) ? [beside.name] : [];
  });
}

const NAME_CHARACTERS = 130;

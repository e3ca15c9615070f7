import { nameWords } from '../person-name.ts';
import { anyOf } from './any-of.ts';
import { isExplained, isKnown, mayBeOther, type KnownNames, type TextOfFamily } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { isNamedAgain } from './named-again.ts';
import { introductionOf, isBehindLabel } from './relatives.ts';
import { isTeller } from './strange-teller.ts';
import { childWords, otherPersonWords, othersApplication, parentWords } from './words.ts';

/**
 * "Hans Nielsen bedes møde op til det aftalte tidspunkt", left from the letter before: a full name that stands once in the
 * whole letter, is said to be nobody, and of whom a sentence tells that does not speak to the reader.
 * @param greetingEnd 0 without one
 */
export function strangeInSentence(names: readonly NameInText[], text: TextOfFamily, greetingEnd: number, known: KnownNames): readonly NameInText[] {
  if (known.companies) return [];
  const isOthersApplication = known.hearsNeighbours || othersApplication.test(text.text);
  return names.filter((name) => isTeller(name, text, known) || ((deedBefore.test(name.before) || (weighedBefore.test(name.before) && withNumber.test(name.after)) || signs.test(name.before) || (!isOthersApplication && isGiven(name)) || (isTold(name) && !isFirstSentence(name, text.text, greetingEnd))) && isStray(name, names, text, known)));
}

/** Named once, and nothing says who it is. */
export function isStray(name: NameInText, names: readonly NameInText[], text: TextOfFamily, known: KnownNames): boolean {
  const [first = ''] = nameWords(name.name);
  return name.words > 1 && name.sure && !isKnown(name, known) && !isExplained(name, known) && introductionOf(name) === null && !isBehindLabel(name)
    && !isNamedAgain(name, names) && !text.namedOnOtherPage(first) && !mayBeOther(name, text, known);
}

/** Above it the letter says nothing yet: it may be what the letter is about. */
function isFirstSentence({ start }: NameInText, text: string, greetingEnd: number): boolean {
  return !/\p{Ll}[.!?](?:\s|$)/u.test(text.slice(greetingEnd, start));
}

/** "Vi har bevilget lån til Hans Nielsen på 30.000 kr.": it is given to him, in a sentence that speaks to nobody else. */
function isGiven({ before, after }: NameInText): boolean {
  const [whole = ''] = after.split(/[.!?](?:\s|$)|\n\n/);
  const sentence = before.split(/[.!?]\s|\n\n/).at(-1) ?? '';
  return (givenBefore.test(before) || (doneFor.test(before) && endOfPart.test(after))) && !secondPerson.test(`${sentence} ${whole}`) && !tellsOfOthers(`${sentence} ${whole}`) && !asHelper.test(whole) && !sameBefore.test(sentence);
}

function tellsOfOthers(sentence: string): boolean {
  return [others, childWords, parentWords, otherPersonWords].some((words) => words.test(sentence));
}

function isTold({ before, after }: NameInText): boolean {
  const [whole = ''] = after.split(/[.!?](?:\s|$)|\n/);
  const clause = before.split(/[.!?]\s|\n/).at(-1) ?? '';
  // "Hvis Hans Nielsen ikke kan deltage, skal vi have besked": only the clause is about him.
  const sentence = /(?:hvis|da|når|fordi) $/.test(clause) ? (whole.split(', ')[0] ?? '') : whole;
  return (clause === '' || clauseBegun.test(clause)) && verb.test(sentence) && !secondPerson.test(`${clause} ${sentence}`) && !tellsOfOthers(sentence);
}

/** What is done for the reader, or by the reader: "Kørekortet er bestilt af …", "Påbuddet er meddelt …". */
const deedBefore = anyOf(
  String.raw`(?:er|bliver|blev) (?:bestilt|indgivet|udfyldt|anmeldt|tegnet|betalt|registreret) (?:af|på|til) $`,
  String.raw`er (?:meddelt|tilkendt|tiltænkt) $`,
  String.raw`(?:er|bliver|blev) (?:udstedt|rettet|stilet|oprettet|tiltænkt|tilkendt|adresseret) (?:til|mod) $`,
  String.raw`(?:underskrevet(?: med mitid)?|indsendt) af $`,
  String.raw`(?:udpegningen|ansættelsen|visitationen|indskrivningen) af $`,
  String.raw`(?:gælder|er)(?: kun| alene)(?: for)? $`,
  String.raw`(?:journaliseret|registreret) på $`,
  String.raw`(?:muligt|nødvendigt) for $`,
  String.raw`afgørelsen (?:betyder|medfører|indebærer),? at $`,
  String.raw`brevet om [^.\n]{3,40} til $`,
  String.raw`(?:abonnementet|aftalen|kontoen|målet|lejemålet) står i $`,
  String.raw`tiltræder $`,
  String.raw`(?:afgørelsen|påbuddet|kravet|varslet) over ?for $`,
  String.raw`(?:^|[.!?\n] ?)sagen (?:for|mod) $`,
  String.raw`bemærkes,? at $`,
  String.raw`(?:vi|kommune|kommunen|\p{L}*udvalg|\p{L}*udvalget|\p{L}*nævnet|teamet|valgbestyrelsen)(?: har| kan| vil)?(?: [^.\n]{0,40})?(?: hermed)? (?:inviterer|påbyder|pålægger|varsler|indkalder|tilbyder?|udpege[rt]|tilkende[rt]|tilkendt|bevilge[rt]|bevilget|giver|henvist|henviser|visitere[rt]|tildele[rt]|tildelt) $`,
  String.raw`(?:bevilger|giver|tildeler) (?:\p{L}+(?:en|et) )?til $`,
  String.raw`(?:bevillingen|tilladelsen|afgørelsen|indsatsen|støtten|hjælpen|\p{L}+(?:tilladelsen|bevillingen))(?: af \p{L}+)? (?:til|for) $`,
  String.raw`sendes til $`,
  String.raw`(?:stilling til|vurdere|afgøre|drøfte),? om $`,
  String.raw`(?<!før pengene )(?:udbetales|udbetalt)(?: \p{L}+)? til $`,
  String.raw`(?:bevillingen|tilskuddet|tilladelsen|beregningen|ydelsen|hjælpen|støtten) (?:gælder|omfatter)(?: for)? $`,
);
const givenBefore = anyOf(
  String.raw`(?:^|[^\p{L}])(?:bevilget|givet|meddelt|godkendt|udpeget|registreret|indkaldt|tilbudt|besøgt|besøge|tilbydes|indkaldes|omfattede|omfatter) $`,
  String.raw`(?:^|[^\p{L}])(?:udlånes|udleveres|sendt|sendes|givet|udstedt|meddeles|meddelt|bevilget|lån|tilskud|hjælp|støtte|tilladelse)(?: hermed)?(?: \p{L}+)? til $`,
);
/** "Vi har godkendt Hans Nielsen som hjælper". */
const asHelper = / som (?!bygherre|ejer|ansøger|tilforordnet|jobparat|ledig)/;
const sameBefore = /(?:^|[^\p{L}])(?:samme|tilsvarende|lignende|nabo\p{L}*)(?!\p{L})/u;
/** "Afgørelsen er truffet for Hans Nielsen", "Vilkår for Hans Nielsen". */
const doneFor = / (?:for|over for|vedrørende|angående) $/;
const endOfPart = /^(?:\s*$|\n|\.|,? \(?(?:cpr|\d{6})| (?:i|på|med|efter|til|som) )/;
/** "Vi har lagt vægt på, at Hans Nielsen, cpr-nr. …, har haft en indtægt". */
const weighedBefore = /lagt vægt på,? at $/;
const withNumber = /^,? \(?(?:cpr|\d{6})/;
/** "Underskrift: __________ Hans Nielsen". */
const signs = /(?:^|\n)underskrift[^\n]{0,30}_{4,} ?\n? *$/u;
const clauseBegun = /(?:^|[^\p{L}])(?:at|hvis|da|når|fordi) $/u;
const verb = /^(?: \p{L}+)? (?:er|har|skal|kan|bedes|bor|må|modtager|får|opfylder|bliver|tiltræder|ikke|endnu|deltager|ønsker|søger|skylder|vil|fik|blev|var|havde|indkaldes|bevilges|tildeles|vurderes|overholder)(?!\p{L})/u;
const secondPerson = /(?:^|[^\p{L}])(?:du|dig|din|dit|dine|i|jer|jeres|jeg|mig|os|you|your)(?!\p{L})/u;
/** What is told of somebody who has a part of their own. */
const others = /(?:^|[^\p{L}])(?:kopi|særskilt|separat|selvstændigt|eget|død|afgået|stoppet|ansat|besked|medindehaver|underrett?et|orienteret|oplyst(?! om sine)|oplyser|delt(?:og|aget)|bekræftet|ferie|sygemeldt|træffes|afløser|overtager|nye opgaver|fratrådt|hjælper|følger|kontakt\p{L}*|tlf|telefon|også|begge|velkommen|tilbage|undersøgt|udtal\p{L}*|vurderet, at|anbefal\p{L}*)(?!\p{L})/u;

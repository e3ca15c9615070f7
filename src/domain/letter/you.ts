import { isFirstName } from '../first-names.ts';
import { anyOf } from './any-of.ts';
import type { NameInText } from './name-in-text.ts';
import { childWords, otherPersonWords, parentWords, readAccess } from './words.ts';

// Whom a letter says "you" to, beside its greeting and its address.

const youBefore = anyOf(
  String.raw`(?:^|[^\p{L}])[Dd]u er (?:\p{L}+ ){0,2}\p{L}+ \($`,
  String.raw`(?:^|[^\p{L}])(?:du|dig|dem|d(?:it|eres) navn|dine vegne)(?: selv)?(?: som \p{L}{4,20})?(?:,\n?| \(| -|:) ?$`,
  String.raw`(?:^|[^\p{L}])(?:du|dig),? (?:der|som) [^.\n(]{3,40}\((?:[^.()\n]{2,30}, )?$`,
  String.raw`(?:^|[^\p{L}])(?:din|dit|dine|deres) [^.\n(]{3,30}\((?:indsendt|indgivet|skrevet|afgivet|underskrevet) af $`,
  String.raw`\((?:dig|du|jer)(?: selv)?\):?\n? ?$`,
  String.raw`(?:^|[^\p{L}])(?:du|i) (?:er|står|optræder) [^.\n,:]{0,40}som (?:(?!(?:din|dit|jeres) )[^.\n:,]){2,40}, $`,
);
/** "Du er registreret som underretter: …". */
const youAreBefore = anyOf(
  String.raw`(?:^|[^\p{L}])you are (?:our|the|a|an) [^.\n:]{2,30}: ?\n?$`,
  String.raw`(?:^|[^\p{L}])(?:(?:du|i) (?:er|står|optræder) [^.\n:]{0,40}|(?:dig|jer) )som [^.\n:]{2,30}: ?\n?$`,
  String.raw`(?:^|[^\p{L}])(?:du|dig|i|jer) [^.\n:]{1,60} som: ?\n?$`,
  String.raw`(?:^|[^\p{L}])(?:du|i) (?:er|står) (?:kunde|registreret|oprettet|noteret|tilmeldt|låner|bruger)[^.\n:]{0,40} som $`,
  String.raw`(?:^|[^\p{L}])(?:du|i) (?:er|står) [^.\n:]{2,60} oplysninger: $`,
  String.raw`(?:^|[^\p{L}])(?:du|i) (?:er|står) [^.\n:]{0,60}navnet $`,
  String.raw`(?:^|[^\p{L}])(?:din|dit) (?:bevilling|nemkonto|konto|ansøgning|adresse|afgørelse|plan) \($`,
  String.raw`sendt til dig i egenskab af [^.:\n]{3,20}: $`,
  String.raw`(?:^|[^\p{L}])du (?:sendte|indsendte|underskrev|har (?:sendt|indsendt|underskrevet)) [^.\n:]{0,50} som $`,
  String.raw`(?:^|[^\p{L}])(?:står (?:du|i|de)|(?:du|i|de) står) (?:[^.\n:,]{0,30} )?(?:som|under):? $`,
  String.raw`(?:^|[^\p{L}])dit navn (?:[^.\n:]{0,30}: ?|som |er )$`,
  String.raw`(?:^|\n)(?:din|jeres) (?:kontaktinfo|kontaktoplysninger|oplysninger): ?\n?$`,
);
/** "Du står som kontaktperson: " before a name. */
export function isYourPart(before: string): boolean {
  return youAreBefore.test(before);
}

/** "Som værge, Hans Nielsen, skal du …", "Vi gør opmærksom på, Hans Nielsen, at du …". */
const asPartBefore = anyOf(
  String.raw`(?:^|[^\p{L}])(?:gør opmærksom på|minder om|beklager|bekræfter|noteret|besluttet|afgjort|vurderet|meddeler|oplyser|forstår), $`,
  String.raw`(?:^|[.!?] |\n)som \p{L}{4,30}(?: (?:for|til|i|på) [^.,\n]{2,24})?, $`,
);
const asPartAfter = /^, (?:at|har|skal|kan|er|må|bør|får|bedes) (?:du|i)(?!\p{L})/u;
/** "Vi vier jer, Hans Nielsen og Mette Holm", "I som forældre, …". */
const youBothBefore = /(?:^|[^\p{L}])(?:jer|i)(?: som \p{L}{4,20})?, $/u;

/** "Vi betragter din klage, Hans Nielsen, som besvaret": what is the reader's. */
const yourThingBefore = /(?:^|[^\p{L}])(?:din|dit|deres) \p{L}*(?:klage|anmodning|ansøgning|henvendelse|høringssvar|flytning|anmeldelse|indsigelse|bestilling|tilmelding|udmeldelse|opsigelse|begæring|sag)(?: som \p{L}{4,20})?, $/u;
/** "Da Hans Nielsen ejer en naboejendom, orienteres du …". */
const reasonBefore = /(?:^|[.!?\n] ?)(?:da|fordi) $/;
const reasonAfter = /^ (?:ejer|bor|har|er) [^.\n]{3,60}, (?:orienteres|høres|får|modtager|skal|kan|har) du(?!\p{L})/u;

/** What stands before a name and behind it where a sentence turns to its reader. */
const asides: readonly (readonly [RegExp, RegExp])[] = [
  [asPartBefore, asPartAfter],
  [yourThingBefore, /^,/],
  [reasonBefore, reasonAfter],
  [/(?:^|[.!?\n] ?)velkommen [^.\n]{0,30}, $/u, /^[.!]/],
  [/du (?:modtager|får) (?:dette )?brev(?:et)?, (?:fordi|da) $/u, /^ (?:er|ejer|har|bor|står)(?!\p{L})/u],
  [/(?:^|[.!?\n] ?)tak, $/, /^, for(?!\p{L})/u],
  [/(?:^|[.!?\n] ?)det er $/u, /^, som [^.\n]{3,60}(?:derfor )?modtager dette brev/u],
  [/(?:^|[^\p{L}])(?:skriver|henvender os|sender (?:dig )?(?:dette )?brev(?:et)?) til $/u, /^, (?:fordi|da|som) du(?!\p{L})/u],
  [youBothBefore, /^(?:,? ?\(?(?:cpr[^,\d\n]{0,8})?\d{6}[ -]?\d{4}\)?)? og /],
];

/** "Mødet mellem dig, Mette Holm og mig": one of many. */
const oneOfMany = /^(?: \([^)\n]{2,30}\))?(?: (?:og|samt) |, \p{Ll}+ og )/u;

/** "Du, Hans Nielsen, er …": whatever else the sentence tells. */
export function isYou({ before, beforeAll, after }: NameInText): boolean {
  if (isWithYou(before) || /^(?:, \d{6}[ -]?\d{4},?)? ?\((?:ægtefælle|samlever|partner|barn|søn|datter|forælder|mor|far)\)/.test(after)) return false;
  if (/^ ?\((?:du|dig)\)/.test(after) || isYourPart(before)) return true;
  if (asides.some(([ahead, behind]) => ahead.test(before) && behind.test(after))) return true;
  return (youBefore.test(before) || youBefore.test(beforeAll)) && !oneOfMany.test(after);
}

/** "Flyttet med dig: Emma Holm". */
export function isWithYou(before: string): boolean {
  return / (?:hos|med) (?:dig|jer): ?$/.test(before);
}

const secondPerson = /(?:^|[^\p{L}])(?:du|dig|din|dit|dine|i|jer|jeres)(?!\p{L})/u;
const beginsSentence = /(?:^|[.!?] |(?<!,)\n)$/;
const asked = 'husk|medbring|ring|send|skriv|kom|giv|kontakt|læs|se|udfyld|betal|svar|mød|tag|bestil';
const askedBehind = new RegExp(String.raw`^, (?:${asked}|du|vi|jeg|hvis|kan|har|tak|vil|skal|må|når|her)(?!\p{L})`, 'u');
const asks = new RegExp(String.raw`^\s*(?:${asked}|tak for|vi ses|god (?:bedring|dag|sommer|weekend|tur)|held og lykke)(?!\p{L})`, 'u');
/** A word that is no name and no relative's stands before the comma. */
const beforeComma = /\p{Ll}\p{Ll},[ \n]$/u;
const goesOn = /^, (?:så|på|hvis|når)(?!\p{L})/u;
/** "…, Hans, så ring": said to Hans, whatever stands before. */
const askedThen = new RegExp(String.raw`^, så (?:kig|betal|${asked}|er vi|finder vi|sig)(?!\p{L})`, 'u');

/** "I har 22 timer, Finn.", "Ann-Sofie, husk at …": a first name that is called out in a sentence to the reader. */
export function isCalled({ name, before, after, start, sure }: NameInText, text: string): boolean {
  if (/ dig, $/.test(before) && /^[.!]/.test(after)) return true;
  if (!sure && !name.split(' ').every(isFirstName)) return false;
  if (beginsSentence.test(before)) return askedBehind.test(after);
  const isCalledOut = /^(?:[.!?]| [-–] )(?:\s|$|og )/.test(after) || goesOn.test(after);
  if (!isCalledOut || !beforeComma.test(text.slice(Math.max(0, start - BEFORE_CHARACTERS), start)) || isRelativeWord(before)) return false;
  return askedThen.test(after) || isToReader(before.replace(/,\n$/, ', ').split(/[.!?\n]/).at(-1) ?? '', after);
}

/** The sentence before a name that is called says "you", and says no list of names. */
function isToReader(sentence: string, after: string): boolean {
  const clauses = sentence.slice(0, -2).split(', ');
  return (after.startsWith('!') || secondPerson.test(sentence) || asks.test(sentence)) && (clauses.length === 1 || /^(?:som )?(?:du|i) /.test(clauses.at(-1) ?? ''));
}

/** "Du skal hente din søn, Emil." */
function isRelativeWord(before: string): boolean {
  const word = /(\p{Ll}+),[ \n]$/u.exec(before)?.[1] ?? '';
  return [childWords, parentWords, otherPersonWords].some((words) => words.test(word));
}

const BEFORE_CHARACTERS = 8;

const yourRole = /(?:^|[^\p{L}])(?:du|dig|i|jer) (?!har (?:selv )?(?:peget|valgt|ønsket|foreslået))(?:[^.\n,]{0,60} )?(?:som|er) ((?:\p{L}+ ){0,3}\p{L}+)/giu;

/** "Som kontaktperson for boet skal du …". */
const asYourRole = /(?:^|[.!?] |\n)Som (?!(?:aftalt|nævnt|oplyst|beskrevet|lovet|udgangspunkt)[ ,])(\p{Ll}{4,30}) [^!?:]{0,90}, (?:skal|har|kan|er|må|får|bedes) du(?!\p{L})/gu;

/** "Beskikkelsen af dig som værge er registreret", "Ifølge skifteretten er du kontaktperson". */
const youAs = /(?:^|[^\p{L}])(?:(?:du|dig|i|jer) som|er du) (\p{L}{4,30})/giu;

/** "Du har udmeldt Emma", and below "Udmeldt af: …". */
const yourAct = /[Dd]u har ((?:til|ud|af|fra|an)meldt|bestilt|ansøgt|opsagt|indsendt|underskrevet|rekvireret)(?!\p{L})/gu;

/** What the reader is said to be: "du er beskikket som økonomisk værge for …". In lower case, with words that are no roles. */
export function rolesOfYou(text: string): ReadonlySet<string> {
  const implied = impliedRoles.flatMap(([says, role]) => (says.test(text) ? [role] : []));
  const acts = Array.from(text.matchAll(yourAct), ([, act = '']) => act);
  return new Set([...implied, ...acts, ...Array.from(text.matchAll(asYourRole), ([, role = '']) => role), ...Array.from(text.matchAll(youAs), ([, role = '']) => role.toLowerCase()), ...Array.from(text.matchAll(yourRole), ([, said = '']) => said.toLowerCase().split(' ')).flat()]);
}

/** What the reader is, of whom something else is said. */
const impliedRoles: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`${readAccess}|givet dig (?:\p{L}+ )?fuldmagt|[Dd]u har fået fuldmagt|[Dd]u kan handle på vegne af`, 'u'), 'fuldmagtshaver'],
  [/fuldmagt fra dig(?!\p{L})|[Dd]u (?:har givet|giver) (?:\p{L}+ )?fuldmagt/u, 'fuldmagtsgiver'],
  [/[Dd]in lejer(?!\p{L})/u, 'udlejer'],
  [/[Dd]in udlejer(?!\p{L})/u, 'lejer'],
  [/(?:[Dd]u (?:begynder|starter|skal|er) i|bevil[gl]\p{L}* dig|[Dd]u har fået bevilget) (?:virksomheds)?praktik/u, 'praktikant'],
  [/[Dd]u er (?:\p{L}+ )?(?:godkendt til|bevilget|visiteret til) fleksjob/u, 'medarbejder'],
  [/flytning til din adresse/u, 'logivært'],
  [/(?:mangler|modtaget) din betaling/u, 'betaler'],
  [/[Dd]u (?:ikke har modtaget|har ikke fået) bidraget/u, 'bidragsmodtager'],
  [/bidrag,? (?:som )?du skal betale|[Dd]u skal betale \p{L}*bidrag/u, 'bidragsbetaler'],
  [/(?:^|[^\p{L}])[Dd]in anmeldelse(?!\p{L})/u, 'anmelder'],
  [/(?:^|[^\p{L}])[Dd]in klage(?!\p{L})/u, 'klager'],
  [/(?:^|[^\p{L}])[Dd]it fleksjob(?!\p{L})/u, 'fleksjobber'],
  [/(?:^|[^\p{L}])[Dd]u har (?:født|fået et barn)/u, 'mor'],
];

/** What the reader is said to be, and behind what labels the reader stands: "Værge: Nancy Berggren". In lower case. */
export function partsOfYou(text: string, isYours: (name: string) => boolean): ReadonlySet<string> {
  const labels = Array.from(text.matchAll(labelAndName)).flatMap(([, label = '', name = '']) => (isYours(name) ? [label.toLowerCase()] : []));
  return new Set([...rolesOfYou(text), ...labels]);
}

/** "Værges CPR-nr.: ", where that is a part of the reader's. Takes lower case. */
export function isNumberOfPart(before: string, parts: () => ReadonlySet<string>): boolean {
  const [, part] = /(?:^|\n)(\p{Ll}{3,24}?)(?:e?n)?s (?:cpr|person)[\p{L}. -]{0,16}:? ?\n?$/u.exec(before) ?? [];
  return part !== undefined && (parts().has(part) || parts().has(`${part}e`));
}

const labelAndName = /(?<![^\n])(\p{L}{3,24}): ?([^\n,(:]{3,60})/gu;

const labelBefore = /(?:^|\n|: |[.!?] |til begge )(\p{Ll}{3,32})(?:,? [^\n:.]{2,60}(?=:))?(?: ?: ?\n?|\n| er )$/u;

/** "Værge: Hans Nielsen", where the reader is said to be the guardian. */
export function isInYourRole({ before }: NameInText, roles: ReadonlySet<string>): boolean {
  const labels = [labelBefore, lastOfLabel].map((pattern) => pattern.exec(before)?.[1] ?? '');
  return labels.some((label) => roles.has(label) || roles.has(label.replace(/e?n$/, '')));
}

/** "Plan godkendt af forælder: ". */
const lastOfLabel = /(?:^|\n)(?![^\n]*(?:med|hos) (?:dig|jer))[\p{L} ]{3,40} (\p{Ll}{4,32}) ?: $/u;

import { anyOf } from './any-of.ts';
import type { NameInText } from './name-in-text.ts';
import { documentNouns } from './words.ts';

// Sentences that tell for whom something is made, done or decided.

/** What stands around a name, in lower case. */
type Around = Pick<NameInText, 'before' | 'beforeAll' | 'after'>;

/** What is made or done for the one who is written to stands beside the name: "udstedt til Hans Nielsen". */
export function isParty(name: Around): boolean {
  if ((clauseBefore.test(name.before) && clauseAfter.test(name.after)) || (whenBefore.test(name.before) && paysNot.test(name.after)) || ofChild.test(name.after) || ofAnybody.some((words) => words.test(name.before))) return false;
  return standsBehind(documentBefore, name) || (standsBehind(partyBefore, name) && !tells.test(name.after)) || ((standsBehind(applicationBefore, name) || partyAfter.test(name.after)) && !second.test(name.after));
}

/** "Har du bestilt pas til Emma": it may be anybody's. */
const ifYouBefore = /(?:^|[.!?\n] ?)har du (?:også )?(?:bestilt|søgt|fået) [^.\n]{0,40}$/u;
/** "Du får aktindsigt i ansøgningen fra Hans Nielsen", "Der er taget hensyn til Hans Nielsens pension". */
const regardedBefore = /(?:aktindsigt i [^.\n]{0,60}|hensyn til) $/u;
/** "Også Hans Nielsen er indkaldt". */
const alsoBefore = /(?:^|[^\p{L}])også $/u;
const ofAnybody = [ifYouBefore, regardedBefore, alsoBefore];
/** "… er indskrevet i 0. klasse". */
const ofChild = /^ (?:er|bliver) (?:indskrevet|optaget|indmeldt|tilmeldt) (?:i|på) (?:\d\. klasse|sfo|børne|vugge|\p{L}+skole)/u;
/** "… bidraget, som Hans Nielsen skal betale." */
const clauseBefore = /, (?:som|der) $/;
const clauseAfter = /^ (?:skal|har|er|bliver|kan) [^.,\n]{2,30}[.,]/;
/** "… bidrag, når Hans Nielsen ikke betaler". */
const whenBefore = /, når $/;
const paysNot = /^ ikke betaler/;

function standsBehind(words: RegExp, { before, beforeAll }: Pick<Around, 'before' | 'beforeAll'>): boolean {
  return words.test(before) || words.test(beforeAll);
}

/** It is said to be about this name: "Sagen vedrører Hans Nielsen". */
export function isConcerned(name: Around): boolean {
  return standsBehind(concerns, name) && !/^ (?:private forhold|plads i )/.test(name.after);
}

const concerns = anyOf(
  String.raw`(?:^|\n|[.!?] )(?:tilmelding|henvisning|bevilling|bestilling|ansøgning|kontrakt|aftale|licens|reservation)(?:en)?: $`,
  String.raw`(?:^|[^\p{L}])(?:vedrørende|vedrører|vedr\.?|angående|angår|ang\.?|emne|\p{L}*sag(?:en)? (?:om|vedrørende|vedr\.?|for|mod)|sag|gælder(?: for| kun)?|(?:handler|drejer sig) om|omhandler|tilhører|re|regarding|concerning|about)(?!\p{L}) ?:? ?\n?$`,
);
const document = `\\p{L}*(?:${documentNouns})(?:en|et|er)?`;
const documentBefore = anyOf(
  String.raw`(?:i|under|oplyse|med|er) navnet[ \n]$`,
  String.raw`finder (?:den|det|dem) under $`,
  String.raw`brudeparret er $`,
  String.raw`(?:(?<!før pengene )udbetales|udbetalt|udstedes|udstedt|udskrevet|beregnet) (?:til|for) $`,
  String.raw`(?:mellem|parter:) (?:[^.\n]{3,40} )?kommunen? og $`,
  String.raw`(?<!(?:bil|motorcykel|køretøj|knallert)\p{L}* er)(?:^| )(?:registrer(?:et|es)|opret(?:tet|tes)|tilmeldt|noter(?:et|es)|indberet(?:tet|tes)|lyder) (?:på|under|[^.\n]{0,20}som) $`,
  String.raw`(?:henvisning|sag|journal)\p{L}* er oprettet (?:til|for) $`,
  String.raw`(?:truffet|fastsat) (?:over )?for $`,
  String.raw`(?:kontrakt|aftale)\p{L}* (?:er )?(?:indgå\p{L}*|oprettet|underskrevet) (?:med|af) $`,
  String.raw`(?<!(?:dig|at|du|kan|skal) )bekræfte[rs]?(?: hermed)?,? at $`,
  String.raw`(?:indstille[rs]?|indstillet|beslutte[rt]?|besluttet|bevilge[rt]|godkende[rt]|godkendt|afgjort),? at $`,
  String.raw`(?:indkaldelse|partshøring) af $`,
  String.raw`rette[rt] sig (?:til|mod) $`,
  String.raw`(?:ligger|står) klar til $`,
  String.raw`(?:udarbejdet|lavet) for $`,
  String.raw`(?:^|[.!?\n] ?|er )(?:reserveret|bestilt|booket|udlånt) (?:til|for) $`,
  String.raw`(?:^|[.!?\n] ?)ansøger(?:en)? er $`,
  String.raw`(?:(?:bevilge|tildele|tilkende)[rst]?|indstille[rs]?) $`,
  String.raw`(?:vi|kommunen) (?:indkalder|inviterer) $`,
  String.raw`opfylder $`,
  String.raw`(?:^|[.!?\n] ?)vi beder $`,
  String.raw`(?:udbetaling|betaling)\p{L}* sker til $`,
  String.raw`imødekomme $`,
  String.raw`(?:udbetalt|udbetaler|overført|overfører) [\d.,]+ (?:kr\.|kroner) til $`,
  String.raw`på vegne af $`,
  String.raw`konstateret,? at $`,
  String.raw`(?:arbejdsevnen|funktionsevnen) (?:hos|for) $`,
  String.raw`(?:læge|adresse)skift for $`,
  String.raw`(?:påbydes|pålægges|indkaldes|bedes|anmodes) $`,
  String.raw`(?:hermed|herved) (?:sende|fremsende|meddele|bevilge)[sr]? $`,
  String.raw`(?:påbud|krav|afgørelse|varsel)\p{L}* rettes (?:til|mod):? $`,
  String.raw`(?<!(?:[Kk]opi|genpart) af (?:\p{L}+ )?)(?<!(?:samme|lignende|tilsvarende|andet) )(?:brev|afgørels|påbud|varsel|besked|regning|opkrævning|kort|pas|beløb|ydels|penge|bevis|attest|tilladels|bevilling)\p{L}* (?:er |bliver )?(?:(?:(?:send|udlever|lever|giv)(?:es|t|et)|stilet|stiles|adresseret) til:?|rettet (?:til|mod)) $`,
  String.raw`(?:er|bliver|blev) (?:givet|meddelt|tildelt|bevilget|overdraget)(?: fra [^.\n]{3,60})? til (?:\p{L}+ ){0,2}(?:(?:ejer|lejer|bruger|ansøger|borger)(?:en)?:? )?$`,
  String.raw`(?<!(?:samme|lignende|tilsvarende|andet|før pengene|bortset fra|undtagen) )${document} (?:til|for|vedrørende|vedr\.?|på|om)(?!\p{L}):? ?$`,
);
/** "Påbuddet er rettet mod ejeren, Hans Nielsen", in whose letter it stands. */
const partyBefore = /(?:^|[^\p{L}])(?:ejeren|lejeren|bygherren|ansøgeren|borgeren|låntageren)[,:]? (?:hedder )?$/u;
/** "Ejeren, Hans Nielsen, har oplyst …": to the one who is written to. */
const tells = /^,? (?:har (?:oplyst|fortalt|skrevet|sagt|meddelt|bekræftet|erklæret)|oplyser|fortæller|skriver|siger|meddeler|bekræfter|mener)(?!\p{L})/u;
const applicationBefore = /(?:vurdere[rt]|vurderet|finder|fundet), at $|(?:ansøgning|anmodning)(?:en)? (?:af [^\n]{4,24}? (?=fra)|(?<!din [^ ]{0,20} )om [^.\n,]{3,40} (?=fra)|er (?:modtaget|indgivet|indsendt) )?(?:fra|af):? $/;
/** "…s ansøgning", "… er bevilget". */
const partyAfter = anyOf(
  String.raw`^(?: har)? som (?:ansøger|klager|anmelder|part|skadelidte|låner|lejer|ejer)(?!\p{L})`,
  String.raw`^ ?[(,] ?(?:borger|ansøger|patient|klient)(?:en)?(?!\p{L})`,
  String.raw`^'?s? (?:ansøgning|sag|bevilling|pension|boligstøtte|kontanthjælp|sygedagpenge|cpr|journal|handleplan|rehabilitering|årsopgørelse|pas(?!s(?:er|ede|et ))|kørekort|helbred|ledighed|nemkonto|egenbetaling|arbejdsevne|funktionsevne|skånehensyn|støttebehov|samtaler|timer|plan(?!\p{L})|ret til|aftale(?!\p{L})|indkomst(?! er ikke medregnet)|formue)\p{L}*`,
  String.raw`^'?s? (?:klage|anmodning|henvendelse|indsigelse) (?:af [^\n]{4,24}? )?(?:afvises|imødekommes|afslås|er (?:modtaget|afvist|imødekommet))`,
  String.raw`^,? (?:er registreret med (?:en )?ansøgning|har modtaget (?:boligstøtte|kontanthjælp|sygedagpenge|dagpenge|ydelse|pension)|har (?:den [\p{L}\d. /-]{4,20} )?(?:(?:an)?søgt|anmeldt|anmodet|indsendt|bestilt)|har ret til|har behov for|ikke længere har brug for|ejer af ejendommen|(?:ikke )?kan (?:genoptage|arbejde|vende tilbage)|fortsat kan|ikke (?:betaler|overholder)|opfylder|ikke (?:er berettiget|har ret|opfylder)|har fået (?:bevilget|tilbudt)|ansættes|udpeges|skal møde til|skal (?:betale|tilbagebetale|refundere)|(?:er|bliver|blev) (?:hermed |nu )?(?:bevilget|berettiget|visiteret|tildelt|indkaldt|tilkendt|sygemeldt|henvist|optaget i(?! \d\. )|(?:af [^.\n]{3,30} )?udpeget (?:som|til))|bevilges|meddeles|skylder|opkræves|indkaldes|henvises|tildeles|tilkendes|påbydes|pålægges)(?!\p{L}| (?:ved |også |i (?:et )?)?(?:særskilt|selvstændigt|separat|eget|også))`,
);
/** Somebody who does something for the one who is written to. */
const second = /^[^.!?\n]{0,160}(?:^|[^\p{L}\n])(?:du|dig|din|dit|dine|jer|jeres|you|your)(?!\p{L})/u;

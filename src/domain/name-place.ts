import type { NameInText } from './name-in-text.ts';
import { betweenNameAndNumber, cprNumbersIn } from './cpr-in-text.ts';

/** A place where the one a letter is written to is named. */
export type NamePlace = `field ${string}` | 'number' | 'concerns' | 'address' | 'party' | 'head';

/** "Hanne Madsen, CPR 251248-9996": the recipient's number is said to be somebody else's. */
export function isBesideNumber({ end, before, words }: NameInText, text: string, numbers: readonly string[]): boolean {
  const behind = text.slice(end, end + NUMBER_CHARACTERS);
  const [number] = cprNumbersIn(behind);
  if (words < 2 || number === undefined || !numbers.includes(number.cpr) || !betweenNameAndNumber.test(behind.slice(0, number.start))) return false;
  // On the line above, behind a label, may stand anybody.
  return !behind.slice(0, number.start).includes('\n') || !/[\p{L}.)] ?: ?$/u.test(before) || recipientLabel.test(before);
}

const NUMBER_CHARACTERS = 70;

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
  /** A message, not a page of a file: no letterhead of the sender's stands above it. */
  readonly isMessage: boolean;
}

/**
 * What tells that a name is the one the letter is written to, or null: it may be anybody's. A weaker place counts only where
 * the words themselves are a person's name.
 */
export function placeOf(name: NameInText, question: PlaceQuestion): NamePlace | null {
  const label = labelOf(name);
  if (label === 'lesser' && question.namesRecipient && !name.sure) return null;
  if (label !== null && (!question.addressedOnly || /^(?:til|modtager|kunde|debitor|to|sent)$/.test(label))) return `field ${label}`;
  if (question.isFirst && isAddress(name, question)) return 'address';
  if (question.addressedOnly) return null;
  if (youBefore.test(name.before)) return 'party';
  return name.sure ? surePlaceOf(name, question) : null;
}

function surePlaceOf(name: NameInText, { isFirst, namesRecipient }: PlaceQuestion): NamePlace | null {
  if (concerns.test(name.before)) return 'concerns';
  if (isParty(name)) return 'party';
  return isFirst && !namesRecipient && isHeading(name) ? 'head' : null;
}

function isParty({ before, after }: NameInText): boolean {
  if (documentBefore.test(before)) return true;
  const sentence = before.slice(Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n')) + 1);
  if (second.test(sentence) || notForSomebody.test(sentence)) return false;
  return forSomebody.test(before) || (partyAfter.test(after) && !second.test(after));
}

const person = '(?:borger|ansøger|modtager|kunde|patient|debitor|skyldner|klient)';
/** Others may have such a part in a letter too: counted as one with each other. */
const lesserPerson = '(?:lejer|ejer|bygherre|låner|låntager|bruger|pensionist|studerende|indehaver|betaler|kontohaver|ydelsesmodtager|pasindehaver|part|skadelidte|klager|afsender|indsender|anmelder)';
/** "Berggren, Nancy Ann": the last name may stand first. */
const lastName = String.raw`(?:[\p{L}'-]{2,25}(?: [\p{L}'-]{2,25})?, )?$`;
const recipientLabel = new RegExp(
  String.raw`(?:^|[\n;|,.] ?)(?:(?:fulde |dit |deres |borgerens |ansøgers )?(?<label>navn)(?: og adresse| på ${person})?|for- og efter(?<name>navn)|(?<person>${person})(?:e|en|s|ens|es)?(?: (?:fulde )?navn)?`
    + String.raw`|(?<lesser>${lesserPerson})(?:e|en|s|ens|es)?|[\p{L} ]{0,40}(?:udstedt|sendt|sendes) (?<sent>til)(?= ?:)|(?<to>til|to|name|recipient|applicant|citizen))(?: ?: ?\n?|\n| )${lastName}`
    + String.raw`|(?:^|[^\p{L}])(?<inline>navn|modtager|udstedt til|borger|ansøger|patient|debitor|kunde): ?${lastName}`,
  'u',
);
/** "Barnets navn: …", "Kopi til: …". */
const otherLabel = new RegExp(String.raw`(?:\p{L}s|kopi|cc|og) (?:fulde )?(?:navn|til) ?: ?${lastName}|(?:kopi|cc|regning|faktura)\p{L}* (?:\p{L}+ )?(?:sendt|sendes) til ?: ?\n?$`, 'u');
const ownLabel = /(?:borgerens|borgers|ansøgers|ansøgerens|modtagers|modtagerens|patientens|kundens|skyldners) (?:fulde )?navn ?: ?/u;

/** What the field is called in which a name stands; null where it stands in none. */
function labelOf({ before, after }: NameInText): string | null {
  if (/^,? ?[<([]?\S+@/.test(after) || (otherLabel.test(before) && !ownLabel.test(before))) return null;
  const groups = recipientLabel.exec(before)?.groups;
  if (!groups) return null;
  return groups['lesser'] === undefined ? (Object.values(groups).find((label) => label !== undefined) ?? null) : 'lesser';
}

const concerns = new RegExp(
  String.raw`(?:^|[^\p{L}])(?:vedrørende|vedrører|vedr|vedr\.|angående|angår|ang|ang\.|emne|sagen? (?:om|vedrørende|vedr\.?|for|mod)|sag|gælder(?: for)?|(?:handler|drejer sig) om|omhandler|tilhører|re|regarding|concerning|about) ?:? ?\n?${lastName}`,
  'u',
);
const youBefore = /(?:^|[^\p{L}])(?:du|dig|dem)(?:,| \() ?$/u;

/** "Afgørelse til …", "bevilget til …": what is made for somebody. */
const document =
  '\\p{L}*(?:støtte|hjælp|pension|ydelse|penge|tillæg|kort|bevis|plan|kontrakt|attest|erklæring|afgift|gebyr|regning|opgørelse|bevilling|bevilget|bevilges|tilladelse|afgørelse|indkaldelse|kvittering|faktura|opkrævning'
  + '|rykker|journal|skema|vurdering|rapport|udtalelse|udskrift|redegørelse|fremstilling|pas|tilbud|bekræftelse|visitation|specifikation|seddel|udbetales|udbetaling|tilkendt|tildelt|partshøring|brev|notat|profil|aftale|ansøgning|klage)(?:en|et|er)?';
const documentBefore = new RegExp(
  String.raw`(?:ansøgning(?:en)?|anmodning(?:en)?|klage) fra $|(?:^|[^\p{L}])(?:hr|fru)\.? $|mellem [^.\n]{3,60} og $|bekræfte[rs]?,? at $|(?:indkaldelse|partshøring) af $|(?:bevilge[rt]|tildele[rt]|tilbyde[rt]|udbetale[rt]|godkende[rt]) $`
    + String.raw`|${document} (?:til|for|vedrørende|vedr\.?|på|om):? ?${lastName}|(?:brev|afgørels|besked|kort|pas|beløb|ydels|penge)\p{L}* (?:er |bliver )?(?:sendt|sendes|udbetalt|stilet|adresseret) til $`,
  'u',
);
const forSomebody = new RegExp(String.raw`[\p{L}\d)] (?:til|for|om):? ?${lastName}`, 'u');
/** Whom one is told to write to, or who is somebody's deputy. */
const notForSomebody = /(?:^|[^\p{L}])(?:skriv|ring|mail|kontakt|send|spørg|henvend|henvis|svar|aflever|indlever|ret|tak|tilbage|opkald|tlf|formand|leder|chef|lærer|stedfortræder|vikar|information|lykke|hen|sig|møde|taler?)\p{L}*(?: |$)/u;

/** "…s ansøgning", "… er bevilget". */
const partyAfter = new RegExp(
  String.raw`^(?:'?s? (?:ansøgning|sag|bevilling|klage|henvendelse|anmodning|pas|kørekort|bopæl|pension|boligstøtte|kontanthjælp|sygedagpenge|adresse|cpr|skat|gæld|plan|forhold|økonomi|bil|ejendom|bolig|helbred|hjælp|ydelse|udgift|indkomst`
    + String.raw`|journal|handleplan|årsopgørelse|lejemål|formue|konto|hjem|fravær|forløb|praktik|lån|tilladelse|plads|flytning|navn|oplysninger|rettigheder|situation|behov)\p{L}*`
    + String.raw`|,? (?:har (?:an)?søgt|har ret|har fået|har modtaget|har boet|har bopæl|har haft|har behov|har brug|(?:er|bliver|blev) (?:hermed |nu )?(?:bevilget|berettiget|tilmeldt|visiteret|tildelt|indkaldt|registreret|tilkendt|bosat|godkendt|sygemeldt`
    + String.raw`|indskrevet|optaget|omfattet|fritaget|henvist|meldt|opsagt|ledig|tilknyttet)|kan (?:hente|få|søge|klage)|skal (?:møde|betale|aflevere|indsende|søge|sende|have)|bevilges|skylder|modtager|opkræves|indkaldes|bedes|anmodes|ansøger|ansøgte|søger|tildeles|tilkendes|fylder|får)(?!\p{L}))`,
  'u',
);
/** Somebody who does something for the one who is written to. */
const second = /^[^.!?]{0,160}(?:^|[^\p{L}])(?:du|dig|din|dit|dine|jer|jeres|you|your)(?!\p{L})/u;

const ADDRESS_CHARACTERS = 140;
const beforeStreet = /^(?: og [\p{L} -]{2,40})?,?[ \n](?:c\/o [^\n]{2,40}\n)?(?:(?:[\p{Lu}\d][\p{L}\d.' -]{2,40} \d{1,4} ?[A-Za-z]?(?:,[^\n]{0,24})?)[, \n]{1,2})?(?:[^\n\d]{2,30}\n)?(?:DK-? ?)?\d{4} \p{Lu}/u;

/** A street and a postal code under or behind it; a label says that it is somebody else's address. */
function isAddress(name: NameInText, question: PlaceQuestion): boolean {
  const { end, before, sure, words } = name;
  if (words < 2 || !sure && question.namesRecipient && !isAboveLetter(name, question)) return false;
  return !/[\p{L}.)] ?: ?$/u.test(before) && beforeStreet.test(question.text.slice(end, end + ADDRESS_CHARACTERS));
}

/** What stands alone above the greeting of a message is an address, whatever the name. */
function isAboveLetter({ end }: NameInText, { isMessage, greetingStart }: PlaceQuestion): boolean {
  return isMessage && end < Math.min(greetingStart, ABOVE_CHARACTERS);
}

const ABOVE_CHARACTERS = 120;
const HEAD_CHARACTERS = 900;

/** Alone on its line at the beginning of a page. */
function isHeading({ start, before, after }: NameInText): boolean {
  return start < HEAD_CHARACTERS && /(?:^|\n)$/.test(before) && /^ ?(?:\n|$)/.test(after);
}

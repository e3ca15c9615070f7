import type { NameInText } from './name-in-text.ts';
import { betweenNameAndNumber, cprNumbersIn } from './cpr-in-text.ts';

/** A place where the one a letter is written to is named. */
export type NamePlace = 'field' | 'concerns' | 'address' | 'party' | 'head';

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
  /** Letters about somebody else tell whom they are about; then only who is addressed counts. */
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
  if (isField(name)) return 'field';
  if (question.isFirst && isAddress(name, question)) return 'address';
  if (question.addressedOnly) return null;
  if (youBefore.test(name.before)) return 'party';
  return name.sure ? surePlaceOf(name, question) : null;
}

function surePlaceOf(name: NameInText, { isFirst, namesRecipient }: PlaceQuestion): NamePlace | null {
  if (concerns.test(name.before)) return 'concerns';
  if (partyBefore.test(name.before) || partyAfter.test(name.after)) return 'party';
  return isFirst && !namesRecipient && isHeading(name) ? 'head' : null;
}

const person =
  '(?:borger|ansøger|modtager|kunde|klient|patient|lejer|ejer|bygherre|skyldner|debitor|låner|bruger|pensionist|studerende|indehaver|betaler|kontohaver|ydelsesmodtager|pasindehaver|part)(?:e|en|s|ens|es)?';
/** "Berggren, Nancy Ann": the last name may stand first. */
const lastName = String.raw`(?:[\p{L}'-]{2,25}(?: [\p{L}'-]{2,25})?, )?$`;
const recipientLabel = new RegExp(
  String.raw`(?:^|[\n;|,.] ?)(?:(?:fulde |dit |deres |borgerens |ansøgers )?navn(?: og adresse| på ${person})?|for- og efternavn|${person}(?: (?:fulde )?navn)?|til|to|udstedt til|sendt til|name|recipient|applicant|citizen)(?: ?: ?\n?|\n| )${lastName}`
    + String.raw`|(?:^|[^\p{L}])(?:navn|modtager|udstedt til|borger|ansøger|patient|debitor|kunde): ?${lastName}`,
  'u',
);
/** "Barnets navn: …", "Kopi til: …". */
const otherLabel = new RegExp(String.raw`(?:\p{L}s|kopi|cc|og) (?:fulde )?(?:navn|til) ?: ?${lastName}`, 'u');
const ownLabel = /(?:borgerens|borgers|ansøgers|ansøgerens|modtagers|modtagerens|patientens|kundens|lejers|ejers|skyldners) (?:fulde )?navn ?: ?/u;

function isField({ before, after }: NameInText): boolean {
  if (/^,? ?[<([]?\S+@/.test(after)) return false;
  return recipientLabel.test(before) && (!otherLabel.test(before) || ownLabel.test(before));
}

const concerns = new RegExp(
  String.raw`(?:^|[^\p{L}])(?:vedrørende|vedr|vedr\.|angående|ang|ang\.|emne|sagen? (?:om|vedrørende|vedr\.?|for)|sag|sagsfremstilling for|re|regarding|concerning) ?:? ?\n?${lastName}`,
  'u',
);
const youBefore = /(?:^|[^\p{L}])(?:du|dig|dem)(?:,| \() ?$/u;

const document =
  '\\p{L}*(?:støtte|hjælp|pension|ydelse|penge|tillæg|kort|bevis|plan|kontrakt|attest|erklæring|afgift|gebyr|regning|opgørelse|bevilling|bevilget|bevilges|tilladelse|afgørelse|indkaldelse|kvittering|faktura|opkrævning'
  + '|rykker|journal|skema|vurdering|rapport|udtalelse|udskrift|redegørelse|fremstilling|pas|tilbud|bekræftelse|visitation|specifikation|seddel|udbetales|udbetaling|tilkendt|tildelt|partshøring|brev|notat|profil|aftale)(?:en|et|er)?';
const partyBefore = new RegExp(
  String.raw`(?:ansøgning(?:en)?|anmodning(?:en)?|klage) fra $|(?:^|[^\p{L}])(?:hr|fru)\.? $|mellem [^.\n]{3,60} og $|bekræfte[rs]?,? at $|(?:indkaldelse|partshøring) af $|${document} (?:til|for|vedrørende|vedr\.?|på|om):? ?${lastName}`,
  'u',
);
const partyAfter =
  /^(?:'?s? (?:ansøgning|sag|bevilling|klage|henvendelse|anmodning|pas|kørekort|bopæl|pension|boligstøtte|kontanthjælp|sygedagpenge|adresse|cpr|skat|gæld|plan|forhold|økonomi|bil|ejendom|bolig|helbred|hjælp|ydelse|udgift|indkomst)\p{L}*|,? (?:har (?:an)?søgt|har ret til|har fået|har modtaget|har boet|er bevilget|er berettiget|er tilmeldt|er visiteret|er tildelt|er indkaldt|er registreret|er tilkendt|er bosat|bevilges|skylder|skal betale|modtager|opkræves|indkaldes|bedes|anmodes|ansøger|søger|tildeles|tilkendes|får (?:hermed|bevilget|udbetalt|tildelt)))/u;

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

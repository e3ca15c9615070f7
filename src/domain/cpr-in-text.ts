import { cprShape, maskCprNumber, maskCprNumbersIn } from './cpr-number.ts';

/** A CPR number that stands in a text. */
export interface CprInText {
  /** Ten digits. */
  readonly cpr: string;
  /** Where it stands: from the first digit to behind the last. */
  readonly start: number;
  readonly end: number;
}

/**
 * Every CPR number in a text that `readableText` has made plain: with and without hyphen or blanks, over a line break, with
 * a blank after each digit as PDFs have it. Left alone is what cannot be one (no birth date), what is part of a longer
 * number, and ten digits that are said to be something else: a case, an account, an invoice, a telephone. In a subject, which
 * others see, only a word for a number says so.
 */
export function cprNumbersIn(text: string, { inSubject = false } = {}): readonly CprInText[] {
  const found: CprInText[] = [];
  const pattern = new RegExp(numberForms, 'g');
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [written] = match;
    if (isLongNumber.test(written)) continue;
    const place = { cpr: written.replace(/\D/g, ''), start: match.index, end: match.index + written.length };
    if (isCpr(text, place, { written, inSubject })) found.push(place);
    // A number that is none may hold the beginning of one.
    else pattern.lastIndex = match.index + 1;
  }
  return found;
}

/** What may stand between a name and the number of the same person: "Nancy Berggren (cpr-nr. 251248-9996)". */
export const betweenNameAndNumber = /^[ ,;:(/·–-]*\n?\(?(?:(?:født|f\.|født den) [^\n,;]{4,20}[,;] ?)?(?:(?:,? ?født )?(?:med |has |(?:betalers|ansøgers|borgerens|kundens|forælders|værges) )?(?:cpr|c\.p\.r|person)[a-zæøå. -]{0,16}(?:\((?:værge|forælder)\))?[ :]*|(?:født|f\.) )?\n?$/i;

/** Masks whatever is written as a CPR number in a text, also what `cprNumbersIn` takes for something else. */
export function maskWrittenCprNumbers(text: string): string {
  const mask = (written: string) => (isLongNumber.test(written) ? written : maskCprNumber(written.replace(/\D/g, '')));
  return maskCprNumbersIn(text.replace(new RegExp(numberForms, 'g'), mask));
}

// No lookbehind and no property escapes: this runs in old browsers' engines too.
const numberForms = [
  // Too long to be one; taken whole, so that none is seen in the middle of it.
  String.raw`\d{11,}`,
  String.raw`(?:\d\d[ .]){2}\d\d ?- ?\d{4}`,
  String.raw`(?:\d\d ){3}\d{4}`,
  String.raw`(?:\d ){6}(?:- )?(?:\d ){3}\d`,
  String.raw`\d{6}(?:\s?-\s?|\s)?\d{4}`,
].join('|');

const isLongNumber = /^\d{11}/;

function isCpr(text: string, { cpr, start, end }: CprInText, { written, inSubject }: { readonly written: string; readonly inSubject: boolean }): boolean {
  const shape = cprShape(cpr);
  if (shape === 'no-date' || isPartOfMore(text, start, end)) return false;
  const before = text.slice(Math.max(0, start - labelCharactersMax), start);
  if (cprLabel.test(before)) return true;
  // With its hyphen it is one, unless it is said to be another number.
  if (written.includes('-') || inSubject) return !otherNumberLabel.test(before);
  // Without, it looks like any number: it must not run over a line, or follow a bank's four digits or a noun.
  return shape === 'birth-date' && !written.includes('\n') && !otherLabel.test(before) && (beforeBareNumber.test(before) || beforeAnyNumber.test(before));
}

/** A word for whom it is about. */
const beforeBareNumber = /\b(?:vedr(?:\.|ørende)?|ang(?:\.|ående)?|om|for|på|til|er|som|med|(?:borger|ansøger|patient|barn)\w?\w?|født) ?$/i;

/** A sign, the beginning of a line, or a name; a customer, but "Kunde 1405726629" in a bill is a customer's number. */
const beforeAnyNumber = /(?:^|[^\sa-zæøå0-9.]|\n|\bkunden?|[A-ZÆØÅ][^\s\d.,:]+ [A-ZÆØÅ][^\s\d.,:]+) ?$/;

function isPartOfMore(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 3), start);
  return /\d[-./+]?$|[A-Za-z]$/.test(before) && !/(?:pr|nr|er)$/i.test(before) || /^(?:[-.,+<]?\d|[A-Za-z])/.test(text.slice(end, end + 2));
}

const labelCharactersMax = 48;

const cprLabel = /(?:cpr|c\.p\.r|dato og løbe|(?:person|borger)-?\s?(?:n(?:r|um)|id)|pnr\b|(?:^|\n)p\.nr)[^\d\n]{0,24}\n?$/i;

/** What other numbers are called: some by their bare name, some only with "nr.". */
const otherName = String.raw`(?:^|[^a-zæøå])(?:sag[.:]|j|journal|faktura|konto|reg|nemkonto|iban|gln|ean|tlf|telefon|mobil|fax|tel|phone|ordre|ref|reference|p|se|cvr|bfe|id|fik|case|invoice|account|order)[ .:-]{0,3}`;
const otherNumber = String.raw`(?:[a-zæøå](?:-| )?|\.)(?:n(?:r|o|um\w+)|id|kode)`;
const otherLabel = new RegExp(String.raw`(?:${otherName}|${otherNumber})[\s.:=#+]{0,4}$`, 'i');
const otherNumberLabel =
  /(?:(?:sags?|regnings?|kunde|aftale|police|dokument|afgifts?|booking|j|journal|faktura|konto|reg|telefon|ordre|ref|reference|case|invoice|account|order|\bp-)[- .]?(?:n(?:r|o|um\w+)|id)|(?:^|[^a-zæøå])(?:faktura|konto|ean|tlf|telefon|mobil))[\s.:=#+]{0,4}$/i;

import { cprShape } from './cpr-number.ts';

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
 * number, and ten digits that are said to be something else: a case, an account, an invoice, a telephone.
 */
export function cprNumbersIn(text: string): readonly CprInText[] {
  const found: CprInText[] = [];
  const pattern = new RegExp(cprForms, 'g');
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [written] = match;
    const place = { cpr: written.replace(/\D/g, ''), start: match.index, end: match.index + written.length };
    if (isCpr(text, place, written)) found.push(place);
    // A number that is none may hold the beginning of one.
    else pattern.lastIndex = match.index + 1;
  }
  return found;
}

// No lookbehind and no property escapes: this runs in old browsers' engines too.
const cprForms = [
  String.raw`\d\d[ .]\d\d[ .]\d\d ?- ?\d{4}`,
  String.raw`(?:\d ){6}(?:- )?(?:\d ){3}\d`,
  String.raw`\d{6}(?:\s?-\s?|\s)?\d{4}`,
].join('|');

function isCpr(text: string, { cpr, start, end }: CprInText, written: string): boolean {
  const shape = cprShape(cpr);
  if (shape === 'no-date' || isPartOfMore(text, start, end)) return false;
  const before = text.slice(Math.max(0, start - labelCharactersMax), start);
  if (cprLabel.test(before)) return true;
  if (otherLabel.test(before)) return false;
  // Without its hyphen it looks like any number: it must not run over a line, or follow a bank's four digits.
  return written.includes('-') || (shape === 'birth-date' && !written.includes('\n') && !/\d{4}[ -]?$/.test(before));
}

function isPartOfMore(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 3), start);
  return /\d[-./+]?$|[A-Za-z]$/.test(before) && !/(?:pr|nr|er)$/i.test(before) || /^(?:[-.,+<]?\d|[A-Za-z])/.test(text.slice(end, end + 2));
}

const labelCharactersMax = 48;

const cprLabel = /(?:cpr|c\.p\.r|person-?\s?n(?:r|um)|pnr\b|(?:^|\n)p\.nr)[^\d\n]{0,24}\n?$/i;

const otherLabel = new RegExp(
  String.raw`(?:\b(?:sag|sags|sags-?(?:nr|nummer|id)|j\.?|journal\w*|faktura\w*|regning\w*|konto\w*|bank\w*|nemkonto|reg|iban|ean\w*|gln|tlf|telefon\w*`
    + String.raw`|mobil\w*|fax|tel|phone|ordre\w*|bestilling\w*|ref|reference\w*|kunde\w*|medlems\w*|låner\w*|betaling\w*|kreditor\w*|debitor\w*`
    + String.raw`|aftale\w*|booking\w*|afgift\w*|kontrol\w*|løbe\w*|dok|dokument\w*|p|se|cvr|bfe|matr\w*|ejendoms\w*|måler\w*|installations\w*|id`
    + String.raw`|licitations\w*|police\w*|serie\w*|pas|kort|kørekort\w*|løn\w*|fik|kvittering\w*|rykker\w*|case|invoice|account|order)`
    + String.raw`[\s.:-]*(?:nr|nummer|numre|no|id|kode)?[\s.:=#+-]*)$`,
  'i',
);

import { isFirstName } from '../first-names.ts';
import { nameWords } from '../person-name.ts';
import { isKnown, type KnownNames, type NamedText } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { isAlone } from './name-place.ts';
import { introductionOf } from './relatives.ts';

/**
 * Names that stand where a sheet of paper says whose it is: alone in a line over a street, alone in a line above the letter
 * on it, in the line that runs along the top of its pages, and behind "Undertegnede" in what is signed.
 * @param greetingStart the text's end without one
 */
export function strangeInHead(names: readonly NameInText[], text: NamedText, greetingStart: number, known: KnownNames): readonly NameInText[] {
  if (known.companies) return [];
  // To one of a couple; a letter to two has both above the street.
  const isTwoOfHouse = (name: NameInText, above: NameInText | undefined) => known.recipients.length === 1 && above !== undefined && above.end + 1 === name.start && isAlone(above) && isKnown(above, known);
  const isOverOwn = (name: NameInText, below: NameInText | undefined) => known.recipients.length > 1 && isAlone(name) && name.sure && below !== undefined && name.end + 1 === below.start && isOverStreet(below) && isKnown(below, known);
  const isOfSheet = (name: NameInText) => isRunning(name, text) || (isOnTop(name, text, greetingStart) && !known.relatives.hasEither(name.name)) || isBesideSender(name, greetingStart);
  const strange = names.filter((name, n) => {
    if (isKnown(name, known) || introductionOf(name) !== null || roleOver.test(name.before)) return false;
    if (text.kind === 'message' && isSalutation(name, text, greetingStart)) return true;
    return name.words > 1 && ((isOverStreet(name) && !isTwoOfHouse(name, names[n - 1])) || isOverOwn(name, names[n + 1]) || (text.kind === 'page' && isOfSheet(name)));
  });
  // "Fuldmagt" over the line is no word on who signs it.
  const signers = text.kind === 'page' ? names.filter((name) => name.words > 1 && !isKnown(name, known) && isSigner(name, text, known)) : [];
  return [...strange, ...signers];
}

/** "Hans Nielsen" alone in a line over "Birkevej 12". */
export function isOverStreet(name: NameInText): boolean {
  return isAlone(name) && name.sure && street.test(name.after);
}

/** "Birkevej 12, 2. th." alone in a line; in lower case. */
const street = /^ ?\n(?:\p{L}[\p{L}.'-]*[ .]+){0,4}\p{L}[\p{L}.'-]+ \d{1,3} ?[a-z]?(?:, ?(?:st|kl|\d{1,2})\.?(?: ?(?:tv|th|mf)\.?)?)? ?(?:\n|$)/u;

/** "Deltagere:", "Udlejer" in the line above. */
const roleOver = /(?:^|\n)(?!(?:til|navn|name|ansøger|borger|modtager|sagsnummer|sagsnr\.?|cpr[^\n]{0,10}):\n)[^\n]*:\n$|(?:^|\n)(?:ud)?(?:lejer|ejer|sælger|køber|nabo|kontakt\p{L}*|sagsbehandler|afsender|rådgiver|læge|værge|bygherre|rekvirent|deltagere|patient|barn|elev|ansøger)\n$/u;

/** "Hans Nielsen" or "Hans" alone in the first line of a message that greets nobody. */
function isSalutation(name: NameInText, { text }: NamedText, greetingStart: number): boolean {
  return greetingStart === text.length && text.slice(0, name.start).trim() === '' && isAlone(name) && (name.words > 1 ? name.sure : isFirstName(name.name)) && longSentence.test(text);
}

/** In the first line of a page but the first, or below its number. */
function isRunning(name: NameInText, { text, isFirst, namedOnOtherPage }: NamedText): boolean {
  if (isFirst || namedOnOtherPage(nameWords(name.name)[0] ?? '')) return false;
  const above = text.slice(0, name.start).trim();
  return (name.sure && pageNumber.test(above) && /^ *\n/.test(name.after)) || isInFirstLine(name, above, text);
}

/** "Nancy Berggren · 251248-9996", "Sag 2024-1234 – Nancy Berggren", or the name alone. */
function isInFirstLine({ after, sure }: NameInText, above: string, text: string): boolean {
  if (!/^(?:[^\n]{0,80}(?:[–·|-]|vedr\.?)|[^\n]{3,40}[Kk]ommune)?$/u.test(above)) return false;
  return closing.test(after) || (behindCase.test(above) && sure && /^ *\n/.test(after)) || /^ ?(?:[·|–-] |,? ?(?:cpr|\d{6}))(?![^\n]*\p{Ll}{4,}(?:\n|$))/u.test(after) || (sure && /^ *(?:\n|side )/.test(after) && longSentence.test(text));
}

/** "Side 2 af 2", also beside the case's number. */
const pageNumber = /^(?:[Ss]ag(?:snr)?\.?:? [^\n]{3,30}\n)?[Ss]ide \d{1,3}(?: ?(?:af|\/) ?\d{1,3})?$/;
/** "2024-25293 – Hans Nielsen", however little stands below. */
const behindCase = /^(?:[Ss]ag(?:snr\.)? )?[\p{L}\d./-]*\d{4,}[\p{L}\d./-]* [–·|-]$/u;
const closing = /^ ?\n+(?:med |de )?(?:venlig|bedste|mange|kærlig)\p{L}* hils|^ ?\n+(?:mvh|vh|hilsen)(?!\p{L})/u;
const longSentence = /\n(?=[^\n:]*(?: \p{Ll}+){3})[^\n:]{40}/u;

/** Alone in a line before a letter begins. */
function isOnTop(name: NameInText, { text }: NamedText, greetingStart: number): boolean {
  return name.sure && isAlone(name) && name.start < Math.min(greetingStart, HEAD_CHARACTERS) && greetingStart < text.length && !longSentence.test(text.slice(0, name.start));
}

const HEAD_CHARACTERS = 600;

/** "Hans Nielsen Dagtilbud og Skole" over "Birkevej 12 Rådhuset" and "8600 Silkeborg": two columns that are read as one. */
function isBesideSender({ start, before, after, sure }: NameInText, greetingStart: number): boolean {
  if (!sure || start >= Math.min(greetingStart, HEAD_CHARACTERS)) return false;
  return (/(?:^|\n)$/.test(before) && overWideStreet.test(after)) || besideDate.test(after);
}

const overWideStreet = /^ \p{L}[^\n:]{2,60}\n(?:\p{L}[\p{L}.'-]*[ .]+){0,4}\p{L}[\p{L}.'-]+ \d{1,3}(?: ?[a-z])?(?:,[^\n]{2,16})? \p{L}[^\n]{2,60}\n\d{4} \p{L}/u;

/** "Hans Nielsen Dato: 3. maj 2024 Birkevej 12 Sagsnr.: 24/1234 8600 Silkeborg": two columns without lines. */
const besideDate = /^ (?:dato|sagsnr)\.?:? [^\n:]{4,24}? \p{L}[\p{L}. ]{2,30} \d{1,3} ?[a-z]?(?:,[^\n:]{2,14})? [^\n]{0,60}?\d{4} \p{L}/u;

/** "Undertegnede Nancy Berggren, cpr-nr. …, giver hermed fuldmagt til …". */
function isSigner({ before, after, name }: NameInText, { namedElsewhere }: NamedText, { aboutOther }: KnownNames): boolean {
  const [first = ''] = name.toLowerCase().split(' ');
  return /(?:^|[^\p{L}])undertegnede,? ?\n?$/u.test(before) && /fuldmagt|samtykke|erklære|erkende|cpr/.test(after) && !(aboutOther && namedElsewhere.has(first));
}

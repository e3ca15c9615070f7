/** Longest text that is looked through, of a message or of one page; the rest of a longer one is passed over. */
export const letterCharactersMax = 200_000;

/** Longest letter that is looked through, its text and all its files together; files beyond count as unread. */
export const wholeLetterCharactersMax = 2_000_000;

/**
 * A text as the checks read it: full-width and joined signs made plain, invisible signs gone, every sort of blank one
 * blank, every dash "-", every apostrophe "'", lines ended by "\n". Linear in the text.
 */
export function readableText(text: string): string {
  return text
    .slice(0, letterCharactersMax)
    // A long run of accents would make normalize slow.
    .replace(/([\u0300-\u036f]{2})[\u0300-\u036f]+/g, '$1')
    .normalize('NFKC')
    // One sign may have become eighteen.
    .slice(0, letterCharactersMax)
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/[\u2010-\u2015\u2043\u2212]/g, '-')
    .replace(/[\u2018\u2019\u201b\u00b4`\u02bc]/g, "'");
}

/** A text in which the lines of a sentence are one: "Vi har givet / støtte til / Nancy Berggren", "CPR- / nr.". */
export function inWholeLines(text: string): string {
  return text.replace(/(?<=\p{L}-)\n(?=\p{L})/gu, '').replace(wrappedLine, ' ').replace(brokenNumber, (all: string, before: string, digits: string) => (isCprNumber.test(digits) ? `${before}${digits.replace('\n', '')}` : all));
}

/** "CPR-nr. 0805 / 71-0012": a number that a line's end breaks wherever it likes. */
const brokenNumber = /((?:cpr|person)[a-zæøå. -]{0,16}[ :]{0,2})(\d[\d -]{0,9}\n[\d -]{1,10})(?!\d)/gi;
const isCprNumber = /^(?=(?:\D*\d){10}$)\d+ ?-? ?\d*\n\d* ?-? ?\d+$/;

/** A long line that ends in the middle of a sentence. */
const wrappedLine = /(?<=[^\n]{40}[\p{Ll},])\n(?=\p{Ll})|(?<=[^\n]{36} (?:af|at|de|der|dig|efter|er|for|fra|hos|i|la|med|navnet|om|og|på|som|til|under|van|ved|von)|[^\n]{36}, \d{4})\n(?=[\p{Lu}\d])/gu;

/**
 * A page as it is read: a table's rows as "Navn: Nancy Berggren", and of a head with an address on the left and facts on the
 * right the left column first, then the right one.
 */
export function inOneColumn(page: string): string {
  const read: string[] = [];
  let lines = withRows(page.slice(0, letterCharactersMax).split(/\r?\n/));
  // The line that runs along the top may have a gap as well, over the head itself.
  while (read.length < HEAD_LINES_MAX) {
    const from = lines.findIndex((line) => wideGap.test(line));
    if (from === -1 || read.length + from >= HEAD_LINES_MAX) break;
    const rows = rowsOfColumns(lines.slice(from, from + HEAD_LINES_MAX));
    const column = (n: number): readonly string[] => rows.flatMap((row) => (row[n]?.trim() ?? '') || []);
    // An address that goes on below stays together.
    const columns = rows.length < ADDRESS_LINES ? [...column(1), ...column(0)] : [...column(0), ...column(1)];
    read.push(...lines.slice(0, from), ...(rows.length < COLUMN_LINES_MIN ? lines.slice(from, from + 1) : columns));
    lines = lines.slice(from + Math.max(rows.length, 1));
  }
  return [...read, ...lines].join('\n');
}

/** The lines of two columns at the beginning of these. */
function rowsOfColumns(lines: readonly string[]): readonly (readonly string[])[] {
  const cells = lines.map((line) => line.split(wideGap));
  const others = cells.findIndex(([left = '', ...more]) => more.length !== 1 || (left.includes(':') && !attention.test(left)) || onlyNumber.test(left) || ofRow.test(more[0] ?? ''));
  return cells.slice(0, others === -1 ? cells.length : others);
}

/** Lines with the rows of tables as "label: value": lines of two cells that follow each other, one of which is known to be a label. */
function withRows(lines: readonly string[]): readonly string[] {
  const rows = lines.map((line) => {
    const cells = line.trim().split(wideGap);
    return cells.length === 2 ? cells : null;
  });
  let isTable = false;
  let heads: { readonly left: string; readonly right: string } | null = null;
  return lines.map((line, n) => {
    const [left, right] = rows[n] ?? [];
    if (left === undefined || right === undefined) {
      [isTable, heads] = [false, null];
      return line;
    }
    if (heads !== null) return `${heads.left}: ${left}\n${heads.right}: ${right}`;
    if (!isTable && areHeads(left, right)) {
      heads = { left, right };
      return line;
    }
    if (!isTable) isTable = rows.slice(n, n + HEAD_LINES_MAX).some((row, at, block) => row !== null && !block.slice(0, at).includes(null) && label.test(row[0] ?? ''));
    return isTable ? `${left}${left.endsWith(':') ? '' : ':'} ${right}` : line;
  });
}

const wideGap = / {3,}|\t+/;
const label = /^(?:dato|navn|sags?[a-zæøå]*|journal[a-zæøå]*|j\.?nr|(?:[a-zæøå]+ )?(?:cpr|cvr|navn|personnummer)[a-zæøå. -]*(?: \([a-zæøå]+\))?|tlf|telefon|mobil|e-?mail|reference|ejendom|adresse)\.?:?$/i;
/** "Navn   CPR-nr." over a row for each. */
function areHeads(left: string, right: string): boolean {
  return bareLabel.test(left) && bareLabel.test(right);
}

const bareLabel = /^(?:navn|(?:cpr|personnummer)[a-zæøå.-]*(?: nr\.?)?)$/i;
/** In an address. */
const attention = /^att\.?:/i;
/** "Emma Holm   110513-1234", "Nancy Berggren, 251248-9996   Side 2": no lines of two columns. */
const onlyNumber = /^[\d -]+$/;
const ofRow = /^(?:[\d -]+$|side \d)/i;
const HEAD_LINES_MAX = 12;
const COLUMN_LINES_MIN = 1;
/** Name, street, town. */
const ADDRESS_LINES = 3;

/** Where the last sentence of a text begins; abbreviations ("cpr.nr. ", "f. ") end none. Takes a short text. */
export function sentenceStart(text: string): number {
  let at = 0;
  for (const match of text.matchAll(/[a-zæøå0-9)][.!?]\s+(?=\S|$)/gi)) {
    const end = match.index + match[0].length;
    const isLineEnd = /\d\.\s*\n\s*$/.test(match[0]) && !month.test(text.slice(end));
    if (isLineEnd || !abbreviation.test(text.slice(0, end)) || (beforeNumber.test(text.slice(0, end)) && /^\p{L}/u.test(text.slice(end)))) at = end;
  }
  return at;
}

/** "… ikke dit cpr-nr. Bevillingen er …": a number follows it, or a sentence has ended. */
const beforeNumber = /nr\.\s+$/i;
/** "Den 4." at the end of a line. */
const month = /^(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec|\d)/i;
const abbreviation = /(?:^|[^a-zæøå0-9/])(?:nr|cpr\.?nr|cpr|f|født|vedr|ang|hr|fr|dr|prof|tlf|ca|kl|bl\.a|pers|jf|inkl|ekskl|evt|att|d|st|gl|sct|[a-z]|\d{1,2})\.\s+$/i;

/** A text in which a name of many words is looked for, also where it is broken at the end of a line; in lower case. */
export function inOneLine(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ');
}

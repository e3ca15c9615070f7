/** A letter without the mails that are quoted below. */
export function ownPart(text: string): string {
  return text.slice(0, quotationStart(text));
}

/** Lines of a text. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
}

/**
 * Who signs, and where they can be reached: from the closing formula to the end, or to the first line that is a sentence or a
 * label again. Empty at the end where no formula stands.
 */
export function signatureOf(text: string): TextPart {
  const found = signOff.exec(text);
  if (found === null) return { start: text.length, end: text.length };
  let at = text.indexOf('\n', found.index + 1);
  while (at !== -1) {
    const next = text.indexOf('\n', at + 1);
    if (isLetterAgain(text.slice(at + 1, next === -1 ? text.length : next))) return { start: found.index, end: at + 1 };
    at = next;
  }
  return { start: found.index, end: text.length };
}

/** True for what stands in a part. */
export function isWithin({ start, end }: TextPart, part: TextPart): boolean {
  return start >= part.start && end <= part.end;
}

function isLetterAgain(line: string): boolean {
  return sentTo.test(line) || (line.length >= SENTENCE_CHARACTERS_MIN && /[.!?]$/.test(line) && line.slice(0, SENTENCE_CHARACTERS_MIN * 4).split(' ').length >= SENTENCE_WORDS_MIN);
}

const SENTENCE_CHARACTERS_MIN = 24;
const SENTENCE_WORDS_MIN = 5;
const sentTo = /(?:sendt|stilet|udstedt|bevilget|givet|udbetalt) til ?:|^modtager ?:/i;

/** Where a mail that is quoted below begins; the text's end where there is none. */
export function quotationStart(text: string): number {
  const start = quotedMail.exec(text)?.index ?? text.length;
  const thread = threadHead.exec(text);
  // Above the letter itself such lines are its own head.
  return thread !== null && thread.index < start && isWritten.test(text.slice(0, thread.index)) ? thread.index : start;
}

const signOff =
  /(?:^|\n|[.!] )(?:med |de )?(?:venlig|bedste|mange|kærlig|varme?|god)\p{L}* hilsn?(?:en|er)|(?:^|\n)(?:mvh|vh|kh|hilsen|hilsner|p\.b\.v|på vegne af \p{L}+ kommune|(?:kind|best|warm) regards|yours (?:sincerely|faithfully)|sincerely)(?!\p{L})/iu;
/** "Fra: Mette Holm", "Til: Hans Nielsen" below a letter. */
const threadHead = /\n(?:fra|from): (?![^\n@]*\d)[^\n]*\n(?:til|to): [^\n]*\n/i;
const isWritten = /(?:^|\n)(?:kære|hej|goddag|dear|hi|med venlig|venlig|mvh|vh)(?!\p{L})/iu;
/** "Fra: Birkevej 12" is where somebody has moved from. */
const quotedMail = /\n(?:-{2,} ?(?:oprindelig|original|videresendt|forwarded)|_{8,}|>|(?:fra|from): (?![^\n@]*\d)[^\n]*\n(?:[^\n]*\n){0,2}(?:sendt|dato|sent|date): |(?:den|on) [^\n]{4,90}(?:skrev|wrote)[^\n]{0,60}:)/iu;

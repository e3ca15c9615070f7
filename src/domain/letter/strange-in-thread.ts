import { isKnown, type KnownNames } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';

/** A letter, and the mails that are quoted below it. */
export interface QuotingLetter {
  readonly letter: string;
  readonly quoted: string;
}

/** Whoever an answer answers, or a thread says to be the citizen; and who wrote to us, where nobody else knows of them. */
export function strangeInThread(names: readonly NameInText[], { letter, quoted }: QuotingLetter, known: KnownNames): readonly NameInText[] {
  const writers = names.filter(({ before, after, sure, words }) => sure && words > 1 && (/(?:^|\n)>? ?(?:fra|from): $/.test(before) || (wroteBefore.test(before) && /^ ?:/.test(after))));
  const isAnswer = !known.companies && (known.isReply || answersYou.test(letter)) && writers.length > 0 && !writers.some((name) => isKnown(name, known));
  const wroteToUs = !known.companies && !writers.some((name) => isKnown(name, known)) && toUs.test(quoted) ? writers.filter((name) => isNowhereElse(name, letter, known)) : [];
  return [...names.filter((name) => isCitizenOfThread(name) && !isKnown(name, known)), ...(isAnswer ? writers : wroteToUs).slice(0, 1)];
}

/** "Den 1. maj skrev Nancy Berggren:". */
const wroteBefore = /(?:^|\n)>? ?(?:den|on) [^\n]{4,60} (?:skrev|wrote) $/;

/** "Til: Viborg Kommune", or to an address, which is ours where the mail has reached us. */
const toUs = /(?:^|\n)>? ?(?:til|to): [^\n]*(?:kommune|jobcenter|borgerservice|@)/i;

function isNowhereElse({ name }: NameInText, letter: string, { relatives }: KnownNames): boolean {
  const [first = ''] = name.split(' ');
  return !letter.includes(first) && !relatives.hasEither(name);
}

/** "Tak for din mail". */
const answersYou = /(?:^|[^\p{L}])(?:din|dit|your) (?:e-?mail|mail|henvendelse|besked|spørgsmål|brev|forespørgsel|message|question)(?!\p{L})/u;

/** In a mail that is quoted below, everybody may be named; but the citizen is whom the letter goes to. */
function isCitizenOfThread({ before, sure, words }: NameInText): boolean {
  return sure && words > 1 && /(?:^|[^\p{L}])(?:borger(?:en)?|ansøger(?:en)?)(?: hedder| er|,|:)? $/u.test(before);
}

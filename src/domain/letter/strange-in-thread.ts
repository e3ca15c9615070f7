import { isKnown, type KnownNames } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';

/** Whoever an answer answers, or a thread says to be the citizen. */
export function strangeInThread(names: readonly NameInText[], letter: string, known: KnownNames): readonly NameInText[] {
  const writers = names.filter(({ before, after, sure, words }) => sure && words > 1 && (/(?:^|\n)>? ?(?:fra|from): $/.test(before) || (wroteBefore.test(before) && /^ ?:/.test(after))));
  const isAnswer = !known.companies && (known.isReply || answersYou.test(letter)) && writers.length > 0 && !writers.some((name) => isKnown(name, known));
  return [...names.filter((name) => isCitizenOfThread(name) && !isKnown(name, known)), ...(isAnswer ? writers.slice(0, 1) : [])];
}

/** "Den 1. maj skrev Nancy Berggren:". */
const wroteBefore = /(?:^|\n)>? ?(?:den|on) [^\n]{4,60} (?:skrev|wrote) $/;

/** "Tak for din mail". */
const answersYou = /(?:^|[^\p{L}])(?:din|dit|your) (?:e-?mail|mail|henvendelse|besked|spørgsmål|brev|forespørgsel|message|question)(?!\p{L})/u;

/** In a mail that is quoted below, everybody may be named; but the citizen is whom the letter goes to. */
function isCitizenOfThread({ before, sure, words }: NameInText): boolean {
  return sure && words > 1 && /(?:^|[^\p{L}])(?:borger(?:en)?|ansøger(?:en)?)(?: hedder| er|,|:)? $/u.test(before);
}

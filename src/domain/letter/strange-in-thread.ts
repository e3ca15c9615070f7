import { isKnown, type KnownNames } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';

/** A letter, and the mails that are quoted below it. */
export interface QuotingLetter {
  readonly letter: string;
  readonly quoted: string;
}

/** Whoever an answer answers, or a thread says to be the citizen; who wrote to us, and whom we wrote to, where nobody else knows of them. */
export function strangeInThread(names: readonly NameInText[], { letter, quoted }: QuotingLetter, known: KnownNames): readonly NameInText[] {
  const writers = names.filter(({ before, after, sure, words }) => sure && words > 1 && (/(?:^|\n)>? ?(?:fra|from): $/.test(before) || (wroteBefore.test(before) && /^ ?:/.test(after))));
  const isAnswer = !known.companies && (known.isReply || answersYou.test(letter)) && writers.length > 0 && !writers.some((name) => isKnown(name, known));
  const isUs = (line: string) => ours.test(line) || known.right.some((right) => line.toLowerCase().includes(right.toLowerCase()));
  const heads = (label: RegExp) => Array.from(quoted.matchAll(label), ([, line = '']) => line);
  const wroteToUs = !known.companies && !writers.some((name) => isKnown(name, known)) && heads(sentTo).some((line) => isUs(line) || line.includes('@')) ? writers.filter((name) => isNowhereElse(name, letter, known)) : [];
  const readers = names.filter(({ before, sure, words }) => sure && words > 1 && /(?:^|\n)>? ?(?:til|to): $/.test(before));
  const weWroteTo = heads(sentFrom).some(isUs) && !readers.some((name) => isKnown(name, known)) ? readers.filter((name) => isNowhereElse(name, letter, known)) : [];
  return [...names.filter((name) => isCitizenOfThread(name) && !isKnown(name, known)), ...[...(isAnswer ? writers : wroteToUs), ...weWroteTo].slice(0, 1)];
}

/** "Den 1. maj skrev Nancy Berggren:". */
const wroteBefore = /(?:^|\n)>? ?(?:den|on) [^\n]{4,60} (?:skrev|wrote) $/;

const sentTo = /(?:^|\n)>? ?(?:til|to): ([^\n]*)/gi;
const sentFrom = /(?:^|\n)>? ?(?:fra|from): ([^\n]*)/gi;
/** "Til: Viborg Kommune"; an address there is ours too, where the mail has reached us. */
const ours = /kommune|jobcenter|borgerservice/i;

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

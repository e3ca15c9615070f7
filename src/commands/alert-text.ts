import type { DraftStop } from '../domain/draft-stop.ts';
import { address, alert } from '../taskpane/texts/da.ts';
import { fillText, type TextParameters } from '../taskpane/texts/fill-text.ts';
import type { KeptForAlert } from './kept-for-alert.ts';

/** The words of the Smart Alert. */
export type AlertWords = Readonly<Record<keyof typeof alert | keyof typeof address, string>>;

/**
 * The words for Outlook's language, e.g. "en-GB". Danish is built in; all three would weigh more than Outlook should wait
 * for, so the pane keeps the others with the mailbox, where it speaks them.
 */
export function wordsOf({ language, words }: KeptForAlert, outlookLanguage: string): AlertWords {
  const isSpoken = language !== undefined && outlookLanguage.slice(0, 2).toLowerCase() === language;
  return Object.assign({}, alert, address, isSpoken ? words : {});
}

/** Outlook takes no more (outlook.md 1); the caps below keep every text far under it (ux.md 6). */
const MESSAGE_CHARACTERS_MAX = 500;
const ADDRESS_CHARACTERS_MAX = 80;
const REASONS_CHARACTERS_MAX = 100;
const FILES_CHARACTERS_MAX = 160;
const LIST_CHARACTERS_MAX = 260;

/** What the box says: one fault in full, several as a list. `home`: what the organisation is called; empty: not known. */
export function alertText(stops: readonly DraftStop[], home: string, words: AlertWords): string {
  const firsts = stops.filter((first, place) => stops.findIndex(({ code }) => code === first.code) === place);
  const told = firsts.map((first) => toldOf(first, stops.filter(({ code }) => code === first.code), home, words));
  const [only, second] = told;
  if (only && !second) return cut(only.full, MESSAGE_CHARACTERS_MAX);
  const list = joined(told.map(({ short }) => short), LIST_CHARACTERS_MAX, words['alert.and'], words['alert.more']);
  return cut(fillText(words['alert.several'], { n: stops.length, list }), MESSAGE_CHARACTERS_MAX);
}

interface Told {
  readonly short: string;
  /** The whole text, where it is the only fault. */
  readonly full: string;
}

/** What is said of stops with the same code: what the first has, and what each has of its own, in a row. */
function toldOf(stop: DraftStop, stops: readonly DraftStop[], home: string, words: AlertWords): Told {
  const byKey: Readonly<Record<string, string | undefined>> = words;
  const row = (name: string, max: number): string => {
    const values = stops.map(({ parameters }) => String((parameters as Readonly<Record<string, unknown>>)[name]));
    return joined(values.map((value) => (name === 'reason' && byKey[`addr.${value}`]) || value), max, ', ', words['alert.more']);
  };
  const own = 'where' in stop.parameters ? {} : stop.parameters;
  const size = stop.code === 'tooBig' ? { size: megabytes(stop.parameters.bytes), max: megabytes(stop.parameters.max) } : {};
  const filled: TextParameters = Object.assign({}, own, size, {
    file: row('file', FILES_CHARACTERS_MAX), address: row('address', ADDRESS_CHARACTERS_MAX), masked: row('masked', ADDRESS_CHARACTERS_MAX),
    reason: row('reason', REASONS_CHARACTERS_MAX), home: cut(home || words['alert.home'], ADDRESS_CHARACTERS_MAX),
  });
  // Only the pane looks into files: what it finds emptied is empty.
  const template = byKey[`short.${stop.code}`] || words['short.emptyFile'];
  // A sentence begins with a capital, but a file keeps its name.
  const what = fillText(template.replace(/^./, (sign) => sign.toUpperCase()), filled);
  return { short: fillText(template, filled), full: fillText(byKey[`alert.${stop.code}`] || words['alert.one'], Object.assign(filled, { what })) };
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_000_000);
}

/** Texts in a row, as many as there is room for, then how many more. */
function joined(texts: readonly string[], max: number, and: string, more: string): string {
  const told = texts.filter((text, place) => texts.indexOf(text) === place);
  const all = told.length;
  while (told.length > 1 && told.join(', ').length > max) told.pop();
  if (told.length < all) return fillText(more, { list: cut(told.join(', '), max), n: all - told.length });
  const last = cut(told.pop() || '', max);
  return told.length === 0 ? last : told.join(', ') + and + last;
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

import type { TextParameters } from '../texts/fill-text.ts';
import { said, type Finding, type FindingAbout, type Said, type SaidValue } from './finding.ts';

/** How Tjek speaks in one language. */
export interface Speech {
  readonly say: (key: Said['key'], parameters?: TextParameters) => string;
  /** For Intl. */
  readonly locale: string;
}

/** The words of a text, with all that stands in it. */
export function sayText(text: Said, speech: Speech): string {
  const parameters = Object.fromEntries(Object.entries(text.parameters).map(([name, value]) => [name, sayValue(value, speech)]));
  const words = speech.say(text.key, parameters);
  return text.capital === true ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : words;
}

/** What a text is filled in with, in words. */
export function sayValue(value: SaidValue, speech: Speech): string | number {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return new Intl.NumberFormat(speech.locale).format(value);
  if ('bytes' in value) return sayBytes(value.bytes, speech.locale);
  if ('list' in value) return new Intl.ListFormat(speech.locale, { type: 'conjunction' }).format(value.list);
  return sayText(value, speech);
}

const BYTES_OF_MEGABYTE = 1_000_000;
const BYTES_OF_KILOBYTE = 1_000;

/** "1,4 MB", "12 kB"; in units of ten, as Outlook and the limits have them. */
export function sayBytes(bytes: number, locale: string): string {
  const inMegabytes = bytes >= BYTES_OF_MEGABYTE;
  const amount = bytes / (inMegabytes ? BYTES_OF_MEGABYTE : BYTES_OF_KILOBYTE);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: inMegabytes ? 1 : 0 });
  return `${number.format(inMegabytes ? amount : Math.ceil(amount))} ${inMegabytes ? 'MB' : 'kB'}`;
}

/** What a finding is about, at the beginning of a sentence: "Emnet", or the name of a file. */
export function placeName(about: FindingAbout, speech: Speech): string {
  if (about.kind === 'file') return about.name;
  return sayText({ ...said(about.kind === 'subject' ? 'where.subject' : 'where.text'), capital: true }, speech);
}

/** The find itself in few words, which tells it from others of the same place. */
export function findName({ about, quote }: Finding, speech: Speech): string {
  return quote && quote.found !== '' && about.kind !== 'file' ? quote.found : placeName(about, speech);
}

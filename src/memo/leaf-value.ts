import type { MemoVersion } from './memo.ts';
import type { LeafType } from './memo-schema.ts';

/** A leaf's value, undefined where the text can give none, and what the XSD has against it, in Danish, if anything. */
export interface LeafValue {
  readonly value: string | boolean | Date | undefined;
  readonly fault: string | null;
}

/**
 * Reads the text of a leaf element by its type in the XSD (MeMo_dataTypes.xsd). Mild: what can be understood is
 * understood, and the breach of the XSD is told beside it, without quoting the text.
 */
export function leafValue(text: string, type: Exclude<LeafType, 'content'>, version: MemoVersion): LeafValue {
  return readers[type](text, version);
}

type Reader = (text: string, version: MemoVersion) => LeafValue;

const readers: Readonly<Record<Exclude<LeafType, 'content'>, Reader>> = {
  text: (text) => bounded(text, 256),
  uri: (text) => bounded(text, 256),
  comment: (text) => bounded(text, 512),
  notification: (text, version) => bounded(text, version === '1.1' ? 150 : 160),
  licenseNumber: (text) => bounded(text, 7),
  uuid: (text) => checked(text, uuid4.test(text), 'er ikke en UUID version 4'),
  language: (text) => checked(text.trim(), /^[a-zA-Z]{1,2}$/.test(text.trim()), 'er ikke en sprogkode på to bogstaver'),
  pNumber: (text) => wholeNumber(text.trim(), 9_999_999_999),
  gln: (text) => wholeNumber(text.trim(), 9_999_999_999_999),
  messageType: (text) => oneOf(text, ['DIGITALPOST', 'NEMSMS']),
  // A free text in the XSD, in lower case with NgDP's own reference system.
  idType: (text) => oneOf(text.trim().toUpperCase(), ['CPR', 'CVR']),
  boolean: (text) => booleanValue(text.trim()),
  dateTime: (text) => dateTimeValue(text.trim()),
  date: (text) => dateValue(text.trim()),
};

const uuid4 = /^[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[ab89][a-f0-9]{3}-[a-f0-9]{12}$/i;

function checked(value: string, good: boolean, fault: string): LeafValue {
  return { value, fault: good ? null : fault };
}

/** The XSD counts characters, not UTF-16 units. */
function bounded(text: string, charactersMax: number): LeafValue {
  const good = text.length <= charactersMax || [...text].length <= charactersMax;
  return checked(text, good, `er over ${charactersMax} tegn`);
}

function wholeNumber(text: string, max: number): LeafValue {
  return checked(text, /^[+-]?\d{1,18}$/.test(text) && Number(text) <= max, `er ikke et helt tal til og med ${max}`);
}

function oneOf(text: string, values: readonly string[]): LeafValue {
  return values.includes(text) ? { value: text, fault: null } : unknown(`er ikke ${values.join(' eller ')}`);
}

function booleanValue(text: string): LeafValue {
  if (text === 'true' || text === '1') return { value: true, fault: null };
  if (text === 'false' || text === '0') return { value: false, fault: null };
  return unknown('er hverken true eller false');
}

/** A time without zone is taken as UTC; the XSD demands the Z. */
function dateTimeValue(text: string): LeafValue {
  const parts = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const value = new Date(parts?.[2] === undefined ? `${text}Z` : text);
  if (parts === null || !isCalendarDate(parts[1]) || Number.isNaN(value.getTime())) return unknown('er ikke et tidspunkt');
  return { value, fault: parts[2] === 'Z' ? null : 'er ikke i UTC med Z' };
}

function dateValue(text: string): LeafValue {
  const parts = /^(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?$/.exec(text);
  return parts !== null && isCalendarDate(parts[1]) ? { value: parts[1], fault: null } : unknown('er ikke en dato');
}

/** JavaScript's own parser turns 31 February into a day of March. */
function isCalendarDate(day: string | undefined): boolean {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 10) === day;
}

function unknown(fault: string): LeafValue {
  return { value: undefined, fault };
}

import ICAL from 'ical.js';
import { composed } from './composed.ts';
import { decodeCharset } from './decode-charset.ts';

/** BEGIN to END of one component, with what is in it. */
export interface CalendarComponent {
  /** Upper case, e.g. "VEVENT". */
  readonly name: string;
  readonly lines: readonly CalendarLine[];
  readonly components: readonly CalendarComponent[];
}

/** One content line, unfolded (RFC 5545 3.1). */
export interface CalendarLine {
  /** Upper case, e.g. "DTSTART". */
  readonly name: string;
  /** The whole line as written. */
  readonly source: string;
  /** What stands after the colon, as written. */
  readonly value: string;
}

export interface CalendarLimits {
  readonly linesMax: number;
  readonly componentsMax: number;
  readonly depthMax: number;
}

export const calendarLimits: CalendarLimits = { linesMax: 20_000, componentsMax: 2_000, depthMax: 8 };

/**
 * Takes a calendar file apart into components and lines, mending what real writers get wrong: folds within a letter,
 * raw line breaks in a text, components that are never ended.
 * @param bytes of the part, transfer encoding off
 * @param charset as the mail names it; null when it does not (RFC 5545 3.1.4: UTF-8)
 * @returns the VCALENDARs; null when there is none or a limit is passed. Never throws.
 */
export function readCalendarComponents(
  bytes: Uint8Array, charset: string | null, limits: CalendarLimits = calendarLimits,
): readonly CalendarComponent[] | null {
  const lines = contentLines(unfoldedText(Buffer.from(bytes), charset));
  if (lines.length > limits.linesMax) return null;
  const root: OpenComponent = { name: '', lines: [], components: [] };
  const open = [root];
  let count = 0;
  for (const line of lines) {
    const name = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN') {
      count += 1;
      if (count > limits.componentsMax || open.length > limits.depthMax) return null;
      const component: OpenComponent = { name, lines: [], components: [] };
      open.at(-1)?.components.push(component);
      open.push(component);
    } else if (line.name === 'END') closeComponent(open, name);
    else open.at(-1)?.lines.push(line);
  }
  const calendars = root.components.filter((component) => component.name === 'VCALENDAR');
  return calendars.length === 0 ? null : calendars;
}

/** The first line of that name; null when there is none. */
export function lineOf(component: CalendarComponent, name: string): CalendarLine | null {
  return component.lines.find((line) => line.name === name) ?? null;
}

/** A line's parameter, quotes off; null when it has none or the line is broken. */
export function parameterOf(line: CalendarLine, name: string): string | null {
  const value: unknown = propertyOf(line)?.getParameter(name.toLowerCase());
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : null;
}

/** The text of the first line of that name, escapes taken off (RFC 5545 3.3.11), NFC; "" when there is none. */
export function textOf(component: CalendarComponent, name: string): string {
  const line = lineOf(component, name);
  return line === null ? '' : composed(unescaped(line.value)).trim();
}

/** The line as ical.js reads it; null when it cannot. */
export function propertyOf(line: CalendarLine): ICAL.Property | null {
  try {
    return ICAL.Property.fromString(line.source, ICAL.design.icalendar);
  } catch {
    return null;
  }
}

interface OpenComponent extends CalendarComponent {
  readonly lines: CalendarLine[];
  readonly components: OpenComponent[];
}

/** Ends the innermost component of that name, and with it those within that were never ended; else nothing. */
function closeComponent(open: OpenComponent[], name: string): void {
  const at = open.findLastIndex((component) => component.name === name);
  if (at > 0) open.length = at;
}

/** Writers fold by bytes, also within a letter, so folds are taken out before the charset is read. */
function unfoldedText(bytes: Buffer, charset: string | null): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) return unfolded(decodeCharset(bytes, charset));
  return decodeCharset(Buffer.from(unfolded(bytes.toString('latin1')), 'latin1'), charset);
}

function unfolded(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n[ \t]/g, '');
}

const propertyStart = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:;|:)/;

/** A line that is no property was cut from the one before by a raw line break within its text. */
function contentLines(text: string): CalendarLine[] {
  const sources: string[] = [];
  for (const line of text.split('\n')) {
    const name = propertyStart.exec(line)?.[1] ?? '';
    const isProperty = name !== '' && (name === name.toUpperCase() || /^x-/i.test(name) || plainNames.has(name.toUpperCase()));
    if (isProperty) sources.push(line);
    else if (sources.length > 0 && !/^(?:BEGIN|END):/i.test(sources.at(-1) ?? '')) sources.push(`${sources.pop() ?? ''}\\n${line}`);
  }
  return sources.map((source) => {
    const start = valueStart(source);
    return { name: (propertyStart.exec(source)?.[1] ?? '').toUpperCase(), source, value: source.slice(start) };
  });
}

const plainNames = new Set([
  'BEGIN', 'END', 'METHOD', 'UID', 'SEQUENCE', 'SUMMARY', 'LOCATION', 'DESCRIPTION', 'DTSTART', 'DTEND', 'DURATION',
  'RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'ORGANIZER', 'ATTENDEE', 'STATUS', 'COMMENT', 'TZID', 'TZOFFSETFROM',
  'TZOFFSETTO',
]);

/** The first colon that no quotes hold; with an odd quote, the first colon at all. */
function valueStart(source: string): number {
  const quoted = /^(?:[^":]|"[^"]*")*:/.exec(source);
  return quoted === null ? source.indexOf(':') + 1 : quoted[0].length;
}

function unescaped(value: string): string {
  return value.replace(/\\([nN\\;,:"])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

import { danishZone } from './calendar-zones.ts';
import { namedId, type MapiProperties } from './mapi-properties.ts';

/** What a meeting in a winmail.dat says of itself, where `unpack-tnef` knows the way to it. */
export interface TnefMeetingSource {
  /** PR_MESSAGE_CLASS or attMessageClass, e.g. "IPM.Schedule.Meeting.Request". */
  readonly messageClass: string;
  readonly properties: MapiProperties;
  /** The text of a string property, "" when there is none. */
  readonly textOf: (id: number) => string;
}

/** Properties of a meeting (MS-OXOCAL 2.2.1), those with a name by their number in it. */
const ids = {
  subject: 0x0037,
  startDate: 0x0060,
  endDate: 0x0061,
  sequence: namedId(0x8201),
  location: namedId(0x8208),
  startWhole: namedId(0x820d),
  endWhole: namedId(0x820e),
  allDay: namedId(0x8215),
  recurring: namedId(0x8223),
  globalObjectId: namedId(0x0003),
};

/** What each message class asks (MS-OXOCAL 2.2.4 to 2.2.8; the second name is how TNEF writes it). */
const methods: readonly (readonly [pattern: RegExp, method: string, answer: string])[] = [
  [/Meeting\.Request|MtgReq/i, 'REQUEST', ''],
  [/Meeting\.Canceled|MtgCncl/i, 'CANCEL', ''],
  [/Meeting\.Resp\.Pos|MtgRespP/i, 'REPLY', 'ACCEPTED'],
  [/Meeting\.Resp\.Neg|MtgRespN/i, 'REPLY', 'DECLINED'],
  [/Meeting\.Resp\.Tent|MtgRespA/i, 'REPLY', 'TENTATIVE'],
];

/**
 * Writes the meeting of a winmail.dat as iCalendar, so that it is read as all others. How a series repeats is kept in a
 * form of Outlook's own and not read; the letter says that it does.
 * @returns null for what is no meeting, or does not say when it is
 */
export function tnefMeeting({ messageClass, properties, textOf }: TnefMeetingSource): Buffer | null {
  const [, method, answer = ''] = methods.find(([pattern]) => pattern.test(messageClass)) ?? [];
  const start = timeOf(properties, ids.startWhole) ?? timeOf(properties, ids.startDate);
  const end = timeOf(properties, ids.endWhole) ?? timeOf(properties, ids.endDate) ?? start;
  if (method === undefined || start === null || end === null) return null;
  const isWholeDays = isTrue(properties, ids.allDay);
  const lines = [
    'BEGIN:VCALENDAR', `METHOD:${method}`, 'BEGIN:VEVENT', `UID:${uidOf(properties)}`, `SEQUENCE:${sequenceOf(properties)}`,
    `SUMMARY:${escaped(textOf(ids.subject))}`, `LOCATION:${escaped(textOf(ids.location))}`,
    timeLine('DTSTART', start, isWholeDays), timeLine('DTEND', end, isWholeDays), `X-PARTSTAT:${answer}`,
    isTrue(properties, ids.recurring) ? 'RRULE:X-OUTLOOK' : 'X-RRULE:', 'END:VEVENT', 'END:VCALENDAR', '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

const uidBytesMax = 200;

function uidOf(properties: MapiProperties): string {
  return properties.get(ids.globalObjectId)?.value.toString('hex', 0, uidBytesMax) ?? '';
}

function sequenceOf(properties: MapiProperties): number {
  const property = properties.get(ids.sequence);
  return property?.type === 3 ? property.value.readUInt32LE(0) : 0;
}

const fileTimeEpochMs = Date.UTC(1601, 0, 1);

/** FILETIME: tenths of microseconds since 1601. */
function timeOf(properties: MapiProperties, id: number): number | null {
  const property = properties.get(id);
  if (property?.type !== 0x40) return null;
  const instantMs = Number(property.value.readBigUInt64LE(0) / 10_000n) + fileTimeEpochMs;
  return instantMs > 0 && instantMs < Date.UTC(2200, 0, 1) ? instantMs : null;
}

function isTrue(properties: MapiProperties, id: number): boolean {
  const property = properties.get(id);
  return property?.type === 0x0b && property.value[0] === 1;
}

function timeLine(name: string, instantMs: number, isDate: boolean): string {
  const wall = new Date(isDate ? danishZone.toWall(instantMs) : instantMs).toISOString().replace(/[-:]|\.\d+/g, '');
  return isDate ? `${name};VALUE=DATE:${wall.slice(0, 8)}` : `${name}:${wall}`;
}

const textCharactersMax = 1_000;

function escaped(text: string): string {
  return text.slice(0, textCharactersMax).replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

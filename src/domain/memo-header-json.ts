import { isContactPointId, normaliseContactPointId } from './contact-point.ts';
import { isCvrNumber } from './cvr-number.ts';
import { danishDay, danishMoment } from './danish-local-time.ts';
import { readIsoTime } from './zoned-time.ts';

/** The name of the file that carries what Outlook has no field for (docs/memoheader.md). */
export const MEMO_HEADER_FILE = 'MemoHeader.json';

/** The format's version; a file without one is read as this. */
const MEMO_HEADER_VERSION = 1;

/**
 * What a mail carries for the recipient's system beside its text ("Flere oplysninger"), as values. Texts are as somebody
 * wrote them and may be wrong: the checks below tell, one for each field.
 */
export interface OutboundMemoHeader {
  /** MeMo's replyByDateTime: a time (ISO 8601), or a day (YYYY-MM-DD), which means its end in Denmark. */
  readonly replyByDateTime: string | null;
  readonly caseId: string | null;
  /** The system that the case number is of; null: as the organisation's settings say. */
  readonly caseSystem: string | null;
  readonly kle: Classification | null;
  readonly form: Classification | null;
  /** A person or a department with the recipient, for companies and authorities only: MeMo's AttentionPerson/label. */
  readonly attentionPerson: string | null;
  readonly productionUnitNumber: string | null;
  readonly globalLocationNumber: string | null;
  /** As whom it is sent, where the address names the organisation alone; lower case. */
  readonly senderContactPoint: string | null;
  /** To which desk of a company or an authority, where the address names none. */
  readonly recipientContactPoints: readonly RecipientContactPoint[];
}

/** A subject of KLE or a task of FORM: its number, and what the catalogue calls it where that is known. */
export interface Classification {
  readonly key: string;
  readonly version: string | null;
  readonly label: string | null;
}

export interface RecipientContactPoint {
  readonly cvr: string;
  /** Lower case. */
  readonly contactPoint: string;
}

export const emptyMemoHeader: OutboundMemoHeader = {
  replyByDateTime: null,
  caseId: null,
  caseSystem: null,
  kle: null,
  form: null,
  attentionPerson: null,
  productionUnitNumber: null,
  globalLocationNumber: null,
  senderContactPoint: null,
  recipientContactPoints: [],
};

/**
 * What a file is. `received`: it came with a message from Digital Post (it has that message's UUID) and tells of that one,
 * not of the mail that it is attached to.
 */
export type ReadMemoHeader =
  | { readonly kind: 'outbound'; readonly header: OutboundMemoHeader }
  | { readonly kind: 'received' }
  | { readonly kind: 'unreadable' };

/** Reads the text of a MemoHeader.json. Passes over names that it does not know; never throws. */
export function readMemoHeaderJson(text: string): ReadMemoHeader {
  try {
    const file = partOf(JSON.parse(text.replace(/^\ufeff/, '')));
    if (file.get('messageUUID') !== null || file.get('transmissionId') !== null) return { kind: 'received' };
    if (!/^1(\.\d+)*$/.test(textOf(file.get('version')) ?? String(MEMO_HEADER_VERSION))) return { kind: 'unreadable' };
    return { kind: 'outbound', header: headerOf(file) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NotAsDocumented) return { kind: 'unreadable' };
    throw error;
  }
}

/** The file that carries this; null when there is nothing to carry. `readMemoHeaderJson` gives the same back. */
export function writeMemoHeaderJson(header: OutboundMemoHeader): string | null {
  const contentData = filled({
    caseId: header.caseId === null || header.caseSystem === null ? header.caseId : { caseId: header.caseId, caseSystem: header.caseSystem },
    kle: classificationAs('subjectKey', header.kle),
    form: classificationAs('taskKey', header.form),
  });
  const attention = filled({
    attentionPerson: filled({ label: header.attentionPerson }),
    productionUnit: filled({ productionUnitNumber: header.productionUnitNumber }),
    globalLocationNumber: filled({ globalLocationNumber: header.globalLocationNumber }),
  });
  const points = header.recipientContactPoints.map(({ cvr, contactPoint }) => ({ id: cvr, contactPoint }));
  const content = filled({
    replyByDateTime: header.replyByDateTime,
    contentData,
    recipient: filled({ attention }),
    sender: filled({ contactPoint: header.senderContactPoint }),
    recipients: points.length > 0 ? points : null,
  });
  return content && `${JSON.stringify({ version: MEMO_HEADER_VERSION, ...content }, null, 2)}\n`;
}

/** The moment that a deadline means; null for what is no date. A day alone lasts until its end in Denmark. */
export function deadlineMoment(text: string): Date | null {
  const [match, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text.trim()) ?? [];
  if (match === undefined) return readIsoTime(text);
  return danishMoment({ year: Number(year), month: Number(month), day: Number(day), hour: 23, minute: 59, second: 59 });
}

/** What is wrong with a deadline: it is no date, or it is not after today (Danish days). Null: nothing, or none given. */
export function deadlineFault(text: string, now: Date): 'no-date' | 'past' | null {
  if (text === '') return null;
  const moment = deadlineMoment(text);
  if (moment === null) return 'no-date';
  return danishDay(moment) > danishDay(now) ? null : 'past';
}

/** A subject of KLE is written as 32.30.04. */
export function kleFault(text: string): 'wrong-form' | null {
  return text === '' || /^[0-9]{2}\.[0-9]{2}\.[0-9]{2}$/.test(text) ? null : 'wrong-form';
}

/** A task of FORM is written as 48.45.05.05. */
export function formFault(text: string): 'wrong-form' | null {
  return text === '' || /^[0-9]{2}(\.[0-9]{2}){3}$/.test(text) ? null : 'wrong-form';
}

/** MeMo's texts have at most this many characters (memo-ngdp.md 1.4, memoTextType). */
export const MEMO_TEXT_CHARACTERS_MAX = 256;

/** A text of MeMo, as a case number and the name of a person are: one line, not too long. */
export function memoTextFault(text: string): 'too-long' | 'odd-signs' | null {
  if (/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]/u.test(text)) return 'odd-signs';
  return Array.from(text).length > MEMO_TEXT_CHARACTERS_MAX ? 'too-long' : null;
}

/** A production unit's number has 10 digits, a global location number 13. */
export function digitsFault(text: string, count: number): 'wrong-form' | null {
  return text === '' || (text.length === count && /^[0-9]+$/.test(text)) ? null : 'wrong-form';
}

const PRODUCTION_UNIT_DIGITS = 10;
const GLOBAL_LOCATION_DIGITS = 13;

/** A field of the file that may be wrong. */
export type MemoHeaderField =
  | 'replyByDateTime' | 'caseId' | 'caseSystem' | 'kle' | 'form' | 'attentionPerson' | 'productionUnitNumber'
  | 'globalLocationNumber' | 'senderContactPoint' | 'recipientContactPoint';

export interface MemoHeaderFault {
  readonly field: MemoHeaderField;
  readonly value: string;
  readonly fault: 'no-date' | 'past' | 'wrong-form' | 'too-long' | 'odd-signs' | 'twice';
}

/** Everything that is wrong, in the order of the fields. A mail is not sent with any of it. */
export function memoHeaderFaults(header: OutboundMemoHeader, now: Date): readonly MemoHeaderFault[] {
  const { kle, form } = header;
  const found: readonly (readonly [MemoHeaderField, string | null, (text: string) => MemoHeaderFault['fault'] | null])[] = [
    ['replyByDateTime', header.replyByDateTime, (text) => deadlineFault(text, now)],
    ['caseId', header.caseId, memoTextFault],
    ['caseSystem', header.caseSystem, memoTextFault],
    ['attentionPerson', header.attentionPerson, memoTextFault],
    ['productionUnitNumber', header.productionUnitNumber, (text) => digitsFault(text, PRODUCTION_UNIT_DIGITS)],
    ['globalLocationNumber', header.globalLocationNumber, (text) => digitsFault(text, GLOBAL_LOCATION_DIGITS)],
    ['kle', kle && kle.key, kleFault],
    ['kle', kle && kle.version, memoTextFault],
    ['kle', kle && kle.label, memoTextFault],
    ['form', form && form.key, formFault],
    ['form', form && form.version, memoTextFault],
    ['form', form && form.label, memoTextFault],
    ['senderContactPoint', header.senderContactPoint, (text) => (isContactPointId(text) ? null : 'wrong-form')],
  ];
  const faults = found.flatMap(([field, value, faultOf]) => {
    const fault = value === null ? null : faultOf(value);
    return value === null || fault === null ? [] : [{ field, value, fault }];
  });
  return [...faults, ...recipientPointFaults(header.recipientContactPoints)];
}

function recipientPointFaults(points: readonly RecipientContactPoint[]): readonly MemoHeaderFault[] {
  const seen = new Set<string>();
  return points.flatMap(({ cvr, contactPoint }): readonly MemoHeaderFault[] => {
    const field = 'recipientContactPoint';
    if (!isCvrNumber(cvr)) return [{ field, value: cvr, fault: 'wrong-form' }];
    if (!isContactPointId(contactPoint)) return [{ field, value: `${cvr}: ${contactPoint}`, fault: 'wrong-form' }];
    if (seen.has(cvr)) return [{ field, value: cvr, fault: 'twice' }];
    seen.add(cvr);
    return [];
  });
}

/** JSON, but not of the shape that docs/memoheader.md tells. */
class NotAsDocumented extends Error {}

/** The members of an object by their names; what is absent is null. */
interface Part {
  get(name: string): unknown;
}

function partOf(value: unknown): Part {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotAsDocumented();
  const members = new Map<string, unknown>(Object.entries(value));
  return { get: (name) => members.get(name) ?? null };
}

function optionalPartOf(value: unknown): Part {
  return partOf(value ?? {});
}

/** A text, blanks around it gone; null when there is none. */
function textOf(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw new NotAsDocumented();
  return String(value).trim() || null;
}

/** A value that is either the text itself or an object that holds it under one of these names. */
function namedTextOf(value: unknown, ...names: readonly string[]): string | null {
  if (typeof value !== 'object' || value === null) return textOf(value);
  const part = partOf(value);
  return textOf(names.map((name) => part.get(name)).find((inner) => inner !== null) ?? null);
}

function headerOf(file: Part): OutboundMemoHeader {
  const contentData = optionalPartOf(file.get('contentData'));
  const caseId = contentData.get('caseId');
  const attention = optionalPartOf(file.get('recipient')).get('attention');
  const units = typeof attention === 'object' ? optionalPartOf(attention) : partOf({});
  const senderPoint = namedTextOf(optionalPartOf(file.get('sender')).get('contactPoint'), 'id', 'contactPointID');
  return {
    replyByDateTime: textOf(file.get('replyByDateTime')),
    caseId: namedTextOf(caseId, 'caseId', 'caseID'),
    caseSystem: typeof caseId === 'object' ? textOf(optionalPartOf(caseId).get('caseSystem')) : null,
    kle: classificationOf(contentData.get('kle'), 'subjectKey'),
    form: classificationOf(contentData.get('form'), 'taskKey'),
    attentionPerson: typeof attention === 'object' ? namedTextOf(units.get('attentionPerson'), 'label') : textOf(attention),
    productionUnitNumber: namedTextOf(units.get('productionUnit'), 'productionUnitNumber'),
    globalLocationNumber: namedTextOf(units.get('globalLocationNumber'), 'globalLocationNumber'),
    senderContactPoint: senderPoint && normaliseContactPointId(senderPoint),
    recipientContactPoints: recipientPointsOf(file.get('recipients')),
  };
}

function classificationOf(value: unknown, keyName: string): Classification | null {
  const key = namedTextOf(value, keyName);
  if (key === null) return null;
  const part = typeof value === 'object' ? optionalPartOf(value) : partOf({});
  return { key, version: textOf(part.get('version')), label: textOf(part.get('label')) };
}

function recipientPointsOf(value: unknown): readonly RecipientContactPoint[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new NotAsDocumented();
  return value.flatMap((item: unknown) => {
    const one = partOf(item);
    const cvr = textOf(one.get('id'));
    const contactPoint = namedTextOf(one.get('contactPoint'), 'id', 'contactPointID');
    if (cvr === null) throw new NotAsDocumented();
    return contactPoint === null ? [] : [{ cvr, contactPoint: normaliseContactPointId(contactPoint) }];
  });
}

function classificationAs(keyName: string, value: Classification | null): unknown {
  if (value === null) return null;
  const { key, version, label } = value;
  return version === null && label === null ? key : filled({ [keyName]: key, version, label });
}

/** The object without what has no value; null when nothing is left. */
function filled(part: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | null {
  const entries = Object.entries(part).filter(([, value]) => value !== null);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

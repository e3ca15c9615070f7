import { TIME_LIMITS_MS, type CallQueue } from './call-queue.ts';
import type { OfficeAddress, OfficeRecipients } from './office-js.ts';
import { hasReadableAddress, OutlookFailure, type LostRecipient, type MailRecipient, type RecipientField } from './outlook.ts';

/** No client takes more in one call; Office.js throws at the next one. */
const RECIPIENTS_A_CALL = 100;
/** Signs of a name that Office.js takes. */
const NAME_MAX = 255;
/** What clients give of a longer field (classic until Mailbox 1.15, and others): there may be more than was read. */
const READ_AT_MOST: readonly number[] = [500, 1_000];

/** A field of the draft, as it was just read, and as it is to be. */
export interface FieldChange {
  readonly name: RecipientField;
  readonly field: OfficeRecipients;
  readonly now: readonly MailRecipient[];
  readonly wanted: readonly MailRecipient[];
}

/**
 * Makes a field what is wanted: new ones at the end are added, which leaves the others as Outlook holds them; any other
 * change writes the field anew, a hundred at a time. Where somebody is to stay whose address cannot be read, or there are
 * more than could be read, the field is only added to: written anew it would lose them. Outlook may drop what it has taken
 * (office-js 5662): whoever asks reads the item again.
 */
export async function writeRecipients(queue: CallQueue, change: FieldChange): Promise<void> {
  const { name, now, wanted } = change;
  if (now.every((one, position) => isSame(one, wanted[position]))) {
    await add(queue, change, wanted.slice(now.length));
    return;
  }
  if (!wanted.every(hasReadableAddress)) throw new OutlookFailure(`${name}.setAsync`, 'unreadable-recipients');
  if (READ_AT_MOST.includes(now.length)) throw new OutlookFailure(`${name}.setAsync`, 'too-many-to-read');
  await writeAnew(queue, change);
}

/** The first hundred take the place of all; where one after them fails, the others must not be gone with it. What comes right by that is done. */
async function writeAnew(queue: CallQueue, change: FieldChange): Promise<void> {
  const { name, field, wanted } = change;
  const first = wanted.slice(0, RECIPIENTS_A_CALL).map(asOfficeTakesIt);
  try {
    await queue.call<unknown>(`${name}.setAsync`, TIME_LIMITS_MS.write, (done) => field.setAsync(first, done));
    await add(queue, change, wanted.slice(RECIPIENTS_A_CALL));
  } catch (failure) {
    if (!(failure instanceof OutlookFailure)) throw failure;
    const lost = await putBackStaying(queue, change);
    const isDone = lost.length === 0 && (await missingOf(queue, change, wanted)).length === 0;
    if (!isDone) throw new OutlookFailure(failure.call, failure.code, lost);
  }
}

/** Puts back whoever stood in the field and is to stay; tells who is not there all the same. */
async function putBackStaying(queue: CallQueue, change: FieldChange): Promise<readonly LostRecipient[]> {
  const { name, now, wanted } = change;
  const kept = new Set(wanted.map(({ emailAddress }) => emailAddress));
  let lost: readonly MailRecipient[] = now.filter(({ emailAddress }) => kept.has(emailAddress));
  try {
    lost = await missingOf(queue, change, lost);
    if (lost.length > 0) {
      await add(queue, change, lost).catch(() => undefined);
      lost = await missingOf(queue, change, lost);
    }
  } catch {
    // Where the field cannot be read, nobody knows that they are there: they are told as lost.
  }
  return lost.map((recipient) => ({ field: name, recipient }));
}

type Field = Pick<FieldChange, 'name' | 'field'>;

/** Every hundred is tried, whatever became of the one before: half the field would be worse. Rejects with the first failure. */
async function add(queue: CallQueue, field: Field, recipients: readonly MailRecipient[]): Promise<void> {
  const failures: unknown[] = [];
  for (let at = 0; at < recipients.length; at += RECIPIENTS_A_CALL) {
    await addHundred(queue, field, recipients.slice(at, at + RECIPIENTS_A_CALL)).catch((failure: unknown) => failures.push(failure));
  }
  if (failures.length > 0) throw failures[0];
}

/** Those that Outlook did not take are tried once more, less those that are there all the same. */
async function addHundred(queue: CallQueue, place: Field, hundred: readonly MailRecipient[]): Promise<void> {
  const { name, field } = place;
  const addAll = async (some: readonly MailRecipient[]): Promise<unknown> =>
    await queue.call<unknown>(`${name}.addAsync`, TIME_LIMITS_MS.write, (done) => field.addAsync(some.map(asOfficeTakesIt), done));
  try {
    await addAll(hundred);
  } catch {
    const missing = await missingOf(queue, place, hundred);
    if (missing.length > 0) await addAll(missing);
  }
}

/** Those of these who do not stand in the field now. */
async function missingOf(queue: CallQueue, { name, field }: Field, recipients: readonly MailRecipient[]): Promise<readonly MailRecipient[]> {
  const held = await queue.call<OfficeAddress[]>(`${name}.getAsync`, TIME_LIMITS_MS.read, (done) => field.getAsync(done));
  const addresses = new Set(held.map(({ emailAddress }) => emailAddress));
  return recipients.filter(({ emailAddress }) => !addresses.has(emailAddress));
}

/** A recipient without a name has made clients fall (office-js 1003). */
export function asOfficeTakesIt({ displayName, emailAddress }: MailRecipient): OfficeAddress {
  return { displayName: (displayName.trim() === '' ? emailAddress : displayName).slice(0, NAME_MAX), emailAddress };
}

/** Whether a field holds the same people under the same names in the same order. */
export function isSameField(some: readonly MailRecipient[], others: readonly MailRecipient[]): boolean {
  return some.length === others.length && some.every((one, position) => isSame(one, others[position]));
}

function isSame(a: MailRecipient, b: MailRecipient | undefined): boolean {
  return a.emailAddress === b?.emailAddress && a.displayName === b.displayName;
}

import { TIME_LIMITS_MS, type CallQueue } from './call-queue.ts';
import type { OfficeAddress, OfficeRecipients } from './office-js.ts';
import { hasReadableAddress, OutlookFailure, type MailRecipient } from './outlook.ts';

/** No client takes more in one call; Office.js throws at the next one. */
const RECIPIENTS_A_CALL = 100;
/** Signs of a name that Office.js takes. */
const NAME_MAX = 255;
/** What clients give of a longer field (classic until Mailbox 1.15, and others): there may be more than was read. */
const READ_AT_MOST: readonly number[] = [500, 1_000];

/** A field of the draft, as it was just read, and as it is to be. */
export interface FieldChange {
  readonly name: string;
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

async function writeAnew(queue: CallQueue, { name, field, wanted }: FieldChange): Promise<void> {
  const first = wanted.slice(0, RECIPIENTS_A_CALL).map(asOfficeTakesIt);
  await queue.call<unknown>(`${name}.setAsync`, TIME_LIMITS_MS.write, (done) => field.setAsync(first, done));
  await add(queue, { name, field }, wanted.slice(RECIPIENTS_A_CALL));
}

/** A hundred that Outlook did not take are tried once more, less those that are there all the same: half the field would be worse. */
async function add(queue: CallQueue, { name, field }: Pick<FieldChange, 'name' | 'field'>, recipients: readonly MailRecipient[]): Promise<void> {
  const addAll = async (some: readonly MailRecipient[]): Promise<unknown> =>
    await queue.call<unknown>(`${name}.addAsync`, TIME_LIMITS_MS.write, (done) => field.addAsync(some.map(asOfficeTakesIt), done));
  for (let at = 0; at < recipients.length; at += RECIPIENTS_A_CALL) {
    const hundred = recipients.slice(at, at + RECIPIENTS_A_CALL);
    try {
      await addAll(hundred);
    } catch {
      const held = await queue.call<OfficeAddress[]>(`${name}.getAsync`, TIME_LIMITS_MS.read, (done) => field.getAsync(done));
      const addresses = new Set(held.map(({ emailAddress }) => emailAddress));
      const missing = hundred.filter(({ emailAddress }) => !addresses.has(emailAddress));
      if (missing.length > 0) await addAll(missing);
    }
  }
}

/** A recipient without a name has made clients fall (office-js 1003). */
function asOfficeTakesIt({ displayName, emailAddress }: MailRecipient): OfficeAddress {
  return { displayName: (displayName.trim() === '' ? emailAddress : displayName).slice(0, NAME_MAX), emailAddress };
}

function isSame(a: MailRecipient, b: MailRecipient | undefined): boolean {
  return a.emailAddress === b?.emailAddress && a.displayName === b.displayName;
}

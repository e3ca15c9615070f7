import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';
import { isOfficeDraft, type OfficeAddress, type OfficeAttachment, type OfficeDraft, type OfficeItem, type OfficeReadMail } from './office-js.ts';
import { OutlookFailure, recipientFields, type Draft, type Item, type ItemAttachment, type MailRecipient, type ReadMail, type RecipientChange, type RecipientField } from './outlook.ts';

/** Another mail may be chosen while one is read; then it is read anew, this often at most. */
const READINGS_MAX = 3;

/** The item as Outlook holds it. Rejects rather than tell the half of it, or the halves of two. */
export async function readItem(client: OfficeClient): Promise<Item> {
  const { mailbox } = client;
  for (let reading = 1; reading <= READINGS_MAX; reading += 1) {
    const before = mailbox.item;
    const item = await readOf(client, before);
    if (mailbox.item === before) return item;
  }
  throw new OutlookFailure('item', 'item-changing');
}

async function readOf(client: OfficeClient, item: OfficeItem | null | undefined): Promise<Item> {
  // None chosen, several chosen, or a shared mailbox that is hidden from the address list (outlook.md 7.14).
  if (!item || item.itemType !== 'message') return { kind: 'none' };
  if (isOfficeDraft(item)) return await readDraft(client, item);
  return isMeeting(item) ? { kind: 'none' } : readMail(item);
}

/** The draft, field by field. */
export async function readDraft(client: OfficeClient, draft: OfficeDraft): Promise<Draft> {
  const { queue } = client;
  const limit = TIME_LIMITS_MS.read;
  const [from, { to = [], cc = [], bcc = [] }, subject, attachments] = await Promise.all([
    readFrom(client, draft),
    readRecipients(client, draft, recipientFields),
    queue.call<string>('subject.getAsync', limit, (done) => draft.subject.getAsync(done)),
    readAttachments(client, draft),
  ]);
  return {
    kind: 'draft', from, to, cc, bcc, subject: subject ?? '', attachments,
    ...(!tellsAttachments(client, draft) && { attachmentsUnknown: true }),
  };
}

/** Some fields of the draft. */
export async function readRecipients({ queue }: OfficeClient, draft: OfficeDraft, fields: readonly RecipientField[]): Promise<RecipientChange> {
  const read = await Promise.all(fields.map(async (name) => {
    const held = await queue.call<OfficeAddress[]>(`${name}.getAsync`, TIME_LIMITS_MS.read, (done) => draft[name].getAsync(done));
    return [name, held.map(recipientOf)] as const;
  }));
  return Object.fromEntries(read);
}

/** Null where the client does not tell: Mailbox 1.7. */
async function readFrom({ queue, has }: OfficeClient, { from }: OfficeDraft): Promise<Draft['from']> {
  if (!from || !has('1.7')) return null;
  const told = await queue.call<OfficeAddress | null>('from.getAsync', TIME_LIMITS_MS.read, (done) => from.getAsync(done));
  return told?.emailAddress ? { address: told.emailAddress, name: told.displayName } : null;
}

/** Before Mailbox 1.8 no client tells what is attached to a draft. */
function tellsAttachments({ has }: OfficeClient, { getAttachmentsAsync }: OfficeDraft): boolean {
  return getAttachmentsAsync !== undefined && has('1.8');
}

/** What is attached; empty where the client does not tell. */
export async function readAttachments(client: OfficeClient, draft: OfficeDraft): Promise<readonly ItemAttachment[]> {
  if (!tellsAttachments(client, draft)) return [];
  const { queue } = client;
  const list = await queue.call<OfficeAttachment[]>('getAttachmentsAsync', TIME_LIMITS_MS.read, (done) => draft.getAttachmentsAsync?.(done));
  return list.map(attachmentOf);
}

function readMail(mail: OfficeReadMail): ReadMail {
  return {
    kind: 'read',
    from: { address: mail.from?.emailAddress ?? '', name: mail.from?.displayName ?? '' },
    to: mail.to.map(recipientOf),
    cc: mail.cc.map(recipientOf),
    subject: mail.subject ?? '',
    sentAt: mail.dateTimeCreated ?? null,
    attachments: mail.attachments.map(attachmentOf),
    messageId: mail.internetMessageId || null,
  };
}

function isMeeting({ itemClass }: OfficeReadMail): boolean {
  return itemClass !== undefined && /^IPM\.(Schedule|Appointment)\b/i.test(itemClass);
}

/** Outlook gives some people without an address, or with one of Exchange's own (office-js 3701, 4242). */
function recipientOf({ displayName, emailAddress }: OfficeAddress): MailRecipient {
  return { displayName: displayName ?? '', emailAddress: emailAddress ?? '' };
}

function attachmentOf({ id, name, size, isInline, attachmentType }: OfficeAttachment): ItemAttachment {
  const kind = attachmentType === 'cloud' ? 'link' : attachmentType === 'item' ? 'item' : 'file';
  return { id, name: name ?? '', bytes: size ?? 0, isInline: isInline ?? false, kind };
}

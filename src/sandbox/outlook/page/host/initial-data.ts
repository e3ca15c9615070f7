import type { ReadableMail } from '../model/open-mail.ts';
import type { Recipient } from '../model/recipient.ts';
import type { HostItem } from './host-method.ts';
import { mailFileForAddIn } from './read-methods.ts';

/** Who sits before Outlook. */
export interface OutlookUser {
  readonly name: string;
  readonly address: string;
}

/** As office.js numbers them; the last is its `ItemLess`. */
const ITEM_TYPE = { read: 1, draft: 4, none: 6 } as const;
/** As office.js counts a manifest's Permissions. */
const PERMISSION_LEVELS: Readonly<Record<string, number>> = { Restricted: 0, ReadItem: 1, ReadWriteMailbox: 2, ReadWriteItem: 3 };
const HOST_VERSION = '15.20.9999.0';

/** What office.js is told of mailbox and item when it starts, and when a pinned pane gets another item. Who sits there is told without an item too. */
export function initialData(item: HostItem, user: OutlookUser, permissions: string): Readonly<Record<string, unknown>> {
  return {
    hostVersion: HOST_VERSION, userDisplayName: user.name, userEmailAddress: user.address, userTimeZone: 'Romance Standard Time',
    userProfileType: 'office365', permissionLevel: PERMISSION_LEVELS[permissions] ?? 0, owaView: 'ThreeColumns', isRestIdSupported: true,
    timeZoneOffsets: null, isFromSharedFolder: false, extensionId: 'postbro',
    itemType: ITEM_TYPE[item.kind],
    ...(item.kind === 'read' && readData(item.mail.mail)),
  };
}

function readData(mail: ReadableMail): Readonly<Record<string, unknown>> {
  const at = new Date(mail.at).getTime();
  return {
    id: `${mail.folder}-${mail.id}`, itemClass: 'IPM.Note', conversationId: mail.messageId, internetMessageId: mail.messageId,
    subject: mail.subject, normalizedSubject: mail.subject.replace(/^((sv|vs|re|fw|fwd)\s*:\s*)+/i, ''),
    from: addressOf(mail.from), sender: addressOf(mail.from), to: mail.to.map(addressOf), cc: mail.cc.map(addressOf), bcc: mail.bcc.map(addressOf),
    dateTimeCreated: at, dateTimeModified: at, attachments: mail.files.map(mailFileForAddIn),
  };
}

function addressOf({ displayName, emailAddress }: Recipient): Readonly<Record<string, unknown>> {
  return { name: displayName, address: emailAddress, recipientType: 0, appointmentResponse: 0 };
}

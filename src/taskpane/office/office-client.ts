import { openCallQueue, type CallQueue } from './call-queue.ts';
import type { OfficeJs, OfficeMailbox } from './office-js.ts';
import type { ClientFacts } from './outlook.ts';

/** Office.js as it is here, and the one way to call it. */
export interface OfficeClient {
  readonly office: OfficeJs;
  readonly mailbox: OfficeMailbox;
  readonly queue: CallQueue;
  /** Whether the client has this requirement set of Mailbox, e.g. "1.8": asked before everything that is newer than 1.5. */
  has(set: string): boolean;
}

export function officeClient(office: OfficeJs, mailbox: OfficeMailbox): OfficeClient {
  return {
    office, mailbox,
    queue: openCallQueue(office.AsyncResultStatus.Succeeded),
    has: (set) => office.context.requirements.isSetSupported('Mailbox', set),
  };
}

/** Sets that are asked about, newest first; none beyond is of use to us. */
const NEWEST_SET = 30;

/** Who and what is on the other side. New Outlook calls itself "OfficeOnline" by platform; its host name tells it apart. */
export function clientFacts({ office: { context }, mailbox, has }: OfficeClient): ClientFacts {
  const sets = Array.from({ length: NEWEST_SET }, (_, n) => `1.${String(NEWEST_SET - n)}`);
  return {
    name: mailbox.diagnostics.hostName,
    version: mailbox.diagnostics.hostVersion,
    platform: String(context.platform ?? ''),
    language: context.displayLanguage,
    mailboxSet: sets.find(has) ?? '1.0',
    checksOnSend: has('1.12'),
    userAddress: mailbox.userProfile.emailAddress ?? '',
    userName: mailbox.userProfile.displayName ?? '',
  };
}

import { isAmongColleagues, massCountOf, type CheckedDraft } from '../domain/draft-check.ts';
import type { CheckedFile } from '../domain/draft-files.ts';
import { guessedOwnMail, sortDraftRecipients, type CheckedRecipient, type OwnMail } from '../domain/draft-recipients.ts';
import { isMassSendListName } from '../domain/memo-header-file.ts';
import { htmlText } from './html-text.ts';
import { listText } from './list-text.ts';

/** What is known of the draft; it grows while it is read, and may be judged at any time. */
export type KnownDraft = { -readonly [Part in keyof CheckedDraft]: CheckedDraft[Part] } & { ownMail: OwnMail };

/** A longer list is left to the gateway: reading it here would take too long. 80,000 lines are 1 MB. */
const LIST_BYTES_MAX = 1_000_000;

/**
 * Reads of the item what is needed to judge it, three calls at a time (Outlook on the web takes no more): the recipients;
 * of a mail that is not among colleagues its subject and list of files; the body where somebody is outside, and the list
 * of a mass send. It writes nothing. A call that fails leaves its part unknown.
 */
export function readDraft(item: Office.MessageCompose, known: KnownDraft): Promise<unknown> {
  return Promise.all((['to', 'cc', 'bcc'] as const).map((field) =>
    asked<readonly Office.EmailAddressDetails[]>((done) => item[field].getAsync(done), (details) => {
      known[field] = details.map(recipientOf);
    }),
  )).then(() => (isAmongColleagues(sortDraftRecipients(known, known.ownMail)) ? null : readRest(item, known)));
}

function readRest(item: Office.MessageCompose, known: KnownDraft): Promise<unknown> {
  let listId = '';
  return Promise.all([
    asked<string>((done) => item.subject.getAsync(done), (subject) => {
      known.subject = subject;
    }),
    asked<readonly Office.AttachmentDetailsCompose[]>((done) => item.getAttachmentsAsync(done), (files) => {
      known.attachments = files.map(fileOf);
      const [list] = files.filter(({ name, size }) => isMassSendListName(name) && size <= LIST_BYTES_MAX);
      if (list) listId = list.id;
    }),
    known.ownMail.guessed && asked<Office.EmailAddressDetails>((done) => item.from.getAsync(done), ({ emailAddress }) => {
      known.ownMail = guessedOwnMail([emailAddress, ...known.ownMail.domains.map((domain) => `@${domain}`)]);
    }),
  ]).then(() => {
    const recipients = sortDraftRecipients(known, known.ownMail);
    return Promise.all([
      recipients.outsiders.length > 0 && asked<string>((done) => item.body.getAsync('html' as Office.CoercionType.Html, done), (html) => {
        known.bodyText = htmlText(html);
      }),
      massCountOf(recipients) !== null && listId !== '' && asked<Office.AttachmentContent>((done) => item.getAttachmentContentAsync(listId, done), ({ content }) => {
        known.massListText = listText(content);
      }),
    ]);
  });
}

/** Asks Office.js, and takes what it answers; nothing where the call fails, throws, is missing in this client, or answers nonsense. */
function asked<Value>(call: (done: (result: Office.AsyncResult<Value>) => void) => void, take: (value: Value) => void): Promise<void> {
  return new Promise<Office.AsyncResult<Value>>((resolve) => call(resolve)).then(({ status, value }) => {
    if (String(status) === 'succeeded') take(value);
  }).catch(() => undefined);
}

function recipientOf({ displayName, emailAddress }: Office.EmailAddressDetails): CheckedRecipient {
  return { displayName: displayName || '', emailAddress: emailAddress || '' };
}

function fileOf({ name, size, isInline, attachmentType }: Office.AttachmentDetailsCompose): CheckedFile {
  const kind = String(attachmentType);
  return { name: name || '', bytes: size, isInline: isInline === true, kind: kind === 'cloud' ? 'link' : kind === 'item' ? 'item' : 'file' };
}

import { Draft } from './draft.ts';
import { htmlOfText, safeHtml } from './mail-html.ts';
import type { MailFile } from '../../readable-mail.ts';
import type { ReadableMail } from './open-mail.ts';
import { shownRecipient, type Recipient } from './recipient.ts';

const TIME = new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeStyle: 'short' });

/** Fetches a file of a mail. */
export type FetchFile = (file: MailFile) => Promise<Blob>;

/** "Besvar": to whom the mail says, with its text below. */
export async function replyTo(mail: ReadableMail, from: Recipient, fetchFile: FetchFile): Promise<Draft> {
  const draft = new Draft(from, { composeType: 'reply', inReplyTo: mail.messageId, references: mail.references });
  draft.setRecipients({ to: mail.replyTo.length > 0 ? mail.replyTo : [mail.from] });
  draft.setSubject(`SV: ${bareSubject(mail)}`);
  draft.setBody(quoted(mail));
  await addFiles(draft, mail.files.filter(({ isInline }) => isInline), fetchFile);
  return draft;
}

/** "Videresend": the mail with its files, to nobody yet. */
export async function forwardOf(mail: ReadableMail, from: Recipient, fetchFile: FetchFile): Promise<Draft> {
  const draft = new Draft(from, { composeType: 'forward', inReplyTo: mail.messageId, references: mail.references });
  draft.setSubject(`VS: ${bareSubject(mail)}`);
  draft.setBody(quoted(mail));
  await addFiles(draft, mail.files, fetchFile);
  return draft;
}

async function addFiles(draft: Draft, files: readonly MailFile[], fetchFile: FetchFile): Promise<void> {
  for (const file of files) {
    draft.addFile({
      id: `file${crypto.randomUUID().replaceAll('-', '')}`, name: file.name, type: file.type, isInline: file.isInline,
      contentId: file.isInline ? file.contentId : null, content: await fetchFile(file),
    });
  }
}

function bareSubject({ subject }: ReadableMail): string {
  return subject.replace(/^((sv|vs|re|fw|fwd)\s*:\s*)+/i, '');
}

function quoted(mail: ReadableMail): string {
  const lines: readonly (readonly [string, string])[] = [
    ['Fra', shownRecipient(mail.from)], ['Sendt', TIME.format(new Date(mail.at))], ['Til', mail.to.map(shownRecipient).join('; ')], ['Emne', mail.subject],
  ];
  const head = document.createElement('p');
  for (const [name, value] of lines) {
    const strong = document.createElement('b');
    strong.textContent = `${name}: `;
    head.append(strong, value, document.createElement('br'));
  }
  const body = mail.html === null ? htmlOfText(mail.text) : safeHtml(mail.html);
  return `<p><br></p><hr>${head.outerHTML}${body}`;
}

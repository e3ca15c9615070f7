import PostalMime, { type Email } from 'postal-mime';
import type { RunningSandbox } from './running-sandbox.ts';

/** A recipient as the machine copy of a receipt names them. */
export interface ReceiptLine {
  readonly position: number;
  readonly recipient: string;
  readonly channel: string;
  readonly outcome: 'delivered' | 'failed' | 'stopped' | 'pending';
  readonly status: string;
  readonly messageUUID: string | null;
  readonly errorCode: string | null;
}

/** NgDPKvittering.json. */
export interface MachineCopy {
  readonly messageId: string | null;
  readonly from: string;
  readonly subject: string;
  readonly letterSha256: string | null;
  readonly counts: Readonly<Record<'delivered' | 'failed' | 'stopped' | 'pending' | 'all', number>>;
  readonly recipients: readonly ReceiptLine[];
}

/** A mail from the gateway, read by a parser that is not ours. */
export interface NoticeRead {
  readonly mail: Email;
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo: string | null;
  /** The machine copy; null when it is no receipt. */
  readonly copy: MachineCopy | null;
}

const read = new Map<string, NoticeRead>();

/** All mails from the gateway in a mailbox, the oldest first. Each is fetched once, for mails do not change. */
export async function noticesIn(sandbox: RunningSandbox, mailbox: string): Promise<readonly NoticeRead[]> {
  const notices: NoticeRead[] = [];
  for (const { id, from } of await sandbox.mailbox(mailbox)) {
    if (!from.includes('noreply@')) continue;
    const key = `${sandbox.dataDir} ${mailbox} ${id}`;
    const notice = read.get(key) ?? (await readNotice(await sandbox.mail(mailbox, id)));
    read.set(key, notice);
    notices.push(notice);
  }
  return notices;
}

/** Those of them that tell of the mail with this Message-ID. */
export async function noticesOf(sandbox: RunningSandbox, mailbox: string, messageId: string): Promise<readonly NoticeRead[]> {
  return (await noticesIn(sandbox, mailbox)).filter(({ inReplyTo }) => inReplyTo === messageId);
}

export async function readNotice(raw: Buffer): Promise<NoticeRead> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' });
  const json = attachmentOf(mail, 'NgDPKvittering.json');
  return {
    mail,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    inReplyTo: mail.inReplyTo ?? null,
    copy: json && (JSON.parse(json.toString('utf8')) as MachineCopy),
  };
}

/** The bytes of an attachment; null when there is none of that name. */
export function attachmentOf(mail: Email, filename: string): Buffer | null {
  const content = mail.attachments.find((attachment) => attachment.filename === filename)?.content;
  if (content === undefined) return null;
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content as ArrayBuffer));
}

import type { MailForReading } from '../../readable-mail.ts';
import type { Draft } from '../model/draft.ts';
import { textOfHtml } from '../model/mail-html.ts';
import type { ReadableMail } from '../model/open-mail.ts';
import type { Recipient } from '../model/recipient.ts';
import type { NamedAddress } from '../outlook-facts.ts';

/** A mail or draft in a folder. */
export interface FolderRow {
  readonly id: string;
  /** Absent for a draft. */
  readonly from?: string;
  readonly to: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  /** Received, and not opened yet. */
  readonly unread?: boolean;
}

export interface Folders {
  readonly inbox: readonly FolderRow[];
  readonly sent: readonly FolderRow[];
  readonly drafts: readonly FolderRow[];
}

export type FolderName = keyof Folders;

/** What became of a mail that was sent. */
export interface SentResult {
  readonly messageId: string;
  readonly taken: number;
  readonly refused: number;
}

/** The sandbox did not do what the page asked; the message is for whoever sits before it. */
export class ServerFailure extends Error {}

const API = '/sandbox/outlook';

/** One mailbox on the sandbox's server. */
export class MailboxServer {
  readonly #base: string;

  constructor(address: string) {
    this.#base = `${API}/mailboxes/${encodeURIComponent(address)}`;
  }

  async folders(): Promise<Folders> {
    return (await ask('GET', this.#base)) as Folders;
  }

  async writtenTo(): Promise<readonly NamedAddress[]> {
    return (await ask('GET', `${this.#base}/written-to`)) as readonly NamedAddress[];
  }

  async mail(folder: 'inbox' | 'sent', row: FolderRow): Promise<ReadableMail> {
    const url = `${this.#base}/mails/${folder}/${row.id}`;
    return { ...((await ask('GET', url)) as MailForReading), id: row.id, folder, at: row.receivedAt, url };
  }

  async draft(id: string): Promise<unknown> {
    return await ask('GET', `${this.#base}/drafts/${id}`);
  }

  async keepDraft(id: string, draft: { readonly recipients: string; readonly subject: string; readonly content: unknown }): Promise<void> {
    await ask('PUT', `${this.#base}/drafts/${id}`, draft);
  }

  async forgetDraft(id: string): Promise<void> {
    await ask('DELETE', `${this.#base}/drafts/${id}`);
  }
}

export async function saveRoaming(user: string, settings: unknown): Promise<void> {
  await ask('PUT', `${API}/roaming/${encodeURIComponent(user)}`, settings);
}

/** Notes what an exercise asks for; see pages/exercises.ts. */
export async function noteMended(): Promise<void> {
  await ask('POST', `${API}/deeds/mended-after-alert`);
}

/** Sends a draft as it stands: over the gateway's SMTP door, and under Sendt post. */
export async function sendDraft(draft: Draft): Promise<SentResult> {
  const form = new FormData();
  const files = draft.files;
  form.set('mail', JSON.stringify({
    from: draft.from, to: draft.recipients('to').map(addressOf), cc: draft.recipients('cc').map(addressOf), bcc: draft.recipients('bcc').map(addressOf),
    subject: draft.subject, html: draft.bodyHtml, text: textOfHtml(draft.bodyHtml), headers: Object.fromEntries(draft.headers),
    inReplyTo: draft.origin.inReplyTo, references: draft.origin.references,
    files: files.map(({ name, type, contentId }) => ({ name, type, contentId })),
  }));
  for (const { name, content } of files) form.append('files', content, name);
  return (await answered(await fetch(`${API}/send`, { method: 'POST', body: form }))) as SentResult;
}

function addressOf({ displayName, emailAddress }: Recipient): Recipient {
  return { displayName, emailAddress };
}

async function ask(method: string, url: string, body?: unknown): Promise<unknown> {
  const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return await answered(await fetch(url, { method, ...json }));
}

async function answered(answer: Response): Promise<unknown> {
  if (answer.status === 204) return null;
  const body = (await answer.json().catch(() => null)) as { readonly message?: string } | null;
  if (!answer.ok) throw new ServerFailure(body?.message ?? 'Øvelsens server svarer ikke.');
  return body;
}

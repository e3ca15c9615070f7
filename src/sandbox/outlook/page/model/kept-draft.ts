import { Draft, newMail, type DraftOrigin } from './draft.ts';
import { base64Of, blobOfBase64 } from './file-content.ts';
import type { Recipient } from './recipient.ts';

/** A draft as it is kept on the server. */
interface DraftContent {
  readonly from: Recipient;
  readonly to: readonly Recipient[];
  readonly cc: readonly Recipient[];
  readonly bcc: readonly Recipient[];
  readonly subject: string;
  readonly bodyHtml: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly customProperties: Readonly<Record<string, unknown>>;
  readonly origin: DraftOrigin;
  readonly files: readonly { readonly name: string; readonly type: string; readonly isInline: boolean; readonly contentId: string | null; readonly base64: string }[];
}

/** All of a draft that lasts: session data is of the session. */
export async function contentOfDraft(draft: Draft): Promise<DraftContent> {
  return {
    from: draft.from, to: draft.recipients('to'), cc: draft.recipients('cc'), bcc: draft.recipients('bcc'), subject: draft.subject,
    bodyHtml: draft.bodyHtml, headers: Object.fromEntries(draft.headers), customProperties: draft.customProperties, origin: draft.origin,
    files: await Promise.all(draft.files.map(async ({ name, type, isInline, contentId, content }) => ({ name, type, isInline, contentId, base64: await base64Of(content) }))),
  };
}

/** The draft again, with its files under new ids, as in Outlook. */
export function draftOfContent(id: string, kept: unknown): Draft {
  const content = kept as DraftContent;
  const draft = new Draft(content.from, content.origin ?? newMail);
  draft.savedId = id;
  draft.setRecipients({ to: content.to, cc: content.cc, bcc: content.bcc });
  draft.setSubject(content.subject);
  draft.setBody(content.bodyHtml);
  draft.setHeaders(content.headers);
  draft.customProperties = content.customProperties;
  for (const { name, type, isInline, contentId, base64 } of content.files) {
    const bytes = blobOfBase64(base64, type) ?? new Blob([]);
    draft.addFile({ id: `file${crypto.randomUUID().replaceAll('-', '')}`, name, type, isInline, contentId, content: bytes });
  }
  return draft;
}

import type { LoggedCall } from './host/call-log.ts';
import type { ClientSettings } from './host/client-settings.ts';
import { attach } from './host/file-methods.ts';
import type { Draft } from './model/draft.ts';
import { blobOfBase64 } from './model/file-content.ts';
import { safeHtml } from './model/mail-html.ts';
import { recipientFields, recipientsTyped, type Recipient, type RecipientField } from './model/recipient.ts';
import type { OutlookApp } from './outlook-app.ts';

/** The open draft as Outlook holds it. */
export interface ScriptItem extends Readonly<Record<RecipientField, readonly Recipient[]>> {
  readonly from: Recipient;
  readonly subject: string;
  readonly bodyHtml: string;
  readonly attachments: readonly ScriptFile[];
  readonly headers: Readonly<Record<string, string>>;
}

export interface ScriptFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly isInline: boolean;
}

/** What a script may change; what is left out stays. Recipients: addresses, "Name <address>", or as in `item()`. */
export interface ScriptChange extends Partial<Readonly<Record<RecipientField, readonly (string | Partial<Recipient>)[]>>> {
  readonly from?: string | Partial<Recipient>;
  readonly subject?: string;
  readonly bodyHtml?: string;
  /** All files from now on: those with an `id` stay, the others are added, with their content as base64 or as text. */
  readonly attachments?: readonly ({ readonly id: string } | { readonly name: string; readonly base64?: string; readonly text?: string; readonly isInline?: boolean; readonly contentId?: string })[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** `window.sandboxOutlook`: Outlook for scripts (docs/oevelse.md). */
export interface SandboxOutlook {
  /** Null where no mail is being written. */
  item(): ScriptItem | null;
  /** Changes the draft as a hand outside the pane would; opens a new mail where none is open. */
  set(change: ScriptChange): ScriptItem;
  /** Presses Send: what the add-in completed with, once the mail is handed over where it allows that; null where no Smart Alert ran. */
  send(): Promise<Readonly<Record<string, unknown>> | null>;
  calls(): readonly LoggedCall[];
  client(settings: Partial<ClientSettings>): ClientSettings;
}

export function scriptDoor(app: OutlookApp): SandboxOutlook {
  const item = (): ScriptItem | null => (app.draft === null ? null : itemOf(app.draft));
  return {
    item,
    set: (change) => {
      const draft = app.draft ?? app.newMail();
      apply(change, draft, app);
      return itemOf(draft);
    },
    send: async () => (await app.send()).completed,
    calls: () => structuredClone(app.log.calls),
    client: (settings) => {
      app.changeClient(settings);
      return app.client;
    },
  };
}

function itemOf(draft: Draft): ScriptItem {
  const plain = ({ displayName, emailAddress }: Recipient): Recipient => ({ displayName, emailAddress });
  return {
    from: plain(draft.from), to: draft.recipients('to').map(plain), cc: draft.recipients('cc').map(plain), bcc: draft.recipients('bcc').map(plain),
    subject: draft.subject, bodyHtml: draft.bodyHtml,
    attachments: draft.files.map(({ id, name, content, isInline }) => ({ id, name, size: content.size, isInline })),
    headers: Object.fromEntries(draft.headers),
  };
}

function apply(change: ScriptChange, draft: Draft, app: OutlookApp): void {
  if (change.from !== undefined) draft.setFrom(app.sender(typeof change.from === 'string' ? change.from : change.from.emailAddress ?? ''));
  draft.setRecipients(Object.fromEntries(recipientFields.flatMap((field) => {
    const list = change[field];
    return list === undefined ? [] : [[field, list.flatMap(recipientsOf)]];
  })));
  if (change.subject !== undefined) draft.setSubject(change.subject);
  if (change.bodyHtml !== undefined) draft.setBody(safeHtml(change.bodyHtml));
  if (change.headers !== undefined) draft.setHeaders(change.headers);
  if (change.attachments !== undefined) setFiles(draft, change.attachments);
}

function recipientsOf(one: string | Partial<Recipient>): readonly Recipient[] {
  if (typeof one === 'string') return recipientsTyped(one);
  const emailAddress = one.emailAddress ?? '';
  return [{ emailAddress, displayName: one.displayName ?? emailAddress }];
}

function setFiles(draft: Draft, wanted: NonNullable<ScriptChange['attachments']>): void {
  const kept = new Set(wanted.flatMap((one) => ('id' in one ? [one.id] : [])));
  for (const { id } of draft.files) if (!kept.has(id)) draft.removeFile(id);
  for (const one of wanted) {
    if ('id' in one) continue;
    const content = one.base64 === undefined ? new Blob([one.text ?? '']) : blobOfBase64(one.base64, '');
    if (!content) throw new Error(`${one.name}: base64 kan ikke læses.`);
    const isInline = one.isInline === true;
    attach(draft, { name: one.name, type: '', content, isInline, contentId: one.contentId ?? (isInline ? one.name : null) });
  }
}

import type { LoggedCall } from './host/call-log.ts';
import type { ClientSettings } from './host/client-settings.ts';
import { attach } from './host/file-methods.ts';
import { readClientSettings } from './host/read-client-settings.ts';
import type { Draft } from './model/draft.ts';
import type { Recipient, RecipientField } from './model/recipient.ts';
import type { OutlookApp } from './outlook-app.ts';
import { readChange, type ReadChange, type ScriptChange } from './script-change.ts';

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

/** `window.sandboxOutlook`: Outlook for scripts (docs/oevelse.md). */
export interface SandboxOutlook {
  /** Null where no mail is being written. */
  item(): ScriptItem | null;
  /** Changes the draft as a hand outside the pane would; opens a new mail where none is open. Throws an Error that names what is wrong; then nothing is changed. */
  set(change: ScriptChange): ScriptItem;
  /** Presses Send: what the add-in completed with, once the mail is handed over where it allows that; null where no Smart Alert ran. */
  send(): Promise<Readonly<Record<string, unknown>> | null>;
  calls(): readonly LoggedCall[];
  /** Without settings: changes nothing. Throws an Error that names a setting which is unknown or wrong. */
  client(settings?: Partial<ClientSettings>): ClientSettings;
}

export function scriptDoor(app: OutlookApp): SandboxOutlook {
  const item = (): ScriptItem | null => (app.draft === null ? null : itemOf(app.draft));
  return {
    item,
    set: (change) => {
      const read = readChange(change, app.draft);
      const draft = app.draft ?? app.newMail();
      apply(read, draft, app);
      return itemOf(draft);
    },
    send: async () => (await app.send()).completed,
    calls: () => structuredClone(app.log.calls),
    client: (settings) => {
      app.changeClient(readClientSettings(settings ?? {}));
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

function apply({ from, recipients, subject, bodyHtml, files, headers }: ReadChange, draft: Draft, app: OutlookApp): void {
  if (from !== null) draft.setFrom(app.sender(from.emailAddress));
  draft.setRecipients(recipients);
  if (subject !== null) draft.setSubject(subject);
  if (bodyHtml !== null) draft.setBody(bodyHtml);
  if (headers !== null) {
    draft.removeHeaders([...draft.headers.keys()]);
    draft.setHeaders(headers);
  }
  if (files === null) return;
  for (const { id } of draft.files) if (!files.keptIds.includes(id)) draft.removeFile(id);
  for (const file of files.added) attach(draft, file);
}

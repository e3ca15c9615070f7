import type { DraftChange } from '../model/draft.ts';
import { recipientFields } from '../model/recipient.ts';
import type { AddinFrame } from './addin-frame.ts';
import type { ClientSettings } from './client-settings.ts';
import { fileForAddIn } from './file-methods.ts';
import type { LaunchEvents } from './launch-events.ts';

export interface DraftListeners {
  readonly pane: AddinFrame | null;
  readonly events: LaunchEvents | null;
  readonly client: ClientSettings;
}

/** Tells the add-in of a change of the draft, whoever made it, in the events of office.js. */
export function raiseDraftChange(change: DraftChange, { pane, events, client }: DraftListeners): void {
  if (change.kind === 'recipients') {
    const changedRecipientFields = Object.fromEntries(recipientFields.map((field) => [field, change.fields.includes(field)]));
    if (client.recipientsChanged) pane?.raise('olkRecipientsChanged', [JSON.stringify(changedRecipientFields)]);
    events?.changed('recipients', { changedRecipientFields });
  }
  if (change.kind === 'attachments') {
    const detail = { attachmentStatus: change.status, attachmentDetails: fileForAddIn(change.file) };
    if (client.attachmentsChanged) pane?.raise('olkAttachmentsChanged', [JSON.stringify(detail)]);
    events?.changed('attachments', detail);
  }
  if (change.kind === 'from') events?.changed('from');
}

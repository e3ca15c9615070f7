import { wishOf, wishTold } from './alert-wish.ts';
import { TIME_LIMITS_MS } from './call-queue.ts';
import { readDraftState, writeDraftState } from './draft-state.ts';
import { bodyHtmlOf, writeBodyHtml } from './item-body.ts';
import { addFile, contentOf, removeFile } from './item-files.ts';
import { clearHeaders, readHeaders, writeHeaders } from './mail-headers.ts';
import { writeMailboxState } from './mailbox-state.ts';
import { clientFacts, type OfficeClient } from './office-client.ts';
import { isOfficeDraft, type OfficeColours, type OfficeDraft, type OfficeItem } from './office-js.ts';
import { openDialog } from './open-dialog.ts';
import { hearChanges } from './outlook-changes.ts';
import { coloursTold, themeOf, type Prefers } from './outlook-theme.ts';
import { OutlookFailure, recipientFields, type Draft, type Outlook, type OutlookChange, type RecipientChange } from './outlook.ts';
import { readDraft, readItem, readRecipients } from './read-item.ts';
import { asOfficeTakesIt, isSameField, writeRecipients } from './write-recipients.ts';

/** What is asked of the browser. */
export interface Page {
  readonly prefers: Prefers;
  openWindow(url: string): void;
}

const SUBJECT_MAX = 255;
const NEW_MAIL_RECIPIENTS_MAX = 100;

/** The port over Office.js, once it is ready. */
export function outlookOver(client: OfficeClient, page: Page): Outlook {
  const { has } = client;
  return {
    client: clientFacts(client),
    can: { headers: has('1.8'), files: has('1.8'), draftState: has('1.11') },
    ...fieldCalls(client),
    ...fileCalls(client),
    ...keptCalls(client),
    ...windowCalls(client, page),
    ...changeCalls(client, page),
  };
}

function fieldCalls(client: OfficeClient): Pick<Outlook, 'item' | 'bodyHtml' | 'setBodyHtml' | 'changeRecipients' | 'setSubject'> {
  const { queue } = client;
  return {
    item: async () => await queue.inLine('fields', async () => await readItem(client)),
    bodyHtml: async () => await bodyHtmlOf(client, itemOf(client, 'bodyHtml')),
    setBodyHtml: async (html) => await queue.inLine('fields', async () => await writeBodyHtml(client, draftOf(client, 'setBodyHtml'), html)),
    changeRecipients: async (change) => await queue.inLine('fields', async () => await changeRecipients(client, change)),
    setSubject: async (subject) => {
      const { subject: field } = draftOf(client, 'setSubject');
      await queue.inLine('fields', async () =>
        await queue.call<unknown>('subject.setAsync', TIME_LIMITS_MS.write, (done) => field.setAsync(subject.slice(0, SUBJECT_MAX), done)));
    },
  };
}

/** A change is worked out anew where the fields were changed meanwhile, this often at most. */
const CHANGES_MAX = 3;

/**
 * Reading a draft takes several calls, and somebody may take a recipient out meanwhile, who must not be written back: the
 * fields to be written are read once more just before. Office.js has no call that does both.
 */
async function changeRecipients(client: OfficeClient, change: (draft: Draft) => RecipientChange): Promise<Draft> {
  const draft = draftOf(client, 'changeRecipients');
  let now = await readDraft(client, draft);
  let wanted = change(now);
  for (let n = 1; n < CHANGES_MAX; n += 1) {
    const fields = await readRecipients(client, draft, recipientFields.filter((name) => wanted[name]));
    if (recipientFields.every((name) => fields[name] === undefined || isSameField(fields[name], now[name]))) break;
    now = { ...now, ...fields };
    wanted = change(now);
  }
  for (const name of recipientFields) {
    const list = wanted[name];
    if (list) await writeRecipients(client.queue, { name, field: draft[name], now: now[name], wanted: list });
  }
  return await readDraft(client, draft);
}

function fileCalls(client: OfficeClient): Pick<Outlook, 'fileContent' | 'addFile' | 'removeFile'> {
  const { queue } = client;
  return {
    fileContent: async (id) => await queue.inLine('files', async () => await contentOf(client, itemOf(client, 'fileContent'), id)),
    addFile: async (file) => await queue.inLine('files', async () => await addFile(client, draftOf(client, 'addFile'), file)),
    removeFile: async (id) => await queue.inLine('files', async () => await removeFile(client, draftOf(client, 'removeFile'), id)),
  };
}

type KeptCalls = 'headers' | 'setHeaders' | 'removeHeaders' | 'draftState' | 'setDraftState' | 'setMailboxState';

function keptCalls(client: OfficeClient): Pick<Outlook, KeptCalls> {
  const { queue, office } = client;
  const inLine = async (act: () => Promise<void>): Promise<void> => await queue.inLine('fields', act);
  return {
    headers: async (names) => await readHeaders(client, itemOf(client, 'headers'), names),
    setHeaders: async (headers) => await inLine(async () => await writeHeaders(client, draftOf(client, 'setHeaders'), headers)),
    removeHeaders: async (names) => await inLine(async () => await clearHeaders(client, draftOf(client, 'removeHeaders'), names)),
    draftState: async (key) => {
      const { item } = client.mailbox;
      return item && isOfficeDraft(item) ? await readDraftState(client, item, key) : null;
    },
    setDraftState: async (key, value) => await inLine(async () => await writeDraftState(client, draftOf(client, 'setDraftState'), key, value)),
    setMailboxState: async (state) => {
      const { roamingSettings } = office.context;
      if (roamingSettings) await inLine(async () => await writeMailboxState(queue, roamingSettings, state));
    },
  };
}

function windowCalls(client: OfficeClient, page: Page): Pick<Outlook, 'openDraft' | 'openUrl' | 'openDialog'> {
  const { office, mailbox, has } = client;
  return {
    openDraft: async (to) => {
      // Only where a mail is read: a draft opens no other.
      if (!mailbox.displayNewMessageForm || !has('1.6')) throw new OutlookFailure('displayNewMessageForm', 'not-supported');
      // With their names, so that no number stands in Til. Office.js of today passes the addresses on alone; the names are written
      // by Skriv when the pane is opened beside the new mail (compose/use-draft-care.ts), and cannot be before.
      mailbox.displayNewMessageForm({ toRecipients: to.slice(0, NEW_MAIL_RECIPIENTS_MAX).map((one) => ({ ...asOfficeTakesIt(one), appointmentResponse: 'none', recipientType: 'externalUser' })) });
    },
    openUrl: (url) => {
      const { ui, requirements } = office.context;
      if (ui.openBrowserWindow && requirements.isSetSupported('OpenBrowserWindowApi', '1.1')) ui.openBrowserWindow(url);
      else page.openWindow(url);
    },
    openDialog: async (url, size) => await openDialog(client, url, size),
  };
}

function changeCalls(client: OfficeClient, page: Page): Pick<Outlook, 'openedFor' | 'theme' | 'onChange'> {
  const listeners = new Set<(change: OutlookChange) => void>();
  let colours: OfficeColours | null = null;
  let wish: string | null = null;
  hearChanges(client, (change, told) => {
    if (change === 'theme') colours = coloursTold(told) ?? colours;
    if (change === 'opened-from-alert') wish = wishTold(told);
    if (change === 'item') wish = null;
    for (const listener of listeners) listener(change);
  });
  return {
    openedFor: async () => wish ?? (await wishOf(client)),
    theme: () => themeOf(page.prefers, colours, client.office.context.officeTheme ?? null),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function itemOf({ mailbox }: OfficeClient, call: string): OfficeItem {
  if (!mailbox.item) throw new OutlookFailure(call, 'no-item');
  return mailbox.item;
}

function draftOf(client: OfficeClient, call: string): OfficeDraft {
  const item = itemOf(client, call);
  if (item.itemType !== 'message' || !isOfficeDraft(item)) throw new OutlookFailure(call, 'no-draft');
  return item;
}

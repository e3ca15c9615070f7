import { recordOf } from '../host/conversation.ts';
import { callOutlook, type LastArguments } from './async-call.ts';
import { readFrameName } from './dialog-name.ts';
import { displayDialog, messageParent } from './dialogs.ts';
import { draftItem } from './draft-item.ts';
import { eventArguments, eventSource, eventTypes } from './event-source.ts';
import { tellOfKeysOut } from './keys-out.ts';
import { installLogOnBridge } from './log-on-bridge.ts';
import { officeUser } from './office-user.ts';
import { OutlookLine } from './outlook-line.ts';
import { readItem } from './read-item.ts';

/** Stands in for office.js: the same calls over the same messages, for where the real one is not installed. */
type AddinFunction = (event: object) => void;

const DRAFT_ITEM = 4;
const NO_ITEM = 6;
const SUCCEEDED = 0;
const INVALID_CALLBACK = 11_020;
const COMPLETED = 94;
const OPEN_BROWSER_WINDOW = 102;
const SAVE_ROAMING = 404;

const functions = new Map<string, AddinFunction>();
const context: Record<string, unknown> = {};
const info = { host: 'Outlook', platform: 'OfficeOnline' } as const;

async function start(line: OutlookLine): Promise<void> {
  const app = recordOf(await line.ask('ContextActivationManager_getAppContextAsync', line.controlId));
  const initial = await line.method(1, undefined);
  Object.assign(context, ofClient(app), {
    roamingSettings: roamingSettings(line, recordOf(app['_settings'])),
    ui: {
      displayDialogAsync: displayDialog(app),
      openBrowserWindow: (url: string) => void line.commonMethod(OPEN_BROWSER_WINDOW, [url, 0]), closeContainer: () => void line.method(42, undefined),
    },
    mailbox: mailboxOf(line, recordOf(initial)),
  });
}

/** What Outlook tells of itself: to a frame, and by it to a dialog. */
function ofClient(app: Readonly<Record<string, unknown>>): object {
  const sets = recordOf(JSON.parse(String(app['_requirementMatrix'] ?? '{}')));
  return {
    displayLanguage: app['_appUILocale'], contentLanguage: app['_dataLocale'], platform: info.platform, host: info.host,
    diagnostics: { host: info.host, platform: info.platform, version: app['_hostFullVersion'] },
    officeTheme: app['_officeTheme'],
    requirements: { isSetSupported: (name: string, version = '1.1') => atLeast(sets[name], version) },
  };
}

let listening: Promise<unknown> | null = null;

/** Outlook is told that it may hand events over when the page has called onReady (outlook.md 1): its functions are known then. */
async function hearCommands(line: OutlookLine): Promise<void> {
  listening ??= line.listen('appCommandInvoked', (data) => run(line, Array.isArray(data) ? data.map(String) : []));
  await listening;
}

function mailboxOf(line: OutlookLine, initial: Readonly<Record<string, unknown>>): object {
  const mailbox: Record<string, unknown> = {
    diagnostics: { hostName: 'OutlookWebApp', hostVersion: initial['hostVersion'], OWAView: initial['owaView'] },
    userProfile: { accountType: initial['userProfileType'], displayName: initial['userDisplayName'], emailAddress: initial['userEmailAddress'], timeZone: initial['userTimeZone'] },
    item: itemOf(line, initial),
  };
  const events = eventSource(line, (event, data) => {
    // The next mail in a pinned pane comes with its event.
    if (event === eventTypes.ItemChanged) mailbox['item'] = itemOf(line, recordOf(data));
    return event === eventTypes.ItemChanged ? { type: event } : eventArguments(event, data);
  });
  const newMail = (parameters: unknown, ...last: LastArguments): void => callOutlook(line, { dispatchId: 44, parameters, last });
  const reading = initial['itemType'] !== DRAFT_ITEM;
  return Object.assign(mailbox, events, reading && { displayNewMessageForm: newMail, displayNewMessageFormAsync: newMail });
}

function itemOf(line: OutlookLine, initial: Readonly<Record<string, unknown>>): object | null {
  const type = initial['itemType'];
  if (type === undefined || type === NO_ITEM) return null;
  return type === DRAFT_ITEM ? draftItem(line) : readItem(line, initial);
}

function roamingSettings(line: OutlookLine, kept: Readonly<Record<string, unknown>>): object {
  const settings = new Map(Object.entries(kept).map(([name, value]) => [name, JSON.parse(String(value)) as unknown]));
  return {
    get: (name: string) => settings.get(name),
    set: (name: string, value: unknown) => void settings.set(name, value),
    remove: (name: string) => void settings.delete(name),
    saveAsync: (...last: LastArguments) => callOutlook(line, {
      dispatchId: SAVE_ROAMING, parameters: [Object.fromEntries([...settings].map(([name, value]) => [name, JSON.stringify(value)]))], last,
    }),
  };
}

/** Runs a function of the add-in for an event of Outlook. */
function run(line: OutlookLine, [id = '', name = '', json = '{}']: readonly string[]): void {
  const found = functions.get(name.toUpperCase());
  if (!found) return void line.commonMethod(COMPLETED, [id, INVALID_CALLBACK, '']);
  const event = recordOf(JSON.parse(json));
  const completed = (completedContext?: unknown): void => void line.commonMethod(COMPLETED, [id, SUCCEEDED, JSON.stringify({ ...event, completedContext })]);
  setTimeout(() => found({ ...event, completed }), 0);
}

function atLeast(has: unknown, wanted: string): boolean {
  if (typeof has !== 'string') return false;
  const [major = 0, minor = 0] = has.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

const frame = readFrameName();
const line = frame && !frame.isDialog ? new OutlookLine(frame) : null;
if (line) tellOfKeysOut(line);
if (frame?.isDialog) Object.assign(context, ofClient(frame.appContext), { ui: { messageParent } });
// Outside Outlook it never becomes ready, as the real one without a host.
const ready = frame === null ? new Promise<void>(() => undefined) : line && start(line);

Object.assign(globalThis, {
  Office: {
    onReady: async (callback?: (told: typeof info) => unknown) => {
      await ready;
      if (line !== null) await hearCommands(line);
      await callback?.(info);
      return info;
    },
    actions: { associate: (name: string, found: AddinFunction) => void functions.set(name.toUpperCase(), found) },
    context,
    AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
    CoercionType: { Html: 'html', Text: 'text' },
    EventType: eventTypes,
    HostType: { Outlook: 'Outlook' },
    PlatformType: { OfficeOnline: 'OfficeOnline' },
    MailboxEnums: {
      ItemNotificationMessageType: { InformationalMessage: 'informationalMessage', ProgressIndicator: 'progressIndicator', ErrorMessage: 'errorMessage', InsightMessage: 'insightMessage' },
      AttachmentType: { File: 'file', Item: 'item', Cloud: 'cloud' }, AttachmentContentFormat: { Base64: 'base64', Url: 'url', Eml: 'eml' },
      ItemType: { Message: 'message' }, ActionType: { ShowTaskPane: 'showTaskPane' },
    },
  },
});
if (frame?.logsOn !== false) installLogOnBridge(officeUser);

import type {
  AsyncResult, Done, OfficeAddress, OfficeAttachment, OfficeColours, OfficeDialog, OfficeDraft, OfficeEventSource, OfficeItem, OfficeJs, OfficeMailbox,
  OfficeReadMail, OfficeRecipients, DialogTold,
} from '../../../src/taskpane/office/office-js.ts';

const SUCCEEDED = 'succeeded';
const LIMITS = {
  callsAtOnce: 3, recipientsACall: 100, name: 255, address: 571, subject: 255, base64: 34_865_152, allFilesBytes: 26_214_400, header: 998,
  body: 1_000_000, sessionData: 50_000, settingsBytes: 32_768,
};

/** A file as Outlook holds it. */
export interface HeldFile {
  id: string;
  name: string;
  size: number;
  isInline: boolean;
  attachmentType: string;
  content: string;
  format: string;
}

/** What the person at Outlook sees, and may change at any time. */
export interface HeldMail {
  from: OfficeAddress | null;
  to: OfficeAddress[];
  cc: OfficeAddress[];
  bcc: OfficeAddress[];
  subject: string;
  body: string;
  bodyType: 'html' | 'text';
  files: HeldFile[];
  headers: Record<string, string>;
  session: Record<string, string>;
  wish: unknown;
}

/** How this Outlook behaves where clients differ. */
export interface OutlookHabits {
  /** Highest Mailbox set. */
  mailboxSet: string;
  /** Says yes to sets and lacks the store all the same (office-js 4154). */
  lacksSessionData: boolean;
  /** Takes longer addresses and drops them (office-js 5662). */
  addressKept: number;
  /** Recipients of a field that it tells. */
  recipientsTold: number;
  /** A new file shows after so many readings of the list. */
  filesLag: number;
  /** Says that a file is removed, and keeps it (office-js 5502). */
  keepsRemovedFiles: boolean;
  /** Whether events come at all (office-js 6847). */
  raisesEvents: boolean;
}

/** Which call; what it does when it comes. `none`: what it is asked. `never`: no callback. `hold`: none until it is let go. */
export type Trouble = 'none' | 'never' | 'hold' | { readonly error: string };

/** An Outlook in memory that keeps the limits which are documented, for the adapter's tests. */
export class InMemoryOutlook {
  readonly mail: HeldMail = emptyMail();
  readonly habits: OutlookHabits = {
    mailboxSet: '1.16', lacksSessionData: false, addressKept: 571, recipientsTold: 1_000, filesLag: 0, keepsRemovedFiles: false, raisesEvents: true,
  };
  /** Calls in the order in which they came. */
  readonly calls: string[] = [];
  readonly opened: string[] = [];
  readonly settings = new Map<string, unknown>();
  mostAtOnce = 0;
  theme: OfficeColours | undefined = undefined;
  savedSettings = 0;
  item: OfficeItem | null;
  dialog: { readonly url: string; closed: boolean; tell: (told: DialogTold) => void } | null = null;
  readonly #troubles = new Map<string, Trouble[]>();
  readonly #handlers = new Map<string, { readonly source: unknown; readonly act: (told: unknown) => void }[]>();
  readonly #held: (() => void)[] = [];
  #underWay = 0;
  #filesUnderWay = 0;
  #nextId = 1;
  #newFiles: { readonly file: HeldFile; readings: number }[] = [];

  constructor() {
    this.item = this.draft();
  }

  /** What is done at the next call of that name, or the next ones. */
  trouble(call: string, ...troubles: Trouble[]): void {
    this.#troubles.set(call, troubles);
  }

  /** Answers everything that was held. */
  letGo(): void {
    for (const answer of this.#held.splice(0)) answer();
  }

  raise(event: string, told: unknown = {}): void {
    if (!this.habits.raisesEvents) return;
    for (const { source, act } of this.#handlers.get(event) ?? []) {
      // What was registered on a mail is gone when another is chosen.
      if (source === this.#mailbox || source === this.item) act(told);
    }
  }

  /** Another mail is chosen, or none. */
  choose(item: OfficeItem | null): void {
    this.item = item;
    this.raise('olkItemSelectedChanged', null);
  }

  file(name: string, more: Partial<HeldFile> = {}): HeldFile {
    return { id: this.#newId(), name, size: 3, isInline: false, attachmentType: 'file', content: 'YWJj', format: 'base64', ...more };
  }

  get office(): OfficeJs {
    return {
      AsyncResultStatus: { Succeeded: SUCCEEDED },
      EventType: {
        RecipientsChanged: 'olkRecipientsChanged', AttachmentsChanged: 'olkAttachmentsChanged', ItemChanged: 'olkItemSelectedChanged',
        OfficeThemeChanged: 'officeThemeChanged', InitializationContextChanged: 'olkInitializationContextChanged',
        DialogMessageReceived: 'dialogMessageReceived', DialogEventReceived: 'dialogEventReceived',
      },
      onReady: async () => ({ host: 'Outlook' }),
      context: withProperty({
        mailbox: this.#mailbox,
        displayLanguage: 'da-DK',
        platform: 'OfficeOnline',
        requirements: { isSetSupported: (name: string, version = '1.1') => (name === 'Mailbox' ? isUpTo(version, this.habits.mailboxSet) : true) },
        roamingSettings: {
          get: (name: string) => this.settings.get(name),
          set: (name: string, value: unknown) => void this.settings.set(name, value),
          remove: (name: string) => void this.settings.delete(name),
          saveAsync: (done: Done<unknown>) => this.#answer('roamingSettings.saveAsync', done, () => {
            if (JSON.stringify([...this.settings]).length > LIMITS.settingsBytes) throw new Refusal('SettingsTooBig');
            this.savedSettings += 1;
          }),
        },
        ui: {
          displayDialogAsync: (url: string, _options: object, done: Done<OfficeDialog>) => this.#answer<OfficeDialog>('displayDialogAsync', done, () => this.#openDialog(url)),
          openBrowserWindow: (url: string) => void this.opened.push(url),
          messageParent: () => undefined,
        },
      }, 'officeTheme', () => this.theme),
    };
  }

  draft(): OfficeDraft {
    const item: OfficeDraft = {
      itemType: 'message',
      ...this.#eventSource(() => item),
      subject: {
        getAsync: (done) => this.#answer('subject.getAsync', done, () => this.mail.subject),
        setAsync: (subject, done) => {
          outOfRange(subject.length > LIMITS.subject);
          this.#answer('subject.setAsync', done, () => void (this.mail.subject = subject));
        },
      },
      to: this.#recipients('to'),
      cc: this.#recipients('cc'),
      bcc: this.#recipients('bcc'),
      from: { getAsync: (done) => this.#newer('1.7', 'from.getAsync', done, () => this.mail.from) },
      body: this.#body(),
      internetHeaders: {
        getAsync: (names, done) => this.#newer('1.8', 'internetHeaders.getAsync', done, () =>
          Object.fromEntries(names.flatMap((name) => (name in this.mail.headers ? [[name, this.mail.headers[name]]] : [])))),
        setAsync: (headers, done) => {
          outOfRange(Object.entries(headers).some(([name, value]) => name.length + String(value).length > LIMITS.header));
          this.#newer('1.8', 'internetHeaders.setAsync', done, () => void Object.assign(this.mail.headers, headers));
        },
        removeAsync: (names, done) => this.#newer('1.8', 'internetHeaders.removeAsync', done, () => {
          for (const name of names) delete this.mail.headers[name];
        }),
      },
      ...(!this.habits.lacksSessionData && { sessionData: this.#sessionData() }),
      getAttachmentsAsync: (done) => this.#newer('1.8', 'getAttachmentsAsync', done, () => this.#listFiles()),
      addFileAttachmentFromBase64Async: (base64, name, done) => {
        outOfRange(base64.length > LIMITS.base64 || name === '' || name.length > LIMITS.name);
        this.#addFile(base64, name, done);
      },
      removeAttachmentAsync: (id, done) => this.#answer('removeAttachmentAsync', done, () => {
        const at = this.mail.files.findIndex((file) => file.id === id);
        if (at < 0) throw new Refusal('AttachmentNotFound');
        if (!this.habits.keepsRemovedFiles) this.mail.files.splice(at, 1);
      }),
      getAttachmentContentAsync: (id, done) => this.#newer('1.8', 'getAttachmentContentAsync', done, () => this.#contentOf(id)),
      getInitializationContextAsync: (done) => this.#newer('1.8', 'getInitializationContextAsync', done, () => this.mail.wish),
    };
    return item;
  }

  /** The same mail, as its reader has it. */
  received(more: Partial<OfficeReadMail> = {}): OfficeReadMail {
    const { mail } = this;
    const item: OfficeReadMail = {
      itemType: 'message',
      itemClass: 'IPM.Note',
      ...this.#eventSource(() => item),
      subject: mail.subject,
      from: mail.from,
      to: mail.to,
      cc: mail.cc,
      attachments: mail.files.map(shownFile),
      dateTimeCreated: new Date('2026-11-25T12:00:00Z'),
      internetMessageId: '<1@kommune.example>',
      body: this.#body(),
      getAttachmentContentAsync: (id, done) => this.#newer('1.8', 'getAttachmentContentAsync', done, () => this.#contentOf(id)),
      getAllInternetHeadersAsync: (done) => this.#newer('1.8', 'getAllInternetHeadersAsync', done, () =>
        Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')),
      getInitializationContextAsync: (done) => this.#newer('1.8', 'getInitializationContextAsync', done, () => mail.wish),
      ...more,
    };
    return item;
  }

  readonly #mailbox: OfficeMailbox = this.#makeMailbox();

  #makeMailbox(): OfficeMailbox {
    const mailbox: OfficeMailbox = withProperty({
      ...this.#eventSource(() => mailbox),
      diagnostics: { hostName: 'OutlookWebApp', hostVersion: '20261101.01' },
      userProfile: { emailAddress: 'mette@kommune.example', displayName: 'Mette Madsen' },
      displayNewMessageForm: ({ toRecipients }: { readonly toRecipients: OfficeAddress[] }) => {
        outOfRange(toRecipients.length > LIMITS.recipientsACall);
        this.opened.push(toRecipients.map(({ displayName, emailAddress }) => `${displayName} <${emailAddress}>`).join());
      },
    }, 'item', () => this.item);
    return mailbox;
  }

  #eventSource(source: () => unknown): Pick<Required<OfficeEventSource>, 'addHandlerAsync'> {
    return {
      addHandlerAsync: (event, act, done) => this.#answer('addHandlerAsync', done, () => {
        const name = String(event);
        this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), { source: source(), act }]);
      }),
    };
  }

  #recipients(name: 'to' | 'cc' | 'bcc'): OfficeRecipients {
    const write = (how: (kept: OfficeAddress[]) => OfficeAddress[]) => (recipients: OfficeAddress[], done: Done<unknown>, call: string): void => {
      outOfRange(recipients.length > LIMITS.recipientsACall);
      for (const { displayName, emailAddress } of recipients) {
        outOfRange(displayName.length > LIMITS.name || emailAddress.length > LIMITS.address);
        if (displayName === '') throw named('Sys.ArgumentException');
      }
      const kept = recipients.filter(({ emailAddress }) => emailAddress.length <= this.habits.addressKept).map((one) => ({ ...one }));
      this.#answer(`${name}.${call}`, done, () => void (this.mail[name] = how(kept)));
    };
    const set = write((kept) => kept);
    const add = write((kept) => [...this.mail[name], ...kept]);
    return {
      getAsync: (done) => this.#answer(`${name}.getAsync`, done, () => this.mail[name].slice(0, this.habits.recipientsTold).map((one) => ({ ...one }))),
      setAsync: (recipients, done) => set(recipients, done, 'setAsync'),
      addAsync: (recipients, done) => add(recipients, done, 'addAsync'),
    };
  }

  #body(): OfficeDraft['body'] {
    return {
      getTypeAsync: (done) => this.#answer<unknown>('body.getTypeAsync', done, () => this.mail.bodyType),
      getAsync: (form, done) => this.#answer('body.getAsync', done, () => {
        if (form === 'html' && this.mail.bodyType === 'text') throw new Refusal('InvalidFormatError');
        return this.mail.body.slice(0, LIMITS.body);
      }),
      setAsync: (html, { coercionType }, done) => {
        outOfRange(html.length > LIMITS.body);
        this.#answer('body.setAsync', done, () => {
          if (coercionType === 'html' && this.mail.bodyType === 'text') throw new Refusal('InvalidFormatError');
          this.mail.body = html;
        });
      },
    };
  }

  #sessionData(): NonNullable<OfficeDraft['sessionData']> {
    const { session } = this.mail;
    return {
      getAsync: (name, done) => this.#newer('1.11', 'sessionData.getAsync', done, () => {
        const value = session[name];
        if (value === undefined) throw new Refusal('KeyNotFound');
        return value;
      }),
      setAsync: (name, value, done) => this.#newer('1.11', 'sessionData.setAsync', done, () => {
        if (JSON.stringify({ ...session, [name]: value }).length > LIMITS.sessionData) throw new Refusal('SessionObjectDataTooBig');
        session[name] = value;
      }),
      removeAsync: (name, done) => this.#newer('1.11', 'sessionData.removeAsync', done, () => void delete session[name]),
    };
  }

  #listFiles(): OfficeAttachment[] {
    this.#newFiles = this.#newFiles.filter((one) => {
      one.readings -= 1;
      if (one.readings < 0) this.mail.files.push(one.file);
      return one.readings >= 0;
    });
    return this.mail.files.map(shownFile);
  }

  #addFile(base64: string, name: string, done: Done<string>): void {
    // Of two at once, one never calls back (office-js 857).
    if (this.#filesUnderWay > 0) return;
    this.#filesUnderWay += 1;
    const size = Math.floor((base64.length * 3) / 4);
    this.#newer('1.8', 'addFileAttachmentFromBase64Async', (result: AsyncResult<string>) => {
      this.#filesUnderWay -= 1;
      done(result);
    }, () => {
      const all = this.mail.files.reduce((sum, file) => sum + file.size, size);
      if (all > LIMITS.allFilesBytes) throw new Refusal('AttachmentSizeExceeded');
      const file = this.file(name, { content: base64, size });
      if (this.habits.filesLag === 0) this.mail.files.push(file);
      else this.#newFiles.push({ file, readings: this.habits.filesLag });
      return file.id;
    });
  }

  #contentOf(id: string): { readonly content: string; readonly format: unknown } {
    const file = this.mail.files.find((one) => one.id === id);
    if (!file) throw new Refusal('AttachmentNotFound');
    return { content: file.content, format: file.format };
  }

  #openDialog(url: string): OfficeDialog {
    const handlers = new Map<unknown, (told: DialogTold) => void>();
    const dialog = {
      url, closed: false,
      tell: (told: DialogTold) => handlers.get('message' in told ? 'dialogMessageReceived' : 'dialogEventReceived')?.(told),
    };
    this.dialog = dialog;
    return {
      close: () => void (dialog.closed = true),
      addEventHandler: (event, handler) => void handlers.set(event, handler),
    };
  }

  /** A call that came with a later set: without it, nobody should have called. */
  #newer<Value>(set: string, call: string, done: Done<Value>, make: () => Value): void {
    if (!isUpTo(set, this.habits.mailboxSet)) throw named('Sys.NotSupportedException');
    this.#answer(call, done, make);
  }

  /** Answers later, as Outlook does, and with a failure where too many ask at once. */
  #answer<Value>(call: string, done: Done<Value>, make: () => Value): void {
    this.calls.push(call);
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    const tooMany = this.#underWay > LIMITS.callsAtOnce;
    const trouble = this.#troubles.get(call)?.shift();
    if (trouble === 'never') return;
    const answer = (): void => {
      this.#underWay -= 1;
      if (tooMany) return done(failed('TooManyConcurrentRequests'));
      if (trouble && trouble !== 'hold' && trouble !== 'none') return done(failed(trouble.error));
      done(resultOf(make));
    };
    if (trouble === 'hold') this.#held.push(answer);
    else queueMicrotask(answer);
  }

  #newId(): string {
    this.#nextId += 1;
    return `AAMk${String(this.#nextId)}`;
  }
}

/** A property that changes by itself. */
function withProperty<Whole extends object>(whole: Whole, name: string, get: () => unknown): Whole {
  return Object.defineProperty(whole, name, { get, enumerable: true });
}

/** Outlook does not do it, and says so in the result. */
class Refusal extends Error {}

function resultOf<Value>(make: () => Value): AsyncResult<Value> {
  try {
    return { status: SUCCEEDED, value: make() };
  } catch (refusal) {
    if (refusal instanceof Refusal) return failed(refusal.message);
    throw refusal;
  }
}

function failed<Value>(name: string): AsyncResult<Value> {
  // As Office.js gives it: a failed result has no value.
  return { status: 'failed', error: { name, code: 9000 } } as AsyncResult<Value>;
}

function named(name: string): Error {
  return Object.assign(new Error('an address may stand here'), { name });
}

/** Office.js throws at once, before Outlook is asked. */
function outOfRange(is: boolean): void {
  if (is) throw named('Sys.ArgumentOutOfRangeException');
}

function isUpTo(asked: string, highest: string): boolean {
  const minor = (set: string): number => Number(set.split('.')[1]);
  return minor(asked) <= minor(highest);
}

function shownFile({ id, name, size, isInline, attachmentType }: HeldFile): OfficeAttachment {
  return { id, name, size, isInline, attachmentType };
}

function emptyMail(): HeldMail {
  return {
    from: { displayName: 'Jobcenter', emailAddress: 'jobcenter@kommune.example' },
    to: [], cc: [], bcc: [], subject: '', body: '', bodyType: 'html', files: [], headers: {}, session: {}, wish: '',
  };
}

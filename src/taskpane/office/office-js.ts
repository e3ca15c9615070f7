/**
 * What the pane uses of Office.js, as it is when it runs: where @types/office-js numbers an enum, the script has words,
 * and much that the types promise is missing in some client. The real `Office` and the tests' stand-in both fit.
 */
export interface OfficeJs {
  readonly AsyncResultStatus: { readonly Succeeded: unknown };
  readonly EventType: Readonly<Partial<Record<OfficeEvent | 'DialogMessageReceived' | 'DialogEventReceived', unknown>>>;
  readonly context: OfficeContext;
  onReady(): Promise<{ readonly host: unknown }>;
}

export type OfficeEvent = 'RecipientsChanged' | 'AttachmentsChanged' | 'ItemChanged' | 'OfficeThemeChanged' | 'InitializationContextChanged';

export interface AsyncResult<Value> {
  readonly status: unknown;
  readonly value: Value;
  readonly error?: { readonly name?: string; readonly code?: number };
}

export type Done<Value> = (result: AsyncResult<Value>) => void;

export interface OfficeContext {
  readonly mailbox?: OfficeMailbox;
  readonly requirements: { isSetSupported(name: string, version?: string): boolean };
  readonly displayLanguage: string;
  readonly platform?: unknown;
  readonly officeTheme?: OfficeColours;
  readonly roamingSettings?: OfficeRoamingSettings;
  readonly ui: OfficeUi;
}

export interface OfficeColours {
  readonly bodyBackgroundColor?: string;
}

export interface OfficeRoamingSettings {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  remove(name: string): void;
  saveAsync(done: Done<unknown>): void;
}

export interface OfficeUi {
  displayDialogAsync(address: string, options: { readonly height: number; readonly width: number; readonly promptBeforeOpen: boolean }, done: Done<OfficeDialog>): void;
  openBrowserWindow?(url: string): void;
  messageParent(message: string, options?: { readonly targetOrigin: string }): void;
}

export interface OfficeDialog {
  close(): void;
  addEventHandler(event: unknown, handler: (told: DialogTold) => void): void;
}
export type DialogTold = { readonly message: string; readonly origin?: string | undefined } | { readonly error: number };

export interface OfficeMailbox extends OfficeEventSource {
  readonly item?: OfficeItem | null;
  readonly diagnostics: { readonly hostName: string; readonly hostVersion: string };
  /** Of what Outlook has told; without an item it need not have told anything. */
  readonly userProfile: { readonly emailAddress?: string | null; readonly displayName?: string | null };
  displayNewMessageForm?(form: { readonly toRecipients: OfficeAddressDetails[] }): void;
}

export interface OfficeEventSource {
  addHandlerAsync?(event: unknown, handler: (told: unknown) => void, done: Done<unknown>): void;
}

export interface OfficeAddress {
  readonly displayName: string;
  readonly emailAddress: string;
}

/** As a new mail takes them; the last two mean something in meetings alone. */
export interface OfficeAddressDetails extends OfficeAddress {
  readonly appointmentResponse: string;
  readonly recipientType: string;
}

export type OfficeItem = OfficeDraft | OfficeReadMail;

interface EitherItem extends OfficeEventSource {
  readonly itemType: unknown;
  readonly body: {
    getAsync(form: string, done: Done<string>): void;
    getTypeAsync(done: Done<unknown>): void;
  };
  getAttachmentContentAsync?(id: string, done: Done<{ readonly content: string; readonly format: unknown }>): void;
  getInitializationContextAsync?(done: Done<unknown>): void;
}

export interface OfficeDraft extends EitherItem {
  readonly body: EitherItem['body'] & { setAsync(html: string, options: { readonly coercionType: string }, done: Done<unknown>): void };
  readonly subject: OfficeSubject;
  readonly to: OfficeRecipients;
  readonly cc: OfficeRecipients;
  readonly bcc: OfficeRecipients;
  readonly from?: { getAsync(done: Done<OfficeAddress | null>): void };
  readonly internetHeaders?: {
    getAsync(names: string[], done: Done<unknown>): void;
    setAsync(headers: object, done: Done<unknown>): void;
    removeAsync(names: string[], done: Done<unknown>): void;
  };
  readonly sessionData?: {
    getAsync?(name: string, done: Done<string>): void;
    setAsync?(name: string, value: string, done: Done<unknown>): void;
    removeAsync?(name: string, done: Done<unknown>): void;
  };
  getAttachmentsAsync?(done: Done<OfficeAttachment[]>): void;
  addFileAttachmentFromBase64Async?(base64: string, name: string, done: Done<string>): void;
  removeAttachmentAsync(id: string, done: Done<unknown>): void;
}

export interface OfficeSubject {
  getAsync(done: Done<string>): void;
  setAsync(subject: string, done: Done<unknown>): void;
}

export interface OfficeRecipients {
  getAsync(done: Done<OfficeAddress[]>): void;
  setAsync(recipients: OfficeAddress[], done: Done<unknown>): void;
  addAsync(recipients: OfficeAddress[], done: Done<unknown>): void;
}

export interface OfficeAttachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly isInline: boolean;
  readonly attachmentType: unknown;
  readonly url?: string;
}

export interface OfficeReadMail extends EitherItem {
  readonly subject: string;
  readonly from?: OfficeAddress | null;
  readonly to: OfficeAddress[];
  readonly cc: OfficeAddress[];
  readonly itemClass?: string;
  readonly dateTimeCreated?: Date;
  readonly internetMessageId?: string;
  readonly attachments: OfficeAttachment[];
  getAllInternetHeadersAsync?(done: Done<string>): void;
}

/** Written, not read: asked of the parts themselves, for a new draft has no id, and clients differ in the rest (outlook.md 7.12). */
export function isOfficeDraft(item: OfficeItem): item is OfficeDraft {
  return typeof item.subject === 'object' && typeof item.subject.setAsync === 'function';
}

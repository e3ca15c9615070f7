import type { CallLog } from './call-log.ts';
import { hasSet, REAL_OFFICE_JS_SET, type ClientSettings, type Faults } from './client-settings.ts';
import { Conversation, recordOf, type FrameAnswer, type FrameCall } from './conversation.ts';
import { draftStateMethods } from './draft-state-methods.ts';
import { fileMethods } from './file-methods.ts';
import { HostFailure } from './host-failure.ts';
import type { HostGround, HostItem, HostMethods } from './host-method.ts';
import { infoBarMethods } from './info-bar-methods.ts';
import { initialData, type OutlookUser } from './initial-data.ts';
import { draftMethods, mailboxMethods } from './mailbox-methods.ts';
import { methodName } from './method-names.ts';
import { themeColors } from './office-theme.ts';
import { readMethods } from './read-methods.ts';
import { recipientMethods } from './recipient-methods.ts';
import { textMethods } from './text-methods.ts';

/** What all frames share. */
export interface HostSurroundings {
  readonly ground: HostGround;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly user: OutlookUser;
  /** `Permissions` of the manifest. */
  readonly permissions: string;
  readonly roaming: () => Readonly<Record<string, unknown>>;
}

export interface AddinFrameParts extends HostSurroundings {
  readonly kind: 'pane' | 'events';
  readonly url: string;
  readonly frame: HTMLIFrameElement;
  readonly item: HostItem;
  /** What a Smart Alert, or the info bar, opened it for. */
  readonly contextData: string | null;
}

/** What an add-in's function handed to `event.completed`; null where the function could not be run. */
export type Completed = Readonly<Record<string, unknown>> | null;

const COMMAND_EVENT = 'appCommandInvoked';
const COMPLETED = 94;
const OUTLOOK_ON_THE_WEB = 64;
/** Where office.js says that the keys have led out of its page (its AgaveHostAction): Tab, Ctrl+F6, nothing to stop at, Esc. */
const WAYS_OUT: Readonly<Record<number, 'next' | 'previous' | 'mail'>> = { 5: 'next', 6: 'previous', 13: 'next', 14: 'previous', 15: 'mail', 17: 'next', 18: 'previous' };
/** A frame of a browser that stops windows. */
const ALL_BUT_WINDOWS = 'allow-scripts allow-same-origin allow-forms allow-downloads';
/** Something that can be read as XML: office.js reads it, and of nothing a browser makes a page with styles of its own. */
const E_TOKEN = encodeURIComponent('<t cid="" oid="" aid="postbro"/>');

/** One page of the add-in in a frame: the pane, or the page of the Smart Alert. */
export class AddinFrame {
  readonly #parts: AddinFrameParts;
  readonly #conversation: Conversation;
  readonly #running = new Map<string, (completed: Completed) => void>();
  #item: HostItem;
  #contextData: string | null;

  constructor(parts: AddinFrameParts) {
    this.#parts = parts;
    this.#item = parts.item;
    this.#contextData = parts.contextData;
    const { language, nestedAppAuth, windows } = parts.ground.client();
    if (!windows) parts.frame.setAttribute('sandbox', ALL_BUT_WINDOWS);
    this.#conversation = new Conversation({
      frame: parts.frame, url: parts.url, language, nestedAppAuth, answer: (call) => this.#answer(call),
    });
  }

  get item(): HostItem { return this.#item; }
  get element(): HTMLIFrameElement { return this.#parts.frame; }

  close(): void {
    this.#conversation.close();
    this.#parts.frame.remove();
  }

  raise(event: string, data: unknown): boolean {
    return this.#conversation.raise(event, data);
  }

  hears(event: string): boolean {
    return this.#conversation.hears(event);
  }

  /** Shows another item in a pinned pane; of none, Outlook tells office.js nothing. */
  changeItem(item: HostItem): void {
    this.#item = item;
    this.raise('olkItemSelectedChanged', item.kind === 'none' ? '' : initialData(item, this.#parts.user, this.#parts.permissions));
  }

  /** Hands over what a Smart Alert wants shown, where the pane can be told without being loaded again (Mailbox 1.15). */
  changeContext(contextData: string): boolean {
    this.#contextData = contextData;
    return hasSet(this.#parts.ground.client(), '1.15') && this.raise('olkInitializationContextChanged', [contextData]);
  }

  /** Runs a function of the add-in, and resolves with what it completed with; never, where it never does. */
  async run(functionName: string, event: Readonly<Record<string, unknown>>): Promise<Completed> {
    await this.#conversation.listening(COMMAND_EVENT);
    const id = `command${crypto.randomUUID().replaceAll('-', '')}`;
    return await new Promise((resolve) => {
      this.#running.set(id, resolve);
      this.raise(COMMAND_EVENT, [id, functionName, JSON.stringify(event)]);
    });
  }

  async #answer(call: FrameCall): Promise<FrameAnswer> {
    const { log, kind, faults, ground } = this.#parts;
    const end = log.begin({ frame: kind, call: methodName(call.dispatchId, call.action), dispatchId: call.dispatchId, parameters: call.parameters });
    const { latencyMs } = ground.client();
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const fault = faults.take(call.dispatchId, call.action);
    if (fault === 'silence') {
      end(undefined);
      return 'silence';
    }
    try {
      if (fault !== null) throw new HostFailure(fault);
      const data = await this.#do(call);
      end(null);
      return { data };
    } catch (error) {
      if (!(error instanceof HostFailure)) console.error(error);
      const code = error instanceof HostFailure ? error.code : new HostFailure('InternalServerError').code;
      end(code);
      return { data: { error: true, errorCode: code, wasSuccessful: false } };
    }
  }

  async #do({ action, dispatchId, parameters }: FrameCall): Promise<unknown> {
    switch (action) {
      case 'ContextActivationManager_getAppContextAsync':
        return this.#appContext();
      case 'GetInitialData':
        return initialData(this.#item, this.#parts.user, this.#parts.permissions);
      case 'ContextActivationManager_notifyHost':
        return this.#leave(Number(recordOf(parameters)['1']));
      case 'ContextActivationManager_openWindowInHost':
        if (this.#parts.ground.client().windows) this.#parts.ground.openUrl(String(recordOf(parameters)['strUrl'] ?? ''));
        return null;
      case 'executeMethod':
      case 'ExecuteMethod':
        return dispatchId === COMPLETED ? this.#complete(recordOf(parameters)) : await this.#method(dispatchId, parameters, action);
      default:
        return null;
    }
  }

  #leave(action: number): null {
    const to = WAYS_OUT[action];
    if (to && this.#parts.kind === 'pane') this.#parts.ground.leavePane(to);
    return null;
  }

  async #method(dispatchId: number | null, parameters: unknown, action: string): Promise<unknown> {
    const method = dispatchId === null ? undefined : this.#methods()[dispatchId];
    if (!method) throw new HostFailure('OperationNotSupported');
    const data = (await method(recordOf(parameters))) ?? null;
    if (action === 'executeMethod') return { Version: 1, Error: 0 };
    // Custom properties come in a shape of their own.
    return { error: false, errorCode: 0, wasSuccessful: true, data, ...(dispatchId === 3 && { customProperties: data }) };
  }

  #methods(): HostMethods {
    const { ground } = this.#parts;
    const common = mailboxMethods(ground, () => this.#contextData);
    if (this.#item.kind === 'read') return { ...common, ...readMethods(this.#item.mail) };
    if (this.#item.kind === 'none') return common;
    const { draft } = this.#item;
    return {
      ...common, ...recipientMethods(draft, ground), ...textMethods(draft), ...fileMethods(draft), ...draftStateMethods(draft, ground),
      ...infoBarMethods(draft), ...draftMethods(draft, ground),
    };
  }

  /** The first completion counts; Outlook hears no second one. */
  #complete(parameters: Readonly<Record<string, unknown>>): unknown {
    const id = String(parameters['0']);
    const resolve = this.#running.get(id);
    this.#running.delete(id);
    resolve?.(parameters['1'] === 0 ? completedIn(String(parameters['2'] ?? '')) : null);
    return { Version: 1, Error: 0 };
  }

  #appContext(): Readonly<Record<string, unknown>> {
    const client = this.#parts.ground.client();
    const { id } = this.#conversation;
    return {
      _id: 'postbro', _appName: OUTLOOK_ON_THE_WEB, _appVersion: '16.01', _appUILocale: client.language, _dataLocale: client.language, _docUrl: location.origin,
      _clientMode: 0, _settings: this.#parts.roaming(), _reason: 0, _osfControlType: this.#parts.kind === 'pane' ? 3 : 5, _eToken: E_TOKEN,
      _correlationId: id, _appInstanceId: id, _appMinorVersion: 1, _requirementMatrix: requirementsOf(client), _hostCustomMessage: this.#contextData ?? undefined,
      _hostFullVersion: '16.01', _clientWindowHeight: innerHeight, _clientWindowWidth: innerWidth, _addinName: 'Digital Post', _appDomains: [],
      _dialogRequirementMatrix: requirementsOf(client), _featureGates: {}, _officeTheme: themeColors(client.theme),
    };
  }
}

function requirementsOf(client: ClientSettings): string {
  return JSON.stringify({
    Mailbox: client.mailbox, OpenBrowserWindowApi: '1.1', DialogApi: '1.2', DialogOrigin: '1.1', ...(client.nestedAppAuth && { NestedAppAuth: '1.1' }), ...(hasSet(client, REAL_OFFICE_JS_SET) && { IdentityAPI: '1.3' }),
  });
}

function completedIn(json: string): Completed {
  try {
    return recordOf(recordOf(JSON.parse(json))['completedContext']);
  } catch {
    return {};
  }
}

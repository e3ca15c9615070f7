import type { FrameName } from './dialog-name.ts';

/** The host's answer to a call, or an event that it raises. */
interface HostMessage {
  readonly _messageType: number;
  readonly _actionName: string;
  readonly _correlationId: number;
  readonly _conversationId: string;
  readonly _responseType: number;
  readonly _errorCode: number;
  readonly _data: unknown;
}

type Answer = (data: unknown) => void;

const ACTION = { invoke: 0, registerEvent: 1 } as const;
const EVENT_RESPONSE = 1;

/** The line to the Outlook around this frame, in the messages that office.js speaks (outlook.md 4). */
export class OutlookLine {
  readonly controlId: string;
  readonly language: string;
  readonly #conversationId: string;
  readonly #hostOrigin: string;
  readonly #answers = new Map<number, Answer>();
  readonly #events = new Map<string, (data: unknown) => void>();
  #last = 0;

  constructor(frame: Pick<FrameName, 'hostInfo' | 'xdmInfo'>) {
    const [conversationId = '', controlId = '', hostOrigin = ''] = frame.xdmInfo.split('|');
    this.controlId = controlId;
    this.language = frame.hostInfo.split('$')[3] ?? 'da-DK';
    this.#conversationId = conversationId;
    this.#hostOrigin = hostOrigin.includes(':') ? hostOrigin : decodeURIComponent(hostOrigin);
    addEventListener('message', (event) => this.#take(event));
  }

  async ask(action: string, data: unknown): Promise<unknown> {
    return await new Promise((resolve) => this.#post(action, { type: ACTION.invoke, data, answered: resolve }));
  }

  /** A method of Outlook's own; answers as the host sends them. */
  async method(dispatchId: number, parameters: unknown): Promise<unknown> {
    const MethodData = { ControlId: this.controlId, DispatchId: dispatchId };
    return await this.ask(dispatchId === 1 ? 'GetInitialData' : 'ExecuteMethod', { ApiParams: parameters, MethodData });
  }

  /** A method that all Office programs have: parameters by their place. */
  async commonMethod(dispatchId: number, parameters: readonly unknown[]): Promise<unknown> {
    const DdaMethod = { ControlId: this.controlId, DispatchId: dispatchId, Version: 1 };
    return await this.ask('executeMethod', { DdaMethod, ...Object.fromEntries(parameters.map((value, n) => [String(n), value])) });
  }

  async listen(event: string, heard: (data: unknown) => void): Promise<void> {
    this.#events.set(event, heard);
    await new Promise<void>((resolve) => this.#post(event, { type: ACTION.registerEvent, data: { controlId: this.controlId, eventDispId: 0 }, answered: () => resolve() }));
  }

  #post(action: string, { type, data, answered }: { readonly type: number; readonly data: unknown; readonly answered: Answer }): void {
    this.#last += 1;
    this.#answers.set(this.#last, answered);
    const message = {
      _messageType: 0, _actionName: action, _actionType: type, _conversationId: this.#conversationId, _correlationId: this.#last,
      _origin: location.href, _data: data ?? null, _serializerVersion: 1,
    };
    parent.postMessage(JSON.stringify(message), this.#hostOrigin);
  }

  #take(event: MessageEvent): void {
    if (event.source !== parent || event.origin !== this.#hostOrigin || typeof event.data !== 'string') return;
    const message = readMessage(event.data);
    if (message?._messageType !== 1 || message._conversationId !== this.#conversationId) return;
    if (message._responseType === EVENT_RESPONSE) this.#events.get(message._actionName)?.(message._data);
    else {
      this.#answers.get(message._correlationId)?.(message._data);
      this.#answers.delete(message._correlationId);
    }
  }
}

function readMessage(text: string): HostMessage | null {
  try {
    return JSON.parse(text) as HostMessage | null;
  } catch {
    return null;
  }
}

/** What office.js asks of Outlook. */
export interface FrameCall {
  /** Of the Office.js method (method-names.ts); null for what belongs to the conversation itself. */
  readonly dispatchId: number | null;
  /** office.js's own name of the message, e.g. "ExecuteMethod". */
  readonly action: string;
  readonly parameters: unknown;
}

/** What Outlook answers; `null` data for nothing. */
export type FrameAnswer = { readonly data: unknown } | 'silence';

export interface ConversationParts {
  readonly frame: HTMLIFrameElement;
  /** Address of the add-in's page. */
  readonly url: string;
  /** E.g. "da-DK". */
  readonly language: string;
  /** Told to our side of office.js by the frame's name; Microsoft's passes it over. */
  readonly nestedAppAuth: boolean;
  readonly answer: (call: FrameCall) => Promise<FrameAnswer>;
}

interface FrameMessage {
  readonly _messageType: number;
  readonly _actionName: string;
  readonly _actionType: number;
  readonly _conversationId: string;
  readonly _correlationId: number;
  readonly _data?: unknown;
}

/** How a frame asked to be told of an event. */
interface Registration {
  readonly conversationId: string;
  readonly correlationId: number;
}

const ACTION = { invoke: 0, registerEvent: 1, unregisterEvent: 2 } as const;
const RESPONSE = { forCall: 0, forEvent: 1 } as const;
const SOLUTION_ID = 'postbro';

/**
 * Speaks with office.js in one frame, in the messages that Outlook on the web and office.js exchange over `postMessage`
 * (outlook.md 4): calls are answered, events raised. Opened, the frame's address is set; closed, nobody listens any more.
 */
export class Conversation {
  readonly #parts: ConversationParts;
  readonly #id = `conversation${crypto.randomUUID().replaceAll('-', '')}`;
  readonly #events = new Map<string, Registration>();
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #origin: string;
  readonly #listener = (event: MessageEvent): void => void this.#take(event);

  constructor(parts: ConversationParts) {
    this.#parts = parts;
    this.#origin = new URL(parts.url, location.href).origin;
    parts.frame.name = JSON.stringify({
      baseFrameName: `__agave__${SOLUTION_ID}${this.#id}`,
      hostInfo: `Outlook$Web$16.01$${parts.language}$${this.#id}$$$0`,
      xdmInfo: `${this.#id}|${SOLUTION_ID}|${location.origin}`,
      serializerVersion: '1',
      flights: '[]',
      nestedAppAuth: parts.nestedAppAuth,
    });
    addEventListener('message', this.#listener);
    parts.frame.src = parts.url;
  }

  /** Of this conversation, as the add-in is told it. */
  get id(): string { return this.#id; }

  close(): void {
    removeEventListener('message', this.#listener);
  }

  hears(event: string): boolean {
    return this.#events.has(event);
  }

  /** Resolves when the add-in listens to an event; at once where it does already. */
  async listening(event: string): Promise<void> {
    if (this.hears(event)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.set(event, (this.#waiting.get(event) ?? new Set()).add(resolve));
    });
  }

  /** Tells the add-in of an event; false where it does not listen. */
  raise(event: string, data: unknown): boolean {
    const registration = this.#events.get(event);
    if (!registration) return false;
    this.#post({ name: event, ...registration }, data, RESPONSE.forEvent);
    return true;
  }

  async #take(event: MessageEvent): Promise<void> {
    if (event.source !== this.#parts.frame.contentWindow || event.origin !== this.#origin) return;
    const message = readMessage(event.data);
    if (!message) return;
    const to = { name: message._actionName, conversationId: message._conversationId, correlationId: message._correlationId };
    if (message._actionType === ACTION.invoke) {
      const answer = await this.#parts.answer({ action: message._actionName, dispatchId: dispatchIdOf(message), parameters: parametersOf(message) });
      if (answer !== 'silence') this.#post(to, answer.data, RESPONSE.forCall);
      return;
    }
    if (message._actionType === ACTION.registerEvent) this.#register(message);
    if (message._actionType === ACTION.unregisterEvent) this.#events.delete(message._actionName);
    this.#post(to, { Error: 0 }, RESPONSE.forCall);
  }

  #register({ _actionName: name, _conversationId: conversationId, _correlationId: correlationId }: FrameMessage): void {
    this.#events.set(name, { conversationId, correlationId });
    for (const resolve of this.#waiting.get(name) ?? []) resolve();
    this.#waiting.delete(name);
  }

  #post({ name, conversationId, correlationId }: Registration & { readonly name: string }, data: unknown, responseType: number): void {
    const message = {
      _messageType: 1, _actionName: name, _conversationId: conversationId, _correlationId: correlationId, _origin: location.origin,
      _data: data ?? null, _errorCode: 0, _responseType: responseType, _serializerVersion: 1,
    };
    this.#parts.frame.contentWindow?.postMessage(JSON.stringify(message), this.#origin);
  }
}

function readMessage(data: unknown): FrameMessage | null {
  if (typeof data !== 'string') return null;
  try {
    const message = JSON.parse(data) as FrameMessage | null;
    return message?._messageType === 0 && typeof message._actionName === 'string' ? message : null;
  } catch {
    return null;
  }
}

/** Outlook's own calls name their method in MethodData, those that all Office programs have in DdaMethod. */
function dispatchIdOf({ _data: data }: FrameMessage): number | null {
  const { MethodData: own, DdaMethod: common } = recordOf(data);
  const id = recordOf(own)['DispatchId'] ?? recordOf(common)['DispatchId'];
  return typeof id === 'number' ? id : null;
}

function parametersOf({ _data: data }: FrameMessage): unknown {
  return recordOf(data)['MethodData'] === undefined ? data : recordOf(data)['ApiParams'];
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

import { readFileSync } from 'node:fs';
import vm from 'node:vm';

/** The script as it is given out; `npm run prepare` builds it. */
export const bundle = readFileSync(new URL('../../dist/events/events.js', import.meta.url), 'utf8');

/** An address, or a name and an address. */
export type FakeRecipient = string | readonly [displayName: string, emailAddress: string];

/** What a draft holds that Outlook is asked for. */
export interface FakeDraft {
  readonly to?: readonly FakeRecipient[];
  readonly cc?: readonly FakeRecipient[];
  readonly bcc?: readonly FakeRecipient[];
  readonly subject?: string;
  readonly html?: string;
  readonly from?: string;
  readonly files?: readonly { readonly name: string; readonly size?: number; readonly isInline?: boolean; readonly attachmentType?: string; readonly content?: string }[];
}

export interface FakeOutlook {
  /** Calls, by name, that fail, throw, are missing, answer nothing that can be read, or never answer. */
  readonly troubles?: Readonly<Record<string, 'fails' | 'throws' | 'missing' | 'nothing' | 'silent'>>;
  readonly language?: string;
  /** What the pane has kept with the mailbox. */
  readonly kept?: unknown;
  readonly noItem?: boolean;
  /** Takes away what an engine of 2016 does not have. */
  readonly oldEngine?: boolean;
}

export interface Completion {
  readonly allowEvent: boolean;
  readonly errorMessage?: string;
  readonly cancelLabel?: string;
  readonly commandId?: string;
  readonly contextData?: string;
}

export interface Run {
  readonly completions: readonly Completion[];
  /** Names of the calls that were made, in order. */
  readonly calls: readonly string[];
  readonly mostCallsAtOnce: number;
  /** Raises the event once more, as some clients do; what comes of it is among the completions. */
  readonly again: () => void;
  /** Lets the guard's time pass. */
  readonly passTime: () => void;
  readonly guardMs: number | undefined;
  /** The draft takes calls no more. */
  readonly ended: () => Promise<void>;
}

const userAddress = 'sagsbehandler@kommune.example';

/** Runs the built script where there is no page, as classic Outlook does, and raises OnMessageSend. */
export function raiseOnMessageSend(draft: FakeDraft, outlook: FakeOutlook = {}): Run {
  const handlers = new Map<string, (event: unknown) => void>();
  const calls = new FakeCalls(outlook);
  const timers: { readonly run: () => void; readonly ms: number }[] = [];
  const completions: Completion[] = [];
  const context = vm.createContext({
    Office: {
      actions: { associate: (name: string, handler: (event: unknown) => void) => handlers.set(name, handler) },
      context: {
        displayLanguage: outlook.language ?? 'da-DK',
        roamingSettings: { get: () => outlook.kept },
        mailbox: { userProfile: { emailAddress: userAddress }, item: outlook.noItem ? null : itemOf(draft, calls) },
      },
    },
    console,
    setTimeout: (run: () => void, ms: number) => timers.push({ run, ms }),
    Promise,
  });
  if (outlook.oldEngine) vm.runInContext(forgetNewerThan2016, context);
  vm.runInContext(bundle, context);
  const raise = (): void => handlers.get('onMessageSend')?.({ completed: (options: Completion) => completions.push(JSON.parse(JSON.stringify(options)) as Completion) });
  raise();
  return {
    again: raise,
    completions,
    calls: calls.made,
    get mostCallsAtOnce() {
      return calls.most;
    },
    guardMs: timers[0]?.ms,
    passTime: () => timers.forEach(({ run }) => run()),
    ended: async () => await calls.settled(),
  };
}

/** The names under which the script registers, as Outlook learns them. */
export function associatedNames(): readonly string[] {
  const names: string[] = [];
  const Office = { actions: { associate: (name: string) => names.push(name) } };
  vm.runInContext(bundle, vm.createContext({ Office, console, setTimeout, Promise }));
  return names;
}

type Done = (result: { readonly status: string; readonly value?: unknown }) => void;

class FakeCalls {
  readonly made: string[] = [];
  most = 0;
  #open = 0;
  readonly #troubles: NonNullable<FakeOutlook['troubles']>;

  constructor({ troubles = {} }: FakeOutlook) {
    this.#troubles = troubles;
  }

  /** A method of the item that answers later, as Outlook does. */
  method(name: string, value: () => unknown): ((...given: unknown[]) => void) | undefined {
    if (this.#troubles[name] === 'missing') return undefined;
    return (...given) => {
      this.made.push(name);
      const trouble = this.#troubles[name];
      if (trouble === 'throws') throw new Error(`${name} has no answer`);
      this.#open += 1;
      this.most = Math.max(this.most, this.#open);
      if (trouble === 'silent') return;
      setImmediate(() => {
        this.#open -= 1;
        const done = given.at(-1) as Done;
        done(trouble === 'fails' ? { status: 'failed' } : { status: 'succeeded', value: trouble === 'nothing' ? null : value() });
      });
    };
  }

  /** Whatever writes, or sends, or opens something: it has no place in this handler. */
  forbidden(target: object): object {
    return new Proxy(target, {
      get: (object, name) => {
        if (Reflect.has(object, name)) return Reflect.get(object, name) as unknown;
        return (): void => void this.made.push(`forbidden: ${String(name)}`);
      },
    });
  }

  async settled(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) await new Promise(setImmediate);
    const before = this.made.length;
    for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
    if (this.made.length > before) await this.settled();
  }
}

function itemOf(draft: FakeDraft, calls: FakeCalls): object {
  const people = (name: 'to' | 'cc' | 'bcc') => calls.forbidden({
    getAsync: calls.method(name, () => (draft[name] ?? []).map((one) => (typeof one === 'string' ? { displayName: '', emailAddress: one } : { displayName: one[0], emailAddress: one[1] }))),
  });
  const files = draft.files ?? [];
  return calls.forbidden({
    to: people('to'), cc: people('cc'), bcc: people('bcc'),
    subject: calls.forbidden({ getAsync: calls.method('subject', () => draft.subject ?? '') }),
    body: calls.forbidden({ getAsync: calls.method('body', () => draft.html ?? '') }),
    from: calls.forbidden({ getAsync: calls.method('from', () => ({ displayName: '', emailAddress: draft.from ?? userAddress })) }),
    getAttachmentsAsync: calls.method('attachments', () => files.map(({ name, size = 1000, isInline = false, attachmentType = 'file' }, n) => ({ id: `id${String(n)}`, name, size, isInline, attachmentType }))),
    getAttachmentContentAsync: calls.method('content', () => ({ format: 'base64', content: Buffer.from(files.find(({ content }) => content !== undefined)?.content ?? '').toString('base64') })),
  });
}

/** Runs before the script in its own realm: newer built-ins go, and patterns of after 2016 are refused as they were. */
const forgetNewerThan2016 = `(() => {
  const newer = [
    [String.prototype, 'at replaceAll matchAll padStart padEnd trimStart trimEnd isWellFormed toWellFormed'],
    [Array.prototype, 'at flat flatMap findLast findLastIndex toReversed toSorted toSpliced with'],
    [Object, 'entries values fromEntries getOwnPropertyDescriptors hasOwn groupBy'],
    [globalThis, 'TextDecoder TextEncoder atob btoa URL Intl structuredClone queueMicrotask WeakRef'],
    [Set.prototype, 'union intersection difference isSubsetOf isSupersetOf isDisjointFrom symmetricDifference'],
  ];
  for (const [owner, names] of newer) for (const name of names.split(' ')) delete owner[name];
  const Own = RegExp;
  globalThis.RegExp = function (source, flags) {
    const text = String(source);
    if (/\\\\p\\{|\\(\\?<|\\\\k</.test(text) || /[sdv]/.test(flags || '')) throw new SyntaxError('Invalid regular expression: ' + text);
    return new Own(source, flags);
  };
  globalThis.RegExp.prototype = Own.prototype;
})()`;

import { readLastArguments, type AsyncResult, type LastArguments } from './async-call.ts';
import { dialogName } from './dialog-name.ts';
import { eventTypes } from './event-source.ts';
import { askForWindow } from './window-question.ts';

type Told = { readonly message: string; readonly origin: string } | { readonly error: number };
type Heard = (told: Told) => void;

/** Office.js's codes for dialogs (Microsoft: "Handle errors and events in the Office dialog box"). */
const CODES = { closed: 12_006, notThisPlace: 12_004, alreadyOpen: 12_007, ignored: 12_009, windowsStopped: 12_011 } as const;
/** How often it is looked whether the person has shut the window, in milliseconds. */
const LOOK_MS = 500;

let open: Dialog | null = null;

/** `Office.context.ui.displayDialogAsync`: a page of the add-in's in a window of its own. */
export function displayDialog(appContext: Readonly<Record<string, unknown>>) {
  return (url: string, ...last: LastArguments): void => {
    const { options, callback } = readLastArguments(last);
    const answer = (given: Pick<AsyncResult, 'status' | 'value' | 'error'>): void => callback?.({ ...given, asyncContext: options['asyncContext'] });
    const fail = (code: number): void => answer({ status: 'failed', value: undefined, error: { name: `Error${code}`, message: 'Vinduet åbnes ikke.', code } });
    if (open) return fail(CODES.alreadyOpen);
    if (!URL.canParse(url) || new URL(url).origin !== location.origin) return fail(CODES.notThisPlace);
    const show = (): void => {
      const opened = window.open(url, dialogName(appContext), featuresOf(options));
      if (!opened) return fail(CODES.windowsStopped);
      open = new Dialog(opened);
      answer({ status: 'succeeded', value: open });
    };
    if (options['promptBeforeOpen'] === false) return show();
    askForWindow(String(appContext['_addinName']), { open: show, ignore: () => fail(CODES.ignored) });
  };
}

/** `Office.context.ui.messageParent`, in the dialog. */
export function messageParent(message: string, options: { readonly targetOrigin?: string } = {}): void {
  (window.opener as Window | null)?.postMessage(message, options.targetOrigin ?? location.origin);
}

/** Of the screen, as the add-in asks in per cent. */
function featuresOf({ width = 50, height = 50 }: Readonly<Record<string, unknown>>): string {
  return `popup,width=${Math.round((Number(width) * screen.width) / 100)},height=${Math.round((Number(height) * screen.height) / 100)}`;
}

/** `Office.Dialog`: the window, as the page that opened it sees it. */
class Dialog {
  readonly #window: Window;
  readonly #handlers = new Map<unknown, Set<Heard>>();
  readonly #over = new AbortController();

  constructor(opened: Window) {
    this.#window = opened;
    addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source === opened && origin === location.origin) this.#tell(eventTypes.DialogMessageReceived, { message: String(data), origin });
    }, { signal: this.#over.signal });
    const clock = setInterval(() => {
      if (!opened.closed) return;
      this.#end();
      this.#tell(eventTypes.DialogEventReceived, { error: CODES.closed });
    }, LOOK_MS);
    this.#over.signal.addEventListener('abort', () => clearInterval(clock));
  }

  addEventHandler(event: unknown, handler: Heard): void {
    this.#handlers.set(event, (this.#handlers.get(event) ?? new Set()).add(handler));
  }

  close(): void {
    this.#end();
    this.#window.close();
  }

  #end(): void {
    this.#over.abort();
    open = null;
  }

  #tell(event: unknown, told: Told): void {
    for (const handler of this.#handlers.get(event) ?? []) handler(told);
  }
}

import type { ClientSettings } from './host/client-settings.ts';
import type { AlertEnd, LaunchEvents } from './host/launch-events.ts';
import { isResolved, shownRecipient } from './model/recipient.ts';
import type { Draft } from './model/draft.ts';
import type { SentResult } from './server/mailbox-server.ts';
import type { LaunchEvent } from './model/manifest.ts';
import { askInDialog } from './view/dialog.ts';

export interface SendParts {
  readonly draft: Draft;
  readonly events: LaunchEvents | null;
  readonly client: ClientSettings;
  readonly send: () => Promise<SentResult>;
  /** Resolves when nobody waits for an answer in Outlook's box any more. */
  readonly shut: Promise<void>;
  /** Opens the pane with what the Smart Alert wants shown; null: nothing in particular. */
  readonly openPane: (contextData: string | null) => void;
}

/** How a press of Send ended. */
export interface SendEnd {
  /** What the add-in handed to `event.completed`; null where no Smart Alert ran, or none answered. */
  readonly completed: Readonly<Record<string, unknown>> | null;
  /** What the gateway's door said; null where the mail was not sent. */
  readonly result: SentResult | null;
  /** Of the add-in's box, which stands while the rest goes on: what became of a mail that the person sent all the same. */
  readonly asked: Promise<SentResult | null>;
}

const TITLE = 'Digital Post';
/** Characters that Outlook shows of an add-in's words (outlook.md 1). */
const ERROR_MESSAGE_LENGTH_MAX = 500;
const CANCEL_LABEL_LENGTH_MAX = 20;
const NOTHING_ASKED: Promise<SentResult | null> = Promise.resolve(null);

/**
 * What follows a press of Send in Outlook on the web: its own look at the recipients, the add-in's Smart Alert, and the
 * mail on its way. Throws an Error with Outlook's words where Outlook itself does not send it.
 */
export async function sendWithAlert(parts: SendParts): Promise<SendEnd> {
  const { draft, events } = parts;
  if (draft.everyone.length === 0) throw new Error('Skriv mindst én modtager.');
  const alert = events?.smartAlert ?? null;
  if (alert === null || !events) return { completed: null, result: await sendResolved(parts), asked: NOTHING_ASKED };
  const end = await runAlert(alert, events, parts.client);
  if (end === 'stopped') return { completed: null, result: null, asked: NOTHING_ASKED };
  if (end.kind === 'unavailable') return await sendWithout(alert, parts);
  const { completed } = end;
  if (completed['allowEvent'] === true) return { completed, result: await sendResolved(parts), asked: NOTHING_ASKED };
  return await stopped(alert, completed, parts);
}

/** While it takes long, Outlook says so, and lets the person give up. */
async function runAlert(alert: LaunchEvent, events: LaunchEvents, client: ClientSettings): Promise<AlertEnd | 'stopped'> {
  let stop: () => void = () => undefined;
  const givenUp = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let done: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    done = resolve;
  });
  let pressed = false;
  const clock = setTimeout(() => {
    const text = `${TITLE} er længere om at se på mailen end ventet.`;
    void askInDialog({ title: TITLE, text, buttons: [{ value: 'stop', text: 'Send ikke' }], closed: over }).then((answer) => {
      pressed = answer === 'stop';
      if (pressed) stop();
    });
  }, client.alertLongerMs);
  try {
    const end = await events.onSend(alert, givenUp);
    return pressed ? 'stopped' : end;
  } finally {
    clearTimeout(clock);
    done();
  }
}

/** The add-in cannot be asked. Only Block keeps the mail back then (outlook.md 1). */
async function sendWithout(alert: LaunchEvent, parts: SendParts): Promise<SendEnd> {
  const text = `${TITLE} kan ikke se på mailen lige nu.`;
  const notSent: SendEnd = { completed: null, result: null, asked: NOTHING_ASKED };
  if (alert.sendMode === 'Block') {
    await askInDialog({ title: TITLE, text, buttons: [{ value: 'no', text: 'Send ikke', primary: true }], closed: parts.shut });
    return notSent;
  }
  const answer = await askInDialog({ title: TITLE, text, buttons: [{ value: 'send', text: 'Send alligevel' }, { value: 'no', text: 'Send ikke', primary: true }], closed: parts.shut });
  return answer === 'send' ? { ...notSent, result: await sendResolved(parts) } : notSent;
}

/** The box with the add-in's words. It stays until it is answered; whoever asked by script need not wait for it. */
async function stopped(alert: LaunchEvent, completed: Readonly<Record<string, unknown>>, parts: SendParts): Promise<SendEnd> {
  const words = (name: string): string => (typeof completed[name] === 'string' ? completed[name] : '');
  const mode = words('sendModeOverride') || alert.sendMode.toLowerCase();
  const ownButton = words('commandId') !== '';
  const asked = askInDialog({
    title: TITLE,
    text: (words('errorMessage') || `${TITLE} har fundet noget i mailen.`).slice(0, ERROR_MESSAGE_LENGTH_MAX),
    buttons: [
      ...(mode.toLowerCase() === 'promptuser' ? [{ value: 'send', text: 'Send alligevel' } as const] : []),
      { value: 'act', text: (words('cancelLabel') || 'Send ikke').slice(0, CANCEL_LABEL_LENGTH_MAX), primary: true },
    ],
    closed: parts.shut,
  }).then(async (answer) => {
    if (answer === 'act' && ownButton) parts.openPane(contextOf(completed['contextData']));
    return answer === 'send' ? await sendResolved(parts) : null;
  });
  return { completed, result: null, asked };
}

function contextOf(contextData: unknown): string | null {
  if (contextData === undefined || contextData === null) return null;
  return typeof contextData === 'string' ? contextData : JSON.stringify(contextData);
}

/** Outlook sends to nobody that it does not know an address of. */
async function sendResolved({ draft, send }: SendParts): Promise<SentResult> {
  const unknown = draft.everyone.filter((one) => !isResolved(one));
  if (unknown.length > 0) throw new Error(`Mailen er ikke sendt. Der er ingen mailadresse for: ${unknown.map(shownRecipient).join('; ')}.`);
  return await send();
}

import { readLastArguments, type LastArguments } from './async-call.ts';
import type { OutlookLine } from './outlook-line.ts';

/** Names of events in the messages of office.js, and what Outlook's message of each becomes. */
export const eventTypes = {
  RecipientsChanged: 'olkRecipientsChanged',
  AttachmentsChanged: 'olkAttachmentsChanged',
  ItemChanged: 'olkItemSelectedChanged',
  OfficeThemeChanged: 'officeThemeChanged',
  InitializationContextChanged: 'olkInitializationContextChanged',
  InfobarClicked: 'olkInfobarClicked',
  DialogMessageReceived: 'dialogMessageReceived',
  DialogEventReceived: 'dialogEventReceived',
} as const;

type Heard = (told: unknown) => void;

/** `addHandlerAsync` and `removeHandlerAsync` of an item or the mailbox. */
export function eventSource(line: OutlookLine, toldOf: (event: string, data: unknown) => unknown): {
  addHandlerAsync(event: string, handler: Heard, ...last: LastArguments): void;
  removeHandlerAsync(event: string, ...last: LastArguments): void;
} {
  const handlers = new Map<string, Set<Heard>>();
  const answer = (last: LastArguments): void => {
    const { callback, options } = readLastArguments(last);
    callback?.({ status: 'succeeded', value: undefined, asyncContext: options['asyncContext'] });
  };
  return {
    addHandlerAsync: (event, handler, ...last) => {
      const known = handlers.get(event);
      known?.add(handler);
      if (known) return answer(last);
      const heard = new Set([handler]);
      handlers.set(event, heard);
      void line.listen(event, (data) => {
        const told = toldOf(event, data);
        for (const one of heard) one(told);
      }).then(() => answer(last));
    },
    removeHandlerAsync: (event, ...last) => {
      handlers.get(event)?.clear();
      answer(last);
    },
  };
}

/** Event arguments as Office.js gives them. */
export function eventArguments(event: string, data: unknown): unknown {
  const first: unknown = Array.isArray(data) ? data[0] : data;
  const parsed: unknown = typeof first === 'string' && /^[[{]/.test(first) ? JSON.parse(first) : first;
  if (event === eventTypes.RecipientsChanged) return { type: event, changedRecipientFields: parsed };
  if (event === eventTypes.OfficeThemeChanged) return { type: event, officeTheme: cssColors(parsed) };
  if (event === eventTypes.InitializationContextChanged) return { type: event, initializationContextData: parsed };
  return typeof parsed === 'object' ? { type: event, ...parsed } : { type: event };
}

function cssColors(numbers: unknown): unknown {
  return Object.fromEntries(Object.entries((numbers ?? {}) as Readonly<Record<string, number>>).map(([name, value]) => [name, `#${value.toString(16).padStart(6, '0')}`]));
}

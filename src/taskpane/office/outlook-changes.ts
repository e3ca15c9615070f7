import { TIME_LIMITS_MS } from './call-queue.ts';
import type { OfficeClient } from './office-client.ts';
import type { OfficeEvent, OfficeEventSource } from './office-js.ts';
import type { OutlookChange } from './outlook.ts';

export type Hear = (change: OutlookChange, told: unknown) => void;

/**
 * Hears what Outlook tells of: where the client has the event, which may be registered and still never come (office-js
 * 6847). So nobody may rely on it; the item is read again by the clock as well.
 */
export function hearChanges(client: OfficeClient, hear: Hear): void {
  const { mailbox } = client;
  const listen = (source: OfficeEventSource | null | undefined, event: OfficeEvent, act: (told: unknown) => void): void =>
    void register(client, { source, event, act }).catch(() => undefined);

  const listenToItem = (): void => {
    const { item } = mailbox;
    listen(item, 'RecipientsChanged', (told) => hear('recipients', told));
    listen(item, 'AttachmentsChanged', (told) => hear('attachments', told));
    listen(item, 'InitializationContextChanged', (told) => hear('opened-from-alert', told));
  };
  listen(mailbox, 'ItemChanged', (told) => {
    // A pinned pane stays while another mail is chosen; what was registered on the mail before is gone with it.
    listenToItem();
    hear('item', told);
  });
  listen(mailbox, 'OfficeThemeChanged', (told) => hear('theme', told));
  listenToItem();
}

const MAILBOX_SETS: Readonly<Record<OfficeEvent, string>> = {
  ItemChanged: '1.5', RecipientsChanged: '1.7', AttachmentsChanged: '1.8', OfficeThemeChanged: '1.14', InitializationContextChanged: '1.15',
};

interface Registration {
  readonly source: OfficeEventSource | null | undefined;
  readonly event: OfficeEvent;
  readonly act: (told: unknown) => void;
}

async function register({ office, queue, has }: OfficeClient, { source, event, act }: Registration): Promise<void> {
  const name = office.EventType[event];
  if (name === undefined || !source?.addHandlerAsync || !has(MAILBOX_SETS[event])) return;
  await queue.call<unknown>(`addHandlerAsync ${event}`, TIME_LIMITS_MS.read, (done) => source.addHandlerAsync?.(name, act, done));
}

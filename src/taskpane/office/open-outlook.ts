import type { OfficeJs } from './office-js.ts';
import { withinTime } from '../within-time.ts';
import { officeClient } from './office-client.ts';
import { outlookOver, type Page } from './outlook-over.ts';
import { OutlookFailure, type Outlook } from './outlook.ts';

/** Outside Outlook the script never says that it is ready, or says so without a host; in ms. */
const READY_MS = 20_000;

/** Outlook around this page, when it is ready. Rejects with OutlookFailure where there is none. */
export async function openOutlook(): Promise<Outlook> {
  if (typeof Office === 'undefined') throw new OutlookFailure('onReady', 'no-office-js');
  return await whenReady(Office, {
    prefers: (query) => matchMedia(query).matches,
    openWindow: (url) => void window.open(url, '_blank', 'noopener'),
  });
}

/** The same, of any script that speaks as Office.js does. */
export async function whenReady(office: OfficeJs, page: Page): Promise<Outlook> {
  await withinTime(READY_MS, office.onReady()).catch(() => {
    throw new OutlookFailure('onReady', 'timeout');
  });
  // For some mails classic Outlook gives an empty context (office-js 3026).
  const { mailbox } = office.context;
  if (!mailbox) throw new OutlookFailure('onReady', 'not-in-outlook');
  return outlookOver(officeClient(office, mailbox), page);
}

import { whenReady } from '../../../src/taskpane/office/open-outlook.ts';
import type { Page } from '../../../src/taskpane/office/outlook-over.ts';
import type { MailRecipient, Outlook } from '../../../src/taskpane/office/outlook.ts';
import type { InMemoryOutlook } from './in-memory-outlook.ts';

/** The adapter over an Outlook in memory. */
export async function adapterOver(outlook: InMemoryOutlook, page: Partial<Page> = {}): Promise<Outlook> {
  return await whenReady(outlook.office, { prefers: () => false, openWindow: (url) => void outlook.opened.push(`window ${url}`), ...page });
}

/** So many citizens in a row. */
export function citizens(count: number, from = 0): readonly MailRecipient[] {
  return Array.from({ length: count }, (_, n) => ({
    displayName: `Borger ${String(from + n)} (Digital Post)`,
    emailAddress: `${String(1_000_000_000 + from + n)}@35833684.ngdp.digital-post.dk`,
  }));
}

/** Lets everything that is due by itself happen. */
export async function settle(): Promise<void> {
  await new Promise((resume) => setImmediate(resume));
}

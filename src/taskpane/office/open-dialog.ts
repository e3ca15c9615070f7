import type { OfficeClient } from './office-client.ts';
import type { OfficeDialog } from './office-js.ts';
import { OutlookFailure, type DialogSize } from './outlook.ts';

/** Outlook may ask first whether it may open, and waits for a press; in ms. */
const DIALOG_BEGIN_MS = 120_000;
/** A window that nobody shuts is shut by us; in ms. */
const DIALOG_OPEN_MAX_MS = 300_000;

/** Opens a page of ours in a window of Outlook's; what it says first is the answer, and null that somebody shut it. */
export async function openDialog({ office, queue }: OfficeClient, url: string, { heightPercent, widthPercent }: DialogSize): Promise<string | null> {
  const { DialogMessageReceived: said, DialogEventReceived: ended } = office.EventType;
  // Outlook on the web asks first, for a window that opens by itself is shut out.
  const options = { height: heightPercent, width: widthPercent, promptBeforeOpen: true };
  const dialog = await queue.call<OfficeDialog>('displayDialogAsync', DIALOG_BEGIN_MS, (done) => office.context.ui.displayDialogAsync(url, options, done));
  return await new Promise((resolve, reject) => {
    const clock = setTimeout(() => {
      dialog.close();
      reject(new OutlookFailure('displayDialogAsync', 'timeout'));
    }, DIALOG_OPEN_MAX_MS);
    dialog.addEventHandler(ended, () => {
      clearTimeout(clock);
      resolve(null);
    });
    dialog.addEventHandler(said, (told) => {
      // The window goes to the log-on page of Microsoft and back: only a page of ours is listened to.
      if (!('message' in told) || (told.origin !== undefined && told.origin !== new URL(url).origin)) return;
      clearTimeout(clock);
      dialog.close();
      resolve(told.message);
    });
  });
}

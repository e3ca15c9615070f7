import { TimeOver, withinTime } from '../within-time.ts';

/** In ms. */
const READY_MS = 20_000;

/** From a window that the pane has opened: says this to the pane, and to no page of another origin. */
export async function tellPane(message: string): Promise<void> {
  if (typeof Office === 'undefined') throw new TimeOver();
  await withinTime(READY_MS, Office.onReady());
  const { ui, requirements } = Office.context;
  if (requirements.isSetSupported('DialogOrigin', '1.1')) ui.messageParent(message, { targetOrigin: location.origin });
  else ui.messageParent(message);
}

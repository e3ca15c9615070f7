import type { Outlook } from '../office/outlook.ts';
import { readLogOnMessage } from './log-on-message.ts';
import type { Token } from './token.ts';

/** In per cent of the screen: room for Microsoft's page. */
const SIZE = { heightPercent: 60, widthPercent: 30 } as const;

/** Log-on in a window, for clients without a broker: a page of ours beside the pane's. Null where nobody logged on. */
export async function dialogLogOn(outlook: Pick<Outlook, 'openDialog'>, paneUrl: string): Promise<Token | null> {
  const said = await outlook.openDialog(new URL('log-on.html', paneUrl).href, SIZE);
  const message = said === null ? null : readLogOnMessage(said);
  return message?.kind === 'token' ? { value: message.token, expiresAt: message.expiresAt === null ? null : new Date(message.expiresAt) } : null;
}

import { recordOf } from '../host/conversation.ts';

/** What Outlook writes into the name of an add-in's frame, and office.js into that of a dialog's window. */
export interface FrameName {
  readonly hostInfo: string;
  readonly xdmInfo: string;
  /** Of a dialog: what its parent was told of the client. */
  readonly appContext: Readonly<Record<string, unknown>>;
  /** Whether Outlook logs add-ins on (nested app authentication). Only this Outlook ever says no. */
  readonly logsOn: boolean;
  readonly isDialog: boolean;
}

const DIALOG = 'isDialog';

/** Null where no Outlook opened this page. */
export function readFrameName(): FrameName | null {
  try {
    const { hostInfo, xdmInfo, appContext, nestedAppAuth } = recordOf(JSON.parse(window.name));
    if (typeof hostInfo !== 'string' || typeof xdmInfo !== 'string') return null;
    const isDialog = window.opener !== null && hostInfo.split('$').includes(DIALOG);
    return { hostInfo, xdmInfo, appContext: recordOf(appContext), logsOn: nestedAppAuth !== false && !isDialog, isDialog };
  } catch {
    return null;
  }
}

/** The name of a dialog that this page opens. */
export function dialogName(appContext: Readonly<Record<string, unknown>>): string {
  const name = recordOf(JSON.parse(window.name));
  const [host = '', platform = '', version = '', language = '', id = ''] = String(name['hostInfo']).split('$');
  return JSON.stringify({ ...name, hostInfo: [host, platform, version, language, id, DIALOG, '', '0'].join('$'), appContext });
}

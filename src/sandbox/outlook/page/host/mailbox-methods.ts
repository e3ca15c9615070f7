import type { Draft } from '../model/draft.ts';
import { recordOf } from './conversation.ts';
import { HostFailure } from './host-failure.ts';
import { textOf, type HostGround, type HostMethods, type MethodParameters, type NewMailWish } from './host-method.ts';

/** Characters of what an add-in keeps with the mailbox, and of a new mail's body (outlook.md 1). */
const ROAMING_LENGTH_MAX = 32 * 1024;
const NEW_MAIL_BODY_LENGTH_MAX = 32 * 1024;
const RECIPIENTS_PER_FIELD = 100;

/** What an add-in may ask whatever is open. `contextData`: what a Smart Alert opened the pane for. */
export function mailboxMethods(ground: HostGround, contextData: () => string | null): HostMethods {
  const openNewMail = (parameters: MethodParameters): void => ground.openNewMail(newMailWish(parameters));
  return {
    2: () => {
      throw new HostFailure('AccessRestricted'); // Exchange's own tokens are off everywhere (outlook.md 3).
    },
    12: () => {
      throw new HostFailure('AccessRestricted');
    },
    42: () => ground.closePane(),
    44: openNewMail,
    97: () => ground.closePane(),
    99: () => contextData() ?? '',
    102: (parameters) => ground.openUrl(urlIn(parameters)),
    108: () => {
      // In drafts of a shared mailbox it fails on the web (outlook.md 1).
      throw new HostFailure('APINotSupportedForSharedFolders');
    },
    163: () => undefined,
    178: openNewMail,
    404: async (parameters) => {
      const settings = recordOf(Array.isArray(parameters) ? parameters[0] : undefined);
      if (JSON.stringify(settings).length > ROAMING_LENGTH_MAX) throw new HostFailure('GenericSettingsError');
      await ground.saveRoaming(settings);
    },
  };
}

/** Of a draft as a whole. */
export function draftMethods(draft: Draft, ground: HostGround): HostMethods {
  return {
    32: async () => await ground.keepDraft(draft),
    41: () => ground.closeItem(),
    164: () => {
      if (draft.savedId === null) throw new HostFailure('ItemNotSaved');
      return draft.savedId;
    },
    9002: () => ground.sendDraft(),
  };
}

/** `openBrowserWindow` comes as all Office programs send it: parameters by their place. */
function urlIn(parameters: MethodParameters): string {
  const url = textOf(parameters, 'url') || textOf(parameters, '0') || textOf(parameters, 'strUrl');
  if (!URL.canParse(url)) throw new HostFailure('InvalidParameterValueError');
  return url;
}

function newMailWish(parameters: MethodParameters): NewMailWish {
  const bodyHtml = textOf(parameters, 'htmlBody');
  const recipients = (name: string): NewMailWish['to'] => {
    const list = parameters[name];
    const found = Array.isArray(list) ? list.map(addressIn) : [];
    if (found.length > RECIPIENTS_PER_FIELD) throw new HostFailure('NumberOfRecipientsExceeded');
    return found;
  };
  if (bodyHtml.length > NEW_MAIL_BODY_LENGTH_MAX) throw new HostFailure('InvalidParameterValueError');
  return {
    to: recipients('toRecipients'), cc: recipients('ccRecipients'), bcc: recipients('bccRecipients'),
    subject: textOf(parameters, 'subject'), bodyHtml,
  };
}

function addressIn(one: unknown): { readonly name: string; readonly address: string } {
  if (typeof one === 'string') return { name: one, address: one };
  const { displayName, emailAddress, name, address } = recordOf(one);
  const found = String(emailAddress ?? address ?? '');
  return { address: found, name: String(displayName ?? name ?? found) };
}

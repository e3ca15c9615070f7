import type { Draft } from '../model/draft.ts';
import type { OpenMail } from '../model/open-mail.ts';
import type { ClientSettings } from './client-settings.ts';

export type MethodParameters = Readonly<Record<string, unknown>>;

/** Does what an add-in asks, and answers its data. Throws HostFailure. */
export type HostMethod = (parameters: MethodParameters) => unknown;
export type HostMethods = Readonly<Record<number, HostMethod>>;

/** What is open where an add-in stands: a mail being written, one being read, or nothing. */
export type HostItem =
  | { readonly kind: 'draft'; readonly draft: Draft }
  | { readonly kind: 'read'; readonly mail: OpenMail }
  | { readonly kind: 'none' };

/** A new mail as an add-in asks for it; addresses as Office.js sends them. */
export interface NewMailWish {
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly cc: readonly { readonly name: string; readonly address: string }[];
  readonly bcc: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  readonly bodyHtml: string;
}

/** What the methods need of the rest of Outlook. */
export interface HostGround {
  readonly client: () => ClientSettings;
  /** Keeps a draft among the drafts; its id. */
  readonly keepDraft: (draft: Draft) => Promise<string>;
  readonly sendDraft: () => void;
  readonly closeItem: () => void;
  readonly closePane: () => void;
  /** The keys have led out of the pane: to Outlook's next or previous control, or back to the mail. */
  readonly leavePane: (to: 'next' | 'previous' | 'mail') => void;
  readonly openUrl: (url: string) => void;
  readonly openNewMail: (wish: NewMailWish) => void;
  readonly saveRoaming: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
}

export function textOf(parameters: MethodParameters, name: string): string {
  const value = parameters[name];
  return typeof value === 'string' ? value : '';
}

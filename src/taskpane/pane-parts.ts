import { createContext, useContext, type ReactElement } from 'react';
import type { MeAnswer } from '../domain/gateway-api.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Remembered } from './memory/remembered.ts';
import type { Item, Outlook } from './office/outlook.ts';

/** How it stands between the pane and the gateway. `no-right`: logged on, and unknown there. */
export type Connection = 'connecting' | 'there' | 'away' | 'log-on-needed' | 'log-on-failed' | 'no-right';

export interface Account {
  /** What the gateway says of me, or said within a day; null before it has said anything. */
  readonly me: MeAnswer | null;
  readonly connection: Connection;
  /** Another number whenever the right is gone or somebody else has logged on; what was fetched before is none of theirs. */
  readonly generation: number;
  /** The gateway is there, and cannot say who I am: a fault of ours; `connection` is then `away`. */
  readonly fault: boolean;
  /** Asks the gateway again, whatever is remembered. */
  refresh(): Promise<void>;
  /** Lets the person log on; opens a window. */
  logOn(): Promise<void>;
}

export const tabs = ['write', 'lookup', 'sent'] as const;
/** `write` is Beskeden where a mail is read. */
export type Tab = (typeof tabs)[number];
/** Screens that take the whole pane, with a way back. */
export type WholeScreen = 'system' | 'mass' | 'news' | 'see' | 'board';

/** The id of the place at the foot of the pane, below the links, where Skriv has its bar. */
export const barPlaceId = 'bar-place';

/** Everything a screen needs from outside itself. */
export interface PaneParts {
  /** Version of the add-in. */
  readonly version: string;
  readonly outlook: Outlook;
  readonly gateway: Gateway;
  readonly remembered: Remembered;
  readonly account: Account;
  /** The item as it was read last; read again with every change in Outlook, on focus, and by `readAgain`. */
  readonly item: Item;
  readonly readAgain: () => Promise<Item>;
  readonly go: (to: Tab | WholeScreen) => void;
  /** From a screen that takes the whole pane to where it was opened, and to what opened it. */
  readonly back: () => void;
  /** Where that way back leads; null where there is none. */
  readonly below: Tab | WholeScreen | null;
  /** Tells the gateway's answers that matter to the whole pane: away, log on. A screen passes each failed answer on. */
  readonly noteAnswer: (answer: { readonly kind: string }) => void;
  /** What keeps the gateway from answering, or nothing: Skriv shows it under its sentence, else the pane above the screen. */
  readonly connectionNote: ReactElement;
  /** What a Smart Alert wants shown first, once: another object each time that it opens the pane. */
  readonly openedFor: { readonly wish: string } | null;
  /** Says something to those who do not see it (politely). */
  readonly announce: (text: string) => void;
}

export const PanePartsContext = createContext<PaneParts | null>(null);

export function usePaneParts(): PaneParts {
  const parts = useContext(PanePartsContext);
  if (!parts) throw new Error('a screen stands outside the pane');
  return parts;
}

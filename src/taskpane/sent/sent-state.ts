import type { SentList } from '../../domain/gateway-api.ts';
import type { NoAnswer, SentFilter, SentWhose } from '../gateway/gateway.ts';
import type { KnownDetail, SentMessage } from './sent-message.ts';

/** What came of a press on a row, until the next one. */
export type RowNote =
  | { readonly kind: 'busy'; readonly with: 'stop' | 'again' | 'proof' | 'failures' }
  /** All had left already; null: it is not known when. */
  | { readonly kind: 'too-late'; readonly at: Date | null }
  | { readonly kind: 'again'; readonly to: number }
  | { readonly kind: 'failed'; readonly answer: NoAnswer };

/** What is known of my messages. Each change is a new object. */
export interface SentState {
  readonly filter: SentFilter;
  readonly whose: SentWhose;
  /** Newest first. */
  readonly messages: readonly SentMessage[];
  readonly details: ReadonlyMap<string, KnownDetail>;
  readonly notes: ReadonlyMap<string, RowNote>;
  /** Whose recipients are shown. */
  readonly open: ReadonlySet<string>;
  readonly counts: SentList['counts'];
  /** The id after which the next page begins; null: there is none. */
  readonly next: string | null;
  /** The Message-ID of what somebody asked to be shown; its row takes the focus. */
  readonly wanted: string | null;
  /** Whose board is shown, by its id. */
  readonly board: string | null;
  /** When the gateway answered last; null: it never has. */
  readonly fetchedAt: Date | null;
  readonly loading: boolean;
  /** Whether the last question went unanswered, so that this may be old. */
  readonly stale: boolean;
}

/** Before anything has been asked. */
export const noneKnown: SentState = {
  filter: 'all', whose: 'mine', messages: [], details: new Map(), notes: new Map(), open: new Set(), counts: null, next: null, fetchedAt: null,
  loading: false, stale: false, wanted: null, board: null,
};

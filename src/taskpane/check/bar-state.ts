import type { Connection } from '../pane-parts.ts';
import type { frame } from '../texts/da.ts';
import type { CardMark } from './card-mark.ts';

export type BarKind = 'checking' | 'stop' | 'look' | 'offline' | 'ready';

type BarText = readonly [key: Extract<keyof typeof frame, `bar.${string}`>, n?: number];

/** What the bar says. */
export interface BarState {
  readonly kind: BarKind;
  readonly title: BarText;
  readonly more: BarText | null;
}

export interface BarQuestion {
  readonly applies: boolean;
  /** Something is still being looked at. */
  readonly checking: boolean;
  readonly connection: Connection;
  /** Some of it only the gateway will look at. */
  readonly notSeen: boolean;
  readonly marks: readonly CardMark[];
}

/** What now (ux.md 4); null: there is nobody outside or in Digital Post, and no bar. */
export function barState({ applies, checking, connection, notSeen, marks }: BarQuestion): BarState | null {
  const stops = countOf(marks, 'stop');
  const looks = countOf(marks, 'look');
  if (!applies && marks.length === 0) return null;
  if (checking) return { kind: 'checking', title: ['bar.checking'], more: null };
  if (stops > 0) return { kind: 'stop', title: counted('bar.stop', stops), more: looks > 0 ? counted('bar.also', looks) : ['bar.then'] };
  if (looks > 0) return { kind: 'look', title: counted('bar.look', looks), more: notSeen ? ['bar.unseen.do'] : null };
  if (isOffline(connection)) return { kind: 'offline', title: ['bar.offline'], more: ['bar.offline.do'] };
  if (notSeen) return { kind: 'offline', title: ['bar.offline'], more: ['bar.unseen.do'] };
  return { kind: 'ready', title: ['bar.ready'], more: ['bar.ready.do'] };
}

function counted(key: 'bar.stop' | 'bar.also' | 'bar.look', n: number): BarText {
  return n === 1 ? [`${key}1`] : [key, n];
}

/** The order in which "Vis" leads through the cards: what must be put right first. */
export function inLeadingOrder(marks: readonly CardMark[]): readonly CardMark[] {
  return [...marks.filter(({ grade }) => grade === 'stop'), ...marks.filter(({ grade }) => grade === 'look')];
}

function countOf(marks: readonly CardMark[], grade: CardMark['grade']): number {
  return marks.filter((mark) => mark.grade === grade).length;
}

function isOffline(connection: Connection): boolean {
  return connection !== 'there' && connection !== 'connecting';
}

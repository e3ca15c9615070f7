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
  readonly marks: readonly CardMark[];
}

/** What now (ux.md 4); null: there is nobody outside or in Digital Post, and no bar. */
export function barState({ applies, checking, connection, marks }: BarQuestion): BarState | null {
  const stops = countOf(marks, 'stop');
  const looks = countOf(marks, 'look');
  if (!applies && marks.length === 0) return null;
  if (checking) return { kind: 'checking', title: ['bar.checking'], more: null };
  if (stops > 0) {
    const also: BarText = looks === 1 ? ['bar.also1'] : ['bar.also', looks];
    return { kind: 'stop', title: stops === 1 ? ['bar.stop1'] : ['bar.stop', stops], more: looks > 0 ? also : ['bar.then'] };
  }
  if (looks > 0) return { kind: 'look', title: looks === 1 ? ['bar.look1'] : ['bar.look', looks], more: null };
  if (isOffline(connection)) return { kind: 'offline', title: ['bar.offline'], more: ['bar.offline.do'] };
  return { kind: 'ready', title: ['bar.ready'], more: ['bar.ready.do'] };
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

import type { NewsAnswer } from '../../domain/gateway-api.ts';
import { isNew } from './seen-day.ts';

export type Note = NewsAnswer['notes'][number];

export interface NewsList {
  readonly fresh: readonly Note[];
  readonly earlier: readonly Note[];
  /** The day to remember as seen; null: there is none. */
  readonly newest: string | null;
}

/** What the pane shows: notes about the add-in alone, those that came since the last look first (features M28). */
export function newsList({ notes }: Pick<NewsAnswer, 'notes'>, seen: string | null): NewsList {
  const own = notes.filter(({ component }) => component === 'add-in').sort((one, other) => other.date.localeCompare(one.date));
  return {
    fresh: own.filter(({ date }) => isNew(date, seen)),
    earlier: own.filter(({ date }) => !isNew(date, seen)),
    newest: own[0]?.date ?? null,
  };
}

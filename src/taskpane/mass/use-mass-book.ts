import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { noonOf, shownTime } from '../parts/shown-time.ts';
import { keptForAccount } from '../parts/kept-for-account.ts';
import { usePaneParts } from '../pane-parts.ts';
import { mass } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { MassBook, type MassState } from './mass-book.ts';
import type { StatusText } from './mass-table.ts';

// The list outlives its screen, so that one can look at the letter and come back; it dies with the draft and the pane.
const bookOf = keptForAccount<MassBook>();

/** The one list of this draft. */
export function useMassBook(): MassBook {
  const { gateway, noteAnswer, outlook, account: { generation } } = usePaneParts();
  return useMemo(() => bookOf(gateway, generation, () => {
    const book = new MassBook({ gateway, note: noteAnswer, now: () => performance.now() });
    outlook.onChange((change) => {
      if (change === 'item') book.begin();
    });
    return book;
  }), [gateway, generation, noteAnswer, outlook]);
}

export function useMassState(book: MassBook): MassState {
  return useSyncExternalStore(useCallback((listener) => book.onChange(listener), [book]), () => book.state());
}

/** Says how a row stands. */
export function useSayStatus(): (status: StatusText) => string {
  const say = useText(mass);
  const locale = useLocale();
  return useMemo(() => {
    const time = shownTime(locale);
    return ({ key, parameters, day }) => say(key, { ...parameters, ...(day !== undefined && { date: time.day(noonOf(day)) }) });
  }, [say, locale]);
}

import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { keptForAccount } from '../parts/kept-for-account.ts';
import { useNow } from '../parts/now.ts';
import { shownTime } from '../parts/shown-time.ts';
import { sent } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { openSentBook, type SentBook } from './sent-book.ts';
import type { SentState } from './sent-state.ts';
import type { SentRights } from './sent-row.ts';
import type { SentWords } from './sent-words.ts';

// What was fetched outlives the screen, so that it can be shown at once and while the gateway is away; it dies with the pane,
// or with the right to know it.
const bookOf = keptForAccount<SentBook>();

/** The one book of Sendt. */
export function useSentBook(): SentBook {
  const { gateway, noteAnswer, account: { generation } } = usePaneParts();
  return useMemo(
    () => bookOf(gateway, generation, () => openSentBook({ gateway, now: () => new Date(), note: noteAnswer })),
    [gateway, generation, noteAnswer],
  );
}

export function useSentState(book: SentBook): SentState {
  return useSyncExternalStore((listener) => book.onChange(listener), () => book.state());
}

/** Hears what happens to the messages as long as the screen stands, and somebody is logged on. */
export function useFollowed(book: SentBook): void {
  const { account: { connection } } = usePaneParts();
  const mayAsk = connection === 'connecting' || connection === 'there' || connection === 'away';
  useEffect(() => {
    if (!mayAsk) return undefined;
    const shut = new AbortController();
    void book.follow(shut.signal);
    return () => shut.abort();
  }, [book, mayAsk]);
}

export function useSentWords(): SentWords {
  const say = useText(sent);
  const locale = useLocale();
  const now = useNow();
  const { account: { me } } = usePaneParts();
  const contact = me?.organisation.helpContact ?? '';
  return useMemo(() => ({ say, time: shownTime(locale), now, contact }), [say, locale, now, contact]);
}

export function useSentRights(): SentRights {
  const { account: { me } } = usePaneParts();
  return { stop: me?.may.includes('stop') ?? false, resend: me?.may.includes('resend') ?? false };
}

/** Whether one may have the whole numbers of those who did not get a mass send: the right of sending to a list. */
export function useMayFetchFailures(): boolean {
  const { account: { me } } = usePaneParts();
  return me?.may.includes('mass-send') ?? false;
}

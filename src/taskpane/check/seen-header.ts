import { useEffect, useRef } from 'react';
import { LETTER_SEEN_FIELD, printSeenSigns } from '../../domain/letter-seen.ts';
import { usePaneParts } from '../pane-parts.ts';
import type { Finding } from './finding.ts';
import type { CheckState } from './use-check.ts';

/**
 * What the draft tells the gateway: the findings of the letter that somebody has said are right, card by card. A card that is
 * open has not been answered, whatever has been seen on the screen. Null: there is nothing to tell.
 */
export function seenHeader(accepted: readonly Pick<Finding, 'signs'>[]): string | null {
  return printSeenSigns(accepted.flatMap(({ signs }) => signs ?? []));
}

/** Keeps the draft's header as "Det er rigtigt" stands; nothing where the client has no headers. */
export function useSeenHeader({ applies, checkedAt, accepted }: Pick<CheckState, 'applies' | 'checkedAt' | 'accepted'>): void {
  const { outlook } = usePaneParts();
  const value = seenHeader(accepted);
  // Before the letter has been looked at, what an earlier pane has written stands.
  const isKnown = applies && checkedAt !== null;
  const queue = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    if (!outlook.can.headers || !isKnown) return;
    const write = async (): Promise<void> => {
      if (value !== null) await outlook.setHeaders({ [LETTER_SEEN_FIELD]: value });
      else await outlook.removeHeaders([LETTER_SEEN_FIELD]);
    };
    // In turn, so that what is known last stands there. Where it fails the gateway tells of it once more, which does no harm.
    queue.current = queue.current.then(write).catch(() => undefined);
  }, [outlook, value, isKnown]);
}

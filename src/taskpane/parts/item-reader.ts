import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Item, Outlook } from '../office/outlook.ts';
import { sharedReadings } from './shared-readings.ts';

/** While the pane has focus the item is read this often: some clients raise no event (outlook.md 8.2). */
const READ_AGAIN_MS = 1_000;

/**
 * The item, as Outlook holds it: read at once, with every change that Outlook tells of, when the pane gets focus, and
 * every second while it is seen. An unchanged item is the same object, so that nothing is drawn again for it. `asked`:
 * Outlook has answered once, or could not; before that nobody knows whether a mail is written or read.
 */
export function useItem(outlook: Outlook): { readonly item: Item; readonly asked: boolean; readonly readAgain: () => Promise<Item> } {
  const [item, setItem] = useState<Item>({ kind: 'none' });
  const [asked, setAsked] = useState(false);
  const latest = useRef<{ readonly item: Item; readonly written: string }>({ item, written: '' });
  const readings = useMemo(() => sharedReadings(async () => await outlook.item()), [outlook]);

  const readAgain = useCallback(async (): Promise<Item> => {
    try {
      const now = await readings.read();
      const written = JSON.stringify(now);
      if (written !== latest.current.written) {
        latest.current = { item: now, written };
        setItem(now);
      }
      return latest.current.item;
    } finally {
      setAsked(true);
    }
  }, [readings]);

  useEffect(() => {
    const read = (): void => void readAgain().catch(() => undefined);
    const readWhenSeen = (): void => {
      // Where one reading takes longer than the clock, the next waits for it to end.
      if (document.visibilityState === 'visible' && !readings.isReading()) read();
    };
    read();
    const stop = outlook.onChange((change) => {
      if (change !== 'theme') read();
    });
    window.addEventListener('focus', read);
    const clock = setInterval(readWhenSeen, READ_AGAIN_MS);
    return () => {
      stop();
      window.removeEventListener('focus', read);
      clearInterval(clock);
    };
  }, [outlook, readings, readAgain]);

  return { item, asked, readAgain };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Item, Outlook } from '../office/outlook.ts';

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
  const reading = useRef<Promise<Item> | null>(null);

  const readAgain = useCallback(async (): Promise<Item> => {
    // One reading at a time; whoever asks meanwhile gets one that began after the question.
    while (reading.current) await reading.current.catch(() => undefined);
    reading.current = outlook.item();
    try {
      const now = await reading.current;
      const written = JSON.stringify(now);
      if (written !== latest.current.written) {
        latest.current = { item: now, written };
        setItem(now);
      }
      return latest.current.item;
    } finally {
      reading.current = null;
      setAsked(true);
    }
  }, [outlook]);

  useEffect(() => {
    const read = (): void => void readAgain().catch(() => undefined);
    const readWhenSeen = (): void => {
      if (document.visibilityState === 'visible') read();
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
  }, [outlook, readAgain]);

  return { item, asked, readAgain };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Outlook } from '../office/outlook.ts';
import { keepAccepted, readAccepted } from './accepted.ts';

export interface Accepted {
  readonly marks: ReadonlySet<string>;
  /** Keeps with the draft whether a find is right. */
  readonly set: (mark: string, isRight: boolean) => void;
}

/** What somebody has said is right in this draft; read again when another draft is opened. */
export function useAccepted(outlook: Outlook): Accepted {
  const [marks, setMarks] = useState<readonly string[]>([]);
  const latest = useRef(marks);
  const take = useCallback((now: readonly string[]) => {
    latest.current = now;
    setMarks(now);
  }, []);

  useEffect(() => {
    let over = false;
    const read = (): void => void readAccepted(outlook).then((kept) => over || take(kept));
    read();
    const stop = outlook.onChange((change) => {
      if (change !== 'item') return;
      take([]);
      read();
    });
    return () => {
      over = true;
      stop();
    };
  }, [outlook, take]);

  const set = useCallback((mark: string, isRight: boolean) => {
    const others = latest.current.filter((known) => known !== mark);
    take(isRight ? [...others, mark] : others);
    void keepAccepted(outlook, latest.current);
  }, [outlook, take]);
  return { marks: new Set(marks), set };
}

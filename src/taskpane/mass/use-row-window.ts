import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { rowWindow, type RowWindow } from './row-window.ts';

/** The height of a row of two lines, in px, until it has been seen. */
const USUAL_ROW_PX = 49;
/** What is drawn before anybody knows how high the region is, in px. */
const FIRST_VIEW_PX = 800;

export interface WindowQuestion {
  /** What scrolls. */
  readonly region: RefObject<HTMLDivElement | null>;
  /** Of the rows, in their order; the same array as long as it says the same. */
  readonly places: readonly number[];
  /** Another one begins at the top. */
  readonly filter: string;
}

export interface ShownWindow {
  readonly body: RefObject<HTMLTableSectionElement | null>;
  readonly range: RowWindow;
  readonly onScroll: () => void;
}

/** Which rows stand in view; rows are as high as they come out, and are measured when they are drawn. */
export function useRowWindow({ region, places, filter }: WindowQuestion): ShownWindow {
  const body = useRef<HTMLTableSectionElement>(null);
  const heights = useRef(new Map<number, number>());
  const [view, setView] = useState({ top: 0, height: FIRST_VIEW_PX });
  const [measured, setMeasured] = useState(0);

  const look = useCallback(() => {
    const { scrollTop = 0, clientHeight = FIRST_VIEW_PX } = region.current ?? {};
    setView((before) => (before.top === scrollTop && before.height === clientHeight ? before : { top: scrollTop, height: clientHeight }));
  }, [region]);
  useEffect(() => {
    const { current } = region;
    if (!current) return undefined;
    let width = current.clientWidth;
    const watch = new ResizeObserver(() => {
      // Other widths, other heights.
      if (current.clientWidth !== width) heights.current.clear();
      width = current.clientWidth;
      look();
    });
    watch.observe(current);
    return () => watch.disconnect();
  }, [region, look]);
  useEffect(() => {
    if (region.current) region.current.scrollTop = 0;
    look();
  }, [region, filter, look]);

  const range = useMemo(
    () => rowWindow({ heights: heights.current, places, usual: USUAL_ROW_PX, top: view.top, bottom: view.top + view.height }),
    [places, view, measured],
  );
  useLayoutEffect(() => {
    let changed = false;
    for (const row of body.current?.querySelectorAll<HTMLElement>('tr[data-place]') ?? []) {
      const place = Number(row.dataset['place']);
      const height = row.getBoundingClientRect().height;
      if (Math.abs((heights.current.get(place) ?? USUAL_ROW_PX) - height) < 0.5) continue;
      heights.current.set(place, height);
      changed = true;
    }
    if (changed) setMeasured((n) => n + 1);
  });
  useFocusStays(region);
  return { body, range, onScroll: look };
}

/** A button that is scrolled away is no longer drawn; what had its focus is the region then. */
function useFocusStays(region: RefObject<HTMLDivElement | null>): void {
  const had = useRef(false);
  useLayoutEffect(() => {
    const { current } = region;
    if (had.current && (document.activeElement === null || document.activeElement === document.body)) current?.focus({ preventScroll: true });
    had.current = current?.contains(document.activeElement) ?? false;
  });
  useEffect(() => {
    const { current } = region;
    const note = (): void => void (had.current = true);
    // What is taken away has lost its focus too, and is then no longer there.
    const forget = ({ target, relatedTarget }: FocusEvent): void => {
      const stays = relatedTarget instanceof Node && (current?.contains(relatedTarget) ?? false);
      if (target instanceof Node && target.isConnected && !stays) had.current = false;
    };
    current?.addEventListener('focusin', note);
    current?.addEventListener('focusout', forget);
    return () => {
      current?.removeEventListener('focusin', note);
      current?.removeEventListener('focusout', forget);
    };
  }, [region]);
}

import { makeStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { barPlaceId, usePaneParts, type PaneParts } from '../pane-parts.ts';
import { focusCard } from '../parts/focus-card.ts';
import { StateIcon, type ShownState } from '../parts/state-icon.tsx';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { alertCard } from '../check/alert-card.ts';
import { barState, inLeadingOrder, type BarKind, type BarState } from '../check/bar-state.ts';
import type { CardMark } from '../check/card-mark.ts';
import type { CheckState } from '../check/use-check.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';

export interface BarProps {
  readonly state: CheckState;
  /** The cards above Tjek (rows, Afsender, Svar, Flere oplysninger) in the order in which they stand. */
  readonly marks: readonly CardMark[];
  /** Recipients are still being looked up. */
  readonly busy?: boolean;
}

/** "Tjekker …" comes first when it takes so long. */
const CHECKING_SHOWN_AFTER_MS = 400;
/** While a text is written, or a check goes on, the number of things to look at changes more often than anybody can listen to. */
const WORDS_STAND_AFTER_MS = 1_000;

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', columnGap: '12px', minHeight: '32px', padding: '12px 16px', borderTop: '1px solid', outlineOffset: '-2px' },
  words: { flexGrow: 1, minWidth: 0 },
  lead: { flexShrink: 0, whiteSpace: 'nowrap' },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  more: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  stop: { backgroundColor: tokens.colorStatusDangerBackground1, borderTopColor: tokens.colorStatusDangerBorder1 },
  look: { backgroundColor: tokens.colorStatusWarningBackground1, borderTopColor: tokens.colorStatusWarningBorder1 },
  ready: { backgroundColor: tokens.colorStatusSuccessBackground1, borderTopColor: tokens.colorStatusSuccessBorder1 },
  offline: { backgroundColor: tokens.colorNeutralBackground2, borderTopColor: tokens.colorNeutralStroke2 },
  checking: { backgroundColor: tokens.colorNeutralBackground2, borderTopColor: tokens.colorNeutralStroke2 },
});

/**
 * What now: the bar at the foot of the pane (ux.md 4). It may be mounted anywhere in Skriv; it stands below the links. Led
 * to by a Smart Alert, it leads on to the card of what stopped the mail.
 */
export function Bar({ state, marks, busy = false }: BarProps): ReactElement | null {
  const { account: { connection }, openedFor } = usePaneParts();
  const all = [...marks, ...state.marks];
  const checking = state.checking || busy || connection === 'connecting';
  const shown = useShown(barState({ applies: state.applies, checking, connection: state.broken ? 'away' : connection, notSeen: state.notSeen !== null, marks: all }));
  const say = useText(frame);
  useSaid(shown);
  useShownForAlert(openedFor, checking ? null : all);
  const place = usePlace();
  if (!shown || !place) return null;
  const icon = shown.kind === 'offline' && connection === 'away' ? 'away' : icons[shown.kind];
  return createPortal(<BarContent shown={shown} marks={all} icon={icon} label={say('aria.next')} />, place);
}

const icons: Readonly<Record<BarKind, ShownState>> = { stop: 'stop', look: 'look', ready: 'ok', offline: 'info', checking: 'checking' };

interface BarContentProps {
  readonly shown: BarState;
  readonly marks: readonly CardMark[];
  readonly icon: ShownState;
  readonly label: string;
}

function BarContent({ shown, marks, icon, label }: BarContentProps): ReactElement {
  const styles = useStyles();
  const say = useText(frame);
  const [last, setLast] = useState<string | null>(null);
  const order = inLeadingOrder(marks).map(({ key }) => key);
  const place = last === null ? -1 : order.indexOf(last);
  const next = order[(place + 1) % order.length];
  const lead = (): void => {
    if (next === undefined) return;
    setLast(next);
    focusCard(next);
  };
  return (
    <section className={`${styles.bar} ${styles[shown.kind]}`} aria-label={label} data-bar={shown.kind} tabIndex={-1}>
      <StateIcon state={icon} />
      <div className={styles.words}>
        <p className={styles.title}>{say(...textOf(shown.title))}</p>
        {shown.more && <p className={styles.more}>{say(...textOf(shown.more))}</p>}
      </div>
      {next !== undefined && <Button className={styles.lead} onClick={lead}>{say(place >= 0 && order.length > 1 ? 'bar.next' : 'bar.show')}</Button>}
    </section>
  );
}

function textOf([key, n]: BarState['title']): [BarState['title'][0], { readonly n: number } | undefined] {
  return [key, n === undefined ? undefined : { n }];
}

/** Short checks are not shown: until then the bar stays as it was. */
function useShown(now: BarState | null): BarState | null {
  const before = useRef<BarState | null>(null);
  const checking = now?.kind === 'checking';
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!checking) return undefined;
    const timer = setTimeout(() => setSlow(true), CHECKING_SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [checking]);
  if (!checking) before.current = now;
  return checking && !slow ? before.current : now;
}

/** Said to those who do not see it: at once when it is another kind than before, and when its words have become others and stand. */
function useSaid(shown: BarState | null): void {
  const { announce } = usePaneParts();
  const say = useText(frame);
  const said = useRef<{ readonly kind: BarKind; readonly bar: string } | null>(null);
  const kind = shown?.kind ?? 'checking';
  const bar = shown ? [shown.title, ...(shown.more ? [shown.more] : [])].map((text) => say(...textOf(text))).join('. ') : '';
  useEffect(() => {
    if (kind === 'checking' || bar === said.current?.bar) return undefined;
    const tell = (): void => {
      said.current = { kind, bar };
      announce(say('live.bar', { bar }));
    };
    if (kind !== said.current?.kind) {
      tell();
      return undefined;
    }
    const timer = setTimeout(tell, WORDS_STAND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [kind, bar]);
}

// Beside the component, which comes and goes with the tabs: a wish is granted once.
const granted = new WeakSet<NonNullable<PaneParts['openedFor']>>();

/** A Smart Alert stopped the mail, and its button opened the pane: the card of what it stopped it for. */
function useShownForAlert(openedFor: PaneParts['openedFor'], marks: readonly CardMark[] | null): void {
  useEffect(() => {
    if (openedFor === null || granted.has(openedFor) || marks === null) return;
    const card = alertCard(openedFor.wish, marks);
    if (card !== null && focusCard(card)) granted.add(openedFor);
  });
}

/** Below the links, where the shell has room for it; the page keeps what has focus clear of it. */
function usePlace(): HTMLElement | null {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const found = document.getElementById(barPlaceId);
    setPlace(found);
    if (!found) return undefined;
    const observer = new ResizeObserver(() => {
      document.documentElement.style.scrollPaddingBottom = `${String(found.offsetHeight)}px`;
    });
    observer.observe(found);
    return () => observer.disconnect();
  }, []);
  return place;
}

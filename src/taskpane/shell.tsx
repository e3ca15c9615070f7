import { makeStyles } from '@fluentui/react-components';
import { Component, lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { ConnectionNote } from './connection-note.tsx';
import type { Gateway } from './gateway/gateway.ts';
import type { Remembered } from './memory/remembered.ts';
import type { Item, Outlook } from './office/outlook.ts';
import type { PageFacts } from './page-facts.ts';
import { barPlaceId, PanePartsContext, tabs, type Connection, type PaneParts, type Tab, type WholeScreen } from './pane-parts.ts';
import { useAccount } from './parts/account.ts';
import { useItem } from './parts/item-reader.ts';
import { isNew, seenDay } from './news/seen-day.ts';
import { frame } from './texts/da.ts';
import { useText } from './texts/use-text.ts';
import { Button } from './parts/button.tsx';
import { focusWhenThere } from './parts/focus-when-there.ts';
import { Link } from './parts/link.tsx';
import { StateIcon } from './parts/state-icon.tsx';
import { Themed } from './parts/themed.tsx';
import { tokens } from './parts/tokens.ts';

// Each screen is fetched when it is first opened.
const screens = {
  compose: lazy(async () => await import(/* webpackChunkName: "compose" */ './compose/compose.tsx')),
  read: lazy(async () => await import(/* webpackChunkName: "read" */ './read/read.tsx')),
  lookup: lazy(async () => await import(/* webpackChunkName: "lookup" */ './name-lookup/name-lookup.tsx')),
  sent: lazy(async () => await import(/* webpackChunkName: "sent" */ './sent/sent.tsx')),
  news: lazy(async () => await import(/* webpackChunkName: "news" */ './news/news.tsx')),
  system: lazy(async () => await import(/* webpackChunkName: "system" */ './system/system.tsx')),
  board: lazy(async () => await import(/* webpackChunkName: "board" */ './sent/mass-board.tsx')),
  mass: lazy(async () => await import(/* webpackChunkName: "mass" */ './mass/mass.tsx')),
  see: lazy(async () => await import(/* webpackChunkName: "see" */ './see/see.tsx')),
};

export interface ShellProps {
  readonly facts: PageFacts;
  readonly outlook: Outlook;
  readonly gateway: Gateway;
  readonly remembered: Remembered;
}

const useStyles = makeStyles({
  pane: { display: 'flex', flexDirection: 'column', minHeight: '100vh', backgroundColor: tokens.colorNeutralBackground1, overflowWrap: 'anywhere' },
  training: { margin: 0, padding: '4px 16px', backgroundColor: '#000', color: '#ffd335', fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  tabs: { display: 'flex', columnGap: '20px', padding: '0 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  tab: {
    padding: '12px 0 10px', border: 0, borderBottom: '3px solid transparent', background: 'none', font: 'inherit', color: tokens.colorNeutralForeground2, cursor: 'pointer',
    // Where colours are the person's own, a transparent line is seen.
    '@media (forced-colors: active)': { borderBottomColor: 'Canvas' },
    '&[aria-current]': { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold, borderBottomColor: tokens.colorCompoundBrandStroke, '@media (forced-colors: active)': { borderBottomColor: 'Highlight' } },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  screen: { flexGrow: 1, display: 'flex', flexDirection: 'column' },
  foot: { display: 'flex', flexWrap: 'wrap', columnGap: '16px', rowGap: '8px', padding: '12px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, fontSize: tokens.fontSizeBase200 },
  bar: { position: 'sticky', bottom: 0, zIndex: 1 },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
});

/** The pane around its screens: tabs, notes on connection and log-on, links, and the voice for those who do not see it. */
export function Shell(props: ShellProps): ReactElement {
  const theme = useTheme(props.outlook);
  return <Themed theme={theme}><Frame {...props} /></Themed>;
}

/** Follows Outlook's theme, and the computer's where Outlook does not tell. */
function useTheme(outlook: Outlook): ReturnType<Outlook['theme']> {
  const [theme, setTheme] = useState(() => outlook.theme());
  useEffect(() => {
    const again = (): void => setTheme(outlook.theme());
    const media = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
    for (const one of media) one.addEventListener('change', again);
    const stop = outlook.onChange((change) => {
      if (change === 'theme') again();
    });
    return () => {
      for (const one of media) one.removeEventListener('change', again);
      stop();
    };
  }, [outlook]);
  return theme;
}

function Frame({ facts, outlook, gateway, remembered: memory }: ShellProps): ReactElement {
  const styles = useStyles();
  const say = useText(frame);
  const { account, note, remembered } = useAccount(gateway, memory);
  const { item, asked, readAgain } = useItem(outlook);
  const openedFor = useOpenedFor(outlook);
  const { screen: chosen, below, go, back } = useScreen(openedFor);
  const shownTabs = tabs.filter((tab) => tab !== 'lookup' || mayLookUp(account));
  const screen = isWhole(chosen) || shownTabs.includes(chosen) ? chosen : 'write';
  const { announced, announce } = useAnnouncements();
  useConnectionBack(account.connection, announce, say('net.back'));

  const parts = useMemo<PaneParts>(
    () => ({ version: facts.version, outlook, gateway, remembered, account, item, readAgain, go, back, below, noteAnswer: note, connectionNote: <ConnectionNote account={account} />, openedFor, announce }),
    [facts, outlook, gateway, remembered, account, note, item, readAgain, go, back, below, openedFor],
  );
  return (
    <PanePartsContext value={parts}>
      <div className={styles.pane}>
        {facts.training && <header className={styles.training}>{say('train.pane')}</header>}
        {!isWhole(screen) && <Tabs shown={shownTabs} current={screen} item={item} asked={asked} go={go} />}
        {!(screen === 'write' && item.kind === 'draft') && parts.connectionNote}
        <main className={styles.screen}>
          {!isWhole(screen) && <h1 className={styles.hidden}>Digital Post</h1>}
          <ScreenFault key={`${screen} ${String(account.generation)}`} text={say('err.bug')} again={say('err.reload')}>
            <Suspense fallback={<Loading />}>{asked ? <Screen screen={screen} item={item} /> : <Loading />}</Suspense>
          </ScreenFault>
        </main>
        {!isWhole(screen) && <Foot me={account.me} outlook={outlook} go={go} />}
        <div id={barPlaceId} className={styles.bar} />
        <div className={styles.hidden} aria-live="polite">{announced.map(({ n, text }) => <p key={n}>{text}</p>)}</div>
      </div>
    </PanePartsContext>
  );
}

/** Offered until the gateway has said that there is nothing one may look up. */
function mayLookUp({ me, connection }: PaneParts['account']): boolean {
  return connection !== 'no-right' && (me === null || me.cprAccess !== null || me.cvrAccess);
}

function Foot({ me, outlook, go }: { readonly me: PaneParts['account']['me']; readonly outlook: Outlook; readonly go: PaneParts['go'] }): ReactElement {
  const styles = useStyles();
  const say = useText(frame);
  const helpUrl = me?.organisation.helpUrl ?? null;
  const n = me?.news?.filter((day) => isNew(day, seenDay())).length ?? 0;
  return (
    <footer className={styles.foot}>
      {helpUrl !== null && <Link onClick={() => outlook.openUrl(helpUrl)}>{say('foot.help')}</Link>}
      {me?.news && <Link id="news-link" onClick={() => go('news')}>{say(n === 0 ? 'foot.news' : n === 1 ? 'foot.newsCount1' : 'foot.newsCount', { n })}</Link>}
      <Link id="system-link" onClick={() => go('system')}>{say('foot.system')}</Link>
    </footer>
  );
}

/** Says that the gateway answers again, to those who do not see the note go. */
function useConnectionBack(connection: Connection, announce: (text: string) => void, text: string): void {
  const before = useRef(connection);
  useEffect(() => {
    if (before.current === 'away' && connection === 'there') announce(text);
    before.current = connection;
  }, [connection, announce, text]);
}

function isWhole(screen: Tab | WholeScreen): screen is WholeScreen {
  return !tabs.some((tab) => tab === screen);
}

interface ShownScreen {
  readonly screen: Tab | WholeScreen;
  /** Where the way back leads, and the id of what was pressed there; null: it is a tab, and leads nowhere. */
  readonly below: ShownScreen | null;
  readonly opener: string;
  /** One has come back: the id of what then has the focus. */
  readonly returnedTo: string;
}

/** The tab that the pane is opened on, where its address names one: `pane.html?tab=sent`. */
function firstTab(): Tab {
  const named = new URLSearchParams(location.search).get('tab');
  return tabs.find((tab) => tab === named) ?? 'write';
}

/** Which screen is shown. A Smart Alert leads to Skriv; the way back from a whole screen leads to what one left by. */
function useScreen(openedFor: PaneParts['openedFor']): { readonly screen: Tab | WholeScreen } & Pick<PaneParts, 'go' | 'back' | 'below'> {
  const [shown, setShown] = useState<ShownScreen>(() => ({ screen: firstTab(), below: null, opener: '', returnedTo: '' }));
  const go = useCallback((to: Tab | WholeScreen) => {
    const opener = document.activeElement?.id ?? '';
    setShown((now) => (now.screen === to ? now : { screen: to, below: isWhole(to) ? now : null, opener, returnedTo: '' }));
  }, []);
  const back = useCallback(() => setShown((now) => ({ ...(now.below ?? now), returnedTo: now.opener })), []);
  useEffect(() => {
    if (openedFor !== null) go('write');
  }, [openedFor, go]);
  useEffect(() => focusWhenThere(shown.returnedTo), [shown]);
  return { screen: shown.screen, below: shown.below?.screen ?? null, go, back };
}

function Loading(): ReactElement {
  const say = useText(frame);
  return <p style={{ padding: '0 16px' }}>{say('loading')}</p>;
}

function Screen({ screen, item }: { readonly screen: Tab | WholeScreen; readonly item: Item }): ReactElement {
  const name = screen === 'write' ? (item.kind === 'draft' ? 'compose' : 'read') : screen;
  const Shown = screens[name];
  return <Shown />;
}

/** As many as may be said one after the other, before the first is heard. */
const ANNOUNCEMENTS_MAX = 3;

/** What is said to those who do not see it. Two things that happen at once are both said, and the same thing twice is said twice. */
function useAnnouncements(): { readonly announced: readonly { readonly n: number; readonly text: string }[]; readonly announce: (text: string) => void } {
  const [announced, setAnnounced] = useState<readonly { readonly n: number; readonly text: string }[]>([]);
  const announce = useCallback((text: string) => {
    setAnnounced((before) => [...before.slice(1 - ANNOUNCEMENTS_MAX), { n: (before.at(-1)?.n ?? 0) + 1, text }]);
  }, []);
  return { announced, announce };
}

/** Opened again by a Smart Alert while it stands: the newest wish counts, also where it is the same as the one before. */
function useOpenedFor(outlook: Outlook): PaneParts['openedFor'] {
  const [openedFor, setOpenedFor] = useState<PaneParts['openedFor']>(null);
  useEffect(() => {
    const ask = (): void => void outlook.openedFor().then((wish) => wish !== null && setOpenedFor({ wish }), () => undefined);
    ask();
    return outlook.onChange((change) => {
      if (change === 'opened-from-alert') ask();
    });
  }, [outlook]);
  return openedFor;
}

interface TabsProps {
  readonly shown: readonly Tab[];
  readonly current: Tab;
  readonly item: Item;
  readonly asked: boolean;
  readonly go: (to: Tab) => void;
}

function Tabs({ shown, current, item, asked, go }: TabsProps): ReactElement {
  const styles = useStyles();
  const say = useText(frame);
  const names = { write: say(asked && item.kind !== 'draft' ? 'nav.read' : 'nav.write'), lookup: say('nav.lookup'), sent: say('nav.sent') };
  return (
    <nav className={styles.tabs} aria-label={say('aria.tabs')}>
      {shown.map((tab) => (
        <button key={tab} type="button" className={styles.tab} aria-current={tab === current ? 'page' : undefined} onClick={() => go(tab)}>{names[tab]}</button>
      ))}
    </nav>
  );
}

interface ScreenFaultProps {
  readonly text: string;
  readonly again: string;
  readonly children: ReactNode;
}

/** A fault of ours takes down one screen, never the mail. */
class ScreenFault extends Component<ScreenFaultProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <div role="alert" style={{ padding: '16px' }}><p style={{ display: 'flex', columnGap: '10px' }}><StateIcon state="stop" /><span>{this.props.text}</span></p><Button onClick={() => location.reload()}>{this.props.again}</Button></div>;
  }
}

import { makeStyles } from '@fluentui/react-components';
import { useEffect, type ReactElement } from 'react';
import type { SentFilter, SentWhose } from '../gateway/gateway.ts';
import { usePaneParts } from '../pane-parts.ts';
import { frame, sent } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { SentBook } from './sent-book.ts';
import type { SentState } from './sent-state.ts';
import { SentRowView } from './sent-row-view.tsx';
import { useFollowed, useSentBook, useSentState, useSentWords } from './use-sent-book.ts';
import { Button } from '../parts/button.tsx';
import { FilterButtons } from '../parts/filter-buttons.tsx';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '8px', padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  whose: {
    minHeight: '26px', maxWidth: '100%', padding: '1px 4px', font: 'inherit', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible, borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  plain: { margin: 0, padding: '12px 16px' },
  small: { margin: 0, padding: '8px 16px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  more: { padding: '12px 16px' },
});

/** Sendt: what became of my messages, as it happens (ux.md 5.9). */
export default function Sent(): ReactElement {
  const styles = useStyles();
  const say = useText(sent);
  const words = useSentWords();
  const book = useSentBook();
  const state = useSentState(book);
  useFresh(book, state);
  useFollowed(book);
  const { messages, next, loading, stale, fetchedAt } = state;
  return (
    <>
      <Filters book={book} state={state} />
      {stale && fetchedAt !== null && <p className={styles.small}>{say('sent.asOf', { time: words.time.point(fetchedAt, words.now) })}</p>}
      {messages.length === 0 && <Nothing state={state} />}
      <ul className={styles.list}>
        {messages.map((message) => <li key={message.id}><SentRowView book={book} state={state} message={message} words={words} /></li>)}
      </ul>
      {next !== null && (
        <div className={styles.more}><Button size="small" disabledFocusable={loading} onClick={() => void book.more()}>{say('sent.more')}</Button></div>
      )}
    </>
  );
}

/** Fetched when the screen is opened, and when the gateway can be asked again. */
function useFresh(book: SentBook, { stale }: SentState): void {
  const { account: { connection } } = usePaneParts();
  useEffect(() => void book.reload(), [book]);
  useEffect(() => {
    if (connection === 'there' && stale) void book.reload();
    // A question that went unanswered is put again when the connection is back, not at once.
  }, [book, connection]);
}

function Filters({ book, state: { filter, whose, counts } }: { readonly book: SentBook; readonly state: SentState }): ReactElement {
  const styles = useStyles();
  const say = useText(sent);
  const { account: { me } } = usePaneParts();
  // In a mailbox that nobody else sends from, all is mine.
  const shared = me?.mailboxes.some(({ address }) => address.toLowerCase() !== me.user.address.toLowerCase()) ?? false;
  const numbered = (words: string, count: number | undefined): string => {
    if (count === undefined || count === 0 || counts === null) return words;
    return `${words} (${count >= counts.max ? `${String(counts.max)}+` : String(count)})`;
  };
  const filters: readonly (readonly [SentFilter, string])[] = [
    ['all', say('sent.filter.all')],
    ['open', numbered(say('sent.filter.open'), counts?.open)],
    ['failed', numbered(say('sent.filter.bad'), counts?.failed)],
  ];
  return (
    <div className={styles.filters}>
      <FilterButtons filters={filters} chosen={filter} choose={(one) => void book.choose({ filter: one })} />
      {(shared || whose === 'mailboxes') && <Whose book={book} whose={whose} several={(me?.mailboxes.length ?? 1) > 1} />}
    </div>
  );
}

/** Mine, or all that was sent from mailboxes that I share. */
function Whose({ book, whose, several }: { readonly book: SentBook; readonly whose: SentWhose; readonly several: boolean }): ReactElement {
  const styles = useStyles();
  const say = useText(sent);
  return (
    <select className={styles.whose} aria-label={say('sent.whose')} value={whose} onChange={({ target }) => void book.choose({ whose: target.value === 'mine' ? 'mine' : 'mailboxes' })}>
      <option value="mine">{say('sent.whose.mine')}</option>
      <option value="mailboxes">{several ? say('sent.whose.mailboxes') : say('sent.whose.mailbox')}</option>
    </select>
  );
}

/** Why there is nothing to see. Where one must log on first, the note above says so. */
function Nothing({ state: { filter, whose, loading, stale, fetchedAt } }: { readonly state: SentState }): ReactElement | null {
  const styles = useStyles();
  const say = useText(sent);
  const sayFrame = useText(frame);
  const { account: { connection } } = usePaneParts();
  if (connection === 'log-on-needed' || connection === 'log-on-failed' || connection === 'no-right') return null;
  if (loading) return <p className={styles.plain}>{sayFrame('loading')}</p>;
  if (stale || fetchedAt === null) return <p className={styles.plain}>{say('sent.notFetched')}</p>;
  if (filter !== 'all') return <p className={styles.plain}>{say('sent.none')}</p>;
  return <p className={styles.plain}>{whose === 'mine' ? say('sent.empty') : say('sent.empty.mailboxes')}</p>;
}

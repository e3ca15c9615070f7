import { makeStyles } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons/svg/arrow-download';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { Link } from '../parts/link.tsx';
import { canSaveFiles, saveFile } from '../parts/save-file.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { tokens } from '../parts/tokens.ts';
import { sent } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { boardEnd, boardFailures, boardFigures, minutesLeft, settledQuarters, type SettledAt } from './board-standing.ts';
import { NoteText } from './sent-acts.tsx';
import type { SentBook } from './sent-book.ts';
import type { RowNote, SentState } from './sent-state.ts';
import { isHeld, type KnownDetail, type SentMessage } from './sent-message.ts';
import { shownName, type SentRow } from './sent-row.ts';
import { StandingLine, useShownRow } from './sent-row-view.tsx';
import { messageStanding, recipientStanding, type SentWords, type Standing } from './sent-words.ts';
import { useFollowed, useMayFetchFailures, useSentBook, useSentState, useSentWords } from './use-sent-book.ts';

const small = { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 } as const;

const useStyles = makeStyles({
  board: { flex: '1 1 0', display: 'flex', flexDirection: 'column', minHeight: '320px', overflowWrap: 'anywhere' },
  content: { flex: '1 1 0', minHeight: 0, overflowY: 'auto' },
  part: { padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  small: { ...small, margin: 0, color: tokens.colorNeutralForeground2 },
  strong: { margin: '6px 0 0', fontWeight: tokens.fontWeightSemibold },
  bar: {
    height: '4px', margin: '8px 0 6px', borderRadius: tokens.borderRadiusMedium, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground6,
    '& > div': { height: '100%', backgroundColor: tokens.colorCompoundBrandBackground },
    '@media (forced-colors: active)': { border: '1px solid CanvasText', '& > div': { backgroundColor: 'Highlight', forcedColorAdjust: 'none' } },
  },
  figures: { display: 'flex', flexWrap: 'wrap', columnGap: '12px', rowGap: '8px', margin: '12px 0 0', '& > div': { flex: '1 1 64px' } },
  count: { margin: 0, fontSize: '20px', lineHeight: '26px', fontWeight: tokens.fontWeightSemibold },
  name: { ...small, color: tokens.colorNeutralForeground2 },
  heading: { margin: 0, fontSize: 'inherit', lineHeight: 'inherit', fontWeight: tokens.fontWeightSemibold },
  failures: { listStyleType: 'none', margin: '8px 0 0', padding: 0, '& > li': { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` } },
  failure: { display: 'flex', columnGap: '12px', justifyContent: 'space-between' },
  who: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  more: { display: 'inline-block', marginTop: '8px' },
  files: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginBottom: '6px' },
  foot: { display: 'flex', flexDirection: 'column', rowGap: '8px', padding: '14px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2, outlineStyle: 'none' },
  centre: { textAlign: 'center' },
});

/** What becomes of a mass send, as it happens: how far it is, who did not get it, and what can be done (ux.md 5.10). */
export default function MassBoard(): ReactElement | null {
  const { back } = usePaneParts();
  const book = useSentBook();
  const state = useSentState(book);
  useFollowed(book);
  const message = state.messages.find(({ id }) => id === state.board) ?? null;
  const isGone = message === null;
  useEffect(() => {
    if (isGone) back();
  }, [isGone, back]);
  const id = message?.id ?? null;
  useEffect(() => (id === null ? undefined : book.attend(id)), [book, id]);
  return message && <Board book={book} state={state} message={message} />;
}

interface BoardProps {
  readonly book: SentBook;
  readonly state: SentState;
  readonly message: SentMessage;
}

function Board({ book, state, message }: BoardProps): ReactElement {
  const styles = useStyles();
  const words = useSentWords();
  const { back } = usePaneParts();
  const row = useShownRow(state, message, words);
  const detail = state.details.get(message.id) ?? null;
  const note = state.notes.get(message.id) ?? null;
  useSaid(message, words);
  return (
    <div className={styles.board}>
      <ScreenHead title={row.subject} back={back} />
      <div className={styles.content}>
        <section className={styles.part}>
          <p className={styles.small}>{words.say('board.sent', { time: words.time.point(new Date(message.sentAt), words.now), sender: message.sentAs.join(', ') || message.from })}</p>
          <Progress message={message} detail={detail} words={words} />
          <Figures message={message} detail={detail} words={words} />
        </section>
        <Failures book={book} message={message} detail={detail} words={words} />
        <Files book={book} message={message} hasProof={row.proof} isBusy={note?.kind === 'busy'} />
      </div>
      <Foot book={book} row={row} note={note} words={words} />
    </div>
  );
}

interface StandingProps {
  readonly message: SentMessage;
  readonly detail: KnownDetail | null;
  readonly words: SentWords;
}

/** How far it is: a bar while it moves; else in words, also that somebody must approve it first. */
function Progress({ message, detail, words }: StandingProps): ReactElement {
  const styles = useStyles();
  const minutes = useMinutesLeft(message, words.now);
  const { counts: { delivered: a, pending, all: n }, state, stopped } = message;
  if (state !== 'expanded' || stopped || pending === 0 || n === 0 || isHeld(message, words.now)) return <StandingLine standing={endOf(message, detail, words)} strong />;
  const text = words.say('board.bar', { a, n });
  return (
    <>
      <p className={styles.strong}>{text}</p>
      <div className={styles.bar} role="progressbar" aria-label={text} aria-valuemin={0} aria-valuemax={n} aria-valuenow={a}><div style={{ width: `${String((100 * a) / n)}%` }} /></div>
      {minutes !== null && <p className={styles.small}>{minutes === 1 ? words.say('board.left1') : words.say('board.left', { minutes })}</p>}
    </>
  );
}

function endOf(message: SentMessage, detail: KnownDetail | null, words: SentWords): Standing {
  const end = boardEnd(message);
  return end ? { state: end.state, text: words.say(end.text, end.parameters), more: null } : messageStanding(message, detail, words);
}

/** At the pace since the board was opened. */
function useMinutesLeft({ id, counts: { pending, all } }: SentMessage, now: Date): number | null {
  const settled = all - pending;
  const [first, setFirst] = useState<SettledAt & { readonly id: string }>({ id, atMs: now.getTime(), settled });
  // What was stopped, or has not begun, tells nothing of the pace: it is taken from the first that moves.
  if (first.id !== id || (first.settled === 0 && settled > 0)) setFirst({ id, atMs: now.getTime(), settled });
  return minutesLeft(first, { atMs: now.getTime(), settled }, all);
}

function Figures({ message, detail, words: { say } }: StandingProps): ReactElement | null {
  const styles = useStyles();
  const count = new Intl.NumberFormat(useLocale());
  const figures = message.state === 'expanded' ? boardFigures(message, detail) : null;
  return figures && (
    <dl className={styles.figures}>
      {figures.map(([name, n]) => <div key={name}><dd className={styles.count}>{count.format(n)}</dd><dt className={styles.name}>{say(name)}</dt></div>)}
    </dl>
  );
}

/** Who did not get it, each by the line of the list, and why. */
function Failures({ book, message, detail, words }: StandingProps & { readonly book: SentBook }): ReactElement | null {
  const styles = useStyles();
  const { say } = words;
  const { counts: { failed }, done, id, sentAt, state } = message;
  if (failed === 0) return state === 'expanded' && !done && message.counts.delivered > 0 ? <section className={styles.part}><p className={styles.small}>{say('board.none')}</p></section> : null;
  const { failures, hasMore } = boardFailures(message, detail);
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{`${say('sent.filter.bad')} (${String(failed)})`}</h2>
      <ul className={styles.failures}>
        {failures.map((recipient) => (
          <li key={recipient.position}>
            <div className={styles.failure}><p className={styles.who}>{shownName(recipient)}</p><span className={styles.small}>{say('board.line', { n: String(recipient.position) })}</span></div>
            <StandingLine standing={{ ...recipientStanding(recipient, new Date(sentAt), words), state: 'look' }} />
          </li>
        ))}
      </ul>
      {hasMore && <Link className={styles.more} onClick={() => void book.moreRecipients(id)}>{say('sent.more')}</Link>}
    </section>
  );
}

interface FilesProps {
  readonly book: SentBook;
  readonly message: SentMessage;
  readonly hasProof: boolean;
  readonly isBusy: boolean;
}

/** What can be taken out as files. The list of failures has whole numbers, and that is said before it is fetched. */
function Files({ book, message: { id, counts: { failed } }, hasProof, isBusy }: FilesProps): ReactElement | null {
  const styles = useStyles();
  const say = useText(sent);
  const { outlook, announce } = usePaneParts();
  const mayFetch = useMayFetchFailures();
  const hasFailures = failed > 0 && mayFetch;
  if (!hasFailures && !hasProof) return null;
  if (!canSaveFiles(outlook.client)) return <section className={styles.part}><p className={styles.small}>{say('board.cannot')}</p></section>;
  const save = async (fetched: Promise<Blob | null>, name: string, done: string): Promise<void> => {
    const file = await fetched;
    if (!file) return;
    saveFile(file, name);
    announce(done);
  };
  return (
    <section className={styles.part}>
      <div className={styles.files}>
        {hasFailures && (
          <Button size="small" aria-describedby="failures-hint" disabledFocusable={isBusy} onClick={() => void save(book.failures(id), `fejlliste-${id}.csv`, say('board.failures.done'))}>
            <ArrowDownload20Regular aria-hidden />{say('board.failures')}
          </Button>
        )}
        {hasProof && <Button size="small" disabledFocusable={isBusy} onClick={() => void save(book.proof(id), `bevis-${id}.zip`, say('sent.proof.done'))}><ArrowDownload20Regular aria-hidden />{say('sent.proof')}</Button>}
      </div>
      {hasFailures && <p className={styles.small} id="failures-hint">{say('board.failures.hint')}</p>}
    </section>
  );
}

interface FootProps {
  readonly book: SentBook;
  readonly row: SentRow;
  readonly note: RowNote | null;
  readonly words: SentWords;
}

/** Stop, or send again. Neither is blue: the one is seldom wanted, and after the other most fail again. */
function Foot({ book, row: { id, stop, again }, note, words }: FootProps): ReactElement | null {
  const styles = useStyles();
  const { say } = words;
  const isBusy = note?.kind === 'busy';
  const place = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    // The button goes with what it was for.
    if (pressed.current && document.activeElement === document.body) place.current?.focus();
  });
  const press = (act: Promise<void>): void => {
    pressed.current = true;
    void act;
  };
  if (stop === null && again === null && note === null && !pressed.current) return null;
  return (
    <div className={styles.foot} ref={place} tabIndex={-1} role="group" aria-label={say('board.acts')}>
      <div aria-live="polite"><NoteText note={note} words={words} /></div>
      {stop !== null && <Button disabledFocusable={isBusy} onClick={() => press(book.stop(id))}>{stop}</Button>}
      {again !== null && <Button disabledFocusable={isBusy} onClick={() => press(book.sendAgain(id))}>{again}</Button>}
      {again !== null && <p className={`${styles.small} ${styles.centre}`}>{say('board.again.note')}</p>}
    </div>
  );
}

/** Said at each quarter and at the end, to those who do not see the bar; not what was so when the board was opened. */
function useSaid(message: SentMessage, { say }: SentWords): void {
  const { announce } = usePaneParts();
  const quarter = settledQuarters(message);
  const said = useRef(quarter);
  const end = boardEnd(message);
  useEffect(() => {
    if (quarter <= said.current) return;
    said.current = quarter;
    const { delivered: a, all: n } = message.counts;
    announce(end ? say(end.text, end.parameters) : say('board.bar', { a, n }));
  }, [quarter]);
}

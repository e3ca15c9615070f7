import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { ChevronDown20Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUp20Regular } from '@fluentui/react-icons/svg/chevron-up';
import { useEffect, useId, useRef, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Link } from '../parts/link.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { sent } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { ActButtons, NoteText } from './sent-acts.tsx';
import type { SentBook } from './sent-book.ts';
import type { SentState } from './sent-state.ts';
import type { KnownDetail, SentMessage } from './sent-message.ts';
import { sentRow, shownRecipients, type SentRow } from './sent-row.ts';
import { recipientStanding, type SentWords, type Standing } from './sent-words.ts';
import { useSentRights } from './use-sent-book.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';

const small = { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 } as const;

const useStyles = makeStyles({
  row: {
    padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere', outlineOffset: '-2px',
  },
  head: { display: 'flex', columnGap: '8px', alignItems: 'baseline' },
  subject: { margin: 0, flexGrow: 1, minWidth: 0, fontSize: 'inherit', fontWeight: 'inherit', lineHeight: 'inherit' },
  time: { ...small, flexShrink: 0, color: tokens.colorNeutralForeground2 },
  small: { ...small, margin: 0, color: tokens.colorNeutralForeground2 },
  standing: { display: 'flex', columnGap: '8px', margin: '4px 0 0' },
  words: { minWidth: 0 },
  strong: { fontWeight: tokens.fontWeightSemibold },
  bar: {
    height: '4px', marginTop: '8px', borderRadius: tokens.borderRadiusMedium, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground6,
    '& > div': { height: '100%', backgroundColor: tokens.colorCompoundBrandBackground },
    '@media (forced-colors: active)': { border: '1px solid CanvasText', '& > div': { backgroundColor: 'Highlight', forcedColorAdjust: 'none' } },
  },
  toggle: {
    display: 'inline-flex', alignItems: 'center', columnGap: '4px', minHeight: '24px', margin: '4px 0 0', padding: 0, border: 0, background: 'none', font: 'inherit', ...small,
    color: tokens.colorNeutralForeground2, cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  recipients: { listStyleType: 'none', margin: '4px 0 0', padding: '0 0 0 28px' },
  recipient: { padding: '4px 0' },
  name: { margin: 0, fontWeight: tokens.fontWeightSemibold },
});

export interface SentRowViewProps {
  readonly book: SentBook;
  readonly state: SentState;
  readonly message: SentMessage;
  readonly words: SentWords;
}

/** One message: what, to whom, as whom, what became of it, and what can be done. */
export function SentRowView({ book, state, message, words }: SentRowViewProps): ReactElement {
  const styles = useStyles();
  const row = useShownRow(state, message, words);
  const note = state.notes.get(message.id) ?? null;
  const pressed = useRef(false);
  const place = useRowPlace(book, state.wanted !== null && state.wanted === message.messageId, pressed);
  return (
    <article className={styles.row} ref={place} tabIndex={-1} onClick={() => (pressed.current = true)}>
      <div className={styles.head}>
        <h2 className={styles.subject}>{row.subject}</h2>
        <span className={styles.time}>{row.time}</span>
      </div>
      <p className={styles.small}>{row.toAndAs}</p>
      {row.writtenBy !== null && <p className={styles.small}>{row.writtenBy}</p>}
      {/* Rows change by themselves; what is said aloud is what became of the one that was pressed. */}
      <div aria-live={pressed.current ? 'polite' : 'off'}>
        <StandingLine standing={row.standing} strong />
        <NoteText note={note} words={words} />
      </div>
      {/* The words above it say the same. */}
      {row.progress !== null && <div className={styles.bar} aria-hidden><div style={{ width: `${String(row.progress * 100)}%` }} /></div>}
      {row.board && <BoardButton book={book} id={message.id} />}
      {row.recipients !== null && <Recipients label={row.recipients} book={book} state={state} message={message} words={words} />}
      <ActButtons book={book} row={row} busy={note?.kind === 'busy'} />
    </article>
  );
}

/** A message as its row and its board show it. */
export function useShownRow(state: SentState, message: SentMessage, words: SentWords): SentRow {
  const { account: { me } } = usePaneParts();
  const rights = useSentRights();
  const detail = state.details.get(message.id) ?? null;
  const sentAgain = state.notes.get(message.id)?.kind === 'again' || state.messages.some(({ resendOf }) => resendOf === message.id);
  return sentRow(message, { detail, rights, sentAgain, me: me?.user.address ?? null }, words);
}

/** The row takes the focus when somebody asked for it, and when the button that had it is gone. */
function useRowPlace(book: SentBook, wanted: boolean, pressed: { readonly current: boolean }): (element: HTMLElement | null) => void {
  const row = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!wanted) return;
    row.current?.focus();
    book.want(null);
  }, [book, wanted]);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (pressed.current && lost && document.hasFocus()) row.current?.focus();
  });
  return (element) => {
    row.current = element;
  };
}

/** How something stands, with its icon. */
export function StandingLine({ standing, strong = false }: { readonly standing: Standing; readonly strong?: boolean }): ReactElement {
  const styles = useStyles();
  return (
    <div className={styles.standing}>
      <StateIcon state={standing.state} />
      <div className={styles.words}>
        <span className={mergeClasses(strong && styles.strong)}>{standing.text}</span>
        {standing.more !== null && <p className={styles.small}>{standing.more}</p>}
      </div>
    </div>
  );
}

/** To what becomes of a mass send. */
function BoardButton({ book, id }: { readonly book: SentBook; readonly id: string }): ReactElement {
  const say = useText(sent);
  const { go } = usePaneParts();
  const open = (): void => {
    book.showBoard(id);
    go('board');
  };
  return <p style={{ margin: '4px 0 0' }}><Link id={`board-${id}`} onClick={open}>{say('sent.board')}</Link></p>;
}

/** Whom it is to, one by one, behind a button. */
function Recipients({ label, book, state, message, words }: SentRowViewProps & { readonly label: string }): ReactElement {
  const styles = useStyles();
  const say = useText(sent);
  const listId = useId();
  const { id } = message;
  const open = state.open.has(id);
  const detail = state.details.get(id);
  return (
    <>
      <button type="button" className={styles.toggle} aria-expanded={open} aria-controls={listId} onClick={() => void book.toggleRecipients(id)}>
        {open ? say('sent.hide') : label}
        {open ? <ChevronUp20Regular aria-hidden /> : <ChevronDown20Regular aria-hidden />}
      </button>
      <div id={listId} hidden={!open}>
        {open && detail && <RecipientList detail={detail} message={message} words={words} />}
        {open && detail && detail.next !== null && <Button size="small" onClick={() => void book.moreRecipients(id)}>{say('sent.more')}</Button>}
      </div>
    </>
  );
}

function RecipientList({ detail, message, words }: { readonly detail: KnownDetail; readonly message: SentMessage; readonly words: SentWords }): ReactElement {
  const styles = useStyles();
  const sentAt = new Date(message.sentAt);
  return (
    <ul className={styles.recipients}>
      {shownRecipients(message, detail, words).map(({ name, recipient }) => (
        <li key={recipient.position} className={styles.recipient}>
          <p className={styles.name}>{name}</p>
          <StandingLine standing={recipientStanding(recipient, sentAt, words)} />
        </li>
      ))}
    </ul>
  );
}


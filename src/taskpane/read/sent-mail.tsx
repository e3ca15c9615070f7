import { makeStyles } from '@fluentui/react-components';
import { useEffect, useMemo, type ReactElement, type ReactNode } from 'react';
import { channels, memoChannelIds } from '../../domain/channel.ts';
import { boldParts } from '../compose/bold-parts.ts';
import type { ReadMail } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { FactList, type Fact } from '../parts/fact-list.tsx';
import { MaskedNumber, useShownNumber, type ShownNumber } from '../parts/masked-number.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { ActButtons, NoteText } from '../sent/sent-acts.tsx';
import { openSentBook, type SentBook } from '../sent/sent-book.ts';
import type { SentState } from '../sent/sent-state.ts';
import type { KnownDetail, SentMessage } from '../sent/sent-message.ts';
import { sentRow, toWhom } from '../sent/sent-row.ts';
import { recipientStanding, type SentWords } from '../sent/sent-words.ts';
import { useFollowed, useSentRights, useSentState, useSentWords } from '../sent/use-sent-book.ts';
import { frame, read, sent } from '../texts/da.ts';
import { useLocale, useText, useTextParts } from '../texts/use-text.ts';
import { answerPath } from './answer-path.ts';
import { namedRecipients, type NamedRecipient } from './sent-recipients.ts';
import { Statement, type StatementPart } from './statement.tsx';
import { tokens } from '../parts/tokens.ts';
import { WrongRecipient } from './wrong-recipient.tsx';

const useStyles = makeStyles({
  part: { padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  heading: { margin: 0, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0, '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` } },
  row: { display: 'flex', columnGap: '8px', padding: '8px 0' },
  body: { minWidth: 0, flexGrow: 1 },
  name: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  line: { margin: 0 },
  small: {
    display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '4px', minHeight: '24px', margin: 0,
    fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2,
  },
});

/** A mail that I sent: the rows as they were written, now with what became of each (ux.md, `read-sent.png`). */
export function SentMail({ mail }: { readonly mail: ReadMail }): ReactElement {
  const say = useText(read);
  const sayFrame = useText(frame);
  const words = useSentWords();
  const book = useBookOf(mail);
  const state = useSentState(book);
  const { connection } = usePaneParts().account;
  useFollowed(book);
  // The mail itself; what sends it again stands in Sendt.
  const message = state.messages.find(({ resendOf }) => resendOf === null) ?? state.messages[0];
  if (message) return <Known mail={mail} book={book} state={state} message={message} words={words} />;
  const away = state.stale || (state.fetchedAt === null && connection !== 'there' && connection !== 'connecting');
  if (away) return <Statement parts={plain(say('read.sentAway'))} />;
  const waiting = state.fetchedAt === null && mail.messageId !== null && mail.sentAt !== null;
  return <Statement parts={plain(waiting ? sayFrame('loading') : say('read.sentUnknown'))} />;
}

function plain(text: string): readonly StatementPart[] {
  return [{ text, bold: false }];
}

/** A book of this mail alone; looked for again when the gateway is there again. */
function useBookOf({ messageId, sentAt, from }: ReadMail): SentBook {
  const { gateway, noteAnswer, account: { connection } } = usePaneParts();
  const book = useMemo(() => openSentBook({ gateway, now: () => new Date(), note: noteAnswer }), [gateway, noteAnswer]);
  const sentAtMs = sentAt?.getTime() ?? null;
  const there = connection === 'there' || connection === 'connecting';
  useEffect(() => {
    if (messageId === null || sentAtMs === null || !there) return;
    void book.find({ mailbox: from.address, messageId, sentAt: new Date(sentAtMs) });
  }, [book, messageId, sentAtMs, from.address, there]);
  return book;
}

interface KnownProps {
  readonly mail: ReadMail;
  readonly book: SentBook;
  readonly state: SentState;
  readonly message: SentMessage;
  readonly words: SentWords;
}

function Known({ mail, book, state, message, words }: KnownProps): ReactElement {
  const styles = useStyles();
  const say = useText(read);
  const shown = useShownNumber();
  const rights = useSentRights();
  const facts = useFacts(mail, message, words);
  const detail = state.details.get(message.id) ?? null;
  const note = state.notes.get(message.id) ?? null;
  const sentAgain = note?.kind === 'again' || state.messages.some(({ resendOf }) => resendOf === message.id);
  const row = sentRow(message, { detail, rights, sentAgain, me: null }, words);
  const recipients = namedRecipients(mail, detail?.recipients ?? []);
  // What mends the only failure stands on it.
  const mendedInRow = recipients.filter(({ recipient: { outcome } }) => outcome === 'failed').length === 1;
  const busy = note?.kind === 'busy';
  return (
    <>
      <Statement parts={useSentence({ mail, message, detail, recipients, words, standing: row.standing.text })} />
      {recipients.length > 0 && (
        <section className={styles.part}>
          <h2 className={styles.heading}>{say('read.recipients')}</h2>
          <ul className={styles.list}>
            {recipients.map((one) => (
              <li key={one.recipient.position}>
                <RecipientLine named={one} sentAt={new Date(message.sentAt)} words={words} shown={shown}>
                  {mendedInRow && one.recipient.outcome === 'failed' && <ActButtons book={book} row={{ ...row, stop: null, proof: false }} busy={busy} />}
                </RecipientLine>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.part}>
        <FactList facts={facts} />
        <div aria-live="polite"><NoteText note={note} words={words} /></div>
        <ActButtons book={book} row={mendedInRow ? { ...row, again: null } : row} busy={busy} />
        {row.proof && <WrongRecipient book={book} id={message.id} />}
      </section>
    </>
  );
}

interface SentenceOf {
  readonly mail: ReadMail;
  readonly message: SentMessage;
  readonly detail: KnownDetail | null;
  readonly recipients: readonly NamedRecipient[];
  readonly words: SentWords;
  readonly standing: string;
}

/** "Du sendte Digital Post til 4 modtagere som Jobcenter. Leveret til 3 af 4, 1 fejlede." */
function useSentence({ message, detail, recipients, words, standing }: SentenceOf): readonly StatementPart[] {
  const sayParts = useTextParts(sent);
  const locale = useLocale();
  const [only] = recipients;
  // Refused whole, it was not sent: the words of that say so.
  if (message.state === 'refused' || message.sentAs.length === 0) return plain(standing);
  const channel = new Intl.ListFormat(locale).format(channelNames(detail, words));
  const name = message.recipientCount === 1 && only ? only.name : toWhom(message, detail, words).replace(' ', '\u00a0');
  return boldParts(sayParts('sent.you1', { channel, name, sender: message.sentAs.join(', '), state: standing.replace(/\.$/, '') }));
}

/** How it went, as far as it is known; a colleague in the same mail had ordinary mail. */
function channelNames(detail: KnownDetail | null, { say }: SentWords): readonly string[] {
  const used = new Set((detail?.recipients ?? []).map(({ channel }) => channel));
  const networks = memoChannelIds.filter((id) => used.has(id)).map((id) => channels[id].name);
  const names = [...networks, ...(used.has('mail') ? [say('sent.you.mail')] : [])];
  return names.length === 0 ? [channels.ngdp.name] : names;
}

function useFacts(mail: ReadMail, { sentAt }: SentMessage, { time }: SentWords): readonly Fact[] {
  const say = useText(read);
  const { account: { me } } = usePaneParts();
  const path = answerPath(mail, me);
  const answer = path.kind === 'no' ? say('read.reply.no') : path.mailbox === null ? say('read.reply.can') : say('read.reply.yes', { mailbox: path.mailbox });
  return [[say('read.k.sent'), time.dayAndClock(new Date(sentAt))], [say('read.k.answer'), answer]];
}

interface RecipientLineProps {
  readonly named: NamedRecipient;
  readonly sentAt: Date;
  readonly words: SentWords;
  readonly shown: ShownNumber;
  /** What can be done about it. */
  readonly children: ReactNode;
}

function RecipientLine({ named: { recipient, name, cpr }, sentAt, words, shown, children }: RecipientLineProps): ReactElement {
  const styles = useStyles();
  const standing = recipientStanding(recipient, sentAt, words);
  const number = cpr === null ? null : <MaskedNumber cpr={cpr} name={name} id={String(recipient.position)} shown={shown} />;
  const isNumber = name === recipient.recipient && number !== null;
  return (
    <div className={styles.row}>
      <StateIcon state={standing.state} />
      <div className={styles.body}>
        <p className={styles.name}>{isNumber ? number : name}</p>
        {recipient.outcome === 'failed' ? (
          <>
            {!isNumber && number !== null && <p className={styles.small}>{number}</p>}
            <p className={styles.line}>{standing.text}</p>
            {children}
          </>
        ) : (
          <p className={styles.small}>
            <span>{standing.text}</span>
            {!isNumber && number !== null && <><span aria-hidden>·</span>{number}</>}
          </p>
        )}
      </div>
    </div>
  );
}

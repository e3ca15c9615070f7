import { makeStyles } from '@fluentui/react-components';
import { useEffect, useId, useMemo, useRef, useState, type ReactElement } from 'react';
import { sortDraftFiles, shownFileName } from '../../domain/draft-files.ts';
import { guessedOwnMail } from '../../domain/draft-recipients.ts';
import { readRecipients } from '../compose/read-recipients.ts';
import { senderReference } from '../compose/sender-choice.ts';
import { sentencesOf } from '../compose/sentence.ts';
import { SmallState } from '../compose/small-state.tsx';
import { SentenceLine } from '../compose/sentence-line.tsx';
import { useComposeStyles } from '../compose/compose-styles.ts';
import { useSendingAs } from '../compose/use-sending-as.ts';
import type { Draft, Outlook } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { FactList, type Fact } from '../parts/fact-list.tsx';
import { Link } from '../parts/link.tsx';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { shownTime } from '../parts/shown-time.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { frame, mass } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { mergeFaults, mergeFile, type EachKind } from './each-letters.ts';
import { EachStep } from './each-step.tsx';
import type { StepProps } from './list-step.tsx';
import { makeLetter, type DraftLetter } from './make-letter.ts';
import type { MassList } from './mass-list.ts';
import { massMailbox } from './mass-mailbox.ts';
import { useMassStyles } from './mass-styles.ts';
import type { MassWritten } from './mass-written.ts';
import { massWriters } from './mend-mass.ts';
import { putList, type EachToPut } from './put-list.ts';
import { useEach, type EachState } from './use-each.ts';
import { splitLettersFor } from './use-split.ts';

const useStyles = makeStyles({
  fact: { display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', columnGap: '12px' },
  value: { fontWeight: tokens.fontWeightSemibold },
  count: { maxWidth: '120px' },
  scroll: { flex: '1 1 0', minHeight: 0, overflowY: 'auto', '& > div': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` } },
  part: { padding: '12px 16px' },
  typed: { padding: '12px 16px', display: 'flex', flexDirection: 'column', rowGap: '4px' },
  // As the bar of Skriv says it.
  done: {
    display: 'flex', alignItems: 'center', columnGap: '12px', minHeight: '32px', padding: '12px 16px', outlineOffset: '-2px', borderTop: `1px solid ${tokens.colorStatusSuccessBorder1}`,
    backgroundColor: tokens.colorStatusSuccessBackground1,
  },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold },
});

interface BeforeProps extends StepProps {
  readonly list: MassList;
  /** It lies in the mail. */
  readonly onPut: () => void;
}

/** Step 3: what will happen, in one look, before the list is put into the mail. */
export function BeforeStep({ book, list, draft, onPut }: BeforeProps): ReactElement {
  const styles = useStyles();
  const n = list.recipients.length;
  const { key, label, holdMs, approvalOver } = useSender(draft);
  const each = useEach(draft, list);
  const { put, state, done } = usePut(list, { senderKey: key, each, draft }, onPut);
  const [typed, setTyped] = useState('');
  const { account: { me } } = usePaneParts();
  const typedOver = me?.limits.typedOverRecipients ?? Infinity;
  const asksCount = n > typedOver && state !== 'done';
  const canPut = key !== null && each.isReady && (!asksCount || countIn(typed) === n);
  return (
    <>
      <div className={styles.scroll}>
        <Sentence n={n} sender={label} holdMs={holdMs} />
        {state !== 'done' && <div className={styles.part}><EachStep each={each} list={list} draft={draft} /></div>}
        <div className={styles.part}><BeforeFacts list={list} draft={draft} each={each.kind} sender={label} change={() => book.goBack()} isApproved={n > approvalOver} /></div>
        {asksCount && <TypedCount n={n} typed={typed} set={setTyped} />}
      </div>
      <Foot state={state} letters={each.kind === 'split' ? { done, n } : null} canPut={canPut} put={put} />
    </>
  );
}

function Sentence({ n, sender, holdMs }: { readonly n: number; readonly sender: string; readonly holdMs: number }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const rows = [{ way: 'ngdp', count: n, gets: true, replyable: false, isList: true, name: '' } as const];
  return <SentenceLine lines={sentencesOf({ rows, sender, holdMs: 0, holdListMs: holdMs, stopping: 0, home: '' })} place={place} />;
}

/** "1.000" and "1 000" are a thousand. */
function countIn(typed: string): number {
  return Number(typed.replace(/[\s.]/g, ''));
}

interface SentAs {
  /** Null: it is not known as whom. */
  readonly key: string | null;
  readonly label: string;
  readonly holdMs: number;
  /** More recipients than this, and somebody else must say yes. */
  readonly approvalOver: number;
}

/** As whom it is sent: as the mail says, else as was wished in Skriv, else as usual. */
function useSender(draft: Draft): SentAs {
  const { account: { me } } = usePaneParts();
  const from = draft.from?.address ?? null;
  const mailbox = me && massMailbox(me, from);
  const rows = useMemo(() => readRecipients(draft, { own: guessedOwnMail([from]), header: null }), [draft, from]);
  const { draftSender, sender: usual } = useSendingAs(me, mailbox, rows);
  const sender = draftSender.kind === 'one' ? draftSender.sender : usual;
  return { ...termsOf(mailbox), key: sender?.key ?? null, label: sender?.label ?? '' };
}

function termsOf(mailbox: ReturnType<typeof massMailbox>): Pick<SentAs, 'holdMs' | 'approvalOver'> {
  return { holdMs: mailbox?.holdMassMs ?? 0, approvalOver: mailbox?.approvalOverRecipients ?? Infinity };
}

/** The letter as it would be made now; null until it is known, and where it cannot be made. */
function useLetter(draft: Draft): DraftLetter | null {
  const { outlook, gateway, noteAnswer } = usePaneParts();
  const [letter, setLetter] = useState<DraftLetter | null>(null);
  const files = JSON.stringify(draft.attachments);
  useEffect(() => {
    let over = false;
    void makeLetter(massWriters({ outlook, gateway }), draft).then((made) => {
      if (over) return;
      if (made.kind === 'answer') setLetter(made.value);
      else noteAnswer(made);
    }, () => undefined);
    return () => {
      over = true;
    };
  }, [outlook, gateway, noteAnswer, files, draft.subject]);
  return letter;
}

interface FactsProps {
  readonly list: MassList;
  readonly each: EachKind;
  readonly draft: Draft;
  readonly sender: string;
  readonly change: () => void;
  /** Somebody else must say yes. */
  readonly isApproved: boolean;
}

/** Only what the sentence does not say already. */
function BeforeFacts({ list, draft, each, sender, change, isApproved }: FactsProps): ReactElement {
  const letter = useLetter(draft);
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const { back, go } = usePaneParts();
  const files = sortDraftFiles(draft.attachments, true).counted.map(({ file }) => shownFileName(file));
  const out = list.takenOut.length;
  const withChange = (value: ReactElement, label: string, act: () => void): ReactElement => (
    <div className={styles.fact}><div>{value}</div><Link aria-label={`${say('mass.change')}: ${label}`} onClick={act}>{say('mass.change')}</Link></div>
  );
  const to = (
    <>
      <span className={styles.value}>{list.recipients.length === 1 ? say('mass.b.to.v1') : say('mass.b.to.v', { n: list.recipients.length })}</span>
      {out > 0 && <p className={shared.small}>{out === 1 ? say('mass.b.out1') : say('mass.b.out', { n: out })}</p>}
    </>
  );
  const facts: readonly Fact[] = [
    [say('mass.b.to'), withChange(to, say('mass.b.to'), change)],
    [say('mass.b.from'), withChange(<span className={styles.value}>{sender}</span>, say('mass.b.from'), back)],
    [say('mass.b.letter'), (
      <div key="letter">
        <div className={styles.value}>{each === 'same' ? letterText(letter, say) : say('mass.each.h')}</div><Link id="mass-see" onClick={() => go('see')}>{say('mass.see')}</Link>
      </div>
    )],
    ...(files.length > 0 ? [[say('mass.b.files'), <span key="files" className={styles.value}>{files.join(', ')}</span>] as const] : []),
    ...(isApproved ? [[say('mass.b.approve'), <span key="approve" className={styles.value}>{say('mass.b.approve.v')}</span>] as const] : []),
  ];
  return <FactList facts={facts} />;
}

function letterText(letter: DraftLetter | null, say: ReturnType<typeof useText<typeof mass>>): string {
  if (letter === null) return say('mass.b.letterNone');
  if (letter.kind === 'own') return say('mass.b.letterOwn');
  if (letter.kind === 'by-gateway') return say('mass.b.letterText');
  return letter.pages === 1 ? say('mass.b.letter.v1') : say('mass.b.letter.v', { n: letter.pages });
}

function TypedCount({ n, typed, set }: { readonly n: number; readonly typed: string; readonly set: (typed: string) => void }): ReactElement {
  const styles = useStyles();
  const shared = useMassStyles();
  const { field } = useComposeStyles();
  const say = useText(mass);
  const id = useId();
  const [isLeft, setLeft] = useState(false);
  const isBad = isLeft && typed.trim() !== '' && countIn(typed) !== n;
  return (
    <div className={styles.typed}>
      <label htmlFor={id}>{say('mass.type')}</label>
      <div className={styles.count}>
        <input
          id={id} className={field} inputMode="numeric" autoComplete="off" value={typed} aria-invalid={isBad} aria-describedby={`${id}-bad ${id}-hint`}
          onChange={({ target }) => set(target.value)} onBlur={() => setLeft(true)} onFocus={() => setLeft(false)}
        />
      </div>
      <p className={shared.small} id={`${id}-hint`}>{say('mass.type.hint')}</p>
      <div id={`${id}-bad`} role="alert">{isBad && <SmallState state="stop" text={say('mass.type.bad', { typed, n: n })} />}</div>
    </div>
  );
}

type PutState = 'none' | 'putting' | 'done' | Extract<MassWritten, { readonly kind: 'failed' }>;

interface PutAs {
  readonly senderKey: string | null;
  readonly each: EachState;
  readonly draft: Draft;
}

interface Putting {
  readonly put: () => void;
  readonly state: PutState;
  /** How many letters of their own are in the mail. */
  readonly done: number;
}

function usePut(list: MassList, { senderKey, each, draft }: PutAs, onPut: () => void): Putting {
  const { outlook, gateway, noteAnswer, readAgain } = usePaneParts();
  const [state, setState] = useState<PutState>('none');
  const [done, setDone] = useState(0);
  const putEach = async (): Promise<MassWritten> => {
    const letters = await lettersToPut({ each, draft, list }, outlook, setDone);
    if (senderKey === null || letters === null) return { kind: 'failed', why: { kind: 'outlook' } };
    return await putList(massWriters({ outlook, gateway }), { recipients: list.recipients.map(({ id }) => id), sender: senderReference(senderKey), leaving: list.fromMail, each: letters });
  };
  const put = async (): Promise<void> => {
    if (senderKey === null || state === 'putting') return;
    setState('putting');
    setDone(0);
    const end = await putEach();
    await readAgain().catch(() => undefined);
    setState(end.kind === 'written' ? 'done' : end);
    if (end.kind === 'written') onPut();
    if (end.kind === 'failed' && end.why.kind !== 'outlook') noteAnswer(end.why);
  };
  return { put: () => void put(), state, done };
}

interface LettersOf extends Pick<PutAs, 'each' | 'draft'> {
  readonly list: MassList;
}

/** The letters that go with the list, of what is in the mail now and not what was read some seconds ago; null where they do not fit it. */
async function lettersToPut({ each, draft, list }: LettersOf, outlook: Pick<Outlook, 'bodyHtml'>, onLetter: (done: number) => void): Promise<EachToPut | null> {
  switch (each.kind) {
    case 'merge': {
      const html = await outlook.bodyHtml().catch(() => null);
      const source = html === null ? null : { subject: draft.subject, html };
      return source === null || mergeFaults(source, list).length > 0 ? null : { kind: 'merge', columns: mergeFile(source, list) };
    }
    case 'split': {
      const letters = splitLettersFor(each.split.state, draft, list);
      return letters && { kind: 'split', letters, onLetter };
    }
    default:
      return { kind: each.kind };
  }
}

type Failure = Extract<MassWritten, { readonly kind: 'failed' }>['why'];

/** Why the list is not in the mail. The shell says that there is no connection; here it is said that nothing was put in. */
function whyNot(why: Failure, say: ReturnType<typeof useText<typeof mass>>, ofAnswer: (answer: Exclude<Failure, { readonly kind: 'outlook' }>) => string | null): string | null {
  if (why.kind === 'outlook') return say('mass.put.failed');
  return why.kind === 'away' ? say('mass.put.away') : ofAnswer(why);
}

interface FootProps {
  readonly state: PutState;
  /** Letters of each recipient's own that are put in; null where there are none. */
  readonly letters: { readonly done: number; readonly n: number } | null;
  readonly canPut: boolean;
  readonly put: () => void;
}

function Foot({ state, letters, canPut, put }: FootProps): ReactElement {
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const sayFrame = useText(frame);
  const locale = useLocale();
  const done = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state === 'done') done.current?.focus();
  }, [state]);
  if (state === 'done') {
    return (
      <div className={styles.done} ref={done} tabIndex={-1}>
        <StateIcon state="ok" />
        <div><p className={styles.title}>{sayFrame('bar.ready')}</p><p className={shared.small}>{say('mass.put.done')}</p></div>
      </div>
    );
  }
  const why = typeof state === 'string' ? null : whyNot(state.why, say, (answer) => noAnswerText(answer, sayFrame, shownTime(locale)));
  return (
    <div className={shared.foot}>
      <div role="alert">{why !== null && <SmallState state="stop" text={why} />}</div>
      {state === 'putting' && letters !== null && <p className={shared.small}>{say('mass.split.putting', { k: letters.done, n: letters.n })}</p>}
      <Button appearance="primary" disabledFocusable={!canPut || state === 'putting'} onClick={put}>{say(state === 'putting' ? 'mass.putting' : 'mass.put')}</Button>
    </div>
  );
}

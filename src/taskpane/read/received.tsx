import { makeStyles } from '@fluentui/react-components';
import { useEffect, useState, type ReactElement } from 'react';
import { maskCprNumber } from '../../domain/cpr-number.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { boldParts } from '../compose/bold-parts.ts';
import type { ReadMail } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { FactList, type Fact } from '../parts/fact-list.tsx';
import { MaskedNumber, useShownNumber } from '../parts/masked-number.tsx';
import { shownTime } from '../parts/shown-time.ts';
import { frame, read } from '../texts/da.ts';
import { useLocale, useText, useTextParts } from '../texts/use-text.ts';
import { fileText } from './file-text.ts';
import { readReceivedPost, type ReceivedPost } from './received-post.ts';
import { Statement, type StatementPart } from './statement.tsx';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: '12px', alignItems: 'flex-start', padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, '& > dl': { width: '100%' } },
  text: { margin: 0 },
  small: { margin: 0, padding: '12px 16px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
});

export interface ReceivedProps {
  readonly mail: ReadMail;
  /** Ids of MemoHeader.json and MemoHeaderInfo.json. */
  readonly header: string;
  readonly info: string | null;
}

/** A mail from Digital Post: from whom, to whom, and what Besvar does. All of it stands in the mail itself. */
export function Received({ mail, header, info }: ReceivedProps): ReactElement {
  const say = useText(read);
  const sayParts = useTextParts(read);
  const sayFrame = useText(frame);
  const post = useReceivedPost(header, info);
  if (post === 'reading') return <Statement parts={plain(sayFrame('loading'))} />;
  if (post === null) return <Statement parts={plain(say('read.dp.unnamed'))} />;
  const name = shownName(post);
  const answer = post.answerable ? say('read.answer') : say('read.noAnswer');
  const first = name === '' ? plain(say('read.dp.unnamed')) : boldParts(sayParts('read.dp.from', { name }));
  return (
    <>
      <Statement parts={[...first, { text: ` ${answer}`, bold: false }]} />
      <Facts mail={mail} post={post} />
    </>
  );
}

function plain(text: string): readonly StatementPart[] {
  return [{ text, bold: false }];
}

/** Whoever has no name has a number, a CPR number masked; empty where the mail tells neither. */
function shownName({ from: { name, number } }: ReceivedPost): string {
  if (name !== null || number === null) return name ?? '';
  return number.kind === 'cpr' ? maskCprNumber(number.number) : number.number;
}

/** "reading" until the files have been read; null where they tell nothing. */
function useReceivedPost(header: string, info: string | null): ReceivedPost | null | 'reading' {
  const { outlook } = usePaneParts();
  const [post, setPost] = useState<ReceivedPost | null | 'reading'>('reading');
  useEffect(() => {
    let shut = false;
    void (async () => {
      const headerText = await fileText(outlook, header);
      const infoText = info === null ? null : await fileText(outlook, info);
      if (!shut) setPost(headerText === null ? null : readReceivedPost(headerText, infoText));
    })();
    return () => {
      shut = true;
    };
  }, [outlook, header, info]);
  return post;
}

function Facts({ mail, post }: { readonly mail: ReadMail; readonly post: ReceivedPost }): ReactElement {
  const styles = useStyles();
  const say = useText(read);
  const { account: { me } } = usePaneParts();
  const facts = useFacts(mail, post);
  const point = pointOf(post, me);
  return (
    <>
      <div className={styles.part}>
        {point?.mapped === false && <p className={styles.text}>{say('read.unmapped', { sender: point.label })}</p>}
        {facts.length > 0 && <FactList facts={facts} />}
        <NewMessage post={post} />
      </div>
      <p className={styles.small}>{say('read.forward', { home: me?.organisation.home ?? '' })}</p>
    </>
  );
}

function useFacts(mail: ReadMail, post: ReceivedPost): readonly Fact[] {
  const say = useText(read);
  const time = shownTime(useLocale());
  const shown = useShownNumber();
  const { account: { me } } = usePaneParts();
  const { number } = post.from;
  const numberFact: readonly Fact[] = number === null
    ? []
    : [[say('read.k.number'), number.kind === 'cpr' ? <MaskedNumber cpr={number.number} name={shownName(post)} id="sender" shown={shown} /> : number.number]];
  const to = pointOf(post, me)?.label ?? (me ? say('read.whole', { home: me.organisation.home }) : null);
  const texts: readonly (readonly [string, string | null])[] = [
    [say('read.k.to'), to],
    [say('read.k.re'), post.isAnswer ? mail.subject.replace(/^(?:(?:sv|re|aw)\s*:\s*)+/i, '') : null],
    [say('read.k.deadline'), post.deadline && time.day(post.deadline)],
    [say('read.k.case'), post.caseId],
    [say('read.k.rule'), post.rule === null ? null : say('read.rule.v', { rule: post.rule })],
  ];
  return [...numberFact, ...texts.flatMap(([label, value]): readonly Fact[] => (value === null ? [] : [[label, value]]))];
}

/** The contact point that it was sent to, by the mail and by what I may send as; null where it went to the organisation itself. */
function pointOf({ to: { contactPoint, label } }: ReceivedPost, me: MeAnswer | null): { readonly label: string; readonly mapped: boolean | null } | null {
  if (contactPoint === null && label === null) return null;
  const known = me?.mailboxes.flatMap(({ senders }) => senders).find(({ key }) => key.toLowerCase() === contactPoint);
  return { label: label ?? known?.label ?? contactPoint ?? '', mapped: known?.mapped ?? null };
}

/** A draft to the sender, whether or not they can be answered. */
function NewMessage({ post: { from: { number } } }: { readonly post: ReceivedPost }): ReactElement | null {
  const styles = useStyles();
  const say = useText(read);
  const { outlook, remembered, account: { me }, announce } = usePaneParts();
  const [failed, setFailed] = useState(false);
  if (!number || !me || !me.mailboxes.some(({ actions }) => actions.includes('send'))) return null;
  const open = async (): Promise<void> => {
    const { openDraftTo } = await import('../name-lookup/write-to.ts');
    // The name in a mail is what its sender says: not written into another, and not remembered, before a register has told it.
    const came = await openDraftTo({ outlook, remembered, me, now: new Date() }, { number: number.number, name: null });
    setFailed(came.kind !== 'opened');
    if (came.kind !== 'opened') announce(say('read.new.failed'));
  };
  return (
    <>
      <Button size="small" onClick={() => void open().catch(() => setFailed(true))}>{say('read.new')}</Button>
      {failed && <p className={styles.text}>{say('read.new.failed')}</p>}
    </>
  );
}

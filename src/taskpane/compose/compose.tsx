import { lazy, Suspense, useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import type { CardMark } from '../check/card-mark.ts';
import { useCheck } from '../check/use-check.ts';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { Bar } from './bar.tsx';
import { Broken } from './broken.tsx';
import { draftSentence } from './draft-sentence.ts';
import { FromNotAllowed, NOT_ALLOWED_CARD } from './from-not-allowed.tsx';
import { INFORMATION_CARD } from './information-section.tsx';
import { isDigitalRow } from './read-recipients.ts';
import { FIELD_CARD } from './recipient-field.tsx';
import { Recipients } from './recipients.tsx';
import { REPLY_CARD } from './reply-section.tsx';
import { rowMark } from './row-mark.ts';
import { SENDER_CARD } from './sender-section.tsx';
import { SendingSections } from './sending-sections.tsx';
import { SentenceLine } from './sentence-line.tsx';
import { replyState, type ReplyState } from './sender-choice.ts';
import { senderLabel } from './sender-label.ts';
import { useCompose, type Compose } from './use-compose.ts';
import { useContactPoints } from './use-contact-points.ts';
import { useDisplayNames, useToldToAlert } from './use-draft-care.ts';
import { useInformation, type InformationDraft } from './use-information.ts';
import { useRecipientActs } from './use-recipient-acts.ts';
import { useFromChanged } from './use-sending-acts.ts';

// In the same file as what judges a draft, which is fetched first.
const Check = lazy(async () => ({ default: (await import(/* webpackChunkName: "judgement" */ '../check/check.tsx')).Check }));

/** Skriv: what happens when one presses Send, to whom, as whom, and what must be put right first. */
export default function ComposeScreen(): ReactElement | null {
  const { item, outlook } = usePaneParts();
  const [drafts, setDrafts] = useState(0);
  // What was opened, typed and undone is of this draft only.
  useEffect(() => outlook.onChange((change) => change === 'item' && setDrafts((n) => n + 1)), [outlook]);
  return item.kind === 'draft' ? <Writing key={drafts} draft={item} /> : null;
}

function Writing({ draft }: { readonly draft: Draft }): ReactElement {
  const { connectionNote } = usePaneParts();
  const state = useCompose(draft);
  const sentence = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const acts = useRecipientActs(state, field);
  const [fieldLeft, setFieldLeft] = useState(false);
  const all = [...state.rows, ...acts.notTaken];
  const points = useContactPoints(state.mailbox, state.read.filter(isDigitalRow));
  const information = useInformation(state.memoHeader);
  const check = useCheck({ draft, rows: state.read, own: state.own, people: state.people, points: points.limits });
  const reply = replyOf(state);
  const changed = useFromChanged(state);
  useDisplayNames(state);
  useToldToAlert(state.me);
  useFirstFocus(state.rows.length === 0 && !state.noRight ? field : sentence);
  return (
    <>
      <SentenceLine lines={draftSentence({ ...state, rows: all }, senderLabel(state, useText(compose)))} place={sentence} />
      {connectionNote}
      {(!state.noRight || all.length > 0) && <Recipients state={state} acts={acts} points={points} field={field} tellLeft={setFieldLeft} />}
      {state.noRight && <FromNotAllowed me={state.me} isStop={hasDigital(state)} />}
      {isDigital(state) && <SendingSections state={state} reply={reply} information={information} changed={changed} />}
      {check.fetched && <Suspense><Check state={check} /></Suspense>}
      {check.broken && <Broken />}
      <Bar state={check} marks={marksOf(state, state.rows.length > 0 ? all : [], { reply, information, fieldLeft })} busy={state.rows.some(({ state: { icon } }) => icon === 'checking')} />
    </>
  );
}

/** Whether there is anybody for whom the sections below the recipients mean something, or nobody yet. */
function isDigital({ read, noRight }: Compose): boolean {
  return !noRight && (read.length === 0 || hasDigital({ read }));
}

/** Whether anybody in the mail is meant to get Digital Post, rightly written or not. */
function hasDigital({ read }: Pick<Compose, 'read'>): boolean {
  return read.some(({ kind }) => kind !== 'colleague' && kind !== 'outsider' && kind !== 'unreadable');
}

function replyOf({ sendingAs, read }: Compose): ReplyState {
  const { channel, sender, replyable } = sendingAs;
  return replyState({ channel, sender, replyable, hasList: read.some(({ kind }) => kind === 'mass') });
}

/** The cards above Tjek, as they stand from top to bottom. */
function marksOf(state: Compose, rows: Compose['rows'], { reply, information, fieldLeft }: { readonly reply: ReplyState; readonly information: InformationDraft; readonly fieldLeft: boolean }): readonly CardMark[] {
  const { draftSender } = state.sendingAs;
  return [
    // Where nobody is in the mail yet, there is nothing to send it with.
    ...(fieldLeft && rows.length > 0 && !state.noRight ? [{ key: FIELD_CARD, grade: 'look' } as const] : []),
    ...rows.flatMap(({ row: { key }, state: { grade } }): readonly CardMark[] => (grade === null ? [] : [{ key: rowMark(key), grade }])),
    ...(state.noRight && hasDigital(state) ? [{ key: NOT_ALLOWED_CARD, grade: 'stop' } as const] : []),
    ...(isDigital(state) && draftSender.kind === 'lost' ? [{ key: SENDER_CARD, grade: 'stop' } as const] : []),
    ...(isDigital(state) && reply.kind === 'unmapped' ? [{ key: REPLY_CARD, grade: 'look' } as const] : []),
    ...(isDigital(state) && information.isWrong ? [{ key: INFORMATION_CARD, grade: 'stop' } as const] : []),
  ];
}

/**
 * Opened from the ribbon: in the field while there is nobody, else on the sentence. A Smart Alert leads elsewhere (the bar
 * does it), and whoever came by the tabs stays on them.
 */
function useFirstFocus(place: RefObject<HTMLElement | null>): void {
  const { openedFor } = usePaneParts();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (done) return;
    setDone(true);
    if (openedFor === null && (document.activeElement === null || document.activeElement === document.body)) place.current?.focus();
  }, [done, openedFor, place]);
}

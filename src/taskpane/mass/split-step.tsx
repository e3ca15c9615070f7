import { makeStyles } from '@fluentui/react-components';
import { DocumentAdd20Regular } from '@fluentui/react-icons/svg/document-add';
import { Fragment, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { sortDraftFiles } from '../../domain/draft-files.ts';
import { bodyBytesMaxOf } from '../check/body-bytes-max.ts';
import type { Draft, ItemAttachment, Outlook } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { shownTime } from '../parts/shown-time.ts';
import { StateIcon, type ShownState } from '../parts/state-icon.tsx';
import { frame, mass } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { base64OfFile } from './base64-of-file.ts';
import { roomFaults, type FoundLetters, type SplitSource, type SplitState } from './letter-split.ts';
import { LetterViewer, type SeenLetter } from './letter-viewer.tsx';
import type { MassList } from './mass-list.ts';
import { useMassStyles } from './mass-styles.ts';
import { bytesOfBase64 } from './sha256.ts';
import { SplitTable } from './split-table.tsx';
import { faultWords, megabytes, roomText } from './split-words.ts';
import type { SplitOfList } from './use-split.ts';

const useStyles = makeStyles({ step: { display: 'flex', flexDirection: 'column', rowGap: '8px', paddingTop: '4px' }, status: { display: 'flex', flexDirection: 'column', rowGap: '4px', outlineOffset: '2px' } });

interface SplitStepProps {
  readonly split: SplitOfList;
  readonly list: MassList;
  readonly draft: Draft;
}

/** One PDF that is split: which one, whose its pages are, what is in doubt, and what each letter looks like. */
export function SplitStep({ split: { split, state }, list, draft }: SplitStepProps): ReactElement {
  const styles = useStyles();
  const { account: { me } } = usePaneParts();
  const take = (source: SplitSource): void => void split.take(source, { title: draft.subject, bodyBytesMax: bodyBytesMaxOf(me) });
  return (
    <div className={styles.step}>
      <PdfChoice draft={draft} isFirst={state.kind === 'none'} take={take} />
      <div role="status" className={styles.status} tabIndex={-1}><SplitStatus state={state} list={list} draft={draft} /></div>
      {state.kind === 'found' && <Letters key={state.name} found={state} list={list} />}
    </div>
  );
}

function PdfChoice({ draft, isFirst, take }: { readonly draft: Draft; readonly isFirst: boolean; readonly take: (source: SplitSource) => void }): ReactElement {
  const shared = useMassStyles();
  const say = useText(mass);
  const { outlook } = usePaneParts();
  const file = useRef<HTMLInputElement>(null);
  const choose = say(isFirst ? 'mass.split.choose' : 'mass.split.another');
  return (
    <div className={shared.row}>
      <Button onClick={() => file.current?.click()}><DocumentAdd20Regular aria-hidden />{choose}</Button>
      <input
        ref={file} type="file" hidden aria-label={choose} accept=".pdf,application/pdf"
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          // The same file may be chosen again, after it has been mended.
          if (chosen) take({ name: chosen.name, bytes: chosen.size, content: async () => await base64OfFile(chosen) });
          target.value = '';
        }}
      />
      {pdfsIn(draft).map((one) => <Button key={one.id} size="small" onClick={() => take(sourceOf(one, outlook))}>{say('mass.split.use', { file: maskCprNumbersIn(one.name) })}</Button>)}
    </div>
  );
}

/** The PDFs of a draft that may hold everybody's letters. */
function pdfsIn({ attachments }: Draft): readonly ItemAttachment[] {
  return sortDraftFiles(attachments, true).counted.flatMap(({ place }) => attachments[place.index] ?? []).filter(({ name, kind }) => kind === 'file' && /\.pdf$/i.test(name.trim()));
}

function sourceOf({ id, name, bytes }: ItemAttachment, outlook: Pick<Outlook, 'fileContent'>): SplitSource {
  return {
    name, bytes, content: async () => {
      const content = await outlook.fileContent(id);
      return content.kind === 'content' ? content.base64 : null;
    },
  };
}

/** How far it is, or what stands in the way. */
function SplitStatus({ state, list, draft }: { readonly state: SplitState; readonly list: MassList; readonly draft: Draft }): ReactElement {
  const say = useText(mass);
  switch (state.kind) {
    case 'none': return <Line state="look" text={say('mass.split.first')} />;
    case 'reading': return <Line state="checking" text={say('mass.split.reading', { file: maskCprNumbersIn(state.name) })} />;
    case 'failed': return <Failed state={state} />;
    case 'found': return <Found found={state} list={list} draft={draft} />;
  }
}

function Line({ state, text }: { readonly state: ShownState; readonly text: string }): ReactElement {
  const shared = useMassStyles();
  return <p className={shared.look}><StateIcon state={state} /><span>{text}</span></p>;
}

function Failed({ state: { name, why } }: { readonly state: Extract<SplitState, { readonly kind: 'failed' }> }): ReactElement {
  const say = useText(mass);
  const sayFrame = useText(frame);
  const locale = useLocale();
  const file = maskCprNumbersIn(name);
  if (why.kind === 'too-large') return <Line state="stop" text={say('mass.split.large', { file, max: megabytes(why.max) })} />;
  if (why.kind === 'unreadable') return <Line state="stop" text={say('mass.split.unreadable', { file })} />;
  return <Line state="stop" text={noAnswerText(why, sayFrame, shownTime(locale)) ?? say('mass.split.failed', { file })} />;
}

function Found({ found, list, draft }: { readonly found: FoundLetters; readonly list: MassList; readonly draft: Draft }): ReactElement {
  const say = useText(mass);
  const n = list.recipients.length;
  const file = maskCprNumbersIn(found.name);
  const doubts = faultWords(found, n, say);
  const room = doubts.length > 0 ? [] : roomFaults(found, draft);
  return (
    <>
      {doubts.map((text, at) => <Line key={at} state={at === doubts.length - 1 ? 'info' : 'look'} text={text} />)}
      {room.map((fault, at) => (
        <Fragment key={at}>
          <Line state="look" text={roomText(fault, n, say)} />
          {fault.code === 'in-mail' && <RemoveFile file={fault.file} />}
        </Fragment>
      ))}
      {found.made.kind === 'making' && <Line state="checking" text={say('mass.split.making', { file, k: found.made.done, n: n })} />}
      {found.made.kind === 'made' && <Line state="ok" text={n === 1 ? say('mass.split.ready1', { file }) : say('mass.split.ready', { file, n: n })} />}
      {!found.tagged && doubts.length === 0 && <Line state="look" text={say('mass.split.untagged')} />}
    </>
  );
}

/** Takes a file out of the mail; what had the focus is then what is said of the letters. */
function RemoveFile({ file: { id, name } }: { readonly file: ItemAttachment }): ReactElement {
  const say = useText(mass);
  const { outlook, readAgain } = usePaneParts();
  const [isFailed, setFailed] = useState(false);
  const remove = async (status: HTMLElement | null): Promise<void> => {
    setFailed(false);
    try {
      await outlook.removeFile(id);
      status?.focus();
    } catch {
      setFailed(true);
    }
    await readAgain().catch(() => undefined);
  };
  return (
    <>
      <div><Button size="small" onClick={({ currentTarget }) => void remove(currentTarget.closest('[role="status"]'))}>{say('mass.split.remove', { file: maskCprNumbersIn(name) })}</Button></div>
      {isFailed && <Line state="stop" text={say('mass.put.failed')} />}
    </>
  );
}

function Letters({ found: { letters, made }, list }: { readonly found: FoundLetters; readonly list: MassList }): ReactElement {
  const [place, setPlace] = useState<number | null>(null);
  const viewer = useRef<HTMLDivElement>(null);
  const pdf = made.kind === 'made' && place !== null ? made.pdfs[place] : undefined;
  const seen = useMemo((): SeenLetter => (pdf === undefined ? { kind: 'making' } : { kind: 'pdf', pdf: bytesOfBase64(pdf) }), [pdf]);
  const all = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  const moves = useRef<'to-viewer' | 'back' | null>(null);
  useEffect(() => {
    if (moves.current === 'to-viewer') viewer.current?.focus();
    if (moves.current === 'back') (opener.current instanceof HTMLElement && opener.current.isConnected ? opener.current : all.current?.querySelector<HTMLElement>('[role="region"]'))?.focus();
    moves.current = null;
  }, [place]);
  const see = (at: number): void => {
    opener.current = document.activeElement;
    if (at === place) return viewer.current?.focus();
    moves.current = 'to-viewer';
    setPlace(at);
  };
  // The row that was pressed may have been scrolled away since.
  const close = (): void => {
    moves.current = 'back';
    setPlace(null);
  };
  return (
    <div ref={all}>
      <SplitTable list={list} letters={letters} see={made.kind === 'made' ? see : null} />
      {place !== null && pdf !== undefined && <LetterViewer ref={viewer} n={place} all={list.recipients.length} go={setPlace} seen={seen} close={close} />}
    </div>
  );
}

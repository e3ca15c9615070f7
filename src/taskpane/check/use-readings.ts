import { useCallback, useEffect, useRef, useState } from 'react';
import type { LetterNow } from '../../domain/letter-mark.ts';
import type { Draft, Item, ItemAttachment } from '../office/outlook.ts';
import type { ColumnsFault, ColumnsReader } from '../mass/columns-now.ts';
import type { LetterReader } from '../mass/letter-now.ts';
import { usePaneParts, type PaneParts } from '../pane-parts.ts';
import { bodyBytesMaxOf } from './body-bytes-max.ts';
import { createCheckSchedule, type CheckSchedule } from './check-schedule.ts';
import type { DraftRecipients } from './draft-recipients.ts';
import { fileKey } from './file-key.ts';
import type { FileFacts, FileReader } from './file-reader.ts';
import { fileSources } from './file-sources.ts';
import { loadJudgement, type Judgement } from './load-judgement.ts';
import type { BodyText } from './text-of-body.ts';

/** The draft as it was when it was last looked through. */
export interface Reading {
  readonly judgement: Judgement;
  readonly draft: Draft;
  readonly body: BodyText;
  readonly letter: LetterNow;
  readonly columns: ColumnsFault | null;
  /** Every file has been looked into, or cannot be now. */
  readonly filesRead: boolean;
  /** Another where something was learnt of a file. */
  readonly filesVersion: number;
  readonly at: Date;
}

export interface Readings {
  /** Null before the first look has come so far. */
  readonly reading: Reading | null;
  /** What judges it could not be fetched. */
  readonly broken: boolean;
  readonly factsOf: (attachment: ItemAttachment) => FileFacts | null;
  /** Looks into every file of a draft that has not been looked into, and waits until that is done. */
  readonly readFiles: (draft: Draft) => Promise<void>;
  /** Looks at once at what has just been read. */
  readonly lookNow: (item: Item) => void;
  /** By the person's own wish: also asks again for what could not be had. */
  readonly lookAgain: () => void;
}

/**
 * Reads body and files of the draft again and again (check-schedule.ts says when), and never holds up whoever writes.
 * While the gateway is away, what can be seen without it is still seen.
 */
export function useReadings(draft: Draft | null, recipients: DraftRecipients, applies: boolean): Readings {
  const parts = usePaneParts();
  const { outlook, account: { connection } } = parts;
  const [reading, setReading] = useState<Reading | null>(null);
  const [broken, setBroken] = useState(false);
  const latest = useRef<LookedAt>({ draft, recipients, parts });
  latest.current = { draft, recipients, parts };
  const schedule = useRef<CheckSchedule | null>(null);
  const files = useRef<FileReader | null>(null);

  useEffect(() => {
    if (!applies) return undefined;
    let over = false;
    const look = lookThrough(() => latest.current, files, (one) => {
      if (over) return;
      setBroken(one === null);
      if (one) setReading(one);
    });
    const started = createCheckSchedule(look, () => document.visibilityState === 'visible');
    schedule.current = started;
    started.now();
    return () => {
      over = true;
      started.stop();
      schedule.current = null;
      setReading(null);
    };
  }, [applies, outlook]);

  // Another draft is looked at at once.
  useWhenChanged(draft, () => (reading ? schedule.current?.changed() : schedule.current?.now()));
  useWhenChanged(`${connection} ${recipients.channels.join(' ')}`, () => schedule.current?.now());
  useEffect(() => outlook.onChange((change) => {
    if (change === 'item') setReading(null);
  }), [outlook]);

  const lookNow = useCallback((item: Item) => {
    if (item.kind === 'draft') latest.current = { ...latest.current, draft: item };
    schedule.current?.now();
  }, []);
  const lookAgain = useCallback(() => {
    files.current?.forgetFailures();
    schedule.current?.now();
  }, []);
  const readFiles = useCallback(async (of: Draft) => {
    const judgement = await loadJudgement();
    await lookInto(of, { at: latest.current, reader: files, judgement }, () => undefined);
  }, []);
  const { channels } = recipients;
  const factsOf = useCallback((attachment: ItemAttachment) => files.current?.known(attachment, channels) ?? null, [channels, reading?.filesVersion]);
  return { reading, broken, factsOf, readFiles, lookNow, lookAgain };
}

/** Does something when a value is another than before; not at first. */
function useWhenChanged(value: unknown, act: () => void): void {
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    act();
  });
}

interface LookedAt {
  readonly draft: Draft | null;
  readonly recipients: DraftRecipients;
  readonly parts: PaneParts;
}

/** Only of a mass send is the letter a file. */
const noFiles: Pick<Draft, 'attachments'> = { attachments: [] };

/** A look through the draft as it is then; shows what it has as soon as it has it, or null where it cannot judge. */
function lookThrough(at: () => LookedAt, reader: { current: FileReader | null }, show: (reading: Reading | null) => void): () => Promise<void> {
  let before: { readonly html: string; readonly body: BodyText } | null = null;
  let letters: LetterReader | null = null;
  let columnsReader: ColumnsReader | null = null;
  // As they were at the last look, until the list has been read for this one; of other files they say nothing.
  let columns: { readonly of: string; readonly fault: ColumnsFault | null } = { of: '', fault: null };
  const letterOf = async ({ LetterReader: Reader }: Judgement, ...of: Parameters<LetterReader['now']>): Promise<LetterNow> => {
    letters ??= new Reader(at().parts.outlook);
    return await letters.now(...of);
  };
  const columnsOf = async ({ ColumnsReader: Reader }: Judgement, ...of: Parameters<ColumnsReader['now']>): Promise<ColumnsFault | null> => {
    columnsReader ??= new Reader(at().parts.outlook);
    return await columnsReader.now(...of);
  };
  return async () => {
    const [judgement, html] = await Promise.all([loadJudgement().catch(() => null), at().parts.outlook.bodyHtml()]);
    if (!judgement) return show(null);
    const now = at();
    const { draft, recipients: { channels, mass }, parts: { noteAnswer } } = now;
    if (!draft) return undefined;
    const body = before?.html === html ? before.body : bodyOf(html, judgement);
    before = { html, body };
    const massFiles = mass ? draft : noFiles;
    const letter = await letterOf(judgement, massFiles, { ...body, subject: draft.subject });
    const files = readerOf(now, reader, judgement);
    const attachments = toRead(draft, now, judgement);
    const columnsFiles = massFiles.attachments.map(fileKey).join('\n');
    const showNow = (): void => show({
      judgement, draft, body, letter, columns: columns.fault, filesVersion: files.version, at: new Date(),
      filesRead: columns.of === columnsFiles && attachments.every((file) => files.known(file, channels) !== null),
    });
    showNow();
    const failure = await lookInto(draft, { at: now, reader, judgement }, showNow);
    if (failure) noteAnswer(failure);
    const told = columns;
    columns = { of: columnsFiles, fault: await columnsOf(judgement, massFiles, { html, subject: draft.subject }, (list) => files.known(list, channels)?.listText ?? null) };
    if (columns.of !== told.of || columns.fault !== told.fault) showNow();
    return undefined;
  };
}

interface Looking {
  readonly at: LookedAt;
  readonly reader: { current: FileReader | null };
  readonly judgement: Judgement;
}

/** Looks into the files of a draft; resolves with what keeps the gateway from answering, or null. */
async function lookInto(draft: Draft, { at, reader, judgement }: Looking, onFile: () => void): ReturnType<FileReader['read']> {
  const { recipients: { channels }, parts: { account: { connection, me } } } = at;
  const attachments = toRead(draft, at, judgement);
  if (attachments.length === 0) return null;
  return await readerOf(at, reader, judgement).read({ attachments, channels, gatewayThere: connection === 'there', bodyBytesMax: bodyBytesMaxOf(me) }, onFile);
}

function readerOf({ parts: { outlook, gateway } }: LookedAt, reader: { current: FileReader | null }, { FileReader: Reader }: Judgement): FileReader {
  reader.current ??= new Reader(fileSources(outlook, gateway));
  return reader.current;
}

function toRead({ attachments }: Draft, { recipients: { channels, mass } }: LookedAt, { filesOfDraft, filesToRead }: Judgement): readonly ItemAttachment[] {
  return channels.length === 0 ? [] : filesToRead(filesOfDraft(attachments, mass, () => null), mass);
}

function bodyOf(html: string, { textOfBody, withoutStyles }: Judgement): BodyText {
  return textOfBody(new DOMParser().parseFromString(withoutStyles(html), 'text/html').body);
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { LetterNow } from '../../domain/letter-mark.ts';
import type { Draft, Item, ItemAttachment } from '../office/outlook.ts';
import type { LetterReader } from '../mass/letter-now.ts';
import { usePaneParts, type PaneParts } from '../pane-parts.ts';
import { createCheckSchedule, type CheckSchedule } from './check-schedule.ts';
import type { DraftRecipients } from './draft-recipients.ts';
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
  const { channels } = recipients;
  const factsOf = useCallback((attachment: ItemAttachment) => files.current?.known(attachment, channels) ?? null, [channels, reading?.filesVersion]);
  return { reading, broken, factsOf, lookNow, lookAgain };
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

/** Most bytes of a question to the gateway, while it has not told its own limit. */
const BODY_BYTES_MAX = 10_000_000;

/** Only of a mass send is the letter a file. */
const noFiles: Pick<Draft, 'attachments'> = { attachments: [] };

/** A look through the draft as it is then; shows what it has as soon as it has it, or null where it cannot judge. */
function lookThrough(at: () => LookedAt, reader: { current: FileReader | null }, show: (reading: Reading | null) => void): () => Promise<void> {
  let before: { readonly html: string; readonly body: BodyText } | null = null;
  let letters: LetterReader | null = null;
  const letterOf = async ({ LetterReader: Reader }: Judgement, ...of: Parameters<LetterReader['now']>): Promise<LetterNow> => {
    letters ??= new Reader(at().parts.outlook);
    return await letters.now(...of);
  };
  return async () => {
    const [judgement, html] = await Promise.all([loadJudgement().catch(() => null), at().parts.outlook.bodyHtml()]);
    if (!judgement) return show(null);
    const { draft, recipients: { channels, mass }, parts: { outlook, gateway, account: { connection, me }, noteAnswer } } = at();
    if (!draft) return undefined;
    const body = before?.html === html ? before.body : bodyOf(html, judgement);
    before = { html, body };
    const letter = await letterOf(judgement, mass ? draft : noFiles, { ...body, subject: draft.subject });
    reader.current ??= new judgement.FileReader(fileSources(outlook, gateway));
    const files = reader.current;
    const attachments = channels.length === 0 ? [] : judgement.filesToRead(judgement.filesOfDraft(draft.attachments, mass, () => null), mass);
    const showNow = (): void =>
      show({ judgement, draft, body, letter, filesRead: attachments.every((file) => files.known(file, channels) !== null), filesVersion: files.version, at: new Date() });
    showNow();
    if (attachments.length === 0) return undefined;
    const bodyBytesMax = me?.limits.bodyBytesMax ?? BODY_BYTES_MAX;
    const failure = await files.read({ attachments, channels, gatewayThere: connection === 'there', bodyBytesMax }, showNow);
    if (failure) noteAnswer(failure);
    return undefined;
  };
}

function bodyOf(html: string, { textOfBody, withoutStyles }: Judgement): BodyText {
  return textOfBody(new DOMParser().parseFromString(withoutStyles(html), 'text/html').body);
}

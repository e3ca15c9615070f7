import { useCallback, useEffect, useState } from 'react';
import type { Draft, Item, Outlook } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import type { FindingAbout } from './finding.ts';
import type { MassMending } from '../mass/mend-mass.ts';
import { loadJudgement } from './load-judgement.ts';

/** Something that was mended from Tjek, and can be made undone. */
export interface Mended {
  readonly key: string;
  /** The file that was removed, as it is shown; null: the number in the subject. */
  readonly file: string | null;
  /** Whether the draft is still as it was then: what is written over since has nothing to be undone. */
  readonly holds: (draft: Draft) => boolean;
  readonly undo: () => void;
}

export interface Fixes {
  /** The number in the subject goes; resolves to whether Outlook did it. */
  readonly mendSubject: () => Promise<boolean>;
  readonly removeFile: (about: Extract<FindingAbout, { readonly kind: 'file' }>) => Promise<boolean>;
  /** List, address and letter of a mass send. */
  readonly mendMass: (mending: MassMending) => Promise<boolean>;
  readonly mended: readonly Mended[];
  /** Outlook did not do what was asked of it last. */
  readonly failed: boolean;
}

/**
 * What Tjek can mend by itself: subject and files. What was there before is held in this pane's memory only, for
 * "Fortryd", until the draft is another.
 */
export function useFixes(lookNow: (item: Item) => void): Fixes {
  const { outlook, gateway, account: { me }, noteAnswer, readAgain } = usePaneParts();
  const [mended, setMended] = useState<readonly Mended[]>([]);
  const [failed, setFailed] = useState(false);

  useEffect(() => outlook.onChange((change) => {
    if (change === 'item') setMended([]);
  }), [outlook]);

  const write = useCallback(async (act: () => Promise<void>): Promise<boolean> => {
    const done = await act().then(() => true, () => false);
    setFailed(!done);
    const item = await readAgain().catch(() => null);
    if (item) lookNow(item);
    return done;
  }, [readAgain, lookNow]);

  const keep = useCallback(({ key, file, holds }: Omit<Mended, 'undo'>, putBack: () => Promise<void>) => {
    const undo = (): void => void write(putBack).then((done) => {
      if (done) setMended((all) => all.filter((one) => one.key !== key));
    });
    setMended((all) => [...all.filter((one) => one.key !== key), { key, file, holds, undo }]);
  }, [write]);

  const mendSubject = useCallback(async () => await write(async () => {
    const item = await readAgain();
    if (item.kind !== 'draft') return;
    const { subjectWithoutCpr } = await loadJudgement();
    const mendedSubject = subjectWithoutCpr(item.subject);
    await outlook.setSubject(mendedSubject);
    keep({ key: 'subject', file: null, holds: ({ subject }) => subject.trim() === mendedSubject }, async () => await outlook.setSubject(item.subject));
  }), [outlook, readAgain, write, keep]);

  const removeFile = useCallback<Fixes['removeFile']>(async ({ attachmentId, name }) => await write(async () => {
    const file = await fileToPutBack(outlook, attachmentId, await readAgain());
    await outlook.removeFile(attachmentId);
    if (!file) return;
    const holds = ({ attachments }: Draft): boolean => !attachments.some((attachment) => attachment.name === file.name);
    keep({ key: `file ${attachmentId}`, file: name, holds }, async () => await outlook.addFile(file));
  }), [outlook, readAgain, write, keep]);

  const mendMass = useCallback<Fixes['mendMass']>(async (mending) => await write(async () => {
    const mend = await import(/* webpackChunkName: "mend-mass" */ '../mass/mend-mass.ts');
    const done = await mend.mendMass({ outlook, gateway, me }, mending);
    if (done.kind === 'written') return;
    if (done.why.kind !== 'outlook') noteAnswer(done.why);
    throw new Error(done.why.kind);
  }), [outlook, gateway, me, noteAnswer, write]);

  return { mendSubject, removeFile, mendMass, mended, failed };
}

/** Null where it cannot be had: then it is removed for good. */
async function fileToPutBack(outlook: Outlook, attachmentId: string, item: Item): Promise<Parameters<Outlook['addFile']>[0] | null> {
  const attachment = item.kind === 'draft' ? item.attachments.find(({ id }) => id === attachmentId) : undefined;
  const content = await outlook.fileContent(attachmentId).catch(() => null);
  return attachment && content?.kind === 'content' ? { name: attachment.name, base64: content.base64 } : null;
}

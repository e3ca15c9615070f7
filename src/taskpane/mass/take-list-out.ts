import { isMadeLetter, LETTER_MARK_FIELD, printLetterMark, type LetterMark } from '../../domain/letter-mark.ts';
import { isMassRecipient } from '../../domain/mass-draft.ts';
import { isMergeColumnsName } from '../../domain/memo-header-file.ts';
import { isOwnLetterName } from '../../domain/own-letters.ts';
import { OutlookFailure, recipientFields, type Draft, type ItemAttachment, type MailRecipient, type Outlook, type RecipientChange } from '../office/outlook.ts';
import { readLetters } from './letter-now.ts';
import { tellingFailures, type MassWritten } from './mass-written.ts';
import { keepFiles, putFilesBack, type KeptFile } from './take-files-out.ts';
import { draftNow, listsOf, removeMassAddress } from './write-mass.ts';

type TakingOutlook = Pick<Outlook, 'item' | 'changeRecipients' | 'fileContent' | 'addFile' | 'removeFile' | 'headers' | 'setHeaders' | 'removeHeaders' | 'can'>;

/** `putBack` null: one of the files could not be read, and what was taken out is gone. */
export type ListTakenOut =
  | { readonly kind: 'taken'; /** Letters of the recipients' own. */ readonly letters: number; readonly putBack: (() => Promise<MassWritten>) | null }
  | Extract<MassWritten, { readonly kind: 'failed' }>;

interface MassParts {
  readonly recipients: Readonly<Record<(typeof recipientFields)[number], readonly MailRecipient[]>>;
  readonly lists: readonly ItemAttachment[];
  /** Files of the recipients' own: each one's letter, or the columns that it is filled in from. */
  readonly own: readonly ItemAttachment[];
  /** body.pdf, as far as we have made it; the writer's own stays. */
  readonly made: readonly ItemAttachment[];
  readonly mark: LetterMark | null;
}

/**
 * Takes a mass send out of the draft: its list, its letters and its address. Letters named by numbers go too, whoever put them
 * there: without the list each would go to everybody in the mail. The address goes last: as long as it stands there, nothing is
 * sent without its list. What was there is held in this pane's memory only, to be put back.
 */
export async function takeListOut(outlook: TakingOutlook): Promise<ListTakenOut> {
  return await tellingFailures(async () => {
    const parts = await massParts(outlook);
    const { lists, own, made } = parts;
    const files = [...own, ...made, ...lists];
    const kept = await keepFiles(outlook, files);
    for (const { id } of files.toReversed()) await outlook.removeFile(id);
    if (outlook.can.headers) await outlook.removeHeaders([LETTER_MARK_FIELD]);
    await removeMassAddress(outlook);
    return { kind: 'taken', letters: own.filter(({ name }) => isOwnLetterName(name)).length, putBack: kept && (async () => await putBack(outlook, parts, kept)) };
  });
}

async function massParts(outlook: TakingOutlook): Promise<MassParts> {
  const draft = await draftNow(outlook);
  const { mark, letters } = await readLetters(outlook, draft);
  return {
    mark, lists: listsOf(draft),
    own: draft.attachments.filter(({ name, isInline, kind }) => !isInline && kind === 'file' && (isOwnLetterName(name) || isMergeColumnsName(name))),
    made: letters.filter(({ sha256 }) => isMadeLetter({ mark, pdfSha256: sha256 })).map(({ attachment }) => attachment),
    recipients: { to: draft.to.filter(isMassRecipient), cc: draft.cc.filter(isMassRecipient), bcc: draft.bcc.filter(isMassRecipient) },
  };
}

/** The address first, and the list last, which were made in this order. Not beside another list that has come meanwhile. */
async function putBack(outlook: TakingOutlook, { recipients, mark }: MassParts, files: readonly KeptFile[]): Promise<MassWritten> {
  return await tellingFailures(async () => {
    if (hasMass(await draftNow(outlook))) throw new OutlookFailure('item', 'another-list');
    await outlook.changeRecipients((now) => withRecipients(now, recipients));
    if (outlook.can.headers && mark !== null) await outlook.setHeaders({ [LETTER_MARK_FIELD]: printLetterMark(mark) });
    await putFilesBack(outlook, files);
    return { kind: 'written' };
  });
}

function hasMass(draft: Draft): boolean {
  return listsOf(draft).length > 0 || recipientFields.some((field) => draft[field].some(isMassRecipient));
}

function withRecipients(now: Draft, added: MassParts['recipients']): RecipientChange {
  return Object.fromEntries(recipientFields.flatMap((field) => (added[field].length === 0 ? [] : [[field, [...now[field], ...added[field]]]])));
}

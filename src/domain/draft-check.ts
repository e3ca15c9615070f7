import { cprNumbersIn } from './cpr-in-text.ts';
import { showsCprNumber } from './cpr-number.ts';
import { fileStops, shownFileName, sortDraftFiles, type CheckedFile, type SortedFiles } from './draft-files.ts';
import { sortDraftRecipients, type DraftRecipients, type OwnMail, type SortedRecipients } from './draft-recipients.ts';
import { stopOf, type DraftStop, type SeenWhere } from './draft-stop.ts';
import { readableText } from './letter-text.ts';
import { readListLines } from './mass-list-lines.ts';
import { isMassSendListName } from './memo-header-file.ts';
import { maskedAddress } from './masked-address.ts';

/** A draft, as much of it as has been read. What is null is not known, and stops nothing. */
export interface CheckedDraft extends DraftRecipients {
  readonly subject: string | null;
  readonly attachments: readonly CheckedFile[] | null;
  /** The body as a person reads it, lines ended by "\n". */
  readonly bodyText: string | null;
  /** What stands in masseforsendelse.txt. */
  readonly massListText: string | null;
}

/**
 * Everything for which a draft must not be sent, as far as the draft itself tells: recipients, files, CPR numbers where
 * they would be seen, a list that does not fit its address. In the order in which it is put right (ux.md 4). Pure, without
 * network; the Smart Alert and the pane run it alike, and the gateway refuses what it names, but for what only Outlook can
 * stop: numbers typed as addresses, addresses like ours, CPR numbers in a subject and to outsiders. Empty at once for a
 * mail among colleagues.
 */
export function draftStops(draft: CheckedDraft, own: OwnMail): readonly DraftStop[] {
  const recipients = sortDraftRecipients(draft, own);
  if (isAmongColleagues(recipients)) return [];
  const mass = massCountOf(recipients);
  const files = sortDraftFiles(draft.attachments || [], mass !== null);
  const channels = recipients.digital.map(({ address }) => address.channel);
  return recipients.stops.concat(
    fileStops(files, channels.filter((id, place) => channels.indexOf(id) === place)),
    systemFileStops(files, recipients, mass !== null),
    holdsCpr(draft.subject, true) ? stopOf('subjectCpr', {}, { at: 'subject' }) : [],
    outsideStops(draft, recipients),
    mass === null || draft.attachments === null ? [] : massStops(files, draft.massListText, mass),
  );
}

/** Whether a mail needs no look at all: nobody in it is outside, in Digital Post, or wrongly written. */
export function isAmongColleagues({ stops, digital, outsiders }: SortedRecipients): boolean {
  return stops.length + digital.length + outsiders.length === 0;
}

/** The number of recipients that the address of a mass send tells; null for every other mail. */
export function massCountOf({ digital }: SortedRecipients): number | null {
  for (const { address } of digital) if (address.kind === 'mass') return address.recipientCount;
  return null;
}

/** MemoHeader files may not leave the house, and a list of recipients reaches nobody at all (mail-problems.ts). */
function systemFileStops({ memoHeaders, massFiles }: SortedFiles, { outsiders, digital }: SortedRecipients, isMassSend: boolean): readonly DraftStop[] {
  const [outsider] = outsiders;
  const [somebody] = outsiders.concat(isMassSend ? [] : digital);
  if (!somebody) return [];
  return (outsider ? memoHeaders : []).concat(massFiles)
    .map(({ file, place }) => stopOf('memoHeader', { file: shownFileName(file), address: maskedAddress(somebody.text) }, place));
}

/** An outsider sees all that is written, the names of files, and every address and name in Til and Cc. */
function outsideStops(draft: CheckedDraft, { outsiders, digital }: SortedRecipients): readonly DraftStop[] {
  if (outsiders.length === 0) return [];
  const seen: readonly (readonly [SeenWhere, boolean])[] = [
    ['subject', holdsCpr(draft.subject, true)],
    ['text', holdsCpr(draft.bodyText)],
    ['file-names', (draft.attachments || []).some(({ name }) => holdsCpr(name))],
    ['recipients', digital.some(({ address, field }) => field !== 'bcc' && address.kind === 'single' && address.recipient.kind === 'cpr')
      || draft.to.concat(draft.cc).some(({ displayName }) => showsCprNumber(displayName))],
  ];
  const where = seen.filter(([, isSeen]) => isSeen).map(([place]) => place);
  return where.length === 0 ? [] : outsiders.map(({ text, place }) => stopOf('outsideCpr', { address: maskedAddress(text), where }, place));
}

function holdsCpr(text: string | null, inSubject = false): boolean {
  return cprNumbersIn(readableText(text || ''), { inSubject }).length > 0;
}

/** Whether a mass send has its list, and as many on it as its address tells (mass-send-list.ts has the gateway's words). */
function massStops({ massFiles }: SortedFiles, listText: string | null, wanted: number): readonly DraftStop[] {
  const massLists = massFiles.filter(({ file }) => isMassSendListName(file.name));
  const [list, another] = massLists;
  if (!list) return [stopOf('massNoList', { n: wanted }, { at: 'files' })];
  if (another) return [stopOf('massLists', { n: massLists.length }, { at: 'files' })];
  if (listText === null) return [];
  const { recipients, count, badCount } = readListLines(listText, Infinity);
  const unusable = badCount + count - new Set(recipients.map(({ id }) => id.number)).size;
  if (unusable > 0) return [stopOf('massLines', { n: unusable }, list.place)];
  return count === wanted ? [] : [stopOf('mass', { a: wanted, b: count }, list.place)];
}

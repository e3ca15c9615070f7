import type { ChannelId } from './channel.ts';
import { cprNumbersIn } from './cpr-in-text.ts';
import { fileStops, shownFileName, sortDraftFiles, type CheckedFile, type SortedFiles } from './draft-files.ts';
import { sortDraftRecipients, type DraftRecipients, type OwnMail, type SortedRecipients } from './draft-recipients.ts';
import type { DraftStop, SeenWhere } from './draft-stop.ts';
import { readListLines } from './mass-list-lines.ts';
import { readableText } from './letter-text.ts';
import { maskedAddress } from './malformed-address.ts';

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
 * Everything for which a draft must not be sent, as far as the draft itself tells: whoever has no colleague's address
 * wrong, files, CPR numbers where they would be seen, a list that does not fit its address. In the order in which it is
 * put right (ux.md 4). Pure, without network; the Smart Alert and the pane run it alike, and the gateway refuses what it
 * names, but for what only Outlook can stop: numbers typed as addresses, addresses like ours, CPR numbers in a subject
 * and to outsiders. Empty at once for a mail among colleagues.
 */
export function draftStops(draft: CheckedDraft, own: OwnMail): readonly DraftStop[] {
  const recipients = sortDraftRecipients(draft, own);
  const { stops, digital, outsiders } = recipients;
  if (stops.length + digital.length + outsiders.length === 0) return [];
  const mass = massCountOf(recipients);
  const files = sortDraftFiles(draft.attachments ?? [], mass !== null);
  return [
    ...stops,
    ...fileStops(files, channelsOf(recipients)),
    ...systemFileStops(files, recipients, mass !== null),
    ...subjectStops(draft.subject),
    ...outsideStops(draft, recipients),
    ...massStops(draft, files, mass),
  ];
}

/** Whether a mail needs no look at all: nobody in it is outside, in Digital Post, or wrongly written. */
export function isAmongColleagues(draft: DraftRecipients, own: OwnMail): boolean {
  const { stops, digital, outsiders } = sortDraftRecipients(draft, own);
  return stops.length + digital.length + outsiders.length === 0;
}

/** What must be read of a draft beside its recipients, to know whether it may go. */
export function wantedOf(draft: DraftRecipients, own: OwnMail): { readonly bodyText: boolean; readonly massList: boolean } {
  const recipients = sortDraftRecipients(draft, own);
  return { bodyText: recipients.outsiders.length > 0, massList: massCountOf(recipients) !== null };
}

function channelsOf({ digital }: SortedRecipients): readonly ChannelId[] {
  return digital.map(({ address }) => address.channel).filter((id, place, all) => all.indexOf(id) === place);
}

/** The number of recipients that the address of a mass send tells; null for every other mail. */
function massCountOf({ digital }: SortedRecipients): number | null {
  for (const { address } of digital) if (address.kind === 'mass') return address.recipientCount;
  return null;
}

/** MemoHeader files may not leave the house, and a list of recipients reaches nobody at all (mail-problems.ts). */
function systemFileStops({ memoHeaders, massLists }: SortedFiles, { outsiders, digital }: SortedRecipients, isMassSend: boolean): readonly DraftStop[] {
  const [outsider] = outsiders;
  const [citizen] = isMassSend ? [] : digital;
  const lists = outsider || citizen ? massLists : [];
  const address = outsider?.address ?? (citizen ? citizen.address.kind === 'single' ? citizen.address.recipient.number : '' : '');
  return [...(outsider ? memoHeaders : []), ...lists].map(({ file, place }) => ({
    code: 'memoHeader', grade: 'stop', parameters: { file: shownFileName(file), address: maskedAddress(address) }, place,
  }));
}

function subjectStops(subject: string | null): readonly DraftStop[] {
  return holdsCpr(subject ?? '') ? [{ code: 'subjectCpr', grade: 'stop', parameters: {}, place: { at: 'subject' } }] : [];
}

/** An outsider sees all that is written, the names of files, and every address in Til and Cc. */
function outsideStops(draft: CheckedDraft, { outsiders, digital }: SortedRecipients): readonly DraftStop[] {
  if (outsiders.length === 0) return [];
  const seen: Readonly<Record<SeenWhere, boolean>> = {
    'subject': holdsCpr(draft.subject ?? ''),
    'text': holdsCpr(draft.bodyText ?? ''),
    'file-names': (draft.attachments ?? []).some(({ name }) => holdsCpr(name)),
    'recipients': digital.some(({ address, field }) => field !== 'bcc' && address.kind === 'single' && address.recipient.kind === 'cpr'),
  };
  const where = (['subject', 'text', 'file-names', 'recipients'] as const).filter((place) => seen[place]);
  if (where.length === 0) return [];
  return outsiders.map(({ address, place }) => ({ code: 'outsideCpr', grade: 'stop', parameters: { address: maskedAddress(address), where }, place }));
}

function holdsCpr(text: string): boolean {
  return cprNumbersIn(readableText(text)).length > 0;
}

/** Whether a mass send has its list, and as many on it as its address tells (mass-send-list.ts has the gateway's words). */
function massStops({ attachments, massListText }: CheckedDraft, { massLists }: SortedFiles, wanted: number | null): readonly DraftStop[] {
  const [list, ...more] = massLists;
  if (wanted === null || attachments === null) return [];
  if (!list) return [{ code: 'massNoList', grade: 'stop', parameters: { n: wanted }, place: { at: 'files' } }];
  if (more.length > 0) return [{ code: 'massLists', grade: 'stop', parameters: { n: massLists.length }, place: { at: 'files' } }];
  return massListText === null ? [] : listStops(massListText, wanted).map((stop) => ({ ...stop, place: list.place }));
}

function listStops(text: string, wanted: number): readonly DraftStop[] {
  const { recipients, count, badCount } = readListLines(text, Infinity);
  const twice = count - new Set(recipients.map(({ id }) => id.number)).size;
  const place = { at: 'files' } as const;
  if (badCount + twice > 0) return [{ code: 'massLines', grade: 'stop', parameters: { n: badCount + twice }, place }];
  return count === wanted ? [] : [{ code: 'mass', grade: 'stop', parameters: { a: wanted, b: count }, place }];
}

import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { labelFromSubject } from '../../domain/subject-label.ts';
import type { OutgoingFile } from '../../mail/compose-mail.ts';
import type { Settings } from '../config.ts';
import { readBlob } from '../store/blobs.ts';
import type { Database } from '../store/database.ts';
import { actedOn, countDeliveries } from '../store/holds.ts';
import type { ClaimedNotice, HoldNoticeKind, NoticeSubmission } from '../store/notices.ts';
import { firstOwnLetter } from '../store/resends.ts';
import { danishDayAndTime } from './danish-time.ts';
import type { NoticeBlock, NoticePage } from './notice-page.ts';

/** Makes a link by which the notice's recipient can act on the mail; null where links are not set up. */
export type LinkTo = (action: 'stop' | 'approve' | 'reject') => string | null;

export interface HoldNoticeParts {
  readonly database: Database;
  readonly settings: Pick<Settings, 'REFUSAL_ORIGINAL_MAX_BYTES' | 'APPROVAL_EXPIRY_MS'>;
  readonly helpContact: string;
  readonly linkTo: LinkTo;
}

export interface HoldMail {
  readonly subject: string;
  readonly page: NoticePage;
  readonly files: readonly OutgoingFile[];
}

type HoldNotice = ClaimedNotice & { readonly kind: HoldNoticeKind; readonly submission: NoticeSubmission };

const DAY_MS = 86_400_000;

/** True for a notice of a mail that does not go at once. */
export function isHoldNotice(kind: ClaimedNotice['kind']): kind is HoldNoticeKind {
  return HOLD_KINDS.has(kind);
}

const HOLD_KINDS: ReadonlySet<string> = new Set<HoldNoticeKind>([
  'held', 'approval', 'approval-reminder', 'approval-rejected', 'approval-expired', 'replaced',
]);

/** The mail about a message that waits, that somebody is asked to approve, or that was stopped for such a reason. */
export async function holdMail(parts: HoldNoticeParts, notice: HoldNotice): Promise<HoldMail> {
  const about = aboutOf(parts, notice);
  switch (notice.kind) {
    case 'held':
      return heldMail(parts, notice, about);
    case 'approval':
    case 'approval-reminder':
      return await approvalMail(parts, notice, about);
    case 'approval-rejected':
      return endMail(about, 'Masseforsendelsen er afvist', [
        `${about.by} har afvist masseforsendelsen »${about.subject}«${about.reason === '' ? '.' : `: ${about.reason}`}`,
        'Ingen har fået den. Ret den, og send den igen.',
      ]);
    case 'approval-expired':
      return expiredMail(parts, about);
    case 'replaced':
      return endMail(about, 'Den første udgave er stoppet', [
        `»${about.subject}« er stoppet. ${about.reason}`,
        await whoGotIt(parts, notice.submission.id),
      ]);
  }
}

function aboutOf({ helpContact }: HoldNoticeParts, { submission, detail }: HoldNotice): About {
  return {
    subject: maskCprNumbersIn(labelFromSubject(submission.subject ?? '')),
    helpContact,
    by: detail?.by ?? '',
    reason: maskCprNumbersIn(detail?.reason ?? ''),
  };
}

function expiredMail({ settings }: HoldNoticeParts, about: About): HoldMail {
  const days = Math.round(settings.APPROVAL_EXPIRY_MS / DAY_MS);
  return endMail(about, 'Masseforsendelsen er stoppet', [
    `Ingen har godkendt masseforsendelsen »${about.subject}« i ${days} dage. Ingen har fået den.`,
    'Aftal med en godkender, og send den igen.',
  ]);
}

interface About {
  readonly subject: string;
  readonly helpContact: string;
  readonly by: string;
  readonly reason: string;
}

function heldMail({ linkTo }: HoldNoticeParts, { detail, createdAt }: ClaimedNotice, about: About): HoldMail {
  const releaseAt = detail?.releaseAt ? new Date(detail.releaseAt) : null;
  const url = linkTo('stop');
  const how: NoticeBlock = url === null
    ? { kind: 'paragraph', text: 'Skal den ikke sendes, så bed hjælpen herunder om at stoppe den inden da.' }
    : { kind: 'link', text: 'Fortryd: stop beskeden', url };
  if (releaseAt === null) {
    const text = `»${about.subject}« venter på, at en anden end dig godkender den. Ingen får den før det.`;
    return mail(about, 'Din masseforsendelse venter på godkendelse', [{ kind: 'paragraph', text }, how]);
  }
  const when = timeSeenFrom(createdAt, releaseAt);
  const approved = about.by === '' ? '' : `${about.by} har godkendt masseforsendelsen. `;
  const text = `${approved}»${about.subject}« venter til ${when}, så du kan nå at fortryde. Du behøver ikke gøre noget.`;
  return mail(about, 'Din besked venter', [{ kind: 'paragraph', text }, how]);
}

/** "kl. 14.32" on the same day, else with the day. */
function timeSeenFrom(now: Date, time: Date): string {
  const [day = '', clock = ''] = danishDayAndTime(time).split(' kl. ');
  return danishDayAndTime(now).startsWith(`${day} `) ? `kl. ${clock}` : `${day} kl. ${clock}`;
}

async function approvalMail(parts: HoldNoticeParts, notice: HoldNotice, about: About): Promise<HoldMail> {
  const { submission } = notice;
  const held = await actedOn(parts.database, submission.id);
  if (held?.approval !== 'pending' || held.stoppedAt !== null) {
    return endMail(about, 'Masseforsendelsen skal ikke længere godkendes', [`»${about.subject}« er godkendt, afvist eller stoppet.`]);
  }
  const reminder = notice.kind === 'approval-reminder';
  const title = reminder ? 'Venter stadig: Godkend masseforsendelse' : 'Godkend masseforsendelse';
  const approve = parts.linkTo('approve');
  const reject = parts.linkTo('reject');
  const until = danishDayAndTime(new Date(held.receivedAt.getTime() + parts.settings.APPROVAL_EXPIRY_MS));
  const letter = await letterFile(parts, submission);
  const blocks: NoticeBlock[] = [
    { kind: 'paragraph', text: `${submission.fromMailbox ?? ''} vil sende denne besked. Se den igennem, før du godkender.` },
    { kind: 'list', ordered: false, items: await factsOf(parts, submission, held.writtenBy) },
    { kind: 'paragraph', text: letterWords(submission, letter) },
    ...(approve === null || reject === null
      ? [{ kind: 'paragraph', text: 'Godkend eller afvis i det program, I bruger til det, eller skriv til hjælpen herunder.' } as const]
      : [{ kind: 'link', text: 'Godkend, og send', url: approve } as const, { kind: 'link', text: 'Afvis', url: reject } as const]),
    { kind: 'paragraph', text: `Den venter til ${until}. Er den ikke godkendt inden da, bliver den stoppet.` },
  ];
  return { ...mail(about, title, blocks), files: letter ? [letter] : [] };
}

async function factsOf(parts: HoldNoticeParts, submission: NoticeSubmission, writtenBy: string | null): Promise<readonly string[]> {
  const { digital } = await countDeliveries(parts.database, submission.id);
  const { letter } = submission;
  const senders = [...new Set(Object.values(letter?.senders ?? {}).map(({ label }) => label))].join(' og ');
  const files = letter?.attachments.map(({ filename }) => filename) ?? [];
  return [
    `Emne: ${maskCprNumbersIn(labelFromSubject(submission.subject ?? ''))}`,
    `Modtagere: ${digital}`,
    `Afsender, som modtagerne ser: ${senders}`,
    `Sendt fra: ${submission.fromMailbox ?? ''}${writtenBy === null ? '' : ` (skrevet af ${writtenBy})`}`,
    `Modtaget: ${danishDayAndTime(submission.receivedAt)}`,
    `Bilag: ${files.length === 0 ? 'ingen' : maskCprNumbersIn(files.join(', '))}`,
    ...(letter?.mainSha256 ? [`Brevets kontroltal (SHA-256): ${letter.mainSha256}`] : []),
  ];
}

function letterWords({ letter }: NoticeSubmission, file: OutgoingFile | null): string {
  const isSame = Boolean(letter?.main);
  const which = isSame ? '' : 'Hver modtager får sit eget brev. ';
  if (!file) return `${which}${isSame ? 'Brevet' : 'Det første'} er for stort til at ligge her. Bed afsenderen om at vise det.`;
  return `${which}${isSame ? 'Brevet' : 'Det første'} ligger vedhæftet, som ${isSame ? 'modtagerne' : 'modtageren'} får det.`;
}

/** The letter that all get, or else the first one's; null where it is too large for a mail. */
async function letterFile(parts: HoldNoticeParts, { id, letter }: NoticeSubmission): Promise<OutgoingFile | null> {
  const main = letter?.main ?? (await firstOwnLetter(parts.database, id));
  if (!main || main.bytes > parts.settings.REFUSAL_ORIGINAL_MAX_BYTES) return null;
  const pieces: Buffer[] = [];
  for await (const piece of readBlob(parts.database, main.blob)) pieces.push(piece);
  return { name: 'Brev.pdf', type: 'application/pdf', bytes: Buffer.concat(pieces) };
}

async function whoGotIt(parts: HoldNoticeParts, submissionId: number): Promise<string> {
  const { byStatus } = await countDeliveries(parts.database, submissionId);
  const stopped = byStatus.stopped ?? 0;
  const others = Object.values(byStatus).reduce((sum, count) => sum + count, 0) - stopped;
  return others === 0 ? 'Ingen har fået den.' : `${others} havde fået den eller var ved at få den. ${stopped} får den ikke.`;
}

function endMail(about: About, title: string, texts: readonly string[]): HoldMail {
  return mail(about, title, texts.map((text) => ({ kind: 'paragraph', text })));
}

function mail({ subject, helpContact }: About, heading: string, blocks: readonly NoticeBlock[]): HoldMail {
  const title = `${heading}: ${subject}`;
  return { subject: title, page: { title, heading, blocks, helpContact }, files: [] };
}

import { decodeText } from '../../domain/decode-text.ts';
import { addressWithHeader } from '../../domain/memo-header-address.ts';
import { isMemoHeaderFileName } from '../../domain/memo-header-file.ts';
import { readMemoHeaderJson, writeMemoHeaderJson, type OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import { memoHeaderProblems, unknownSenderPointProblem } from '../../domain/memo-header-problems.ts';
import { memoSenderOf } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import { mailAuthor, refuseAct } from '../../domain/rights.ts';
import { shown } from '../../domain/shown-text.ts';
import type { JudgedAttachment } from '../assess/mail-problems.ts';
import { completeMemoHeader } from '../convert/memo-header-parts.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { readBlob } from '../store/blobs.ts';
import type { KeptFiles } from './file-keeper.ts';
import type { SubmissionAuthor } from './submission-author.ts';
import { gatewayAddressesOf, isDigital, type Recipients } from './submission-recipients.ts';

/** What a mail carries in MemoHeader.json. */
export interface CarriedHeader {
  /** Null for a mail that carries nothing. */
  readonly header: OutboundMemoHeader | null;
  /** Why the mail may not go. */
  readonly problems: readonly Problem[];
  /** For the receipt: files that were passed over; Danish sentences. */
  readonly remarks: readonly string[];
}

interface CarryingMail {
  readonly author: SubmissionAuthor;
  readonly recipients: Recipients;
  readonly files: readonly JudgedAttachment[];
  readonly kept: KeptFiles;
  /** The time that the sender has chosen for it; null: as soon as it may. */
  readonly sendAt: Date | null;
}

/**
 * Reads what a mail to Digital Post carries for the recipient's system (docs/memoheader.md). A file that came with a
 * received message is passed over in silence; one that cannot be read is passed over and told in the receipt. Two that say
 * different things stop the mail: nobody can tell which was meant.
 */
export async function readCarriedHeader(parts: GatewayParts, mail: CarryingMail): Promise<CarriedHeader> {
  const named = mail.files.filter(({ facts }) => isMemoHeaderFileName(facts.name));
  if (named.length === 0 || !isDigital(mail.recipients)) return { header: null, problems: [], remarks: [] };
  const { found, unreadable } = await readFiles(parts, mail.kept, named);
  const remarks = unreadable.map((file) => `»${shown(file)}« kan ikke læses. Oplysningerne i den er ikke sendt med.`);
  const [one, ...others] = found;
  if (!one) return { header: null, problems: [], remarks };
  const problems = others.length > 0
    ? [problemOf('memo-header-twice', { files: found.map(({ file }) => file) })]
    : faultsOf(parts, mail, one);
  return { header: problems.length > 0 ? null : completeMemoHeader(one.header, mail.author.organisation), problems, remarks };
}

interface FoundHeader {
  readonly file: string;
  readonly header: OutboundMemoHeader;
}

/** The files that say something of this mail, each thing that is said once. */
async function readFiles(
  parts: GatewayParts,
  kept: KeptFiles,
  files: readonly JudgedAttachment[],
): Promise<{ readonly found: readonly FoundHeader[]; readonly unreadable: readonly string[] }> {
  const unreadable: string[] = [];
  const found = new Map<string, FoundHeader>();
  for (const { index, facts: { name: file } } of files) {
    const text = await textOf(parts, kept, index);
    const read = text === null ? ({ kind: 'unreadable' } as const) : readMemoHeaderJson(text);
    if (read.kind === 'unreadable') unreadable.push(file);
    const said = read.kind === 'outbound' ? writeMemoHeaderJson(read.header) : null;
    if (read.kind === 'outbound' && said !== null) found.set(said, { file, header: read.header });
  }
  return { found: [...found.values()], unreadable };
}

function faultsOf(parts: GatewayParts, mail: CarryingMail, { file, header }: FoundHeader): readonly Problem[] {
  const now = parts.now();
  const wrong = memoHeaderProblems(header, { file, now, goesAt: mail.sendAt ?? now });
  return wrong.length > 0 ? wrong : rightsProblems(mail, { file, header });
}

/** The contact point needs the very rights that it would need in the address. */
function rightsProblems(
  { author, recipients }: CarryingMail,
  { file, header }: FoundHeader,
): readonly Problem[] {
  const { organisation, mailbox } = author;
  const told = new Map<string, Problem>();
  for (const address of gatewayAddressesOf(recipients)) {
    const to = addressWithHeader(address, header);
    if (to.sender === address.sender) continue;
    const refusal = refuseAct(organisation, mailAuthor, { action: to.kind === 'mass' ? 'mass-send' : 'send', mailbox, to });
    const unknown = to.sender.kind === 'contact-point' && !memoSenderOf(organisation, to.sender)
      ? unknownSenderPointProblem(to.sender.id, file)
      : null;
    const problem = unknown ?? (refusal?.kind === 'problem' ? refusal.problem : null);
    if (problem) told.set(JSON.stringify(problem), problem);
  }
  return [...told.values()];
}

/** The file's text; null for one that is too large to be looked into. */
async function textOf({ database, settings }: GatewayParts, kept: KeptFiles, index: number): Promise<string | null> {
  const file = kept.attachments.get(index);
  if (!file) throw new Error('a file that was not kept');
  if (file.bytes > settings.MEMO_HEADER_MAX_BYTES) return null;
  const pieces: Buffer[] = [];
  for await (const piece of readBlob(database, file.blob)) pieces.push(piece);
  return decodeText(Buffer.concat(pieces));
}

import type { ConvertAnswer, ConvertQuestion } from '../../domain/gateway-api.ts';
import type { Answer, NoAnswer } from '../gateway/gateway.ts';
import { cannot } from './file-mends.ts';
import { said, type Said } from './finding.ts';
import type { FileToMend, Mend } from './mend.ts';
import { nameToAsk } from './name-to-ask.ts';
import { contentsOf, draftOf, findFile, replaceFiles, type FileWriter, type NewFile, type OldFile } from './replace-files.ts';
import type { ItemAttachment } from '../office/outlook.ts';

export interface MendParts {
  readonly outlook: FileWriter;
  readonly convert: (question: ConvertQuestion) => Promise<Answer<ConvertAnswer>>;
  /** Another draft is open than the one in which mending began. */
  readonly isOver: () => boolean;
}

/** What came of mending files together. */
export type PartOutcome =
  | { readonly kind: 'mended'; readonly files: readonly FileToMend[]; readonly old: readonly OldFile[]; readonly made: readonly ItemAttachment[]; readonly remarks: readonly string[] }
  | { readonly kind: 'not-mended'; readonly why: Said; readonly answer: NoAnswer | null };

/** A joined file is seen by whoever gets the letter, and is named in the language of most letters. */
const JOINED_NAME = 'Bilag.pdf';

/**
 * Mends files of the draft together: reads them, lets the gateway make others of them, and puts these in their place. Of files
 * that are to be joined the others are, where some cannot be; these stay as they are, and why is among the remarks.
 */
export async function mendFiles(parts: MendParts, mend: Pick<Mend, 'kind' | 'name'>, files: readonly FileToMend[]): Promise<PartOutcome> {
  const { outlook, isOver } = parts;
  try {
    const draft = await draftOf(outlook);
    const there = files.map(({ attachment }) => findFile(draft, attachment));
    if (isOver() || there.includes(null)) return notMended(said('mend.gone'));
    const old = await contentsOf(outlook, there.filter((file) => file !== null));
    if (!old) return notMended(cannot('mend.r.outlook', 'mend.a.fetch'));
    const made = await madeOf(parts, mend, old);
    if (made.kind === 'not-mended') return made;
    const replaced = await replaceFiles(outlook, made.of, made.files, isOver);
    if (replaced.kind === 'replaced') {
      const used = files.filter((_, n) => old[n] && made.of.includes(old[n]));
      return { kind: 'mended', files: used, old: made.of, made: replaced.made, remarks: made.remarks };
    }
    if (replaced.kind === 'no-room') return notMended(cannot('mend.r.room', 'mend.a.room'));
    return notMended(said(replaced.kind === 'gone' ? 'mend.gone' : 'check.fixFailed'));
  } catch {
    return notMended(said('check.fixFailed'));
  }
}

function notMended(why: Said, answer: NoAnswer | null = null): Extract<PartOutcome, { readonly kind: 'not-mended' }> {
  return { kind: 'not-mended', why, answer };
}

/** `of`: what the new files were made of. */
type Made = { readonly kind: 'made'; readonly of: readonly OldFile[]; readonly files: readonly NewFile[]; readonly remarks: readonly string[] } | Extract<PartOutcome, { readonly kind: 'not-mended' }>;

async function madeOf(parts: MendParts, mend: Pick<Mend, 'kind' | 'name'>, old: readonly OldFile[]): Promise<Made> {
  const { kind, name } = mend;
  if (kind === 'rename') return { kind: 'made', of: old, files: old.map(({ attachment, base64 }) => ({ name: name ?? attachment.name, base64 })), remarks: [] };
  const files = old.map(({ attachment, base64 }) => ({ name: nameToAsk(attachment, base64), content: base64 }));
  const answer = await parts.convert({ operation: kind, files, ...(kind === 'join' && { name: JOINED_NAME }) });
  if (answer.kind !== 'answer') return notMended(whyNoAnswer(answer), answer);
  const { files: made, failed } = answer.value;
  const [fault] = failed;
  if (fault) {
    // Of one file all or nothing: half of what it holds would be lost with it.
    const others = old.filter((_, n) => !failed.some(({ name: failing }) => failing === files[n]?.name));
    if (kind !== 'join' || others.length < 2 || others.length === old.length) return notMended(said('mend.cannot.told', { reason: fault.reason }));
    const joined = await madeOf(parts, mend, others);
    return joined.kind === 'made' ? { ...joined, remarks: [...failed.map(({ reason }) => reason), ...joined.remarks] } : joined;
  }
  if (made.length === 0) return notMended(cannot('mend.r.kind', 'mend.a.save'));
  return { kind: 'made', of: old, files: made.map((file) => ({ name: file.name, base64: file.content })), remarks: made.flatMap(({ remarks }) => remarks) };
}

function whyNoAnswer(answer: NoAnswer): Said {
  switch (answer.kind) {
    case 'away': case 'log-on-needed': return cannot('mend.r.away', 'mend.a.save');
    case 'refused': case 'no-right': return said('mend.cannot.told', { reason: answer.text });
    case 'unavailable': case 'too-many': case 'fault': return said('mend.later');
  }
}

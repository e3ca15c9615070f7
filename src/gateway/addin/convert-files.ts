import { createHash } from 'node:crypto';
import type { AttachmentFacts } from '../../domain/attachment-facts.ts';
import { fileKindOf, isForGateway } from '../../domain/attachment-mending.ts';
import { repairFileNames } from '../../domain/file-name.ts';
import { mimeTypeOf } from '../../domain/file-type.ts';
import type { ConvertAnswer, ConvertQuestion } from '../../domain/gateway-api.ts';
import type { DocumentAnswer, DocumentCall } from '../api/document-actions.ts';
import type { Settings } from '../config.ts';
import type { Converters } from '../isolate/converters.ts';
import type { MendedHead, MendingLimits, NamedInput } from '../isolate/document-jobs.ts';
import type { DocumentPool, MadeFile } from '../isolate/document-pool.ts';

export interface ConvertParts {
  readonly settings: Settings;
  readonly documents: DocumentPool;
  readonly converters: Converters;
}

interface GivenFile extends NamedInput {
  readonly bytes: Buffer;
}

/** What came of some files of the call; `busy` ends the call. */
type Part =
  | { readonly kind: 'made'; readonly files: readonly MadeFile<MendedHead>[]; readonly failed: ConvertAnswer['failed'] }
  | { readonly kind: 'busy' };

/**
 * Mends files: each for itself in a child process, so that one that takes its child down costs the others nothing, or all
 * together where they are to be joined. Those that need a program beside the gateway go through it first. What there is no
 * time for any more when the signal is aborted is told.
 */
export async function convertFiles(
  parts: ConvertParts,
  { question, signal }: Pick<DocumentCall<ConvertQuestion>, 'question' | 'signal'>,
): Promise<DocumentAnswer<ConvertAnswer>> {
  const given = question.files.map(({ name, type = '', content }) => ({ name, type, bytes: Buffer.from(content, 'base64') }));
  const made: MadeFile<MendedHead>[] = [];
  const failed: ConvertAnswer['failed'] = [];
  for (const files of question.operation === 'join' ? [given] : given.map((file) => [file])) {
    const part = signal.aborted ? failedWith(files, OUT_OF_TIME) : await convertTogether({ ...parts, signal }, question, files);
    if (part.kind === 'busy') return part;
    const fits = bytesOf([...made, ...part.files]) <= parts.settings.UNPACK_BYTES_MAX;
    if (fits) made.push(...part.files);
    failed.push(...(fits ? part.failed : failedWith(files, TOO_MUCH).failed));
  }
  return { kind: 'answer', answer: { files: shownFiles(made), failed } };
}

const OUT_OF_TIME = 'Der var ikke tid til flere filer. Tag færre ad gangen.';
const TOO_MUCH = 'Der kommer mere ud af det, end der kan sendes tilbage på én gang. Tag færre filer ad gangen.';

function failedWith(files: readonly NamedInput[], reason: string): Extract<Part, { readonly kind: 'made' }> {
  return { kind: 'made', files: [], failed: files.map(({ name }) => ({ name, reason })) };
}

/** What one call works with. */
type CallParts = ConvertParts & { readonly signal: AbortSignal };

async function convertTogether(parts: CallParts, question: ConvertQuestion, given: readonly GivenFile[]): Promise<Part> {
  const files: GivenFile[] = [];
  const failed: ConvertAnswer['failed'] = [];
  for (const file of given) {
    const prepared = makesPages(question) ? await throughProgram(parts, file) : { kind: 'file' as const, file };
    if (prepared.kind === 'busy') return prepared;
    if (prepared.kind === 'failed') failed.push({ name: file.name, reason: given.length > 1 ? `»${file.name}«: ${prepared.text}` : prepared.text });
    else files.push(prepared.file);
  }
  if (failed.length > 0) return { kind: 'made', files: [], failed };
  const [only] = files;
  const byOffice = files.some((file, n) => file !== given[n] && file.type === PDF);
  // What a program has made a PDF of is done.
  if (question.operation === 'to-pdf' && only && byOffice) {
    return remarked({ kind: 'made', files: [{ head: { name: only.name, type: PDF, remarks: [] }, bytes: only.bytes }], failed: [] }, LOOK_THROUGH);
  }
  const part = await mend(parts, question, files);
  return byOffice ? remarked(part, LOOK_THROUGH) : part;
}

/** Another program set it than the one it was written with; nobody has seen it yet. */
const LOOK_THROUGH = 'Se PDF’en igennem, før du sender: sider kan være brudt anderledes, billeder, som filen kun henviser til, mangler, og rettelser, der ikke er godkendt, kan ses.';

function remarked(part: Part, remark: string): Part {
  const [first, ...rest] = part.kind === 'made' ? part.files : [];
  if (part.kind !== 'made' || !first) return part;
  return { ...part, files: [{ ...first, head: { ...first.head, remarks: [...first.head.remarks, remark] } }, ...rest] };
}

function makesPages({ operation }: ConvertQuestion): boolean {
  return operation === 'to-pdf' || operation === 'join';
}

async function mend(
  { settings, documents, signal }: CallParts,
  { operation, name }: ConvertQuestion,
  files: readonly GivenFile[],
): Promise<Part> {
  const named = files.map((file) => ({ name: file.name, type: file.type }));
  const job = { kind: 'mend' as const, operation, files: named, name: name ?? named[0]?.name ?? '', limits: limitsOf(settings) };
  const outcome = await documents.mend({ job, files: files.map(({ bytes }) => bytes), signal });
  if (outcome.kind === 'busy') return outcome;
  if (outcome.kind === 'failed') return failedWith(files, outcome.text);
  return { kind: 'made', files: outcome.value.made, failed: [...outcome.value.failed] };
}

type Prepared =
  | { readonly kind: 'file'; readonly file: GivenFile }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'busy' };

const PDF = 'application/pdf';

/** An Office file as PDF, a HEIC picture as JPEG, where there is a program for it; every other file as it is. */
async function throughProgram({ documents, converters, signal }: CallParts, file: GivenFile): Promise<Prepared> {
  if (!converters.office && !converters.heic) return { kind: 'file', file };
  const looked = await documents.inspect({ job: { kind: 'inspect', name: file.name, type: file.type }, files: [file.bytes], signal });
  if (looked.kind !== 'done') return looked;
  const type = typeByProgram(looked.value, converters);
  if (type === null) return { kind: 'file', file };
  const name = `${file.name.replace(/\.[^./\\]{1,10}$/, '')}.${type === PDF ? 'pdf' : 'jpg'}`;
  if (isForGateway(name)) return { kind: 'failed', text: `Filen ville komme til at hedde »${name}«, som er et navn til gatewayen. Giv den et andet navn.` };
  const extension = looked.value.detectedExtension ?? '';
  const converted = type === PDF ? await converters.officeToPdf({ bytes: file.bytes, extension }, signal) : await converters.heicToJpeg(file.bytes, signal);
  if (converted.kind === 'failed') return converted;
  return await lookedAt(documents, { name, type, bytes: converted.bytes }, signal);
}

/** What a program says is a PDF is looked at as everything else is. */
async function lookedAt(documents: DocumentPool, file: GivenFile, signal: AbortSignal): Promise<Prepared> {
  const { name, type, bytes } = file;
  const result = await documents.inspect({ job: { kind: 'inspect', name, type }, files: [bytes], signal });
  if (result.kind !== 'done') return result;
  const sound = result.value.detectedType === type && !result.value.damaged;
  return sound ? { kind: 'file', file } : { kind: 'failed', text: 'Filen kan ikke laves om; den er måske beskadiget.' };
}

/** What a program will make of the file; null where none is to be asked. The type that its content has decides, not its name. */
function typeByProgram(facts: AttachmentFacts, converters: Converters): 'application/pdf' | 'image/jpeg' | null {
  if (facts.encrypted || facts.damaged) return null;
  const kind = fileKindOf(facts);
  if (kind === 'office' && converters.office) return PDF;
  return kind === 'heic' && converters.heic ? 'image/jpeg' : null;
}

function limitsOf(settings: Settings): MendingLimits {
  return {
    picturePixelsMax: settings.DOCUMENT_PICTURE_PIXELS_MAX,
    pagesMax: settings.DOCUMENT_PAGES_MAX,
    filesMax: settings.UNPACK_FILES_MAX,
    bytesMax: settings.UNPACK_BYTES_MAX,
    sideMaxPx: settings.SHRINK_SIDE_MAX_PX,
    jpegQuality: settings.SHRINK_JPEG_QUALITY,
  };
}

function bytesOf(files: readonly MadeFile<MendedHead>[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function shownFiles(made: readonly MadeFile<MendedHead>[]): ConvertAnswer['files'] {
  const names = repairFileNames(made.map(({ head }) => ({ name: head.name, extensionFallback: null })));
  return made.map(({ head, bytes }, n) => {
    const name = names[n] ?? '';
    return {
      name,
      type: head.type === '' ? mimeTypeOf(/\.([^.]+)$/.exec(name)?.[1] ?? '') : head.type,
      content: bytes.toString('base64'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      remarks: [...head.remarks],
    };
  });
}

import { fileKindOf, isForGateway } from '../../../domain/attachment-mending.ts';
import { repairFileName, repairFileNames } from '../../../domain/file-name.ts';
import { allowedFileTypes, mimeTypeOf } from '../../../domain/file-type.ts';
import { MailUnreadable } from '../../../mail/mail-unreadable.ts';
import { removeMacros } from '../../../mail/remove-macros.ts';
import { unpackZip } from '../../../mail/unpack-zip.ts';
import { BodyTooLarge } from '../../../pdf/body-limits.ts';
import { FileFault } from '../../../pdf/file-fault.ts';
import { TypesettingError } from '../../../pdf/make-pdf.ts';
import { shrinkPicture } from '../../../pdf/shrink-picture.ts';
import type { MendedHead, MendJob, MendResult } from '../document-jobs.ts';
import { filesAsPdf } from './files-as-pdf.ts';
import { factsOfFile } from './inspect-file.ts';
import type { InputFile, OutputFile } from './input-file.ts';
import { joinFiles } from './join-files.ts';
import { tell, tellFile } from './tell.ts';

/** Does one operation to files, hands out what came of it, and tells why what could not be done was not. */
export async function mendFiles(job: MendJob, contents: readonly Buffer[]): Promise<void> {
  const files = await Promise.all(job.files.map(async ({ name, type }, n): Promise<InputFile> => {
    const bytes = contents[n] ?? Buffer.alloc(0);
    const facts = await factsOfFile({ name, declaredType: type }, bytes);
    return { name, type, bytes, facts, kind: fileKindOf(facts) };
  }));
  const failed: { readonly name: string; readonly reason: string }[] = [];
  const made: OutputFile[] = [];
  for (const one of job.operation === 'join' ? [files] : files.map((file) => [file])) {
    try {
      const output = await mend(job, one);
      demandRoom([...made, ...output], job);
      made.push(...output);
    } catch (error) {
      const reason = reasonOf(error);
      const atFault = error instanceof FileFault ? one.filter(({ name }) => name === error.file) : [];
      failed.push(...(atFault.length > 0 ? atFault : one).map(({ name }) => ({ name, reason })));
    }
  }
  const names = repairFileNames(made.map(({ name, type }) => ({ name, extensionFallback: extensionOf(type) })));
  for (const [n, { name: given, bytes, type, remarks }] of made.entries()) {
    const name = names[n] ?? '';
    // From inside a zip or a mail, or made by the new ending: attached, it would be a command and no file.
    if (isForGateway(given) || isForGateway(name)) failed.push({ name, reason: `»${name}« er et navn til gatewayen selv, og filen kan ikke vedhæftes.` });
    else await tellFile(n, { name, type, remarks } satisfies MendedHead, bytes);
  }
  await tell({ kind: 'result', payload: JSON.stringify({ failed } satisfies MendResult) });
}

async function mend({ operation, limits, name }: MendJob, files: readonly InputFile[]): Promise<readonly OutputFile[]> {
  const [file] = files;
  if (!file) return [];
  for (const one of files) demandMendable(one, operation, files.length > 1 ? `»${one.name}«` : 'Filen');
  switch (operation) {
    case 'to-pdf': return await filesAsPdf(file, limits);
    case 'join': return await joinFiles(files, name, limits);
    case 'unpack': return unpack(file, limits);
    case 'shrink': return await shrink(file, limits);
    case 'remove-macros': return await withoutMacros(file);
  }
}

function demandMendable({ facts, name }: InputFile, operation: MendJob['operation'], which: string): void {
  const fault = (what: string): FileFault => new FileFault(`${which} ${what}`, { file: name });
  // A list of numbers must not become a document that is sent.
  if (isForGateway(name)) throw fault('er til gatewayen og kan ikke laves om.');
  if (facts.bytes === 0) throw fault('er tom.');
  if (facts.damaged && operation !== 'unpack') throw fault('er beskadiget. Åbn den i det program, den er lavet i, og gem den igen.');
  if (facts.encrypted && operation !== 'unpack') throw fault('er låst med adgangskode. Gem den uden, og prøv igen.');
}

function unpack({ kind, bytes }: InputFile, limits: MendJob['limits']): readonly OutputFile[] {
  if (kind !== 'zip') throw new FileFault('Filen er ikke en zip-fil.');
  const unpacked = unpackZip(bytes, limits);
  if (unpacked.kind === 'refused') throw new FileFault(unpacked.reason);
  return unpacked.files.map((file) => ({ ...file, type: '', remarks: [] }));
}

async function shrink({ kind, name, bytes }: InputFile, limits: MendJob['limits']): Promise<readonly OutputFile[]> {
  if (kind !== 'picture') throw new FileFault('Kun billeder kan gøres mindre.');
  const { bytes: small, extension } = await shrinkPicture(bytes, limits);
  return [{ name: withExtension(name, extension), type: extension === 'jpg' ? 'image/jpeg' : 'image/png', bytes: small, remarks: [] }];
}

/** What comes out is looked into as any other file: what still has macros, or is another sort of file, is not handed out. */
async function withoutMacros({ kind, name, bytes, facts }: InputFile): Promise<readonly OutputFile[]> {
  if (kind !== 'office' || !facts.hasMacros) throw new FileFault('Filen er ikke en Office-fil med makroer.');
  const removed = removeMacros(bytes);
  if (removed.kind === 'refused') throw new FileFault(removed.reason);
  const named = repairFileName(`${name.replace(/\.[^./\\]{1,10}$/, '')}.${removed.extension}`);
  const now = await factsOfFile({ name: named, declaredType: '' }, removed.bytes);
  if (now.hasMacros || now.damaged || now.detectedExtension !== removed.extension) throw new FileFault('Makroerne kan ikke fjernes fra filen.');
  return [{ name: named, type: mimeTypeOf(removed.extension), bytes: removed.bytes, remarks: [MACROS_GONE, ...(removed.wasSigned ? [SIGNATURE_GONE] : [])] }];
}

const MACROS_GONE = 'Makroerne er fjernet. Knapper, der brugte dem, gør ikke længere noget.';
const SIGNATURE_GONE = 'Den digitale signatur er fjernet; den gjaldt filen med makroer.';

/** "foto.JPEG" stays so; "foto.bmp", made PNG, becomes "foto.png". */
function withExtension(name: string, extension: 'jpg' | 'png'): string {
  const own = extension === 'jpg' ? /\.jpe?g$/i : /\.png$/i;
  return own.test(name) ? name : repairFileName(`${name.replace(/\.[^.]*$/, '')}.${extension}`);
}

function extensionOf(mime: string): string | null {
  return allowedFileTypes.find((type) => type.mime === mime)?.extension ?? null;
}

function demandRoom(files: readonly OutputFile[], { limits: { filesMax, bytesMax } }: MendJob): void {
  if (files.length > filesMax) throw new FileFault(`Der kommer flere end ${filesMax} filer ud af det. Tag færre ad gangen.`);
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  const megabytesMax = Math.floor(bytesMax / 1_000_000);
  if (bytes > bytesMax) throw new FileFault(`Det, der kommer ud af det, fylder mere end ${megabytesMax} MB. Tag færre ad gangen.`);
}

/** Danish, for the one who waits; what is a fault of ours ends the child. */
function reasonOf(error: unknown): string {
  if (error instanceof FileFault || error instanceof BodyTooLarge || error instanceof MailUnreadable) return error.message;
  if (error instanceof TypesettingError) return 'Filen kan ikke sættes som PDF.';
  throw error;
}

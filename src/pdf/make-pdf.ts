import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { letterFonts } from './letter-fonts.ts';
import type { Picture } from './block-model.ts';
import type { TypstDocument } from './typst-document.ts';
import { uaStamp } from './ua-stamp.ts';
import { undate } from './undate.ts';

export type MadePdf = {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** false: the file is PDF/A-2a but does not say it is PDF/UA-1. */
  readonly stamped: boolean;
};

const templates = fileURLToPath(new URL('templates/', import.meta.url));
const template = join(templates, 'letter.typ');

// Typst keeps what it worked out for a while; what no letter has used for so many letters is let go.
const cacheAgeMax = 3;

let made: NodeCompiler | null = null;

/**
 * Sets a document and writes it as PDF/A-2a and PDF/UA-1. Synchronous, about 8 ms of CPU a page. Throws a
 * `TypesettingError` where Typst will not: a picture it cannot read, a letter it cannot show, layout too deep.
 */
export function makePdf(document: TypstDocument): MadePdf {
  const compiler = letterCompiler();
  for (const picture of document.pictures) {
    compiler.mapShadow(join(templates, picture.name), Buffer.from(picture.bytes));
  }
  try {
    // In one call: a document held by JavaScript keeps its native memory until a garbage collection that is late.
    const plain = compiler.pdf({ mainFilePath: template, inputs: { letter: document.json } }, { pdfStandard: 'a-2a' });
    return { ...stamp(plain), pages: pagesIn(plain) };
  } catch (error) {
    throw new TypesettingError(error instanceof Error ? error.message : String(error));
  } finally {
    for (const picture of document.pictures) compiler.unmapShadow(join(templates, picture.name));
    compiler.evictCache(cacheAgeMax);
  }
}

/** Whether Typst can decode a picture and write it as PDF/A: the picture set all by itself. */
export function canSetPicture(picture: Picture): boolean {
  const compiler = letterCompiler();
  const path = join(templates, picture.name);
  compiler.mapShadow(path, Buffer.from(picture.bytes));
  try {
    const source = `#set document(title: "x")\n#image("${picture.name}", width: 1cm, alt: "x")`;
    compiler.pdf({ mainFileContent: source }, { pdfStandard: 'a-2a' });
    return true;
  } catch {
    return false;
  } finally {
    compiler.unmapShadow(path);
  }
}

/** Typst's refusal; the message is Typst's own, for the log. */
export class TypesettingError extends Error {
  override readonly name = 'TypesettingError';
  /** The signs that no font could show where they stood: a mark and its letter must be of one font. */
  readonly signs: ReadonlySet<string>;

  constructor(typst: string) {
    super(sentencesOf(typst));
    this.signs = signsOf(typst);
  }
}

/** Loads fonts and compiler before the first letter asks for them: about 0.2 s. */
export function warmUpPdf(): void {
  letterCompiler();
}

function letterCompiler(): NodeCompiler {
  made ??= NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: [...letterFonts().blobs] }] });
  return made;
}

// The page tree is the first object that Typst writes.
function pagesIn(pdf: Buffer): number {
  return Number(/\/Type \/Pages\s+\/Count (\d+)/u.exec(pdf.toString('latin1', 0, 4_000))?.[1] ?? 1);
}

// Typst's list of diagnostics names our own files, and of the content single letters only.
function sentencesOf(typst: string): string {
  const sentences = [...typst.matchAll(/message: "((?:[^"\\]|\\.)*)"/gu)].map(([, sentence]) => sentence);
  return (sentences.length > 0 ? sentences.join('; ') : typst).slice(0, 500);
}

function signsOf(typst: string): ReadonlySet<string> {
  const signs = new Set<string>();
  for (const [, quoted = ''] of typst.matchAll(/the text `\\?"(.{1,200}?)\\?"` could not be displayed/gu)) {
    const text = quoted.replace(/\\+u\{([0-9a-f]{1,6})\}/gu, (_all, hex: string) => String.fromCodePoint(parseInt(hex, 16)));
    for (const sign of text) signs.add(sign);
  }
  return signs;
}

function stamp(plain: Buffer): { pdf: Uint8Array; stamped: boolean } {
  try {
    return { pdf: uaStamp(undate(plain)), stamped: true };
  } catch {
    // Another version of Typst lays its files out otherwise: a letter in plain PDF/A-2a, with the template's date in it,
    // is better than none.
    return { pdf: plain, stamped: false };
  }
}

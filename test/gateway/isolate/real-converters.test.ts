import assert from 'node:assert/strict';
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { PDFDocument } from '@cantoo/pdf-lib';
import { convertFiles, type ConvertParts } from '../../../src/gateway/addin/convert-files.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { openConverters } from '../../../src/gateway/isolate/converters.ts';
import { openDocumentPool } from '../../../src/gateway/isolate/document-pool.ts';
import { textLimitsOf } from '../../../src/gateway/settings/letter-check-settings.ts';
import { exifOrientation } from '../../../src/pdf/exif-orientation.ts';
import { installedConverters } from '../../../src/sandbox/installed-converters.ts';
import { compoundOf, docxOf } from '../../mail/inspect-samples.ts';
import { png } from '../../pdf/letters.ts';
import { structureFaults } from '../../pdf/structure-check.ts';
import { heicOf, jpegSample, noHeicEncoder, withOrientation } from './heic-sample.ts';
import { documentWithLinks, documentWithMacro, officeSamples, openDocument, sampleTexts, sheetWithLinks, withMacros, workbookOfNumbers } from './office-samples.ts';

const programs = await installedConverters((process.env['PATH'] ?? '').split(':'));
const { OFFICE_CONVERTER: soffice = '', HEIC_CONVERTER: heifConvert = '' } = programs;
const noOffice = soffice === '' && 'soffice is not installed';
const noHeic = heifConvert === '' ? 'heif-convert is not installed' : noHeicEncoder;

type Operation = 'to-pdf' | 'join' | 'remove-macros';
type Given = readonly [name: string, bytes: Buffer];

const settings = settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-', DOCUMENT_PROCESSES: '1', ...programs });
const never = new AbortController().signal;
let folder: string;
let parts: ConvertParts;
let tmpBefore: string | undefined;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'postbro-real-'));
  // A place of this file alone, so that what is left in it is of these very runs.
  tmpBefore = process.env['TMPDIR'];
  process.env['TMPDIR'] = path.join(folder, 'tmp');
  await mkdir(path.join(folder, 'tmp'));
  parts = { settings, documents: openDocumentPool(settings), converters: openConverters(settings) };
});
after(async () => {
  parts.documents.close();
  await parts.converters.close();
  if (tmpBefore === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = tmpBefore;
  await rm(folder, { recursive: true });
});

async function convert(operation: Operation, ...files: readonly Given[]) {
  const given = files.map(([name, bytes]) => ({ name, content: bytes.toString('base64') }));
  const outcome = await convertFiles(parts, { question: { operation, files: given }, signal: never });
  assert.ok(outcome.kind === 'answer');
  return { failed: outcome.answer.failed, files: outcome.answer.files.map((file) => ({ ...file, bytes: Buffer.from(file.content, 'base64') })) };
}

async function toPdf(name: string, bytes: Buffer): Promise<Buffer> {
  const { files: [file], failed } = await convert('to-pdf', [name, bytes]);
  assert.deepEqual(failed, []);
  assert.ok(file?.type === 'application/pdf');
  return file.bytes;
}

async function textOf(pdf: Buffer): Promise<string> {
  const outcome = await parts.documents.readText({ job: { kind: 'read-text', name: 'a.pdf', type: 'application/pdf', limits: textLimitsOf(settings) }, files: [pdf], signal: never });
  assert.ok(outcome.kind === 'done');
  return JSON.stringify(outcome.value.pages);
}

async function reasonOf(name: string, bytes: Buffer): Promise<string> {
  const { files, failed: [failed] } = await convert('to-pdf', [name, bytes]);
  assert.deepEqual(files, []);
  return failed?.reason ?? '';
}

describe('LibreOffice makes a PDF', { skip: noOffice }, () => {
  let samples: ReadonlyMap<string, Buffer>;
  let server: Server;
  let calls = 0;
  before(async () => {
    samples = await officeSamples(soffice, folder);
    server = createServer((socket) => {
      calls += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());
  const sample = (extension: string): Buffer => samples.get(extension) ?? assert.fail(extension);
  const serverUrl = (): string => `http://127.0.0.1:${String((server.address() as { readonly port: number }).port)}`;

  for (const extension of Object.keys(sampleTexts)) {
    it(`of a ${extension}: PDF/A-2b, with its text and its tags`, async () => {
      const pdf = await toPdf(`Brev.${extension}`, sample(extension));
      assert.match(await textOf(pdf), sampleTexts[extension] ?? /$^/);
      assert.match(pdf.toString('latin1'), /<pdfaid:part>2<[^]*<pdfaid:conformance>B</);
      assert.deepEqual(await structureFaults(pdf), []);
    });
  }

  it('in which numbers and dates are Danish, as they are where the workbook was written', async () => {
    const text = await textOf(await toPdf('Tal.xlsx', workbookOfNumbers()));
    for (const shown of ['1.234,50', '09-12-2025', '0,25']) assert.ok(text.includes(shown), text);
  });

  it('that keeps its tags when it is joined with other files', async () => {
    const { files: [file] } = await convert('join', ['Afgørelse.docx', sample('docx')], ['Notat.txt', Buffer.from('Møde på rådhuset')], ['Ark.xlsx', sample('xlsx')]);
    assert.ok(file);
    assert.doesNotMatch(file.remarks.join(), /mærket op/);
    assert.match(file.remarks.join(), /Se PDF’en igennem/);
    assert.deepEqual(await structureFaults(file.bytes), []);
    assert.match(await textOf(file.bytes), /Kære Ærinde Østergård[^]*Møde på rådhuset[^]*Måned på rådhuset/);
  });

  it('of a file whose macros are taken out: it opens, and says what it said', async () => {
    for (const extension of ['docx', 'xlsx', 'pptx'] as const) {
      const { files: [file], failed } = await convert('remove-macros', [`Brev.${extension.slice(0, -1)}m`, withMacros(extension, sample(extension))]);
      assert.deepEqual(failed, []);
      assert.ok(file?.name === `Brev.${extension}`, file?.name);
      assert.match(await textOf(await toPdf(file.name, file.bytes)), sampleTexts[extension] ?? /$^/);
    }
  });

  it('in which no macro has run, and nothing has come from this machine or from a server', async () => {
    const [ran, text, picture] = ['ran.txt', 'hemmelig.csv', 'hemmelig.png'].map((name) => path.join(folder, name));
    assert.ok(ran !== undefined && text !== undefined && picture !== undefined);
    await writeFile(text, 'HEMMELIGT;1\r\n');
    await writeFile(picture, png(40, 40));
    assert.match(await textOf(await toPdf('Makro.odt', documentWithMacro(ran))), /Med makro/);
    await assert.rejects(access(ran));
    const letter = await toPdf('Henvist.odt', documentWithLinks({ text, picture, server: serverUrl() }));
    const sheet = await toPdf('Henvist.ods', sheetWithLinks({ text, server: serverUrl() }));
    assert.match(await textOf(letter), /Før[^]*som det var[^]*Efter/);
    for (const pdf of [letter, sheet]) assert.doesNotMatch(await textOf(pdf), /HEMMELIGT/);
    assert.doesNotMatch(letter.toString('latin1'), /\/Subtype\s*\/Image/);
    assert.equal(calls, 0);
  });

  it('in which a comment in the margin is not', async () => {
    const comment = '<office:annotation><text:p>Spørg chefen</text:p></office:annotation>';
    const pdf = await toPdf('Kommentar.odt', openDocument('text', `<office:body><office:text><text:p>Du får støtte${comment}.</text:p></office:text></office:body>`));
    assert.match(await textOf(pdf), /Du får støtte/);
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    assert.deepEqual(document.getPages().map(({ node }) => node.Annots()?.size() ?? 0), [0]);
  });

  it('of nothing that is broken, locked or empty, and says why', async () => {
    assert.match(await reasonOf('Knogler.docx', docxOf()), /kan ikke laves om; den er måske beskadiget/);
    assert.match(await reasonOf('Halv.docx', sample('docx').subarray(0, 3_000)), /beskadiget/);
    assert.match(await reasonOf('Låst.docx', compoundOf([{ name: 'EncryptionInfo', data: Buffer.alloc(200, 4) }, { name: 'EncryptedPackage', data: Buffer.alloc(9_000, 7) }])), /låst med adgangskode/);
    assert.match(await reasonOf('Tom.docx', Buffer.alloc(0)), /er tom/);
  });

  it('for two who ask at once', async () => {
    const both = await Promise.all([toPdf('a.docx', sample('docx')), toPdf('b.xlsx', sample('xlsx'))]);
    assert.match(await textOf(both[0]), sampleTexts['docx'] ?? /$^/);
    assert.match(await textOf(both[1]), sampleTexts['xlsx'] ?? /$^/);
  });

  it('within its time, or until nobody waits: then all of it ends, and its folder is gone', async () => {
    const hasty = openConverters({ ...settings, OFFICE_CONVERTER_TIME_MAX_MS: 150 });
    const late = await hasty.officeToPdf({ bytes: sample('docx'), extension: 'docx' }, never);
    assert.ok(late.kind === 'failed' && /for lang tid/.test(late.text), late.kind);
    const left = new AbortController();
    const running = parts.converters.officeToPdf({ bytes: sample('docx'), extension: 'docx' }, left.signal);
    while ((await commandsOf(folder)).length === 0) await pause(20);
    left.abort();
    assert.equal((await running).kind, 'failed');
    await hasty.close();
    while ((await commandsOf(folder)).length > 0) await pause(20);
    assert.deepEqual(await readdir(path.join(folder, 'tmp')), []);
  });
});

describe('libheif makes a JPEG', { skip: noHeic }, () => {
  it('of a photograph, upright and without what its EXIF tells, and it becomes a PDF', async () => {
    const turned = withOrientation(await jpegSample(600, 400), 6);
    assert.equal(exifOrientation(turned), 6);
    const heic = await heicOf(turned, folder);
    const made = await parts.converters.heicToJpeg(heic, never);
    assert.ok(made.kind === 'done');
    assert.equal(exifOrientation(made.bytes), 1);
    assert.ok(!made.bytes.includes('Exif'));
    const pdf = await toPdf('Foto.heic', heic);
    assert.match(pdf.toString('latin1'), /\/Subtype\s*\/Image/);
    assert.deepEqual(await structureFaults(pdf), []);
  });

  it('of nothing that is cut short', async () => {
    const whole = await heicOf(await jpegSample(300, 200), folder);
    assert.match(await reasonOf('Halvt.heic', whole.subarray(0, Math.floor(whole.length / 2))), /beskadiget/);
  });
});

/** What runs of a converter whose folder lies here. */
async function commandsOf(place: string): Promise<readonly string[]> {
  const found = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(async (pid) => {
    const [command, stat] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''),
      readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') Z'),
    ]);
    return command.includes(path.join(place, 'tmp', 'postbro-convert-')) && !/\) [ZX]/.test(stat) ? [command] : [];
  }));
  return found.flat();
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { convertFiles, type ConvertParts } from '../../../src/gateway/addin/convert-files.ts';
import { openConverters } from '../../../src/gateway/isolate/converters.ts';
import { openDocumentPool, type DocumentPool } from '../../../src/gateway/isolate/document-pool.ts';
import { docxOf, pdfOf } from '../../mail/inspect-samples.ts';

// Stands for soffice: notes how it was called and what it could see, and does as its input says.
const PROGRAM = `#!${process.execPath}
const fs = require('node:fs');
const path = require('node:path');
const [outDir, input] = [process.argv[process.argv.indexOf('--outdir') + 1], process.argv.at(-1)];
const profile = process.argv.find((arg) => arg.startsWith('-env:')).slice('-env:UserInstallation=file://'.length);
fs.writeFileSync(path.join(__dirname, 'seen.json'), JSON.stringify({ args: process.argv.slice(2), env: Object.keys(process.env), profile: fs.readFileSync(path.join(profile, 'user', 'registrymodifications.xcu'), 'utf8'), folder: path.dirname(input), interfaces: Object.keys(require('node:os').networkInterfaces()) }));
const wish = fs.readFileSync(path.join(__dirname, 'wish'), 'utf8');
if (wish === 'hang') { const child = require('node:child_process').spawn('sleep', ['60']); fs.writeFileSync(path.join(__dirname, 'pids'), process.pid + ' ' + child.pid); setInterval(() => {}, 1000); }
else if (wish === 'pdf') fs.copyFileSync(path.join(__dirname, 'result.pdf'), path.join(outDir, 'in.pdf'));
else if (wish === 'garbage') fs.writeFileSync(path.join(outDir, 'in.pdf'), 'not a pdf');
`;

const canUnshare = spawnSync('unshare', ['--map-current-user', '--net', '--', 'true']).status === 0;

describe('a converter beside the gateway', () => {
  let folder: string;
  let parts: ConvertParts;
  let pool: DocumentPool;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'postbro-program-'));
    const program = path.join(folder, 'soffice.cjs');
    await writeFile(program, PROGRAM);
    await chmod(program, 0o755);
    await writeFile(path.join(folder, 'result.pdf'), pdfOf());
    process.env['POSTBRO_SECRET_FOR_TEST'] = 'x';
    const settings = settingsSchema.parse({
      DATABASE_URL: '-', ORGANISATIONS_FILE: '-', DOCUMENT_PROCESSES: '1', OFFICE_CONVERTER: program, OFFICE_CONVERTER_TIME_MAX_MS: '8000', HEIC_CONVERTER: '/findes/ikke',
    });
    pool = openDocumentPool(settings);
    parts = { settings, documents: pool, converters: openConverters(settings) };
  });
  after(async () => {
    delete process.env['POSTBRO_SECRET_FOR_TEST'];
    pool.close();
    await rm(folder, { recursive: true });
  });

  const convert = async (wish: string, operation: 'to-pdf' | 'join', ...files: readonly (readonly [string, Buffer])[]) => {
    await writeFile(path.join(folder, 'wish'), wish);
    const given = files.map(([name, bytes]) => ({ name, content: bytes.toString('base64') }));
    const outcome = await convertFiles(parts, { question: { operation, files: given }, signal: new AbortController().signal });
    assert.ok(outcome.kind === 'answer');
    return outcome.answer;
  };
  const seen = async () => JSON.parse(await readFile(path.join(folder, 'seen.json'), 'utf8')) as { args: string[]; env: string[]; profile: string; folder: string; interfaces: string[] };

  it('gets the file under a name of ours, a profile without macros, and nothing of the gateway’s secrets', async () => {
    const { files, failed } = await convert('pdf', 'to-pdf', ['Årsbrev.docx', docxOf()]);
    assert.deepEqual([files.map(({ name, type }) => [name, type]), failed], [[['Årsbrev.pdf', 'application/pdf']], []]);
    const { args, env, profile, folder: place, interfaces } = await seen();
    assert.equal(path.basename(args.at(-1) ?? ''), 'in.docx');
    assert.ok(args.some((arg) => arg.startsWith('pdf:writer_pdf_Export:') && arg.includes('"UseTaggedPDF"') && arg.includes('"SelectPdfVersion":{"type":"long","value":"2"}')));
    assert.match(profile, /MacroSecurityLevel[^]*<value>3</);
    assert.ok(!env.includes('POSTBRO_SECRET_FOR_TEST'));
    // Its folder is gone; and where the machine can give it one, it was in a network of its own, with nobody in it.
    assert.ok(!(await readdir(tmpdir())).includes(path.basename(place)));
    if (canUnshare) assert.deepEqual(interfaces, []);
  });

  it('is asked only for what is an Office file by its content', async () => {
    const { files, failed } = await convert('pdf', 'to-pdf', ['vrøvl.docx', Buffer.from('vrøvl')], ['brev.docx', pdfOf()]);
    assert.deepEqual(files, []);
    assert.deepEqual(failed.map(({ name }) => name), ['vrøvl.docx', 'brev.docx']);
  });

  it('whose result is no PDF, or that makes none, has failed', async () => {
    for (const wish of ['garbage', 'nothing']) {
      const { failed } = await convert(wish, 'to-pdf', ['a.docx', docxOf()]);
      assert.match(failed[0]?.reason ?? '', /kan ikke laves om; den er måske beskadiget/);
    }
    const picture = Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('heic\0\0\0\0mif1heic'), Buffer.alloc(40)]);
    const { failed } = await convert('pdf', 'to-pdf', ['foto.heic', picture]);
    assert.match(failed[0]?.reason ?? '', /Gem det som JPEG/);
  });

  it('is joined with the rest', async () => {
    const { files } = await convert('pdf', 'join', ['a.docx', docxOf()], ['b.txt', Buffer.from('Hej')]);
    assert.deepEqual(files.map(({ name }) => name), ['a.pdf']);
    assert.match(files[0]?.remarks.join() ?? '', /»a« er ikke mærket op til skærmlæsere/);
  });

  it('is killed with everything it started when its time is up', async () => {
    const hasty = { ...parts, converters: openConverters({ ...parts.settings, OFFICE_CONVERTER_TIME_MAX_MS: 3_000 }) };
    await writeFile(path.join(folder, 'wish'), 'hang');
    const outcome = await convertFiles(hasty, { question: { operation: 'to-pdf', files: [{ name: 'a.docx', content: docxOf().toString('base64') }] }, signal: new AbortController().signal });
    assert.ok(outcome.kind === 'answer');
    assert.match(outcome.answer.failed[0]?.reason ?? '', /for lang tid/);
    const pids = (await readFile(path.join(folder, 'pids'), 'utf8')).split(' ').map(Number);
    for (const pid of pids) assert.equal(await isRunning(pid), false, `process ${pid} lives`);
  });
});

/** A killed process is gone, or waits only to be reaped. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  return stat !== null && !/\) [ZX]/.test(stat);
}

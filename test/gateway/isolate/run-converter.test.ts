import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, readlink, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
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
else if (wish === 'escape') { const child = require('node:child_process').spawn('sleep', ['60'], { detached: true, stdio: 'ignore' }); child.unref(); fs.writeFileSync(path.join(__dirname, 'pids'), process.pid + ' ' + child.pid); setInterval(() => {}, 1000); }
else if (wish === 'link') fs.symlinkSync(path.join(__dirname, 'result.pdf'), path.join(outDir, 'in.pdf'));
else if (wish === 'pipe') require('node:child_process').spawnSync('mkfifo', [path.join(outDir, 'in.pdf')]);
else if (wish === 'disk') fs.writeFileSync(path.join(outDir, 'in.pdf'), Buffer.alloc(30_000_000));
else if (wish === 'pdf') fs.copyFileSync(path.join(__dirname, 'result.pdf'), path.join(outDir, 'in.pdf'));
else if (wish === 'garbage') fs.writeFileSync(path.join(outDir, 'in.pdf'), 'not a pdf');
`;

const works = (...[program = '', ...args]: readonly string[]) => spawnSync(program, args).status === 0;
const hasTools = works('setpriv', '--pdeathsig', 'KILL', '--', 'true') && works('prlimit', '--fsize=1000', '--', 'true') && works('unshare', '--map-current-user', '--net', '--pid', '--fork', '--kill-child=SIGKILL', '--', 'true');
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
    assert.match(files[0]?.remarks.join() ?? '', /^Se PDF’en igennem, før du sender/);
    const { args, env, profile, folder: place, interfaces } = await seen();
    assert.equal(path.basename(args.at(-1) ?? ''), 'in.docx');
    assert.ok(args.some((arg) => arg.startsWith('pdf:writer_pdf_Export:') && arg.includes('"UseTaggedPDF"') && arg.includes('"SelectPdfVersion":{"type":"long","value":"2"}')));
    assert.match(profile, /MacroSecurityLevel[^]*<value>3</);
    // As one in which the program has been before: at its first start it draws for four seconds.
    assert.match(profile, /ooSetupLastVersion[^]*<value>99\.9</);
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
    for (const wish of ['garbage', 'nothing', 'link', 'pipe']) {
      const { failed } = await convert(wish, 'to-pdf', ['a.docx', docxOf()]);
      assert.match(failed[0]?.reason ?? '', /kan ikke laves om; den er måske beskadiget/);
    }
    const picture = Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('heic\0\0\0\0mif1heic'), Buffer.alloc(40)]);
    const { failed } = await convert('pdf', 'to-pdf', ['foto.heic', picture]);
    assert.match(failed[0]?.reason ?? '', /Gem det som JPEG/);
  });

  it('writes no file larger than it may, where the machine can keep it from it', { skip: !hasTools && 'prlimit is not installed' }, async () => {
    const small = openConverters({ ...parts.settings, CONVERTER_FILE_MAX_BYTES: 5_000_000 });
    await writeFile(path.join(folder, 'wish'), 'disk');
    const outcome = await small.officeToPdf({ bytes: docxOf(), extension: 'docx' }, new AbortController().signal);
    assert.ok(outcome.kind === 'failed' && /bliver for stor/.test(outcome.text), JSON.stringify(outcome.kind));
    await small.close();
  });

  it('gets no name that is a command to the gateway', async () => {
    const { files, failed } = await convert('pdf', 'to-pdf', ['body.docx', docxOf()]);
    assert.deepEqual([files.length, failed.map(({ name }) => name)], [0, ['body.docx']]);
    assert.match(failed[0]?.reason ?? '', /»body\.pdf«, som er et navn til gatewayen/);
  });

  it('ends with the call that it is for, in line and under way', async () => {
    const converters = openConverters(parts.settings);
    await writeFile(path.join(folder, 'wish'), 'hang');
    await rm(path.join(folder, 'pids'), { force: true });
    const [first, second] = [new AbortController(), new AbortController()];
    const running = converters.officeToPdf({ bytes: docxOf(), extension: 'docx' }, first.signal);
    const inLine = converters.officeToPdf({ bytes: docxOf(), extension: 'docx' }, second.signal);
    second.abort();
    assert.equal((await inLine).kind, 'failed');
    await pidsIn(folder);
    first.abort();
    const outcome = await running;
    assert.ok(outcome.kind === 'failed' && /ikke tid/.test(outcome.text));
    await untilNone(() => commandsIn(folder));
  });

  it('is killed with everything it started and its folder is gone when the gateway stops', async () => {
    await using parent = await startParent(folder, { wish: hasTools ? 'escape' : 'hang' });
    parent.process.kill('SIGTERM');
    await once(parent.process, 'exit');
    assert.deepEqual(await foldersOf(parent.tmp), []);
    // The kernel ends them with their namespace, in its own time.
    await untilNone(() => commandsIn(folder));
  });

  it('ends with a gateway that is killed, and the next one takes its folder away', { skip: !hasTools && 'setpriv is not installed' }, async () => {
    await using parent = await startParent(folder, { wish: 'escape' });
    parent.process.kill('SIGKILL');
    await once(parent.process, 'exit');
    await untilNone(() => commandsIn(folder));
    const [left, ...others] = await foldersOf(parent.tmp);
    assert.ok(left && others.length === 0);
    const hours = new Date(Date.now() - 3_600_000);
    const keep = await mkdtemp(path.join(parent.tmp, 'postbro-convert-'));
    await utimes(path.join(parent.tmp, left), hours, hours);
    process.env['TMPDIR'] = parent.tmp;
    try {
      await openConverters(parts.settings).close();
    } finally {
      delete process.env['TMPDIR'];
    }
    // One that may still be at work stays.
    assert.deepEqual(await foldersOf(parent.tmp), [path.basename(keep)]);
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
    await pidsIn(folder);
    await untilNone(() => commandsIn(folder));
  });
});

/** Once the program has told who it is: then it and its child run. */
async function pidsIn(folder: string): Promise<void> {
  while ((await readFile(path.join(folder, 'pids'), 'utf8').catch(() => '')) === '') await pause(50);
}

/** What runs of the program in a folder and of what it started; a killed process is gone, or waits only to be reaped. */
async function commandsIn(folder: string): Promise<readonly string[]> {
  const found = await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(async (pid) => {
    const [command, stat, cwd] = await Promise.all([
      readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => ''),
      readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') Z'),
      readlink(`/proc/${pid}/cwd`).catch(() => ''),
    ]);
    const isOf = command.includes(path.join(folder, 'soffice.cjs')) || (command.startsWith('sleep\0') && cwd.includes('postbro-convert-'));
    return isOf && !/\) [ZX]/.test(stat) ? [`${pid} ${command.replaceAll('\0', ' ')}`] : [];
  }));
  return found.flat();
}

async function untilNone(look: () => Promise<readonly string[]>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (let left = await look(); left.length > 0; left = await look()) {
    assert.ok(Date.now() < end, left.join('\n'));
    await pause(50);
  }
}

const PATIENCE_MS = 5_000;

async function foldersOf(tmp: string): Promise<readonly string[]> {
  return (await readdir(tmp)).filter((name) => name.startsWith('postbro-convert-'));
}

/** A small gateway: it converts a file, and on SIGTERM closes its converters. */
async function startParent(folder: string, { wish }: { readonly wish: string }) {
  await writeFile(path.join(folder, 'wish'), wish);
  await rm(path.join(folder, 'pids'), { force: true });
  const tmp = await mkdtemp(path.join(tmpdir(), 'postbro-parent-'));
  const source = (name: string) => pathToFileURL(path.resolve(import.meta.dirname, '../../../src/gateway', name)).href;
  await writeFile(path.join(tmp, 'parent.mjs'), `
import { openConverters } from ${JSON.stringify(source('isolate/converters.ts'))};
import { settingsSchema } from ${JSON.stringify(source('config.ts'))};
const settings = settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-', OFFICE_CONVERTER: ${JSON.stringify(path.join(folder, 'soffice.cjs'))} });
const converters = openConverters(settings);
process.on('SIGTERM', () => converters.close().then(() => process.exit(0)));
await converters.officeToPdf({ bytes: Buffer.from('x'), extension: 'docx' }, new AbortController().signal);
`);
  const parent = spawn(process.execPath, [path.join(tmp, 'parent.mjs')], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, TMPDIR: tmp } });
  await pidsIn(folder);
  return {
    process: parent,
    tmp,
    async [Symbol.asyncDispose]() {
      parent.kill('SIGKILL');
      await rm(tmp, { recursive: true, force: true });
    },
  };
}

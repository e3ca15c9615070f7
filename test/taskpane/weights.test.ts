import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

/** What may be fetched before a screen can be used for the first time, compressed, in kB of 1,000 bytes (issue "The add-in", section 4). */
const COMPOSE_MAX_KB = 170;
const LOOKUP_MAX_KB = 130;
const SEE_MAX_KB = 165;
/** What Se som modtageren fetches when it is open: pdf.js, its worker, and what reads the mail's HTML. */
const LETTER_FILES_MAX_KB = { 'letter-pages': 165, 'letter-access': 55 } as const;
const PDF_WORKER_MAX_KB = 420;
/** Classic Outlook loads it anew with every Send. */
const EVENTS_MAX_KB = 10;
/** Our own bound for screens that have none: no more than Skriv, which has most parts. */
const OTHERS_MAX_KB = COMPOSE_MAX_KB;
/** The library that logs people on says so in its requests. */
const MSAL_MARK = 'msal.js.browser';

const dist = new URL('../../dist/', import.meta.url);
const contentOf = async (file: string): Promise<Buffer> => await readFile(new URL(file, dist));

async function entriesOf(folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const text = await readFile(new URL(`${folder}/assets.json`, dist), 'utf8').catch(() => {
    throw new Error('dist is missing: it is built by "npm run prepare" (or npm ci)');
  });
  return JSON.parse(text) as Readonly<Record<string, readonly string[]>>;
}

/** The files of the pane's own page and of one of its screens, each once. */
async function filesOf(screen: string): Promise<readonly string[]> {
  const entries = await entriesOf('addin');
  assert.ok(entries['pane'] && entries[screen], `${screen} is not built`);
  return [...new Set([...entries['pane'], ...entries[screen]])].map((file) => `addin/${file}`);
}

async function kilobytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await contentOf(file), { level: 9 }).length));
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}

describe('the add-in as it is built', () => {
  const limits = { compose: COMPOSE_MAX_KB, lookup: LOOKUP_MAX_KB, read: OTHERS_MAX_KB, sent: OTHERS_MAX_KB, system: OTHERS_MAX_KB, news: OTHERS_MAX_KB, see: SEE_MAX_KB };
  for (const [screen, limit] of Object.entries(limits)) {
    it(`weighs no more than ${String(limit)} kB with the screen ${screen}`, async (t) => {
      const weight = await kilobytesOf(await filesOf(screen));
      t.diagnostic(`${weight.toFixed(1)} kB`);
      assert.ok(weight <= limit, `${weight.toFixed(1)} kB`);
    });

    it(`brings neither log-on nor another language with the screen ${screen}`, async () => {
      const scripts = (await Promise.all((await filesOf(screen)).map(contentOf))).map(String);
      const marks = [MSAL_MARK, ...await markOfLanguages()];
      assert.deepEqual(marks.filter((mark) => scripts.some((script) => script.includes(mark))), []);
    });
  }

  for (const [chunk, limit] of Object.entries(LETTER_FILES_MAX_KB)) {
    it(`fetches no more than ${String(limit)} kB for ${chunk}, which no screen brings along`, async (t) => {
      const { pane = [], see = [], [chunk]: files = [] } = await entriesOf('addin');
      const weight = await kilobytesOf(files.filter((file) => !pane.includes(file) && !see.includes(file)).map((file) => `addin/${file}`));
      t.diagnostic(`${weight.toFixed(1)} kB`);
      assert.ok(weight > 0 && weight <= limit, `${weight.toFixed(1)} kB`);
    });
  }

  it(`fetches no more than ${String(PDF_WORKER_MAX_KB)} kB for the worker that reads a letter`, async (t) => {
    const [worker, another] = (await readdir(new URL('addin/', dist))).filter((name) => /^pdf-worker\.\w{12}\.js$/.test(name));
    assert.ok(worker !== undefined && another === undefined);
    const weight = await kilobytesOf([`addin/${worker}`]);
    t.diagnostic(`${weight.toFixed(1)} kB`);
    assert.ok(weight <= PDF_WORKER_MAX_KB, `${weight.toFixed(1)} kB`);
  });

  it('has log-on and the other languages in files of their own', async () => {
    const names = (await readdir(new URL('addin/', dist))).filter((name) => name.endsWith('.js'));
    const scripts = (await Promise.all(names.map(async (name) => await contentOf(`addin/${name}`)))).map(String);
    for (const mark of [MSAL_MARK, ...await markOfLanguages()]) assert.ok(scripts.some((script) => script.includes(mark)), `no file holds »${mark}«`);
  });

  it(`weighs no more than ${String(EVENTS_MAX_KB)} kB where a Smart Alert runs`, async (t) => {
    const files = (await entriesOf('events'))['events'] ?? [];
    assert.deepEqual(files, ['events.js']);
    const weight = await kilobytesOf(files.map((file) => `events/${file}`));
    t.diagnostic(`${weight.toFixed(1)} kB`);
    assert.ok(weight <= EVENTS_MAX_KB, `${weight.toFixed(1)} kB`);
  });
});

/** A sentence of each language but Danish. */
async function markOfLanguages(): Promise<readonly string[]> {
  const [en, kl] = await Promise.all([import('../../src/taskpane/texts/en.ts'), import('../../src/taskpane/texts/kl.ts')]);
  return [en.compose['to.empty'], kl.compose['to.empty']];
}

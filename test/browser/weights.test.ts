import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, describe, it } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { allChecked, openSendToMany, readList } from './mass-list-world.ts';
import { scripted } from './outlook-world.ts';
import { openOutlook, recipientField, sentence, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import { openSee } from './see-world.ts';

/** What may come over the line before a screen can be used for the first time, in kB of 1,000 bytes (issue "The add-in", section 4). */
const COMPOSE_MAX_KB = 170;
const LOOKUP_MAX_KB = 130;
const MASS_MAX_KB = 165;
const SEE_MAX_KB = 165;

/** Something that the pane fetched, as the browser tells it; times in ms, sizes in bytes on the line. */
interface Fetched {
  readonly file: string;
  readonly startedAt: number;
  readonly size: number;
}

type Entries = Readonly<Record<string, readonly string[]>>;

describe('what the opened pane fetches', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();
  let entries: Entries;

  before(async () => {
    entries = JSON.parse(await readFile(new URL('../../dist/addin/assets.json', import.meta.url), 'utf8')) as Entries;
  });

  /** Of the library that logs people on, and nothing of the page's. */
  const onlyOfLogOn = (): readonly string[] => (entries['msal'] ?? []).filter((file) => !entries['pane']?.includes(file));
  const filesOf = (...names: readonly string[]): readonly string[] => [...new Set(names.flatMap((name) => entries[name] ?? []))];

  it(`is the page, Skriv and nothing else, and no more than ${String(COMPOSE_MAX_KB)} kB, in an empty draft`, async (t) => await withPane(async (outlook) => {
    await writeMail(outlook);
    const fetched = (await fetchedBy(outlook.page)).filter(({ file }) => !file.startsWith('/api/') && !onlyOfLogOn().includes(file));
    assert.deepEqual(fetched.map(({ file }) => file).sort(), ['pane.html', ...filesOf('pane', 'compose')].sort());
    tellWeight(t, fetched, COMPOSE_MAX_KB);
  }));

  it(`is no more than ${String(LOOKUP_MAX_KB)} kB for Slå op`, async (t) => await withPane(async (outlook) => {
    await writeMail(outlook);
    await outlook.pane.getByRole('button', { name: 'Slå op' }).click();
    await outlook.pane.getByRole('textbox', { name: 'CPR-nummer, CVR-nummer eller firmanavn' }).waitFor();
    const wanted = ['pane.html', ...filesOf('pane', 'lookup')];
    const fetched = (await fetchedBy(outlook.page)).filter(({ file }) => wanted.includes(file));
    assert.equal(fetched.length, wanted.length);
    tellWeight(t, fetched, LOOKUP_MAX_KB);
  }));

  it(`is no more than ${String(MASS_MAX_KB)} kB for Send til mange with its check, and its reader of workbooks comes for a file alone`, async (t) => await withPane(async (outlook) => {
    await openSendToMany(outlook);
    await readList(outlook.pane, '2512489996');
    await allChecked(outlook.pane);
    const wanted = ['pane.html', ...filesOf('pane', 'mass', 'batch-check')];
    const all = await fetchedBy(outlook.page);
    const fetched = all.filter(({ file }) => wanted.includes(file));
    assert.equal(fetched.length, wanted.length);
    tellWeight(t, fetched, MASS_MAX_KB);
    const known = filesOf('pane', 'compose', 'mass', 'batch-check', 'msal', 'judgement');
    assert.deepEqual(all.filter(({ file }) => file.endsWith('.js') && !known.includes(file)), []);
  }));

  it(`is no more than ${String(SEE_MAX_KB)} kB for Se som modtageren, and pdf.js and the reader of HTML come when it is open`, async (t) => await withPane(async (outlook) => {
    await writeMail(outlook);
    await scripted(outlook.page, 'set', { subject: 'Brev', bodyHtml: '<p>Hej</p>' });
    await openSee(outlook);
    const wanted = ['pane.html', ...filesOf('pane', 'see')];
    const all = await fetchedBy(outlook.page);
    const fetched = all.filter(({ file }) => wanted.includes(file));
    assert.equal(fetched.length, wanted.length);
    tellWeight(t, fetched, SEE_MAX_KB);
    const known = filesOf('pane', 'compose', 'see', 'letter-pages', 'letter-access', 'msal', 'judgement');
    assert.deepEqual(all.filter(({ file }) => file.endsWith('.js') && !known.includes(file) && !/^pdf-worker\./.test(file)), []);
  }));

  it('is log-on last, for the first call that takes a token, and never the words of another language', async () => await withPane(async (outlook) => {
    await writeMail(outlook);
    await outlook.pane.getByRole('button', { name: /^Afsender.*Jobcenter/ }).waitFor();
    const fetched = await fetchedBy(outlook.page);
    const logOn = fetched.filter(({ file }) => onlyOfLogOn().includes(file));
    const first = (some: readonly Fetched[]): number => Math.min(...some.map(({ startedAt }) => startedAt));
    const calls = fetched.filter(({ file }) => file.startsWith('/api/'));
    const page = fetched.filter(({ file }) => filesOf('pane').includes(file));
    assert.ok(logOn.length > 0 && calls.length > 0);
    assert.ok(Math.max(...page.map(({ startedAt }) => startedAt)) < first(logOn), 'the page does not bring log-on along');
    assert.ok(first(logOn) < first(calls), 'log-on is fetched for the call');
    const known = filesOf('pane', 'compose', 'msal');
    const unknown = fetched.filter(({ file }) => file.endsWith('.js') && !known.includes(file));
    assert.deepEqual(unknown, [], 'no file that neither the screen nor log-on has');
  }));

  it('lets one write while log-on is still on its way', async () => await withPane(async (outlook) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    for (const file of onlyOfLogOn()) {
      await outlook.page.route(`**/addin/${file}`, async (route) => {
        await held;
        await route.continue();
      });
    }
    await writeMail(outlook);
    await recipientField(outlook.pane).fill('2512489996');
    assert.match(await sentence(outlook.pane).innerText(), /^Skriv, hvem beskeden er til/);
    release();
    await outlook.pane.getByRole('button', { name: /^Afsender.*Jobcenter/ }).waitFor();
    assert.equal(await recipientField(outlook.pane).inputValue(), '2512489996');
  }));

  async function withPane(test: (outlook: OutlookWithPane) => Promise<void>): Promise<void> {
    const outlook = await openOutlook(browser, sandbox);
    try {
      await test(outlook);
      assert.deepEqual([outlook.complaints, outlook.cspReports], [[], []]);
    } finally {
      await outlook.context.close();
    }
  }
});

function tellWeight(t: { diagnostic(message: string): void }, fetched: readonly Fetched[], limitKb: number): void {
  assert.ok(fetched.every(({ size }) => size > 0), 'everything came over the line');
  const weight = fetched.reduce((sum, { size }) => sum + size, 0) / 1_000;
  t.diagnostic(`${weight.toFixed(1)} kB`);
  assert.ok(weight <= limitKb, `${weight.toFixed(1)} kB`);
}

/** What the pane's frame has fetched from the gateway until now: files by their names, calls by their paths. */
async function fetchedBy(page: Page): Promise<readonly Fetched[]> {
  return await paneFrame(page).evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map((entry) => ({ entry: entry as PerformanceResourceTiming, path: new URL(entry.name).pathname }))
    .filter(({ path }) => /^\/(addin|api)\//.test(path))
    .map(({ entry, path }) => ({ file: path.replace('/addin/', ''), startedAt: entry.startTime, size: entry.encodedBodySize })));
}

function paneFrame(page: Page): Frame {
  const frame = page.frames().find((one) => one.url().includes('/addin/pane.html'));
  assert.ok(frame, 'the pane is open');
  return frame;
}

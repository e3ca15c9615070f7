import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { removeFolder, temporaryFolder } from '../sandbox/outside-world.ts';
import { putCluster } from '../sandbox/test-postgres.ts';
import { watchedPage, type TestBrowser, type WatchedPage } from './open-browser.ts';
import { scripted } from './outlook-world.ts';

const MAIN = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/addin/assets.json', import.meta.url));
const READY = /^ready (http:\/\/localhost:\d+) /;
/** How long the sandbox may take to open every door, on a machine with much else to do. */
const START_PATIENCE_MS = 170_000;

/** How long one step of a journey may take before the test has failed. */
const STEP_PATIENCE_MS = 45_000;

/** Asserted where the browser itself says that a call found nobody: a test that takes the gateway away expects it. */
const NO_CONNECTION = /^Failed to load resource/;

/** The whole sandbox as `npm start` starts it: the stand-in Outlook, the gateway with the built add-in, networks and registers. */
export interface RunningSandbox extends AsyncDisposable {
  readonly url: string;
  readonly process: ChildProcess;
}

/** Starts the sandbox on free ports and a folder of its own. `settings`: of the gateway, e.g. `{ HOLD_SINGLE_MS: '60000' }`. */
export async function startSandbox(settings: Readonly<Record<string, string>> = {}): Promise<RunningSandbox> {
  await access(BUILT).catch(() => {
    throw new Error('dist/addin is missing: the add-in is built by "npm run prepare" (or npm ci)');
  });
  const folder = await temporaryFolder();
  await putCluster(path.join(folder, 'data'));
  const env = { ...process.env, HTTP_PORT: '0', SMTP_PORT: '0', DATA_DIR: path.join(folder, 'data'), DATABASE_URL: '', ...NO_CONVERTERS, ...settings };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const url = (await eventually(async () => READY.exec(lines[0] ?? ''), START_PATIENCE_MS))[1] ?? '';
  return {
    url, process: child,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
      await removeFolder(folder);
    },
  };
}

/** What the pane offers must not hang on what this machine happens to have installed. */
const NO_CONVERTERS = { OFFICE_CONVERTER: 'off', HEIC_CONVERTER: 'off' };

/** Outlook with the add-in's pane beside a mail. */
export interface OutlookWithPane extends WatchedPage {
  readonly sandbox: RunningSandbox;
  readonly pane: FrameLocator;
}

/** Opens Outlook on a mailbox; no mail is chosen, and so there is no pane yet. */
export async function openOutlook(browser: TestBrowser, sandbox: RunningSandbox, mailbox = 'jobcenter@kommune.example'): Promise<OutlookWithPane> {
  const watched = await watchedPage(browser, { viewport: { width: 1500, height: 1000 } });
  watched.page.setDefaultTimeout(STEP_PATIENCE_MS);
  await watched.page.goto(`${sandbox.url}/outlook/?mailbox=${mailbox}`);
  await watched.page.getByRole('navigation', { name: 'Mapper' }).waitFor();
  return { ...watched, sandbox, pane: watched.page.frameLocator('iframe[title="Postbro"]') };
}

/** A new mail, with the pane ready beside it. */
export async function writeMail({ page, pane }: OutlookWithPane): Promise<void> {
  await page.getByRole('button', { name: 'Ny mail' }).click();
  await recipientField(pane).waitFor();
}

/** Plays a journey in Outlook, and looks afterwards that nothing complained meanwhile. */
export async function inOutlook(browser: TestBrowser, sandbox: RunningSandbox, { mailbox, expected = [] }: JourneySettings, journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> {
  const outlook = await openOutlook(browser, sandbox, mailbox);
  try {
    await journey(outlook).catch(async (error: unknown) => {
      const said = await outlook.pane.locator('body').innerText({ timeout: 1_000 }).catch(() => '(there is no pane)');
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n--- the pane says:\n${said.replace(/\n+/g, '\n')}`, { cause: error });
    });
    const complaints = outlook.complaints.filter((complaint) => !expected.some((one) => one.test(complaint)));
    assert.deepEqual([complaints, outlook.cspReports], [[], []]);
  } finally {
    await outlook.context.close();
  }
}

export interface JourneySettings {
  readonly mailbox?: string;
  /** What the browser itself writes on the console in this journey, e.g. that a call found nobody. */
  readonly expected?: readonly RegExp[];
}

export const callsFindNobody: readonly RegExp[] = [NO_CONNECTION];

export function recipientField(pane: FrameLocator): Locator {
  return pane.getByRole('combobox', { name: 'CPR-nummer, CVR-nummer eller navn' });
}

/** Types into the field and presses Enter. */
export async function addRecipients(pane: FrameLocator, typed: string): Promise<void> {
  await recipientField(pane).fill(typed);
  await recipientField(pane).press('Enter');
}

/** The row of one recipient, by what its heading says. */
export function rowOf(pane: FrameLocator, name: string | RegExp): Locator {
  return pane.locator('[data-row]').filter({ has: pane.getByRole('heading', { name }) });
}

/** What happens when one presses Send, as the pane's first lines say. */
export function sentence(pane: FrameLocator): Locator {
  return pane.locator('[data-sentence]');
}

/** The bar at the bottom: what is to be done next. */
export function bar(pane: FrameLocator): Locator {
  return pane.locator('[data-bar]');
}

/** Everybody the open mail goes to, as Outlook holds it. */
export async function addressesIn(page: Page): Promise<readonly string[]> {
  const item = await scripted(page, 'item');
  return [...(item?.to ?? []), ...(item?.cc ?? []), ...(item?.bcc ?? [])].map(({ emailAddress }) => emailAddress);
}

/** Waits until Til, Cc and Bcc of the open mail hold these addresses, in this order, and no others. */
export async function toFill(page: Page, addresses: readonly string[]): Promise<void> {
  await eventually(async () => (JSON.stringify(await addressesIn(page)) === JSON.stringify(addresses) ? true : null));
}

/**
 * Waits until a name stands in Til: the pane writes it of itself once it is known, and whoever changes Til while it does may
 * have their change written over.
 */
export async function named(page: Page, name: string): Promise<void> {
  await eventually(async () => ((await scripted(page, 'item'))?.to.some(({ displayName }) => displayName === name) ? true : null));
}

/** Answer of one of the sandbox's doors, as JSON. */
export async function fromDoor<T>({ url }: RunningSandbox, door: string): Promise<T> {
  const answer = await fetch(`${url}${door}`);
  if (!answer.ok) throw new Error(`${door} answered ${answer.status}`);
  return (await answer.json()) as T;
}

/** Tells one of the sandbox's doors something. */
export async function tellDoor({ url }: RunningSandbox, method: string, door: string, body: unknown): Promise<void> {
  const answer = await fetch(`${url}${door}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${door} answered ${answer.status}: ${await answer.text()}`);
}

/** Presses Send in Outlook and waits until the mail is handed over. */
export async function pressSend(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  // The words may still stand there for the mail before.
  await page.getByLabel('Ny mail').waitFor({ state: 'detached' });
  await page.getByText('Mailen er sendt.').waitFor();
}

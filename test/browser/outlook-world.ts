import assert from 'node:assert/strict';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { SandboxOutlook } from '../../src/sandbox/outlook/page/script-door.ts';
import { eventually } from '../sandbox/eventually.ts';
import { noGateway, openOutsideWorld, removeFolder, temporaryFolder, type OutsideWorld } from '../sandbox/outside-world.ts';
import { SmtpDoor } from '../sandbox/smtp-door.ts';
import { watchedPage, type TestBrowser, type WatchedPage } from './open-browser.ts';

/** The sandbox's outside, with a door in place of the gateway's, for tests of the stand-in Outlook. */
export interface OutlookWorld extends AsyncDisposable {
  readonly world: OutsideWorld;
  readonly smtp: SmtpDoor;
  readonly url: string;
}

export async function openOutlookWorld(): Promise<OutlookWorld> {
  const folder = await temporaryFolder();
  const smtp = new SmtpDoor();
  const world = await openOutsideWorld(folder, noGateway(await smtp.open()));
  return {
    world, smtp, url: `http://localhost:${world.front.port}`,
    [Symbol.asyncDispose]: async () => {
      await world[Symbol.asyncDispose]();
      await smtp.close();
      await removeFolder(folder);
    },
  };
}

/** An add-in of the test's own. */
export interface TestAddin {
  /** Script of the Smart Alert's page; it may associate functions. */
  readonly events?: string;
  readonly manifest?: string;
}

const MANIFEST = `<?xml version="1.0"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xsi:type="MailApp">
<DisplayName DefaultValue="Digital Post"/><Permissions>ReadWriteItem</Permissions>
<VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides/1.1" xsi:type="VersionOverridesV1_1">
<Hosts><Host xsi:type="MailHost"><DesktopFormFactor>
<ExtensionPoint xsi:type="MessageComposeCommandSurface"><Control id="compose"><Label resid="Name"/><Action xsi:type="ShowTaskpane"><SourceLocation resid="Pane"/></Action></Control></ExtensionPoint>
<ExtensionPoint xsi:type="MessageReadCommandSurface"><Control id="read"><Label resid="Name"/><Action xsi:type="ShowTaskpane"><SourceLocation resid="Pane"/><SupportsPinning>true</SupportsPinning></Action></Control></ExtensionPoint>
<ExtensionPoint xsi:type="LaunchEvent"><LaunchEvents><LaunchEvent Type="OnMessageSend" FunctionName="onSend" SendMode="SoftBlock"/><LaunchEvent Type="OnMessageRecipientsChanged" FunctionName="onRecipients"/></LaunchEvents><SourceLocation resid="Events"/></ExtensionPoint>
</DesktopFormFactor></Host></Hosts>
<Resources><bt:Urls><bt:Url id="Pane" DefaultValue="/addin/pane.html"/><bt:Url id="Events" DefaultValue="/addin/events.html"/></bt:Urls>
<bt:ShortStrings><bt:String id="Name" DefaultValue="Digital Post"/></bt:ShortStrings></Resources>
</VersionOverrides></OfficeApp>`;

/** As strict as the gateway's own pages. */
const POLICY = "default-src 'none'; script-src 'self' 'nonce-test'; style-src 'self' 'nonce-test'; connect-src 'self'; img-src 'self' data:; frame-ancestors *";

/** `ask('to.getAsync')` calls what stands at that path of the item. */
const PANE = `
const result = (call) => new Promise((resolve, reject) => call((told) => told.status === 'succeeded' ? resolve(told.value) : reject(new Error('code ' + told.error.code))));
const at = (root, path) => path.split('.').reduce(([, found], name) => [found, found[name]], [null, root]);
window.ask = (path, ...given) => result((done) => { const [owner, method] = at(Office.context.mailbox.item, path); method.call(owner, ...given, done); });
window.told = [];
window.hear = (event, source) => result((done) => (source ?? Office.context.mailbox.item).addHandlerAsync(Office.EventType[event], (said) => told.push(JSON.parse(JSON.stringify(said))), done));
Office.onReady((info) => { window.ready = info; document.body.dataset.ready = 'yes'; });`;

function addinPage(script: string): { readonly contentType: string; readonly headers: Record<string, string>; readonly body: string } {
  return {
    contentType: 'text/html; charset=utf-8', headers: { 'content-security-policy': POLICY },
    body: `<!doctype html><html lang="da"><head><title>t</title><script src="/sandbox/outlook/office.js"></script></head><body><p>pane</p><script nonce="test">${script}</script></body></html>`,
  };
}

/** Gives out the test's add-in where the gateway would. */
export async function serveAddin(context: BrowserContext, { events = '', manifest = MANIFEST }: TestAddin = {}): Promise<void> {
  await context.route('**/manifest.xml', async (route) => await route.fulfill({ contentType: 'application/xml', body: manifest }));
  await context.route('**/addin/pane.html', async (route) => await route.fulfill(addinPage(PANE)));
  await context.route('**/addin/events.html', async (route) => await route.fulfill(addinPage(`${PANE}\n${events}`)));
}

/** Outlook, opened on a mailbox. */
export async function openedOutlook(browser: TestBrowser, { url }: OutlookWorld, { mailbox = 'jobcenter@kommune.example', ...addin }: TestAddin & { readonly mailbox?: string } = {}): Promise<WatchedPage> {
  const watched = await watchedPage(browser, { viewport: { width: 1366, height: 800 } });
  await serveAddin(watched.context, addin);
  await watched.page.goto(`${url}/outlook/?mailbox=${mailbox}`);
  await watched.page.getByRole('navigation', { name: 'Mapper' }).waitFor();
  return watched;
}

/** Opens Outlook for one test, and asserts afterwards that no page complained. */
export async function inStandInOutlook(browser: TestBrowser, world: OutlookWorld, opened: Parameters<typeof openedOutlook>[2], test: (watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await openedOutlook(browser, world, opened);
  try {
    await test(watched);
    assert.deepEqual([watched.complaints, watched.cspReports], [[], []]);
  } finally {
    await watched.context.close();
  }
}

/** The add-in's pane, when it is ready; a pane that is being loaded again is waited for. */
export async function readyPane(page: Page): Promise<Frame> {
  return await eventually(async () => {
    const element = await page.locator('iframe[title="Postbro"]').elementHandle();
    const frame = await element?.contentFrame();
    // A frame that is taken away meanwhile answers nothing.
    const ready = frame ? await frame.locator('body[data-ready]').count().catch(() => 0) : 0;
    return frame && ready === 1 ? frame : null;
  });
}

/** What the test's pane gives scripts. */
interface PaneWindow {
  ask(path: string, ...given: readonly unknown[]): Promise<unknown>;
  hear(event: string): Promise<unknown>;
  readonly told: readonly unknown[];
}

/** Calls a method of the item in the pane; rejects with "code n" where Outlook answers an error. */
export async function askPane(pane: Frame, path: string, ...given: readonly unknown[]): Promise<unknown> {
  return await pane.evaluate(async ([to, args]) => await (window as unknown as PaneWindow).ask(to, ...args), [path, given] as const);
}

/** Listens to an event; `toldTo` says what came. */
export async function hearIn(pane: Frame, event: string): Promise<void> {
  await pane.evaluate(async (name) => void (await (window as unknown as PaneWindow).hear(name)), event);
}

export async function toldTo(pane: Frame): Promise<readonly unknown[]> {
  return await pane.evaluate(() => [...(window as unknown as PaneWindow).told]);
}

type OutlookCall = { [K in keyof SandboxOutlook]: SandboxOutlook[K] };

/** Calls `window.sandboxOutlook`. */
export async function scripted<K extends keyof OutlookCall>(page: Page, name: K, ...given: Parameters<OutlookCall[K]>): Promise<Awaited<ReturnType<OutlookCall[K]>>> {
  const answer: unknown = await page.evaluate(async ([method, args]) => {
    const door = window.sandboxOutlook as unknown as Record<string, (...all: readonly unknown[]) => unknown>;
    return await door[method]?.(...args);
  }, [name, given] as const);
  return answer as Awaited<ReturnType<OutlookCall[K]>>;
}

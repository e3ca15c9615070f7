import { access } from 'node:fs/promises';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

/** The one without a window first: the same engine, for two thirds of the work. */
const INSTALLED = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
/** Nothing that a browser tells its maker: no updates, no reports, no first page. */
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--disable-breakpad'];

/** A Chromium for tests: that of CHROMIUM_PATH, the installed one, or that of `@sparticuz/chromium`; else why there is none. */
export async function openBrowser(): Promise<{ readonly browser: Browser } | { readonly missing: string }> {
  const found = await chromiumPath();
  if (found === null) return { missing: 'no Chromium: set CHROMIUM_PATH, or install one' };
  try {
    return { browser: await chromium.launch({ executablePath: found.path, args: [...found.args, ...ARGUMENTS] }) };
  } catch (error) {
    return { missing: `Chromium does not start: ${String(error).split('\n')[0]}` };
  }
}

async function chromiumPath(): Promise<{ readonly path: string; readonly args: readonly string[] } | null> {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && own !== '') return { path: own, args: [] };
  for (const path of INSTALLED) {
    if (await access(path).then(() => true, () => false)) return { path, args: [] };
  }
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    return { path: await packed.executablePath(), args: packed.args };
  } catch {
    return null;
  }
}

/** A browser as tests use it: each page has a context of its own. */
export type TestBrowser = Pick<Browser, 'newContext'>;

/** A page whose complaints are kept: a test asserts that there are none. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the console and in scripts, and what asked for another place than localhost. */
  readonly complaints: string[];
  /** What a page's Content-Security-Policy stopped, in every frame. */
  readonly cspReports: string[];
}

/** Opens a page in a context of its own. */
export async function watchedPage(browser: TestBrowser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ locale: 'da-DK', timezoneId: 'Europe/Copenhagen', ...options });
  const complaints: string[] = [];
  const cspReports: string[] = [];
  await context.exposeBinding('keepCspReport', (_source, report: string) => void cspReports.push(report));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = `${location.pathname}: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`;
      void (window as unknown as { keepCspReport(text: string): Promise<void> }).keepCspReport(report);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !['localhost', '127.0.0.1'].includes(hostname)) complaints.push(`asked for ${hostname}`);
  });
  return { page: await context.newPage(), context, complaints, cspReports };
}

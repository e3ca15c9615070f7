import { after, before } from 'node:test';
import { openBrowser, type TestBrowser } from './open-browser.ts';
import { openOutlookWorld, type OutlookWorld } from './outlook-world.ts';
import { startSandbox, type RunningSandbox } from './pane-in-outlook.ts';

const opened = await openBrowser();

/** Why tests in a browser are skipped; false where there is one. */
export const noBrowser = 'missing' in opened ? opened.missing : false;

/** The file's browser, for the tests around; it is closed after them. */
export function useBrowser(): TestBrowser {
  after(async () => {
    if ('browser' in opened) await opened.browser.close();
  });
  return {
    newContext: async (options) => {
      if ('missing' in opened) throw new Error(opened.missing);
      return await opened.browser.newContext(options);
    },
  };
}

/** A browser, and a sandbox that is started before the tests around and ended after them. `settings`: of the gateway. */
export function useSandbox(settings: Readonly<Record<string, string>> = {}): { readonly browser: TestBrowser; readonly sandbox: RunningSandbox } {
  const started = useStarted(async () => await startSandbox(settings));
  return {
    browser: useBrowser(),
    sandbox: { get url() { return started().url; }, get process() { return started().process; }, [Symbol.asyncDispose]: async () => await started()[Symbol.asyncDispose]() },
  };
}

/** A browser, and the sandbox's outside without a gateway, for the tests around. */
export function useOutlookWorld(): { readonly browser: TestBrowser; readonly world: OutlookWorld } {
  const started = useStarted(openOutlookWorld);
  return {
    browser: useBrowser(),
    world: {
      get world() { return started().world; }, get smtp() { return started().smtp; }, get url() { return started().url; },
      [Symbol.asyncDispose]: async () => await started()[Symbol.asyncDispose](),
    },
  };
}

/** Started before the tests around and ended after them; no test runs, and nothing is started, without a browser. */
function useStarted<Started extends AsyncDisposable>(start: () => Promise<Started>): () => Started {
  let started: Started | null = null;
  before(async () => {
    if (noBrowser === false) started = await start();
  });
  after(async () => await started?.[Symbol.asyncDispose]());
  return () => {
    if (!started) throw new Error('asked for before the tests');
    return started;
  };
}

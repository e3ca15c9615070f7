import type { FastifyInstance, FastifyReply } from 'fastify';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the gateway's pages of the add-in find Office.js in the sandbox. */
export const OFFICE_JS_PATH = '/sandbox/outlook/office.js';
/** By which the page asks for another Office.js than the usual one. */
export const OFFICE_JS_COOKIE = 'outlook-office-js';

const SCRIPT = 'text/javascript; charset=utf-8';
const built = (name: string): string => fileURLToPath(new URL(`../../../dist/outlook/${name}`, import.meta.url));

/**
 * office.js asks a page of Microsoft's whether a host without https may be trusted, and opens dialogs over https alone. This
 * is the exercise's own Outlook, without https: it has its own answer, and its own pages count as safe.
 */
const TRUST_THIS_HOST = `
OSF.InitializationHelper.prototype.checkReceiverOriginAndRun = function (run) {
  this._webAppState.clientEndPoint._hostTrustCheckStatus = Microsoft.Office.Common.HostTrustStatus.trusted;
  run();
};
(function (delegate, dialog) {
  var parseUrl = OSF.OUtil.parseUrl, openDialog = delegate.openDialog, showDialog = dialog.handleNewWindowDialog;
  var safe = location.origin.replace(/^http:/, 'https:');
  OSF.OUtil.parseUrl = function (url) {
    return parseUrl.call(OSF.OUtil, typeof url === 'string' && url.indexOf(location.origin) === 0 ? safe + url.slice(location.origin.length) : url);
  };
  delegate.openDialog = function (args) {
    return openDialog.call(this, Object.assign({}, args, { targetId: args.targetId.replace(location.origin, safe) }));
  };
  dialog.handleNewWindowDialog = function (info) {
    return showDialog.call(this, Object.assign({}, info, { url: info.url.replace(safe, location.origin) }));
  };
})(OSF.DDA.WAC.Delegate, OfficeExt.AddinNativeAction.Dialog);`;

/**
 * Adds the script and style of the page, and Office.js: the real one with what it loads where `@microsoft/office-js` is
 * installed (it is for development only), else our stand-in. Both get the log-on bridge that Outlook gives.
 * @returns whether the real one is there
 */
export async function addOutlookFiles(door: FastifyInstance): Promise<boolean> {
  const style = await readFile(new URL('./outlook.css', import.meta.url));
  const real = realOfficeJs();
  door.get('/sandbox/outlook/outlook.css', async (_request, reply) => reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(style));
  // Among them what draws letters, and what pdf.js fetches for it.
  for (const name of ['outlook.js', 'copy-numbers.js', 'letters.js', 'pdf-worker.js', 'pdf-decoders/jbig2_nowasm_fallback.js', 'pdf-decoders/openjpeg_nowasm_fallback.js']) {
    door.get(`/sandbox/outlook/${name}`, async (_request, reply) => sendScript(reply, [built(name)]));
  }
  door.get(OFFICE_JS_PATH, async (request, reply) => {
    const standIn = real === null || (request.headers.cookie ?? '').includes(`${OFFICE_JS_COOKIE}=stand-in`);
    return sendScript(reply, standIn ? [built('office.js')] : [built('beside-real.js'), path.join(real, 'office.js')]);
  });
  if (real !== null) addRealFiles(door, real);
  return real !== null;
}

/** What the real one loads: itself for Outlook on the web, and its words. It tells nobody of its use. */
function addRealFiles(door: FastifyInstance, real: string): void {
  door.get('/sandbox/outlook/outlook-web-16.01.js', async (_request, reply) =>
    sendScript(reply, [path.join(real, 'outlook-web-16.01.js')], TRUST_THIS_HOST));
  door.get<{ Params: { locale: string; words: string } }>('/sandbox/outlook/:locale/:words', async (request, reply) => {
    const { locale, words } = request.params;
    if (locale === 'telemetry' || locale === 'ariatelemetry') return reply.type(SCRIPT).send('');
    if (!/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}$/i.test(locale) || !/^(office|outlook)_strings\.js$/.test(words)) return reply.callNotFound();
    return sendScript(reply, [path.join(real, locale.toLowerCase(), words)]);
  });
}

function realOfficeJs(): string | null {
  try {
    const require = createRequire(import.meta.url);
    return path.dirname(require.resolve('@microsoft/office-js/dist/office.js'));
  } catch {
    return null;
  }
}

async function sendScript(reply: FastifyReply, files: readonly string[], last = ''): Promise<FastifyReply> {
  try {
    const pieces = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    return await reply.type(SCRIPT).headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .send([...pieces.map((piece) => piece.replace(/^\u{FEFF}/u, '')), last].join('\n'));
  } catch {
    return await reply.code(503).type('text/plain; charset=utf-8').send('Outlook er ikke bygget. Kør `npm run prepare`.');
  }
}

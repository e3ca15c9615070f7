import fastifyStatic from '@fastify/static';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import packageFile from '../../../package.json' with { type: 'json' };
import type { Settings } from '../config.ts';
import { ownManifest } from './own-manifest.ts';

export interface AddinPagesParts {
  readonly settings: Pick<
    Settings,
    'PUBLIC_URL' | 'OFFICE_JS_URL' | 'ADDIN_FRAME_HOSTS' | 'TRAINING_MODE' | 'ENTRA_URL' | 'ENTRA_AUDIENCE' | 'ENTRA_CLIENT_IDS' | 'ENTRA_SCOPE'
  >;
  /** Tenants in Entra whose people use this gateway. */
  readonly tenants: () => readonly string[];
}

const built = (name: string): string => fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url));
const drawn = fileURLToPath(new URL('../../../assets/', import.meta.url));

const NOT_BUILT = 'Panelet er ikke bygget. Kør `npm run prepare` dér, hvor gatewayen står.';
/** Files whose names change with their content. */
const HASHED = /\.[0-9a-f]{12}\.js$/;
const IMAGE_MAX_AGE_S = 86_400;

/**
 * Adds the pages that Outlook opens, under `/addin/`: the pane, the page of the Smart Alert, their scripts and the icons
 * (outlook.md 5). Each page has a policy of its own with a nonce: no script but ours and Office.js, no frame but Outlook.
 * Hashed files are kept for good; pages and events.js are asked for anew; icons may be kept (else Office shows its own).
 */
export async function addAddinPages(app: FastifyInstance, parts: AddinPagesParts): Promise<void> {
  const pages = { pane: paneHtml, 'log-on': logOnHtml, events: eventsHtml } as const;
  for (const [name, html] of Object.entries(pages)) {
    app.get(`/addin/${name}.html`, async (_request, reply) => await givePage(reply, parts, html));
  }
  app.get('/.well-known/microsoft-officeaddins-allowed.json', async (_request, reply) =>
    await reply.send({ allowed: [`${parts.settings.PUBLIC_URL}/addin/events.js`] }));
  app.get('/manifest.xml', async (_request, reply) => {
    const manifest = await ownManifest({ url: parts.settings.PUBLIC_URL });
    if (manifest.kind === 'refused') return await reply.code(404).type('text/plain; charset=utf-8').send(manifest.reason);
    return await reply.type('application/xml; charset=utf-8').header('cache-control', 'no-cache').send(manifest.xml);
  });
  await app.register(fastifyStatic, { root: drawn, prefix: '/addin/assets/', index: false, maxAge: IMAGE_MAX_AGE_S * 1_000 });
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: [built('addin'), built('events')],
      prefix: '/addin/',
      decorateReply: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', HASHED.test(path.replace(/\.gz$/, '')) ? 'public, max-age=31536000, immutable' : 'no-cache');
        reply.header('x-content-type-options', 'nosniff');
      },
    });
  });
}

interface Page {
  readonly nonce: string;
  readonly parts: AddinPagesParts;
  /** Files of an entry, in their order, e.g. "/addin/pane.0123456789ab.js". */
  readonly scriptsOf: (entry: string) => Promise<readonly string[]>;
}

async function givePage(reply: FastifyReply, parts: AddinPagesParts, html: (page: Page) => Promise<string>): Promise<FastifyReply> {
  const nonce = randomBytes(18).toString('base64');
  try {
    const page = await html({ nonce, parts, scriptsOf: async (entry) => await scriptsOf('addin', entry) });
    return await reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-security-policy': contentSecurityPolicy(parts.settings, nonce),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      .send(packed(reply, page));
  } catch {
    return await reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
  }
}

/** Half as much over the line for a page that is asked for anew each time. Nothing in it comes from who asks, beside its nonce. */
function packed(reply: FastifyReply, page: string): string | Buffer {
  if (!/\bgzip\b/.test(String(reply.request.headers['accept-encoding'] ?? ''))) return page;
  reply.headers({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
  return gzipSync(page);
}

async function scriptsOf(folder: string, entry: string): Promise<readonly string[]> {
  const entries = JSON.parse(await readFile(built(`${folder}/assets.json`), 'utf8')) as Readonly<Record<string, readonly string[]>>;
  const files = entries[entry];
  if (!files) throw new Error(`${entry} is not built`);
  return files.map((file) => `/addin/${file}`);
}

/** Office.js from Microsoft brings MicrosoftAjax.js from a place of its own (outlook.md 4). */
const MICROSOFT_AJAX = 'https://ajax.aspnetcdn.com';

/** No `X-Frame-Options`: it would shut Outlook out (outlook.md 5). */
function contentSecurityPolicy(settings: AddinPagesParts['settings'], nonce: string): string {
  const office = originOf(settings.OFFICE_JS_URL);
  return [
    "default-src 'none'",
    `script-src 'self'${office === null ? '' : ` ${office} ${MICROSOFT_AJAX}`}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `connect-src 'self' ${originOf(settings.ENTRA_URL) ?? ''}`.trim(),
    "img-src 'self' data:",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${settings.ADDIN_FRAME_HOSTS}`,
  ].join('; ');
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}

const PANE_STYLE = 'body{margin:0}#pane>p{padding:16px;font:14px/20px "Segoe UI",sans-serif}';

async function paneHtml({ nonce, parts, scriptsOf: scripts }: Page): Promise<string> {
  const files = await scripts('pane');
  return page(`<script src="${escaped(parts.settings.OFFICE_JS_URL)}"></script>
<style nonce="${nonce}">${PANE_STYLE}</style>
${factsElement(parts)}
${files.map((file) => `<script defer nonce="${nonce}" src="${file}"></script>`).join('\n')}`, '<div id="pane"><p>Henter …</p></div>');
}

async function logOnHtml({ nonce, parts, scriptsOf: scripts }: Page): Promise<string> {
  const files = await scripts('logOn');
  return page(`<script src="${escaped(parts.settings.OFFICE_JS_URL)}"></script>
${factsElement(parts)}
${files.map((file) => `<script defer nonce="${nonce}" src="${file}"></script>`).join('\n')}`, '<p>Logger på …</p>');
}

async function eventsHtml({ parts }: Page): Promise<string> {
  await readFile(built('events/events.js'));
  return page(`<script src="${escaped(parts.settings.OFFICE_JS_URL)}"></script>\n<script src="/addin/events.js"></script>`, '');
}

function page(head: string, body: string): string {
  return `<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Digital Post</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>${body}</body>
</html>
`;
}

/** What the pane must know before it can ask (taskpane/page-facts.ts). */
function factsElement({ settings, tenants }: AddinPagesParts): string {
  const known = tenants();
  const facts = {
    version: packageFile.version,
    apiUrl: '/api',
    training: settings.TRAINING_MODE === 'on',
    logOn: {
      clientId: settings.ENTRA_CLIENT_IDS[0] ?? settings.ENTRA_AUDIENCE,
      authority: `${settings.ENTRA_URL}/${known.length === 1 ? String(known[0]) : 'organizations'}`,
      scope: `api://${settings.ENTRA_AUDIENCE}/${settings.ENTRA_SCOPE}`,
    },
  };
  return `<script type="application/json" id="page-facts">${JSON.stringify(facts).replaceAll('<', '\\u003c')}</script>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

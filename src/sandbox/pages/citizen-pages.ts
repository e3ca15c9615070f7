import type { FastifyInstance, FastifyReply } from 'fastify';
import { readMemo, type ReadMemo } from '../../memo/read-memo.ts';
import type { KeptMessage, ListedMessage } from '../ngdp/message-store.ts';
import { CITIZENS, COMPANIES, personOf } from '../world.ts';
import { fieldOf } from './form-fields.ts';
import { html, type Html } from './html.ts';
import { openMemoFile } from './memo-file.ts';
import { sendPage, timeOf } from './page.ts';
import type { PageParts } from './page-parts.ts';
import { sendStrangersFile } from './strangers-file.ts';

const MESSAGES_SHOWN_MAX = 200;
const RECIPIENTS_SHOWN_MAX = 200;

interface MessageParams {
  readonly key: string;
  readonly messageUUID: string;
}

/**
 * What recipients see: whom one may read as, an inbox, a message with its files. Recipients are named by keys in
 * addresses, for CPR numbers must not stand there.
 */
export function addCitizenPages(door: FastifyInstance, parts: PageParts): void {
  const { keys, ngdp } = parts;

  door.get('/sandbox/citizen', async (_request, reply) => {
    const withPost = await ngdp.messages.recipients(RECIPIENTS_SHOWN_MAX);
    return sendPage(reply, { title: 'Borgerens indbakke', tab: 'citizen', body: choicePage(withPost) });
  });

  door.post('/sandbox/citizen', async (request, reply) => {
    const number = fieldOf(request.body, 'number').replace(/[\s-]/g, '');
    return reply.redirect(number === '' ? '/sandbox/citizen/' : `/sandbox/citizen/${keys.keyOf(number)}`, 303);
  });

  door.get<{ Params: { key: string } }>('/sandbox/citizen/:key', async (request, reply) => {
    const { key } = request.params;
    const messages = await ngdp.messages.listFor(key, MESSAGES_SHOWN_MAX);
    const name = await nameBehind(parts, key);
    return sendPage(reply, { title: `Indbakke: ${name}`, tab: 'citizen', body: inboxPage(name, key, messages) });
  });

  door.get<{ Params: MessageParams }>('/sandbox/citizen/:key/:messageUUID', async (request, reply) => {
    const message = await messageOf(parts, request.params);
    if (!message) return noSuchMessage(reply);
    const memo = await readMemo(ngdp.bodies.read(message.body)).catch(() => null);
    const body = messagePage(await nameBehind(parts, request.params.key), request.params, message, memo);
    return sendPage(reply, { title: message.label, tab: 'citizen', body });
  });

  door.get<{ Params: MessageParams & { index: string } }>('/sandbox/citizen/:key/:messageUUID/files/:index', async (request, reply) => {
    const message = await messageOf(parts, request.params);
    const file = message && (await openMemoFile(ngdp.bodies.read(message.body), Number(request.params.index)));
    if (!file) return noSuchMessage(reply);
    const { document, encodingFormat, filename } = file.start;
    return sendStrangersFile(reply, { name: filename, type: encodingFormat, inline: document === 'main', content: file.content });
  });
}

async function messageOf(parts: PageParts, params: MessageParams): Promise<KeptMessage | null> {
  const message = await parts.ngdp.messages.find('ngdp', params.messageUUID);
  return message && parts.keys.keyOf(message.recipientID) === params.key ? message : null;
}

function noSuchMessage(reply: FastifyReply): FastifyReply {
  const body = html`<h1>Beskeden findes ikke</h1><p><a href="/sandbox/citizen/">Vælg en anden indbakke</a></p>`;
  return sendPage(reply, { title: 'Beskeden findes ikke', tab: 'citizen', body }, 404);
}

async function nameBehind(parts: PageParts, key: string): Promise<string> {
  const named = [...CITIZENS, ...COMPANIES].find((person) => parts.keys.keyOf(person.number) === key);
  return named?.name ?? nameOf((await parts.ngdp.messages.numberOf(key)) ?? '');
}

function nameOf(number: string): string {
  const named = personOf(number)?.name;
  if (named !== undefined) return named;
  if (number.length === 8) return `CVR ${number}`;
  return number === '' ? 'Modtager uden post' : `CPR ${number.slice(0, 6)}-${number.slice(6)}`;
}

function choicePage(withPost: readonly { readonly key: string; readonly number: string; readonly messages: number }[]): Html {
  return html`<h1>Borgerens indbakke</h1>
<form method="post" action="/sandbox/citizen/">
<p><label for="person">Læs som</label>
<select id="person" name="number">${[...CITIZENS, ...COMPANIES].map((person) => html`<option value="${person.number}">${person.name}</option>`)}</select></p>
<p><button type="submit">Åbn indbakken</button></p>
</form>
<form method="post" action="/sandbox/citizen/">
<p><label for="number">Eller et andet nummer</label><input id="number" name="number" inputmode="numeric" autocomplete="off"></p>
<p><button class="plain" type="submit">Åbn</button></p>
</form>
<h2>Modtagere med post</h2>
${withPost.length === 0 ? html`<p>Ingen har fået post endnu.</p>` : html`<table>
<thead><tr><th scope="col">Modtager</th><th scope="col">Beskeder</th></tr></thead>
<tbody>${withPost.map(({ key, number, messages }) => html`<tr><th scope="row"><a href="/sandbox/citizen/${key}">${nameOf(number)}</a></th><td>${messages}</td></tr>`)}</tbody>
</table>`}`;
}

function inboxPage(name: string, key: string, messages: readonly ListedMessage[]): Html {
  return html`<h1>Indbakke: ${name}</h1>
${messages.length === 0 ? html`<p>Der er ingen post her endnu.</p>` : html`<table>
<thead><tr><th scope="col">Afsender</th><th scope="col">Emne</th><th scope="col">Modtaget</th><th scope="col">Svar</th></tr></thead>
<tbody>${messages.map((message) => html`<tr><td>${message.senderLabel}</td>
<th scope="row"><a href="/sandbox/citizen/${key}/${message.messageUUID}">${message.label || '(uden emne)'}</a></th>
<td>${timeOf(message.receivedAt)}</td><td>${replyText(message.reply)}</td></tr>`)}</tbody>
</table>`}
<p><a href="/sandbox/citizen/${key}">Se efter ny post</a> · <a href="/sandbox/citizen/">Læs som en anden</a></p>`;
}

function replyText(reply: boolean): string {
  return reply ? 'Kan besvares' : 'Kan ikke besvares';
}

function messagePage(name: string, params: MessageParams, message: KeptMessage, memo: ReadMemo | null): Html {
  return html`<p><a href="/sandbox/citizen/${params.key}">Indbakke: ${name}</a></p>
<h1>${message.label || '(uden emne)'}</h1>
<p>Fra <strong>${message.senderLabel}</strong> · ${timeOf(message.receivedAt)} · ${replyText(message.reply)}</p>
${memo === null ? html`<p class="card wrong">Beskeden kan ikke læses.</p>` : fileLists(params, memo)}
<p><a href="/sandbox/ngdp/messages/${params.messageUUID}">Se beskedens MeMo-XML</a></p>`;
}

/** Files are numbered as they stand in the XML: main document, additional documents, technical documents. */
function fileLists(params: MessageParams, memo: ReadMemo): Html {
  const base = `/sandbox/citizen/${params.key}/${params.messageUUID}/files`;
  const main = memo.body?.mainDocument.files ?? [];
  const others = [...(memo.body?.additionalDocuments ?? []), ...(memo.body?.technicalDocuments ?? [])].flatMap((one) => one.files);
  const item = (file: { filename: string; bytes: number }, index: number): Html =>
    html`<li><a href="${base}/${index}">${file.filename}</a> <span class="quiet">(${sizeText(file.bytes)})</span></li>`;
  return html`<h2>Brev</h2><ul>${main.map((file, index) => item(file, index))}</ul>
<h2>Bilag</h2>
${others.length === 0 ? html`<p>Ingen bilag.</p>` : html`<ul>${others.map((file, index) => item(file, main.length + index))}</ul>`}`;
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`;
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import { readMemo, type ReadMemo } from '../../memo/read-memo.ts';
import type { KeptMessage, ListedMessage, RecipientWithPost } from '../network/message-store.ts';
import { NETWORK_NAMES, NETWORK_PROFILES, networkNamed } from '../network/network-profile.ts';
import type { Network } from '../network/network.ts';
import { CITIZENS, COMPANIES, personOf } from '../world.ts';
import { fieldOf } from './form-fields.ts';
import { html, type Html } from './html.ts';
import { openMemoFile } from './memo-file.ts';
import { dateOf, sendPage, shortTimeOf, timeOf } from './page.ts';
import type { PageParts } from './page-parts.ts';
import { sendStrangersFile } from './strangers-file.ts';

const MESSAGES_SHOWN_MAX = 200;
const RECIPIENTS_SHOWN_MAX = 200;
const PATH = '/sandbox/citizen';

interface NetworkParams {
  readonly network: string;
}

interface InboxParams extends NetworkParams {
  readonly key: string;
}

interface MessageParams extends InboxParams {
  readonly messageUUID: string;
}

/**
 * What recipients see at each network: whom one may read as, an inbox, a message with its files. Recipients are named
 * by keys in addresses, for CPR numbers must not stand there.
 */
export function addCitizenPages(door: FastifyInstance, parts: PageParts): void {
  addChoicePages(door, parts);

  door.get<{ Params: InboxParams }>(`${PATH}/:network/:key`, async (request, reply) => {
    const { key } = request.params;
    const network = networkOf(parts, request.params);
    if (network === null) return notHere(reply);
    const messages = await network.messages.listFor(network.name, key, MESSAGES_SHOWN_MAX);
    const name = await nameBehind(parts, network, key);
    return sendPage(reply, { title: `${network.profile.title}: ${name}`, tab: 'citizen', wide: true, body: inboxPage(network, { name, key }, messages) });
  });

  door.get<{ Params: MessageParams }>(`${PATH}/:network/:key/:messageUUID`, async (request, reply) => {
    const found = await messageOf(parts, request.params);
    if (!found) return notHere(reply);
    const { network, message } = found;
    const memo = await readMemo(network.bodies.read(message.body)).catch(() => null);
    const { key } = request.params;
    const [name, messages] = await Promise.all([nameBehind(parts, network, key), network.messages.listFor(network.name, key, MESSAGES_SHOWN_MAX)]);
    return sendPage(reply, { title: message.label, tab: 'citizen', wide: true, ...(isPdf(memo) && { script: 'letters' as const }), body: messagePage({ ...found, name, key }, memo, messages) });
  });

  door.get<{ Params: MessageParams & { index: string } }>(`${PATH}/:network/:key/:messageUUID/files/:index`, async (request, reply) => {
    const found = await messageOf(parts, request.params);
    const file = found && (await openMemoFile(found.network.bodies.read(found.message.body), Number(request.params.index)));
    if (!file) return notHere(reply);
    const { document, encodingFormat, filename } = file.start;
    return sendStrangersFile(reply, { name: filename, type: encodingFormat, inline: document === 'main', content: file.content });
  });
}

function addChoicePages(door: FastifyInstance, parts: PageParts): void {
  const { keys, networks } = parts;

  door.get(PATH, async (_request, reply) => sendPage(reply, { title: 'Borgerens post', tab: 'citizen', body: networksPage() }));

  door.get<{ Params: NetworkParams }>(`${PATH}/:network`, async (request, reply) => {
    const network = networkOf(parts, request.params);
    if (network === null) return notHere(reply);
    const withPost = await network.messages.recipients(network.name, RECIPIENTS_SHOWN_MAX);
    return sendPage(reply, { title: `Læs i ${network.profile.title}`, tab: 'citizen', body: choicePage(network, withPost) });
  });

  door.post<{ Params: NetworkParams }>(`${PATH}/:network`, async (request, reply) => {
    const name = networkNamed(request.params.network) ?? networks.all.ngdp.name;
    const number = fieldOf(request.body, 'number').replace(/[\s-]/g, '');
    return reply.redirect(number === '' ? `${PATH}/${name}/` : `${PATH}/${name}/${keys.keyOf(number)}`, 303);
  });
}

interface Found {
  readonly network: Network;
  readonly message: KeptMessage;
}

function networkOf(parts: PageParts, params: NetworkParams): Network | null {
  const name = networkNamed(params.network);
  return name && parts.networks.all[name];
}

async function messageOf(parts: PageParts, params: MessageParams): Promise<Found | null> {
  const network = networkOf(parts, params);
  const message = network && (await network.messages.find(network.name, params.messageUUID));
  return network && message && parts.keys.keyOf(message.recipientID) === params.key ? { network, message } : null;
}

function notHere(reply: FastifyReply): FastifyReply {
  const body = html`<h1>Her er ingen post</h1><p><a href="${PATH}/">Vælg en anden indbakke</a></p>`;
  return sendPage(reply, { title: 'Her er ingen post', tab: 'citizen', body }, 404);
}

async function nameBehind(parts: PageParts, network: Network, key: string): Promise<string> {
  const named = [...CITIZENS, ...COMPANIES].find((person) => parts.keys.keyOf(person.number) === key);
  return named?.name ?? nameOf((await network.messages.numberOf(key)) ?? '');
}

function nameOf(number: string): string {
  const named = personOf(number)?.name;
  if (named !== undefined) return named;
  if (number.length === 8) return `CVR ${number}`;
  return number === '' ? 'Modtager uden post' : `CPR ${number.slice(0, 6)}-${number.slice(6)}`;
}

function networksPage(): Html {
  return html`<h1>Borgerens post</h1>
<p>Den samme borger kan læse post i tre løsninger. Hver løsning viser kun det, der er sendt til den.</p>
<ul class="tiles">${NETWORK_NAMES.map(
    (name) => html`<li><a class="network ${name}" href="${PATH}/${name}/">${NETWORK_PROFILES[name].title}</a></li>`,
  )}</ul>`;
}

/** The strip that tells at a glance which network a page plays. */
function networkStrip({ name, profile }: Network): Html {
  return html`<p class="network ${name}">${profile.title}</p>`;
}

function choicePage(network: Network, withPost: readonly RecipientWithPost[]): Html {
  const action = `${PATH}/${network.name}/`;
  return html`${networkStrip(network)}
<h1>Læs i ${network.profile.title}</h1>
<form method="post" action="${action}">
<p><label for="person">Læs som</label>
<select id="person" name="number">${[...CITIZENS, ...COMPANIES].map((person) => html`<option value="${person.number}">${person.name}</option>`)}</select></p>
<p><button type="submit">Åbn indbakken</button></p>
</form>
<form method="post" action="${action}">
<p><label for="number">Eller et andet nummer</label><input id="number" name="number" inputmode="numeric" autocomplete="off"></p>
<p><button class="plain" type="submit">Åbn</button></p>
</form>
<h2>Modtagere med post</h2>
${withPost.length === 0 ? html`<p>Ingen har fået post endnu.</p>` : html`<table>
<thead><tr><th scope="col">Modtager</th><th scope="col">Beskeder</th></tr></thead>
<tbody>${withPost.map(({ key, number, messages }) => html`<tr><th scope="row"><a href="${action}${key}">${nameOf(number)}</a></th><td>${messages}</td></tr>`)}</tbody>
</table>`}`;
}

interface Reader {
  readonly name: string;
  readonly key: string;
}

/** Who reads, and where; and the way to read as somebody else. */
function readerHead(network: Network, { name, key }: Reader): Html {
  const others = NETWORK_NAMES.filter((other) => other !== network.name);
  const known = [...CITIZENS, ...COMPANIES];
  return html`<div class="citizen-head">${networkStrip(network)}<span class="grow"></span>
<span>Samme modtager: ${others.map((other, n) => html`${n === 0 ? null : ' · '}<a href="${PATH}/${other}/${key}">i ${NETWORK_PROFILES[other].title}</a>`)}</span>
<form method="post" action="${PATH}/${network.name}/"><label for="reader">Du læser som</label>
<select id="reader" name="number">${known.some((person) => person.name === name) ? null : html`<option value="" selected>${name}</option>`}${known.map(
    (person) => html`<option value="${person.number}"${person.name === name ? html` selected` : null}>${person.name}</option>`)}</select>
<button class="plain" type="submit">Skift</button></form></div>`;
}

/** The inbox, newest first, with the one that is open. */
function inboxList(network: Network, { name, key }: Reader, { messages, open }: { readonly messages: readonly ListedMessage[]; readonly open: string | null }): Html {
  const base = `${PATH}/${network.name}/${key}`;
  const title = html`${network.profile.inboxTitle}: ${name}`;
  return html`<nav class="citizen-list" aria-label="${network.profile.inboxTitle}">
${open === null ? html`<h1>${title}</h1>` : html`<h2><a href="${base}">${title}</a></h2>`}
${messages.length === 0 ? html`<p>Der er ingen post her endnu.</p>` : html`<ul>${messages.map((message) => html`<li>
<a href="${base}/${message.messageUUID}"${message.messageUUID === open ? html` aria-current="page"` : null}><span>${message.senderLabel}</span>
${shortTimeOf(message.receivedAt)}<span class="subject">${message.label || '(uden emne)'}</span><span class="quiet">${replyText(message.reply)}</span></a></li>`)}</ul>`}
<p><a href="${base}">Se efter ny post</a> · <a href="${PATH}/${network.name}/">Læs som en anden</a></p>
</nav>`;
}

function inboxPage(network: Network, reader: Reader, messages: readonly ListedMessage[]): Html {
  return html`${readerHead(network, reader)}
<div class="citizen">${inboxList(network, reader, { messages, open: null })}
<div class="citizen-message"><p class="quiet">${messages.length === 0 ? 'Her vises den post, der bliver sendt.' : 'Vælg en besked for at læse den.'}</p></div></div>`;
}

function replyText(reply: boolean): string {
  return reply ? 'Kan besvares' : 'Kan ikke besvares';
}

/** Answering needs inbound post, which the gateway does not have yet: the button stands where it will be, and says so. */
function answerPart(reply: boolean): Html {
  if (!reply) return html`<p class="answer">Du kan ikke svare på denne besked.</p>`;
  return html`<div class="answer"><button type="button" disabled aria-describedby="answer-hint">Svar</button>
<p class="hint" id="answer-hint">Modtageren kan svare. Du kan prøve det her, når gatewayen også tager imod post.</p></div>`;
}

function messagePage({ network, message, name, key }: Found & Reader, memo: ReadMemo | null, messages: readonly ListedMessage[]): Html {
  const files = `${PATH}/${network.name}/${key}/${message.messageUUID}/files`;
  return html`${readerHead(network, { name, key })}
<div class="citizen">${inboxList(network, { name, key }, { messages, open: message.messageUUID })}
<article class="citizen-message">
<div class="citizen-top"><div><h1>${message.label || '(uden emne)'}</h1>
<p>Fra <strong>${message.senderLabel}</strong> · ${timeOf(message.receivedAt)} · ${replyText(message.reply)}</p></div>${answerPart(message.reply)}</div>
${memo === null ? html`<p class="card wrong">Beskeden kan ikke læses.</p>` : messageParts(files, memo)}
<p><a href="/sandbox/${network.name}/messages/${message.messageUUID}">Se beskedens MeMo-XML</a></p>
</article></div>`;
}

const PDF = 'application/pdf';
const FRAMED_LETTERS: readonly string[] = ['text/plain', 'text/html', 'image/png'];

function isPdf(memo: ReadMemo | null): boolean {
  return memo?.body?.mainDocument.files[0]?.encodingFormat === PDF;
}

/** The letter itself: a PDF's pages as the pane of the add-in shows them (taskpane/see/pages); other files as the browser does. */
function shownLetter(type: string, address: string): Html | null {
  const frame = html`<iframe src="${address}#toolbar=0&navpanes=0&view=FitH" title="Brevet"></iframe>`;
  if (type === PDF) return html`<div class="letter" role="region" aria-label="Brevet" tabindex="0" data-letter="${address}"></div><noscript>${frame}</noscript>`;
  return FRAMED_LETTERS.includes(type) ? frame : null;
}

/** Files are numbered as they stand in the XML: main document, additional documents, technical documents. */
function messageParts(base: string, memo: ReadMemo): Html {
  const main = memo.body?.mainDocument.files ?? [];
  const others = [...(memo.body?.additionalDocuments ?? []), ...(memo.body?.technicalDocuments ?? [])].flatMap((one) => one.files);
  const item = (file: { filename: string; bytes: number }, index: number): Html =>
    html`<li><a href="${base}/${index}">${file.filename}</a> <span class="quiet">(${sizeText(file.bytes)})</span></li>`;
  const answerBy = memo.header.replyByDateTime;
  return html`<div class="citizen-parts">
<div>${shownLetter(main[0]?.encodingFormat ?? '', `${base}/0`)}
<h2>Brev</h2><ul>${main.map((file, index) => item(file, index))}</ul></div>
<div><h2>Bilag</h2>
${others.length === 0 ? html`<p>Ingen bilag.</p>` : html`<ul>${others.map((file, index) => item(file, main.length + index))}</ul>`}
${answerBy === undefined ? null : html`<h2>Svar senest</h2><p>${dateOf(answerBy)}</p>`}</div></div>`;
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`;
}

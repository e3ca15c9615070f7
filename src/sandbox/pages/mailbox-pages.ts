import type { FastifyInstance, FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { MailRow } from '../exchange/mailbox-store.ts';
import { linksIn, textWithLinks, type GatewayLink } from './gateway-links.ts';
import { html, type Html } from './html.ts';
import { openMailFile, readMail, type ReadableMail } from './mail-content.ts';
import { sendPage, timeOf } from './page.ts';
import type { PageParts } from './page-parts.ts';
import { sendStrangersFile } from './strangers-file.ts';

interface MailParams {
  readonly key: string;
  readonly id: string;
}

interface OpenMail {
  readonly address: string;
  readonly row: MailRow;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** Mailboxes for reading. They are named by keys in addresses, for an address outside can hold a CPR number. */
export function addMailboxPages(door: FastifyInstance, parts: PageParts): void {
  const { mailboxes } = parts.exchange;

  door.get('/sandbox/mail', async (_request, reply) => {
    const addresses = await mailboxes.addresses();
    return sendPage(reply, { title: 'Postkasser', tab: 'mailboxes', body: choicePage(parts, addresses) });
  });

  door.get<{ Params: { key: string } }>('/sandbox/mail/:key', async (request, reply) => {
    const address = await addressOf(parts, request.params.key);
    if (address === null) return nothingHere(reply);
    const body = mailboxPage(address, request.params.key, (await mailboxes.list(address)).toReversed());
    return sendPage(reply, { title: `Postkasse: ${address}`, tab: 'mailboxes', body });
  });

  door.get<{ Params: MailParams }>('/sandbox/mail/:key/:id', async (request, reply) => {
    const mail = await mailOf(parts, request.params);
    if (!mail) return nothingHere(reply);
    const body = mailPage(mail, request.params, await readMail(mail.chunks()));
    return sendPage(reply, { title: mail.row.subject || 'Mail uden emne', tab: 'mailboxes', body });
  });

  door.get<{ Params: MailParams }>('/sandbox/mail/:key/:id/mail.eml', async (request, reply) => {
    const mail = await mailOf(parts, request.params);
    if (!mail) return nothingHere(reply);
    return sendStrangersFile(reply, { name: 'mail.eml', type: 'message/rfc822', inline: false, content: Readable.from(mail.chunks()) });
  });

  door.get<{ Params: MailParams }>('/sandbox/mail/:key/:id/html', async (request, reply) => {
    const mail = await mailOf(parts, request.params);
    const content = mail && (await readMail(mail.chunks()));
    if (!content || content.html === null) return nothingHere(reply);
    return sendStrangersFile(reply, { name: 'mail.html', type: 'text/html', inline: true, content: content.html });
  });

  door.get<{ Params: MailParams & { index: string } }>('/sandbox/mail/:key/:id/files/:index', async (request, reply) => {
    const mail = await mailOf(parts, request.params);
    const file = mail && (await openMailFile(mail.chunks(), Number(request.params.index)));
    if (!file) return nothingHere(reply);
    return sendStrangersFile(reply, { ...file, inline: false });
  });
}

async function addressOf(parts: PageParts, key: string): Promise<string | null> {
  const addresses = await parts.exchange.mailboxes.addresses();
  return addresses.find((address) => parts.keys.keyOf(address) === key) ?? null;
}

async function mailOf(parts: PageParts, params: MailParams): Promise<OpenMail | null> {
  const address = await addressOf(parts, params.key);
  const mail = address === null ? null : await parts.exchange.mailboxes.find(address, params.id);
  return address !== null && mail ? { address, row: mail, chunks: () => parts.exchange.bodies.read(mail.body) } : null;
}

function nothingHere(reply: FastifyReply): FastifyReply {
  const body = html`<h1>Her er ingen mail</h1><p><a href="/sandbox/mail/">Se postkasserne</a></p>`;
  return sendPage(reply, { title: 'Her er ingen mail', tab: 'mailboxes', body }, 404);
}

function choicePage(parts: PageParts, addresses: readonly string[]): Html {
  return html`<h1>Postkasser</h1>
<p>Kommunernes postkasser, og alle andre, der har fået almindelig mail.</p>
<ul>${addresses.map((address) => html`<li><a href="/sandbox/mail/${parts.keys.keyOf(address)}">${address}</a></li>`)}</ul>`;
}

function mailboxPage(address: string, key: string, mails: readonly MailRow[]): Html {
  return html`<h1>Postkasse: ${address}</h1>
${mails.length === 0 ? html`<p>Postkassen er tom.</p>` : html`<table>
<thead><tr><th scope="col">Fra</th><th scope="col">Emne</th><th scope="col">Modtaget</th></tr></thead>
<tbody>${mails.map((mail) => html`<tr><td>${mail.from}</td>
<th scope="row"><a href="/sandbox/mail/${key}/${mail.id}">${mail.subject || '(uden emne)'}</a></th><td>${timeOf(mail.receivedAt)}</td></tr>`)}</tbody>
</table>`}
<p><a href="/sandbox/mail/${key}">Se efter ny mail</a> · <a href="/sandbox/mail/">Alle postkasser</a></p>`;
}

function mailPage(mail: OpenMail, params: MailParams, content: ReadableMail | null): Html {
  const base = `/sandbox/mail/${params.key}/${params.id}`;
  return html`<p><a href="/sandbox/mail/${params.key}">Postkasse: ${mail.address}</a></p>
<h1>${mail.row.subject || '(uden emne)'}</h1>
<dl><dt>Fra</dt><dd>${mail.row.from}</dd><dt>Til</dt><dd>${mail.row.to}</dd><dt>Modtaget</dt><dd>${timeOf(mail.row.receivedAt)}</dd></dl>
${content === null ? html`<p class="card wrong">Mailen kan ikke vises. Hent den i stedet.</p>` : mailContent(base, content)}
<p><a href="${base}/mail.eml">Hent mailen (.eml)</a></p>`;
}

/** The gateway's links stand outside the frame as well, for no form can be sent from inside it. */
function linkList(links: readonly GatewayLink[]): Html | null {
  if (links.length === 0) return null;
  return html`<h3>Links i mailen</h3>
<ul>${links.map(({ path, text }) => html`<li><a href="${path}">${text}</a></li>`)}</ul>`;
}

function mailContent(base: string, content: ReadableMail): Html {
  return html`<h2>Besked</h2>
${content.text === null ? null : html`<div class="card"><pre>${textWithLinks(content.text)}</pre></div>`}
${content.html === null ? null : linkList(linksIn(content.html))}
${content.html === null ? null : html`<p class="hint">Som den ser ud med formatering:</p>
<iframe src="${base}/html" title="Mailen med formatering" sandbox=""></iframe>`}
<h2>Vedhæftninger</h2>
${content.files.length === 0 ? html`<p>Ingen vedhæftninger.</p>` : html`<ul>${content.files.map(
  (file) => html`<li><a href="${base}/files/${file.index}">${file.name || '(uden navn)'}</a></li>`)}</ul>`}`;
}

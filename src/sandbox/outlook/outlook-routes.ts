import type { FastifyInstance, FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { KeptMail } from '../exchange/mailbox-store.ts';
import { NOTED_DEEDS, noteDeed } from '../pages/exercises.ts';
import { addFormReading } from '../pages/form-fields.ts';
import { openMailFile } from '../pages/mail-content.ts';
import { html } from '../pages/html.ts';
import { sendPage } from '../pages/page.ts';
import type { PageParts } from '../pages/page-parts.ts';
import { sendStrangersFile } from '../pages/strangers-file.ts';
import { worldMailboxes } from '../world.ts';
import { addOutlookFiles } from './outlook-files.ts';
import { sendOutlookPage } from './outlook-page.ts';
import { OutlookStore } from './outlook-store.ts';
import { openedMailbox } from './outlook-user.ts';
import { htmlForShowing, mailForReading, pictureOfMail } from './read-mail.ts';
import { sendMail } from './send-mail.ts';
import { writtenMailOf } from './written-mail-form.ts';

interface MailParams {
  readonly address: string;
  readonly folder: string;
  readonly id: string;
}

interface MailboxParams {
  readonly address: string;
}

const API = '/sandbox/outlook/mailboxes/:address';

/** The exercise's Outlook: its page, what the page asks for, and Office.js for the add-in's own pages. */
export async function addOutlook(door: FastifyInstance, parts: PageParts): Promise<void> {
  const store = new OutlookStore(parts.database);
  await door.register(async (scope) => {
    addFormReading(scope);
    const realOfficeJs = await addOutlookFiles(scope);
    addPageRoutes(scope, store, realOfficeJs);
    addMailRoutes(scope, parts, store);
    addDraftRoutes(scope, store);
    scope.post('/sandbox/outlook/send', async (request) => {
      const result = await sendMail({ gateway: parts.gateway, exchange: parts.exchange, store }, await writtenMailOf(request.body));
      if (parts.networks.all.ngdp.settings.fault.mode !== 'none') await noteDeed(parts, 'sent-while-down');
      return result;
    });
    scope.post<{ Params: { deed: string } }>('/sandbox/outlook/deeds/:deed', async (request, reply) => {
      const deed = NOTED_DEEDS.find((one) => one === request.params.deed);
      if (deed !== undefined) await noteDeed(parts, deed);
      return reply.code(deed === undefined ? 404 : 204).send();
    });
    scope.put<{ Params: MailboxParams; Body: unknown }>('/sandbox/outlook/roaming/:address', async (request, reply) => {
      await store.keepRoaming(request.params.address.toLowerCase(), request.body ?? {});
      return reply.code(204).send();
    });
  });
}

function addPageRoutes(scope: FastifyInstance, store: OutlookStore, realOfficeJs: boolean): void {
  const show = async (address: string, reply: FastifyReply): Promise<FastifyReply> => {
    const opened = openedMailbox(address);
    if (!opened) {
      const body = html`<h1>Den postkasse findes ikke i øvelsen</h1>
<ul>${worldMailboxes().map((one) => html`<li><a href="/outlook/?mailbox=${encodeURIComponent(one)}">${one}</a></li>`)}</ul>`;
      return sendPage(reply, { title: 'Ukendt postkasse', tab: 'outlook', body }, 404);
    }
    return sendOutlookPage(reply, { ...opened, roaming: await store.roaming(opened.user.address), realOfficeJs });
  };
  const first = worldMailboxes()[0] ?? '';
  scope.get('/', async (_request, reply) => await show(first, reply));
  scope.get<{ Querystring: { mailbox?: string } }>('/outlook', async (request, reply) => await show(request.query.mailbox ?? first, reply));
}

function addMailRoutes(scope: FastifyInstance, { exchange }: PageParts, store: OutlookStore): void {
  const find = async ({ address, folder, id }: MailParams): Promise<(() => AsyncIterable<Uint8Array>) | null> => {
    const mail: KeptMail | null = folder === 'sent' ? await store.findSent(address.toLowerCase(), id) : await exchange.mailboxes.find(address, id);
    return mail && (() => exchange.bodies.read(mail.body));
  };

  scope.get<{ Params: MailboxParams }>(API, async ({ params: { address } }) => {
    const mailbox = address.toLowerCase();
    const [inbox, opened, sent, drafts] = await Promise.all([exchange.mailboxes.list(mailbox), store.opened(mailbox), store.sent(mailbox), store.drafts(mailbox)]);
    return { inbox: inbox.toReversed().map((row) => ({ ...row, unread: !opened.has(row.id) })), sent: sent.toReversed(), drafts: drafts.toReversed() };
  });
  scope.get<{ Params: MailboxParams }>(`${API}/written-to`, async ({ params: { address } }) => await store.writtenTo(address.toLowerCase()));

  scope.get<{ Params: MailParams }>(`${API}/mails/:folder/:id`, async ({ params }, reply) => {
    const chunks = await find(params);
    if (chunks && params.folder === 'inbox') await store.noteOpened(params.address.toLowerCase(), params.id);
    return (chunks && (await mailForReading(chunks()))) ?? notHere(reply);
  });
  scope.get<{ Params: MailParams }>(`${API}/mails/:folder/:id/html`, async ({ params }, reply) => {
    const chunks = await find(params);
    const content = chunks && (await htmlForShowing(chunks()));
    return content === null ? notHere(reply) : sendStrangersFile(reply, { name: 'mail.html', type: 'text/html', inline: true, content });
  });
  scope.get<{ Params: MailParams }>(`${API}/mails/:folder/:id/mail.eml`, async ({ params }, reply) => {
    const chunks = await find(params);
    return chunks ? sendStrangersFile(reply, { name: 'mail.eml', type: 'message/rfc822', inline: false, content: Readable.from(chunks()) }) : notHere(reply);
  });
  scope.get<{ Params: MailParams & { index: string } }>(`${API}/mails/:folder/:id/files/:index`, async ({ params }, reply) => {
    const chunks = await find(params);
    const index = Number(params.index);
    const file = chunks && ((await pictureOfMail(chunks(), index)) ?? (await openMailFile(chunks(), index)));
    return file ? sendStrangersFile(reply, { ...file, inline: false }) : notHere(reply);
  });
}

function addDraftRoutes(scope: FastifyInstance, store: OutlookStore): void {
  const path = `${API}/drafts/:id`;
  interface DraftParams { readonly address: string; readonly id: string }
  interface DraftBody { readonly recipients: string; readonly subject: string; readonly content: unknown }

  scope.addHook('preHandler', async (request, reply) => {
    const { id } = request.params as { readonly id?: string };
    if (request.routeOptions.url === path && !/^[0-9a-f-]{36}$/.test(id ?? '')) return await notHere(reply);
  });
  scope.get<{ Params: DraftParams }>(path, async ({ params }, reply) => {
    const content = await store.draft(params.address.toLowerCase(), params.id);
    return content === null ? notHere(reply) : reply.type('application/json; charset=utf-8').send(content);
  });
  scope.put<{ Params: DraftParams; Body: DraftBody }>(path, async ({ params, body }, reply) => {
    const { recipients, subject, content } = body;
    await store.keepDraft({ id: params.id, mailbox: params.address.toLowerCase(), recipients: String(recipients), subject: String(subject), content: JSON.stringify(content) });
    return reply.code(204).send();
  });
  scope.delete<{ Params: DraftParams }>(path, async ({ params }, reply) => {
    await store.forgetDraft(params.address.toLowerCase(), params.id);
    return reply.code(204).send();
  });
}

function notHere(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ message: 'Mailen findes ikke.' });
}

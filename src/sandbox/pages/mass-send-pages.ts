import type { FastifyInstance } from 'fastify';
import { ORGANISATIONS, worldMailboxes } from '../world.ts';
import { fieldOf, filesOf } from './form-fields.ts';
import { refusalCard, senderField } from './form-parts.ts';
import { MailNotTaken } from './hand-over.ts';
import { html, type Html } from './html.ts';
import { INVENTED_MAX, sendMassMail, type MassMail } from './mass-mail.ts';
import { MassSendStore, type MassSend, type MassSendProgress } from './mass-send-store.ts';
import { sendPage, timeOf } from './page.ts';
import type { PageParts } from './page-parts.ts';

const PATH = '/sandbox/mass-send';
const EMPTY: MassMail = {
  from: worldMailboxes()[0] ?? '', subject: '', text: '', list: '', listFile: null, invented: 0, count: null, bodyPdf: null,
  ownLetters: [], files: [],
};
const SHOWN_MAX = 20;
const REFRESH_SECONDS = 2;
const NUMBER_FORMAT = new Intl.NumberFormat('da-DK');
const CLOCK_FORMAT = new Intl.DateTimeFormat('da-DK', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Copenhagen' });

/** Make a mass send, and see it move. */
export function addMassSendPages(door: FastifyInstance, parts: PageParts): void {
  const sends = new MassSendStore(parts.database);
  const formPage = async (mail: MassMail, refusal: string | null): Promise<Html> => wholeForm(mail, refusal, await sends.list(SHOWN_MAX));

  door.get(PATH, async (_request, reply) => sendPage(reply, { title: 'Masseforsendelse', tab: 'start', body: await formPage(EMPTY, null) }));

  door.post(PATH, async (request, reply) => {
    const mail = massMailOf(request.body);
    const sentAt = new Date();
    try {
      const recipients = await sendMassMail(parts.gateway, mail);
      const id = await sends.add({ sender: mail.from, subject: mail.subject, recipients, sentAt });
      return reply.redirect(`${PATH}/${id}`, 303);
    } catch (error) {
      if (!(error instanceof MailNotTaken)) throw error;
      return sendPage(reply, { title: 'Mailen blev ikke taget imod', tab: 'start', body: await formPage(mail, error.message) }, 422);
    }
  });

  door.get<{ Params: { id: string }; Querystring: { stop?: string } }>(`${PATH}/:id`, async (request, reply) => {
    const send = await sends.find(request.params.id);
    if (!send) {
      const body = html`<h1>Masseforsendelsen findes ikke</h1><p><a href="${PATH}/">Se masseforsendelserne</a></p>`;
      return sendPage(reply, { title: 'Masseforsendelsen findes ikke', tab: 'start', body }, 404);
    }
    const progress = await sends.progressOf(send);
    const moving = (progress.received < send.recipients || progress.receiptsWaiting > 0) && request.query.stop === undefined;
    const body = progressPage(parts, { send, progress, moving });
    const refresh = moving ? { refreshSeconds: REFRESH_SECONDS } : {};
    return sendPage(reply, { title: `Masseforsendelse: ${send.subject}`, tab: 'start', body, ...refresh });
  });
}

function massMailOf(form: unknown): MassMail {
  const count = fieldOf(form, 'count');
  return {
    from: fieldOf(form, 'from'),
    subject: fieldOf(form, 'subject'),
    text: fieldOf(form, 'text'),
    list: fieldOf(form, 'list'),
    listFile: filesOf(form, 'list-file')[0] ?? null,
    invented: Math.max(0, Math.floor(Number(fieldOf(form, 'invented')) || 0)),
    count: /^\d{1,9}$/.test(count) ? Number(count) : null,
    bodyPdf: filesOf(form, 'body-pdf')[0] ?? null,
    ownLetters: filesOf(form, 'own-letters'),
    files: filesOf(form, 'files'),
  };
}

function wholeForm(mail: MassMail, refusal: string | null, latest: readonly MassSend[]): Html {
  return html`<h1>Masseforsendelse</h1>
<p>Det samme brev til mange, eller et brev til hver, i én mail, som et fagsystem sender den.</p>
${refusalCard(refusal)}
<div class="columns">
<section aria-labelledby="write"><h2 id="write">Lav en masseforsendelse</h2>${massForm(mail)}</section>
<section aria-labelledby="latest"><h2 id="latest">De seneste</h2>
${latest.length === 0 ? html`<p>Der er ingen endnu.</p>` : html`<table>
<thead><tr><th scope="col">Emne</th><th scope="col">Modtagere</th><th scope="col">Afleveret</th></tr></thead>
<tbody>${latest.map((send) => html`<tr><th scope="row"><a href="${PATH}/${send.id}">${send.subject}</a></th>
<td>${NUMBER_FORMAT.format(send.recipients)}</td><td>${timeOf(send.sentAt)}</td></tr>`)}</tbody></table>`}
</section>
</div>`;
}

function massForm(mail: MassMail): Html {
  return html`<form method="post" action="${PATH}/" enctype="multipart/form-data">
${senderField(mail.from)}
<fieldset><legend>Modtagere</legend>
<p><label for="list">Liste med ét CPR- eller CVR-nummer på hver linje</label>
<textarea id="list" name="list" rows="6" autocomplete="off">${mail.list}</textarea></p>
<p><label for="list-file">Eller filen masseforsendelse.txt</label>
<input id="list-file" name="list-file" type="file" accept=".txt,text/plain"></p>
<p><label for="invented">Eller så mange opdigtede borgere (højst ${NUMBER_FORMAT.format(INVENTED_MAX)})</label>
<input id="invented" name="invented" type="number" min="0" max="${INVENTED_MAX}" value="${mail.invented === 0 ? '' : mail.invented}"></p>
<p><label for="count">Antal i adressen</label>
<input id="count" name="count" type="number" min="0" value="${mail.count ?? ''}" aria-describedby="count-hint">
<span class="hint" id="count-hint">Tomt: lige så mange som på listen. Skriv et andet for at se, hvad gatewayen siger.</span></p>
</fieldset>
<fieldset><legend>Brevet</legend>
<p><label for="subject">Emne</label><input id="subject" name="subject" value="${mail.subject}" required></p>
<p><label for="body-pdf">Brevet som PDF (body.pdf)</label>
<input id="body-pdf" name="body-pdf" type="file" accept=".pdf,application/pdf"></p>
<p><label for="text">Eller skrevet her</label><textarea id="text" name="text" rows="6">${mail.text}</textarea></p>
<p><label for="own-letters">Eller ét brev til hver</label>
<input id="own-letters" name="own-letters" type="file" multiple accept=".pdf,application/pdf" aria-describedby="own-hint">
<span class="hint" id="own-hint">En PDF for hver modtager, og filens navn er nummeret, fx 0102010044.pdf.</span></p>
<p><label for="files">Bilag til alle</label>
<input id="files" name="files" type="file" multiple></p>
</fieldset>
<p><button type="submit">Send til alle</button></p>
</form>`;
}

interface Moving {
  readonly send: MassSend;
  readonly progress: MassSendProgress;
  readonly moving: boolean;
}

function containersOf({ received, containers }: Moving['progress']): string {
  if (containers > 0) return NUMBER_FORMAT.format(containers);
  return received === 0 ? 'Ingen endnu' : 'Ingen; beskederne kommer enkeltvis';
}

function progressPage(parts: PageParts, { send, progress, moving }: Moving): Html {
  const url = `${PATH}/${send.id}`;
  const watch = ORGANISATIONS.find((one) => one.mailDomains.some((domain) => send.sender.endsWith(`@${domain}`)))?.watchMailbox ?? send.sender;
  const percent = Math.min(100, Math.floor((100 * progress.received) / Math.max(1, send.recipients)));
  return html`<h1>Masseforsendelse: ${send.subject}</h1>
<div class="card said">
<p><label for="progress">Modtaget af Digital Post: <strong>${NUMBER_FORMAT.format(progress.received)} af ${NUMBER_FORMAT.format(send.recipients)}</strong> (${percent} %)</label>
<progress id="progress" max="${send.recipients}" value="${Math.min(progress.received, send.recipients)}">${percent} %</progress></p>
<dl>
<dt>Afleveret til gatewayen</dt><dd>${timeOf(send.sentAt)} fra ${send.sender}</dd>
<dt>Seneste besked modtaget</dt><dd>${progress.latestAt === null ? 'Ingen endnu' : timeOf(progress.latestAt)}</dd>
<dt>Containere (.tar.lzma)</dt><dd>${containersOf(progress)}</dd>
<dt>Forretningskvitteringer på vej til gatewayen</dt><dd>${NUMBER_FORMAT.format(progress.receiptsWaiting)}</dd>
</dl></div>
${minuteTable(progress)}
<p>${moving
    ? html`Siden opdateres hvert ${REFRESH_SECONDS}. sekund. <a href="${url}?stop=1">Stands opdateringen</a>`
    : html`<a href="${url}">Se efter nyt</a>`}</p>
<ul>
<li><a href="/sandbox/mail/${parts.keys.keyOf(send.sender)}">Kvitteringer og beskeder til afsenderen</a></li>
<li><a href="/sandbox/mail/${parts.keys.keyOf(watch)}">Overvågningspostkassen</a></li>
<li><a href="/sandbox/citizen/ngdp/">Læs som en af modtagerne</a></li>
<li><a href="${PATH}/">Lav en til</a></li>
</ul>`;
}

function minuteTable({ perMinute }: MassSendProgress): Html | null {
  if (perMinute.length === 0) return null;
  return html`<h2>Modtaget i hvert minut</h2>
<table><thead><tr><th scope="col">Klokken</th><th scope="col">Beskeder</th></tr></thead>
<tbody>${perMinute.toReversed().slice(0, SHOWN_MAX).map(({ minute, messages }) => html`<tr><th scope="row">${CLOCK_FORMAT.format(minute)}</th>
<td>${NUMBER_FORMAT.format(messages)}</td></tr>`)}</tbody></table>`;
}

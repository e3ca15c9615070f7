import type { FastifyInstance } from 'fastify';
import { CITIZENS, COMPANIES, ORGANISATIONS, worldMailboxes, type Person, type Registration } from '../world.ts';
import { FirstMailRefused, sendFirstMail, type FirstMail } from './first-mail.ts';
import { fieldOf, filesOf } from './form-fields.ts';
import { html, type Html } from './html.ts';
import { sendPage } from './page.ts';
import type { PageParts } from './page-parts.ts';

const REGISTRATION_TEXTS: Readonly<Record<Registration, string>> = {
  registered: 'Tilmeldt',
  'not-registered': 'Ikke tilmeldt',
  exempt: 'Fritaget',
  dead: 'Død',
  ceased: 'Ophørt, ikke tilmeldt',
};

const EMPTY: FirstMail = { from: worldMailboxes()[0] ?? '', person: '', address: '', reply: false, subject: '', text: '', files: [] };

/** The start page: write a first message without Outlook, and see who there is to write to. */
export function addStartPage(door: FastifyInstance, parts: PageParts): void {
  door.get('/', async (_request, reply) => sendPage(reply, { title: 'Prøv Digital Post', tab: 'start', body: startPage(parts, EMPTY, null) }));

  door.post('/sandbox/first-mail', async (request, reply) => {
    const mail = firstMailOf(request.body);
    try {
      const recipient = await sendFirstMail(parts.gateway, mail);
      // Keys, not numbers: this address is seen in the browser's history.
      const query = new URLSearchParams({ from: parts.keys.keyOf(mail.from), to: parts.keys.keyOf(recipient) });
      return reply.redirect(`/sandbox/first-mail/sent?${query}`, 303);
    } catch (error) {
      if (!(error instanceof FirstMailRefused)) throw error;
      return sendPage(reply, { title: 'Mailen blev ikke taget imod', tab: 'start', body: startPage(parts, mail, error.message) }, 422);
    }
  });

  door.get<{ Querystring: { from?: string; to?: string } }>('/sandbox/first-mail/sent', async (request, reply) => {
    const { from, to } = request.query;
    return sendPage(reply, { title: 'Mailen er taget imod', tab: 'start', body: sentPage(from ?? '', to ?? '') });
  });
}

function firstMailOf(form: unknown): FirstMail {
  return {
    from: fieldOf(form, 'from'),
    person: fieldOf(form, 'person'),
    address: fieldOf(form, 'address'),
    reply: fieldOf(form, 'reply') === 'yes',
    subject: fieldOf(form, 'subject'),
    text: fieldOf(form, 'text'),
    files: filesOf(form, 'files'),
  };
}

function startPage(parts: PageParts, mail: FirstMail, refusal: string | null): Html {
  return html`<h1>Prøv Digital Post uden at sende noget</h1>
<p>Skriv som sagsbehandler i Eksempel Kommune. Læs som borger. Alt andet er som i virkeligheden.</p>
<div class="columns">
<section aria-labelledby="write">
<h2 id="write">Skriv en besked</h2>
${refusal === null ? null : html`<div class="card wrong" role="alert"><p><strong>Mailen blev ikke taget imod.</strong></p><pre>${refusal}</pre></div>`}
${mailForm(mail)}
</section>
<section aria-labelledby="people">
<h2 id="people">Personer og virksomheder</h2>
<table><thead><tr><th scope="col">Navn</th><th scope="col">Nummer</th><th scope="col">Indbakke</th></tr></thead>
<tbody>${[...CITIZENS, ...COMPANIES].map((person) => personRow(parts, person))}</tbody></table>
<p class="hint">Opdigtede numre. De vises helt, fordi du skal skrive dem af. Alle CPR-numre af formen DDMM01xxxx er også
tilmeldt, undtagen dem, der ender på 99.</p>
</section>
</div>`;
}

function mailForm(mail: FirstMail): Html {
  const senders = ORGANISATIONS.flatMap((organisation) => [
    ...organisation.secureMailboxes.map((mailbox) => mailbox.address),
    ...organisation.ordinaryMailboxes,
  ]);
  return html`<form method="post" action="/sandbox/first-mail" enctype="multipart/form-data">
<p><label for="from">Fra</label>
<select id="from" name="from">${senders.map((address) => option(address, address, mail.from))}</select></p>
<p><label for="person">Til</label>
<select id="person" name="person">
${[...CITIZENS, ...COMPANIES].map((person) => option(person.number, `${person.name} (${statusOf(person)})`, mail.person))}
</select></p>
<p><label for="address">Eller til en anden adresse</label>
<input id="address" name="address" value="${mail.address}" autocomplete="off" aria-describedby="address-hint">
<span class="hint" id="address-hint">Fx 0102010044@35833684.ngdp.digital-post.dk eller sagsbehandler@kommune.example.
Står der noget her, går mailen kun hertil.</span></p>
<p><label class="choice"><input type="checkbox" name="reply" value="yes"${mail.reply ? html` checked` : null}> Modtageren kan svare</label></p>
<p><label for="subject">Emne</label>
<input id="subject" name="subject" value="${mail.subject}" required></p>
<p><label for="text">Besked</label>
<textarea id="text" name="text" rows="8" required>${mail.text}</textarea></p>
<p><label for="files">Vedhæft</label>
<input id="files" name="files" type="file" multiple></p>
<p><button type="submit">Send</button></p>
</form>`;
}

function option(value: string, text: string, chosen: string): Html {
  return html`<option value="${value}"${value === chosen ? html` selected` : null}>${text}</option>`;
}

function personRow(parts: PageParts, person: Person): Html {
  return html`<tr><th scope="row">${person.name}<br><span class="quiet">${statusOf(person)}</span></th>
<td>${person.number.length === 10 ? `${person.number.slice(0, 6)}-${person.number.slice(6)}` : person.number}</td>
<td><a href="/sandbox/citizen/${parts.keys.keyOf(person.number)}">Læs som ${person.name}</a></td></tr>`;
}

function statusOf(person: Person): string {
  const status = REGISTRATION_TEXTS[person.registration];
  return person.protection ? `${status}, navne- og adressebeskyttet` : status;
}

function sentPage(from: string, to: string): Html {
  return html`<h1>Mailen er taget imod</h1>
<div class="card said" role="status"><p>Gatewayen har gemt mailen og svaret 250. Om et øjeblik er beskeden hos modtageren,
og kvitteringen er i afsenderens postkasse.</p></div>
<ul>
<li><a href="/sandbox/citizen/${to}">Læs beskeden som modtageren</a></li>
<li><a href="/sandbox/mail/${from}">Se kvitteringen i afsenderens postkasse</a></li>
<li><a href="/">Skriv en til</a></li>
</ul>`;
}

import type { FastifyInstance } from 'fastify';
import { NETWORK_NAMES, NETWORK_PROFILES, networkNamed } from '../network/network-profile.ts';
import { CITIZENS, COMPANIES, worldMailboxes, type Person, type Registration } from '../world.ts';
import { sendFirstMail, type FirstMail } from './first-mail.ts';
import { fieldOf, fieldsOf, filesOf } from './form-fields.ts';
import { refusalCard, senderField } from './form-parts.ts';
import { MailNotTaken } from './hand-over.ts';
import { exercises, type Exercise } from './exercises.ts';
import { html, type Html } from './html.ts';
import { sendPage } from './page.ts';
import type { PageParts } from './page-parts.ts';

const REGISTRATION_TEXTS: Readonly<Record<Registration, string>> = {
  registered: 'Tilmeldt',
  'not-registered': 'Ikke tilmeldt',
  awaiting: 'Ny, kan endnu ikke modtage',
  exempt: 'Fritaget',
  dead: 'Død',
  ceased: 'Ophørt, ikke tilmeldt',
};

const EMPTY: FirstMail = {
  from: worldMailboxes()[0] ?? '', network: 'ngdp', persons: [], others: '', reply: false, subject: '', text: '', files: [],
};
const SHOWN_RECIPIENTS_MAX = 20;
const PATH = '/sandbox/start';

/** The start page: where to begin, what to practise, and who there is to write to; and a first message without Outlook. */
export function addStartPage(door: FastifyInstance, parts: PageParts): void {
  door.get(PATH, async (_request, reply) =>
    sendPage(reply, { title: 'Prøv Digital Post', tab: 'start', script: 'copy-numbers', body: await startPage(parts, EMPTY, null) }));

  door.post('/sandbox/first-mail', async (request, reply) => {
    const mail = firstMailOf(request.body);
    try {
      const recipients = await sendFirstMail(parts.gateway, mail);
      // Keys, not numbers: this address is seen in the browser's history.
      const query = new URLSearchParams({ network: mail.network, from: parts.keys.keyOf(mail.from) });
      for (const recipient of recipients.slice(0, SHOWN_RECIPIENTS_MAX)) query.append('to', parts.keys.keyOf(recipient));
      return reply.redirect(`/sandbox/first-mail/sent?${query}`, 303);
    } catch (error) {
      if (!(error instanceof MailNotTaken)) throw error;
      return sendPage(reply, { title: 'Mailen blev ikke taget imod', tab: 'start', body: await startPage(parts, mail, error.message) }, 422);
    }
  });

  door.get<{ Querystring: { network?: string; from?: string; to?: string | string[] } }>('/sandbox/first-mail/sent', async (request, reply) => {
    const { network = '', from = '', to = [] } = request.query;
    const body = sentPage(parts, { network, from, to: [to].flat() });
    return sendPage(reply, { title: 'Mailen er taget imod', tab: 'start', body });
  });
}

function firstMailOf(form: unknown): FirstMail {
  return {
    from: fieldOf(form, 'from'),
    network: networkNamed(fieldOf(form, 'network')) ?? 'ngdp',
    persons: fieldsOf(form, 'person'),
    others: fieldOf(form, 'address'),
    reply: fieldOf(form, 'reply') === 'yes',
    subject: fieldOf(form, 'subject'),
    text: fieldOf(form, 'text'),
    files: filesOf(form, 'files'),
  };
}

async function startPage(parts: PageParts, mail: FirstMail, refusal: string | null): Promise<Html> {
  return html`<h1>Prøv Digital Post uden at sende noget</h1>
<p class="lead">Skriv i Outlook som sagsbehandler i Eksempel Kommune. Læs som borger. Alt andet er som i virkeligheden.</p>
<p class="actions"><a class="button" href="/outlook/">Skriv en besked</a> <a class="button plain" href="/sandbox/citizen/">Læs som borger</a></p>
<div class="columns">
<section aria-labelledby="tasks">
<h2 id="tasks">Opgaver</h2>
<ol class="exercises">${(await exercises(parts)).map(exerciseRow)}</ol>
<p>Her er også <a href="/sandbox/lookup/">navneopslag og loggen over dem</a> og <a href="/sandbox/mass-send/">masseforsendelse</a>.</p>
</section>
<section aria-labelledby="people">
<h2 id="people">Personer og virksomheder</h2>
<table><thead><tr><th scope="col">Navn</th><th scope="col">Nummer</th></tr></thead>
<tbody>${[...CITIZENS, ...COMPANIES].map((person) => personRow(parts, person))}</tbody></table>
<p class="hint">Opdigtede numre. De vises helt, fordi du skal skrive dem af. Alle CPR-numre af formen DDMM01xxxx er også
tilmeldt, undtagen dem, der ender på 99.</p>
</section>
</div>
<section aria-labelledby="write">
<h2 id="write">Skriv uden Outlook</h2>
<p>Samme mail som fra et fagsystem: Den går til gatewayen, som den står her.</p>
${refusalCard(refusal)}
${mailForm(mail)}
</section>`;
}

function exerciseRow({ text, href, minutes, done }: Exercise): Html {
  return html`<li><a href="${href}">${text}</a>${done ? html` <strong class="done">Gennemført</strong>` : null} <span class="quiet">${minutes} min.</span></li>`;
}

function mailForm(mail: FirstMail): Html {
  return html`<form method="post" action="/sandbox/first-mail" enctype="multipart/form-data">
${senderField(mail.from)}
<fieldset><legend>Send med</legend>
${NETWORK_NAMES.map((name) => html`<label class="choice"><input type="radio" name="network" value="${name}"${name === mail.network ? html` checked` : null}>
${NETWORK_PROFILES[name].title}</label>`)}</fieldset>
<fieldset><legend>Til</legend>
${[...CITIZENS, ...COMPANIES].map((person) => html`<label class="choice"><input type="checkbox" name="person" value="${person.number}"${
    mail.persons.includes(person.number) ? html` checked` : null
  }> ${person.name} <span class="quiet">(${statusOf(person)})</span></label>`)}</fieldset>
<p><label for="address">Andre modtagere, én på hver linje</label>
<textarea id="address" name="address" rows="3" autocomplete="off" aria-describedby="address-hint">${mail.others}</textarea>
<span class="hint" id="address-hint">Et CPR- eller CVR-nummer sendes med det valgte. En hel adresse bruges, som den står, fx
1234567890@35833684.mitdk.digital-post.dk eller sagsbehandler@kommune.example.</span></p>
<p><label class="choice"><input type="checkbox" name="reply" value="yes"${mail.reply ? html` checked` : null} aria-describedby="reply-hint">
Modtageren kan svare</label> <span class="hint" id="reply-hint">I e-Boks kan der ikke svares.</span></p>
<p><label for="subject">Emne</label>
<input id="subject" name="subject" value="${mail.subject}" required></p>
<p><label for="text">Besked</label>
<textarea id="text" name="text" rows="8" required>${mail.text}</textarea></p>
<p><label for="files">Vedhæft</label>
<input id="files" name="files" type="file" multiple aria-describedby="files-hint">
<span class="hint" id="files-hint">Højst 10 filer. Hedder en af dem body.pdf, er den brevet.</span></p>
<p><button type="submit">Send</button></p>
</form>`;
}

function personRow(parts: PageParts, person: Person): Html {
  const key = parts.keys.keyOf(person.number);
  const number = person.number.length === 10 ? `${person.number.slice(0, 6)}-${person.number.slice(6)}` : person.number;
  return html`<tr><th scope="row">${person.name}<br><span class="quiet">${statusOf(person)} · Læs i
${NETWORK_NAMES.map((name, n) => html`${n === 0 ? null : ', '}<a href="/sandbox/citizen/${name}/${key}"
 aria-label="Læs som ${person.name} i ${NETWORK_PROFILES[name].title}">${NETWORK_PROFILES[name].title}</a>`)}</span></th>
<td class="number"><span>${number}</span> <button class="plain" type="button" hidden data-copy="${number}" aria-label="Kopiér nummeret for ${person.name}">Kopiér</button></td></tr>`;
}

function statusOf(person: Person): string {
  const status = REGISTRATION_TEXTS[person.registration];
  return person.protection ? `${status}, navne- og adressebeskyttet` : status;
}

interface Sent {
  readonly network: string;
  readonly from: string;
  readonly to: readonly string[];
}

function sentPage(parts: PageParts, { network, from, to }: Sent): Html {
  const name = networkNamed(network) ?? 'ngdp';
  const nameOf = (key: string): string | null =>
    [...CITIZENS, ...COMPANIES].find((person) => parts.keys.keyOf(person.number) === key)?.name ?? null;
  return html`<h1>Mailen er taget imod</h1>
<div class="card said" role="status"><p>Gatewayen har gemt mailen og svaret 250. Om et øjeblik er beskeden hos modtageren,
og kvitteringen er i afsenderens postkasse.</p></div>
<ul>
${to.map((key) => html`<li><a href="/sandbox/citizen/${name}/${key}">Læs beskeden som ${nameOf(key) ?? 'modtageren'} i ${NETWORK_PROFILES[name].title}</a></li>`)}
<li><a href="/sandbox/mail/${from}">Se kvitteringen i afsenderens postkasse</a></li>
<li><a href="/sandbox/start/">Skriv en til</a></li>
</ul>`;
}

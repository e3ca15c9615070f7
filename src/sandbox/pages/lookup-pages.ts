import type { FastifyInstance } from 'fastify';
import {
  auditAnswer, checkAnswer, companyAnswer, companySearchAnswer, meAnswer, personAnswer,
  type AuditEntry, type Company, type CompanyAnswer, type MeAnswer, type PersonAnswer, type RecipientCheck,
} from '../../domain/gateway-api.ts';
import { PEOPLE, userWithAddress, type WorldUser } from '../people.ts';
import { askGateway, type ApiReading } from './ask-gateway.ts';
import { fieldOf } from './form-fields.ts';
import { optionOf } from './form-parts.ts';
import { html, type Html } from './html.ts';
import { sendPage, timeOf } from './page.ts';
import type { PageParts } from './page-parts.ts';

const PATH = '/sandbox/lookup';
const TITLE = 'Slå op';

/** What a form on the page asks for. */
interface Question {
  readonly path: string;
  readonly body: unknown;
  readonly show: (body: unknown) => Html;
}

/**
 * The page on which one logs on as each of the sandbox's people, looks up names, sees what is refused and why, and reads
 * the audit: the add-in's own calls, with real tokens of the stand-in Entra.
 */
export function addLookupPages(door: FastifyInstance, parts: PageParts): void {
  door.get<{ Querystring: { person?: string } }>(PATH, async (request, reply) => {
    const person = personOf(request.query.person ?? '');
    return sendPage(reply, { title: TITLE, tab: 'start', body: await lookupPage(parts, person, null) });
  });

  door.post<{ Params: { question: string } }>(`${PATH}/:question`, async (request, reply) => {
    const form = request.body;
    const person = personOf(fieldOf(form, 'person'));
    const question = QUESTIONS[request.params.question]?.(form);
    if (!question) return reply.redirect(`${PATH}/`, 303);
    const reading = await askGateway(parts.gateway, { token: await tokenOf(parts, person), path: question.path, body: question.body });
    const answer = reading.status === 200 ? question.show(reading.body) : refusalOf(reading);
    return sendPage(reply, { title: TITLE, tab: 'start', body: await lookupPage(parts, person, answer) });
  });
}

function personOf(address: string): WorldUser {
  const person = userWithAddress(address) ?? PEOPLE[0];
  if (!person) throw new Error('a world without people');
  return person;
}

async function tokenOf({ entra }: PageParts, { address }: WorldUser): Promise<string> {
  return (await entra.tokenFor(address))?.access_token ?? '';
}

/** Numbers are posted, and asked for in bodies: they stand in no address. */
const QUESTIONS: Readonly<Record<string, (form: unknown) => Question>> = {
  person: (form) => ({
    path: '/v1/lookups/person',
    body: { cpr: digitsOf(fieldOf(form, 'number')), purpose: fieldOf(form, 'purpose') },
    show: (body) => personCard(personAnswer.parse(body)),
  }),
  company: (form) => ({
    path: '/v1/lookups/company',
    body: { cvr: digitsOf(fieldOf(form, 'number')) },
    show: (body) => companyCard(companyAnswer.parse(body)),
  }),
  search: (form) => ({
    path: '/v1/lookups/company-search',
    body: { name: fieldOf(form, 'name') },
    show: (body) => companiesCard(companySearchAnswer.parse(body).companies),
  }),
  check: (form) => ({
    path: '/v1/recipients/check',
    body: {
      channel: 'ngdp',
      mailbox: fieldOf(form, 'mailbox'),
      numbers: fieldOf(form, 'numbers').split(/[\n,;]+/).map(digitsOf).filter((number) => number !== ''),
      names: fieldOf(form, 'purpose') !== '',
      ...(fieldOf(form, 'purpose') !== '' && { purpose: fieldOf(form, 'purpose') }),
    },
    show: (body) => checksCard(checkAnswer.parse(body).recipients),
  }),
  audit: (form) => ({
    path: '/v1/audit/search',
    body: {
      purpose: fieldOf(form, 'purpose'),
      ...(fieldOf(form, 'number') !== '' && { number: digitsOf(fieldOf(form, 'number')) }),
    },
    show: (body) => auditCard(auditAnswer.parse(body).entries),
  }),
  connections: () => ({ path: '/v1/admin/connection-tests', body: {}, show: connectionsCard }),
};

function digitsOf(text: string): string {
  return text.replace(/[\s-]/g, '');
}

async function lookupPage(parts: PageParts, person: WorldUser, answer: Html | null): Promise<Html> {
  const me = await askGateway(parts.gateway, { token: await tokenOf(parts, person), path: '/v1/me' });
  return html`<h1>${TITLE}</h1>
<p>Log på som en af øvelsens medarbejdere, og se, hvad hver må. Opslagene går til øvelsens CPR- og CVR-register.</p>
<form method="get" action="${PATH}/"><p><label for="who">Log på som</label>
<select id="who" name="person">${PEOPLE.map(({ address, name, organisation }) => optionOf(address, `${name}, ${organisation ?? 'en anden organisation'}`, person.address))}</select>
<button type="submit">Log på</button></p></form>
${answer === null ? null : html`<section aria-labelledby="answer" class="card"><h2 id="answer">Svar</h2>${answer}</section>`}
${me.status === 200 ? meSection(meAnswer.parse(me.body)) : html`<section class="card wrong">${refusalOf(me)}</section>`}
<div class="columns">${forms(person.address, me.status === 200 ? meAnswer.parse(me.body) : null)}</div>`;
}

function meSection(me: MeAnswer): Html {
  return html`<section aria-labelledby="me"><h2 id="me">${me.user.name} i ${me.organisation.name}</h2>
<dl><dt>Rettigheder</dt><dd>${me.may.map((action) => ACTION_TEXTS[action]).join(', ') || 'ingen'}</dd>
<dt>Adgang til CPR</dt><dd>${me.cprAccess === null ? 'ingen' : ACCESS_TEXTS[me.cprAccess]}</dd></dl>
${me.mailboxes.length === 0 ? html`<p>Ingen postkasser.</p>` : html`<table><thead><tr><th scope="col">Postkasse</th><th scope="col">Kan sende</th><th scope="col">Som (svar lander i)</th></tr></thead>
<tbody>${me.mailboxes.map((mailbox) => html`<tr><th scope="row">${mailbox.address}</th>
<td>${mailbox.channels.filter(({ available }) => available).map(({ name }) => name).join(', ') || (mailbox.channels[0]?.reason ?? '')}</td>
<td>${mailbox.senders.map(({ label, answersTo, mapped }) => html`${label} (${answersTo}${mapped ? '' : ', hovedpostkassen'})<br>`)}</td></tr>`)}</tbody></table>`}</section>`;
}

const ACTION_TEXTS: Readonly<Record<MeAnswer['may'][number], string>> = {
  send: 'sende', 'mass-send': 'masseforsendelse', stop: 'stoppe', resend: 'sende igen', approve: 'godkende',
  'lookup-cpr': 'slå CPR op', 'lookup-cvr': 'slå CVR op', 'read-audit': 'læse loggen', administer: 'administrere',
};

const ACCESS_TEXTS = {
  authority: 'som myndighed (ser, hvem der er beskyttet)',
  'public-sender': 'som offentlig afsender (får ingen beskyttede navne)',
  company: 'som virksomhed (får ingen beskyttede navne)',
} as const;

function forms(person: string, me: MeAnswer | null): readonly Html[] {
  const form = (id: keyof typeof BUTTONS, title: string, fields: Html) => questionForm({ id, title, person }, fields);
  return [
    form('person', 'CPR-nummer', html`${field('person', 'number', 'CPR-nummer')}${field('person', 'purpose', 'Hvilken sag drejer det sig om?')}`),
    form('company', 'CVR-nummer', field('company', 'number', 'CVR-nummer')),
    form('search', 'Firmanavn', field('search', 'name', 'En del af navnet')),
    form('check', 'Tjek modtagere', html`<p><label for="check-mailbox">Fra</label><select id="check-mailbox" name="mailbox">${(me?.mailboxes ?? []).map(({ address }) => optionOf(address, address, ''))}</select></p>
<p><label for="check-numbers">Numre, et på hver linje</label><textarea id="check-numbers" name="numbers" rows="4"></textarea></p>${field('check', 'purpose', 'Sag (så vises navne)')}`),
    form('audit', 'Loggen', html`${field('audit', 'number', 'Om et nummer (kan udelades)')}${field('audit', 'purpose', 'Hvorfor ser du efter?')}`),
    form('connections', 'Forbindelser', html`<p>Se, om gatewayen kan tale med alle.</p>`),
  ];
}

const BUTTONS = {
  person: 'Slå personen op', company: 'Slå virksomheden op', search: 'Find virksomheder', check: 'Tjek modtagerne', audit: 'Læs loggen',
  connections: 'Test forbindelsen',
} as const;

interface FormHead {
  readonly id: keyof typeof BUTTONS;
  readonly title: string;
  /** Address of the one who is logged on. */
  readonly person: string;
}

function questionForm({ id, title, person }: FormHead, fields: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<form method="post" action="${PATH}/${id}"><input type="hidden" name="person" value="${person}">${fields}
<p><button type="submit">${BUTTONS[id]}</button></p></form></section>`;
}

function field(form: string, name: string, label: string): Html {
  const id = `${form}-${name}`;
  return html`<p><label for="${id}">${label}</label><input id="${id}" name="${name}" autocomplete="off"></p>`;
}

/** A refusal as the API gives it (RFC 9457). */
function refusalOf({ status, body }: ApiReading): Html {
  const { title, detail, code } = (body ?? {}) as { readonly title?: string; readonly detail?: string; readonly code?: string };
  return html`<p role="alert"><strong>${title ?? 'Intet svar'}</strong> (${status}${code === undefined ? '' : `, ${code}`})</p><p>${detail ?? ''}</p>`;
}

const STATE_TEXTS: Readonly<Record<Extract<PersonAnswer, { kind: 'found' }>['state'], string>> = {
  alive: '', dead: 'Død', emigrated: 'Udrejst', disappeared: 'Registreret som forsvundet', inactive: 'Nummeret er nedlagt',
};

function personCard(answer: PersonAnswer): Html {
  switch (answer.kind) {
    case 'found': {
      const name = answer.name ?? (answer.nameState === 'protected' ? 'Navne- og adressebeskyttet. Navnet vises ikke her.' : 'Navnet bliver ikke oplyst til denne adgang.');
      const state = STATE_TEXTS[answer.state];
      return html`<p><strong>${name}</strong></p>${state === '' ? null : html`<p>${state}${answer.since === null ? '' : ` ${answer.since}`}</p>`}
${answer.currentCpr === null ? null : html`<p>Har fået nyt CPR-nummer.</p>`}`;
    }
    case 'not-found':
      return html`<p>Der findes ingen med det nummer.</p>`;
    case 'p-number':
      return html`<p>Det er et P-nummer. Virksomheden er ${answer.name ?? ''} (CVR ${answer.cvr}).</p>`;
    case 'unavailable':
      return html`<p>${answer.text}</p>`;
  }
}

function companyCard(answer: CompanyAnswer): Html {
  if (answer.kind === 'found') return companiesCard([answer.company]);
  return html`<p>${answer.kind === 'unavailable' ? answer.text : 'Der findes ingen virksomhed med det nummer.'}</p>`;
}

function companiesCard(companies: readonly Company[]): Html {
  if (companies.length === 0) return html`<p>Ingen aktiv virksomhed hedder sådan.</p>`;
  return html`<ul>${companies.map((one) => html`<li><strong>${one.name}</strong> (CVR ${one.cvr})${one.state === 'ceased' ? ` – ophørt ${one.ceasedOn ?? ''}` : one.stateText === null ? '' : ` – ${one.stateText}`}<br>${one.address.join(', ')} ${one.phone ?? ''} ${one.email ?? ''}</li>`)}</ul>`;
}

const REACH_TEXTS: Readonly<Record<RecipientCheck['reach']['state'], string>> = {
  registered: 'Kan få Digital Post', exempt: 'Fritaget', closed: 'Postkassen er lukket', awaiting: 'Ny: kan måske først modtage senere',
  'not-registered': 'Ikke tilmeldt', 'not-known': 'Ikke tjekket',
};

function checksCard(recipients: readonly RecipientCheck[]): Html {
  return html`<table><thead><tr><th scope="col">Nummer</th><th scope="col">Kan nås</th><th scope="col">Navn</th></tr></thead><tbody>${recipients.map(
    ({ shown, reach, person, company, sameAs }) => html`<tr><th scope="row">${shown.replace('-', '\u2011')}</th><td>${REACH_TEXTS[reach.state]}${reach.from === null ? '' : ` (${reach.from})`}${sameAs === null ? '' : ' – står her to gange'}</td>
<td>${person ? personCard(person) : company ? companyCard(company) : ''}</td></tr>`)}</tbody></table>`;
}

/** Acts and outcomes of the audit as people say them. */
const AUDIT_TEXTS: Readonly<Record<string, string>> = {
  'lookup-person': 'slog person op', 'lookup-company': 'slog virksomhed op',
  'lookup-person-batch': 'slog person op fra en liste', 'lookup-company-batch': 'slog virksomhed op fra en liste', 'search-company': 'søgte virksomhed', check: 'tjekkede modtager',
  proof: 'hentede bevis', 'audit-search': 'læste loggen', 'audit-export': 'hentede loggen', stop: 'stoppede', resend: 'sendte igen',
  approve: 'godkendte', reject: 'afviste', done: 'gjort', found: 'fundet', 'not-found': 'findes ikke', protected: 'beskyttet',
  registered: 'tilmeldt', 'not-registered': 'ikke tilmeldt', exempt: 'fritaget', closed: 'lukket', awaiting: 'ny', 'not-known': 'ikke tjekket',
  'right-missing': 'manglede retten', refused: 'afvist', limit: 'for mange', unavailable: 'intet svar',
};

function auditCard(entries: readonly AuditEntry[]): Html {
  if (entries.length === 0) return html`<p>Loggen har intet om det.</p>`;
  return html`<table><thead><tr><th scope="col">Hvornår</th><th scope="col">Hvem</th><th scope="col">Hvad</th><th scope="col">Om</th><th scope="col">Formål</th><th scope="col">Udfald</th></tr></thead>
<tbody>${entries.map((one) => html`<tr><td>${timeOf(new Date(one.at))}</td><td>${one.actor}</td><td>${AUDIT_TEXTS[one.action] ?? one.action}${one.reference === null ? '' : ` ${one.reference}`}</td><td>${one.subject ?? ''}</td><td>${one.purpose ?? ''}</td><td>${AUDIT_TEXTS[one.outcome] ?? one.outcome}</td></tr>`)}</tbody></table>`;
}

function connectionsCard(body: unknown): Html {
  const { tests = [] } = (body ?? {}) as { readonly tests?: readonly { readonly name: string; readonly fault: string | null }[] };
  return html`<ul>${tests.map(({ name, fault }) => html`<li><strong>${name}</strong>: ${fault ?? 'svarer og kender os'}</li>`)}</ul>`;
}

import type { FastifyInstance } from 'fastify';
import { NETWORK_NAMES, networkNamed } from '../network/network-profile.ts';
import type { Fault } from '../network/network-settings.ts';
import type { Network } from '../network/network.ts';
import { FAULT_TARGETS, type FaultTarget, type RegisterFault } from '../registers/register-fault.ts';
import type { Registers } from '../registers/registers.ts';
import { fieldOf } from './form-fields.ts';
import { html, type Html } from './html.ts';
import type { PageParts } from './page-parts.ts';
import { sendPage } from './page.ts';

const FAULT_TEXTS: Readonly<Record<Fault['mode'], string>> = {
  none: 'Virker, som den skal',
  status: 'Svarer 503 (optaget) uden at gemme',
  timeout: 'Læser, men svarer aldrig',
  reset: 'Gemmer, men afbryder forbindelsen',
  slow: 'Svarer først efter 3 sekunder',
};
const REGISTER_FAULT_TEXTS: Readonly<Record<RegisterFault['mode'], string>> = {
  none: 'Virker, som den skal',
  status: 'Svarer 503 (optaget)',
  timeout: 'Læser, men svarer aldrig',
  reset: 'Afbryder forbindelsen',
  slow: 'Svarer først efter 3 sekunder',
  invalid: 'Svarer noget, der ikke kan læses',
  retired: 'Er lukket: svarer 404 på alt',
};
const REGISTER_TITLES: Readonly<Record<FaultTarget, string>> = {
  cpr: 'CPR', cvr: 'CVR', token: 'Datafordelerens tokens',
};
const PATH = '/sandbox/faults';

/** Lets a person see what the gateway does when a network or a register does not work. */
export function addFaultPage(door: FastifyInstance, parts: PageParts): void {
  const { networks, registers } = parts;
  door.get(PATH, async (_request, reply) => sendPage(reply, { title: 'Forstyrrelser', tab: 'faults', body: faultPage(parts) }));

  door.post<{ Params: { register: string } }>(`${PATH}/registers/:register`, async (request, reply) => {
    await registers.settings.setFault({ register: request.params.register, mode: fieldOf(request.body, 'mode') });
    return reply.redirect(`${PATH}/`, 303);
  });

  door.post<{ Params: { network: string } }>(`${PATH}/:network`, async (request, reply) => {
    const name = networkNamed(request.params.network);
    if (name !== null) {
      const { settings } = networks.all[name];
      await settings.setFault({ mode: fieldOf(request.body, 'mode') });
      await settings.setReceipts({ withhold: fieldOf(request.body, 'withhold') === 'yes' });
    }
    return reply.redirect(`${PATH}/`, 303);
  });
}

function faultPage({ networks, registers }: PageParts): Html {
  return html`<h1>Forstyrrelser</h1>
<p>Se, hvad der sker med posten, når en løsning ikke virker. Intet går tabt: gatewayen prøver igen.</p>
<div class="columns">${NETWORK_NAMES.map((name) => networkForm(networks.all[name]))}</div>
<h2>Registrene</h2>
<p>Svarer et register ikke, kan navne ikke slås op. Post kan sendes alligevel.</p>
<div class="columns">${FAULT_TARGETS.map((target) => registerForm(registers, target))}</div>`;
}

function registerForm({ settings }: Registers, target: FaultTarget): Html {
  const title = REGISTER_TITLES[target];
  return html`<section aria-labelledby="${target}"><h3 id="${target}">${title}</h3>
<form method="post" action="${PATH}/registers/${target}">
<p><label for="mode-${target}">Når der slås op</label>
<select id="mode-${target}" name="mode">${optionsOf(REGISTER_FAULT_TEXTS, settings.faultOf(target).mode)}</select></p>
<p><button type="submit" aria-label="Gem for ${title}">Gem</button></p>
</form></section>`;
}

function optionsOf(texts: Readonly<Record<string, string>>, chosen: string): readonly Html[] {
  return Object.entries(texts).map(([mode, text]) => html`<option value="${mode}"${mode === chosen ? html` selected` : null}>${text}</option>`);
}

function networkForm({ name, profile, settings }: Network): Html {
  const { fault, receipts } = settings;
  return html`<section aria-labelledby="${name}"><h2 id="${name}">${profile.title}</h2>
<form method="post" action="${PATH}/${name}">
<p><label for="mode-${name}">Når den får en besked</label>
<select id="mode-${name}" name="mode">${optionsOf(FAULT_TEXTS, fault.mode)}</select></p>
<p><label class="choice"><input type="checkbox" name="withhold" value="yes"${receipts.withhold ? html` checked` : null}>
Hold forretningskvitteringer tilbage</label></p>
<p><button type="submit" aria-label="Gem for ${profile.title}">Gem</button></p>
</form></section>`;
}

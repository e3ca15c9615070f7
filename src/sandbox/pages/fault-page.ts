import type { FastifyInstance } from 'fastify';
import { NETWORK_NAMES, networkNamed } from '../network/network-profile.ts';
import type { Fault } from '../network/network-settings.ts';
import type { Network } from '../network/network.ts';
import type { Networks } from '../network/networks.ts';
import { fieldOf } from './form-fields.ts';
import { html, type Html } from './html.ts';
import { sendPage } from './page.ts';

const FAULT_TEXTS: Readonly<Record<Fault['mode'], string>> = {
  none: 'Virker, som den skal',
  status: 'Svarer 503 (optaget) uden at gemme',
  timeout: 'Læser, men svarer aldrig',
  reset: 'Gemmer, men afbryder forbindelsen',
  slow: 'Svarer først efter 3 sekunder',
};
const PATH = '/sandbox/faults';

/** Lets a person see what the gateway does when a network does not work. */
export function addFaultPage(door: FastifyInstance, networks: Networks): void {
  door.get(PATH, async (_request, reply) => sendPage(reply, { title: 'Forstyrrelser', tab: 'faults', body: faultPage(networks) }));

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

function faultPage(networks: Networks): Html {
  return html`<h1>Forstyrrelser</h1>
<p>Se, hvad der sker med posten, når en løsning ikke virker. Intet går tabt: gatewayen prøver igen.</p>
<div class="columns">${NETWORK_NAMES.map((name) => networkForm(networks.all[name]))}</div>`;
}

function networkForm({ name, profile, settings }: Network): Html {
  const { fault, receipts } = settings;
  return html`<section aria-labelledby="${name}"><h2 id="${name}">${profile.title}</h2>
<form method="post" action="${PATH}/${name}">
<p><label for="mode-${name}">Når den får en besked</label>
<select id="mode-${name}" name="mode">${Object.entries(FAULT_TEXTS).map(
    ([mode, text]) => html`<option value="${mode}"${mode === fault.mode ? html` selected` : null}>${text}</option>`,
  )}</select></p>
<p><label class="choice"><input type="checkbox" name="withhold" value="yes"${receipts.withhold ? html` checked` : null}>
Hold forretningskvitteringer tilbage</label></p>
<p><button type="submit" aria-label="Gem for ${profile.title}">Gem</button></p>
</form></section>`;
}

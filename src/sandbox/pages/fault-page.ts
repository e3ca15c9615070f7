import type { FastifyInstance } from 'fastify';
import type { Network } from '../ngdp/network.ts';
import type { Fault } from '../ngdp/network-settings.ts';
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

/** Lets a person see what the gateway does when Digital Post does not work. */
export function addFaultPage(door: FastifyInstance, network: Network): void {
  door.get(PATH, async (_request, reply) => sendPage(reply, { title: 'Forstyrrelser', tab: 'faults', body: faultPage(network) }));

  door.post(PATH, async (request, reply) => {
    await network.settings.setFault({ mode: fieldOf(request.body, 'mode') });
    await network.settings.setReceipts({ withhold: fieldOf(request.body, 'withhold') === 'yes' });
    return reply.redirect(`${PATH}/`, 303);
  });
}

function faultPage(network: Network): Html {
  const { fault, receipts } = network.settings;
  return html`<h1>Forstyrrelser</h1>
<p>Se, hvad der sker med posten, når Digital Post ikke virker. Intet går tabt: gatewayen prøver igen.</p>
<form method="post" action="${PATH}/">
<p><label for="mode">Digital Post</label>
<select id="mode" name="mode">${Object.entries(FAULT_TEXTS).map(
    ([mode, text]) => html`<option value="${mode}"${mode === fault.mode ? html` selected` : null}>${text}</option>`,
  )}</select></p>
<p><label class="choice"><input type="checkbox" name="withhold" value="yes"${receipts.withhold ? html` checked` : null}>
Hold forretningskvitteringer tilbage</label></p>
<p><button type="submit">Gem</button></p>
</form>`;
}

import { ORGANISATIONS } from '../world.ts';
import { html, type Html } from './html.ts';

/** Choice of the mailbox to send from, the secure ones first. */
export function senderField(chosen: string): Html {
  const senders = ORGANISATIONS.flatMap((organisation) => [
    ...organisation.secureMailboxes.map((mailbox) => mailbox.address),
    ...organisation.ordinaryMailboxes,
  ]);
  return html`<p><label for="from">Fra</label>
<select id="from" name="from">${senders.map((address) => optionOf(address, address, chosen))}</select></p>`;
}

export function optionOf(value: string, text: string, chosen: string): Html {
  return html`<option value="${value}"${value === chosen ? html` selected` : null}>${text}</option>`;
}

/** What stands above a form whose mail was not taken; nothing for one that was not sent yet. */
export function refusalCard(refusal: string | null): Html | null {
  if (refusal === null) return null;
  return html`<div class="card wrong" role="alert"><p><strong>Mailen blev ikke taget imod.</strong></p><pre>${refusal}</pre></div>`;
}

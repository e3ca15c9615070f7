import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import type { RecipientEdit } from './change-recipients.ts';
import { nameInDraft, shownNumber } from './recipient-name.ts';
import type { ShownRow } from './use-compose.ts';

/**
 * A recipient that was to be added and that Outlook did not take, as a row: it will go to nobody, and nobody would miss the
 * row that is not there. None for a change of somebody who is in the mail as before.
 */
export function rowOfNotTaken({ before, after }: RecipientEdit): readonly ShownRow[] {
  const parsed = after && parseGatewayAddress(after.recipient.emailAddress);
  if (before || !after || parsed?.kind !== 'gateway-address' || parsed.address.kind !== 'single') return [];
  const { address } = parsed;
  const masked = shownNumber(address.recipient);
  const name = nameInDraft(after.recipient);
  const kind = address.recipient.kind === 'cpr' ? 'citizen' : 'company';
  return [{
    row: { kind, key: `number ${address.recipient.number}`, field: after.field, recipient: after.recipient, address, twice: null, massNotAlone: false },
    state: {
      icon: 'look', name: name ?? masked, number: name === null ? null : masked, status: null, notes: [{ key: 'row.notTaken' }], grade: 'look', gets: false, fixes: ['remove'],
    },
    check: null,
  }];
}

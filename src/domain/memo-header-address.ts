import { channels } from './channel.ts';
import type { GatewayAddress } from './gateway-address.ts';
import type { OutboundMemoHeader } from './memo-header-json.ts';

type Points = Pick<OutboundMemoHeader, 'senderContactPoint' | 'recipientContactPoints'>;

/**
 * The address as if the contact points that MemoHeader.json names stood in it. What the address itself names counts, and a
 * network without contact points has none. A citizen has none either.
 */
export function addressWithHeader<Address extends GatewayAddress>(address: Address, header: Points | null): Address {
  if (header === null || !channels[address.channel].contactPoints) return address;
  return withRecipientPoint(withSenderPoint(address, header), header);
}

function withSenderPoint<Address extends GatewayAddress>(address: Address, { senderContactPoint: id }: Points): Address {
  return id !== null && address.sender.kind === 'cvr' ? { ...address, sender: { kind: 'contact-point', id } } : address;
}

function withRecipientPoint<Address extends GatewayAddress>(address: Address, { recipientContactPoints }: Points): Address {
  if (address.kind === 'mass' || address.recipient.kind !== 'cvr' || address.recipientContactPoint !== null) return address;
  const { number } = address.recipient;
  const point = recipientContactPoints.find(({ cvr }) => cvr === number);
  return point ? { ...address, recipientContactPoint: point.contactPoint } : address;
}

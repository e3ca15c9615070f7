import { printGatewayAddress, type GatewayAddress } from '../../domain/gateway-address.ts';
import { emptyMemoHeader, type OutboundMemoHeader, type RecipientContactPoint } from '../../domain/memo-header-json.ts';
import type { RecipientEdit } from './change-recipients.ts';

/**
 * Some clients take a long address and then drop it (outlook.md 8.1). Then the address names the organisation alone, and
 * MemoHeader.json carries the contact points, which the gateway honours under the same rights.
 */
export interface ShortAddresses {
  readonly edits: readonly RecipientEdit[];
  readonly header: OutboundMemoHeader;
}

export type ContactPoints = Pick<OutboundMemoHeader, 'senderContactPoint' | 'recipientContactPoints'>;

/** What MemoHeader.json says, with these contact points in the place of its own: whatever else was put into it meanwhile stays. */
export function withContactPoints(before: OutboundMemoHeader | null, { senderContactPoint, recipientContactPoints }: ContactPoints): OutboundMemoHeader {
  return { ...(before ?? emptyMemoHeader), senderContactPoint, recipientContactPoints };
}

/** Whether contact points of this draft are carried by its MemoHeader.json. */
export function carriesPoints(header: OutboundMemoHeader | null): boolean {
  return header !== null && (header.senderContactPoint !== null || header.recipientContactPoints.length > 0);
}

/** The same edits with short addresses, and what MemoHeader.json then says. `cvr`: the organisation's own. */
export function shortAddresses(edits: readonly RecipientEdit[], { cvr, header }: { readonly cvr: string; readonly header: OutboundMemoHeader | null }): ShortAddresses {
  return {
    edits: edits.map((edit) => {
      const { after } = edit;
      return after?.meant ? { ...edit, after: { ...after, recipient: { ...after.recipient, emailAddress: printGatewayAddress(shortAddress(after.meant, cvr)) } } } : edit;
    }),
    header: edits.reduce<OutboundMemoHeader>((carried, { after }) => (after?.meant ? withPointsOf(carried, after.meant) : carried), header ?? emptyMemoHeader),
  };
}

function shortAddress(address: GatewayAddress, cvr: string): GatewayAddress {
  const sender = address.sender.kind === 'contact-point' ? ({ kind: 'cvr', cvr } as const) : address.sender;
  return address.kind === 'mass' ? { ...address, sender } : { ...address, sender, recipientContactPoint: null };
}

function withPointsOf(header: OutboundMemoHeader, address: GatewayAddress): OutboundMemoHeader {
  const senderContactPoint = address.sender.kind === 'contact-point' ? address.sender.id : null;
  if (address.kind === 'mass' || address.recipient.kind !== 'cvr') return { ...header, senderContactPoint };
  const { number } = address.recipient;
  const others = header.recipientContactPoints.filter(({ cvr }) => cvr !== number);
  const own: readonly RecipientContactPoint[] = address.recipientContactPoint === null ? [] : [{ cvr: number, contactPoint: address.recipientContactPoint }];
  return { ...header, senderContactPoint, recipientContactPoints: [...others, ...own] };
}

import { BlockList, isIP } from 'node:net';
import type { DoorRules } from './door-rules.ts';

/** How one organisation's Exchange is known at the door. */
export interface ListedPeer {
  readonly cvrNumbers: readonly string[];
  /** SHA-256 fingerprints (lower case hex), or `dns:` and a name in the certificate. */
  readonly smtpClientCertificates: readonly string[];
  /** Addresses or networks (CIDR); empty: any. */
  readonly smtpClientAddresses: readonly string[];
}

/** Finds the organisations that have listed a peer: its certificate, and its address where they list addresses. */
export function knownPeers(listed: readonly ListedPeer[]): DoorRules['cvrsOfPeer'] {
  const peers = listed.map(({ cvrNumbers, smtpClientCertificates, smtpClientAddresses }) => ({
    cvrNumbers,
    marks: new Set(smtpClientCertificates),
    addresses: smtpClientAddresses.length === 0 ? null : addressList(smtpClientAddresses),
  }));
  return ({ fingerprint, names, address }) => {
    const marks = [fingerprint, ...names.map((name) => `dns:${name}`)];
    const plain = address.replace(/^::ffff:/i, '');
    return peers
      .filter(({ marks: own }) => marks.some((mark) => own.has(mark)))
      .filter(({ addresses }) => addresses === null || addresses.check(plain, family(plain)))
      .flatMap(({ cvrNumbers }) => cvrNumbers);
  };
}

function addressList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    if (prefix === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(prefix), family(address));
  }
  return list;
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

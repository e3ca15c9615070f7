/** The outside networks that the sandbox plays. */
export type NetworkName = 'ngdp' | 'mitdk' | 'eboks';

/** What a network is called, and in what it differs from the others. */
export interface NetworkProfile {
  readonly name: NetworkName;
  /** As citizens know it. */
  readonly title: string;
  /** What a person's own list of messages is called there. */
  readonly inboxTitle: string;
  /** Whether many messages may come in one .tar.lzma (memo-ngdp.md 3.4). */
  readonly containers: boolean;
  /** Whether receipts can be pushed; else the sender fetches them. */
  readonly pushesReceipts: boolean;
  /** Whether sender and recipient may be contact points. */
  readonly contactPoints: boolean;
  /** Whether a message may be answered. */
  readonly replies: boolean;
}

/** Every network, in the order in which they are shown (formats.md, "Address grammar"; design.md, "The world in it"). */
export const NETWORK_PROFILES: Readonly<Record<NetworkName, NetworkProfile>> = {
  ngdp: {
    name: 'ngdp', title: 'Digital Post', inboxTitle: 'Indbakke', containers: true, pushesReceipts: true, contactPoints: true, replies: true,
  },
  mitdk: {
    name: 'mitdk', title: 'mit.dk', inboxTitle: 'Post', containers: false, pushesReceipts: false, contactPoints: true, replies: true,
  },
  eboks: {
    name: 'eboks', title: 'e-Boks', inboxTitle: 'Min post', containers: false, pushesReceipts: false, contactPoints: false, replies: false,
  },
};

export const NETWORK_NAMES: readonly NetworkName[] = ['ngdp', 'mitdk', 'eboks'];

/** The network of this name, as it stands in an address; null for any other word. */
export function networkNamed(text: string): NetworkName | null {
  return NETWORK_NAMES.find((name) => name === text) ?? null;
}

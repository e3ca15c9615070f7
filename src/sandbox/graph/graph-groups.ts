import { createHash } from 'node:crypto';
import { EKSEMPEL_TENANT } from '../people.ts';
import { ORGANISATIONS } from '../world.ts';

/** The group of secure mailboxes of the first organisation, as Exchange has it. */
export const MAILBOX_GROUP = { mail: 'GRP-DPG-SecureMailboxes@kommune.example', id: '7a1e4b52-0d3f-4f6a-b1c2-1c5a3b7e2002' } as const;
/** A mailbox of the group that the gateway's file does not know. */
export const MAILBOX_NOT_SET_UP = 'ny-postkasse@kommune.example';

/** How the stand-in Graph misbehaves from now on; `partial-page`: the first page comes, the next does not. */
export type GraphFault =
  | { readonly mode: 'none' }
  | { readonly mode: 'status'; readonly status: number; readonly retryAfterS: number | null }
  | { readonly mode: 'timeout' }
  | { readonly mode: 'partial-page' };

export interface GraphMember {
  readonly id: string;
  readonly displayName: string;
  readonly mail: string;
  readonly proxyAddresses: readonly string[];
  readonly userType: 'Member' | 'Guest';
  readonly accountEnabled: boolean;
}

/** What was asked for can not be set; the message says why. */
export class UnknownGraphSetting extends Error {}

const MEMBERS_MAX = 20_000;
const FAULT_COUNT_MAX = 1_000_000;

/** What the stand-in Graph knows, and how it misbehaves; forgotten when the sandbox ends. */
export class GraphGroups {
  #members: readonly string[] = [
    ...(ORGANISATIONS[0].secureMailboxes.map(({ address }) => address)),
    MAILBOX_NOT_SET_UP,
  ];
  #fault: GraphFault = { mode: 'none' };
  /** How many calls the fault still strikes. */
  #left = 0;

  get members(): readonly GraphMember[] {
    return this.#members.map(memberOf);
  }

  get tenant(): string {
    return EKSEMPEL_TENANT;
  }

  /** Takes { members: [addresses] }. Throws UnknownGraphSetting for anything else. */
  setMembers(body: unknown): { readonly members: readonly string[] } {
    const members = recordOf(body)['members'];
    if (!Array.isArray(members) || members.length > MEMBERS_MAX || !members.every(isAddress)) {
      throw new UnknownGraphSetting('{"members": [mailadresser]} ventes');
    }
    this.#members = [...new Set(members)];
    return { members: this.#members };
  }

  /**
   * Takes { mode: "none" | "status" | "timeout" | "partial-page", status?, retryAfterS?, count? }; without `count` it
   * lasts until another is set. Throws UnknownGraphSetting for anything else.
   */
  setFault(body: unknown): { readonly fault: GraphFault } {
    const { mode, status = 503, retryAfterS = null, count = FAULT_COUNT_MAX } = recordOf(body);
    if (typeof count !== 'number') throw new UnknownGraphSetting('count skal være et tal');
    this.#left = count;
    this.#fault = faultOf(mode, status, retryAfterS);
    return { fault: this.#fault };
  }

  /** The fault that strikes this call. */
  strike(): GraphFault {
    if (this.#left <= 0) return { mode: 'none' };
    this.#left -= 1;
    return this.#fault;
  }
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value.includes('@');
}

function faultOf(mode: unknown, status: unknown, retryAfterS: unknown): GraphFault {
  if (mode === 'none' || mode === 'timeout' || mode === 'partial-page') return { mode };
  if (mode !== 'status') throw new UnknownGraphSetting('mode skal være none, status, timeout eller partial-page');
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 400 || status > 599) {
    throw new UnknownGraphSetting('status skal være 400-599');
  }
  if (retryAfterS !== null && typeof retryAfterS !== 'number') throw new UnknownGraphSetting('retryAfterS skal være sekunder');
  return { mode, status, retryAfterS };
}

function recordOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Readonly<Record<string, unknown>>;
  throw new UnknownGraphSetting('et JSON-objekt ventes');
}

function memberOf(address: string): GraphMember {
  const hex = createHash('sha256').update(address.toLowerCase()).digest('hex');
  return {
    id: [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-'),
    displayName: address.slice(0, address.indexOf('@')),
    mail: address,
    proxyAddresses: [`SMTP:${address}`],
    userType: 'Member',
    // A shared mailbox's account is never logged on to, and so is disabled.
    accountEnabled: false,
  };
}

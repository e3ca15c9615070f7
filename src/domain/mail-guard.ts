import { isInDomains, mailDomainOf, normaliseMailAddress } from './mail-address.ts';
import type { MailGuardChoice, Organisation } from './organisation.ts';

/** How a delivery says that Mail Guard stopped it. */
export const MAIL_GUARD_CODE = 'mail-guard';

/** Mail Guard as it is set: ordinary mail to people outside the organisation goes only to listed or approved addresses. */
export interface MailGuard {
  readonly on: boolean;
  /** What is stopped: the one recipient without approval, or the mail to everybody. */
  readonly stops: 'recipient' | 'mail';
}

/** What Mail Guard says of a recipient; `open`: outside, and it is off. */
export type GuardState = 'internal' | 'open' | 'listed' | 'needs-approval';

type GuardedOrganisation = Pick<Organisation, 'mailDomains' | 'mailGuard'>;

/** How Mail Guard is set for an organisation: its own choice, else the gateway's. */
export function mailGuardOf({ mailGuard }: GuardedOrganisation, defaults: MailGuard): MailGuard {
  return { on: mailGuard?.on ?? defaults.on, stops: mailGuard?.stops ?? defaults.stops };
}

/**
 * Where a recipient of ordinary mail stands. The organisation's own mail domains are inside; another customer of the same
 * gateway is a stranger. A listed domain is that domain alone: not a longer one that ends in it, and none under it.
 */
export function guardStateOf(organisation: GuardedOrganisation, guard: MailGuard, address: string): GuardState {
  if (isInDomains(address, organisation.mailDomains)) return 'internal';
  if (!guard.on) return 'open';
  const entries = entriesOf(organisation.mailGuard);
  return entries.has(normaliseMailAddress(address)) || entries.has(`@${mailDomainOf(address)}`) ? 'listed' : 'needs-approval';
}

/** Lists may have ten thousand entries, and stay the same until the administrator writes them anew. */
const known = new WeakMap<MailGuardChoice, ReadonlySet<string>>();

/** The list in the spelling in which addresses are compared; domains with "@" in front. */
function entriesOf(choice: MailGuardChoice | undefined): ReadonlySet<string> {
  if (!choice) return new Set();
  const before = known.get(choice);
  if (before) return before;
  const entries = new Set(choice.allowed.map((entry) => (entry.lastIndexOf('@') > 0 ? normaliseMailAddress(entry) : `@${mailDomainOf(`@${entry.replace(/^@/, '')}`)}`)));
  known.set(choice, entries);
  return entries;
}

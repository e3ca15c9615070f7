import type { SenderReference } from './gateway-address.ts';
import { isInDomains, mailDomainOf, normaliseMailAddress } from './mail-address.ts';

/**
 * The organisations that use the gateway: who they are, which mailboxes they have, and who may send as whom.
 * Written by the administrator (see docs/drift.md), read by every step that must know whose mail this is.
 */

/** An addressed desk of an organisation, with the secure mailbox where its answers land (null: the main mailbox). */
export interface OrganisationContactPoint {
  readonly id: string;
  readonly name: string;
  readonly mailbox: string | null;
}

/** A function mailbox in Exchange that may send Digital Post, over which channels, and as whom (CVR numbers, contact point ids). */
export interface SecureMailbox {
  readonly address: string;
  readonly channels: readonly string[];
  readonly senders: readonly string[];
  /** How long its messages and its mass sends wait before they go; null or absent: as the gateway's settings say. */
  readonly holdSingleMs?: number | null;
  readonly holdMassMs?: number | null;
  /** Whether each mail has its own receipt (as when absent), or many of them have one together. */
  readonly receipts?: 'each' | 'digest';
  /** What may be sent from it; absent: messages and mass sends. */
  readonly may?: readonly ('send' | 'mass-send')[];
  /** Who may use it in the add-in: object ids of people and of groups in Entra; absent: nobody. */
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
}

/** Whether ordinary mail to outsiders must be approved, what is stopped without it, and who needs none. */
export interface MailGuardChoice {
  readonly on: boolean | null;
  readonly stops: 'recipient' | 'mail' | null;
  /** Mail addresses and domains. */
  readonly allowed: readonly string[];
}

/** One customer of the gateway; every address and id in it is lower case. */
export interface Organisation {
  readonly name: string;
  readonly cvrNumbers: readonly string[];
  readonly mailDomains: readonly string[];
  /** Tenants (X-OriginatorOrg) whose mail over a shared certificate is this organisation's; empty: the certificate tells. */
  readonly smtpOriginatorOrgs: readonly string[];
  readonly mainMailbox: string;
  readonly watchMailbox: string;
  /** Whom a caseworker asks for help; stands at the foot of every mail from the gateway. */
  readonly helpContact: string;
  /** Its own page of help; null or absent: none. */
  readonly helpUrl?: string | null;
  /** What it is called in a sentence, e.g. "kommunen"; absent: "organisationen". */
  readonly homeWord?: string;
  /** Stand in MeMo where a mail names a case, a KLE subject or a FORM task alone. */
  readonly contentData?: { readonly caseSystem?: string | undefined; readonly kleVersion?: string | undefined; readonly formVersion?: string | undefined };
  /** Its own choice of Mail Guard; null: as the gateway's settings say. */
  readonly mailGuard?: MailGuardChoice;
  readonly contactPoints: readonly OrganisationContactPoint[];
  readonly secureMailboxes: readonly SecureMailbox[];
  /** Who may approve a mass send that somebody else has written: mail addresses, and object ids of people in Entra. */
  readonly approvers: readonly string[];
  /** Tenants in Entra whose people are this organisation's; absent: none. */
  readonly entraTenants?: readonly string[];
}

/** As whom a message is sent: always a CVR number, and the contact point where the address names one. */
export interface MemoSender {
  readonly cvr: string;
  readonly label: string;
  readonly contactPoint: OrganisationContactPoint | null;
}

/** Quick answers to "whose is this?" over all organisations. */
export interface Directory {
  readonly organisations: readonly Organisation[];
  /** The organisation that owns a mail domain, in its one spelling (mailDomainOf), or null. */
  organisationOfDomain(domain: string): Organisation | null;
  /** The organisation with this CVR number as one of its own, or null. */
  organisationOfCvr(cvr: string): Organisation | null;
  /** The organisation whose people log on with this Entra tenant, or null. */
  organisationOfTenant(tenant: string): Organisation | null;
}

/** Builds the look-ups once; the organisations are taken as they are. */
export function makeDirectory(organisations: readonly Organisation[]): Directory {
  const byDomain = new Map<string, Organisation>();
  const byCvr = new Map<string, Organisation>();
  const byTenant = new Map<string, Organisation>();
  for (const organisation of organisations) {
    for (const domain of organisation.mailDomains) byDomain.set(mailDomainOf(`@${domain}`), organisation);
    for (const cvr of organisation.cvrNumbers) byCvr.set(cvr, organisation);
    for (const tenant of organisation.entraTenants ?? []) byTenant.set(tenant, organisation);
  }
  return {
    organisations,
    organisationOfDomain: (domain) => byDomain.get(domain) ?? null,
    organisationOfCvr: (cvr) => byCvr.get(cvr) ?? null,
    organisationOfTenant: (tenant) => byTenant.get(tenant) ?? null,
  };
}

/** What the organisation is called in a sentence; the genitive takes an -s (ux.md section 4). */
export function homeWordOf({ homeWord }: Pick<Organisation, 'homeWord'>): string {
  return homeWord ?? 'organisationen';
}

/** The secure mailbox with this address (lower case), or null when the address is an ordinary mailbox. */
export function secureMailboxOf(organisation: Organisation, address: string): SecureMailbox | null {
  return organisation.secureMailboxes.find((mailbox) => mailbox.address === address) ?? null;
}

/** The key by which a sender is looked up: the CVR number, the contact point id, or `own` for the short e-Boks form. */
export function senderKey(sender: SenderReference): string {
  return sender.kind === 'cvr' ? sender.cvr : sender.kind === 'contact-point' ? sender.id : 'own';
}

/**
 * Who stands as sender when an address names a CVR number (the organisation's name), a contact point (its name), or
 * neither (the first CVR number); features A2.4 and A2.5. Null when it is not one of this organisation's.
 */
export function memoSenderOf(organisation: Organisation, sender: SenderReference): MemoSender | null {
  const firstCvr = organisation.cvrNumbers[0] ?? '';
  switch (sender.kind) {
    case 'own-cvr':
      return { cvr: firstCvr, label: organisation.name, contactPoint: null };
    case 'cvr':
      return organisation.cvrNumbers.includes(sender.cvr)
        ? { cvr: sender.cvr, label: organisation.name, contactPoint: null }
        : null;
    case 'contact-point': {
      const contactPoint = organisation.contactPoints.find((point) => point.id === sender.id);
      return contactPoint ? { cvr: firstCvr, label: contactPoint.name, contactPoint } : null;
    }
  }
}

/** Whether this mailbox may send as that sender: it must stand in its list (formats.md, corner case 7). */
export function mayUseSender(organisation: Organisation, mailbox: SecureMailbox, sender: SenderReference): boolean {
  const key = sender.kind === 'own-cvr' ? (organisation.cvrNumbers[0] ?? '') : senderKey(sender);
  return mailbox.senders.includes(key);
}

/** Those of the approvers who can be written to; one who is known by object id alone looks in the add-in. */
export function approverAddresses(approvers: readonly string[]): readonly string[] {
  return approvers.filter((approver) => approver.includes('@'));
}

/**
 * Whether two addresses are one person's: the same, or the same name before the "@" in two domains of the organisation,
 * a tag after "+" left out. Two people who share a name so count as one, for it decides who may not say yes.
 */
export function isSamePerson({ mailDomains }: Organisation, a: string, b: string): boolean {
  const key = (address: string) => {
    const normal = normaliseMailAddress(address);
    const name = normal.slice(0, Math.max(normal.lastIndexOf('@'), 0)).replace(/\+.*$/, '');
    return isInDomains(normal, mailDomains) ? name : `${name}@${mailDomainOf(normal)}`;
  };
  return normaliseMailAddress(a) === normaliseMailAddress(b) || (key(a) !== '' && key(a) === key(b));
}

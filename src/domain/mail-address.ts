import { canonicalDomain } from './domain-name.ts';
import { wellFormed } from './unicode-pattern.ts';

/**
 * A mail address in the one spelling in which addresses are compared: lower case, composed (NFC), blanks around it and
 * the domain's trailing dot gone, international domains in their own letters. Text without "@" comes back lower case.
 */
export function normaliseMailAddress(text: string): string {
  const address = wellFormed(text).trim();
  // No address is this long (RFC 5321), and normalize takes quadratic time on a run of accents.
  if (address.length > addressCharactersExamined) return address.toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 0) return address.normalize('NFC').toLowerCase();
  return `${address.slice(0, at).normalize('NFC').toLowerCase()}@${canonicalDomain(address.slice(at + 1))}`;
}

const addressCharactersExamined = 1000;

/** What follows the last "@", in its one spelling; "" when there is none. */
export function mailDomainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? '' : canonicalDomain(address.slice(at + 1).trim());
}

/** True when the address's domain is one of these, and not merely ends like one: evil-kommune.example is a stranger. */
export function isInDomains(address: string, domains: readonly string[]): boolean {
  const domain = mailDomainOf(address);
  return domain !== '' && domains.some((candidate) => canonicalDomain(candidate.trim()) === domain);
}

import { isContactPointId } from '../../domain/contact-point.ts';
import { isCvrNumber } from '../../domain/cvr-number.ts';
import type { compose } from '../texts/da.ts';

/** Why an address is wrong, as a key of the screen's words. */
export type AddressFault = Extract<keyof typeof compose, `addr.${string}`>;

/**
 * What is wrong with an address under digital-post.dk, in the few words that a row has room for; null where none of them
 * fits. What the gateway says at length is in domain/malformed-address.ts.
 */
export function addressFault(text: string): AddressFault | null {
  const lower = text.trim().toLowerCase().replace(/\.$/, '');
  const at = lower.lastIndexOf('@');
  const local = lower.slice(0, Math.max(at, 0));
  const domain = lower.slice(at + 1);
  return domainFault(domain) ?? (/^masse?for/.test(local) ? massFault(local, domain) : localFault(local));
}

function domainFault(domain: string): AddressFault | null {
  if (domain === 'digital-post.dk') return null;
  const [, sender, channel] = /^(?:(.*)\.)?(ngdp|mitdk|eboks)\.digital-post\.dk$/.exec(domain) ?? [];
  if (channel === undefined) return 'addr.channel';
  if (sender !== undefined && (isCvrNumber(sender) || (isContactPointId(sender) && channel !== 'eboks'))) return null;
  return 'addr.sender';
}

function massFault(local: string, domain: string): AddressFault | null {
  if (!domain.endsWith('ngdp.digital-post.dk')) return 'addr.massMitdk';
  if (local.includes('reply')) return 'addr.massReply';
  return /^masseforsendelse-?$/.test(local) ? 'addr.count' : null;
}

function localFault(local: string): AddressFault | null {
  const [, digits = '', rest = ''] = /^(\d*)(.*)$/s.exec(local) ?? [];
  if (digits.length !== 10 && digits.length !== 8) return 'addr.digits';
  if (rest.replace(/^-reply(?![a-z0-9])/, '').includes('reply')) return 'addr.reply';
  return rest.includes('.') ? 'addr.point' : null;
}

import { isContactPointId } from './contact-point.ts';
import { isCvrNumber } from './cvr-number.ts';

/** What is wrong with an address under digital-post.dk, by name; `malformed-address.ts` has the sentences. */
export type AddressFault =
  | 'too-long' | 'blank' | 'foreign-signs' | 'strange-sign' | 'no-at' | 'two-ats'
  | 'ending' | 'sender-missing' | 'sender-digits' | 'sender-point' | 'sender-form' | 'eboks-sender-point'
  | 'mass-mitdk' | 'mass-eboks' | 'mass-reply' | 'mass-point' | 'mass-form'
  | 'count-missing' | 'count-extra-hyphen' | 'count-hyphen' | 'count-form' | 'count-zero' | 'count-leading-zero' | 'count-large'
  | 'number-hyphen' | 'number-missing' | 'number-digits'
  | 'eboks-reply' | 'eboks-point' | 'eboks-form' | 'reply-place' | 'point-form' | 'rest' | 'unreadable';

/** An address in two, for the search of its fault: lower case, without the domain's trailing dot. */
export interface AddressParts {
  readonly local: string;
  readonly domain: string;
}

const examinedCharactersMax = 1000;

export function addressParts(text: string): AddressParts {
  const lower = text.slice(0, examinedCharactersMax).toLowerCase().replace(/\.$/, '');
  const at = lower.lastIndexOf('@');
  return { local: at < 0 ? '' : lower.slice(0, at), domain: lower.slice(at + 1) };
}

/** Why the gateway's grammar does not take an address: the first thing a person would put right. */
export function addressFault(text: string): AddressFault {
  const { local, domain } = addressParts(text);
  return signFault(text) ?? senderFaultOf(domain) ?? localFault(local, domain) ?? 'unreadable';
}

/** A sign that has no place in an address; null when there is none. */
export function strangeSign(text: string): string | null {
  return /[^a-z0-9.@-]/.exec(text.slice(0, examinedCharactersMax).toLowerCase())?.[0] ?? null;
}

function signFault(text: string): AddressFault | null {
  if (text.length > 256) return 'too-long';
  if (/[\s\0-\x1f\x7f-\x9f]/.test(text)) return 'blank';
  if (/[^\0-\x7f]/.test(text)) return 'foreign-signs';
  if (strangeSign(text) !== null) return 'strange-sign';
  if (!text.includes('@')) return 'no-at';
  return text.indexOf('@') === text.lastIndexOf('@') ? null : 'two-ats';
}

/** What is wrong behind the "@"; null when nothing is. */
export function senderFaultOf(domain: string): AddressFault | null {
  if (domain === 'digital-post.dk') return null;
  if (!domain.endsWith('.digital-post.dk')) return 'ending';
  const labels = domain.slice(0, -'.digital-post.dk'.length).split('.');
  const channel = labels.pop() ?? '';
  if (!['ngdp', 'mitdk', 'eboks'].includes(channel)) return 'ending';
  const sender = labels.join('.');
  if (isCvrNumber(sender)) return null;
  if (isContactPointId(sender)) return channel === 'eboks' ? 'eboks-sender-point' : null;
  if (sender === '') return 'sender-missing';
  if (/^[0-9]+$/.test(sender)) return 'sender-digits';
  return /^[0-9a-f-]+$/.test(sender) ? 'sender-point' : 'sender-form';
}

function localFault(local: string, domain: string): AddressFault | null {
  if (/^masse?for/.test(local)) return massFault(local, domain);
  const isEboks = domain === 'digital-post.dk' || domain.endsWith('.eboks.digital-post.dk');
  return numberFault(local) ?? (isEboks ? eboksFault(local) : restFault(local));
}

function massFault(local: string, domain: string): AddressFault {
  if (domain.endsWith('.mitdk.digital-post.dk')) return 'mass-mitdk';
  if (!domain.endsWith('.ngdp.digital-post.dk')) return 'mass-eboks';
  if (local.includes('reply')) return 'mass-reply';
  const count = /^masseforsendelse-(.*)$/.exec(local)?.[1];
  if (count === undefined) return 'mass-form';
  return /^[0-9]*\.(?![0-9]{3}(?:\.|$))/.test(count) ? 'mass-point' : countFault(count);
}

function countFault(count: string): AddressFault {
  if (count === '') return 'count-missing';
  if (/^-+$/.test(count)) return 'count-extra-hyphen';
  if (count.startsWith('-')) return 'count-hyphen';
  if (!/^[0-9]+$/.test(count)) return 'count-form';
  if (/^0+$/.test(count)) return 'count-zero';
  return count.startsWith('0') ? 'count-leading-zero' : 'count-large';
}

/** How many digits an address begins with. */
export function leadingDigits(local: string): number {
  return /^[0-9]*/.exec(local)?.[0].length ?? 0;
}

function numberFault(local: string): AddressFault | null {
  const digits = leadingDigits(local);
  if (/^[0-9]{6}-[0-9]{4}(?![0-9])/.test(local)) return 'number-hyphen';
  if (digits === 10 || digits === 8) return null;
  return digits === 0 ? 'number-missing' : 'number-digits';
}

function eboksFault(local: string): AddressFault {
  if (local.includes('reply')) return 'eboks-reply';
  return local.includes('.') ? 'eboks-point' : 'eboks-form';
}

function restFault(local: string): AddressFault | null {
  const rest = local.replace(/^[0-9]+/, '').replace(/^-reply(?![a-z0-9])/, '');
  if (rest.includes('reply')) return 'reply-place';
  if (rest.startsWith('.')) return 'point-form';
  return rest === '' ? null : 'rest';
}

import { addressReason, type MalformedReason } from './address-reason.ts';
import { isContactPointId } from './contact-point.ts';
import { isCvrNumber } from './cvr-number.ts';
import { maskedAddress } from './masked-address.ts';

/** What is wrong with an address under digital-post.dk: parameters of the Problem `address-malformed`, CPR masked. */
export function malformedReason(text: string): { address: string; reason: string; example: string } {
  const parts = addressParts(text);
  return { address: maskedAddress(text), reason: sentences[addressReason(text)](parts), example: exampleFor(parts) };
}

/** An address in two, lower case, without the domain's trailing dot. */
interface AddressParts {
  readonly text: string;
  readonly local: string;
  readonly domain: string;
}

const examinedCharactersMax = 1000;

function addressParts(text: string): AddressParts {
  const lower = text.slice(0, examinedCharactersMax).toLowerCase().replace(/\.$/, '');
  const at = lower.lastIndexOf('@');
  return { text, local: at < 0 ? '' : lower.slice(0, at), domain: lower.slice(at + 1) };
}

const sentences: Readonly<Record<MalformedReason, (parts: AddressParts) => string>> = {
  signs: ({ text }) => signFault(text),
  channel: () => 'den skal ende på ngdp.digital-post.dk, mitdk.digital-post.dk eller eboks.digital-post.dk',
  sender: ({ domain }) => senderFault(domain.replace(/\.?[a-z]+\.digital-post\.dk$/, '')),
  eboks: ({ local, domain }) => eboksFault(local, domain),
  massMitdk: ({ domain }) => `masseforsendelse findes kun i Digital Post, ikke i ${domain.endsWith('.mitdk.digital-post.dk') ? 'mit.dk' : 'e-Boks'}`,
  massReply: () => 'en masseforsendelse kan ikke besvares, så -reply må ikke stå i adressen',
  count: ({ local }) => missingCount(local),
  countForm: ({ local }) => countFault(local.replace('masseforsendelse-', '')),
  hyphen: () => 'CPR-nummeret skal skrives uden bindestreg, altså 10 cifre i træk',
  digits: ({ local }) => digitsFault(leadingDigits(local)),
  reply: () => '-reply skal stå lige efter nummeret',
  point: () => 'modtagerens kontaktpunkt efter punktummet er ikke skrevet helt',
  rest: () => 'efter nummeret må kun stå -reply eller et punktum og et kontaktpunkt',
};

function signFault(text: string): string {
  if (text.length > 256) return 'adressen er alt for lang';
  if (/[\s\p{Cc}]/u.test(text)) return 'der må ikke være mellemrum i adressen';
  if (/[^\0-\x7f]/u.test(text)) return 'den har tegn, der ligner almindelige bogstaver eller tal, men er andre tegn';
  const strange = /[^a-z0-9.@-]/i.exec(text);
  if (strange !== null) return `tegnet ${strange[0]} må ikke stå i adressen`;
  if (!text.includes('@')) return 'der mangler et @ i adressen';
  return text.indexOf('@') === text.lastIndexOf('@') ? 'den kan ikke læses' : 'der må kun være ét @ i adressen';
}

function senderFault(sender: string): string {
  if (sender === '') return 'afsenderen mangler lige efter @: et CVR-nummer på 8 cifre eller et kontaktpunkt';
  if (/^[0-9]+$/.test(sender)) {
    return `afsenderens CVR-nummer efter @ skal have 8 cifre, men har ${String(sender.length)}`;
  }
  if (/^[0-9a-f-]+$/.test(sender)) return 'afsenderens kontaktpunkt efter @ er ikke skrevet rigtigt';
  return 'afsenderen efter @ skal være et CVR-nummer på 8 cifre eller et kontaktpunkt';
}

function eboksFault(local: string, domain: string): string {
  if (isContactPointId(domain.split('.')[0] ?? '')) return 'kontaktpunkter findes ikke i e-Boks, så efter @ skal stå et CVR-nummer';
  if (local.includes('reply')) return 'en besked til e-Boks kan ikke besvares, så -reply må ikke stå i adressen';
  if (local.includes('.')) return 'kontaktpunkter findes ikke i e-Boks, så foran @ må kun stå et nummer';
  return 'foran @ må kun stå et nummer på 10 eller 8 cifre';
}

function missingCount(local: string): string {
  if (!local.startsWith('masseforsendelse-')) return 'der skal stå masseforsendelse- og antallet af modtagere foran @';
  return local === 'masseforsendelse-' ? 'antallet af modtagere mangler' : 'antallet af modtagere mangler, og der er en bindestreg for meget';
}

function countFault(count: string): string {
  if (/^[0-9]*\.(?![0-9]{3}(?:\.|$))/.test(count)) {
    return 'en masseforsendelse kan ikke gå til et bestemt kontaktpunkt, så efter antallet må intet stå før @';
  }
  if (count.startsWith('-')) return 'antallet af modtagere må ikke have bindestreg eller minus foran';
  if (!/^[0-9]+$/.test(count)) return 'antallet af modtagere skal være et helt tal og kun cifre';
  if (/^0+$/.test(count)) return 'antallet af modtagere må ikke være 0';
  if (count.startsWith('0')) return 'antallet af modtagere må ikke have nuller foran';
  return 'antallet af modtagere er for stort';
}

function digitsFault(digits: number): string {
  return digits === 0
    ? 'modtagerens nummer mangler: 10 cifre for en borger, 8 for en virksomhed'
    : `nummeret skal have 10 eller 8 cifre, men har ${String(digits)}`;
}

function leadingDigits(local: string): number {
  return /^[0-9]*/.exec(local)?.[0].length ?? 0;
}

// A CVR number stands for the recipient, for a CPR number would be masked. What was right in the address is kept.
function exampleFor({ local, domain }: AddressParts): string {
  const own = isWhole(domain) ? domain : `35833684.${channelMeant(domain)}.digital-post.dk`;
  if (local.startsWith('masse')) {
    return `masseforsendelse-25@${own.endsWith('.ngdp.digital-post.dk') ? own : '35833684.ngdp.digital-post.dk'}`;
  }
  const isEboks = own === 'digital-post.dk' || own.endsWith('.eboks.digital-post.dk');
  return `12345678${local.includes('reply') && !isEboks ? '-reply' : ''}@${own}`;
}

/** What stands behind the "@" is as it should be. */
function isWhole(domain: string): boolean {
  if (domain === 'digital-post.dk') return true;
  const [, sender = '', channel] = /^([^.]+)\.(ngdp|mitdk|eboks)\.digital-post\.dk$/.exec(domain) ?? [];
  return isCvrNumber(sender) || (isContactPointId(sender) && channel !== 'eboks');
}

function channelMeant(domain: string): string {
  if (domain.includes('mitdk')) return 'mitdk';
  return domain.includes('eboks') ? 'eboks' : 'ngdp';
}

import { maskCprNumbersIn } from './cpr-number.ts';
import { isContactPointId } from './contact-point.ts';
import { isCvrNumber } from './cvr-number.ts';
import { skeletonOf } from './look-alike.ts';

/** What is wrong with an address under digital-post.dk: parameters of the Problem `address-malformed`, CPR masked. */
export function malformedReason(text: string): { address: string; reason: string; example: string } {
  const lower = text.slice(0, examinedCharactersMax).toLowerCase().replace(/\.$/, '');
  const at = lower.lastIndexOf('@');
  const local = at < 0 ? '' : lower.slice(0, at);
  const domain = lower.slice(at + 1);
  const reason = signFault(text, lower) ?? domainFault(domain) ?? localFault(local, domain) ?? 'den kan ikke læses';
  return { address: maskedAddress(text), reason, example: exampleFor(local, domain) };
}

const examinedCharactersMax = 1000;

function signFault(text: string, lower: string): string | null {
  if (text.length > 256) return 'adressen er alt for lang';
  if (/[\s\p{Cc}]/u.test(text)) return 'der må ikke være mellemrum i adressen';
  if (/[^\0-\x7f]/u.test(text)) return 'den har tegn, der ligner almindelige bogstaver eller tal, men er andre tegn';
  const strange = /[^a-z0-9.@-]/.exec(lower);
  if (strange !== null) return `tegnet ${strange[0]} må ikke stå i adressen`;
  if (!lower.includes('@')) return 'der mangler et @ i adressen';
  if (lower.indexOf('@') !== lower.lastIndexOf('@')) return 'der må kun være ét @ i adressen';
  return null;
}

function domainFault(domain: string): string | null {
  if (domain === 'digital-post.dk') return null;
  if (!domain.endsWith('.digital-post.dk')) return wrongEnding;
  const labels = domain.slice(0, -'.digital-post.dk'.length).split('.');
  const channel = labels.pop() ?? '';
  if (!['ngdp', 'mitdk', 'eboks'].includes(channel)) return wrongEnding;
  const sender = labels.join('.');
  if (isCvrNumber(sender)) return null;
  if (isContactPointId(sender)) {
    return channel === 'eboks' ? 'kontaktpunkter findes ikke i e-Boks, så efter @ skal stå et CVR-nummer' : null;
  }
  return senderFault(sender);
}

const wrongEnding = 'den skal ende på ngdp.digital-post.dk, mitdk.digital-post.dk eller eboks.digital-post.dk';

function senderFault(sender: string): string {
  if (sender === '') return 'afsenderen mangler lige efter @: et CVR-nummer på 8 cifre eller et kontaktpunkt';
  if (/^[0-9]+$/.test(sender)) {
    return `afsenderens CVR-nummer efter @ skal have 8 cifre, men har ${String(sender.length)}`;
  }
  if (/^[0-9a-f-]+$/.test(sender)) return 'afsenderens kontaktpunkt efter @ er ikke skrevet rigtigt';
  return 'afsenderen efter @ skal være et CVR-nummer på 8 cifre eller et kontaktpunkt';
}

function localFault(local: string, domain: string): string | null {
  if (/^masse?for/.test(local)) return massFault(local, domain);
  const isEboks = domain === 'digital-post.dk' || domain.endsWith('.eboks.digital-post.dk');
  return idFault(local) ?? (isEboks ? eboksFault(local) : restFault(local));
}

function massFault(local: string, domain: string): string {
  if (domain.endsWith('.mitdk.digital-post.dk')) return 'masseforsendelse findes kun i Digital Post, ikke i mit.dk';
  if (!domain.endsWith('.ngdp.digital-post.dk')) return 'masseforsendelse findes kun i Digital Post, ikke i e-Boks';
  if (local.includes('reply')) return 'en masseforsendelse kan ikke besvares, så -reply må ikke stå i adressen';
  const count = /^masseforsendelse-(.*)$/.exec(local)?.[1];
  if (count !== undefined && /^[0-9]*\.(?![0-9]{3}(?:\.|$))/.test(count)) {
    return 'en masseforsendelse kan ikke gå til et bestemt kontaktpunkt, så efter antallet må intet stå før @';
  }
  if (count === undefined) return 'der skal stå masseforsendelse- og antallet af modtagere foran @';
  return countFault(count);
}

function countFault(count: string): string {
  if (count === '') return 'antallet af modtagere mangler';
  if (/^-+$/.test(count)) return 'antallet af modtagere mangler, og der er en bindestreg for meget';
  if (count.startsWith('-')) return 'antallet af modtagere må ikke have bindestreg eller minus foran';
  if (!/^[0-9]+$/.test(count)) return 'antallet af modtagere skal være et helt tal og kun cifre';
  if (/^0+$/.test(count)) return 'antallet af modtagere må ikke være 0';
  if (count.startsWith('0')) return 'antallet af modtagere må ikke have nuller foran';
  return 'antallet af modtagere er for stort';
}

function idFault(local: string): string | null {
  const digits = /^[0-9]*/.exec(local)?.[0].length ?? 0;
  if (/^[0-9]{6}-[0-9]{4}(?![0-9])/.test(local)) return 'CPR-nummeret skal skrives uden bindestreg, altså 10 cifre i træk';
  if (digits === 10 || digits === 8) return null;
  return digits === 0
    ? 'modtagerens nummer mangler: 10 cifre for en borger, 8 for en virksomhed'
    : `nummeret skal have 10 eller 8 cifre, men har ${String(digits)}`;
}

function eboksFault(local: string): string | null {
  if (local.includes('reply')) return 'en besked til e-Boks kan ikke besvares, så -reply må ikke stå i adressen';
  if (local.includes('.')) return 'kontaktpunkter findes ikke i e-Boks, så foran @ må kun stå et nummer';
  return 'foran @ må kun stå et nummer på 10 eller 8 cifre';
}

function restFault(local: string): string | null {
  const rest = local.replace(/^[0-9]+/, '').replace(/^-reply(?![a-z0-9])/, '');
  if (rest.includes('reply')) return '-reply skal stå lige efter nummeret';
  if (rest.startsWith('.')) return 'modtagerens kontaktpunkt efter punktummet er ikke skrevet helt';
  if (rest === '') return null;
  return 'efter nummeret må kun stå -reply eller et punktum og et kontaktpunkt';
}

// A CVR number stands for the recipient, for a CPR number would be masked. What was right in the address is kept.
function exampleFor(local: string, domain: string): string {
  const own = domainFault(domain) === null ? domain : `35833684.${channelMeant(domain)}.digital-post.dk`;
  if (local.startsWith('masse')) {
    return `masseforsendelse-25@${own.endsWith('.ngdp.digital-post.dk') ? own : '35833684.ngdp.digital-post.dk'}`;
  }
  const isEboks = own === 'digital-post.dk' || own.endsWith('.eboks.digital-post.dk');
  return `12345678${local.includes('reply') && !isEboks ? '-reply' : ''}@${own}`;
}

function channelMeant(domain: string): string {
  if (domain.includes('mitdk')) return 'mitdk';
  return domain.includes('eboks') ? 'eboks' : 'ngdp';
}

const maskedCharactersMax = 120;

/**
 * An address that could not be read, fit to be shown: also nine, eleven or more digits in a row hold most of a CPR
 * number, and so do digits of other scripts, or with a sign among them.
 */
function maskedAddress(text: string): string {
  const plain = skeletonOf(text.slice(0, 4 * maskedCharactersMax));
  const looksPlain = /^[\x20-\x7e]*$/.test(text);
  const shown = maskCprNumbersIn((looksPlain ? text : plain).slice(0, 4 * maskedCharactersMax));
  const masked = shown.replace(guidOrDigits, (match, guid: string | undefined) =>
    guid !== undefined ? match : maskedDigits(match),
  );
  return masked.length <= maskedCharactersMax ? masked : `${masked.slice(0, maskedCharactersMax - 1)}…`;
}

const guidOrDigits = /([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|[0-9](?:[^0-9@a-z.]?[0-9]){8,}/gi;

function maskedDigits(run: string): string {
  const digits = run.replace(/[^0-9]/g, '');
  const kept = Math.min(6, digits.length - 4);
  return `${digits.slice(0, kept)}-${'x'.repeat(Math.min(digits.length - kept, 12))}`;
}

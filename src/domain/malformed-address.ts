import { addressFault, addressParts, leadingDigits, senderFaultOf, strangeSign, type AddressFault, type AddressParts } from './address-fault.ts';
import { maskCprNumbersIn } from './cpr-number.ts';
import { skeletonOf } from './look-alike.ts';

/** What is wrong with an address under digital-post.dk: parameters of the Problem `address-malformed`, CPR masked. */
export function malformedReason(text: string): { address: string; reason: string; example: string } {
  const parts = addressParts(text);
  return { address: maskedAddress(text), reason: reasonOf(addressFault(text), text, parts), example: exampleFor(parts) };
}

function reasonOf(fault: AddressFault, text: string, { local, domain }: AddressParts): string {
  if (fault === 'strange-sign') return `tegnet ${strangeSign(text) ?? ''} må ikke stå i adressen`;
  if (fault === 'sender-digits') return `afsenderens CVR-nummer efter @ skal have 8 cifre, men har ${String(leadingDigits(domain))}`;
  if (fault === 'number-digits') return `nummeret skal have 10 eller 8 cifre, men har ${String(leadingDigits(local))}`;
  return reasons[fault];
}

const reasons: Readonly<Record<Exclude<AddressFault, 'strange-sign' | 'sender-digits' | 'number-digits'>, string>> = {
  'too-long': 'adressen er alt for lang',
  'blank': 'der må ikke være mellemrum i adressen',
  'foreign-signs': 'den har tegn, der ligner almindelige bogstaver eller tal, men er andre tegn',
  'no-at': 'der mangler et @ i adressen',
  'two-ats': 'der må kun være ét @ i adressen',
  'ending': 'den skal ende på ngdp.digital-post.dk, mitdk.digital-post.dk eller eboks.digital-post.dk',
  'sender-missing': 'afsenderen mangler lige efter @: et CVR-nummer på 8 cifre eller et kontaktpunkt',
  'sender-point': 'afsenderens kontaktpunkt efter @ er ikke skrevet rigtigt',
  'sender-form': 'afsenderen efter @ skal være et CVR-nummer på 8 cifre eller et kontaktpunkt',
  'eboks-sender-point': 'kontaktpunkter findes ikke i e-Boks, så efter @ skal stå et CVR-nummer',
  'mass-mitdk': 'masseforsendelse findes kun i Digital Post, ikke i mit.dk',
  'mass-eboks': 'masseforsendelse findes kun i Digital Post, ikke i e-Boks',
  'mass-reply': 'en masseforsendelse kan ikke besvares, så -reply må ikke stå i adressen',
  'mass-point': 'en masseforsendelse kan ikke gå til et bestemt kontaktpunkt, så efter antallet må intet stå før @',
  'mass-form': 'der skal stå masseforsendelse- og antallet af modtagere foran @',
  'count-missing': 'antallet af modtagere mangler',
  'count-extra-hyphen': 'antallet af modtagere mangler, og der er en bindestreg for meget',
  'count-hyphen': 'antallet af modtagere må ikke have bindestreg eller minus foran',
  'count-form': 'antallet af modtagere skal være et helt tal og kun cifre',
  'count-zero': 'antallet af modtagere må ikke være 0',
  'count-leading-zero': 'antallet af modtagere må ikke have nuller foran',
  'count-large': 'antallet af modtagere er for stort',
  'number-hyphen': 'CPR-nummeret skal skrives uden bindestreg, altså 10 cifre i træk',
  'number-missing': 'modtagerens nummer mangler: 10 cifre for en borger, 8 for en virksomhed',
  'eboks-reply': 'en besked til e-Boks kan ikke besvares, så -reply må ikke stå i adressen',
  'eboks-point': 'kontaktpunkter findes ikke i e-Boks, så foran @ må kun stå et nummer',
  'eboks-form': 'foran @ må kun stå et nummer på 10 eller 8 cifre',
  'reply-place': '-reply skal stå lige efter nummeret',
  'point-form': 'modtagerens kontaktpunkt efter punktummet er ikke skrevet helt',
  'rest': 'efter nummeret må kun stå -reply eller et punktum og et kontaktpunkt',
  'unreadable': 'den kan ikke læses',
};

// A CVR number stands for the recipient, for a CPR number would be masked. What was right in the address is kept.
function exampleFor({ local, domain }: AddressParts): string {
  const own = senderFaultOf(domain) === null ? domain : `35833684.${channelMeant(domain)}.digital-post.dk`;
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
 * An address fit to be shown, also one that could not be read: nine, eleven or more digits in a row hold most of a CPR
 * number, and so do digits of other scripts, or with a sign among them.
 */
export function maskedAddress(text: string): string {
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

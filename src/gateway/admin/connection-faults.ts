import { maskCprNumbersIn } from '../../domain/cpr-number.ts';

/** Names of the settings that an administrator may have to look at. */
export interface SettingNames {
  readonly caFile: string;
  readonly address: string;
}

/** Why there was no answer, by the innermost code of Node, OpenSSL, undici or nodemailer; the code stands there too. */
export function callFault(error: unknown, names: SettingNames): string {
  const faults = withCauses(error);
  const codes = faults.flatMap(({ code }) => (typeof code === 'string' ? [code] : []));
  const code = codes.at(-1) ?? '';
  const message = faults.map((fault) => fault.message ?? '').join(' ');
  const text = CALL_FAULTS.find(({ pattern }) => pattern.test(`${codes.join(' ')} ${message}`))?.text(names);
  return `${text ?? `kaldet gik galt: ${maskCprNumbersIn(faults.at(-1)?.message ?? 'ukendt fejl').slice(0, 200)}`}${code && ` (${code})`}`;
}

interface Fault {
  readonly code?: unknown;
  readonly message?: string;
  readonly cause?: unknown;
}

const CAUSES_MAX = 5;

function withCauses(error: unknown): readonly Fault[] {
  const faults: Fault[] = [];
  for (let at = error; typeof at === 'object' && at !== null && faults.length < CAUSES_MAX; at = (at as Fault).cause) faults.push(at);
  return faults;
}

/** The first that fits counts. */
const CALL_FAULTS: readonly { readonly pattern: RegExp; readonly text: (names: SettingNames) => string }[] = [
  { pattern: /\b(ENOENT|EACCES|EISDIR)\b/, text: () => 'certificateFile eller keyFile kan ikke læses' },
  { pattern: /KEY_VALUES_MISMATCH/, text: () => 'certificateFile og keyFile hører ikke sammen' },
  { pattern: /ERR_OSSL_|ERR_CRYPTO_/, text: () => 'certificateFile eller keyFile er ikke PEM, eller nøglen er låst med adgangskode' },
  { pattern: /ENOTFOUND|EAI_AGAIN|EDNS/, text: ({ address }) => `værten findes ikke. Se efter i ${address}` },
  { pattern: /ERR_INVALID_URL/, text: ({ address }) => `${address} er ikke en adresse` },
  { pattern: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, text: () => 'deres certifikat gælder ikke i dag' },
  { pattern: /ALTNAME_INVALID/, text: ({ address }) => `deres certifikat er til en anden vært end den i ${address}` },
  { pattern: /SELF_SIGNED|UNABLE_TO_|CERT_UNTRUSTED|INVALID_CA/, text: ({ caFile }) => `deres certifikat er ikke udstedt af nogen, vi stoler på. Se efter i ${caFile}` },
  { pattern: /ALERT|HANDSHAKE_FAILURE/, text: () => 'de afviser vores certifikat' },
  { pattern: /ERR_SSL_|EPROTO/, text: ({ address }) => `der tales ikke TLS på den port. Se efter i ${address}` },
  { pattern: /ETLS|STARTTLS/, text: () => 'mailserveren tilbyder ikke STARTTLS, som RELAY_TLS=required kræver' },
  { pattern: /TIMEOUT|ETIMEDOUT/, text: () => 'svarer ikke i tide' },
  { pattern: /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/, text: ({ address }) => `ingen svarer dér. Se efter i ${address}, og om en firewall lukker` },
  { pattern: /ECONNRESET|EPIPE|UND_ERR_SOCKET/, text: () => 'afbryder forbindelsen; oftest fordi vores certifikat bliver afvist' },
];

/** What is wrong with an answer to a call that must be answered 200 with a JSON object; null when nothing is. */
export function answerFault({ status, body }: { readonly status: number; readonly body: string }, urlName: string): string | null {
  const wrongPlace = `Se efter, at ${urlName} er rigtig og slutter med /`;
  if (status === 200) return isJsonObject(body) ? null : `svarer, men ikke som en postløsning. ${wrongPlace}`;
  if (status === 401) return 'svarer, men kender ikke systemId og apiKey (401)';
  if (status === 403) return 'svarer, men afviser os (403): certifikatet hører ikke til systemId, eller systemet må ikke dette';
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) return `svarer, men ikke på den adresse (${status}). ${wrongPlace}`;
  if (status === 429 || status >= 500) return `svarer, men har en fejl eller for travlt (${status}). Prøv igen senere`;
  return `svarer, men afviser kaldet (${status})`;
}

function isJsonObject(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

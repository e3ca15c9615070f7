import type { RegisterUnavailable } from './registers.ts';

/** How people call one door of a register, for the sentences that tell of its faults. */
export interface DoorWords {
  /** What is asked for: "CPR" or "CVR". */
  readonly register: string;
  /** Who answers there, e.g. "Datafordelerens tokentjeneste". */
  readonly host: string;
  /** The setting that holds its address. */
  readonly address: string;
  /** What we log on with, as it is called in the settings. */
  readonly credentials: string;
  /** The setting that holds the version, or null where the address itself does. */
  readonly version: string | null;
}

/** Everything that can stand between us and an answer. */
export type FaultKind =
  | 'not-connected' | 'no-access-kind' | 'secret-unreadable' | 'certificate-unreadable' | 'certificate-refused'
  | 'untrusted' | 'host-unknown' | 'unreachable' | 'no-tls' | 'cut-off' | 'timeout' | 'given-up' | 'queue-full'
  | 'credentials-refused' | 'token-refused' | 'ip-refused' | 'no-data-access' | 'forbidden'
  | 'query-refused' | 'retired' | 'busy' | 'broken' | 'wrong-address' | 'in-the-clear' | 'unreadable' | 'unexpected';

/**
 * Why a register gave no answer. Its message is the kind and a code and nothing else: what a register wrote, an address
 * or a cause could hold a CPR number, a name or a key, and so is never taken along.
 */
export class RegisterFault extends Error {
  readonly kind: FaultKind;
  /** An error code of the machine's, the register's or HTTP's, e.g. "ECONNREFUSED", "DAF-AUTH-0001", "HTTP 503". */
  readonly code: string | null;
  readonly words: DoorWords;

  constructor(kind: FaultKind, words: DoorWords, code: string | null = null) {
    const harmless = harmlessCode(code);
    super(harmless === null ? kind : `${kind} (${harmless})`);
    this.name = 'RegisterFault';
    this.kind = kind;
    this.code = harmless;
    this.words = words;
  }

  /** True for a fault that any further question would meet as well; the others may lie in the one answer. */
  get isWhole(): boolean {
    return !['unreadable', 'unexpected', 'query-refused'].includes(this.kind);
  }
}

/** What the caseworker is told. */
export function unavailableOf({ kind, words }: RegisterFault): RegisterUnavailable {
  const { reason, text } = FAULTS[kind];
  return { kind: 'unavailable', reason, text: text(words) };
}

/** What the administrator is told: which part is wrong, and where to look. A Danish sentence without its full stop. */
export function administratorText({ kind, words, code }: RegisterFault): string {
  return `${FAULTS[kind].administrator(words)}${code === null ? '' : ` (${code})`}`;
}

const CODE_MAX_LENGTH = 60;

/** A code that could carry anything but a code is left out: the register's word for it is not trusted. */
function harmlessCode(code: string | null): string | null {
  if (code === null || code.length > CODE_MAX_LENGTH) return null;
  return /^[A-Z][A-Z0-9_ -]*$/.test(code) && !/\d{5}/.test(code) ? code : null;
}

interface Meaning {
  readonly reason: RegisterUnavailable['reason'];
  readonly text: (words: DoorWords) => string;
  readonly administrator: (words: DoorWords) => string;
}

const away = ({ register }: DoorWords): string => `${register} svarer ikke lige nu. Prøv igen om lidt.`;
const notSetUp = ({ register }: DoorWords): string => `Opslag i ${register} er ikke sat rigtigt op. Sig det til jeres administrator.`;
const refused = ({ register }: DoorWords): string => `${register} afviser organisationens adgang. Sig det til jeres administrator.`;
const tooBusy = ({ register }: DoorWords): string => `Der slås for meget op i ${register} lige nu. Prøv igen om lidt.`;

const FAULTS: Readonly<Record<FaultKind, Meaning>> = {
  'not-connected': {
    reason: 'no-access',
    text: ({ register }) => `Organisationen har ikke adgang til opslag i ${register}.`,
    administrator: ({ address }) => `organisationen har ikke adgang. Se efter i ${address}`,
  },
  'no-access-kind': {
    reason: 'no-access', text: notSetUp,
    administrator: () => 'organisationen har ingen »lookup.access« i ORGANISATIONS_FILE (authority, public-sender eller company)',
  },
  'secret-unreadable': {
    reason: 'no-access', text: notSetUp,
    administrator: ({ credentials }) => `filen med ${credentials} kan ikke læses, eller den er tom`,
  },
  'certificate-unreadable': {
    reason: 'no-access', text: notSetUp,
    administrator: () =>
      'certificateFile eller keyFile (eller REGISTER_CA_FILE) kan ikke læses, er ikke PEM, er låst med adgangskode eller hører ikke sammen',
  },
  'certificate-refused': {
    reason: 'no-access', text: refused,
    administrator: ({ host }) => `${host} afviser certifikatet. Se efter, at det er det rigtige, og at det gælder i dag`,
  },
  untrusted: {
    reason: 'away', text: notSetUp,
    administrator: ({ host, address }) =>
      `certifikatet hos ${host} er ikke til værten i ${address}, gælder ikke i dag eller er ikke udstedt af nogen, vi stoler på. ` +
      'Se efter i REGISTER_CA_FILE',
  },
  'host-unknown': {
    reason: 'away', text: away,
    administrator: ({ host, address }) => `værten for ${host} findes ikke. Se efter i ${address}`,
  },
  unreachable: {
    reason: 'away', text: away,
    administrator: ({ host, address }) => `${host} kan ikke nås. Se efter i ${address}, og om en firewall lukker`,
  },
  'no-tls': {
    reason: 'away', text: away,
    administrator: ({ host, address }) => `${host} taler ikke TLS på den port. Se efter i ${address}`,
  },
  'cut-off': {
    reason: 'away', text: away,
    administrator: ({ host }) => `${host} afbryder forbindelsen; er der certifikat, er det oftest det, der bliver afvist`,
  },
  timeout: { reason: 'away', text: away, administrator: ({ host }) => `${host} svarer ikke i tide (REGISTER_CALL_TIMEOUT_MS)` },
  'given-up': { reason: 'away', text: away, administrator: ({ host }) => `${host} svarede ikke, mens der blev ventet (LOOKUP_DEADLINE_MS)` },
  'queue-full': { reason: 'limit', text: tooBusy, administrator: () => 'der er for mange opslag i kø (REGISTER_CONCURRENCY)' },
  'credentials-refused': {
    reason: 'no-access', text: refused,
    administrator: ({ host, credentials }) => `${host} kender ikke ${credentials}`,
  },
  'token-refused': {
    reason: 'no-access', text: refused,
    administrator: ({ host, address }) =>
      `${host} tager ikke imod det token, som tokentjenesten gav. Se efter, at ${address} og tokentjenestens adresse hører til samme miljø`,
  },
  'ip-refused': {
    reason: 'no-access', text: refused,
    administrator: ({ host }) => `gatewayens IP-adresse står ikke på listen hos ${host}`,
  },
  'no-data-access': {
    reason: 'no-access', text: refused,
    administrator: ({ register }) =>
      `it-systemet har ingen godkendt Dataadgang til ${register} (eller til den slags adgang, som »lookup.access« siger)`,
  },
  forbidden: {
    reason: 'no-access', text: refused,
    administrator: ({ host, register }) =>
      `${host} nægter adgang: der mangler Dataadgang til ${register}, eller gatewayens IP-adresse står ikke på listen`,
  },
  'query-refused': {
    reason: 'away',
    text: ({ register }) => `${register} tager ikke imod spørgsmålet. Sig det til jeres administrator.`,
    administrator: ({ host, version }) =>
      `${host} tager ikke imod spørgsmålet, som det er stillet${version === null ? '' : `. Se efter i ${version}`}`,
  },
  retired: {
    reason: 'retired',
    text: ({ register }) => `Den udgave af ${register}, som gatewayen bruger, er lukket. Sig det til jeres administrator.`,
    administrator: ({ version, address }) =>
      `udgaven er lukket, eller adressen er forkert. Se efter i ${version === null ? address : `${version} og ${address}`}`,
  },
  busy: { reason: 'limit', text: tooBusy, administrator: ({ host }) => `${host} har for travlt. Prøv igen senere` },
  broken: { reason: 'away', text: away, administrator: ({ host }) => `${host} har en fejl. Prøv igen senere` },
  'wrong-address': {
    reason: 'away', text: notSetUp,
    administrator: ({ host, address }) => `${host} findes ikke på den adresse. Se efter i ${address}`,
  },
  'in-the-clear': {
    reason: 'no-access', text: notSetUp,
    administrator: ({ address }) => `${address} begynder ikke med https, så numre og hemmeligheder kunne læses undervejs`,
  },
  unreadable: {
    reason: 'away',
    text: ({ register }) => `${register} gav et svar, der ikke kan læses. Prøv igen om lidt.`,
    administrator: ({ host, address }) => `svaret fra ${host} kan ikke læses. Se efter i ${address}`,
  },
  unexpected: { reason: 'away', text: away, administrator: ({ host }) => `opslaget hos ${host} gik galt; se i loggen` },
};

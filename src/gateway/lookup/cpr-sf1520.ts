import { isCprNumber } from '../../domain/cpr-number.ts';
import type { LookupSettings, OrganisationLookup } from '../settings/lookup-settings.ts';
import { danishDateIn } from './danish-date.ts';
import { nameOf, type RegisterPerson } from './person-of-register.ts';
import { readSoap, type SoapTexts } from './read-soap.ts';
import { safeAddressOf } from './register-address.ts';
import type { PersonRegister } from './register-adapters.ts';
import { openRegisterDoor, type DoorSettings, type RegisterReply } from './register-door.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';
import { faultOfStatus } from './status-fault.ts';

export type Sf1520Settings = DoorSettings & Pick<LookupSettings, 'SF1520_URL' | 'REGISTER_PAUSE_MS'>;
type Sf1520Entry = Extract<NonNullable<OrganisationLookup['cpr']>, { readonly adapter: 'sf1520' }>;

const WORDS: DoorWords = {
  register: 'CPR', host: 'Serviceplatformen', address: 'SF1520_URL',
  credentials: 'serviceaftalen og systemet (serviceAgreementUuid, userSystemUuid, userUuid, serviceUuid)', version: null,
};
const VERSION = '5';
const NAMESPACE = 'http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/5/';

/**
 * CPR through Serviceplatformen's SF1520, for municipalities (registers-identity.md 1.6): SOAP 1.1, mutual TLS, one number
 * a call. It gives protected names to whoever may ask at all, so its answers are an authority's, whatever `lookup.access` says.
 */
export function openCprSf1520({ settings, entry, retryDelayMs }: {
  readonly settings: Sf1520Settings;
  readonly entry: Sf1520Entry;
  readonly retryDelayMs?: number | undefined;
}): PersonRegister {
  const { certificateFile, keyFile } = entry;
  const door = openRegisterDoor({
    settings, words: WORDS, certificate: { certificateFile, keyFile }, retryDelayMs, pauseMs: settings.REGISTER_PAUSE_MS,
  });
  const findOne = async (cpr: string, signal?: AbortSignal): Promise<RegisterPerson | null> => personOf(await door.call({
    method: 'POST',
    url: safeAddressOf(settings.SF1520_URL, WORDS),
    headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml', soapaction: `"${NAMESPACE}PersonLookup"` },
    body: requestOf(entry, cpr),
    isAnswer: ({ text }) => /<(?:[\w.-]+:)?Fault[\s>]/.test(text),
  }, signal));
  return {
    version: VERSION,
    access: 'authority',
    numbersMax: 1,
    async find(cprNumbers, signal) {
      const found = new Map<string, RegisterPerson>();
      for (const cpr of cprNumbers) {
        const person = await findOne(cpr, signal);
        if (person) found.set(cpr, person);
      }
      return found;
    },
    close: () => door.close(),
  };
}

/** The question by the XSD; UUIDs in lower case, as its pattern wants them. */
function requestOf({ serviceAgreementUuid, userSystemUuid, userUuid, serviceUuid }: Sf1520Entry, cpr: string): string {
  const uuid = (value: string): string => escapeXml(value.toLowerCase());
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
<p:PersonLookupRequest xmlns:p="${NAMESPACE}">
<i:InvocationContext xmlns:i="http://serviceplatformen.dk/xml/schemas/InvocationContext/1/">
<i:ServiceAgreementUUID>${uuid(serviceAgreementUuid)}</i:ServiceAgreementUUID>
<i:UserSystemUUID>${uuid(userSystemUuid)}</i:UserSystemUUID>
<i:UserUUID>${uuid(userUuid)}</i:UserUUID>
<i:ServiceUUID>${uuid(serviceUuid)}</i:ServiceUUID>
</i:InvocationContext>
<c:PNR xmlns:c="http://serviceplatformen.dk/xml/schemas/cpr/PNR/1/">${escapeXml(cpr)}</c:PNR>
</p:PersonLookupRequest>
</soap:Body></soap:Envelope>`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function personOf({ status, text }: RegisterReply): RegisterPerson | null {
  // A fault comes with 500, and from some with 200.
  if (status !== 200 && status !== 500) throw faultOfStatus(status, WORDS);
  const texts = textsOf(text);
  if (texts.has('Body/Fault')) return personOfFault(texts);
  if (!texts.has('Body/PersonLookupResponse')) throw new RegisterFault('unreadable', WORDS);
  const field = (path: string): string | null => texts.get(`Body/PersonLookupResponse/persondata/${path}`) ?? null;
  const isSomebody = ['navn', 'status', 'personnummer'].some((path) => field(path) !== null);
  return isSomebody ? personOfFields(field) : null;
}

function personOfFields(field: (path: string) => string | null): RegisterPerson {
  const current = field('gaeldendePersonnummer');
  return {
    state: STATES[field('status/status') ?? ''] ?? 'alive',
    since: danishDateIn(field('status/statusdato/dato')),
    name: nameOf({
      adresseringsnavn: field('navn/personadresseringsnavn'), fornavne: field('navn/fornavn'),
      mellemnavn: field('navn/mellemnavn'), efternavn: field('navn/efternavn'),
    }),
    protected: PROTECTED[field('adressebeskyttelse/beskyttet') ?? ''] ?? null,
    currentCpr: current !== null && isCprNumber(current) ? current : null,
  };
}

/** xsd:boolean. The element may be left out (minOccurs 0): then nobody has said that the name may be shown. */
const PROTECTED: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

/** Status by number (statusTypeType of the XSD); the others live. */
const STATES: Readonly<Record<string, RegisterPerson['state']>> = {
  30: 'inactive',
  50: 'inactive',
  60: 'inactive',
  70: 'disappeared',
  80: 'emigrated',
  90: 'dead',
};

function textsOf(xml: string): SoapTexts {
  try {
    return readSoap(xml);
  } catch {
    throw new RegisterFault('unreadable', WORDS);
  }
}

/**
 * A number that is nobody's is a fault as well, and only its text says so; the texts are not published, so both languages
 * are looked for, after what speaks of us, our agreement and the service itself.
 */
function personOfFault(texts: SoapTexts): null {
  const said = [...texts].filter(([path]) => SAYING.test(path)).map(([, text]) => text).join(' ').toLowerCase();
  if (/agreement|serviceaftale|context|kontekst|certifi|authori|autoris|permission|rettighed|access denied|adgang/.test(said)) {
    throw new RegisterFault('credentials-refused', WORDS, 'SOAP FAULT');
  }
  if (NOBODY.test(said) && !/service|endpoint|operation/.test(said)) return null;
  throw new RegisterFault('broken', WORDS, 'SOAP FAULT');
}

const SAYING = /^Body\/Fault\/(?:faultstring$|detail\/.*(?:ErrorCode|ErrorText)$)/;
const NOBODY = new RegExp([
  'not.?found', 'ikke.?fundet', 'findes ikke', 'no data', 'ingen data', 'does not exist', 'eksisterer ikke',
  String.raw`(?:pnr|cpr|person(?:nummer)?)\W.{0,40}(?:unknown|ukendt)`, String.raw`(?:unknown|ukendt)\W+(?:pnr|cpr|person)`,
  String.raw`(?:pnr|cpr)\W.{0,40}(?:not valid|invalid|ugyldig)`,
].join('|'));

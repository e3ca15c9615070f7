import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SaxesParser } from 'saxes';
import { currentOf, isProtected, type PersonName, type PersonRecord } from './person-record.ts';
import type { RegisterBook } from './register-book.ts';
import { withTroubles, type Troubles } from './register-door.ts';
import type { RegisterLogOn } from './register-logon.ts';

export interface Sf1520Parts extends Troubles {
  readonly logOn: RegisterLogOn;
  readonly book: RegisterBook;
}

/** Where Serviceplatformen's PersonBaseDataExtended answers. */
export const SF1520_PATH = '/service/CPR/PersonBaseDataExtended/5';
const NAMESPACE = 'http://serviceplatformen.dk/xml/wsdl/soap11/CPR/PersonBaseDataExtended/5/';
const ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const SERVICE_UUID = '4925d7a0-1b5b-11ec-bdc6-b312b83236d4';
const CONTEXT_FIELDS = ['ServiceAgreementUUID', 'UserSystemUUID', 'UserUUID', 'ServiceUUID'] as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Adds SF1520, SOAP 1.1 with the municipality's certificate; whoever is not found is a SoapFault (registers-identity.md 1.6). */
export function addSf1520Route(door: FastifyInstance, parts: Sf1520Parts): void {
  door.post(SF1520_PATH, withTroubles(parts, 'cpr', 'sf1520', async (request, reply) => answer(parts, request, reply)));
}

async function answer({ logOn, book, calls }: Sf1520Parts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const client = logOn.byCertificate(request);
  if (client?.sector !== 'PublicSector') return sendFault(reply, 'Client', 'Not authorized: no service agreement for this certificate');
  const asked = readRequest(String(request.body));
  if (asked === null) return sendFault(reply, 'Client', 'The request is not a valid PersonLookupRequest');
  if (CONTEXT_FIELDS.some((field) => !UUID.test(asked.get(field) ?? '')) || asked.get('ServiceUUID')?.toLowerCase() !== SERVICE_UUID) {
    return sendFault(reply, 'Client', 'Invalid InvocationContext');
  }
  const number = asked.get('PNR') ?? '';
  if (!/^\d{10}$/.test(number)) return sendFault(reply, 'Client', 'PNR is not valid');
  calls.addAsked('cpr', 1);
  const told = book.person(number);
  if (told.kind !== 'person') return sendFault(reply, 'Server', 'PNR not found');
  return send(reply, 200, personXml(told.record, number));
}

/** The texts of the elements within the body, by local name; null for what is no PersonLookupRequest. */
function readRequest(xml: string): ReadonlyMap<string, string> | null {
  const texts = new Map<string, string>();
  const path: string[] = [];
  let sound = !/<!DOCTYPE/i.test(xml);
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => (sound = false));
  parser.on('opentag', ({ local, uri }) => {
    path.push(local);
    if (path.length === 1) sound &&= local === 'Envelope' && uri === ENVELOPE;
    if (path.length === 3) sound &&= path[1] !== 'Body' || (local === 'PersonLookupRequest' && uri === NAMESPACE);
  });
  parser.on('text', (text) => void texts.set(path.at(-1) ?? '', (texts.get(path.at(-1) ?? '') ?? '') + text.trim()));
  parser.on('closetag', () => void path.pop());
  parser.write(xml).close();
  return sound && texts.has('PNR') ? texts : null;
}

/** CPR's own number of a status (SF1520 XSD, statusTypeType). */
const STATUS_NUMBERS: Readonly<Record<string, number>> = {
  bopael_i_danmark: 1, bopael_i_danmark_hoej_vejkode: 3, bopael_i_groenland: 5, bopael_i_groenland_hoej_vejkode: 7,
  ej_bopael: 20, annulleret: 30, nedlagt_person: 50, forsvundet: 70, udrejst: 80, doed: 90,
};
const NUMBER_CHANGED = 60;

function personXml(person: PersonRecord, asked: string): string {
  const current = currentOf(person.personnumre)?.personnummer ?? asked;
  const since = person.statusdato?.slice(0, 10);
  const status = current === asked ? (STATUS_NUMBERS[person.status] ?? 1) : NUMBER_CHANGED;
  const name = currentOf(person.navne);
  const has = (type: string): boolean => person.beskyttelser.some(({ beskyttelsestype }) => beskyttelsestype === type);
  return element('PersonLookupResponse', [
    element('persondata', [
      element('personnummer', [asked]),
      element('gaeldendePersonnummer', [current]),
      name === null ? '' : nameXml(name),
      element('antalBoernUnder18', ['0']),
      element('status', [element('status', [String(status)]), since === undefined ? '' : element('statusdato', [element('dato', [since])])]),
      element('adressebeskyttelse', [element('beskyttet', [String(isProtected(person))])]),
      element('markedsfoeringsbeskyttelse', [element('beskyttet', [String(has('markedsfoering'))])]),
    ]),
  ], ` xmlns="${NAMESPACE}"`);
}

function nameXml({ adresseringsnavn, fornavne, mellemnavn, efternavn }: PersonName): string {
  const part = (tag: string, text: string | null): string => (text === null ? '' : element(tag, [escaped(text)]));
  return element('navn', [
    element('personadresseringsnavn', [escaped(adresseringsnavn ?? [fornavne, mellemnavn, efternavn].filter(Boolean).join(' '))]),
    part('fornavn', fornavne), part('mellemnavn', mellemnavn), part('efternavn', efternavn),
  ]);
}

function sendFault(reply: FastifyReply, side: 'Client' | 'Server', text: string): FastifyReply {
  // faultcode and faultstring belong to no namespace (SOAP 1.1, section 4.4).
  return send(reply, 500, `<soap:Fault><faultcode>soap:${side}</faultcode><faultstring>${escaped(text)}</faultstring></soap:Fault>`);
}

function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${ENVELOPE}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
  return reply.code(status).type('text/xml; charset=utf-8').send(xml);
}

function element(tag: string, inner: readonly string[], attributes = ''): string {
  return `<${tag}${attributes}>${inner.join('')}</${tag}>`;
}

function escaped(text: string): string {
  return text.replace(/[<>&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '>' ? '&gt;' : '&amp;'));
}

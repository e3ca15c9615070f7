import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asPrivate } from './cpr-graphql.ts';
import { currentOf, type PersonAddress, type PersonRecord } from './person-record.ts';
import type { RegisterBook } from './register-book.ts';
import type { CprSector, RegisterClient } from './register-clients.ts';
import { withTroubles, type Troubles } from './register-door.ts';
import type { RegisterLogOn } from './register-logon.ts';

export interface RestParts extends Troubles {
  readonly logOn: RegisterLogOn;
  readonly book: RegisterBook;
}

const PUBLIC_SERVICE = /^CprPerson(Full|Medium|Small)(Simple|Complete)$/i;
const PRIVATE_SERVICE = /^CprPrivatePNR$/i;
const PUBLIC_METHOD = /^Person(Full|Medium|Small)(Current)?List(Simple|Complete)$/i;
const PRIVATE_METHOD = /^PrivatePersonCurrentPNR$/i;
/** Statuses that private access does not hear of (registers-identity.md 1.5). */
const CLOSED: ReadonlySet<string> = new Set(['nedlagt_person', 'annulleret']);

/**
 * Adds Datafordeleren's old REST (registers-identity.md 1.5): for authorities lists of elements, for private access objects.
 * Who calls is told by the certificate, or by `username` and `password` in the address where the door demands none.
 */
export function addRestRoutes(door: FastifyInstance, parts: RestParts): void {
  door.get<{ Params: { service: string; method: string } }>(
    '/CPR/:service/:version/rest/:method',
    withTroubles(parts, 'cpr', 'rest', async (request, reply) => answer(parts, request, reply)) as never,
  );
}

async function answer(parts: RestParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { service, method } = request.params as { readonly service: string; readonly method: string };
  const sector = sectorOf(service, method);
  if (sector === null) return reply.code(404).send();
  const client = callerOf(parts.logOn, request);
  if (client === null) return reply.code(401).send();
  const { addressAllowed, cprGranted } = parts.settings.switches;
  if (client.sector !== sector || !addressAllowed || !cprGranted) return reply.code(403).send();
  const numbers = numbersIn(request.query as Query);
  if (numbers === null) return reply.code(400).type('application/json').send(JSON.stringify({ error: 'pnr.personnummer.eq or .wi is required, once' }));
  parts.calls.addAsked('cpr', numbers.length);
  const persons = parts.book.persons(numbers);
  const shown = sector === 'PublicSector' ? persons.map(publicPerson) : persons.filter(({ status }) => !CLOSED.has(status)).map(privatePerson);
  return reply.header('cache-control', 'private').type('application/json; charset=UTF-8').send(JSON.stringify({ Personer: shown }));
}

function sectorOf(service: string, method: string): CprSector | null {
  if (PUBLIC_SERVICE.test(service) && PUBLIC_METHOD.test(method)) return 'PublicSector';
  return PRIVATE_SERVICE.test(service) && PRIVATE_METHOD.test(method) ? 'PrivateSector' : null;
}

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

function callerOf(logOn: RegisterLogOn, request: FastifyRequest): RegisterClient | null {
  const { username, password } = request.query as Query;
  const bySecret = typeof username === 'string' && typeof password === 'string' ? logOn.bySecret(username, password) : null;
  return logOn.byCertificate(request) ?? bySecret;
}

/** One number, or several between bars; the same parameter twice is refused. */
function numbersIn(query: Query): readonly string[] | null {
  const one = query['pnr.personnummer.eq'];
  const several = query['pnr.personnummer.wi'];
  const text = one ?? several;
  if (typeof text !== 'string' || (one !== undefined && several !== undefined)) return null;
  const numbers = one === undefined ? text.split('|') : [text];
  return numbers.every((number) => /^\d{10}$/.test(number)) ? numbers : null;
}

function publicPerson(person: PersonRecord): object {
  const { id, status, statusdato, koen, foedselsdato, navne, personnumre, beskyttelser, adresseoplysninger } = person;
  return {
    Person: withoutNulls({
      id, status, statusdato, koen, foedselsdato,
      Personnumre: personnumre.map((one) => ({ Personnummer: withoutNulls(one) })),
      Navne: navne.map((one) => ({ Navn: withoutNulls(one) })),
      Adresseoplysninger: adresseoplysninger.map((one) => ({ Adresseoplysninger: addressOf(one) })),
      Beskyttelser: beskyttelser.map((one) => ({ Beskyttelse: withoutNulls(one) })),
    }),
  };
}

function privatePerson(person: PersonRecord): object {
  const told = asPrivate(person) as Readonly<Record<string, unknown>>;
  const navn = told['navn'];
  const address = told['adresseoplysninger'] === null ? null : currentOf(person.adresseoplysninger);
  return {
    Person: withoutNulls({
      status: told['status'], statusdato: told['statusdato'],
      Navn: navn === null || navn === undefined ? null : withoutNulls(navn),
      Adresseoplysninger: address === null ? null : addressOf(address),
    }),
  };
}

function addressOf({ status, ...address }: PersonAddress): object {
  const { vejadresseringsnavn, husnummer, postnummer, postdistrikt } = address;
  return { CprAdresse: { vejadresseringsnavn, husnummer, postnummer, postdistrikt }, status };
}

/** The old service leaves out what it does not know. */
function withoutNulls(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SenderSystem } from '../network-credentials.ts';
import { registrationOf, type Registration } from '../world.ts';
import { addContactPointRoutes, idOf } from './contact-point-routes.ts';
import { NetworkRefusal, pageAnswer, pageOf } from './network-answer.ts';

/** How the contact registry words what the world says; null: it knows nobody by the number. */
const SUBSCRIPTIONS: Readonly<Record<Registration, readonly [registrationStatus: string, publicRegistrationStatus: string] | null>> = {
  registered: ['AUTOMATIC_REGISTRATION', 'REGISTERED'],
  awaiting: ['UNCONFIRMED_REGISTRATION', 'UNKNOWN'],
  exempt: ['EXEMPT_OTHER_REASON', 'EXEMPT'],
  dead: ['AUTOMATIC_REGISTRATION', 'CLOSED'],
  ceased: ['AUTOMATIC_REGISTRATION', 'CLOSED'],
  'not-registered': null,
};

const QUERY_BYTES_MAX = 100_000;
/** The real limit is not public. */
const NUMBERS_MAX = 1_000;
const LONG_REGISTERED_SINCE = '2013-11-21T00:08:06.770Z';
const DAY_MS = 86_400_000;
/** A company that awaits its registration always began so many days ago, so that it never gets there. */
const AWAITING_DAYS = 3;

type Field = 'cprNumber' | 'cvrNumber';

/**
 * Answers whether numbers can be reached, and an organisation's contact points, in the shapes of NgDP's contact registry
 * (memo-ngdp.md 5). With isBulkLookup=true the numbers stand in the body of the GET, which keeps them out of URLs.
 */
export function addContactRoutes(door: FastifyInstance, base: string, systemOf: (request: FastifyRequest) => SenderSystem): void {
  door.get(`${base}/contacts`, async (request) => {
    systemOf(request);
    const query = request.query as Readonly<Record<string, string | undefined>>;
    const asked = query['isBulkLookup'] === 'true' ? await bodyOf(request) : query;
    const { page, size } = pageOf(query);
    const numbers = [...numbersIn(asked, 'cprNumber'), ...numbersIn(asked, 'cvrNumber')];
    if (numbers.length === 0) throw new NetworkRefusal(400, 'parameter.invalid', 'cprNumber or cvrNumber is required');
    return pageAnswer('contacts', numbers.flatMap(contactsOf), { page, size });
  });
  addContactPointRoutes(door, base, systemOf);
}

/** The numbers of one field: a list, as JSON has it, or parted by commas, as a URL has it. */
function numbersIn(asked: Readonly<Record<string, unknown>>, field: Field): readonly { readonly field: Field; readonly number: string }[] {
  const value = asked[field];
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' && value !== '' ? value.split(',') : [];
  const shape = field === 'cprNumber' ? /^\d{10}$/ : /^\d{8}$/;
  if (texts.length > NUMBERS_MAX) throw new NetworkRefusal(400, 'parameter.invalid', `${field} has more than ${NUMBERS_MAX} numbers`);
  if (!texts.every((text) => shape.test(text))) throw new NetworkRefusal(400, 'parameter.invalid', `${field} is not a number of its kind`);
  return [...new Set(texts)].map((number) => ({ field, number }));
}

/** A GET has no body as far as the door is concerned, so it is read here. */
async function bodyOf({ raw, headers }: FastifyRequest): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new NetworkRefusal(415, 'content.type.not.allowed', 'Content-Type must be application/json');
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of raw as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > QUERY_BYTES_MAX) throw new NetworkRefusal(413, 'body.too.large', 'The query is too large');
    pieces.push(piece);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below, alike for what is no JSON and for what is no query.
  }
  throw new NetworkRefusal(400, 'body.invalid', 'The body is no query');
}

function contactsOf({ field, number }: { readonly field: Field; readonly number: string }): readonly object[] {
  const registration = registrationOf(number);
  const subscription = SUBSCRIPTIONS[registration];
  if (subscription === null) return [];
  const [registrationStatus, publicRegistrationStatus] = subscription;
  const awaits = registration === 'awaiting';
  const since = awaits ? new Date(Date.now() - AWAITING_DAYS * DAY_MS).toISOString() : LONG_REGISTERED_SINCE;
  const id = idOf(`contact ${number}`);
  return [
    {
      id,
      version: 1,
      type: field === 'cvrNumber' ? 'COMPANY' : 'CITIZEN',
      [field]: number,
      mailboxSubscription: { id: idOf(`mailbox ${number}`), version: 1, registrationStatus, publicRegistrationStatus, startTime: since },
      lastUpdated: since,
      createdDate: since,
      eligibleForVoluntaryRegistration: false,
    },
  ];
}

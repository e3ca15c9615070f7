import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SenderSystem } from '../network-credentials.ts';
import { registrationOf, type Registration } from '../world.ts';
import { NetworkRefusal } from './network-answer.ts';

const PUBLIC_STATUS: Readonly<Record<Registration, string | null>> = {
  registered: 'REGISTERED',
  exempt: 'EXEMPT',
  dead: 'CLOSED',
  ceased: 'CLOSED',
  'not-registered': null,
};

/** Answers whether a number can be reached, in the shape of NgDP's contact registry (memo-ngdp.md 5). */
export function addContactRoutes(door: FastifyInstance, base: string, systemOf: (request: FastifyRequest) => SenderSystem): void {
  door.get(`${base}/contacts`, async (request) => {
    systemOf(request);
    const { cprNumber, cvrNumber } = request.query as { readonly cprNumber?: string; readonly cvrNumber?: string };
    const number = cprNumber ?? cvrNumber ?? '';
    if (!/^(\d{8}|\d{10})$/.test(number)) throw new NetworkRefusal(400, 'parameter.invalid', 'cprNumber or cvrNumber is required');
    const contacts = contactsOf(number, cprNumber === undefined ? 'COMPANY' : 'CITIZEN');
    return { currentPage: 0, totalPages: contacts.length, elementsOnPage: contacts.length, totalElements: contacts.length, contacts };
  });
}

function contactsOf(number: string, type: 'COMPANY' | 'CITIZEN'): readonly object[] {
  const publicRegistrationStatus = PUBLIC_STATUS[registrationOf(number)];
  if (publicRegistrationStatus === null) return [];
  const id = createHash('sha256').update(number).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return [
    {
      id,
      version: 1,
      type,
      [type === 'COMPANY' ? 'cvrNumber' : 'cprNumber']: number,
      mailboxSubscription: { id, version: 1, registrationStatus: 'AUTOMATIC_REGISTRATION', publicRegistrationStatus },
    },
  ];
}

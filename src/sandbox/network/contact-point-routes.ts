import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SenderSystem } from '../network-credentials.ts';
import { COMPANIES, ORGANISATIONS } from '../world.ts';
import { NetworkRefusal, pageAnswer, pageOf } from './network-answer.ts';

interface RegistryPoint {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly memoSizeThresholdMB: number;
  readonly allowedNumberOfAttachments: number;
}

/** The contact points of companies; the first is the one that the documentation's own address names. */
const COMPANY_POINTS: Readonly<Record<string, readonly RegistryPoint[]>> = {
  '87654321': [
    {
      id: 'bdcc201c-600c-4254-92c4-bab15dc075b5', name: 'Kundeservice', description: 'Spørgsmål om tilbud og regninger',
      memoSizeThresholdMB: 99.5, allowedNumberOfAttachments: 10,
    },
    {
      id: '7c3f0a52-0000-4000-8000-00000000000a', name: 'Lille postkasse', description: 'Tager kun små beskeder',
      memoSizeThresholdMB: 0.1, allowedNumberOfAttachments: 2,
    },
  ],
};

/** Answers which organisations there are and which contact points they have, in the shapes of NgDP (memo-ngdp.md 5). */
export function addContactPointRoutes(door: FastifyInstance, base: string, systemOf: (request: FastifyRequest) => SenderSystem): void {
  door.get(`${base}/organisations`, async (request) => {
    systemOf(request);
    const query = request.query as Readonly<Record<string, string | undefined>>;
    const asked = query['cvrNumber']?.split(',') ?? [];
    const found = registered().filter(({ cvrNumber }) => asked.length === 0 || asked.includes(cvrNumber));
    return pageAnswer('organisations', found, pageOf(query));
  });
  door.get<{ Params: { id: string } }>(`${base}/organisations/:id/contact-points`, async (request) => {
    systemOf(request);
    const organisation = registered().find(({ id }) => id === request.params.id);
    if (!organisation) throw new NetworkRefusal(404, 'not.found', 'The resource was not found');
    const points = pointsOf(organisation.cvrNumber).map((point) => contactPoint(point, organisation));
    return pageAnswer('contactPoints', points, pageOf(request.query as Readonly<Record<string, string | undefined>>));
  });
}

/** A lasting id, made of what it is for. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

type Registered = ReturnType<typeof registered>[number];

function registered() {
  const authorities = ORGANISATIONS.map(({ cvr, name }) => ({ cvr, name, type: 'AUTHORITY', authorityType: 'MUNICIPALITY' }));
  const companies = COMPANIES.map(({ number, name }) => ({ cvr: number, name, type: 'COMPANY' }));
  return [...authorities, ...companies].map(({ cvr, ...rest }) => ({
    id: idOf(`organisation ${cvr}`), cvrNumber: cvr, ...rest, logoAvailable: false, targets: [], rightsIntroductionCompleted: false,
  }));
}

function pointsOf(cvr: string): readonly RegistryPoint[] {
  const own = ORGANISATIONS.find((organisation) => organisation.cvr === cvr)?.contactPoints ?? [];
  const limits = { memoSizeThresholdMB: 99.5, allowedNumberOfAttachments: 10 };
  return [...own.map(({ id, name }) => ({ id, name, description: name, ...limits })), ...(COMPANY_POINTS[cvr] ?? [])];
}

function contactPoint(point: RegistryPoint, organisation: Registered): object {
  return {
    ...point,
    targets: ['CITIZEN', 'AUTHORITY', 'COMPANY'],
    active: true,
    visible: true,
    organisationId: organisation.id,
    contactPointCodes: [],
    contactGroups: [],
    recommendedAttributes: [],
    searchTerms: [],
    translations: [],
  };
}

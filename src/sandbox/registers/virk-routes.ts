import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RegisterBook } from './register-book.ts';
import { withTroubles, type Troubles } from './register-door.ts';
import type { RegisterLogOn } from './register-logon.ts';
import { companyDocument, unitDocuments, type VirkDocument } from './virk-documents.ts';
import { filterSource, isFields } from './virk-fields.ts';
import { readVirkQuery } from './virk-query.ts';
import { QueryRefusal } from './virk-refusal.ts';

export interface VirkParts extends Troubles {
  readonly logOn: RegisterLogOn;
  readonly book: RegisterBook;
}

const INDEX_TYPES = ['virksomhed', 'produktionsenhed'] as const;
type IndexType = (typeof INDEX_TYPES)[number];

const SIZE_DEFAULT = 10;
const WINDOW_MAX = 3_000;

/** Adds Virk's Elasticsearch: Basic, `POST /cvr-permanent/{virksomhed|produktionsenhed}/_search` (registers-identity.md 2.2). */
export function addVirkRoutes(door: FastifyInstance, parts: VirkParts): void {
  for (const type of INDEX_TYPES) {
    door.post(`/cvr-permanent/${type}/_search`, withTroubles(parts, 'cvr', 'virk', async (request, reply) => {
      if (!parts.logOn.byVirkPassword(request)) return reply.code(401).header('www-authenticate', 'Basic realm="Virk"').send();
      return answer(parts, type, request, reply);
    }));
  }
}

function answer(parts: VirkParts, type: IndexType, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.type('application/json; charset=UTF-8');
  try {
    const found = search(parts.book, type, questionIn(request));
    parts.calls.addAsked('cvr', 1);
    return reply.send(JSON.stringify(resultOf(found, parts.settings.switches.hitsTotal)));
  } catch (error) {
    if (!(error instanceof QueryRefusal)) throw error;
    const cause = { type: 'parsing_exception', reason: error.message };
    return reply.code(400).send(JSON.stringify({ error: { root_cause: [cause], ...cause }, status: 400 }));
  }
}

interface Question {
  readonly query: unknown;
  readonly from: number;
  readonly size: number;
  readonly source: unknown;
}

function questionIn(request: FastifyRequest): Question {
  let body: unknown;
  try {
    body = request.body === '' || request.body === undefined ? {} : JSON.parse(String(request.body));
  } catch {
    throw new QueryRefusal('request body is not JSON');
  }
  if (!isFields(body)) throw new QueryRefusal('request body must be an object');
  const from = countIn(body['from'] ?? 0, 'from');
  const size = countIn(body['size'] ?? SIZE_DEFAULT, 'size');
  if (from + size > WINDOW_MAX) {
    throw new QueryRefusal(`Result window is too large, from + size must be less than or equal to: [${WINDOW_MAX}] but was [${from + size}]`);
  }
  return { query: body['query'] ?? { match_all: {} }, from, size, source: body['_source'] };
}

function countIn(value: unknown, name: string): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new QueryRefusal(`[${name}] must be a whole number`);
}

interface Found {
  readonly total: number;
  readonly hits: readonly { readonly document: VirkDocument; readonly score: number; readonly source: object | undefined }[];
}

function search(book: RegisterBook, type: IndexType, { query, from, size, source }: Question): Found {
  const score = readVirkQuery(query);
  const documents = type === 'virksomhed' ? book.companies().map(companyDocument) : book.companies().flatMap(unitDocuments);
  const found = documents
    .map((document) => ({ document, score: score(document.source), source: filterSource(document.source, source) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score);
  return { total: found.length, hits: found.slice(from, from + size) };
}

function resultOf({ total, hits }: Found, totalAs: 'number' | 'object'): object {
  return {
    took: 2,
    timed_out: false,
    _shards: { total: 6, successful: 6, failed: 0 },
    hits: {
      total: totalAs === 'number' ? total : { value: total, relation: 'eq' },
      max_score: hits[0]?.score ?? null,
      hits: hits.map(({ document, score, source }) => ({
        _index: 'cvr-permanent-oevelse', _type: '_doc', _id: document.id, _score: score, ...(source === undefined ? {} : { _source: source }),
      })),
    },
  };
}

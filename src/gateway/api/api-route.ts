import { z } from 'zod';
import type { ApiRight } from '../organisations-file.ts';
import type { Queryable } from '../store/database.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiClient } from './api-clients.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, type FieldFault } from './api-problem.ts';

/** One call by a program that has logged on. */
export interface ApiCall<Body, Query> {
  readonly client: ApiClient;
  /** The {id} of the path; "" where it has none. */
  readonly id: string;
  readonly body: Body;
  readonly query: Query;
  /**
   * Keeps the answer under the call's Idempotency-Key, in the transaction of what it tells of; does nothing where the
   * program gave no key. Throws AnsweredMeanwhile when another call with the key was first: the transaction must end.
   */
  readonly remember: (connection: Queryable, answer: ApiAnswer) => Promise<void>;
}

/** What a route answers with, by status, for the document that programs read. */
export type AnswerSchemas = Readonly<Record<number, { readonly description: string; readonly schema: z.ZodType }>>;

interface RouteWords {
  readonly method: 'get' | 'post';
  /** Below /api, e.g. "/submissions/{id}". */
  readonly path: string;
  /** Danish, for the document. */
  readonly summary: string;
  /** What a program must be allowed to do; null: any that has logged on. */
  readonly right: ApiRight | null;
  readonly answers: AnswerSchemas;
}

/** A route as the door and the document know it. */
export interface ApiRoute extends RouteWords {
  readonly bodySchema: z.ZodType | null;
  readonly querySchema: z.ZodObject | null;
  run(parts: ApiParts, call: ApiCall<unknown, unknown>): Promise<ApiAnswer>;
}

/** Ties a route to its schemas: what does not fit them is answered 400 with every fault found, and never reaches `handle`. */
export function defineRoute<Body, Query>(
  route: RouteWords & {
    readonly bodySchema: z.ZodType<Body> | null;
    readonly querySchema: z.ZodObject & z.ZodType<Query> | null;
    handle(parts: ApiParts, call: ApiCall<Body, Query>): Promise<ApiAnswer>;
  },
): ApiRoute {
  const { handle, ...words } = route;
  const body = route.bodySchema ?? z.undefined() as unknown as z.ZodType<Body>;
  const query = route.querySchema ?? z.unknown() as unknown as z.ZodType<Query>;
  return {
    ...words,
    async run(parts, call) {
      const parsedBody = body.safeParse(call.body);
      const parsedQuery = query.safeParse(call.query);
      if (parsedBody.success && parsedQuery.success) {
        return await handle(parts, { ...call, body: parsedBody.data, query: parsedQuery.data });
      }
      const issues = [...(parsedBody.error?.issues ?? []), ...(parsedQuery.error?.issues ?? [])];
      return invalidRequest(parts, issues.slice(0, FAULTS_TOLD_MAX).map(({ path, message }) => ({ path: path.join('.'), message })));
    },
  };
}

const FAULTS_TOLD_MAX = 100;

/** 400 with what is wrong, place by place. */
export function invalidRequest({ settings }: ApiParts, errors: readonly FieldFault[]): ApiAnswer {
  const [first] = errors;
  const where = first?.path ? `${first.path}: ` : '';
  return callProblem(settings.PUBLIC_URL, 'request-invalid', `${where}${first?.message ?? 'Kaldet kan ikke læses.'}`, { errors });
}

import { z } from 'zod';
import type { Action } from '../../domain/action.ts';
import type { Queryable } from '../store/database.ts';
import { GUIDE_IDS } from './admin-schemas.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, shortened, type FieldFault } from './api-problem.ts';
import { BODY_DEPTH_MAX, type BodyBounds } from './read-body.ts';
import { readSubmissionId } from './show-submission.ts';

/** One call by somebody who has logged on. */
export interface ApiCall<Body, Query> {
  readonly caller: ApiCaller;
  /** The {id} of the path; "" where it has none. */
  readonly id: string;
  readonly body: Body;
  readonly query: Query;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  /**
   * Keeps the answer under the call's Idempotency-Key, in the transaction of what it tells of; does nothing where the
   * program gave no key. Throws AnsweredMeanwhile when another call with the key was first: the transaction must end.
   */
  readonly remember: (connection: Queryable, answer: ApiAnswer) => Promise<void>;
}

/** What a route answers with, by status, for the document that programs read. */
export type AnswerSchemas = Readonly<
  Record<number, {
    readonly description: string;
    readonly schema: z.core.$ZodType;
    /** Content type; absent: application/json. */
    readonly type?: string;
  }>
>;

interface RouteWords {
  readonly method: 'get' | 'post';
  /** Below /api, e.g. "/submissions/{id}". */
  readonly path: string;
  /** Danish, for the document. */
  readonly summary: string;
  /** Who may call it. */
  readonly callers: readonly ApiCaller['kind'][];
  /** What the caller must be allowed to do; null: anybody of `callers`. */
  readonly right: Action | null;
  /**
   * What the audit calls it; null: it is not kept. `door`: one row for each call, written when it is answered; `story`: the
   * call writes its own rows, for what is told must wait for them. A missing right is kept by the door in both cases.
   */
  readonly audit: { readonly action: string; readonly by: 'door' | 'story' } | null;
  /** How much its body may hold; absent: little; `large`: letters and files; `list`: also the recipients of a mass send. */
  readonly body?: 'large' | 'list';
  /** Whether a call with the same Idempotency-Key is answered as the first was. Its answer is then kept in clear. */
  readonly remembers?: true;
  readonly answers: AnswerSchemas;
}

/** A route as the door and the document know it. */
export interface ApiRoute extends RouteWords {
  readonly bodySchema: z.core.$ZodType | null;
  readonly querySchema: z.core.$ZodObject | null;
  run(parts: ApiParts, call: ApiCall<unknown, unknown>): Promise<ApiAnswer>;
}

/** Ties a route to its schemas: what does not fit them is answered 400 with every fault found, and never reaches `handle`. */
export function defineRoute<Body, Query>(
  route: RouteWords & {
    readonly bodySchema: z.core.$ZodType<Body> | null;
    readonly querySchema: z.core.$ZodObject & z.core.$ZodType<Query> | null;
    handle(parts: ApiParts, call: ApiCall<Body, Query>): Promise<ApiAnswer>;
  },
): ApiRoute {
  const { handle, ...words } = route;
  const body = route.bodySchema ?? (z.undefined() as unknown as z.core.$ZodType<Body>);
  const query = route.querySchema ?? (z.unknown() as unknown as z.core.$ZodType<Query>);
  return {
    ...words,
    async run(parts, call) {
      const parsedBody = z.safeParse(body, call.body);
      const parsedQuery = z.safeParse(query, call.query);
      if (parsedBody.success && parsedQuery.success) {
        return await handle(parts, { ...call, body: parsedBody.data, query: parsedQuery.data });
      }
      const issues = [...(parsedBody.error?.issues ?? []), ...(parsedQuery.error?.issues ?? [])];
      return invalidRequest(parts, issues.slice(0, FAULTS_TOLD_MAX).map(({ path, message }) => ({ path: path.join('.'), message })));
    },
  };
}

/** Further faults of a call are not told. */
export const FAULTS_TOLD_MAX = 100;

/** What a call of the route may hold, in bytes and in values. */
export function bodyBoundsOf({ body }: RouteWords, settings: BoundSettings): BodyBounds & { readonly bytesMax: number } {
  return {
    bytesMax: body === undefined ? Math.min(settings.API_SMALL_BODY_MAX_BYTES, settings.API_BODY_MAX_BYTES) : settings.API_BODY_MAX_BYTES,
    valuesMax: settings.API_VALUES_MAX + (body === 'list' ? settings.MASS_RECIPIENTS_MAX : 0),
    depthMax: BODY_DEPTH_MAX,
  };
}

type BoundSettings = Pick<
  ApiParts['settings'],
  'API_SMALL_BODY_MAX_BYTES' | 'API_BODY_MAX_BYTES' | 'API_VALUES_MAX' | 'MASS_RECIPIENTS_MAX'
>;

/** The id of a path as the audit may keep it: whatever else a caller writes there, perhaps a number, is kept nowhere. */
export function auditedId(id: string): string | null {
  return readSubmissionId(id) !== null || (GUIDE_IDS as readonly string[]).includes(id) ? id : null;
}

/** 400 with what is wrong, place by place. */
export function invalidRequest({ settings }: ApiParts, faults: readonly FieldFault[]): ApiAnswer {
  const errors = faults.map(({ path, message }) => ({ path: shortened(path), message: shortened(message) }));
  const [first] = errors;
  const where = first?.path ? `${first.path}: ` : '';
  return callProblem(settings.PUBLIC_URL, 'request-invalid', `${where}${first?.message ?? 'Kaldet kan ikke læses.'}`, { errors });
}

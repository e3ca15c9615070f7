import { z } from 'zod';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import { countSubmissions, listSubmissions } from '../store/submission-lists.ts';
import { pageOfDeliveries, viewSubmission, type SubmissionView } from '../store/submission-views.ts';
import { countDeliveries } from '../store/holds.ts';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, type ApiCall, type ApiRoute } from './api-route.ts';
import { printSubmissionId, readSubmissionId, shownSubmission, shownSummary } from './show-submission.ts';
import { listSchema, submissionSchema } from './submission-schemas.ts';

const PAGE_DEFAULT = 100;

const limit = z.coerce.number().int().min(1).default(PAGE_DEFAULT).describe('Flest på én side.');

const pageQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).describe('Kun modtagere med højere position.'),
  limit,
  outcome: z.enum(['all', 'failed']).default('all').describe('failed: kun modtagere, der ikke fik den.'),
});

const listQuery = z.strictObject({
  after: z.string().regex(/^s\d{1,15}$/).optional().describe('Kun forsendelser efter denne, i rækkefølgen.'),
  order: z.enum(['oldest', 'newest']).default('oldest').describe('newest: de nyeste først.'),
  filter: z.enum(['all', 'failed', 'open']).default('all').describe('failed: nogen fik den ikke; open: noget er på vej.'),
  mine: z.enum(['true', 'false']).default('false').describe('true: kun dem, man selv har skrevet; for en person også dem fra ens postkasser, som ingen ved, hvem der skrev.'),
  counts: z.enum(['true', 'false']).default('false').describe('true: også antallet for hvert filter.'),
  since: z.iso.datetime({ offset: true }).optional().describe('Kun forsendelser fra da af.'),
  mailbox: z.string().max(320).optional().describe('Kun forsendelser fra denne postkasse.'),
  limit,
});

/** GET /api/submissions/{id}: what became of a mail, recipient by recipient. */
export const submissionRoute: ApiRoute = defineRoute({
  method: 'get',
  path: '/submissions/{id}',
  summary: 'Hent status på en forsendelse, modtager for modtager',
  callers: ['program', 'person'],
  right: null,
  audit: null,
  bodySchema: null,
  querySchema: pageQuery,
  answers: { 200: { description: 'Forsendelsen og en side af dens modtagere.', schema: submissionSchema } },
  handle: showSubmission,
});

/** GET /api/submissions: the organisation's mails, also those that came by SMTP and have been read. */
export const submissionListRoute: ApiRoute = defineRoute({
  method: 'get',
  path: '/submissions',
  summary: 'Hent en liste over forsendelser',
  callers: ['program', 'person'],
  right: null,
  audit: null,
  bodySchema: null,
  querySchema: listQuery,
  answers: { 200: { description: 'En side af forsendelser.', schema: listSchema } },
  handle: showList,
});

async function showSubmission(
  parts: ApiParts,
  { caller, id, query }: ApiCall<unknown, z.infer<typeof pageQuery>>,
): Promise<ApiAnswer> {
  const { database, settings } = parts;
  const view = await findForApproval(parts, caller, id);
  if (!view) return submissionNotFound(parts);
  const pageLimit = Math.min(query.limit, settings.API_PAGE_MAX);
  const { byStatus } = await countDeliveries(database, view.id);
  const rows = await pageOfDeliveries(database, view.id, { after: query.after, limit: pageLimit, failedOnly: query.outcome === 'failed' });
  const next = rows.length === pageLimit ? (rows.at(-1)?.position ?? null) : null;
  return jsonAnswer(200, shownSubmission(view, byStatus, { rows, next, publicUrl: settings.PUBLIC_URL }));
}

async function showList(
  { database, settings }: ApiParts,
  { caller, query }: ApiCall<unknown, z.infer<typeof listQuery>>,
): Promise<ApiAnswer> {
  const pageLimit = Math.min(query.limit, settings.API_PAGE_MAX);
  const choice = {
    since: query.since === undefined ? null : new Date(query.since),
    mailbox: query.mailbox === undefined ? null : normaliseMailAddress(query.mailbox),
    writtenBy: query.mine === 'true' ? caller.name : null,
    // Sent as a shared mailbox, a person's mail does not tell who wrote it; a program's always does.
    orByUnknown: caller.kind === 'person',
  };
  const { order, filter } = query;
  const after = query.after === undefined ? null : Number(query.after.slice(1));
  const views = await listSubmissions(database, caller, { ...choice, order, filter, after, limit: pageLimit });
  const last = views.length === pageLimit ? views.at(-1) : undefined;
  const max = settings.API_COUNT_MAX;
  return jsonAnswer(200, {
    submissions: views.map((view) => shownSummary(view, settings.PUBLIC_URL)),
    next: last ? printSubmissionId(last.id) : null,
    counts: query.counts === 'true' ? { ...(await countSubmissions(database, caller, { ...choice, max })), max } : null,
  });
}

/** The mail with this id, where the caller may see it. */
export async function findSubmission(parts: ApiParts, caller: ApiCaller, id: string): Promise<SubmissionView | null> {
  const number = readSubmissionId(id);
  return number === null ? null : await viewSubmission(parts.database, caller, number);
}

/** The same, and for a person who approves also a mass send of another mailbox that somebody is, or was, asked to approve. */
export async function findForApproval(parts: ApiParts, caller: ApiCaller, id: string): Promise<SubmissionView | null> {
  const own = await findSubmission(parts, caller, id);
  if (own !== null || caller.kind !== 'person' || !caller.may.has('approve')) return own;
  const other = await findSubmission(parts, { ...caller, mailboxes: null }, id);
  return other?.approval ? other : null;
}

/** 404, alike for what there is not and for what is another's. */
export function submissionNotFound({ settings }: ApiParts): ApiAnswer {
  return callProblem(settings.PUBLIC_URL, 'not-found', 'Der er ingen forsendelse med det id, som I må se.');
}

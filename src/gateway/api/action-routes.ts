import { z } from 'zod';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiAct, ApiApproval, ApproveOutcome, ResendOutcome, StopOutcome } from './api-actions.ts';
import { objectIdOf } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, mailRefused } from './api-problem.ts';
import type { SubmissionView } from '../store/submission-views.ts';
import { defineRoute, invalidRequest, type ApiCall, type ApiRoute } from './api-route.ts';
import { addressSchema } from './mail-schemas.ts';
import { printSubmissionId, submissionHref } from './show-submission.ts';
import { findForApproval, findSubmission, submissionNotFound } from './submission-routes.ts';

const stoppedSchema = z
  .object({
    id: z.string(),
    outcome: z.enum(['stopped', 'already-stopped']),
    counts: z.object({
      left: z.number().int().describe('Var sendt.'),
      inTheAir: z.number().int().describe('Var på vej; kvitteringen siger, hvad der blev af dem.'),
      stopped: z.number().int().describe('Er stoppet.'),
    }),
  })
  .meta({ id: 'Stopped' });

const approvalSchema = z
  .strictObject({
    approver: addressSchema.optional().describe('Mailadressen på den person, der har set forsendelsen og svaret. Kun når et program kalder.'),
    contentSha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'skal være 64 hex-cifre').describe('Det indhold, personen så; står i forsendelsens status.'),
    reason: z.string().max(500).optional().describe('Hvad afsenderen får at vide.'),
  })
  .meta({ id: 'Approval' });

const approvedSchema = z
  .object({
    id: z.string(),
    outcome: z.enum(['approved', 'already-approved', 'rejected', 'already-rejected']),
    heldUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Approved' });

const resentSchema = z
  .object({
    id: z.string().describe('Den nye forsendelse.'),
    outcome: z.enum(['sent', 'already-sent']),
    href: z.string(),
    resendOf: z.string(),
  })
  .meta({ id: 'Resent' });

/** An empty body, or {}. */
const nothingSchema = z.strictObject({}).optional();

/** POST /api/submissions/{id}/stop: whatever has not left stays. */
export const stopRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/submissions/{id}/stop',
  summary: 'Stop det, der ikke er sendt endnu',
  callers: ['program', 'person'],
  right: 'stop',
  audit: { action: 'stop', by: 'door' },
  remembers: true,
  bodySchema: nothingSchema,
  querySchema: null,
  answers: { 200: { description: 'Stoppet. Kan gentages.', schema: stoppedSchema } },
  async handle(parts, call) {
    const act = await actOf(parts, call);
    return act ? stopAnswer(parts, call.id, await parts.actions.stop(act)) : submissionNotFound(parts);
  },
});

/** POST /api/submissions/{id}/resend-failed: the same letter again, to those alone who did not get it. */
export const resendRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/submissions/{id}/resend-failed',
  summary: 'Send igen, kun til dem, det gik galt for',
  callers: ['program', 'person'],
  right: 'resend',
  audit: { action: 'resend', by: 'door' },
  remembers: true,
  bodySchema: nothingSchema,
  querySchema: null,
  answers: { 202: { description: 'Sendes igen som en ny forsendelse. Kan gentages: der sendes kun én gang.', schema: resentSchema } },
  async handle(parts, call) {
    const act = await actOf(parts, call);
    return act ? resendAnswer(parts, call.id, await parts.actions.resend(act)) : submissionNotFound(parts);
  },
});

/** POST /api/submissions/{id}/approve: a second person's yes to a mass send. */
export const approveRoute: ApiRoute = approvalRoute('approve', 'Godkend en masseforsendelse, som en anden har sendt');

/** POST /api/submissions/{id}/reject: a second person's no. */
export const rejectRoute: ApiRoute = approvalRoute('reject', 'Afvis en masseforsendelse, som en anden har sendt');

function approvalRoute(decision: 'approve' | 'reject', summary: string): ApiRoute {
  return defineRoute({
    method: 'post',
    path: `/submissions/{id}/${decision}`,
    summary,
    callers: ['program', 'person'],
    right: 'approve',
    audit: { action: decision, by: 'door' },
    remembers: true,
    bodySchema: approvalSchema,
    querySchema: null,
    answers: { 200: { description: 'Svaret gælder. Kan gentages.', schema: approvedSchema } },
    async handle(parts, call) {
      const act = actOn(await findForApproval(parts, call.caller, call.id), call);
      if (!act) return submissionNotFound(parts);
      const { approver, contentSha256, reason } = call.body;
      const by = call.caller.kind === 'person' ? call.caller.name : approver;
      if (by === undefined) return invalidRequest(parts, [{ path: 'approver', message: 'mangler' }]);
      const given = { by, ...callerOf(call), decision, contentSha256, reason: reason ?? null };
      return approvalAnswer(parts, { id: call.id, decision }, await parts.actions.approve({ ...act, ...given }));
    },
  });
}

/** Through which program a word comes, or which person says it: ids as they are, for addresses change hands. */
function callerOf({ caller }: ApiCall<unknown, unknown>): Pick<ApiApproval, 'client' | 'person'> {
  const objectId = objectIdOf(caller);
  return objectId === null ? { client: caller.id, person: null } : { client: null, person: { objectId, mailboxes: caller.mailboxes ?? [] } };
}

/** The mail that the program may act on; null when there is none that it may see. */
async function actOf(parts: ApiParts, call: ApiCall<unknown, unknown>): Promise<ApiAct | null> {
  return actOn(await findSubmission(parts, call.caller, call.id), call);
}

function actOn(view: SubmissionView | null, { caller }: ApiCall<unknown, unknown>): ApiAct | null {
  return view && { submissionId: view.id, organisationCvr: view.organisationCvr, by: caller.name };
}

const NO_COUNTS = { left: 0, inTheAir: 0, stopped: 0 };

function stopAnswer(parts: ApiParts, id: string, outcome: StopOutcome): ApiAnswer {
  switch (outcome.kind) {
    case 'stopped':
    case 'already-stopped':
      return jsonAnswer(200, { id, outcome: outcome.kind, counts: outcome.counts });
    case 'stopped-unread':
      return jsonAnswer(200, { id, outcome: 'stopped', counts: NO_COUNTS });
    case 'too-late':
      return conflict(parts, 'Det er for sent: alt er sendt.');
    case 'not-sent':
      return conflict(parts, 'Forsendelsen blev ikke sendt, så der er ikke noget at stoppe.');
    case 'not-found':
      return submissionNotFound(parts);
  }
}

function resendAnswer(parts: ApiParts, resentId: string, outcome: ResendOutcome): ApiAnswer {
  switch (outcome.kind) {
    case 'sent':
    case 'already-sent': {
      const id = printSubmissionId(outcome.submissionId);
      const href = submissionHref(id);
      return jsonAnswer(202, { id, outcome: outcome.kind, href, resendOf: resentId }, { location: href });
    }
    case 'not-finished':
      return conflict(parts, `${outcome.openDeliveries} er stadig undervejs. Send igen, når forsendelsen er færdig.`);
    case 'nothing-failed':
      return conflict(parts, 'Det gik ikke galt for nogen, så der er ikke noget at sende igen.');
    case 'content-gone':
      return callProblem(
        parts.settings.PUBLIC_URL, 'content-gone', 'Brevet og dets filer er slettet, fordi de ikke gemmes længere. Send det som en ny forsendelse.',
      );
    case 'not-allowed':
      return mailRefused(parts.settings.PUBLIC_URL, [outcome.problem]);
    case 'not-found':
      return submissionNotFound(parts);
  }
}

interface Asked {
  readonly id: string;
  readonly decision: 'approve' | 'reject';
}

function approvalAnswer(parts: ApiParts, { id, decision }: Asked, outcome: ApproveOutcome): ApiAnswer {
  const done = (heldUntil: string | null) => jsonAnswer(200, { id, outcome: outcome.kind, heldUntil });
  switch (outcome.kind) {
    case 'approved':
      return done(outcome.releaseAt.toISOString());
    case 'rejected':
      return done(null);
    case 'already-approved':
    case 'already-rejected':
      return outcome.kind === ALREADY[decision] ? done(null) : conflict(parts, `${outcome.by} ${ALREADY_TEXTS[outcome.kind]}`);
    case 'stopped':
      return conflict(parts, `Forsendelsen er stoppet af ${outcome.by}.`);
    case 'not-found':
      return submissionNotFound(parts);
    default:
      return notCounted(parts, outcome.kind);
  }
}

const ALREADY = { approve: 'already-approved', reject: 'already-rejected' } as const;
const ALREADY_TEXTS = {
  'already-approved': 'har allerede godkendt forsendelsen. Den kan stoppes.',
  'already-rejected': 'har allerede afvist forsendelsen.',
} as const;

/** A word that does not count, and why. */
function notCounted(parts: ApiParts, kind: 'changed' | 'not-pending' | 'not-approver' | 'self' | 'perhaps-self'): ApiAnswer {
  switch (kind) {
    case 'changed':
      return conflict(parts, 'Indholdet er et andet end det, der blev set. Hent forsendelsens status igen.');
    case 'not-pending':
      return conflict(parts, 'Forsendelsen venter ikke på godkendelse.');
    case 'not-approver':
      return callProblem(parts.settings.PUBLIC_URL, 'right-missing', 'Den person står ikke på listen over dem, der må godkende.');
    case 'self':
      return callProblem(parts.settings.PUBLIC_URL, 'right-missing', 'Ingen må godkende sin egen forsendelse.');
    case 'perhaps-self':
      return callProblem(parts.settings.PUBLIC_URL, 'right-missing', PERHAPS_SELF_TEXT);
  }
}

const PERHAPS_SELF_TEXT =
  'Det kan ikke ses, hvem der har skrevet den, og du må selv bruge postkassen. En godkender, der ikke bruger den, skal godkende den.';

function conflict({ settings }: ApiParts, detail: string): ApiAnswer {
  return callProblem(settings.PUBLIC_URL, 'state-conflict', detail);
}

import {
  guardApprovalAnswer, guardApprovalQuestion, guardCheckAnswer, guardCheckQuestion, guardWithdrawAnswer, guardWithdrawQuestion,
} from '../../domain/gateway-api.ts';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, refusedAct } from './api-problem.ts';
import { defineRoute, invalidRequest, type ApiRoute } from './api-route.ts';
import type { GuardRefused } from './guard-actions.ts';
import { ORGANISATION_GONE } from './lookup-routes.ts';

/** POST /api/v1/guard/check: what Mail Guard will say of each recipient of ordinary mail. */
export const guardCheckRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/guard/check',
  summary: 'Se, hvad Mail Guard siger om modtagere af almindelig mail',
  callers: ['person'],
  right: null,
  audit: null,
  bodySchema: guardCheckQuestion,
  querySchema: null,
  answers: { 200: { description: 'Hver adresse efter sin plads i spørgsmålet.', schema: guardCheckAnswer } },
  async handle(parts, { caller, body }) {
    const outcome = await parts.guard.check(caller, body);
    return outcome.kind === 'checked' ? jsonAnswer(200, outcome.answer) : refusalAnswer(parts, outcome);
  },
});

/** POST /api/v1/guard/approvals: the writer of a draft says yes to outsiders; good for one mail. */
export const guardApproveRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/guard/approvals',
  summary: 'Godkend adresser uden for organisationen til én mail',
  callers: ['person'],
  right: null,
  audit: { action: 'guard-approve', by: 'story' },
  bodySchema: guardApprovalQuestion,
  querySchema: null,
  answers: { 200: { description: 'Godkendelsen, til kladdens X-Postbro-Approval.', schema: guardApprovalAnswer } },
  async handle(parts, { caller, body }) {
    const outcome = await parts.guard.approve(caller, body);
    if (outcome.kind === 'approved') return jsonAnswer(200, outcome.answer);
    if (outcome.kind !== 'no-address') return refusalAnswer(parts, outcome);
    return invalidRequest(parts, outcome.positions.map((n) => ({ path: `addresses.${n}`, message: 'er ikke en almindelig mailadresse' })));
  },
});

/** POST /api/v1/guard/approvals/withdraw: takes an approval back, as long as no mail was sent with it. */
export const guardWithdrawRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/guard/approvals/withdraw',
  summary: 'Træk en godkendelse tilbage, før mailen er sendt',
  callers: ['person'],
  right: null,
  audit: { action: 'guard-withdraw', by: 'story' },
  bodySchema: guardWithdrawQuestion,
  querySchema: null,
  answers: { 200: { description: 'Om der var noget at trække tilbage.', schema: guardWithdrawAnswer } },
  async handle(parts, { caller, body }) {
    const outcome = await parts.guard.withdraw(caller, body.approval);
    return outcome.kind === 'ended' ? jsonAnswer(200, { withdrawn: outcome.withdrawn }) : refusalAnswer(parts, outcome);
  },
});

function refusalAnswer({ settings }: ApiParts, refusal: GuardRefused): ApiAnswer {
  return refusal.kind === 'not-allowed'
    ? refusedAct(settings.PUBLIC_URL, refusal.refusal)
    : callProblem(settings.PUBLIC_URL, 'not-found', ORGANISATION_GONE);
}

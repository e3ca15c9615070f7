import * as z from 'zod/mini';
import {
  attachmentsAnswer, checkAnswer, companyAnswer, companySearchAnswer, contactPointsAnswer, guardApprovalAnswer, guardCheckAnswer,
  guardWithdrawAnswer, meAnswer, personAnswer, resendAnswer, sentList, sentSubmission, stopAnswer,
} from '../../domain/gateway-api.ts';
import type { Outlook } from '../office/outlook.ts';
import type { PageFacts } from '../page-facts.ts';
import { callApi, withAnswer, type ApiParts } from './api-calls.ts';
import { checkBatch } from './check-batch.ts';
import { followSent, pause } from './follow-sent.ts';
import type { Answer, Gateway } from './gateway.ts';
import { openLogOn } from './log-on.ts';

// Without this zod tries whether it may build code from text, which the page's policy forbids and reports.
z.config({ jitless: true });

/** How long a call may take, in ms: asked of the gateway itself, of a register behind it, and with files. */
const LIMITS_MS = { own: 15_000, register: 30_000, files: 120_000 } as const;
/** Messages on one page of Sendt (ux.md 5.9), messages among which one is found, and recipients on one page of a message. */
const SENT_PAGE = 30;
const SENT_FROM_PAGE = 100;
const RECIPIENTS_PAGE = 100;

/** The gateway that gave out this page. */
export function openGateway(facts: PageFacts, outlook: Outlook): Gateway {
  return gatewayOver({
    apiUrl: facts.apiUrl,
    logOn: openLogOn(facts.logOn, outlook),
    fetch: async (...call) => await fetch(...call),
    now: () => new Date(),
  });
}

/** The calls of the contract over these parts. */
export function gatewayOver(parts: ApiParts): Gateway {
  const ask = async <Schema extends z.ZodMiniType>(path: string, body: object, schema: Schema, limitMs: number = LIMITS_MS.register): Promise<Answer<z.infer<Schema>>> =>
    await callApi(parts, { method: 'POST', path, body, limitMs }, schema);
  return {
    logOn: async () => {
      const token = await parts.logOn.logOn();
      return token.kind === 'token' ? { kind: 'answer', value: null } : token;
    },
    me: async () => await callApi(parts, { method: 'GET', path: '/v1/me', limitMs: LIMITS_MS.own }, meAnswer),
    check: async (question) => await ask('/v1/recipients/check', question, checkAnswer),
    checkBatch: async (question, onLine, signal) => await checkBatch(parts, question, onLine, signal),
    contactPoints: async (question) => await ask('/v1/recipients/contact-points', question, contactPointsAnswer),
    person: async (question) => await ask('/v1/lookups/person', question, personAnswer),
    company: async (question) => await ask('/v1/lookups/company', question, companyAnswer),
    companies: async (question) => await ask('/v1/lookups/company-search', question, companySearchAnswer),
    checkFiles: async (question) => await ask('/v1/attachments/check', question, attachmentsAnswer, LIMITS_MS.files),
    guardCheck: async (question) => await ask('/v1/guard/check', question, guardCheckAnswer),
    guardApprove: async (question) => await ask('/v1/guard/approvals', question, guardApprovalAnswer),
    guardWithdraw: async (approval) => valueOf(await ask('/v1/guard/approvals/withdraw', { approval }, guardWithdrawAnswer), ({ withdrawn }) => withdrawn),
    ...sentCalls(parts),
  };
}

type SentCalls = Pick<Gateway, 'sent' | 'sentFrom' | 'submission' | 'stop' | 'resendFailed' | 'proof' | 'followSent'>;

function sentCalls(parts: ApiParts): SentCalls {
  const limitMs = LIMITS_MS.own;
  const act = async <Schema extends z.ZodMiniType>(id: string, name: string, schema: Schema): Promise<Answer<z.infer<Schema>>> =>
    await callApi(parts, { method: 'POST', path: `${pathOf(id)}/${name}`, body: {}, idempotencyKey: freshKey(), limitMs: LIMITS_MS.register }, schema);
  return {
    sent: async (filter, after) => {
      const query = new URLSearchParams({ order: 'newest', filter, counts: 'true', limit: String(SENT_PAGE), ...(after !== null && { after }) });
      return await callApi(parts, { method: 'GET', path: `/submissions?${query.toString()}`, limitMs }, sentList);
    },
    sentFrom: async (mailbox, since) => {
      const query = new URLSearchParams({ order: 'oldest', mailbox, since: since.toISOString(), limit: String(SENT_FROM_PAGE) });
      return await callApi(parts, { method: 'GET', path: `/submissions?${query.toString()}`, limitMs }, sentList);
    },
    submission: async (id, afterRecipient = null) => {
      const query = new URLSearchParams({ limit: String(RECIPIENTS_PAGE), ...(afterRecipient !== null && { after: String(afterRecipient) }) });
      return await callApi(parts, { method: 'GET', path: `${pathOf(id)}?${query.toString()}`, limitMs }, sentSubmission);
    },
    stop: async (id) => await act(id, 'stop', stopAnswer),
    resendFailed: async (id) => await act(id, 'resend-failed', resendAnswer),
    proof: async (id) =>
      await withAnswer(parts, { method: 'GET', path: `${pathOf(id)}/proof`, limitMs: LIMITS_MS.files }, async (response) => ({ kind: 'answer', value: await response.blob() })),
    followSent: async (onEvent, signal) => await followSent({ ...parts, pause }, onEvent, signal),
  };
}

/** For one press. */
function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Ids are the gateway's own words, as "s123". */
function pathOf(id: string): string {
  return `/submissions/${encodeURIComponent(id)}`;
}

function valueOf<Value, Made>(answer: Answer<Value>, make: (value: Value) => Made): Answer<Made> {
  return answer.kind === 'answer' ? { kind: 'answer', value: make(answer.value) } : answer;
}

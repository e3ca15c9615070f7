import type * as z from 'zod/mini';
import {
  attachmentsAnswer, checkAnswer, companyAnswer, companySearchAnswer, contactPointsAnswer, guardApprovalAnswer, guardCheckAnswer,
  guardWithdrawAnswer, meAnswer, personAnswer, readFilesAnswer, renderAnswer,
} from '../../domain/gateway-api.ts';
import type { Outlook } from '../office/outlook.ts';
import type { PageFacts } from '../page-facts.ts';
import { callApi, type ApiParts } from './api-calls.ts';
import type { Answer, Gateway } from './gateway.ts';
import { openLogOn } from './log-on.ts';
import type { SentCalls } from './sent-calls.ts';

/** How long a call may take, in ms: asked of the gateway itself, of a register behind it, and with files. */
const LIMITS_MS = { own: 15_000, register: 30_000, files: 120_000 } as const;

/** The gateway that gave out this page. */
export function openGateway(facts: PageFacts, outlook: Outlook): Gateway {
  return gatewayOver({
    apiUrl: facts.apiUrl,
    logOn: openLogOn(facts.logOn, outlook),
    fetch: async (...call) => await fetch(...call),
    now: () => new Date(),
  });
}

/** The calls of the contract over these parts. Those that few screens need are loaded with their first use. */
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
    checkBatch: async (asked, onChecks) =>
      await whenLoaded(async () => await import(/* webpackChunkName: "batch-check" */ './batch-check.ts'), async ({ checkBatch }) => await checkBatch(parts, asked, onChecks)),
    contactPoints: async (question) => await ask('/v1/recipients/contact-points', question, contactPointsAnswer),
    person: async (question) => await ask('/v1/lookups/person', question, personAnswer),
    company: async (question) => await ask('/v1/lookups/company', question, companyAnswer),
    companies: async (question) => await ask('/v1/lookups/company-search', question, companySearchAnswer),
    checkFiles: async (question) => await ask('/v1/attachments/check', question, attachmentsAnswer, LIMITS_MS.files),
    readFiles: async (question) => await ask('/v1/attachments/read', question, readFilesAnswer, LIMITS_MS.files),
    render: async (question) => await ask('/v1/render', question, renderAnswer, LIMITS_MS.files),
    convertFiles: async (question) =>
      await whenLoaded(async () => await import(/* webpackChunkName: "judgement" */ './convert-call.ts'), async ({ convertFiles }) => await convertFiles(parts, question)),
    splitLetters: async (question) =>
      await whenLoaded(async () => await import(/* webpackChunkName: "mass-split" */ './split-call.ts'), async ({ splitLetters }) => await splitLetters(parts, question)),
    guardCheck: async (question) => await ask('/v1/guard/check', question, guardCheckAnswer),
    guardApprove: async (question) => await ask('/v1/guard/approvals', question, guardApprovalAnswer),
    guardWithdraw: async (approval) => {
      const answer = await ask('/v1/guard/approvals/withdraw', { approval }, guardWithdrawAnswer);
      return answer.kind === 'answer' ? { kind: 'answer', value: answer.value.withdrawn } : answer;
    },
    newsCalls: async () => (await import(/* webpackChunkName: "news" */ './news-calls.ts')).newsCalls(parts),
    ...laterSentCalls(parts),
  };
}

function laterSentCalls(parts: ApiParts): SentCalls {
  const call = async <Value>(act: (calls: SentCalls) => Promise<Answer<Value>>): Promise<Answer<Value>> =>
    await whenLoaded(async () => await import('./sent-calls.ts'), async ({ sentCalls }) => await act(sentCalls(parts)));
  return {
    sent: async (...asked) => await call(async (calls) => await calls.sent(...asked)),
    sentFrom: async (...asked) => await call(async (calls) => await calls.sentFrom(...asked)),
    submission: async (...asked) => await call(async (calls) => await calls.submission(...asked)),
    stop: async (id) => await call(async (calls) => await calls.stop(id)),
    resendFailed: async (id) => await call(async (calls) => await calls.resendFailed(id)),
    proof: async (id, misdelivered) => await call(async (calls) => await calls.proof(id, misdelivered)),
    failures: async (id) => await call(async (calls) => await calls.failures(id)),
    followSent: async (listener, signal) => {
      await call(async (calls) => {
        await calls.followSent(listener, signal);
        return { kind: 'answer', value: null };
      });
    },
  };
}

/** A file of the add-in may be gone after an update, and the network with it (office-js 6436). */
async function whenLoaded<Loaded, Value>(load: () => Promise<Loaded>, act: (loaded: Loaded) => Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await act(await load());
  } catch {
    return { kind: 'away' };
  }
}

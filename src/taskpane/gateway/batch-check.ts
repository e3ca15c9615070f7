import { checkLine, type CheckLine, type CheckQuestion, type RecipientCheck } from '../../domain/gateway-api.ts';
import { openStream, type ApiParts } from './api-calls.ts';
import type { Answer } from './gateway.ts';
import { linesOf } from './lines-of.ts';

/** How long the first line, and each one after it, may take, in ms: a hundred numbers wait for the registers. */
const BEGIN_MS = 60_000;
const SILENT_MS = 60_000;

/**
 * Checks a whole list: tells of some at a time, as the gateway learns of them, and answers when all are known, or why not.
 * `signal` breaks it off; the gateway then asks no register for the rest. Never rejects.
 */
export async function checkBatch(
  parts: ApiParts,
  { question, signal }: { readonly question: CheckQuestion; readonly signal: AbortSignal },
  onChecks: (some: readonly RecipientCheck[]) => void,
): Promise<Answer<null>> {
  const answer = await openStream(parts, { method: 'POST', path: '/v1/recipients/check-batch', body: question, limitMs: BEGIN_MS, signal });
  if (answer.kind !== 'answer') return answer;
  const { body } = answer.value;
  if (!body) return { kind: 'away' };
  try {
    for await (const text of linesOf(body, SILENT_MS)) {
      const line = readLine(text);
      if (line === null) return { kind: 'fault' };
      if (line.kind === 'failed') return { kind: 'refused', code: 'check-failed', text: line.text };
      if (line.kind === 'end') return { kind: 'answer', value: null };
      if (!signal.aborted) onChecks(line.recipients);
    }
  } catch {
    // The line broke.
  }
  return { kind: 'away' };
}

function readLine(text: string): CheckLine | null {
  try {
    return checkLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

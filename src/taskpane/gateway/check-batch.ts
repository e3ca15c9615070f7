import { checkLine, type CheckLine, type CheckQuestion } from '../../domain/gateway-api.ts';
import { openStream, type ApiParts } from './api-calls.ts';
import type { Answer } from './gateway.ts';
import { linesOf } from './lines-of.ts';

/** Until the first line, and between two; in ms. Registers are asked for a hundred at a time. */
const BEGIN_MS = 30_000;
const SILENT_MS = 60_000;

/** Asks about a list; each line is told as it comes. Never rejects. */
export async function checkBatch(parts: ApiParts, question: CheckQuestion, onLine: (line: CheckLine) => void, signal: AbortSignal): Promise<Answer<null>> {
  const answer = await openStream(parts, { method: 'POST', path: '/v1/recipients/check-batch', body: question, limitMs: BEGIN_MS, signal });
  if (answer.kind !== 'answer') return answer;
  const { body } = answer.value;
  try {
    if (body) {
      for await (const text of linesOf(body, SILENT_MS)) {
        const line = text === '' ? null : readLine(text);
        if (!line) continue;
        onLine(line);
        if (line.kind === 'end') return { kind: 'answer', value: null };
        if (line.kind === 'failed') return { kind: 'refused', code: 'check-failed', text: line.text };
      }
    }
    // Without its last line the answer is not whole.
    return { kind: 'away' };
  } catch {
    return { kind: 'away' };
  }
}

/** Null for a sort of line that this add-in does not know yet. */
function readLine(text: string): CheckLine | null {
  try {
    return checkLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

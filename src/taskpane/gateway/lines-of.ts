import { withinTime } from '../within-time.ts';

/**
 * The lines of an answer as they come, without their ends. Throws where nothing comes for so long, in ms, and where the
 * line breaks. Whoever stops reading ends the call.
 */
export async function* linesOf(body: ReadableStream<Uint8Array>, silentMs: number): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await withinTime(silentMs, reader.read());
      const lines = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.map(withoutReturn);
      if (done) break;
    }
    if (rest !== '') yield withoutReturn(rest);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

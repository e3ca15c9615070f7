import { createHash } from 'node:crypto';
import { z } from 'zod';
import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { Memo } from '../../memo/memo.ts';
import { writeMemo } from '../../memo/write-memo.ts';
import type { DeliveryAnswer } from './channel-delivery.ts';
import { answerOf, answerOfError, type NetworkAnswers } from './network-answers.ts';
import type { NetworkBody, NetworkClient } from './network-client.ts';

const errorMessageSchema = z.object({ code: z.string().nullish(), message: z.string().nullish() });
const receiptSchema = z.object({ errorCode: z.string().nullish(), errorMessage: z.string().nullish() });

/**
 * Hands one message over: `POST memos/?memo-message-uuid=…` with the MeMo as it is written, never whole in memory. The very
 * bytes that leave are summed on the way, so that a proof can be held against them. Never throws for what the network does;
 * what it throws comes from the message's own files.
 */
export async function handOverMemo(client: NetworkClient, answers: NetworkAnswers, memo: Memo): Promise<DeliveryAnswer> {
  const written = writeMemo(memo);
  const path = `memos/?memo-message-uuid=${encodeURIComponent(memo.header.messageUUID)}`;
  const sent: { sha256: Buffer | null } = { sha256: null };
  const answer = await handOver(client, answers, path, {
    contentType: 'application/xml',
    bytes: written.bytes,
    chunks: () => summed(written.chunks(), written.bytes, (sha256) => (sent.sha256 = sha256)),
  });
  return { ...answer, messageSha256: sent.sha256 };
}

/** Tells the checksum before the last piece is out of hand: the answer may come before anybody asks for a piece after it. */
async function* summed(chunks: AsyncIterable<Buffer>, bytes: number, tell: (sha256: Buffer) => void): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash('sha256');
  let left = bytes;
  for await (const chunk of chunks) {
    hash.update(chunk);
    left -= chunk.length;
    if (left === 0) tell(hash.digest());
    yield chunk;
  }
}

/** Posts a body and says what the answer, or its absence, means. Throws only what reading the body itself threw. */
export async function handOver(
  client: NetworkClient,
  answers: NetworkAnswers,
  path: string,
  body: NetworkBody,
): Promise<DeliveryAnswer> {
  // Nobody asks for the body before there is a connection.
  const reading: { begun: boolean; failure: Error | null } = { begun: false, failure: null };
  const chunks = async function* () {
    reading.begun = true;
    try {
      yield* body.chunks();
    } catch (error) {
      reading.failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  try {
    const answer = await client.call('POST', path, { ...body, chunks });
    return answerOf(answers, answer.status, faultIn(answer.body));
  } catch (error) {
    if (reading.failure !== null) throw reading.failure;
    return answerOfError(answers, error, !reading.begun);
  }
}

function faultIn(body: string): { code: string | null; message: string | null } {
  try {
    const json: unknown = JSON.parse(body);
    const error = errorMessageSchema.safeParse(json).data;
    const receipt = receiptSchema.safeParse(json).data;
    const message = error?.message ?? receipt?.errorMessage ?? null;
    return { code: error?.code ?? receipt?.errorCode ?? null, message: message && maskCprNumbersIn(message) };
  } catch {
    return { code: null, message: null };
  }
}

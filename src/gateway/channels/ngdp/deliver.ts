import { z } from 'zod';
import { maskCprNumbersIn } from '../../../domain/cpr-number.ts';
import type { Memo } from '../../../memo/memo.ts';
import { writeMemo } from '../../../memo/write-memo.ts';
import type { DeliveryAnswer } from '../channel-delivery.ts';
import { answerOf, answerOfError } from './answers.ts';
import type { NgdpClient } from './ngdp-client.ts';

const errorMessageSchema = z.object({ code: z.string().nullish(), message: z.string().nullish() });
const receiptSchema = z.object({ errorCode: z.string().nullish(), errorMessage: z.string().nullish() });

/**
 * Hands one message over: `POST memos/?memo-message-uuid=…` with the MeMo as it is written, never whole in memory.
 * Never throws for what NgDP or the network does; what it throws comes from the message's own files.
 */
export async function deliver(client: NgdpClient, memo: Memo): Promise<DeliveryAnswer> {
  const written = writeMemo(memo);
  const reading: { failure: Error | null } = { failure: null };
  const chunks = async function* () {
    try {
      yield* written.chunks();
    } catch (error) {
      reading.failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  try {
    const path = `memos/?memo-message-uuid=${encodeURIComponent(memo.header.messageUUID)}`;
    const { status, body } = await client.call('POST', path, { contentType: 'application/xml', bytes: written.bytes, chunks });
    const { code, message } = faultIn(body);
    return answerOf(status, code, message);
  } catch (error) {
    if (reading.failure !== null) throw reading.failure;
    return answerOfError(error);
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

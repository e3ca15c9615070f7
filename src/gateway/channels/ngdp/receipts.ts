import { z } from 'zod';
import { maskCprNumbersIn } from '../../../domain/cpr-number.ts';
import type { BusinessReceipt } from '../../store/receipts.ts';
import type { NgdpClient } from './ngdp-client.ts';

const text = z.union([z.string(), z.number()]).nullish().transform((value) => (value === null || value === undefined ? null : String(value)));

/** A Receipt as NgDP sends it (memo-ngdp.md 4). Senders are known to write "", "0" or 0 where there is no error code. */
const receiptSchema = z.object({
  id: text,
  transmissionId: text,
  messageUUID: text,
  errorCode: text,
  errorMessage: text,
  receiptStatus: z.string(),
});

const pageSchema = z.object({ receipts: z.array(z.unknown()).default([]) });

/** A receipt that NgDP holds for us, with the id under which it is deleted there. */
export interface HeldReceipt {
  readonly id: string | null;
  readonly receipt: BusinessReceipt | null;
}

/** Reads one Receipt as JSON value; null when it is none. */
export function readReceipt(value: unknown): BusinessReceipt | null {
  const parsed = receiptSchema.safeParse(value);
  if (!parsed.success) return null;
  const { transmissionId, messageUUID, errorCode, errorMessage, receiptStatus } = parsed.data;
  const none = errorCode === null || errorCode.trim() === '' || errorCode === '0';
  return {
    channel: 'ngdp',
    messageUuid: messageUUID !== null && UUID.test(messageUUID) ? messageUUID.toLowerCase() : null,
    transmissionId,
    status: receiptStatus.toUpperCase(),
    errorCode: none ? null : errorCode,
    errorMessage: errorMessage && maskCprNumbersIn(errorMessage).slice(0, 1000),
  };
}

/** The oldest receipts that NgDP holds for this system. Throws when NgDP does not answer with a page of receipts. */
export async function fetchReceipts(client: NgdpClient, size: number): Promise<readonly HeldReceipt[]> {
  const { status, body } = await client.call('GET', `receipts-bulk/?page=0&size=${size}`);
  if (status !== 200) throw new Error(`NgDP answered ${status} when asked for receipts`);
  const page = pageSchema.parse(JSON.parse(body));
  return page.receipts.map((value) => ({ id: idOf(value), receipt: readReceipt(value) }));
}

/** Tells NgDP that a receipt is safely here. 404 means that it is gone already. */
export async function deleteReceipt(client: NgdpClient, id: string): Promise<void> {
  const { status } = await client.call('DELETE', `receipts/${encodeURIComponent(id)}`);
  if (status !== 200 && status !== 204 && status !== 404) throw new Error(`NgDP answered ${status} when told to delete`);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idOf(value: unknown): string | null {
  const parsed = receiptSchema.safeParse(value);
  return parsed.success ? parsed.data.id : null;
}

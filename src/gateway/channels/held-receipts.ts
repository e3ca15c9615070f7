import { z } from 'zod';
import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { MemoChannelId } from '../../domain/channel.ts';
import type { BusinessReceipt } from '../store/receipts.ts';
import type { NetworkClient } from './network-client.ts';

/** A Receipt is read field by field: an odd one may neither stop those behind it nor be sent again for ever. */
const receiptSchema = z.record(z.string(), z.unknown());

const pageSchema = z.object({ receipts: z.array(z.unknown()).default([]) });

/** A receipt that a network holds for us, with the id under which it is deleted there. */
export interface HeldReceipt {
  readonly id: string | null;
  readonly receipt: BusinessReceipt | null;
}

/**
 * Reads one Receipt as JSON value (memo-ngdp.md 4); null when it is no object. Fields of a wrong type count as absent.
 * Senders are known to write "", "0" or 0 where there is no error code.
 */
export function readReceipt(channel: MemoChannelId, value: unknown): BusinessReceipt | null {
  const fields = receiptSchema.safeParse(value).data;
  if (!fields) return null;
  const messageUuid = textOf(fields['messageUUID'], 200);
  const errorCode = textOf(fields['errorCode'], 200)?.trim() ?? '';
  return {
    channel,
    messageUuid: messageUuid !== null && UUID.test(messageUuid) ? messageUuid.toLowerCase() : null,
    transmissionId: textOf(fields['transmissionId'], 200),
    status: (textOf(fields['receiptStatus'], 200) ?? '').toUpperCase(),
    errorCode: errorCode === '' || errorCode === '0' ? null : errorCode,
    errorMessage: maskedTextOf(fields['errorMessage']),
  };
}

/** The oldest receipts that the network holds for this system. Throws when it does not answer with a page of receipts. */
export async function fetchHeldReceipts(client: NetworkClient, channel: MemoChannelId, size: number): Promise<readonly HeldReceipt[]> {
  const { status, body } = await client.call('GET', `receipts-bulk/?page=0&size=${size}`);
  if (status !== 200) throw new Error(`${channel} answered ${status} when asked for receipts`);
  const page = pageSchema.parse(JSON.parse(body));
  return page.receipts.map((value) => ({ id: idOf(value), receipt: readReceipt(channel, value) }));
}

/** Tells the network that a receipt is safely here. 404 means that it is gone already. */
export async function deleteHeldReceipt(client: NetworkClient, id: string): Promise<void> {
  const { status } = await client.call('DELETE', `receipts/${encodeURIComponent(id)}`);
  if (status !== 200 && status !== 204 && status !== 404) throw new Error(`a network answered ${status} when told to delete`);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idOf(value: unknown): string | null {
  return textOf(receiptSchema.safeParse(value).data?.['id'], 200);
}

function maskedTextOf(value: unknown): string | null {
  const text = textOf(value, 1000);
  return text && maskCprNumbersIn(text);
}

/** A field as text; PostgreSQL's text cannot hold NUL. */
function textOf(value: unknown, lengthMax: number): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' ? text.replaceAll('\0', '\ufffd').slice(0, lengthMax) : null;
}

import type { Queryable } from './database.ts';
import type { DeliveryRow } from './deliveries.ts';

/** How a mail's messages stand, counted as its receipt tells it. */
export interface ReceiptCounts {
  readonly delivered: number;
  readonly failed: number;
  readonly stopped: number;
  readonly pending: number;
  readonly all: number;
}

/** `failed`: those that may be sent again; `left`: whatever was not stopped. */
export type RowChoice = 'all' | 'failed' | 'left';

/** A hidden (Bcc) recipient of ordinary mail is named only when the mail did not reach them. */
const TOLD = `(channel <> 'mail' or named_in_header or status in ('refused', 'expired', 'parked'))`;

const CHOICE: Readonly<Record<RowChoice, string>> = {
  all: TOLD,
  failed: `status in ('refused', 'expired', 'parked')`,
  left: `status <> 'stopped' and ${TOLD}`,
};

/** Counts a mail's messages without reading them: a mass send has a hundred thousand. `recipients` counts hidden ones too. */
export async function receiptCounts(
  database: Queryable,
  submissionId: number,
): Promise<{ readonly counts: ReceiptCounts; readonly recipients: number }> {
  const { rows } = await database.query<ReceiptCounts & { recipients: number }>({
    name: 'receipt-counts',
    text: `select count(*) filter (where status = 'completed' and ${TOLD}) as delivered,
             count(*) filter (where status in ('refused', 'expired', 'parked')) as failed,
             count(*) filter (where status = 'stopped' and ${TOLD}) as stopped,
             count(*) filter (where status in ('waiting', 'sending', 'unknown', 'handed-over') and ${TOLD}) as pending,
             count(*) filter (where ${TOLD}) as "all", count(*) as recipients
           from delivery where submission_id = $1`,
    values: [submissionId],
  });
  const { recipients, ...counts } = rows[0] ?? { delivered: 0, failed: 0, stopped: 0, pending: 0, all: 0, recipients: 0 };
  return { counts, recipients };
}

/** The first `limit` of a mail's messages after a position, in the order of its recipients. */
export async function receiptRows(
  database: Queryable,
  submissionId: number,
  page: { readonly choice: RowChoice; readonly after: number; readonly limit: number },
): Promise<readonly DeliveryRow[]> {
  const { rows } = await database.query<DeliveryRow>({
    name: `receipt-rows-${page.choice}`,
    text: `select position, channel, address, named_in_header as "namedInHeader", message_uuid as "messageUuid", status,
             handed_over_at as "handedOverAt", settled_at as "settledAt", error_code as "errorCode",
             error_message as "errorMessage"
           from delivery where submission_id = $1 and position > $2 and ${CHOICE[page.choice]} order by position limit $3`,
    values: [submissionId, page.after, page.limit],
  });
  return rows;
}

/**
 * Addresses that a letter went to, one of each kind (network, sender, whether it may be answered): a mass send of a hundred
 * thousand has one or two.
 */
export async function addressKinds(database: Queryable, submissionId: number): Promise<readonly string[]> {
  const { rows } = await database.query<{ address: string }>({
    name: 'address-kinds',
    text: `select min(address) as address from delivery where submission_id = $1 and channel <> 'mail'
           group by split_part(address, '@', 1) like '%-reply%', split_part(address, '@', 2)`,
    values: [submissionId],
  });
  return rows.map(({ address }) => address);
}

const PAGE_ROWS = 1000;

/** The same, all of them, a page at a time, so that nothing holds a whole mass send. */
export async function* receiptPages(
  database: Queryable,
  submissionId: number,
  choice: RowChoice,
): AsyncGenerator<readonly DeliveryRow[], void, undefined> {
  for (let after = -1; ; ) {
    const rows = await receiptRows(database, submissionId, { choice, after, limit: PAGE_ROWS });
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_ROWS) return;
    after = rows.at(-1)?.position ?? after;
  }
}

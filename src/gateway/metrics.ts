import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from './store/database.ts';

/** What /metrics tells. Labels are states, channels and Problem codes, never anything of a mail. */
export interface Metrics {
  readonly registry: Registry;
  readonly submissions: Counter<'state'>;
  readonly deliveries: Counter<'channel' | 'state'>;
  readonly refusals: Counter<'problem'>;
  readonly receipts: Counter<'status' | 'matched'>;
  readonly notices: Counter<'kind' | 'state'>;
  readonly acceptedBytes: Counter;
  readonly conversionSeconds: Histogram;
}

/** Makes the metrics of one gateway process; the queue's lengths are read from the database when asked for. */
export function makeMetrics(database: Database): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'postbro_waiting',
    help: 'Rows that wait, by queue.',
    labelNames: ['queue'],
    registers,
    async collect() {
      for (const { queue, waiting } of await waitingRows(database)) this.set({ queue }, waiting);
    },
  });
  return {
    registry,
    submissions: new Counter({ name: 'postbro_submissions_total', help: 'Mails, by the state they reached.', labelNames: ['state'], registers }),
    deliveries: new Counter({ name: 'postbro_deliveries_total', help: 'Deliveries, by channel and the state they reached.', labelNames: ['channel', 'state'], registers }),
    refusals: new Counter({ name: 'postbro_refusals_total', help: 'Problems for which a mail or an address was refused.', labelNames: ['problem'], registers }),
    receipts: new Counter({ name: 'postbro_receipts_total', help: 'Business receipts, by status, and whether they are ours.', labelNames: ['status', 'matched'], registers }),
    notices: new Counter({ name: 'postbro_notices_total', help: 'Mails from the gateway, by kind and state.', labelNames: ['kind', 'state'], registers }),
    acceptedBytes: new Counter({ name: 'postbro_accepted_bytes_total', help: 'Bytes of accepted mails.', registers }),
    conversionSeconds: new Histogram({ name: 'postbro_conversion_seconds', help: 'Time from claiming a mail to its deliveries.', registers }),
  };
}

async function waitingRows(database: Database): Promise<readonly { queue: string; waiting: number }[]> {
  const { rows } = await database.query<{ queue: string; waiting: number }>({
    text: `select 'submission' as queue, count(*) as waiting from submission where state = 'accepted'
           union all select 'delivery', count(*) from delivery where status in ('waiting', 'unknown')
           union all select 'notice', count(*) from notice where state = 'waiting'`,
  });
  return rows;
}

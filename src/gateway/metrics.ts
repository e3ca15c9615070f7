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
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({ name: `postbro_${name}_total`, help, labelNames: [...labelNames], registers });
  return {
    registry,
    submissions: counter('submissions', 'Mails, by the state they reached.', ['state']),
    deliveries: counter('deliveries', 'Deliveries, by channel and the state they reached.', ['channel', 'state']),
    refusals: counter('refusals', 'Problems for which a mail or an address was refused.', ['problem']),
    receipts: counter('receipts', 'Business receipts, by status, and whether they are ours.', ['status', 'matched']),
    notices: counter('notices', 'Mails from the gateway, by kind and state.', ['kind', 'state']),
    acceptedBytes: counter('accepted_bytes', 'Bytes of accepted mails.', []),
    conversionSeconds: new Histogram({
      name: 'postbro_conversion_seconds',
      help: 'Time from claiming a mail to its deliveries.',
      registers,
    }),
  };
}

async function waitingRows(database: Database): Promise<readonly { queue: string; waiting: number }[]> {
  const { rows } = await database.query<{ queue: string; waiting: number }>({
    text: `select 'submission' as queue, count(*) as waiting from submission where state = 'accepted'
           union all select 'delivery', (select count(*) from delivery where queued)
             + (select coalesce(sum(messages), 0) from container where status in ('waiting', 'unknown'))
           union all select 'notice', count(*) from notice where state = 'waiting'`,
  });
  return rows;
}

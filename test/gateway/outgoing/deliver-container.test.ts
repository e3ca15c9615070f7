import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { NetworkClient } from '../../../src/gateway/channels/network-client.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import type { GatewayParts } from '../../../src/gateway/gateway-parts.ts';
import { makeLog } from '../../../src/gateway/log.ts';
import { makeMetrics } from '../../../src/gateway/metrics.ts';
import { deliverContainer } from '../../../src/gateway/outgoing/deliver-container.ts';
import { claimContainers } from '../../../src/gateway/store/containers.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openTestDatabase } from '../api/api-in-process.ts';

const CVR = '35833684';
const LETTER = {
  memoVersion: '1.2', label: 'Brev', createdAt: '2026-05-01T10:00:00Z', main: { blob: 1, bytes: 5, filename: 'brev.txt', encodingFormat: 'text/plain' },
  mainSha256: null, senders: { [CVR]: { cvr: CVR, label: 'Eksempel Kommune', contactPoint: null } }, attachments: [],
};

describe('a container', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  const worker = randomUUID();
  before(async () => {
    database = await openTestDatabase(open);
    await database.query({ text: `insert into blob_chunk values (1, 0, 'Kære'::bytea)` });
  });
  after(() => open.disposeAsync());

  /** Hands one container over, with the client that `network` gives whenever it is asked; the message's status afterwards. */
  const handOver = async (network: () => NetworkClient | null): Promise<string> => {
    const { rows: [mail] } = await database.query<{ id: number }>({
      text: `insert into submission (received_at, due_at, mail_from, recipients, raw_blob, raw_bytes, state, organisation_cvr, from_mailbox, letter, open_deliveries)
             values (now(), now(), 'a@b.example', '{x}', 0, 0, 'expanded', $1, 'a@b.example', $2, 1) returning id`,
      values: [CVR, JSON.stringify(LETTER)],
    });
    const [id, uuid] = [randomUUID(), randomUUID()];
    await database.query({
      text: `insert into container (id, submission_id, channel, organisation_cvr, messages, due_at) values ($1, $2, 'ngdp', $3, 1, now() - interval '1 minute')`,
      values: [id, mail?.id, CVR],
    });
    await database.query({
      text: `insert into delivery (submission_id, position, channel, address, named_in_header, organisation_cvr, message_uuid, bulk, due_at, container)
             values ($1, 1, 'ngdp', $2, true, $3, $4, true, now(), $5)`,
      values: [mail?.id, `2512489996@${CVR}.ngdp.digital-post.dk`, CVR, uuid, id],
    });
    const now = () => new Date();
    const [container] = await claimContainers(database, { worker, channel: 'ngdp', now: now(), limit: 1 });
    assert.ok(container);
    const parts: Pick<GatewayParts, 'database' | 'settings' | 'worker' | 'now' | 'random' | 'log' | 'metrics' | 'network' | 'wake'> = {
      database, worker, now, network, random: () => 0, wake: () => undefined, metrics: makeMetrics(database), log: makeLog('silent', () => undefined),
      settings: settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-' }),
    };
    await deliverContainer(parts as GatewayParts, container);
    const { rows } = await database.query<{ status: string }>({ text: 'select status from delivery where message_uuid = $1', values: [uuid] });
    await database.query({ text: `update container set status = 'done'` });
    return rows[0]?.status ?? '';
  };
  const client = (calls: string[], name: string): NetworkClient => ({
    call: () => (calls.push(name), Promise.resolve({ status: 200, body: '' })),
    close: () => Promise.resolve(),
  });

  it('is handed over by the client that there is when it has been compressed', async () => {
    const calls: string[] = [];
    const clients = [client(calls, 'før'), client(calls, 'efter')];
    assert.equal(await handOver(() => clients.shift() ?? null), 'handed-over');
    assert.deepEqual(calls, ['efter']);
  });

  it('waits where there is none any more', async () => {
    const calls: string[] = [];
    const clients = [client(calls, 'før')];
    assert.equal(await handOver(() => clients.shift() ?? null), 'waiting');
    assert.deepEqual(calls, []);
  });
});

import { openNetworkClient, type NetworkClient, type RenewableNetworkClient } from '../../src/gateway/channels/network-client.ts';
import { readConfig, settingsSchema } from '../../src/gateway/config.ts';
import { makeLog } from '../../src/gateway/log.ts';
import { openRegisters, type OpenRegisters } from '../../src/gateway/lookup/open-registers.ts';
import { networkSettings } from '../../src/gateway/settings/network-settings.ts';
import type { OrganisationEntry } from '../../src/gateway/settings/organisations-file.ts';
import { GatewayInWorld } from '../gateway/gateway-in-world.ts';
import { citizen } from '../journeys/citizens.ts';
import { median, type BenchRow } from './bench-row.ts';

const RECIPIENTS = 5_000;
const NUMBERS_IN_CALL = 100;
const ROUNDS = 3;
/** A list that a caseworker waits for; the issue that asked for it. */
const SECONDS_MAX = 60;
/** Reading, sealing, remembering and writing an audit row for each, on top of asking. */
const RATIO_BELOW = 6;
const SINGLES = 200;
const SINGLE_OVER_MS = 100;

/**
 * A list of 5,000 recipients through the API, nothing of it remembered: each is asked about, kept and written to the audit
 * before it is told. Against it, the same numbers asked by a loop that does nothing else, as many calls at once. And the same
 * list with the names, against the time that it may take.
 */
export async function checkOfRecipients(): Promise<readonly BenchRow[]> {
  const namesInBatches = (organisation: Parameters<NonNullable<WorldChange>>[0][number]) => ({
    ...organisation, lookup: { ...organisation.lookup, namesInBatches: true },
  });
  await using world = await GatewayInWorld.start({
    env: { LOOKUP_PERSON_MEMORY_MS: '86400000', CHECKS_PER_USER_PER_DAY: '1000000', LOOKUPS_PER_USER_PER_MINUTE: '1000', LOOKUPS_PER_USER_PER_DAY: '1000' }, organisations: (all) => all.map(namesInBatches),
  });
  const numbers = Array.from({ length: RECIPIENTS }, (_, n) => citizen(n));
  const rounds: { readonly ours: number; readonly bare: number; readonly named: number }[] = [];
  const { client, registers, organisation } = bareAccess(world);
  let singles: Singles = { oursMs: NaN, registerMs: NaN };
  try {
    // The first round warms everything up and does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      const bare = await bareLoop(client, numbers);
      const ours = await checkBatch(world, numbers, false);
      const named = await checkBatch(world, numbers, true);
      if (round > 0) rounds.push({ ours, bare, named });
    }
    singles = await singleLookUps(world, (cpr) => registers.person(organisation, cpr));
  } finally {
    await client.close();
    await registers.close();
  }
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const named = median(rounds.map((round) => round.named));
  return [
    {
      what: 'check 5,000 recipients, audited and remembered',
      ours: seconds(median(rounds.map(({ ours }) => ours))),
      baseline: `bare loop of calls, ${seconds(median(rounds.map(({ bare }) => bare)))}`,
      ratio: median(rounds.map(({ ours, bare }) => ours / bare)),
      goal: { below: RATIO_BELOW },
    },
    {
      what: 'the same with names from CPR',
      ours: seconds(named),
      baseline: `${SECONDS_MAX} s`,
      ratio: named / (SECONDS_MAX * 1_000),
      goal: { below: 1 },
    },
    {
      what: 'p95 of one name through the API, over the register’s own time',
      ours: `${singles.oursMs.toFixed(0)} ms`,
      baseline: `the register alone, ${singles.registerMs.toFixed(0)} ms, and ${SINGLE_OVER_MS} ms`,
      ratio: (singles.oursMs - singles.registerMs) / SINGLE_OVER_MS,
      goal: { below: 1 },
    },
  ];
}

interface Singles {
  readonly oursMs: number;
  readonly registerMs: number;
}

/** Names one after the other, nothing of them remembered: through the API with log-on and audit, and from the register alone. */
async function singleLookUps(world: GatewayInWorld, ask: (cpr: string) => Promise<unknown>): Promise<Singles> {
  const ours: number[] = [];
  const register: number[] = [];
  const headers = { 'content-type': 'application/json', ...(await world.logOnAs('nina@nabo.example')) };
  const url = `http://127.0.0.1:${world.gateway?.httpPort ?? 0}/api/v1/lookups/person`;
  for (let n = 0; n < SINGLES; n++) {
    const cpr = citizen(100_000 + n);
    register.push(await timed(() => ask(cpr)));
    ours.push(await timed(async () => {
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ cpr, purpose: 'Måling' }) });
      if (!(await answer.text()).includes('"name":"')) throw new Error(`no name: ${answer.status}`);
    }));
  }
  return { oursMs: p95(ours), registerMs: p95(register) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;
}

type WorldChange = NonNullable<Parameters<typeof GatewayInWorld.start>[0]>['organisations'];

/** A way to the network and to the registers beside the gateway, as the same organisation. */
function bareAccess(world: GatewayInWorld): { readonly client: RenewableNetworkClient; readonly registers: OpenRegisters; readonly organisation: OrganisationEntry } {
  const own = ['SMTP', 'RELAY', 'PUBLIC', 'HTTP', 'HOLD', 'MASS'];
  const names = Object.keys(settingsSchema.shape).filter((name) => world.setting(name) !== '' && !own.some((prefix) => name.startsWith(prefix)));
  const env = Object.fromEntries(names.map((name) => [name, world.setting(name)]));
  const { settings, organisations } = readConfig({ ...env, ROLES: 'work', RELAY_HOST: 'localhost' });
  const organisation = organisations.find(({ mainMailbox }) => mainMailbox === 'sikkerpost@nabo.example');
  if (!organisation?.ngdp) throw new Error('no organisation that is connected');
  return {
    organisation,
    client: openNetworkClient(networkSettings(settings, 'ngdp'), organisation.ngdp),
    registers: openRegisters({ settings, log: makeLog('silent') }),
  };
}

async function bareLoop(client: NetworkClient, numbers: readonly string[]): Promise<number> {
  const left = Array.from({ length: Math.ceil(numbers.length / NUMBERS_IN_CALL) }, (_, n) =>
    Buffer.from(JSON.stringify({ cprNumber: numbers.slice(n * NUMBERS_IN_CALL, (n + 1) * NUMBERS_IN_CALL) })));
  const begin = performance.now();
  const loop = async (): Promise<void> => {
    for (let content = left.shift(); content; content = left.shift()) {
      const body = content;
      const { status } = await client.call('GET', `contacts/?isBulkLookup=true&page=0&size=${NUMBERS_IN_CALL}`, {
        contentType: 'application/json', bytes: body.length, async *chunks() { yield body; },
      });
      if (status !== 200) throw new Error(`the registry answered ${status}`);
    }
  };
  await Promise.all([loop(), loop(), loop(), loop()]);
  return performance.now() - begin;
}

async function checkBatch(world: GatewayInWorld, numbers: readonly string[], names: boolean): Promise<number> {
  await world.database.query('truncate register_answer');
  const headers = { 'content-type': 'application/json', ...(await world.logOnAs('nina@nabo.example')) };
  const body = JSON.stringify({ channel: 'ngdp', mailbox: 'sikkerpost@nabo.example', numbers, names, purpose: 'Måling' });
  const begin = performance.now();
  const answer = await fetch(`http://127.0.0.1:${world.gateway?.httpPort ?? 0}/api/v1/recipients/check-batch`, { method: 'POST', headers, body });
  const lines = (await answer.text()).trim().split('\n');
  const last = JSON.parse(lines.at(-1) ?? '{}') as { readonly kind?: string; readonly done?: number };
  if (last.kind !== 'end' || last.done !== numbers.length) throw new Error(`not checked: ${answer.status} ${lines.at(-1) ?? ''}`);
  return performance.now() - begin;
}

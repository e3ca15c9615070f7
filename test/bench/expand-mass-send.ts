import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeDirectory } from '../../src/domain/organisation.ts';
import { openMailIntake } from '../../src/gateway/accept/mail-intake.ts';
import { openSubmissionGatherer } from '../../src/gateway/accept/submission-gatherer.ts';
import { readConfig } from '../../src/gateway/config.ts';
import { withoutCredentials } from '../../src/gateway/settings/read-organisations.ts';
import { entriesOf } from '../../src/gateway/outgoing/deliver-container.ts';
import type { GatewayParts } from '../../src/gateway/gateway-parts.ts';
import { openIsolatePool } from '../../src/gateway/isolate/isolate-pool.ts';
import { makeLog } from '../../src/gateway/log.ts';
import { makeMetrics } from '../../src/gateway/metrics.ts';
import { convertSubmission } from '../../src/gateway/outbound.ts';
import { claimContainers, endContainer, messagesInContainer } from '../../src/gateway/store/containers.ts';
import { openDatabase } from '../../src/gateway/store/database.ts';
import { migrate } from '../../src/gateway/store/migrate.ts';
import { claimSubmissions } from '../../src/gateway/store/submissions.ts';
import { beat } from '../../src/gateway/store/workers.ts';
import { writeMemoTar } from '../../src/memo/write-memo-tar.ts';
import { openCertificates } from '../../src/sandbox/certificates.ts';
import { writeOrganisationsFile } from '../../src/sandbox/organisations-file.ts';
import { writeSecretKeysFile } from '../../src/sandbox/secret-keys-file.ts';
import { openSecretKeys } from '../../src/gateway/store/secret-keys.ts';
import { ORGANISATIONS } from '../../src/sandbox/world.ts';
import { pdfOf } from '../mail/inspect-samples.ts';
import { citizen, OWN_CVR } from '../journeys/citizens.ts';

export interface MassJob {
  readonly databaseUrl: string;
  readonly recipients: number;
  readonly letterBytes: number;
}

export interface MassResult {
  readonly recipients: number;
  /** From the stored mail to the last row of the queue, and to the end of the last container. */
  readonly queuedMs: number;
  readonly totalMs: number;
  readonly tarBytes: number;
  /** Largest memory of this process (RSS). */
  readonly peakBytes: number;
}

const SAMPLE_MS = 20;
const WARM_UP_RECIPIENTS = 5_000;

process.once('message', (job: MassJob) => {
  void expand(job).then((result) => process.send?.(result));
});

/** One mass send through the gateway's own code, from the stored mail to the end of its containers; the network is left out. */
async function expand({ databaseUrl, recipients, letterBytes }: MassJob): Promise<MassResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-expand-'));
  const parts = await openParts(databaseUrl, folder);
  let peakBytes = 0;
  const watch = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), SAMPLE_MS);
  try {
    // A gateway that runs has read mails before: its children are up and its code is warm.
    await convertNext(parts, massMail(WARM_UP_RECIPIENTS, letterBytes));
    await writeContainers(parts);
    peakBytes = 0;
    await storeMail(parts, massMail(recipients, letterBytes));
    const begin = performance.now();
    await convertNext(parts);
    const queuedMs = performance.now() - begin;
    const tarBytes = await writeContainers(parts);
    if (tarBytes === 0) throw new Error(`not expanded: ${await stateOf(parts)}`);
    return { recipients, queuedMs, totalMs: performance.now() - begin, tarBytes, peakBytes };
  } finally {
    clearInterval(watch);
    parts.isolate.close();
    await parts.database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function convertNext(parts: GatewayParts, raw?: Buffer): Promise<void> {
  if (raw) await storeMail(parts, raw);
  const [submission] = await claimSubmissions(parts.database, { worker: parts.worker, now: new Date(), limit: 1, massLimit: 1, mailDomains: [] });
  if (!submission) throw new Error('no mail to convert');
  await convertSubmission(parts, submission);
}

async function stateOf({ database }: GatewayParts): Promise<string> {
  const { rows } = await database.query({ text: 'select state, problems from submission order by id desc limit 1' });
  return JSON.stringify(rows[0]);
}

/** Every container as the gateway writes it, as many at once as it does; nothing of it is compressed or sent. */
async function writeContainers(parts: GatewayParts): Promise<number> {
  const slots = Array.from({ length: parts.settings.MASS_CONTAINER_CONCURRENCY }, () => writeInTurn(parts));
  return (await Promise.all(slots)).reduce((sum, bytes) => sum + bytes, 0);
}

async function writeInTurn(parts: GatewayParts): Promise<number> {
  let bytes = 0;
  for (;;) {
    const claim = { worker: parts.worker, channel: 'ngdp', now: new Date(), limit: 1 } as const;
    const [container] = await claimContainers(parts.database, claim);
    if (!container) return bytes;
    const messages = await messagesInContainer(parts.database, container.id);
    for await (const piece of writeMemoTar(entriesOf(parts, container, messages), container.receivedAt)) bytes += piece.length;
    const now = new Date();
    const end = { outcome: 'delivered', mayHaveLeft: false, now, retryAt: now, errorCode: null, errorMessage: null } as const;
    await endContainer(parts.database, { id: container.id, worker: parts.worker }, end);
  }
}

async function openParts(databaseUrl: string, folder: string): Promise<GatewayParts> {
  const certificates = await openCertificates(path.join(folder, 'certificates'), ORGANISATIONS.map(({ cvr }) => cvr));
  const organisationsFile = path.join(folder, 'organisations.json');
  await writeOrganisationsFile(organisationsFile, certificates);
  const secretKeysFile = path.join(folder, 'secret-keys');
  await writeSecretKeysFile(secretKeysFile);
  const { settings, organisations } = readConfig({
    DATABASE_URL: databaseUrl, ORGANISATIONS_FILE: organisationsFile, SECRET_KEYS_FILE: secretKeysFile, ROLES: 'work', RELAY_HOST: 'localhost', NGDP_URL: 'https://localhost/',
    HOLD_MASS_MS: '0', MASS_APPROVAL_OVER_RECIPIENTS: '0',
  });
  const database = openDatabase(databaseUrl, { connectionsMax: 4, timeoutMs: 120_000, urgentTimeoutMs: 120_000 }, () => undefined);
  await migrate(database);
  const worker = randomUUID();
  await beat(database, worker);
  const nobody = () => {
    throw new Error('nobody outside is called here');
  };
  return {
    settings,
    directory: makeDirectory(withoutCredentials(organisations)),
    organisations: () => organisations,
    keys: openSecretKeys(secretKeysFile),
    channels: ['ngdp'],
    database,
    isolate: openIsolatePool(settings),
    exchange: { send: nobody, close: () => undefined },
    network: () => null,
    registers: { person: nobody, persons: nobody, company: nobody, companies: nobody, searchCompanies: nobody, productionUnit: nobody, close: nobody },
    worker,
    now: () => new Date(),
    random: Math.random,
    newUuid: randomUUID,
    log: makeLog('silent'),
    metrics: makeMetrics(database),
    wake: () => undefined,
  };
}

async function storeMail({ database, settings }: GatewayParts, raw: Buffer): Promise<void> {
  const store = { database, storeSmall: openSubmissionGatherer(database) };
  const limits = {
    sizeMaxBytes: settings.SMTP_SIZE_MAX_BYTES, lineMaxBytes: settings.SMTP_LINE_MAX_BYTES, headerMaxBytes: settings.SMTP_HEADER_MAX_BYTES,
  };
  const intake = openMailIntake(store, limits, () => null);
  await intake.take(raw);
  const address = /^To: (.*)\r$/m.exec(raw.toString('latin1', 0, 1_000))?.[1] ?? '';
  await intake.accept({ mailFrom: 'sikkerpost@kommune.example', recipients: [address], peerCvrs: null, receivedAt: new Date() });
}

function massMail(recipients: number, letterBytes: number): Buffer {
  const list = Array.from({ length: recipients }, (_, n) => citizen(n)).join('\r\n');
  const pdf = pdfOf({ objects: [`<</Said (${'brev '.repeat(letterBytes / 5)})>>`] });
  const file = (name: string, type: string, bytes: Buffer) => [
    '--x', `Content-Type: ${type}; name=${name}`, 'Content-Transfer-Encoding: base64', '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
  ];
  return Buffer.from([
    'From: sikkerpost@kommune.example', `To: masseforsendelse-${recipients}@${OWN_CVR}.ngdp.digital-post.dk`, 'Subject: Til mange',
    `Message-ID: <${randomUUID()}@kommune.example>`, 'Content-Type: multipart/mixed; boundary=x', '',
    ...file('masseforsendelse.txt', 'text/plain', Buffer.from(list)), ...file('body.pdf', 'application/pdf', pdf), '--x--', '',
  ].join('\r\n'));
}

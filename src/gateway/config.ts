import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Organisation } from '../domain/organisation.ts';
import { organisationsFileSchema, type OrganisationEntry } from './organisations-file.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const number = (defaultValue: number) => z.coerce.number().int().min(0).default(defaultValue);
const text = (defaultValue: string) => z.string().default(defaultValue);
const optionalFile = z.string().nullable().default(null);

/**
 * Every setting of the gateway: an environment variable of the same name, its default, and one sentence. Units are
 * the last word of the name. Secrets are files (…_FILE), or marked so that `npm run config` masks them.
 */
export const settingsSchema = z.object({
  DATABASE_URL: z.string().describe('PostgreSQL, e.g. postgres://user:password@host/database.').meta({ secret: true }),
  DATABASE_CONNECTIONS_MAX: number(20).describe('Connections that one gateway process opens to PostgreSQL.'),
  DATABASE_TIMEOUT_MS: number(MINUTE_MS).describe('Longest wait for an answer of PostgreSQL.'),
  DATABASE_URGENT_TIMEOUT_MS: number(4_500).describe('Longest wait for a connection, and for the answer while an SMTP client waits.'),
  ORGANISATIONS_FILE: z.string().describe('JSON file with the organisations, their mailboxes and rights.'),
  ROLES: text('accept,work')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .describe('What this process does: accept (SMTP door), work (convert, deliver, notify), or both.'),
  LOG_LEVEL: text('info').describe('pino level of the JSON log on stderr.'),

  HTTP_HOST: text('127.0.0.1').describe('Address of the HTTP door.'),
  HTTP_PORT: number(3000).describe('Port of the HTTP door; 0 picks a free one.'),

  SMTP_HOST: text('127.0.0.1').describe('Address of the SMTP door.'),
  SMTP_PORT: number(2525).describe('Port of the SMTP door; 0 picks a free one.'),
  SMTP_NAME: text('postbro').describe('Host name in the greeting and in Received fields.'),
  SMTP_TLS_CERTIFICATE_FILE: optionalFile.describe('PEM certificate chain for STARTTLS.'),
  SMTP_TLS_KEY_FILE: optionalFile.describe('PEM private key for STARTTLS.'),
  SMTP_CLIENT_CA_FILE: optionalFile.describe('PEM of the authorities that may sign client certificates.'),
  SMTP_CLIENT_CERTIFICATES: z
    .enum(['required', 'off'])
    .default('required')
    .describe('required: a client certificate listed by an organisation, or no mail. off: only for the sandbox.'),
  SMTP_SIZE_MAX_BYTES: number(157_286_400).describe('Largest mail that is taken (150 MB).'),
  SMTP_DISCARD_MAX_BYTES: number(157_286_400).describe('How much of a mail that is too large is read on before the line is cut.'),
  SMTP_RECIPIENTS_MAX: number(1000).describe('Recipients in one hand-over; the rest get 452.'),
  SMTP_CONNECTIONS_MAX: number(500).describe('SMTP connections open at once.'),
  SMTP_IDLE_TIMEOUT_MS: number(5 * MINUTE_MS).describe('A connection that says nothing for so long is closed (RFC 5321 4.5.3.2.7).'),
  SMTP_LINE_MAX_BYTES: number(1_048_576).describe('Longest line of a mail.'),
  SMTP_HEADER_MAX_BYTES: number(1_048_576).describe('Largest header block of a mail.'),
  SMTP_RECEIVED_MAX: number(50).describe('More Received fields than this is a loop.'),

  RELAY_HOST: text('').describe('Where ordinary mail, receipts and refusals are handed over (Exchange).'),
  RELAY_PORT: number(25).describe('Its SMTP port.'),
  RELAY_TLS: z.enum(['required', 'off']).default('required').describe('required: STARTTLS with a valid certificate. off: sandbox.'),
  RELAY_CA_FILE: optionalFile.describe('PEM of the authorities for RELAY_HOST; null: those of the machine.'),
  RELAY_CONCURRENCY: number(8).describe('Mails handed to Exchange at once.'),
  RELAY_TIMEOUT_MS: number(60_000).describe('Silence of Exchange after which a hand-over is tried again.'),

  NGDP_URL: text('').describe('Base of the NgDP REST interface, e.g. https://api.digitalpost.dk/apis/v1/.'),
  NGDP_CA_FILE: optionalFile.describe('PEM of the authorities for NGDP_URL; null: those of the machine.'),
  NGDP_CONCURRENCY: number(16).describe('Messages handed to NgDP at once.'),
  NGDP_RESERVED_FOR_SINGLE: number(4).describe('Of these, kept free for mails to few recipients.'),
  NGDP_BULK_RECIPIENTS: number(10).describe('A mail to more recipients than this is bulk: single mails overtake it.'),
  NGDP_CALL_TIMEOUT_MS: number(30_000).describe('Silence of NgDP after which a call counts as lost.'),
  NGDP_RETRY_FIRST_MS: number(MINUTE_MS).describe('Wait before the second try; doubles for each further one.'),
  NGDP_RETRY_MAX_MS: number(HOUR_MS).describe('Longest wait between two tries.'),
  NGDP_RECEIPT_POLL_MS: number(10_000).describe('Wait between two fetches of business receipts; 0: receipts are only pushed.'),
  NGDP_RECEIPTS_PAGE: number(500).describe('Receipts fetched in one call.'),
  NGDP_PUSH_HOST: text('127.0.0.1').describe('Address of the door where NgDP pushes receipts.'),
  NGDP_PUSH_PORT: z.coerce.number().int().nullable().default(null).describe('Its port (TLS with client certificate); null: no such door.'),
  NGDP_PUSH_CERTIFICATE_FILE: optionalFile.describe('PEM certificate chain of that door.'),
  NGDP_PUSH_KEY_FILE: optionalFile.describe('PEM private key of that door.'),
  NGDP_PUSH_CLIENT_CA_FILE: optionalFile.describe('PEM of the authorities that sign NgDP’s client certificate.'),

  MEMO_VERSION: z.enum(['1.1', '1.2']).default('1.2').describe('Version of the MeMo that is written.'),
  DELIVERY_LATE_MS: number(4 * HOUR_MS).describe('Not handed over after so long: the sender is warned.'),
  DELIVERY_EXPIRY_MS: number(5 * DAY_MS).describe('Not handed over after so long: given up, the sender is told.'),
  RECEIPT_DEADLINE_MS: number(DAY_MS).describe('Business receipts missing after so long: the sender gets what is known.'),
  RECEIPT_NUMBERS: z.enum(['masked', 'full']).default('masked').describe('How CPR numbers stand in receipts.'),
  REFUSAL_ORIGINAL_MAX_BYTES: number(10_000_000).describe('A refused mail up to this size is attached to the refusal.'),
  DEDUPE_MEMORY_MS: number(35 * DAY_MS).describe('How long a hand-over is remembered so that its repetition is skipped.'),
  UPLOAD_ABANDONED_MS: number(HOUR_MS).describe('Half-received bytes older than this are removed.'),

  WORKER_LEASE_MS: number(10_000).describe('A process silent for so long has lost its work to the others.'),
  WORKER_HEARTBEAT_MS: number(2_000).describe('Wait between two signs of life.'),
  WORKER_POLL_MS: number(500).describe('Wait between two looks for work of other processes.'),
  CONVERT_CONCURRENCY: number(4).describe('Mails converted at once by this process.'),
  CONVERT_ATTEMPTS_MAX: number(2).describe('A mail that kills its converter this many times is parked.'),
  CONVERT_PAUSE_MS: number(1_000).describe('Wait before a mail whose reading failed is read again.'),
  CONVERT_LOSSES_MAX: number(20).describe('A mail never done before its gateway process dies this many times is parked too.'),
  FOLLOW_TIME_MS: number(5_000).describe('Wait between two looks for what is late, overdue or may be forgotten.'),
  ISOLATE_PROCESSES: number(2).describe('Child processes that open strangers’ bytes.'),
  ISOLATE_TIME_MAX_MS: number(20_000).describe('Time one mail may take in a child process.'),
  ISOLATE_MEMORY_MAX_BYTES: number(1_073_741_824).describe('Memory a child process may have; a table of 20,000 cells needs most of it.'),
  ISOLATE_REPLACE_BYTES: number(402_653_184).describe('A child process that has grown beyond this is replaced after its mail.'),
  ISOLATE_JOBS_MAX: number(500).describe('Mails after which a child process is replaced.'),
  SHUTDOWN_GRACE_MS: number(6_000).describe('Time for work under way to end after SIGTERM.'),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Settings and organisations, complete and checked. */
export interface Config {
  readonly settings: Settings;
  readonly organisations: readonly OrganisationEntry[];
}

/** Everything wrong with the configuration at once, in sentences. */
export class ConfigIncomplete extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Opsætningen er ikke komplet:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Reads the settings from the environment and the organisations from their file.
 * Throws ConfigIncomplete with every fault found; the gateway must not start halfway.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigIncomplete(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const settings = parsed.data;
  const faults = [...missingSettings(settings), ...unreadableFiles(settings)];
  const organisations = readOrganisations(settings.ORGANISATIONS_FILE, faults);
  if (faults.length > 0) throw new ConfigIncomplete(faults);
  return { settings, organisations };
}

function missingSettings(settings: Settings): string[] {
  const faults: string[] = [];
  const demand = (name: keyof Settings, why: string) => {
    if (!settings[name]) faults.push(`${name} mangler: ${why}`);
  };
  if (settings.ROLES.includes('work')) {
    demand('RELAY_HOST', 'uden den kan ingen kvittering sendes.');
    demand('NGDP_URL', 'uden den kan intet afleveres til Digital Post.');
  }
  if (settings.ROLES.includes('accept')) {
    demand('SMTP_TLS_CERTIFICATE_FILE', 'SMTP-døren skal tilbyde STARTTLS.');
    demand('SMTP_TLS_KEY_FILE', 'SMTP-døren skal tilbyde STARTTLS.');
    if (settings.SMTP_CLIENT_CERTIFICATES === 'required') {
      demand('SMTP_CLIENT_CA_FILE', 'SMTP-døren kræver klientcertifikater.');
    }
  }
  if (settings.NGDP_PUSH_PORT !== null) {
    demand('NGDP_PUSH_CERTIFICATE_FILE', 'døren til kvitteringer bruger TLS.');
    demand('NGDP_PUSH_KEY_FILE', 'døren til kvitteringer bruger TLS.');
    demand('NGDP_PUSH_CLIENT_CA_FILE', 'kun NgDP må aflevere kvitteringer.');
  }
  return faults;
}

function unreadableFiles(settings: Settings): string[] {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (!name.endsWith('_FILE') || typeof value !== 'string' || name === 'ORGANISATIONS_FILE') continue;
    if (readFileOrNull(value) === null) faults.push(`${name}: filen kan ikke læses.`);
  }
  return faults;
}

function readOrganisations(file: string, faults: string[]): readonly OrganisationEntry[] {
  const content = readFileOrNull(file);
  if (content === null) {
    faults.push('ORGANISATIONS_FILE: filen kan ikke læses.');
    return [];
  }
  try {
    const parsed = organisationsFileSchema.safeParse(JSON.parse(content));
    if (parsed.success) return parsed.data.organisations;
    faults.push(...parsed.error.issues.map((issue) => `ORGANISATIONS_FILE: ${issue.path.join('.')}: ${issue.message}`));
  } catch {
    faults.push('ORGANISATIONS_FILE: filen er ikke JSON.');
  }
  return [];
}

function readFileOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** The organisations as the steps know them: without credentials. */
export function withoutCredentials(entries: readonly OrganisationEntry[]): readonly Organisation[] {
  return entries.map(
    ({ ngdp: _ngdp, smtpClientCertificates: _certificates, smtpClientAddresses: _addresses, ...organisation }) => organisation,
  );
}

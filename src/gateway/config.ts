import { z } from 'zod';
import da from 'zod/v4/locales/da.js';
import { addinFields } from './settings/addin-settings.ts';
import { apiFields } from './settings/api-settings.ts';
import { documentFields } from './settings/document-settings.ts';
import { holdFields } from './settings/hold-settings.ts';
import { lookupFields, privacyFields } from './settings/lookup-settings.ts';
import { letterCheckFields } from './settings/letter-check-settings.ts';
import { mailGuardFields } from './settings/mail-guard-settings.ts';
import { newsFields } from './settings/news-settings.ts';
import { networkFields } from './settings/network-settings.ts';
import { readFileOrNull } from './store/read-file-or-null.ts';
import { openSecretKeys } from './store/secret-keys.ts';
import type { OrganisationEntry } from './settings/organisations-file.ts';
import { credentialFaults, organisationsIn } from './settings/read-organisations.ts';
import { smtpFields } from './settings/smtp-settings.ts';
import { optionalFile, text, wholeNumber } from './settings/setting-kinds.ts';

// What is wrong in a setting or in the file of organisations is read by a Danish administrator.
z.config(da());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;


/**
 * Every setting of the gateway: an environment variable of the same name, its default, and one sentence. Units are
 * the last word of the name. The sentences are Danish, for the administrator. Secrets are files (…_FILE), or marked so that `npm run config` masks them.
 */
export const settingsSchema = z.object({
  DATABASE_URL: z.string().describe('PostgreSQL, fx postgres://bruger:kode@vært/database.').meta({ secret: true }),
  DATABASE_CONNECTIONS_MAX: wholeNumber(20).describe('Forbindelser, som én gateway åbner til PostgreSQL.'),
  DATABASE_TIMEOUT_MS: wholeNumber(MINUTE_MS).describe('Længste ventetid på et svar fra PostgreSQL.'),
  DATABASE_URGENT_TIMEOUT_MS: wholeNumber(4_500).describe('Længste ventetid på en forbindelse, og på svaret, mens en SMTP-klient venter.'),
  ORGANISATIONS_FILE: z.string().describe('JSON-fil med organisationer, postkasser og rettigheder.'),
  ROLES: text('accept,work')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .describe('Hvad processen gør: accept (SMTP-døren), work (konverterer, afleverer, giver besked) eller begge.'),
  LOG_LEVEL: text('info').describe('Niveau for JSON-loggen på stderr (pino).'),

  HTTP_HOST: text('127.0.0.1').describe('Adresse for HTTP-døren.'),
  HTTP_PORT: wholeNumber(3000).describe('Port for HTTP-døren; 0 vælger en fri.'),

  ...apiFields,

  ...smtpFields,

  RELAY_HOST: text('').describe('Hvor almindelig mail, kvitteringer og afvisninger afleveres (Exchange).'),
  RELAY_PORT: wholeNumber(25).describe('Dens SMTP-port.'),
  RELAY_TLS: z.enum(['required', 'off']).default('required').describe('required: STARTTLS med gyldigt certifikat. off: kun til øvelse.'),
  RELAY_CA_FILE: optionalFile.describe('Udstedere (PEM) for RELAY_HOST; null: maskinens egne.'),
  RELAY_CONCURRENCY: wholeNumber(8).describe('Mails, der afleveres til Exchange på én gang.'),
  RELAY_TIMEOUT_MS: wholeNumber(60_000).describe('Tavshed fra Exchange, hvorefter afleveringen prøves igen.'),

  ...networkFields('NGDP', 'NgDP'),
  ...networkFields('MITDK', 'mit.dk'),
  ...networkFields('EBOKS', 'e-Boks'),
  MASS_RECIPIENTS_MAX: wholeNumber(1_000_000).describe('Modtagere i én masseforsendelse.'),
  MEMO_HEADER_MAX_BYTES: wholeNumber(1_000_000).describe('Største MemoHeader.json, der læses; en større springes over, og det står i kvitteringen.'),
  MASS_LIST_MAX_BYTES: wholeNumber(32_000_000).describe('Største masseforsendelse.txt.'),
  MASS_MERGE_LETTERS_MAX: wholeNumber(10_000).describe('Breve, der udfyldes fra masseforsendelse.csv for én mail.'),
  MASS_MERGE_BATCH_LETTERS: wholeNumber(100).describe('Breve, der højst udfyldes ad gangen i en børneproces.'),
  MASS_MERGE_BATCH_MS: wholeNumber(1_000).describe('Så længe udfylder en børneproces breve, før andre mails får deres tur.'),
  MASS_CONVERT_CONCURRENCY: wholeNumber(2).describe('Masseforsendelser blandt de mails, der konverteres på én gang (CONVERT_CONCURRENCY); mindst én plads er altid fri til enkelte breve, hvor der er flere.'),
  MASS_CONTAINER_RECIPIENTS_MIN: wholeNumber(100).describe('Fra så mange modtagere afleveres en masseforsendelse i pakker (.tar.lzma).'),
  MASS_CONTAINER_MESSAGES_MAX: wholeNumber(500).describe('Beskeder i én pakke.'),
  MASS_CONTAINER_BYTES_MAX: wholeNumber(50_000_000).describe('Beskedernes samlede størrelse i én pakke, før den komprimeres.'),
  MASS_CONTAINER_CONCURRENCY: wholeNumber(2).describe('Pakker, der dannes og afleveres på én gang.'),
  BULK_RECIPIENTS: wholeNumber(10).describe('En mail til flere modtagere end dette overhales af enkelte mails.'),
  MITDK_CONTACT_STRUCTURE: z.enum(['on', 'off']).default('off').describe('off: mit.dk får ingen kontaktpunkter; der sendes i organisationens navn.'),
  EBOKS_FILE_TYPES: z.enum(['on', 'off']).default('off').describe('on: e-Boks får kun filtyper, som også Digital Post tager imod.'),
  DELIVERY_FAULTS_MAX: wholeNumber(3).describe('Efter så mange forsøg sættes en besked, som vi ikke selv kan danne uden fejl, til side.'),
  DELIVERY_RETRY_FIRST_MS: wholeNumber(MINUTE_MS).describe('Ventetid før andet forsøg; fordobles for hvert følgende.'),
  DELIVERY_RETRY_MAX_MS: wholeNumber(HOUR_MS).describe('Længste ventetid mellem to forsøg.'),
  NGDP_PUSH_HOST: text('127.0.0.1').describe('Adresse for døren, hvor NgDP afleverer kvitteringer.'),
  NGDP_PUSH_PORT: z.coerce.number().int().nullable().default(null).describe('Dens port (TLS med klientcertifikat); null: ingen sådan dør.'),
  NGDP_PUSH_CERTIFICATE_FILE: optionalFile.describe('Dørens certifikatkæde (PEM).'),
  NGDP_PUSH_KEY_FILE: optionalFile.describe('Dørens private nøgle (PEM).'),
  NGDP_PUSH_CLIENT_CA_FILE: optionalFile.describe('Udstedere (PEM) af NgDP’s klientcertifikat.'),

  MEMO_VERSION: z.enum(['1.1', '1.2']).default('1.2').describe('Version af den MeMo, der skrives.'),
  DELIVERY_LATE_MS: wholeNumber(4 * HOUR_MS).describe('Ikke afleveret efter så lang tid: afsenderen får besked.'),
  DELIVERY_EXPIRY_MS: wholeNumber(5 * DAY_MS).describe('Ikke afleveret efter så lang tid: opgivet, afsenderen får besked.'),
  RECEIPT_DEADLINE_MS: wholeNumber(DAY_MS).describe('Kvitteringer mangler efter så lang tid: afsenderen får det, der vides.'),
  RECEIPT_NUMBERS: z.enum(['masked', 'full']).default('masked').describe('Hvordan CPR-numre står i kvitteringer.'),
  RECEIPT_TABLE_ROWS_MAX: wholeNumber(100).describe('Så mange modtagere af en masseforsendelse står i kvitteringens tabel, de fejlede først.'),
  RECEIPT_JSON_ROWS_MAX: wholeNumber(10_000).describe('Op til så mange modtagere står alle i NgDPKvittering.json; ved flere kun så mange af de fejlede.'),
  RECEIPT_DIGEST_MS: wholeNumber(15 * MINUTE_MS).describe('Så længe samles kvitteringer til postkasser, der vil have dem i én mail.'),
  RECEIPT_DIGEST_MAILS_MAX: wholeNumber(1_000).describe('Flest kvitteringer i en sådan mail; resten kommer i den næste.'),
  MASS_PROGRESS_MS: wholeNumber(10 * MINUTE_MS).describe('En masseforsendelse, der tager længere tid: afsenderen får besked om, hvor langt den er.'),
  REFUSAL_ORIGINAL_MAX_BYTES: wholeNumber(10_000_000).describe('En afvist mail op til denne størrelse vedhæftes afvisningen.'),
  DEDUPE_MEMORY_MS: wholeNumber(35 * DAY_MS).describe('Hvor længe en aflevering huskes, så en gentagelse springes over.'),
  UPLOAD_ABANDONED_MS: wholeNumber(HOUR_MS).describe('Halvt modtagne data ældre end dette fjernes.'),

  ...holdFields,

  ...lookupFields,
  ...privacyFields,
  ...documentFields,
  ...letterCheckFields,
  ...mailGuardFields,
  ...addinFields,
  ...newsFields,

  WORKER_LEASE_MS: wholeNumber(10_000).describe('En proces, der tier så længe, har mistet sit arbejde til de andre.'),
  WORKER_HEARTBEAT_MS: wholeNumber(2_000).describe('Ventetid mellem to livstegn.'),
  WORKER_POLL_MS: wholeNumber(500).describe('Ventetid mellem to kig efter arbejde fra andre processer.'),
  WORKER_IDLE_MS: wholeNumber(10_000).describe('Så længe venter en løkke, som ingen kalder på, før den selv kigger efter arbejde.'),
  CONVERT_CONCURRENCY: wholeNumber(4).describe('Mails, der konverteres på én gang.'),
  CONVERT_ATTEMPTS_MAX: wholeNumber(2).describe('En mail, der vælter sin læser så mange gange, sættes til side.'),
  CONVERT_PAUSE_MS: wholeNumber(1_000).describe('Ventetid, før en mail, der ikke kunne læses, læses igen.'),
  CONVERT_LOSSES_MAX: wholeNumber(20).describe('En mail, som aldrig bliver færdig, før gatewayen dør så mange gange, sættes også til side.'),
  FOLLOW_TIME_MS: wholeNumber(5_000).describe('Ventetid mellem to kig efter det, der er forsinket, opgivet eller kan glemmes.'),
  ISOLATE_PROCESSES: wholeNumber(2).describe('Børneprocesser, der åbner fremmede data.'),
  ISOLATE_TIME_MAX_MS: wholeNumber(20_000).describe('Tid, én mail må tage i en børneproces.'),
  ISOLATE_TIME_PER_MB_MS: wholeNumber(1_000).describe('Tid oveni for hver MB af mailen, for en travl maskine er længe om at hente den.'),
  ISOLATE_MEMORY_MAX_BYTES: wholeNumber(1_073_741_824).describe('Hukommelse, en børneproces må bruge; en tabel på 20.000 felter kræver det meste.'),
  ISOLATE_REPLACE_BYTES: wholeNumber(402_653_184).describe('En børneproces, der er vokset ud over dette, skiftes ud efter sin mail.'),
  ISOLATE_JOBS_MAX: wholeNumber(500).describe('Mails, hvorefter en børneproces skiftes ud.'),
  SHUTDOWN_GRACE_MS: wholeNumber(6_000).describe('Tid til at gøre igangværende arbejde færdigt efter SIGTERM.'),
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
    throw new ConfigIncomplete(parsed.error.issues.map(({ path, message }) => settingFault(String(path[0]), given, message)));
  }
  const settings = parsed.data;
  const faults = [...missingSettings(settings), ...shortRetentions(settings), ...unreadableFiles(settings), ...wrongKeys(settings)];
  const { organisations, faults: wrong } = organisationsIn(readFileOrNull(settings.ORGANISATIONS_FILE));
  if (faults.length + wrong.length > 0) throw new ConfigIncomplete([...faults, ...wrong]);
  return { settings, organisations };
}

function settingFault(name: string, given: Readonly<Record<string, unknown>>, message: string): string {
  if (name in given) return `${name}: ${message}`;
  const field = settingsSchema.shape[name as keyof typeof settingsSchema.shape];
  return `${name} mangler: ${field.description ?? message}`;
}

function missingSettings(settings: Settings): string[] {
  const faults: string[] = [];
  const demand = (name: keyof Settings, why: string) => {
    if (!settings[name]) faults.push(`${name} mangler: ${why}`);
  };
  demand('SECRET_KEYS_FILE', 'uden den kan intet underskrives eller gemmes forseglet.');
  if (settings.ROLES.includes('work')) {
    demand('RELAY_HOST', 'uden den kan ingen kvittering sendes.');
  }
  // The door too must know what is connected: it refuses addresses of the other networks.
  if (!settings.NGDP_URL && !settings.MITDK_URL && !settings.EBOKS_URL) {
    faults.push('NGDP_URL mangler: uden den (eller MITDK_URL eller EBOKS_URL) kan intet afleveres.');
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

/** What is deleted never comes back: a slip of the pen in a setting must not delete what is still under way. */
function shortRetentions(settings: Settings): string[] {
  const floors = [
    ['CONTENT_RETENTION_MS', settings.DELIVERY_EXPIRY_MS + settings.RECEIPT_DEADLINE_MS, 'DELIVERY_EXPIRY_MS og RECEIPT_DEADLINE_MS tilsammen'],
    ['RECORD_RETENTION_MS', settings.CONTENT_RETENTION_MS, 'CONTENT_RETENTION_MS'],
    ['AUDIT_RETENTION_MS', AUDIT_RETENTION_MIN_MS, '30 døgn'],
  ] as const;
  return floors.flatMap(([name, minMs, what]) => (settings[name] < minMs ? [`${name}: skal være mindst ${what} (${minMs}).`] : []));
}

const AUDIT_RETENTION_MIN_MS = 30 * DAY_MS;

function unreadableFiles(settings: Settings): string[] {
  const faults: string[] = [];
  for (const [name, value] of Object.entries(settings)) {
    if (!name.endsWith('_FILE') || typeof value !== 'string' || value === '' || name === 'ORGANISATIONS_FILE') continue;
    if (readFileOrNull(value) === null) faults.push(`${name}: filen kan ikke læses.`);
  }
  return faults;
}

function wrongKeys({ SECRET_KEYS_FILE: file }: Settings): string[] {
  if (readFileOrNull(file) === null) return [];
  try {
    openSecretKeys(file);
    return [];
  } catch (error) {
    return [`SECRET_KEYS_FILE: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Throws ConfigIncomplete when a certificate or key of an organisation cannot be used: nothing of theirs could be handed over. */
export function demandCredentialFiles({ settings, organisations }: Config): void {
  const faults = credentialFaults(settings, organisations);
  if (faults.length > 0) throw new ConfigIncomplete(faults);
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import da from 'zod/v4/locales/da.js';
import { memoChannelIds } from '../domain/channel.ts';
import type { Organisation } from '../domain/organisation.ts';
import { addinFields } from './settings/addin-settings.ts';
import { documentFields } from './settings/document-settings.ts';
import { lookupFields, privacyFields } from './settings/lookup-settings.ts';
import { letterCheckFields } from './settings/letter-check-settings.ts';
import { mailGuardFields } from './settings/mail-guard-settings.ts';
import { newsFields } from './settings/news-settings.ts';
import { networkFields } from './settings/network-settings.ts';
import { openSecretKeys } from './store/secret-keys.ts';
import { organisationsFileSchema, type NetworkCredentials, type OrganisationEntry } from './settings/organisations-file.ts';
import { isFitTls } from './store/tls-files.ts';

// What is wrong in a setting or in the file of organisations is read by a Danish administrator.
z.config(da());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const number = (defaultValue: number) => z.coerce.number().int().min(0).default(defaultValue);
const text = (defaultValue: string) => z.string().default(defaultValue);
const optionalFile = z.string().nullable().default(null);

/**
 * Every setting of the gateway: an environment variable of the same name, its default, and one sentence. Units are
 * the last word of the name. The sentences are Danish, for the administrator. Secrets are files (…_FILE), or marked so that `npm run config` masks them.
 */
export const settingsSchema = z.object({
  DATABASE_URL: z.string().describe('PostgreSQL, fx postgres://bruger:kode@vært/database.').meta({ secret: true }),
  DATABASE_CONNECTIONS_MAX: number(20).describe('Forbindelser, som én gateway åbner til PostgreSQL.'),
  DATABASE_TIMEOUT_MS: number(MINUTE_MS).describe('Længste ventetid på et svar fra PostgreSQL.'),
  DATABASE_URGENT_TIMEOUT_MS: number(4_500).describe('Længste ventetid på en forbindelse, og på svaret, mens en SMTP-klient venter.'),
  ORGANISATIONS_FILE: z.string().describe('JSON-fil med organisationer, postkasser og rettigheder.'),
  ROLES: text('accept,work')
    .transform((value) => value.split(',').map((role) => role.trim()))
    .describe('Hvad processen gør: accept (SMTP-døren), work (konverterer, afleverer, giver besked) eller begge.'),
  LOG_LEVEL: text('info').describe('Niveau for JSON-loggen på stderr (pino).'),

  HTTP_HOST: text('127.0.0.1').describe('Adresse for HTTP-døren.'),
  HTTP_PORT: number(3000).describe('Port for HTTP-døren; 0 vælger en fri.'),

  API_BODY_MAX_BYTES: number(40_000_000).describe('Største kald til API’et; større breve sendes med SMTP.'),
  API_SMALL_BODY_MAX_BYTES: number(1_000_000).describe('Største kald til API’et, som hverken sender eller har filer med.'),
  API_VALUES_MAX: number(20_000).describe('Værdier i ét kald (tekster, tal, lister og objekter); skal være mere end CHECK_BATCH_MAX. En masseforsendelse må desuden nævne sine modtagere.'),
  API_BODIES_AT_ONCE_BYTES: number(80_000_000).describe('Hvor meget alle kald under modtagelse må fylde tilsammen; resten får 503.'),
  API_RECIPIENTS_MAX: number(1_000).describe('Modtagere i én besked gennem API’et; flere sendes som masseforsendelse.'),
  API_ATTACHMENTS_MAX: number(100).describe('Filer i ét kald til API’et, breve til hver enkelt modtager ikke medregnet.'),
  API_REQUESTS_PER_MINUTE: number(6_000).describe('Kald, ét program må lave i minuttet; resten får 429.'),
  API_LOGON_FAILURES_PER_MINUTE: number(10).describe('Mislykkede logon med ét klient-id fra én adresse i minuttet; resten får 429.'),
  API_TOKEN_LIFE_MS: number(15 * MINUTE_MS).describe('Hvor længe et adgangstoken fra /api/token gælder.'),
  API_ANSWER_MEMORY_MS: number(35 * DAY_MS).describe('Hvor længe svaret på et kald med Idempotency-Key huskes.'),
  API_PAGE_MAX: number(1_000).describe('Flest modtagere eller forsendelser i ét svar fra API’et.'),

  SMTP_HOST: text('127.0.0.1').describe('Adresse for SMTP-døren.'),
  SMTP_PORT: number(2525).describe('Port for SMTP-døren; 0 vælger en fri.'),
  SMTP_NAME: text('postbro').describe('Værtsnavn i hilsenen og i Received-felter.'),
  SMTP_TLS_CERTIFICATE_FILE: optionalFile.describe('Certifikatkæde (PEM) til STARTTLS.'),
  SMTP_TLS_KEY_FILE: optionalFile.describe('Privat nøgle (PEM) til STARTTLS.'),
  SMTP_CLIENT_CA_FILE: optionalFile.describe('Udstedere (PEM) af de klientcertifikater, der må vises.'),
  SMTP_CLIENT_CERTIFICATES: z
    .enum(['required', 'off'])
    .default('required')
    .describe('required: et klientcertifikat, som en organisation har på sin liste, ellers ingen mail. off: kun til øvelse.'),
  SMTP_SIZE_MAX_BYTES: number(157_286_400).describe('Største mail, der tages imod (150 MB).'),
  SMTP_DISCARD_MAX_BYTES: number(157_286_400).describe('Hvor meget af en for stor mail der læses videre, før forbindelsen afbrydes.'),
  SMTP_RECIPIENTS_MAX: number(1000).describe('Modtagere i én aflevering; resten får 452.'),
  SMTP_CONNECTIONS_MAX: number(500).describe('SMTP-forbindelser åbne på én gang.'),
  SMTP_IDLE_TIMEOUT_MS: number(5 * MINUTE_MS).describe('En forbindelse, der tier så længe, lukkes (RFC 5321 4.5.3.2.7).'),
  SMTP_LINE_MAX_BYTES: number(1_048_576).describe('Længste linje i en mail.'),
  SMTP_HEADER_MAX_BYTES: number(1_048_576).describe('Største hoved i en mail.'),
  SMTP_RECEIVED_MAX: number(50).describe('Flere Received-felter end dette er en løkke.'),

  RELAY_HOST: text('').describe('Hvor almindelig mail, kvitteringer og afvisninger afleveres (Exchange).'),
  RELAY_PORT: number(25).describe('Dens SMTP-port.'),
  RELAY_TLS: z.enum(['required', 'off']).default('required').describe('required: STARTTLS med gyldigt certifikat. off: kun til øvelse.'),
  RELAY_CA_FILE: optionalFile.describe('Udstedere (PEM) for RELAY_HOST; null: maskinens egne.'),
  RELAY_CONCURRENCY: number(8).describe('Mails, der afleveres til Exchange på én gang.'),
  RELAY_TIMEOUT_MS: number(60_000).describe('Tavshed fra Exchange, hvorefter afleveringen prøves igen.'),

  ...networkFields('NGDP', 'NgDP'),
  ...networkFields('MITDK', 'mit.dk'),
  ...networkFields('EBOKS', 'e-Boks'),
  MASS_RECIPIENTS_MAX: number(1_000_000).describe('Modtagere i én masseforsendelse.'),
  MEMO_HEADER_MAX_BYTES: number(1_000_000).describe('Største MemoHeader.json, der læses; en større springes over, og det står i kvitteringen.'),
  MASS_LIST_MAX_BYTES: number(32_000_000).describe('Største masseforsendelse.txt.'),
  MASS_MERGE_LETTERS_MAX: number(10_000).describe('Breve, der udfyldes fra masseforsendelse.csv for én mail.'),
  MASS_MERGE_BATCH_LETTERS: number(100).describe('Breve, der højst udfyldes ad gangen i en børneproces.'),
  MASS_MERGE_BATCH_MS: number(1_000).describe('Så længe udfylder en børneproces breve, før andre mails får deres tur.'),
  MASS_CONVERT_CONCURRENCY: number(2).describe('Masseforsendelser blandt de mails, der konverteres på én gang (CONVERT_CONCURRENCY); mindst én plads er altid fri til enkelte breve, hvor der er flere.'),
  MASS_CONTAINER_RECIPIENTS_MIN: number(100).describe('Fra så mange modtagere afleveres en masseforsendelse i pakker (.tar.lzma).'),
  MASS_CONTAINER_MESSAGES_MAX: number(500).describe('Beskeder i én pakke.'),
  MASS_CONTAINER_BYTES_MAX: number(50_000_000).describe('Beskedernes samlede størrelse i én pakke, før den komprimeres.'),
  MASS_CONTAINER_CONCURRENCY: number(2).describe('Pakker, der dannes og afleveres på én gang.'),
  BULK_RECIPIENTS: number(10).describe('En mail til flere modtagere end dette overhales af enkelte mails.'),
  MITDK_CONTACT_STRUCTURE: z.enum(['on', 'off']).default('off').describe('off: mit.dk får ingen kontaktpunkter; der sendes i organisationens navn.'),
  EBOKS_FILE_TYPES: z.enum(['on', 'off']).default('off').describe('on: e-Boks får kun filtyper, som også Digital Post tager imod.'),
  DELIVERY_FAULTS_MAX: number(3).describe('Efter så mange forsøg sættes en besked, som vi ikke selv kan danne uden fejl, til side.'),
  DELIVERY_RETRY_FIRST_MS: number(MINUTE_MS).describe('Ventetid før andet forsøg; fordobles for hvert følgende.'),
  DELIVERY_RETRY_MAX_MS: number(HOUR_MS).describe('Længste ventetid mellem to forsøg.'),
  NGDP_PUSH_HOST: text('127.0.0.1').describe('Adresse for døren, hvor NgDP afleverer kvitteringer.'),
  NGDP_PUSH_PORT: z.coerce.number().int().nullable().default(null).describe('Dens port (TLS med klientcertifikat); null: ingen sådan dør.'),
  NGDP_PUSH_CERTIFICATE_FILE: optionalFile.describe('Dørens certifikatkæde (PEM).'),
  NGDP_PUSH_KEY_FILE: optionalFile.describe('Dørens private nøgle (PEM).'),
  NGDP_PUSH_CLIENT_CA_FILE: optionalFile.describe('Udstedere (PEM) af NgDP’s klientcertifikat.'),

  MEMO_VERSION: z.enum(['1.1', '1.2']).default('1.2').describe('Version af den MeMo, der skrives.'),
  DELIVERY_LATE_MS: number(4 * HOUR_MS).describe('Ikke afleveret efter så lang tid: afsenderen får besked.'),
  DELIVERY_EXPIRY_MS: number(5 * DAY_MS).describe('Ikke afleveret efter så lang tid: opgivet, afsenderen får besked.'),
  RECEIPT_DEADLINE_MS: number(DAY_MS).describe('Kvitteringer mangler efter så lang tid: afsenderen får det, der vides.'),
  RECEIPT_NUMBERS: z.enum(['masked', 'full']).default('masked').describe('Hvordan CPR-numre står i kvitteringer.'),
  RECEIPT_TABLE_ROWS_MAX: number(100).describe('Så mange modtagere af en masseforsendelse står i kvitteringens tabel, de fejlede først.'),
  RECEIPT_JSON_ROWS_MAX: number(10_000).describe('Op til så mange modtagere står alle i NgDPKvittering.json; ved flere kun så mange af de fejlede.'),
  RECEIPT_DIGEST_MS: number(15 * MINUTE_MS).describe('Så længe samles kvitteringer til postkasser, der vil have dem i én mail.'),
  RECEIPT_DIGEST_MAILS_MAX: number(1_000).describe('Flest kvitteringer i en sådan mail; resten kommer i den næste.'),
  MASS_PROGRESS_MS: number(10 * MINUTE_MS).describe('En masseforsendelse, der tager længere tid: afsenderen får besked om, hvor langt den er.'),
  REFUSAL_ORIGINAL_MAX_BYTES: number(10_000_000).describe('En afvist mail op til denne størrelse vedhæftes afvisningen.'),
  DEDUPE_MEMORY_MS: number(35 * DAY_MS).describe('Hvor længe en aflevering huskes, så en gentagelse springes over.'),
  UPLOAD_ABANDONED_MS: number(HOUR_MS).describe('Halvt modtagne data ældre end dette fjernes.'),

  HOLD_SINGLE_MS: number(2 * MINUTE_MS).describe('Så længe venter en besked, før den sendes, så afsenderen kan fortryde; 0: slet ikke. Kan sættes for hver postkasse.'),
  HOLD_MASS_MS: number(10 * MINUTE_MS).describe('Det samme for en masseforsendelse.'),
  HOLD_NOTICE: z.enum(['on', 'off']).default('on').describe('on: afsenderen får en mail med et link til at fortryde, mens beskeden venter.'),
  SEND_AT_MAX_MS: number(366 * DAY_MS).describe('Så langt ude i fremtiden må et valgt sendetidspunkt ligge.'),
  MASS_APPROVAL_OVER_RECIPIENTS: number(500).describe('En masseforsendelse til flere end dette skal godkendes af en anden end afsenderen; 0: ingen skal.'),
  MASS_TYPED_OVER_RECIPIENTS: number(100).describe('Til flere end dette beder tilføjelsesprogrammet om, at antallet skrives, før listen lægges i mailen; 0: det beder aldrig om det.'),
  APPROVAL_REMINDER_MS: number(DAY_MS).describe('En masseforsendelse, der har ventet så længe på godkendelse: godkenderne får en påmindelse.'),
  APPROVAL_EXPIRY_MS: number(7 * DAY_MS).describe('En masseforsendelse, der ikke er godkendt efter så lang tid, stoppes.'),
  PUBLIC_URL: text('').refine((url) => url === '' || /^https?:\/\/[^\s/]+/i.test(url), 'skal begynde med https:// (eller http:// til øvelse)').describe('Adressen, som links i mails begynder med, fx https://post.kommune.dk; tom: mails har ingen links.'),
  LINK_LIFETIME_MS: number(7 * DAY_MS).describe('Så længe virker et link i en mail.'),

  ...lookupFields,
  ...privacyFields,
  ...documentFields,
  ...letterCheckFields,
  ...mailGuardFields,
  ...addinFields,
  ...newsFields,

  WORKER_LEASE_MS: number(10_000).describe('En proces, der tier så længe, har mistet sit arbejde til de andre.'),
  WORKER_HEARTBEAT_MS: number(2_000).describe('Ventetid mellem to livstegn.'),
  WORKER_POLL_MS: number(500).describe('Ventetid mellem to kig efter arbejde fra andre processer.'),
  CONVERT_CONCURRENCY: number(4).describe('Mails, der konverteres på én gang.'),
  CONVERT_ATTEMPTS_MAX: number(2).describe('En mail, der vælter sin læser så mange gange, sættes til side.'),
  CONVERT_PAUSE_MS: number(1_000).describe('Ventetid, før en mail, der ikke kunne læses, læses igen.'),
  CONVERT_LOSSES_MAX: number(20).describe('En mail, som aldrig bliver færdig, før gatewayen dør så mange gange, sættes også til side.'),
  FOLLOW_TIME_MS: number(5_000).describe('Ventetid mellem to kig efter det, der er forsinket, opgivet eller kan glemmes.'),
  ISOLATE_PROCESSES: number(2).describe('Børneprocesser, der åbner fremmede data.'),
  ISOLATE_TIME_MAX_MS: number(20_000).describe('Tid, én mail må tage i en børneproces.'),
  ISOLATE_MEMORY_MAX_BYTES: number(1_073_741_824).describe('Hukommelse, en børneproces må bruge; en tabel på 20.000 felter kræver det meste.'),
  ISOLATE_REPLACE_BYTES: number(402_653_184).describe('En børneproces, der er vokset ud over dette, skiftes ud efter sin mail.'),
  ISOLATE_JOBS_MAX: number(500).describe('Mails, hvorefter en børneproces skiftes ud.'),
  SHUTDOWN_GRACE_MS: number(6_000).describe('Tid til at gøre igangværende arbejde færdigt efter SIGTERM.'),
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

function credentialFaults(settings: Settings, organisations: readonly OrganisationEntry[]): readonly string[] {
  if (!settings.ROLES.includes('work')) return [];
  return organisations.flatMap((organisation) =>
    memoChannelIds.flatMap((channel) => {
      const credentials = organisation[channel];
      return credentials ? pairFaults(credentials).map((fault) => `${organisation.name}, ${channel}: ${fault}`) : [];
    }),
  );
}

function pairFaults({ certificateFile, keyFile }: NetworkCredentials): readonly string[] {
  const [cert, key] = [readFileOrNull(certificateFile), readFileOrNull(keyFile)];
  if (cert !== null && key !== null) {
    const fits = isFitTls({ cert: Buffer.from(cert), key: Buffer.from(key) });
    return fits ? [] : [`certifikatet ${certificateFile} og nøglen ${keyFile} kan ikke bruges sammen.`];
  }
  return [...(cert === null ? [certificateFile] : []), ...(key === null ? [keyFile] : [])].map((file) => `filen ${file} kan ikke læses.`);
}

/** What a file of organisations says, and everything that is wrong with it, in sentences that hold none of its secrets. */
export interface OrganisationsRead {
  readonly organisations: readonly OrganisationEntry[];
  readonly faults: readonly string[];
}

/** Judges the content of ORGANISATIONS_FILE for a gateway that runs; null: the file cannot be read. */
export function readOrganisations(settings: Settings, content: string | null): OrganisationsRead {
  const { organisations, faults } = organisationsIn(content);
  return { organisations, faults: [...faults, ...credentialFaults(settings, organisations)] };
}

function organisationsIn(content: string | null): OrganisationsRead {
  if (content === null) return { organisations: [], faults: ['ORGANISATIONS_FILE: filen kan ikke læses.'] };
  try {
    const parsed = organisationsFileSchema.safeParse(JSON.parse(content));
    if (parsed.success) return { organisations: parsed.data.organisations, faults: [] };
    return { organisations: [], faults: parsed.error.issues.map((issue) => `ORGANISATIONS_FILE: ${issue.path.join('.')}: ${issue.message}`) };
  } catch {
    return { organisations: [], faults: ['ORGANISATIONS_FILE: filen er ikke JSON.'] };
  }
}

/** A file's text; null when it cannot be read. */
export function readFileOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** The organisations as the steps know them: without credentials. */
export function withoutCredentials(entries: readonly OrganisationEntry[]): readonly Organisation[] {
  return entries.map(
    ({
      ngdp: _ngdp, mitdk: _mitdk, eboks: _eboks, smtpClientCertificates: _certificates, smtpClientAddresses: _addresses,
      apiClients: _clients, lookup: _lookup, mailboxGroup: _group, ...organisation
    }) => organisation,
  );
}

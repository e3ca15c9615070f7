import { z } from 'zod';
import { text, wholeNumber } from './setting-kinds.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Settings of the registers, of the people who log on, and of the Exchange group; part of the gateway's one schema. */
export const lookupFields = {
  DATAFORDELER_GRAPHQL_URL: text('https://graphql.datafordeler.dk').describe('Datafordelerens GraphQL, uden register og version.'),
  DATAFORDELER_TOKEN_URL: text('https://auth.datafordeler.dk/realms/distribution/protocol/openid-connect/token').describe('Hvor Datafordeleren giver tokens mod klient-id og hemmelighed.'),
  DATAFORDELER_CERTIFICATE_TOKEN_URL: text('https://auth-oces.datafordeler.dk/realms/distribution/protocol/openid-connect/token').describe('Hvor Datafordeleren giver tokens mod certifikat.'),
  DATAFORDELER_REST_URL: text('https://s5-certservices.datafordeler.dk').describe('Datafordelerens gamle REST (lukkes af Datafordeleren).'),
  CPR_GRAPHQL_VERSION: text('v2').describe('Version af CPR i Datafordelerens GraphQL.'),
  CVR_GRAPHQL_VERSION: text('v2').describe('Version af CVR i Datafordelerens GraphQL.'),
  SF1520_URL: text('').describe('Serviceplatformens PersonBaseDataExtended (SF1520); tom: bruges ikke.'),
  VIRK_URL: text('http://distribution.virk.dk/cvr-permanent').describe('Virks system-til-system-adgang til CVR.'),
  VIRK_ENCRYPTED_ALL_THE_WAY: z.enum(['on', 'off']).default('off').describe('on: hele vejen til Virk er krypteret, også efter en proxy; så må ti cifre, der kunne være et CPR-nummer, spørges der om som P-nummer.'),
  REGISTER_CA_FILE: z.string().nullable().default(null).describe('Udstedere (PEM) af registrenes certifikater; null: maskinens egne.'),
  REGISTER_CALL_TIMEOUT_MS: wholeNumber(10_000).describe('Tavshed fra et register, hvorefter opslaget opgives.'),
  REGISTER_CONCURRENCY: wholeNumber(4).describe('Kald til ét register på én gang fra én gateway.'),
  REGISTER_RETRIES: wholeNumber(2).describe('Nye forsøg, når et register har for travlt (429, 5xx) eller afbryder.'),
  REGISTER_PAUSE_MS: wholeNumber(5_000).describe('Svarer et register ikke, får alle opslag i så lang tid besked med det samme; derefter prøves ét, og de andre venter kort på det.'),
  LOOKUP_DEADLINE_MS: z.coerce.number().int().min(1).default(12_000).describe('Så længe må ét opslag vare i alt: kø, forsøg, token og begge registre.'),

  LOOKUP_PERSON_MEMORY_MS: wholeNumber(4 * HOUR_MS).describe('Hvor længe et svar fra CPR huskes; beskyttede navne huskes aldrig.'),
  LOOKUP_COMPANY_MEMORY_MS: wholeNumber(DAY_MS).describe('Hvor længe et svar fra CVR huskes.'),
  LOOKUP_NOT_FOUND_MEMORY_MS: wholeNumber(HOUR_MS).describe('Hvor længe det huskes, at et nummer ikke findes.'),
  REACH_MEMORY_MS: wholeNumber(DAY_MS).describe('Hvor længe det huskes, om en modtager er tilmeldt.'),
  REACH_NOT_REGISTERED_MEMORY_MS: wholeNumber(HOUR_MS).describe('Hvor længe det huskes, at en modtager ikke er tilmeldt.'),
  CONTACT_POINTS_MEMORY_MS: wholeNumber(HOUR_MS).describe('Hvor længe en modtagers kontaktpunkter og deres grænser huskes.'),
  CONTACT_POINTS_WAIT_MS: wholeNumber(2_000).describe('Så længe venter en mail til et kontaktpunkt på modtagerens egne grænser; derefter gælder kun de almindelige.'),
  LOOKUPS_PER_USER_PER_MINUTE: wholeNumber(60).describe('Navne, én bruger må slå op i minuttet, også når enkelte modtagere tjekkes; resten får 429.'),
  LOOKUPS_PER_USER_PER_DAY: wholeNumber(1_000).describe('Navneopslag, én bruger må lave i døgnet; resten får 429.'),
  LOOKUP_NOT_FOUND_ALARM: wholeNumber(5).describe('Slår en bruger så mange numre op i et døgn, som ikke findes, får overvågningspostkassen besked.'),
  BATCH_NAMES_PER_USER_PER_DAY: wholeNumber(20_000).describe('Navne, én bruger må få i døgnet, når hele lister tjekkes; resten får 429.'),
  BATCH_NOT_FOUND_ALARM: wholeNumber(20).describe('Er der i en brugers lister et døgn flere CPR-numre end dette, som ikke findes, får overvågningspostkassen besked …'),
  BATCH_NOT_FOUND_ALARM_PERCENT: wholeNumber(5).describe('… hvis de i den ene liste er flere end så mange procent; i rigtige lister er kun få forkerte.'),
  CHECK_RECIPIENTS_MAX: wholeNumber(100).describe('Modtagere i ét tjek.'),
  CHECK_BATCH_MAX: wholeNumber(10_000).describe('Modtagere i et samlet tjek af en liste.'),
  CHECK_CONCURRENCY: wholeNumber(4).describe('Hundreder af modtagere, som et tjek spørger om på én gang.'),
  CHECKS_PER_USER_PER_DAY: wholeNumber(50_000).describe('Modtagere, én bruger må tjekke i døgnet.'),

  ENTRA_URL: text('https://login.microsoftonline.com').describe('Microsoft Entra, hvis tokens tages imod.'),
  ENTRA_CA_FILE: z.string().nullable().default(null).describe('Udstedere (PEM) af certifikatet hos Entra og Graph; null: maskinens egne.'),
  ENTRA_AUDIENCE: text('').describe('Gatewayens app-id i Entra; tom: ingen kan logge på med Entra.'),
  ENTRA_CLIENT_IDS: text('').transform((value) => value.split(',').map((id) => id.trim().toLowerCase()).filter((id) => id !== ''))
    .describe('App-id’er, hvis tokens tages imod (tilføjelsesprogrammets); tom: kun ENTRA_AUDIENCE selv.'),
  ENTRA_SCOPE: text('access_as_user').describe('Det scope, et token skal have.'),
  ENTRA_CLOCK_TOLERANCE_MS: z.coerce.number().int().min(0).max(MINUTE_MS, 'højst et minut').default(MINUTE_MS).describe('Hvor meget ure må være uenige om et tokens gyldighed.'),
  ENTRA_KEYS_MEMORY_MS: wholeNumber(10 * MINUTE_MS).describe('Hvor længe Entras nøgler bruges, før de hentes igen.'),
  ENTRA_KEYS_COOLDOWN_MS: wholeNumber(30_000).describe('Korteste tid mellem to hentninger af Entras nøgler, hvad kald end påstår.'),
  ENTRA_KEYS_OUTAGE_MS: wholeNumber(DAY_MS).describe('Så længe bruges Entras kendte nøgler, mens Entra ikke svarer.'),
  ENTRA_TOKEN_LIFE_MAX_MS: wholeNumber(28 * HOUR_MS).describe('Længste gyldighed af et token; Entra giver højst 28 timer.'),
  API_USER_REQUESTS_PER_MINUTE: wholeNumber(600).describe('Kald, én bruger må lave i minuttet; resten får 429.'),
  API_ORIGINS: text('').transform((value) => value.split(',').map((origin) => origin.trim().toLowerCase().replace(/\/+$/, '')).filter((origin) => origin !== ''))
    .refine((origins) => origins.every((origin) => /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin)), 'skal være websteder som https://addin.kommune.dk, uden sti')
    .describe('Websteder (fx https://addin.kommune.dk), hvis sider må kalde API’et; tom: kun gatewayens eget.'),
  ME_MEMORY_MS: wholeNumber(DAY_MS).describe('Hvor længe tilføjelsesprogrammet må bruge det, det har fået at vide om brugerens rettigheder.'),
  API_COUNT_MAX: wholeNumber(1_000).describe('Så langt tælles forsendelser for hvert filter i listen over sendte.'),
  SENT_EVENTS_POLL_MS: wholeNumber(1_000).describe('Ventetid mellem to kig efter ændringer for alle, der følger deres forsendelser.'),
  SENT_EVENTS_FIRST_MAX: wholeNumber(100).describe('Så mange af de nyeste, og af dem på vej, fortælles der om, når nogen begynder at følge med.'),
  SENT_EVENTS_RECIPIENTS_MAX: wholeNumber(20).describe('Op til så mange modtagere fortælles der om hver for sig.'),
  SENT_EVENTS_HEARTBEAT_MS: wholeNumber(15_000).describe('Ventetid mellem to livstegn til den, der følger med.'),
  SENT_EVENTS_LIFE_MS: wholeNumber(10 * MINUTE_MS).describe('Så længe følges der med, før der skal spørges igen.'),
  SENT_EVENTS_STREAMS_MAX: wholeNumber(2_000).describe('Så mange må følge med på én gang hos én gateway; resten får 503.'),
  SENT_EVENTS_STREAMS_PER_USER_MAX: wholeNumber(5).describe('Så mange gange må én bruger følge med på én gang; resten får 429.'),
  PROOF_RECIPIENTS_MAX: wholeNumber(100).describe('Modtagere i ét bevis; er der flere, vælges en af dem.'),
  AUDIT_PAGE_MAX: wholeNumber(1_000).describe('Rækker af loggen i ét svar; en eksport henter side for side.'),
  PUBLIC_SENDERS_FILE: z.string().nullable().default(null).describe('Digitaliseringsstyrelsens liste over offentlige afsendere: et CVR-nummer i hver linje, eller CSV; null: tjekkes ikke.'),

  GRAPH_URL: text('https://graph.microsoft.com/v1.0').describe('Microsoft Graph, hvor postkassernes gruppe læses.'),
  MAILBOX_GROUP_POLL_MS: z.coerce.number().int().min(500).default(15 * MINUTE_MS).describe('Ventetid mellem to læsninger af postkassernes gruppe.'),
} as const;

/** What must be kept how long, and what is watched; part of the gateway's one schema. */
export const privacyFields = {
  SECRET_KEYS_FILE: text('').describe('Fil med gatewayens nøgler: en linje for hver, »navn nøgle«, den nyeste først (docs/drift.md).'),
  CONTENT_RETENTION_MS: wholeNumber(30 * DAY_MS).describe('Så længe gemmes en mail, dens brev og dens filer, efter at den er færdig.'),
  RECORD_RETENTION_MS: wholeNumber(184 * DAY_MS).describe('Så længe gemmes det, hvem der fik hvad hvornår, med kvitteringer og kontroltal.'),
  AUDIT_RETENTION_MS: wholeNumber(184 * DAY_MS).describe('Så længe gemmes loggen over opslag og handlinger (6 måneder).'),
  RETENTION_POLL_MS: wholeNumber(HOUR_MS).describe('Ventetid mellem to oprydninger.'),
  FILES_POLL_MS: wholeNumber(30_000).describe('Ventetid mellem to kig efter nye certifikater, hemmeligheder og organisationer; de tages i brug uden genstart.'),
  EXPIRY_POLL_MS: wholeNumber(HOUR_MS).describe('Ventetid mellem to kig efter certifikater og hemmeligheder, der udløber.'),
  LOG_SUBJECTS: z.enum(['on', 'off']).default('off').describe('on: emner må stå i den tekniske log.'),
  LOG_SENDERS: z.enum(['on', 'off']).default('off').describe('on: afsenderes mailadresser må stå i den tekniske log.'),
  LOG_ERROR_TEXTS: z.enum(['on', 'off']).default('off').describe('on: fejltekster, som andre systemer har skrevet om en mail, må stå i den tekniske log.'),
} as const;

export type LookupSettings = z.infer<z.ZodObject<typeof lookupFields>>;

/** Days ahead at which a certificate or secret that ends is told of (reliability.md, T35). */
export const EXPIRY_WARNING_DAYS = [60, 30, 14, 7, 1] as const;

/** An OAuth client: by secret (the file holds nothing else) or by certificate. */
const oauthClientSchema = z.object({
  clientId: z.string().min(1),
  secretFile: z.string().nullable().default(null),
  certificateFile: z.string().nullable().default(null),
  keyFile: z.string().nullable().default(null),
  /** When the secret ends, so that somebody is told in time; certificates say it themselves. */
  secretExpiresOn: z.iso.date().nullable().default(null),
}).refine(({ secretFile, certificateFile, keyFile }) => (secretFile === null) === (certificateFile !== null && keyFile !== null),
  'skal have enten secretFile, eller certificateFile og keyFile');

const serviceplatformSchema = z.object({
  certificateFile: z.string(),
  keyFile: z.string(),
  serviceAgreementUuid: z.guid(),
  userSystemUuid: z.guid(),
  userUuid: z.guid(),
  serviceUuid: z.guid().default('4925d7a0-1b5b-11ec-bdc6-b312b83236d4'),
});

/** How one organisation reaches the registers (registers-identity.md 1 and 2). */
export const lookupSchema = z.object({
  /** authority: protected names are told apart; public-sender and company get no protected names (registers-identity.md 1.1). */
  access: z.enum(['authority', 'public-sender', 'company']).nullable().default(null),
  cpr: z.discriminatedUnion('adapter', [
    z.object({ adapter: z.literal('datafordeler'), client: oauthClientSchema }),
    z.object({ adapter: z.literal('datafordeler-rest'), certificateFile: z.string().nullable().default(null), keyFile: z.string().nullable().default(null), user: z.string().nullable().default(null), passwordFile: z.string().nullable().default(null) }),
    z.object({ adapter: z.literal('sf1520'), ...serviceplatformSchema.shape }),
  ]).nullable().default(null),
  cvr: z.discriminatedUnion('adapter', [
    z.object({ adapter: z.literal('datafordeler'), apiKeyFile: z.string(), apiKeyExpiresOn: z.iso.date().nullable().default(null) }),
    z.object({ adapter: z.literal('virk'), user: z.string(), passwordFile: z.string() }),
  ]).nullable().default(null),
  /** Whether the names of a whole list of recipients may be looked up at once. */
  namesInBatches: z.boolean().default(false),
});

/** The Exchange group that holds an organisation's secure mailboxes, read through Microsoft Graph. */
export const mailboxGroupSchema = z.object({
  tenant: z.guid(),
  client: oauthClientSchema,
  /** The group's mail address, or its object id. */
  group: z.string().min(1),
});

export type OrganisationLookup = z.infer<typeof lookupSchema>;
export type OauthClient = z.infer<typeof oauthClientSchema>;
export type MailboxGroup = z.infer<typeof mailboxGroupSchema>;

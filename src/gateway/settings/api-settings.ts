import { wholeNumber } from './setting-kinds.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Settings of the HTTP API for programs; part of the gateway’s one schema. */
export const apiFields = {
  API_BODY_MAX_BYTES: wholeNumber(40_000_000).describe('Største kald til API’et; større breve sendes med SMTP.'),
  API_SMALL_BODY_MAX_BYTES: wholeNumber(1_000_000).describe('Største kald til API’et, som hverken sender eller har filer med.'),
  API_VALUES_MAX: wholeNumber(20_000).describe('Værdier i ét kald (tekster, tal, lister og objekter); skal være mere end CHECK_BATCH_MAX. En masseforsendelse må desuden nævne sine modtagere.'),
  API_BODIES_AT_ONCE_BYTES: wholeNumber(80_000_000).describe('Hvor meget alle kald under modtagelse må fylde tilsammen; resten får 503.'),
  API_RECIPIENTS_MAX: wholeNumber(1_000).describe('Modtagere i én besked gennem API’et; flere sendes som masseforsendelse.'),
  API_ATTACHMENTS_MAX: wholeNumber(100).describe('Filer i ét kald til API’et, breve til hver enkelt modtager ikke medregnet.'),
  API_REQUESTS_PER_MINUTE: wholeNumber(6_000).describe('Kald, ét program må lave i minuttet; resten får 429.'),
  API_LOGON_FAILURES_PER_MINUTE: wholeNumber(10).describe('Mislykkede logon med ét klient-id fra én adresse i minuttet; resten får 429.'),
  API_TOKEN_LIFE_MS: wholeNumber(15 * MINUTE_MS).describe('Hvor længe et adgangstoken fra /api/token gælder.'),
  API_ANSWER_MEMORY_MS: wholeNumber(35 * DAY_MS).describe('Hvor længe svaret på et kald med Idempotency-Key huskes.'),
  API_PAGE_MAX: wholeNumber(1_000).describe('Flest modtagere eller forsendelser i ét svar fra API’et.'),
} as const;

import { z } from 'zod';
import { optionalFile, text, wholeNumber } from './setting-kinds.ts';

const MINUTE_MS = 60_000;

/** Settings of the SMTP door; part of the gateway’s one schema. */
export const smtpFields = {
  SMTP_HOST: text('127.0.0.1').describe('Adresse for SMTP-døren.'),
  SMTP_PORT: wholeNumber(2525).describe('Port for SMTP-døren; 0 vælger en fri.'),
  SMTP_NAME: text('postbro').describe('Værtsnavn i hilsenen og i Received-felter.'),
  SMTP_TLS_CERTIFICATE_FILE: optionalFile.describe('Certifikatkæde (PEM) til STARTTLS.'),
  SMTP_TLS_KEY_FILE: optionalFile.describe('Privat nøgle (PEM) til STARTTLS.'),
  SMTP_CLIENT_CA_FILE: optionalFile.describe('Udstedere (PEM) af de klientcertifikater, der må vises.'),
  SMTP_CLIENT_CERTIFICATES: z
    .enum(['required', 'off'])
    .default('required')
    .describe('required: et klientcertifikat, som en organisation har på sin liste, ellers ingen mail. off: kun til øvelse.'),
  SMTP_SIZE_MAX_BYTES: wholeNumber(157_286_400).describe('Største mail, der tages imod (150 MB).'),
  SMTP_DISCARD_MAX_BYTES: wholeNumber(157_286_400).describe('Hvor meget af en for stor mail der læses videre, før forbindelsen afbrydes.'),
  SMTP_RECIPIENTS_MAX: wholeNumber(1000).describe('Modtagere i én aflevering; resten får 452.'),
  SMTP_CONNECTIONS_MAX: wholeNumber(500).describe('SMTP-forbindelser åbne på én gang.'),
  SMTP_IDLE_TIMEOUT_MS: wholeNumber(5 * MINUTE_MS).describe('En forbindelse, der tier så længe, lukkes (RFC 5321 4.5.3.2.7).'),
  SMTP_LINE_MAX_BYTES: wholeNumber(1_048_576).describe('Længste linje i en mail.'),
  SMTP_HEADER_MAX_BYTES: wholeNumber(1_048_576).describe('Største hoved i en mail.'),
  SMTP_RECEIVED_MAX: wholeNumber(50).describe('Flere Received-felter end dette er en løkke.'),
} as const;

import { z } from 'zod';

const lower = z.string().transform((value) => value.toLowerCase());
const cvr = z.string().regex(/^\d{8}$/, 'et CVR-nummer er 8 cifre');

/** How one organisation logs on to NgDP: its registered sender system, and the certificate of memo-ngdp.md 3.2. */
const ngdpSchema = z.object({
  systemId: z.string(),
  apiKey: z.string().meta({ secret: true }),
  certificateFile: z.string(),
  keyFile: z.string(),
});

const organisationSchema = z.object({
  name: z.string().min(1).max(256),
  cvrNumbers: z.array(cvr).min(1),
  mailDomains: z.array(lower).min(1),
  mainMailbox: lower,
  watchMailbox: lower,
  helpContact: lower,
  contactPoints: z.array(z.object({ id: lower, name: z.string(), mailbox: lower.nullable() })).default([]),
  secureMailboxes: z.array(
    z.object({ address: lower, channels: z.array(z.string()), senders: z.array(lower) }),
  ),
  /** SHA-256 fingerprints (hex, colons allowed) of the certificates with which this organisation's Exchange logs on. */
  smtpClientCertificates: z
    .array(z.string().transform((value) => value.replaceAll(':', '').toLowerCase()))
    .default([]),
  ngdp: ngdpSchema.nullable().default(null),
});

/** The file that ORGANISATIONS_FILE names: one entry for each customer of the gateway (docs/drift.md). */
export const organisationsFileSchema = z.object({
  organisations: z.array(organisationSchema).min(1),
});

export type OrganisationEntry = z.infer<typeof organisationSchema>;
export type NgdpCredentials = z.infer<typeof ngdpSchema>;

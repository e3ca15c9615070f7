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

function certificateMark(value: string): string {
  const mark = value.toLowerCase();
  return mark.startsWith('dns:') ? mark : mark.replaceAll(':', '');
}

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
  /**
   * Certificates with which this organisation's Exchange logs on: SHA-256 fingerprints (hex, colons allowed), or
   * `dns:` and a name in the certificate, for those that a provider renews by itself.
   */
  smtpClientCertificates: z.array(z.string().transform(certificateMark)).default([]),
  /** Addresses or networks (CIDR) from which it logs on; empty: any. */
  smtpClientAddresses: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
  /** Tenants that X-OriginatorOrg must name; demanded where several organisations list the same certificate. */
  smtpOriginatorOrgs: z.array(lower).default([]),
  ngdp: ngdpSchema.nullable().default(null),
});

/** The file that ORGANISATIONS_FILE names: one entry for each customer of the gateway (docs/drift.md). */
export const organisationsFileSchema = z
  .object({ organisations: z.array(organisationSchema).min(1) })
  .superRefine(({ organisations }, context) => {
    const shared = sharedCertificates(organisations);
    for (const { name, smtpClientCertificates, smtpOriginatorOrgs } of organisations) {
      const problem = smtpOriginatorOrgs.length === 0 && smtpClientCertificates.some((mark) => shared.has(mark));
      const message = `${name} deler klientcertifikat med en anden organisation og skal derfor have smtpOriginatorOrgs`;
      if (problem) context.addIssue({ code: 'custom', message, path: ['organisations'] });
    }
  });

function sharedCertificates(organisations: readonly OrganisationEntry[]): ReadonlySet<string> {
  const marks = organisations.flatMap(({ smtpClientCertificates }) => [...new Set(smtpClientCertificates)]);
  return new Set(marks.filter((mark, n) => marks.indexOf(mark) !== n));
}

export type OrganisationEntry = z.infer<typeof organisationSchema>;
export type NgdpCredentials = z.infer<typeof ngdpSchema>;

import { z } from 'zod';
import { mailDomainOf, normaliseMailAddress } from '../../domain/mail-address.ts';
import type { Action } from '../../domain/action.ts';
import { lookupSchema, mailboxGroupSchema } from './lookup-settings.ts';
import { mailGuardSchema } from './mail-guard-settings.ts';

const lower = z.string().transform((value) => value.toLowerCase());
const cvr = z.string().regex(/^\d{8}$/, 'et CVR-nummer er 8 cifre');

/** How one organisation logs on to a network: its registered sender system, and the certificate of memo-ngdp.md 3.2. */
const networkSchema = z.object({
  systemId: z.string(),
  apiKey: z.string().meta({ secret: true }),
  certificateFile: z.string(),
  keyFile: z.string(),
});

const holdMs = z.number().int().min(0).nullable().default(null);

/** What a program may be given; looking up and administering are people's. */
const API_RIGHTS = ['send', 'mass-send', 'stop', 'resend', 'approve'] as const satisfies readonly Action[];

/** A program of the organisation that may use the HTTP API (docs/api.md). */
const apiClientSchema = z.object({
  clientId: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'et klient-id er 1-64 bogstaver, cifre, punktum, _ og -'),
  /** SHA-256 of the secret, hex: the secret itself stands nowhere here. */
  secretSha256: z.string().regex(/^[0-9a-fA-F]{64}$/, 'SHA-256 skrives som 64 hex-cifre').meta({ secret: true }),
  /** Mailboxes from which it may send; absent: all of the organisation's. */
  mailboxes: z.array(lower).optional(),
  /** What it may do. Approving is never given by default: a program is no second pair of eyes. */
  may: z.array(z.enum(API_RIGHTS)).default(['send', 'mass-send', 'stop', 'resend']),
});

const memoText = z.string().trim().min(1).max(256);

function certificateMark(value: string): string {
  const mark = value.toLowerCase();
  return mark.startsWith('dns:') ? mark : mark.replaceAll(':', '');
}

const objectId = z.guid('et objekt-id i Entra er en GUID').transform((value) => value.toLowerCase());

const organisationSchema = z.object({
  name: z.string().min(1).max(256),
  cvrNumbers: z.array(cvr).min(1),
  mailDomains: z.array(lower).min(1),
  mainMailbox: lower,
  watchMailbox: lower,
  helpContact: lower,
  /** Its own page of help, shown beside the contact. */
  helpUrl: z.url({ protocol: /^https$/, error: 'skal begynde med https://' }).nullable().default(null),
  /** What it is called in a sentence: kommunen, regionen, styrelsen. */
  homeWord: z.string().trim().min(1).max(40).default('organisationen'),
  /** What MeMo demands beside a case number, a subject of KLE and a task of FORM where the mail does not tell (docs/memoheader.md). */
  contentData: z.object({ caseSystem: memoText, kleVersion: memoText, formVersion: memoText }).partial().default({}),
  /** Mail Guard: whether its people may write to outsiders without approval (docs/drift.md). */
  mailGuard: mailGuardSchema.default({ on: null, stops: null, allowed: [] }),
  contactPoints: z.array(z.object({ id: lower, name: z.string(), mailbox: lower.nullable() })).default([]),
  secureMailboxes: z.array(
    z.object({
      address: lower,
      channels: z.array(z.string()),
      senders: z.array(lower),
      /** Wait before its messages and its mass sends go; null: HOLD_SINGLE_MS and HOLD_MASS_MS. */
      holdSingleMs: holdMs,
      holdMassMs: holdMs,
      /** digest: its receipts are gathered for RECEIPT_DIGEST_MS and go in one mail. */
      receipts: z.enum(['each', 'digest']).default('each'),
      /** What may be sent from it; by mail and by API alike. */
      may: z.array(z.enum(['send', 'mass-send'])).default(['send', 'mass-send']),
      /** Who may use it in the add-in: object ids of people, and of Entra groups. None: nobody; Exchange decides for mails. */
      users: z.array(objectId).default([]),
      groups: z.array(objectId).default([]),
    }),
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
  ngdp: networkSchema.nullable().default(null),
  mitdk: networkSchema.nullable().default(null),
  eboks: networkSchema.nullable().default(null),
  apiClients: z.array(apiClientSchema).default([]),
  /** Who may approve a mass send that somebody else has written: mail addresses (they get a mail), and object ids of people. */
  approvers: z.array(lower).default([]),
  /** The Entra tenants whose people are this organisation's; empty: nobody of it can log on. */
  entraTenants: z.array(objectId).default([]),
  /** Its access to the registers (docs/navneopslag.md). */
  lookup: lookupSchema.default({ access: null, cpr: null, cvr: null, namesInBatches: false }),
  /** The Exchange group of its secure mailboxes; null: those listed here are all. */
  mailboxGroup: mailboxGroupSchema.nullable().default(null),
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
    const clientIds = organisations.flatMap(({ apiClients }) => apiClients.map(({ clientId }) => clientId));
    for (const clientId of twice(clientIds)) {
      context.addIssue({ code: 'custom', message: `klient-id ${clientId} findes flere gange`, path: ['organisations'] });
    }
    for (const [what, valuesOf] of Object.entries(ONE_OWNER)) {
      for (const value of twice(organisations.flatMap((organisation) => [...new Set(valuesOf(organisation))]))) {
        const owners = organisations.filter((organisation) => valuesOf(organisation).includes(value)).map(({ name }) => name);
        context.addIssue({ code: 'custom', message: `${what} ${value} står ved flere organisationer: ${owners.join(', ')}`, path: ['organisations'] });
      }
    }
  });

/** By what it is told whose a mail, a person or an answer is: no two organisations may have the same, in whatever spelling. */
const ONE_OWNER: Readonly<Record<string, (organisation: OrganisationEntry) => readonly string[]>> = {
  'CVR-nummer': ({ cvrNumbers }) => cvrNumbers,
  maildomæne: ({ mailDomains }) => mailDomains.map((domain) => mailDomainOf(`@${domain}`)),
  tenant: ({ entraTenants }) => entraTenants,
  kontaktpunkt: ({ contactPoints }) => contactPoints.map(({ id }) => id),
  postkasse: ({ secureMailboxes }) => secureMailboxes.map(({ address }) => normaliseMailAddress(address)),
};

function twice(values: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const value of values) (seen.has(value) ? again : seen).add(value);
  return again;
}

function sharedCertificates(organisations: readonly OrganisationEntry[]): ReadonlySet<string> {
  const marks = organisations.flatMap(({ smtpClientCertificates }) => [...new Set(smtpClientCertificates)]);
  return twice(marks);
}

export type OrganisationEntry = z.infer<typeof organisationSchema>;

/** The organisation that has this CVR number, which no two have; null when none has. */
export function entryOfCvr(entries: readonly OrganisationEntry[], cvr: string): OrganisationEntry | null {
  return entries.find(({ cvrNumbers }) => cvrNumbers.includes(cvr)) ?? null;
}

export type NetworkCredentials = z.infer<typeof networkSchema>;

import type { Actor } from '../../domain/rights.ts';
import type { AuditActor } from '../store/audit.ts';

/** Who calls: a program of an organisation, or a person of its Entra tenant. */
export interface ApiCaller extends Actor {
  readonly kind: 'program' | 'person';
  /** A client id; for a person `<tenant>/<object id>`, for mail addresses change hands. */
  readonly id: string;
  /** As people know the caller: a client id, a person's mail address. */
  readonly name: string;
  /** The full name of a person; null for a program. */
  readonly fullName: string | null;
  readonly tenant: string | null;
  /** The organisation's CVR numbers; the first stands on its mails in the store. */
  readonly cvrNumbers: readonly string[];
  readonly mailDomains: readonly string[];
  /** Tenants under which the organisation's mail comes by SMTP; the log-on proves the same. */
  readonly originatorOrgs: readonly string[];
  /** Until when the log-on is taken; null where each call proves it anew. */
  readonly expiresAt: Date | null;
}

/** The caller as the audit knows it. */
export function auditActorOf({ kind, id, name, tenant, cvrNumbers }: ApiCaller): AuditActor {
  return { kind, id, name, tenant, organisationCvr: cvrNumbers[0] ?? '' };
}

/** The object id of a person in Entra; null for a program. */
export function objectIdOf({ kind, id }: ApiCaller): string | null {
  return kind === 'person' ? id.slice(id.indexOf('/') + 1) : null;
}

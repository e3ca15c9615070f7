import * as z from 'zod/mini';
import { count, time, word } from './gateway-api-values.ts';

// The audit.

export const auditEntry = z.object({
  id: count,
  at: time,
  actor: z.string(),
  actorKind: word(['person', 'program', 'gateway'], 'gateway'),
  mailbox: z.nullable(z.string()),
  action: z.string(),
  /** Masked. */
  subject: z.nullable(z.string()),
  purpose: z.nullable(z.string()),
  outcome: z.string(),
  reference: z.nullable(z.string()),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditAnswer = z.object({ entries: z.array(auditEntry), next: z.nullable(count) });

import * as z from 'zod/mini';
import { count, time, word } from './gateway-api-values.ts';

// Mail Guard: ordinary mail to people outside the organisation.

const guardMailbox = z.string().check(z.trim(), z.minLength(3), z.maxLength(320));
const guardAddresses = z.array(z.string().check(z.trim(), z.minLength(3), z.maxLength(320))).check(z.minLength(1), z.maxLength(500));

/** The draft's own id, made by the add-in and put into its header X-Postbro-Draft. */
const guardDraft = z.string().check(z.regex(/^[A-Za-z0-9_-]{16,64}$/, 'et kladde-id er 16-64 bogstaver, cifre, _ og -'));

export const guardCheckQuestion = z.strictObject({
  mailbox: guardMailbox,
  addresses: guardAddresses,
  /** What stands in the draft's two headers, where something does. */
  draft: z.optional(guardDraft),
  approval: z.optional(z.string().check(z.maxLength(2_000))),
});
export const guardCheckAnswer = z.object({
  addresses: z.array(z.object({
    /** Place among the addresses asked about, from 0. */
    position: count,
    /** `open`: outside, and Mail Guard is off; `listed`: outside, on the organisation's list; `approved`: for this draft, not yet used. */
    state: word(['internal', 'open', 'listed', 'approved', 'needs-approval'], 'needs-approval'),
  })),
  checkedAt: time,
});
export type GuardCheckAnswer = z.infer<typeof guardCheckAnswer>;

/** Outsiders of one draft that its writer approves. All approvals of a draft are good for one and the same mail. */
export const guardApprovalQuestion = z.strictObject({
  mailbox: guardMailbox,
  draft: guardDraft,
  addresses: guardAddresses,
});
export const guardApprovalAnswer = z.object({
  /** For the draft's header X-Postbro-Approval; several stand there with a blank between them. */
  approval: z.string(),
  /** In the spelling in which they are compared, in the order of the question. */
  addresses: z.array(z.string()),
  expiresAt: time,
});
export type GuardApprovalAnswer = z.infer<typeof guardApprovalAnswer>;
export type GuardCheckQuestion = z.infer<typeof guardCheckQuestion>;
export type GuardApprovalQuestion = z.infer<typeof guardApprovalQuestion>;
export const guardWithdrawQuestion = z.strictObject({ approval: z.string().check(z.minLength(1), z.maxLength(200)) });
/** False: there was nothing to withdraw; a mail was sent with it, or it had ended. */
export const guardWithdrawAnswer = z.object({ withdrawn: z.boolean() });

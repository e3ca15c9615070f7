import * as z from 'zod/mini';
import { count, time, word } from './gateway-api-values.ts';

// Mail Guard: ordinary mail to people outside the organisation.

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

export const guardApprovalAnswer = z.object({
  /** For the draft's header X-Postbro-Approval; several stand there with a blank between them. */
  approval: z.string(),
  /** In the spelling in which they are compared, in the order of the question. */
  addresses: z.array(z.string()),
  expiresAt: time,
});
export type GuardApprovalAnswer = z.infer<typeof guardApprovalAnswer>;

/** False: there was nothing to withdraw; a mail was sent with it, or it had ended. */
export const guardWithdrawAnswer = z.object({ withdrawn: z.boolean() });

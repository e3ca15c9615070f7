import { adminStories, type AdminParts } from './admin/administer.ts';
import type { ApiParts } from './api/api-parts.ts';
import { openSentWatch } from './api/sent-watch.ts';
import { approveSubmission } from './acts/approve-submission.ts';
import { documentStories, type DocumentParts } from './addin/documents.ts';
import { guardStories } from './addin/guard-approvals.ts';
import { proveDelivery, type ProofParts } from './addin/prove-delivery.ts';
import { recipientStories, type RecipientStoryParts } from './addin/recipient-stories.ts';
import { resendFailed, type ResendParts } from './acts/resend-failed.ts';
import { stopSubmission } from './acts/stop-submission.ts';

/** What is behind the calls of the API: the stories, handed in, for no step knows a story. */
export function apiStories(parts: ResendParts & ProofParts & AdminParts & RecipientStoryParts & DocumentParts): Pick<ApiParts, 'actions' | 'admin' | 'proof' | 'sent' | 'lookups' | 'recipients' | 'documents' | 'guard'> {
  return {
    ...recipientStories(parts),
    documents: documentStories(parts),
    guard: guardStories(parts),
    admin: adminStories(parts),
    proof: { prove: (asked) => proveDelivery(parts, asked) },
    sent: openSentWatch(parts),
    // What programs and people do with a mail are the same stories that links tell.
    actions: {
      stop: (act) => stopSubmission(parts, act),
      approve: (approval) => approveSubmission(parts, approval),
      resend: (act) => resendFailed(parts, act),
    },
  };
}

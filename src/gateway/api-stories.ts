import type { ApiParts } from './api/api-parts.ts';
import { approveSubmission } from './approve-submission.ts';
import { resendFailed, type ResendParts } from './resend-failed.ts';
import { stopSubmission } from './stop-submission.ts';

/** What is behind the calls of the API: the stories, handed in, for no step knows a story. */
export function apiStories(parts: ResendParts): Pick<ApiParts, 'actions'> {
  return {
    // What programs and people do with a mail are the same stories that links tell.
    actions: {
      stop: (act) => stopSubmission(parts, act),
      approve: (approval) => approveSubmission(parts, approval),
      resend: (act) => resendFailed(parts, act),
    },
  };
}

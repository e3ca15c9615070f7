import { approveRoute, rejectRoute, resendRoute, stopRoute } from './action-routes.ts';
import type { ApiRoute } from './api-route.ts';
import { massSendRoute } from './mass-send-routes.ts';
import { meRoute } from './me-route.ts';
import { messageRoute } from './message-routes.ts';
import { submissionListRoute, submissionRoute } from './submission-routes.ts';

/** Every call that programs and people have, each with its right, in the order in which the document tells of them. */
export const apiRoutes: readonly ApiRoute[] = [
  messageRoute, massSendRoute, submissionListRoute, submissionRoute, stopRoute, resendRoute, approveRoute,
  rejectRoute, meRoute,
];

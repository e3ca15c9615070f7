import { approveRoute, rejectRoute, resendRoute, stopRoute } from './action-routes.ts';
import { adminRoutes } from './admin-routes.ts';
import type { ApiRoute } from './api-route.ts';
import { auditExportRoute, auditSearchRoute } from './audit-routes.ts';
import { attachmentsCheckRoute, attachmentsConvertRoute, attachmentsReadRoute, lettersSplitRoute, renderRoute } from './document-routes.ts';
import { failuresRoute } from './failures-route.ts';
import { guardApproveRoute, guardCheckRoute, guardWithdrawRoute } from './guard-routes.ts';
import { companyLookupRoute, companySearchRoute, personLookupRoute } from './lookup-routes.ts';
import { massSendRoute } from './mass-send-routes.ts';
import { meRoute } from './me-route.ts';
import { messageRoute } from './message-routes.ts';
import { newsRoute, newsSignUpRoute } from './news-routes.ts';
import { proofRoute } from './proof-route.ts';
import { checkBatchRoute, checkRoute, contactPointsRoute } from './recipient-routes.ts';
import { sentEventsRoute } from './sent-events-route.ts';
import { submissionListRoute, submissionRoute } from './submission-routes.ts';

/** Every call that programs and people have, each with its right, in the order in which the document tells of them. */
export const apiRoutes: readonly ApiRoute[] = [
  messageRoute, massSendRoute, submissionListRoute, submissionRoute, stopRoute, resendRoute, approveRoute,
  rejectRoute, proofRoute, failuresRoute, meRoute, sentEventsRoute, auditSearchRoute, auditExportRoute,
  ...adminRoutes,
  personLookupRoute, companyLookupRoute, companySearchRoute, checkRoute, checkBatchRoute, contactPointsRoute,
  renderRoute, lettersSplitRoute, attachmentsCheckRoute, attachmentsReadRoute, attachmentsConvertRoute,
  guardCheckRoute, guardApproveRoute, guardWithdrawRoute,
  newsRoute, newsSignUpRoute,
];

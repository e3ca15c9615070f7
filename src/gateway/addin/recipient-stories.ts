import type { LookupActions } from '../api/lookup-actions.ts';
import type { RecipientActions } from '../api/recipient-actions.ts';
import { checkBatch, checkRecipients, type CheckParts } from './check-recipients.ts';
import { openLookUpLimits } from './look-up-limits.ts';
import { lookUpCompany, lookUpPerson, searchCompanies } from './look-up-names.ts';
import { tellContactPoints } from './recipient-contact-points.ts';

export type RecipientStoryParts = Omit<CheckParts, 'limits'>;

/** Everything about recipients that the API asks for; the limits on it are shared. */
export function recipientStories(given: RecipientStoryParts): { readonly lookups: LookupActions; readonly recipients: RecipientActions } {
  const parts = { ...given, limits: openLookUpLimits(given) };
  return {
    lookups: {
      person: (caller, question, signal) => lookUpPerson(parts, caller, question, signal),
      company: (caller, question, signal) => lookUpCompany(parts, caller, question, signal),
      searchCompanies: (caller, question, signal) => searchCompanies(parts, caller, question, signal),
    },
    recipients: {
      check: (call) => checkRecipients(parts, call),
      checkBatch: (call) => checkBatch(parts, call),
      contactPoints: (caller, question) => tellContactPoints(parts, caller, question),
    },
  };
}

import type { CompanyAnswer, CompanySearchAnswer, PersonAnswer, personQuestion, companyQuestion, companySearchQuestion } from '../../domain/gateway-api.ts';
import type * as z from 'zod/mini';
import type { ApiCaller } from './api-caller.ts';

export type PersonQuestion = z.infer<typeof personQuestion>;
export type CompanyQuestion = z.infer<typeof companyQuestion>;
export type CompanySearchQuestion = z.infer<typeof companySearchQuestion>;

/** Looking names up. The stories that do it are handed in, for no step knows a story; each writes its own audit row, and ends once `signal` is aborted. */
export interface LookupActions {
  person(caller: ApiCaller, question: PersonQuestion, signal: AbortSignal): Promise<LookupOutcome<PersonAnswer>>;
  company(caller: ApiCaller, question: CompanyQuestion, signal: AbortSignal): Promise<LookupOutcome<CompanyAnswer>>;
  searchCompanies(caller: ApiCaller, question: CompanySearchQuestion, signal: AbortSignal): Promise<LookupOutcome<CompanySearchAnswer>>;
}

export type LookupOutcome<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | LimitReached
  | { readonly kind: 'unavailable'; readonly text: string }
  | { readonly kind: 'organisation-gone' };

/** The user has asked as often as one may in a while. */
export interface LimitReached {
  readonly kind: 'limit';
  /** From then on the user may ask again. */
  readonly until: Date;
}

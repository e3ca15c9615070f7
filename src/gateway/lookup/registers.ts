import type { CompanyAnswer, CompanySearchAnswer, PersonAnswer } from '../../domain/gateway-api.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';

/** The part of an answer that says why there is none. */
export type RegisterUnavailable = Extract<PersonAnswer, { readonly kind: 'unavailable' }>;

/** A company's place of business, by P number. */
export interface ProductionUnit {
  readonly cvr: string;
  readonly name: string | null;
}

/**
 * The registers as one organisation may ask them, whatever adapter it has. Nothing here throws for what a register or the
 * way to it can do: that is `unavailable`, in Danish. Nothing is remembered or kept here either. Each call ends within
 * LOOKUP_DEADLINE_MS, those about many for each part that is asked by itself; with the signal it ends at once.
 */
export interface Registers {
  /** What CPR says of one number. The name is null unless it may be shown: a protected name goes no further than here. */
  person(organisation: OrganisationEntry, cpr: string, signal?: AbortSignal): Promise<PersonAnswer>;
  /** The same of many, in their order; in as few calls as the adapter allows. */
  persons(organisation: OrganisationEntry, cprNumbers: readonly string[], signal?: AbortSignal): Promise<readonly PersonAnswer[]>;
  company(organisation: OrganisationEntry, cvr: string, signal?: AbortSignal): Promise<CompanyAnswer>;
  /** The same of many, in their order; in as few calls as the adapter allows. */
  companies(organisation: OrganisationEntry, cvrNumbers: readonly string[], signal?: AbortSignal): Promise<readonly CompanyAnswer[]>;
  /** Active companies by name, best first, at most `max`. */
  searchCompanies(
    organisation: OrganisationEntry, name: string, max: number, signal?: AbortSignal,
  ): Promise<CompanySearchAnswer | RegisterUnavailable>;
  /** The company behind ten digits that are a P number; null when they are none, may not be asked about, or CVR is nothing the organisation has. */
  productionUnit(organisation: OrganisationEntry, pNumber: string, signal?: AbortSignal): Promise<ProductionUnit | RegisterUnavailable | null>;
  close(): Promise<void>;
}

import * as z from 'zod/mini';
import { cprNumber, cvrNumber, date, word } from './gateway-api-values.ts';

// Names.

/** What a register says of a CPR number. A protected name never leaves `lookup/`. */
export const personAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    /** Null unless `nameState` is "shown". */
    name: z.nullable(z.string()),
    nameState: word(['shown', 'protected', 'not-delivered'], 'not-delivered'),
    /** Name and address protected; null where the access does not tell. */
    protected: z.nullable(z.boolean()),
    state: word(['alive', 'dead', 'emigrated', 'disappeared', 'inactive'], 'inactive'),
    /** Since when it is so. */
    since: z.nullable(date),
    /** The number that holds now, where it is another. */
    currentCpr: z.nullable(cprNumber),
  }),
  z.object({ kind: z.literal('not-found') }),
  /** The ten digits are a P number: the company's production unit, which is addressed by its CVR number. */
  z.object({ kind: z.literal('p-number'), cvr: cvrNumber, name: z.nullable(z.string()) }),
  z.object({ kind: z.literal('unavailable'), reason: word(['away', 'no-access', 'retired', 'limit'], 'away'), text: z.string() }),
]);
export type PersonAnswer = z.infer<typeof personAnswer>;

const company = z.object({
  cvr: cvrNumber,
  name: z.string(),
  state: word(['active', 'in-distress', 'not-started', 'ceased'], 'in-distress'),
  /** The state as the register words it, e.g. "Under konkurs"; null when there is nothing to say. */
  stateText: z.nullable(z.string()),
  ceasedOn: z.nullable(date),
  address: z.array(z.string()),
  phone: z.nullable(z.string()),
  email: z.nullable(z.string()),
});
export type Company = z.infer<typeof company>;

export const companyAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), company }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('unavailable'), reason: word(['away', 'no-access', 'retired', 'limit'], 'away'), text: z.string() }),
]);
export type CompanyAnswer = z.infer<typeof companyAnswer>;

/** Active companies only, best first; `more` when there are others. */
export const companySearchAnswer = z.object({ companies: z.array(company), more: z.boolean() });
export type CompanySearchAnswer = z.infer<typeof companySearchAnswer>;

import * as z from 'zod/mini';

/** A Problem of the catalogue with its Danish words. */
export const shownProblem = z.object({
  type: z.string(), code: z.string(), title: z.string(), detail: z.string(), parameters: z.looseObject({}),
});

import { z } from 'zod';

/** The kinds of setting that many are of, as they stand in the environment: an empty one is one that is not set. */

/** A number or a time: whole, 0 or more, in the unit that its name ends with. */
export const wholeNumber = (defaultValue: number) => z.coerce.number().int().min(0).default(defaultValue);

export const text = (defaultValue: string) => z.string().default(defaultValue);

/** Path of a file, or null. */
export const optionalFile = z.string().nullable().default(null);

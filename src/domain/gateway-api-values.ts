import * as z from 'zod/mini';

/** A word out of a list; one that a later version has brought is read as `otherwise`. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words, otherwise: Words[number]) =>
  z.catch(z.enum(words), otherwise);

export const count = z.int().check(z.gte(0));
export const time = z.iso.datetime();

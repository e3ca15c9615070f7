import * as z from 'zod/mini';

/** A word out of a list; one that a later version has brought is read as `otherwise`. */
export const word = <const Words extends readonly [string, ...string[]]>(words: Words, otherwise: Words[number]) =>
  z.catch(z.enum(words), otherwise);

export const count = z.int().check(z.gte(0));
export const time = z.iso.datetime();
export const date = z.iso.date();
export const memoChannel = z.enum(['ngdp', 'mitdk', 'eboks']);
export const cprNumber = z.string().check(z.regex(/^[0-9]{10}$/, 'et CPR-nummer er 10 cifre'));
export const cvrNumber = z.string().check(z.regex(/^[0-9]{8}$/, 'et CVR-nummer er 8 cifre'));
export const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/, 'skal være base64'));

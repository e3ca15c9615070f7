import * as z from 'zod/mini';
import { base64, count, word } from './gateway-api-values.ts';

// Letters and files that are made.

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'skal være 64 hex-cifre'));

export const renderAnswer = z.object({ pdf: base64, sha256, pages: count, warnings: z.array(z.string()) });
export type RenderAnswer = z.infer<typeof renderAnswer>;

export const convertAnswer = z.object({
  files: z.array(z.object({
    name: z.string(), type: z.string(), content: base64, sha256, bytes: count,
    /** What was lost on the way, in Danish. */
    remarks: z.array(z.string()),
  })),
  /** Files that it could not be done to, and why, in Danish. Where they were to be joined none is: these are the ones at fault. */
  failed: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type ConvertAnswer = z.infer<typeof convertAnswer>;

const splitFaultKinds = ['before-first', 'not-listed', 'again', 'several', 'missing', 'other'] as const;

/** Whose the pages of one file are (letters-by-number.ts), and the letters that were asked for. */
export const splitAnswer = z.object({
  /** `position`: of the recipient's number in the question, from 1; 0: a number that is not in it, which is a fault too. */
  letters: z.array(z.object({ position: count, firstPage: count, pages: count })),
  /** Why nothing is made of it; numbers are masked. Pages count from 1; 0 where it is about none. */
  faults: z.array(z.object({ kind: word(splitFaultKinds, 'other'), page: count, pages: count, numbers: z.array(z.string()) })),
  /** Whether the file is marked up for screen readers, and its letters with it. */
  tagged: z.boolean(),
  files: z.array(z.object({ position: count, content: base64, bytes: count })),
});
export type SplitAnswer = z.infer<typeof splitAnswer>;

import * as z from 'zod/mini';
import { base64, count } from './gateway-api-values.ts';

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
  /** Files that it could not be done to, and why, in Danish. */
  failed: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type ConvertAnswer = z.infer<typeof convertAnswer>;

import * as z from 'zod/mini';
import { shownProblem } from './gateway-api-problem.ts';
import { count, word } from './gateway-api-values.ts';

// What is wrong with attachments, and what they say.

const mending = ['to-pdf', 'unpack', 'shrink', 'join', 'remove-macros', 'other'] as const;

export const attachmentsAnswer = z.object({
  problems: z.array(shownProblem),
  files: z.array(z.object({
    name: z.string(),
    /** The name under which it is sent. */
    sentAs: z.string(),
    bytes: count,
    type: z.nullable(z.string()),
    /** What can be done to it here. */
    mending: z.array(word(mending, 'other')),
    /** The name that its content calls for, where its own says that it is another sort of file. Absent from gateways of before. */
    trueName: z.optional(z.nullable(z.string())),
  })),
});
export type AttachmentsAnswer = z.infer<typeof attachmentsAnswer>;

/** The text of files, for the check of a letter against its recipient (letter-check.ts). */
export const readFilesAnswer = z.object({
  files: z.array(z.object({
    name: z.string(),
    /** The text of each page, with its lines; null where it cannot be read: locked, scanned, too large, another sort of file. */
    pages: z.nullable(z.array(z.string())),
  })),
});
export type ReadFilesAnswer = z.infer<typeof readFilesAnswer>;

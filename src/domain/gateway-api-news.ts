import * as z from 'zod/mini';
import { date, word } from './gateway-api-values.ts';

// What is new, and a mail when more is.

const noteWords = z.object({ title: z.string(), text: z.string() });

export const newsAnswer = z.object({
  /** Newest first. */
  notes: z.array(z.object({
    id: z.string(),
    date,
    component: word(['add-in', 'gateway'], 'gateway'),
    words: z.object({ da: noteWords, en: noteWords }),
  })),
  /** Whether one may sign up for a mail. */
  signUp: z.boolean(),
});
export type NewsAnswer = z.infer<typeof newsAnswer>;

/** The same whether the address was signed up before or not, so that nobody learns who is. */
export const newsSignUpAnswer = z.object({ signedUp: z.boolean() });

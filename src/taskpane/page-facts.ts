import * as z from 'zod/mini';

// The page's policy forbids making code out of text, and trying is reported as a breach.
z.config({ jitless: true });

/** What the gateway writes into the page itself, as JSON in `#page-facts`. */
const pageFacts = z.object({
  /** Version of the add-in. */
  version: z.string(),
  /** Where the API is, e.g. "/api". */
  apiUrl: z.string(),
  /** An exercise: nothing is sent to real people. */
  training: z.boolean(),
  /** How to log on with Entra. */
  logOn: z.object({ clientId: z.string(), authority: z.string(), scope: z.string() }),
});
export type PageFacts = z.infer<typeof pageFacts>;

/** Reads them; throws where the page was not made by the gateway. */
export function readPageFacts(document: Document): PageFacts {
  return pageFacts.parse(JSON.parse(document.querySelector('#page-facts')?.textContent ?? ''));
}

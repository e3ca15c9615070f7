import { z } from 'zod';

/** Settings of the news about the product; part of the gateway's one schema. */
export const newsFields = {
  NEWS: z.enum(['on', 'off']).default('on')
    .describe('on: nyheder om produktet vises på /nyheder og i panelet, og medarbejdere kan få dem på mail (kræver PUBLIC_URL).'),
  NEWS_SENDER: z.string().default('')
    .refine((address) => address === '' || /^[^\s@<>]+@[^\s@<>]+$/.test(address), 'skal være en mailadresse')
    .describe('Afsender af mails med nyheder; tom: noreply@ modtagerens eget maildomæne, som kvitteringer har.'),
  NEWS_SIGNUPS_PER_MINUTE: z.coerce.number().int().min(1).default(20)
    .describe('Tilmeldinger i minuttet fra én netværksadresse (bag en proxy: fra alle tilsammen) og fra én bruger; resten får 429.'),
} as const;

import { z } from 'zod';
import type { MemoChannelId } from '../../domain/channel.ts';
import { wholeNumber } from './setting-kinds.ts';

/** How one network is called; units are the last word of the name. */
export interface NetworkSettings {
  /** Base of its REST interface; empty when the network is not used here. */
  readonly url: string;
  /** Issuers of its certificate (PEM); null: the machine's own. */
  readonly caFile: string | null;
  /** Messages handed over at one time, and how many of the slots are only for single messages. */
  readonly concurrency: number;
  readonly reservedForSingle: number;
  readonly callTimeoutMs: number;
  /** Wait between two fetches of receipts; 0: they come by themselves. */
  readonly receiptPollMs: number;
  readonly receiptsPage: number;
}


const fields = (name: string) => ({
  URL: z.string().default('').describe(`REST-grænsefladen hos ${name}, fx https://api.digitalpost.dk/apis/v1/; tom: bruges ikke.`),
  CA_FILE: z.string().nullable().default(null).describe(`Udstedere (PEM) af certifikatet hos ${name}; null: maskinens egne.`),
  CONCURRENCY: wholeNumber(16).describe(`Beskeder, der afleveres til ${name} på én gang.`),
  RESERVED_FOR_SINGLE: wholeNumber(4).describe('Heraf holdt fri til mails til få modtagere.'),
  CALL_TIMEOUT_MS: wholeNumber(30_000).describe(`Tavshed fra ${name}, hvorefter kaldet regnes for tabt.`),
  RECEIPT_POLL_MS: wholeNumber(10_000).describe(`Ventetid mellem to hentninger af kvitteringer hos ${name}; 0: de kommer kun af sig selv.`),
  RECEIPTS_PAGE: wholeNumber(500).describe('Kvitteringer, der hentes i ét kald.'),
});

type Fields = ReturnType<typeof fields>;
type PrefixOf = Uppercase<MemoChannelId>;
type Prefixed<Prefix extends string> = { [Name in keyof Fields as `${Prefix}_${Name}`]: Fields[Name] };

/** The settings of one network, each with the network's name in front: `NGDP_URL`, `MITDK_URL` … */
export function networkFields<Prefix extends PrefixOf>(prefix: Prefix, name: string): Prefixed<Prefix> {
  return Object.fromEntries(Object.entries(fields(name)).map(([key, field]) => [`${prefix}_${key}`, field])) as Prefixed<Prefix>;
}

/** The settings of one network out of those of the gateway. */
export function networkSettings(settings: z.infer<z.ZodObject<Prefixed<PrefixOf>>>, channel: MemoChannelId): NetworkSettings {
  const prefix = channel.toUpperCase() as PrefixOf;
  return {
    url: settings[`${prefix}_URL`],
    caFile: settings[`${prefix}_CA_FILE`],
    concurrency: settings[`${prefix}_CONCURRENCY`],
    reservedForSingle: settings[`${prefix}_RESERVED_FOR_SINGLE`],
    callTimeoutMs: settings[`${prefix}_CALL_TIMEOUT_MS`],
    receiptPollMs: settings[`${prefix}_RECEIPT_POLL_MS`],
    receiptsPage: settings[`${prefix}_RECEIPTS_PAGE`],
  };
}

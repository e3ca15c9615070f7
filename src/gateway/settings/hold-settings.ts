import { z } from 'zod';
import { text, wholeNumber } from './setting-kinds.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Settings of what waits: hold windows, approval, links; part of the gateway’s one schema. */
export const holdFields = {
  HOLD_SINGLE_MS: wholeNumber(2 * MINUTE_MS).describe('Så længe venter en besked, før den sendes, så afsenderen kan fortryde; 0: slet ikke. Kan sættes for hver postkasse.'),
  HOLD_MASS_MS: wholeNumber(10 * MINUTE_MS).describe('Det samme for en masseforsendelse.'),
  HOLD_NOTICE: z.enum(['on', 'off']).default('on').describe('on: afsenderen får en mail med et link til at fortryde, mens beskeden venter.'),
  SEND_AT_MAX_MS: wholeNumber(366 * DAY_MS).describe('Så langt ude i fremtiden må et valgt sendetidspunkt ligge.'),
  MASS_APPROVAL_OVER_RECIPIENTS: wholeNumber(500).describe('En masseforsendelse til flere end dette skal godkendes af en anden end afsenderen; 0: ingen skal.'),
  MASS_TYPED_OVER_RECIPIENTS: wholeNumber(100).describe('Til flere end dette beder tilføjelsesprogrammet om, at antallet skrives, før listen lægges i mailen; 0: det beder aldrig om det.'),
  APPROVAL_REMINDER_MS: wholeNumber(DAY_MS).describe('En masseforsendelse, der har ventet så længe på godkendelse: godkenderne får en påmindelse.'),
  APPROVAL_EXPIRY_MS: wholeNumber(7 * DAY_MS).describe('En masseforsendelse, der ikke er godkendt efter så lang tid, stoppes.'),
  PUBLIC_URL: text('').refine((url) => url === '' || /^https?:\/\/[^\s/]+/i.test(url), 'skal begynde med https:// (eller http:// til øvelse)').describe('Adressen, som links i mails begynder med, fx https://post.kommune.dk; tom: mails har ingen links.'),
  LINK_LIFETIME_MS: wholeNumber(7 * DAY_MS).describe('Så længe virker et link i en mail.'),
} as const;

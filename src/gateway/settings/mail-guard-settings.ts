import { z } from 'zod';
import type { MailGuard } from '../../domain/mail-guard.ts';

const DAY_MS = 86_400_000;

/** Settings of Mail Guard for organisations that say nothing else (docs/drift.md). */
export const mailGuardFields = {
  MAIL_GUARD: z
    .enum(['on', 'off'])
    .default('off')
    .describe('on: almindelig mail til folk uden for organisationen sendes kun, når adressen er på listen eller godkendt i tilføjelsesprogrammet. Kan sættes for hver organisation.'),
  MAIL_GUARD_STOPS: z
    .enum(['recipient', 'mail'])
    .default('recipient')
    .describe('recipient: kun modtageren uden godkendelse får ikke mailen. mail: ingen får den.'),
  MAIL_GUARD_APPROVAL_LIFE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(30 * DAY_MS)
    .describe('Så længe gælder en godkendelse, der ikke er brugt; kladder kan ligge længe.'),
};

/** Mail Guard as the settings have it. */
export function guardDefaults({ MAIL_GUARD, MAIL_GUARD_STOPS }: { readonly MAIL_GUARD: 'on' | 'off'; readonly MAIL_GUARD_STOPS: MailGuard['stops'] }): MailGuard {
  return { on: MAIL_GUARD === 'on', stops: MAIL_GUARD_STOPS };
}

/** An entry of the list: a whole mail address, or a domain with or without "@" in front. */
const listed = z
  .string()
  .trim()
  .regex(/^(?:[^\s@,;*]+@|@)?[^\s@,;*]+\.[^\s@.,;*]+\.?$/, 'skriv en mailadresse eller et domæne');

/** What one organisation has chosen; null: as MAIL_GUARD and MAIL_GUARD_STOPS say. */
export const mailGuardSchema = z.object({
  on: z.boolean().nullable().default(null),
  stops: z.enum(['recipient', 'mail']).nullable().default(null),
  /** Outsiders to whom everybody may write: addresses and domains. */
  allowed: z.array(listed).max(100_000).default([]),
});

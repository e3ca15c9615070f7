import { z } from 'zod';
import { wholeNumber } from './setting-kinds.ts';

/** Settings of the check of letters against their recipients (docs/tjek.md), by the gateway and for the add-in. */
export const letterCheckFields = {
  LETTER_CHECK: z
    .enum(['off', 'told', 'stop'])
    .default('off')
    .describe('Tjek af, om et brev er skrevet til modtageren, fra fagsystemer og fra panelet. off: intet. told: afsenderen får det at vide i kvitteringen. stop: brevet bliver ikke sendt. Hvad den, der skriver, har sagt god for i panelet, tæller ikke med.'),
  LETTER_CHECK_NAMES_MAX: wholeNumber(20).describe('Modtagere i én mail, hvis navne slås op for at tjekke brevet; har mailen flere, kendes navnene kun fra dens Til og Cc.'),
  LETTER_CHECK_FILE_TIME_MAX_MS: wholeNumber(10_000).describe('Tid, det må tage at læse én fil i en mail, der tjekkes; tager det længere, kan filen ikke læses.'),
  LETTER_CHECK_TIME_MAX_MS: wholeNumber(60_000).describe('Tid, det må tage at læse alle filer i en mail og tjekke den; resten kan så ikke læses.'),
  LETTER_TEXT_FILE_MAX_BYTES: wholeNumber(50_000_000).describe('Største fil, hvis tekst læses for at tjekke den mod modtageren; en større kan ikke læses.'),
  LETTER_TEXT_PAGES_MAX: wholeNumber(300).describe('Sider i en sådan fil; en fil med flere kan ikke læses.'),
  LETTER_TEXT_CHARACTERS_MAX: wholeNumber(1_000_000).describe('Tegn i en sådan fil; en fil med flere kan ikke læses.'),
} as const;

type TextSettings = {
  readonly LETTER_TEXT_FILE_MAX_BYTES: number;
  readonly LETTER_TEXT_PAGES_MAX: number;
  readonly LETTER_TEXT_CHARACTERS_MAX: number;
};

/** How much of a file is read as text. */
export function textLimitsOf(settings: TextSettings): { readonly pagesMax: number; readonly charactersMax: number; readonly bytesMax: number } {
  return { pagesMax: settings.LETTER_TEXT_PAGES_MAX, charactersMax: settings.LETTER_TEXT_CHARACTERS_MAX, bytesMax: settings.LETTER_TEXT_FILE_MAX_BYTES };
}

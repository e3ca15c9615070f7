import type * as da from './da.ts';

export const languages = ['da', 'en', 'kl'] as const;
export type Language = (typeof languages)[number];

/** The language to speak, by that of Outlook: "en-GB" → "en", "kl-GL" → "kl"; Danish for everybody else. */
export function languageOf(outlookLanguage: string): Language {
  const primary = outlookLanguage.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? 'da';
}

/** The locale for Intl. Browsers know no Greenlandic dates; they are written as in Denmark. */
export function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : 'da-DK';
}

type Texts = Readonly<Record<string, string>>;

/** All words of a language but Danish, which every screen brings itself; fetched when it is needed. */
export async function loadTexts(language: Language): Promise<Texts | null> {
  if (language === 'da') return null;
  const sections: Record<keyof typeof da, Texts> = language === 'en' ? await import('./en.ts') : await import('./kl.ts');
  return Object.assign({}, ...Object.values(sections)) as Texts;
}

import type { NoteLanguage } from './release-notes.ts';

/** Goes up with every change of the words below; what somebody consented to is kept by it. */
export const NEWS_CONSENT_VERSION = 1;

/** What one says yes to when one signs up for news, and what is done with the address; the pane has the same words. */
export const newsConsent: Readonly<Record<NoteLanguage, { readonly consent: string; readonly privacy: string }>> = {
  da: {
    consent: 'Ja, I må sende mig nyheder om Digital Post i Outlook.',
    privacy: 'Vi bruger kun adressen til det. Du kan altid framelde dig med linket i hver mail.',
  },
  en: {
    consent: 'Yes, you may send me news about Digital Post in Outlook.',
    privacy: 'We use the address for that only. You can always leave by the link in each mail.',
  },
};

/** Names the words that somebody was shown, e.g. "da-1". */
export function consentTextOf(language: string): string {
  return `${language}-${NEWS_CONSENT_VERSION}`;
}

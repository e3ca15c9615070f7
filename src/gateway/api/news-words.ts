import type { NoteLanguage, ReleaseComponent } from '../../domain/release-notes.ts';
import type { SignUpOutcome } from './news-actions.ts';

/** What the public page of news says besides the notes and the consent. */
export interface NewsWords {
  readonly title: string;
  readonly filter: string;
  readonly all: string;
  readonly components: Readonly<Record<ReleaseComponent, string>>;
  /** The other language, in its own words. */
  readonly other: string;
  readonly none: string;
  readonly feed: string;
  readonly join: string;
  readonly mail: string;
  readonly go: string;
  readonly signedUp: string;
  readonly refused: Readonly<Record<Exclude<SignUpOutcome['kind'], 'signed-up'>, string>>;
}

export const newsWords: Readonly<Record<NoteLanguage, NewsWords>> = {
  da: {
    title: 'Nyheder', filter: 'Vis', all: 'Alle', components: { 'add-in': 'I Outlook', gateway: 'På serveren' },
    other: 'In English', none: 'Ingen nyheder.', feed: 'Følg med (Atom)',
    join: 'Få besked om nyheder', mail: 'Din mailadresse', go: 'Tilmeld', signedUp: 'Du får en mail, næste gang der er nyt.',
    refused: {
      'no-consent': 'Sæt flueben, før du tilmelder dig.',
      'no-address': 'Skriv din mailadresse, fx navn@kommune.dk.',
      elsewhere: 'Skriv din adresse på arbejdet. Kun organisationer, der sender Digital Post herfra, kan tilmeldes.',
      'not-offered': 'Man kan ikke tilmelde sig her.',
      'too-many': 'Der er mange tilmeldinger lige nu. Prøv igen om et minut.',
    },
  },
  en: {
    title: 'News', filter: 'Show', all: 'All', components: { 'add-in': 'In Outlook', gateway: 'On the server' },
    other: 'På dansk', none: 'No news.', feed: 'Follow (Atom)',
    join: 'Get news by mail', mail: 'Your mail address', go: 'Sign up', signedUp: 'You get a mail the next time there is news.',
    refused: {
      'no-consent': 'Tick the box before you sign up.',
      'no-address': 'Write your mail address, e.g. name@kommune.dk.',
      elsewhere: 'Write your address at work. Only organisations that send Digital Post from here can be signed up.',
      'not-offered': 'One cannot sign up here.',
      'too-many': 'There are many sign-ups just now. Try again in a minute.',
    },
  },
};

/** The page behind the link in a mail: in both languages, for the link knows no language. */
export const leaveWords = {
  title: 'Framelding – Leave',
  ask: { da: 'Vil du ikke længere have nyheder om Digital Post i Outlook?', en: 'Do you no longer want news about Digital Post in Outlook?' },
  go: 'Frameld – Leave',
  left: { da: 'Du får ikke flere nyheder.', en: 'You get no more news.' },
  forged: { da: 'Linket er ikke helt. Brug linket i mailen igen.', en: 'The link is not whole. Use the link in the mail again.' },
} as const;

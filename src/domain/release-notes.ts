/** Parts of the product that notes are about: the pane and the Smart Alert in Outlook, or what runs on the server. */
export const releaseComponents = ['add-in', 'gateway'] as const;
export type ReleaseComponent = (typeof releaseComponents)[number];

/** Languages in which every note is written. */
export const noteLanguages = ['da', 'en'] as const;
export type NoteLanguage = (typeof noteLanguages)[number];

/** A day, e.g. "2026-11-26". */
type Day = `${number}-${number}-${number}`;

/** What one note says; plain text, for people who send Digital Post and for those who look after it. */
export interface NoteWords {
  readonly title: string;
  readonly text: string;
}

/** One thing that is new (features M28, H1). A note without a date, or without one of the languages, does not compile. */
export interface ReleaseNote {
  /** Never changed and never used again: feeds, links and mails know the note by it. */
  readonly id: string;
  readonly date: Day;
  readonly component: ReleaseComponent;
  readonly words: Readonly<Record<NoteLanguage, NoteWords>>;
}

/** All notes, newest first. A new one is written at the top, and is mailed to whoever has signed up once a gateway runs that has it. */
export const releaseNotes: readonly ReleaseNote[] = [
  {
    id: 'hver-sit-brev', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Hver sit brev', text: 'Skriv felter i teksten, fx {Navn}, når du sender til mange. De bliver udfyldt fra listens kolonner, og du kan se hvert brev, før du sender.' },
      en: { title: 'One letter each', text: 'Write fields in the text, e.g. {Navn}, when you send to many. They are filled in from the columns of the list, and you can see each letter before you send.' },
    },
  },
  {
    id: 'send-til-mange', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Send samme besked til mange', text: 'Sæt listen ind fra Excel. Panelet finder dem, der ikke kan modtage, og lægger listen, brevet og adressen i mailen. Under »Sendt« følger du forløbet, og dem, der ikke fik den, kan du hente som en liste.' },
      en: { title: 'Send the same message to many', text: 'Paste the list from Excel. The pane finds those who cannot receive, and puts the list, the letter and the address in the mail. Under “Sent” you follow it, and can fetch a list of those who did not get it.' },
    },
  },
  {
    id: 'se-som-modtageren', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Se brevet, som modtageren ser det', text: 'Tryk »Se som modtageren« ved Tjek. Du ser selve brevet side for side, på telefon eller computer. Er noget svært at læse, får du det at vide, med en knap, der retter det.' },
      en: { title: 'See the letter as the recipient sees it', text: 'Press “See as the recipient” at Check. You see the very letter page by page, on a phone or a desktop. If something is hard to read, you are told, with a button that mends it.' },
    },
  },
  {
    id: 'ret-vedhaeftninger', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Ret vedhæftninger med ét tryk', text: 'Filer, der ikke kan sendes, bliver lavet om til PDF, pakket ud, omdøbt eller får fjernet makroer. Er der for mange, samles de i én PDF. Du kan fortryde, til du sender.' },
      en: { title: 'Mend attachments in one press', text: 'Files that cannot be sent are converted to PDF, unpacked, renamed or have macros removed. Too many are joined into one PDF. You can undo until you send.' },
    },
  },
  {
    id: 'nyheder', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Nyheder i panelet', text: 'Nederst i panelet står »Nyheder«, og hvor mange der er nye siden sidst. Du kan også få dem på mail. Du framelder dig med linket i mailen.' },
      en: { title: 'News in the pane', text: 'At the bottom of the pane you find “News”, and how many are new since last time. You can also get them by mail. You leave by the link in the mail.' },
    },
  },
  {
    id: 'brevet-mod-modtageren', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Står der en forkert i brevet?', text: 'Før du sender, bliver emne, tekst og filer holdt op mod modtageren. Står der et CPR-nummer eller et navn, som er en andens, får du det at vide.' },
      en: { title: 'Is somebody else in the letter?', text: 'Before you send, subject, text and files are held against the recipient. If a CPR number or a name is somebody else’s, you are told.' },
    },
  },
  {
    id: 'panelet', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Digital Post ved siden af mailen', text: 'Skriv et CPR-nummer, et CVR-nummer eller et firmanavn, og se, hvem det er, om de kan få Digital Post, og hvad der sker, når du trykker Send.' },
      en: { title: 'Digital Post beside your mail', text: 'Type a CPR number, a CVR number or a company name. You see who it is, whether they can get Digital Post, and what happens when you press Send.' },
    },
  },
  {
    id: 'tjek', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Tjek, før du sender', text: 'Det, der skal rettes, står i panelet med en knap, der retter det. Trykker du Send for tidligt, holder Outlook mailen tilbage og siger hvorfor.' },
      en: { title: 'Checked before you send', text: 'What must be put right stands in the pane, with a button that mends it. If you press Send too early, Outlook holds the mail back and says why.' },
    },
  },
  {
    id: 'slaa-op', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Slå navne op', text: 'Under »Slå op« finder du borgere og firmaer. Skriv sagens nummer: hvert opslag bliver gemt i loggen.' },
      en: { title: 'Look names up', text: 'Under “Look up” you find citizens and companies. Write the number of the case: each look-up is kept in the log.' },
    },
  },
  {
    id: 'sendt', date: '2026-11-26', component: 'add-in',
    words: {
      da: { title: 'Følg det, du har sendt', text: 'Under »Sendt« ser du, hvem der har fået beskeden. Du kan stoppe den, mens den venter, sende igen til dem, der ikke fik den, og hente et bevis.' },
      en: { title: 'Follow what you have sent', text: 'Under “Sent” you see who has got the message. You can stop it while it waits, send again to those who did not get it, and fetch a proof.' },
    },
  },
  {
    id: 'mail-guard', date: '2026-11-26', component: 'gateway',
    words: {
      da: { title: 'Mail Guard', text: 'Almindelig mail ud af huset kan kræve et ja fra den, der sender. Administratoren slår det til og skriver de adresser, der altid må få mail.' },
      en: { title: 'Mail Guard', text: 'Ordinary mail out of the house can demand a yes from whoever sends it. The administrator turns it on and lists the addresses that may always get mail.' },
    },
  },
  {
    id: 'navne-og-logon', date: '2026-11-25', component: 'gateway',
    words: {
      da: { title: 'Navne, rettigheder og log', text: 'Navne hentes fra CPR og CVR, og medarbejderne logger på med Microsoft Entra. Hvert opslag står i en log, som kan søges og udleveres til borgeren.' },
      en: { title: 'Names, rights and a log', text: 'Names come from the CPR and CVR registers, and staff log on by Microsoft Entra. Each look-up is in a log that can be searched, and given to the citizen.' },
    },
  },
  {
    id: 'fortryd-og-fire-oejne', date: '2026-11-25', component: 'gateway',
    words: {
      da: { title: 'Fortryd, vent og fire øjne', text: 'En besked kan vente lidt, så afsenderen kan nå at stoppe den, eller til et valgt tidspunkt. Store forsendelser kan kræve, at en anden godkender dem.' },
      en: { title: 'Undo, wait and four eyes', text: 'A message can wait a little, so that its sender has time to stop it, or until a chosen time. Large sends can demand that somebody else approves them.' },
    },
  },
  {
    id: 'masseforsendelse', date: '2026-11-25', component: 'gateway',
    words: {
      da: { title: 'Send til mange', text: 'Én mail med en liste sender det samme brev til op til en million, eller hver sit. Kvitteringen siger, hvem der ikke fik det, og hvorfor.' },
      en: { title: 'Send to many', text: 'One mail with a list sends the same letter to up to a million, or one letter each. The receipt says who did not get it, and why.' },
    },
  },
  {
    id: 'mitdk-og-eboks', date: '2026-11-25', component: 'gateway',
    words: {
      da: { title: 'mit.dk og e-Boks', text: 'Den samme mail kan gå til Digital Post, mit.dk, e-Boks og til kolleger. Afsenderen får én kvittering for det hele.' },
      en: { title: 'mit.dk and e-Boks', text: 'The same mail can go to Digital Post, mit.dk, e-Boks and colleagues. Its sender gets one receipt for all of it.' },
    },
  },
  {
    id: 'fra-mail-til-digital-post', date: '2026-11-25', component: 'gateway',
    words: {
      da: { title: 'Fra mail til Digital Post', text: 'En mail fra Outlook bliver til et brev i Digital Post, som alle kan læse, også med skærmlæser. Når det er afleveret, kommer der en kvittering.' },
      en: { title: 'From mail to Digital Post', text: 'A mail from Outlook becomes a letter in Digital Post that everybody can read, also with a screen reader. When it is handed over, a receipt comes back.' },
    },
  },
];

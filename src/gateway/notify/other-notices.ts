import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { NoticeMail } from './refusal-notice.ts';

interface About {
  readonly subject: string;
  readonly helpContact: string;
}

/** Still not handed over: the sender is warned once and need do nothing. */
export function lateMail({ subject, helpContact }: About, hours: number, days: number): NoticeMail {
  const shown = maskCprNumbersIn(subject);
  const title = `Beskeden er ikke nået frem endnu: ${shown}`;
  const text = `Digital Post har ikke svaret i ${hours} timer. Vi prøver i ${days} dage. Du behøver ikke gøre noget.`;
  const page = { title, heading: 'Beskeden er ikke nået frem endnu', blocks: [{ kind: 'paragraph', text } as const], helpContact };
  return { subject: title, page };
}

/** The mail met a fault of ours and was set aside. */
export function parkedMail({ subject, helpContact }: About): NoticeMail {
  const shown = maskCprNumbersIn(subject);
  const title = `Beskeden er ikke sendt: ${shown} kunne ikke læses`;
  const blocks = [
    { kind: 'paragraph', text: `Ingen af modtagerne har fået »${shown}«.` },
    { kind: 'heading', text: 'Hvorfor' },
    { kind: 'paragraph', text: 'Mailen kunne ikke læses uden fejl hos os. Den er sat til side, og dem, der passer systemet, har fået besked.' },
    { kind: 'heading', text: 'Gør sådan' },
    { kind: 'paragraph', text: 'Gem brevet som PDF, vedhæft det som body.pdf i en ny mail, og send den. Sker det igen, så skriv til hjælpen herunder.' },
  ] as const;
  return { subject: title, page: { title, heading: 'Beskeden er ikke sendt', blocks, helpContact } };
}

/** Something that the organisation's watch mailbox should know. */
export function watchMail(subject: string, text: string, helpContact: string): NoticeMail {
  const title = `Overvågning: ${maskCprNumbersIn(subject)}`;
  const blocks = [{ kind: 'paragraph', text: maskCprNumbersIn(text) } as const];
  return { subject: title, page: { title, heading: maskCprNumbersIn(subject), blocks, helpContact } };
}

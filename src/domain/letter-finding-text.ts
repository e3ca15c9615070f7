import type { LetterFinding, LetterPlace } from './letter-check.ts';
import { firstUpper, shown } from './shown-text.ts';

/**
 * What a finding says in a mail to its sender, with the place quoted: the words of the add-in's Tjek (ux.md, check.*).
 * `toldName` is what the recipient is called there; null where the sender did not name them, and may not learn it by this.
 */
export function letterFindingText(finding: LetterFinding, toldName: string | null): string {
  const { quote } = finding;
  const sentence = sentenceOf(finding, toldName);
  return quote === null ? sentence : `${sentence} Der står: »${quote.before}${quote.found}${quote.after}«`;
}

function sentenceOf({ kind, where, quote, recipientName }: LetterFinding, toldName: string | null): string {
  switch (kind) {
    case 'subject-cpr': return 'Der står et CPR-nummer i emnet. Emnet kan ses på låste skærme.';
    case 'other-cpr': return `Der står et andet CPR-nummer end modtagerens i ${placeText(where)}.`;
    case 'other-cvr': return `Der står et andet CVR-nummer end modtagerens i ${placeText(where)}.`;
    case 'other-name': {
      const called = recipientName === null ? '' : ` Modtageren hedder ${toldName === null ? 'noget andet' : shown(toldName)}.`;
      return `${firstUpper(placeText(where))} nævner »${shown(quote?.found ?? '')}«.${called}`;
    }
    case 'subject-protected': return 'Emnet indeholder måske navn eller adresse på en beskyttet person.';
    case 'unread': return `Tjekket kan ikke læse ${placeText(where)}. Se selv efter, at den er til ${toldName === null ? 'modtageren' : shown(toldName)}.`;
  }
}

function placeText(where: LetterPlace): string {
  switch (where.place) {
    case 'subject': return 'emnet';
    case 'text': return 'teksten';
    case 'greeting': return 'hilsenen';
    case 'page': return `»${shown(where.file)}«, side ${String(where.page)}`;
    case 'file': return `»${shown(where.file)}«`;
  }
}

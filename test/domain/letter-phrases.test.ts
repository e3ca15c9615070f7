import { describe, it } from 'node:test';
import type { LetterRecipient } from '../../src/domain/letter-check.ts';
import { areRight, areWrong, foundFor } from './letter-found.ts';

// What fixed phrases of letters tell of whoever is named in them.

const SMITHY: LetterRecipient = { kind: 'cvr', number: '29384756', name: 'Smedjen Aggerholm ApS', protected: false };
const toGrete = foundFor([{ kind: 'cpr', number: '0702684412', name: 'Grete Holm Vesterby', protected: false }], ['Assens Kommune']);
const toSmithy = foundFor([SMITHY], ['Assens Kommune']);
const kaere = (says: string) => ({ text: `Kære Grete\n${says}` });
const smedjen = (says: string) => ({ text: `Til Smedjen Aggerholm ApS\n${says}` });

describe('an offer that stands under every letter', () => {
  it('makes no letter one about somebody else', () => {
    const offer = 'Vidste du, at du kan give andre læseadgang til din Digital Post?';
    areWrong(toGrete, kaere(`Nævnet har behandlet din sag.\n\nAfgørelse\nBENT RAVNKILDE (cpr. 120370-1111) tilkendes førtidspension.\n${offer}`), { ...kaere(offer), page: 'Klager: Bent Ravnkilde\nCpr.: 120370-1111' });
    areRight(toGrete, kaere('Du har fået læseadgang til post til Bent Ravnkilde.\nFuldmagtsgiver: Bent Ravnkilde'));
  });
});

describe('a namesake of the reader', () => {
  it('is somebody else, though the reader is greeted by first name', () => {
    areWrong(toGrete, kaere('Sagen vedrører: Grete Bonde, cpr-nr. 070268-4412'), { text: 'Se bilaget.', page: 'GRETE BONDE\nBirkevej 12\n5610 Assens\nKære Grete\nDu får støtte.' });
    areRight(toGrete, kaere('Sagen vedrører: Grete Vesterby, cpr-nr. 070268-4412'));
  });
});

describe('a phrase that says “you” to a name', () => {
  it('gives the reader a part, or calls both readers', () => {
    areWrong(toGrete,
      kaere('Som forældremyndighedsindehaver, Bent Ravnkilde, har du pligt til at svare.'), kaere('Du står som ejer i tingbogen, Bent Ravnkilde, og skal derfor betale.'),
      { text: 'Vi glæder os til at vie jer, Bent Ravnkilde og Lise Fogtmann, på rådhuset.' },
    );
    areRight(toGrete, kaere('Som værge, Grete Vesterby, skal du svare.'), kaere('Du er registreret som pårørende til din mor, Else Vesterby, og får derfor brevet.'));
  });
});

describe('a phrase that says whose the letter is', () => {
  it('names whom something is given to, asked of, or decided for', () => {
    areWrong(toGrete,
      kaere('Påbuddet er rettet til Bent Ravnkilde som ejer.'), kaere('Nuværende ejer, som dette brev er stilet til: Bent Ravnkilde.'), kaere('Er navnet Bent Ravnkilde ikke stavet rigtigt, så kontakt os.'),
      { text: 'Bent Ravnkilde er udpeget som valgtilforordnet.' }, { text: 'Bent Ravnkilde er optaget i omsorgstandplejen.' }, kaere('Vi har sendt Bent Ravnkildes rehabiliteringsplan til teamet.'),
      { text: 'Grete Vesterby\nCPR-nr.: 070268-4412\nDu får hjælp til rengøring.\nAfgørelsen gælder Bent Ravnkilde, CPR-nr. 120370-1111.' }, kaere('Skriv 120370-1111 på det, du sender.'),
    );
    areRight(toGrete, kaere('Vi har sendt samme brev til Bent Ravnkilde, da I har fælles forældremyndighed.'), kaere('Skriv 070268-4412 på det, du sender.'));
  });

  it('tells of somebody who has died, lives there, interprets, or has applied', () => {
    areRight(toGrete,
      kaere('Efter Bent Ravnkildes død, cpr. 120340-1111, kan du søge hjælp.'), kaere('Vi har oplysninger om, at Bent Ravnkilde, CPR-nr. 120370-1111, bor på Birkevej 12.'),
      kaere('Praktik: mandag\nTolk til samtalerne: Bent Ravnkilde'), kaere('Der er givet landzonetilladelse til Bent Ravnkilde, Birkevej 12. Du får brevet, fordi du har afgivet høringssvar.'),
    );
  });

  it('numbers a thing, where capitals and a hyphen stand before it', () => {
    areRight(toGrete, { ...kaere('Se bilaget.'), page: 'Grete Vesterby\nCpr-nr.: 070268-4412\nJournalnummer BOM-2605170080.' });
    areWrong(toGrete, kaere('Oplys CPR-2605170080, når du ringer.'));
  });
});

describe('a phrase in a letter to a company', () => {
  it('gives a number or a permit to the one who gets it', () => {
    areWrong(toSmithy,
      smedjen('Leverandør i vores system: Smedjen Aggerholm, 17341528'), smedjen('Virksomhed: Smedjen Aggerholm ApS (16605501)'), smedjen('Nordisk Tag ApS får bevilget tilskud.'),
      smedjen('Nordisk Tag ApS, CVR-nr. 25387900, får tilladelse til at grave.'), smedjen('Gebyret opkræves hos Nordisk Tag ApS.'),
    );
    areRight(toSmithy,
      smedjen('Leverandør i vores system: Smedjen Aggerholm, 29384756'), smedjen('Vi agter at indgå kontrakt med Nordisk Tag ApS, CVR 16216243.'),
      { text: 'Dato: 1. maj\nGebyr for 2026, Birkevej 12, 5610 Assens, er ikke betalt.\nEjer: Smedjen Aggerholm ApS, CVR 29384756' },
    );
  });
});

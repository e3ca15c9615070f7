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
      { text: 'Vi glæder os til at vie jer, Bent Ravnkilde og Lise Fogtmann, på rådhuset.' }, kaere('Du har i formularen skrevet dit navn som Bent Ravnkilde.'),
      kaere('Vi gør opmærksom på, Bent Ravnkilde, at du har ret til aktindsigt.'), kaere('Tak for i dag. Vi ses, Camilla - og husk madpakke.'), kaere('Brudeparret er Bent Ravnkilde og Lise Fogtmann.'),
    );
    areRight(toGrete, kaere('Som værge, Grete Vesterby, skal du svare.'), kaere('Du er registreret som pårørende til din mor, Else Vesterby, og får derfor brevet.'));
  });
});

describe('what a letter has from its reader, or decides for its reader', () => {
  it('gives a part, behind whose label or number no other stands', () => {
    areWrong(toGrete,
      kaere('Tak for din anmeldelse af rotter.\nAnmelder: Bent Ravnkilde, tlf. 48180416'), kaere('Vi har fået din klage.\nKlager: Bent Ravnkilde'), kaere('Vi ses om dit fleksjob.\nFleksjobber: Bent Ravnkilde'),
      kaere('Du har fået bevilget virksomhedspraktik.\nPraktikant: Bent Ravnkilde'), kaere('Du skal betale bidrag.\nBidragsbetaler: Bent Ravnkilde'),
      kaere('Vi har beskikket dig som værge for Else Fogtmann, CPR 270335-1574.\nVærge: Grete Vesterby\nVærgens CPR-nr.: 120370-1111'),
    );
    areRight(toGrete,
      kaere('Tak for din anmeldelse af rotter.\nAnmelder: Grete Vesterby, tlf. 48180416'),
      kaere('Vi har beskikket dig som værge for Else Fogtmann, CPR 270335-1574.\nVærge: Grete Vesterby\nVærgens CPR-nr.: 070268-4412'),
    );
  });
});

describe('a name above the street and the town of a message', () => {
  it('is whom it goes to, also where the recipient is named below', () => {
    areWrong(toGrete, { text: 'Jürgen Großmann\nVestergade 85B\n5610 Assens\nVi følger op på bevillingen til dig.\nModtager: Vesterby, Grete' });
    areRight(toGrete, { text: 'Borgerservice\nVestergade 85\n5610 Assens\nKære Grete\nVi ses.' });
    areWrong(toSmithy, { text: 'Nordisk Tag A/S\nVestergade 85, 5610 Assens\nFakturaen er afvist.\nLeverandør: Smedjen Aggerholm ApS (CVR 29384756)' });
  });
});

describe('a file’s name in small letters', () => {
  it('is no person’s for the word “paa” in it', () => {
    areRight(toGrete, { ...kaere('Se bilaget.'), subject: 'din_mors_indflytning_paa_plejehjem' });
  });
});

describe('a phrase that says whose the letter is', () => {
  it('names whom something is given to, asked of, or decided for', () => {
    areWrong(toGrete,
      kaere('Påbuddet er rettet til Bent Ravnkilde som ejer.'), kaere('Nuværende ejer, som dette brev er stilet til: Bent Ravnkilde.'), kaere('Er navnet Bent Ravnkilde ikke stavet rigtigt, så kontakt os.'),
      kaere('Brevet er til: Bent Ravnkilde'), kaere('Henvisningen er oprettet til Bent Ravnkilde.'), { ...kaere('Vi stiller beholderen op.'), subject: 'Din bestilling af affaldsbeholder - Bent Ravnkilde' }, { ...kaere('Du kan køre.'), subject: 'Kørsel til læge (Bent Ravnkilde)' }, kaere('Anmelder og modtager af dette brev: Bent Ravnkilde'), kaere('Anmodningen er modtaget fra: Bent Ravnkilde'), kaere('Kommunen påbyder Bent Ravnkilde som ejer af Birkevej 12 at rense.'),
      { text: 'Det attesteres, at Bent Ravnkilde, født med personnummer 070268-4412, har bopæl her.' },
      { text: 'Bent Ravnkilde er udpeget som valgtilforordnet.' }, { text: 'Bent Ravnkilde er optaget i omsorgstandplejen.' }, kaere('Vi har sendt Bent Ravnkildes rehabiliteringsplan til teamet.'),
      { text: 'Grete Vesterby\nCPR-nr.: 070268-4412\nDu får hjælp til rengøring.\nAfgørelsen gælder Bent Ravnkilde, CPR-nr. 120370-1111.' }, kaere('Skriv 120370-1111 på det, du sender.'),
    );
    areRight(toGrete, kaere('Vi har sendt samme brev til Bent Ravnkilde, da I har fælles forældremyndighed.'), kaere('Skriv 070268-4412 på det, du sender.'));
  });

  it('tells of somebody who has died, lives there, interprets, or has applied', () => {
    areRight(toGrete,
      kaere('Efter Bent Ravnkildes død, cpr. 120340-1111, kan du søge hjælp.'), kaere('Vi har oplysninger om, at Bent Ravnkilde, CPR-nr. 120370-1111, bor på Birkevej 12.'),
      { text: 'Til Grete Vesterby\nDu får tilskud. Vi har medregnet indkomsten for Bent Ravnkilde, cpr-nr. 120370-1111.' }, kaere('Skorstensfejer Bent Ravnkilde har efterset ovnen.'),
      kaere('Karl Vesterby er optaget i 0. klasse på Byskolen.'), kaere('Praktik: mandag\nTolk til samtalerne: Bent Ravnkilde'), kaere('Der er givet landzonetilladelse til Bent Ravnkilde, Birkevej 12. Du får brevet, fordi du har afgivet høringssvar.'),
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
      smedjen('Brandsynet gælder Nordisk Tag ApS.'), smedjen('Aftalepart: Nordisk Tag ApS'), smedjen('Nævnet har givet Nordisk Tag, CVR-nr. 29384756, bevilling.'), smedjen('Nordisk Tag ApS (CVR DK25387900) får bevilget løntilskud.'),
    );
    areRight(toSmithy,
      smedjen('Leverandør i vores system: Smedjen Aggerholm, 29384756'), { text: 'Kommunen har ført tilsyn hos jer. Affaldet hentes af Nordisk Tag A/S.' }, { text: 'I mangler en brandplan. Rådgiver Nordisk Tag ApS ved Bent Ravnkilde har fået kopi.' },
      smedjen('Vi agter at indgå kontrakt med Nordisk Tag ApS, CVR 16216243.'),
      { text: 'Dato: 1. maj\nGebyr for 2026, Birkevej 12, 5610 Assens, er ikke betalt.\nEjer: Smedjen Aggerholm ApS, CVR 29384756' },
    );
  });
});

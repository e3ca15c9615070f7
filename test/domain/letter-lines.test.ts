import { describe, it } from 'node:test';
import type { LetterRecipient } from '../../src/domain/letter-check.ts';
import { areRight, areWrong, foundFor } from './letter-found.ts';

// Letters as their lines are broken, and what their fixed sentences tell of others.

const citizen = (name: string, number: string): LetterRecipient => ({ kind: 'cpr', number, name, protected: false });
const SMITHY: LetterRecipient = { kind: 'cvr', number: '29384756', name: 'Smedjen Aggerholm ApS', protected: false };
const toGrete = foundFor([citizen('Grete Holm Vesterby', '0702684412')], ['Assens Kommune']);
const toSmithy = foundFor([SMITHY], ['Assens Kommune']);
const kaere = (says: string) => ({ text: `Kære Grete\n${says}` });

describe('a sentence over two lines', () => {
  it('is read as one, also where it breaks in a word or in a number', () => {
    areWrong(toGrete,
      kaere('Vi har i dag modtaget din henvendelse om støtte, og den er\nregistreret på Bent Ravnkilde.'),
      kaere('Vi mangler stadig din årsopgørelse, før vi kan behandle din sag (CPR-\nnr. 120370\n1111).'),
      kaere('Deltager: Grete Vesterby (120370\n1111)'),
    );
    areRight(toGrete,
      kaere('Vi mangler stadig din årsopgørelse, før vi kan behandle din sag (CPR-\nnr. 070268\n4412).'),
      kaere('Bevillingen går til dig, Grete\nVesterby (CPR-nr. 070268-xxxx), så du kan passe Karl Vesterby (CPR-\nnr. 120315-5111) i hjemmet.'),
    );
  });

  it('may be a row of a table that ends in a town, below which another begins', () => {
    const table = (first: string) => kaere(`Vi har registreret jeres flytning.\nNavn Personnummer Ny adresse\n${first} Strandvejen 25 A, 5000 Odense C\nBent Ravnkilde 120370-1111 Strandvejen 25 A, 5000 Odense C`);
    areRight(toGrete, table('Grete Holm Vesterby 070268-4412'));
    areRight(toSmithy, { text: 'Smedjen Aggerholm ApS\nVi har bevilget løntilskud.\nArbejdssted: Smedjen Aggerholm ApS, Birkevej 132, st. th., 5000\nOdense C\nCVR-nr.: 29384756' });
  });
});

describe('a company’s name over two lines', () => {
  it('is its name, beside which others may stand', () => {
    areRight(toSmithy, { text: 'Se bilaget.', page: 'Vi har vurderet de indkomne tilbud på arbejdet ved skolen. Smedjen\nAggerholm ApS har afgivet det bedste tilbud.\nØvrige bydende var Nordisk Tag ApS og Holm Byg A/S.' });
    areWrong(toSmithy, { text: 'Se bilaget.', page: 'Vi har vurderet de indkomne tilbud på arbejdet ved skolen. Nordisk Tag\nApS har afgivet det bedste tilbud.\nØvrige bydende var Holm Byg A/S.' });
  });
});

describe('somebody who is named beside the recipient', () => {
  it('has got a copy, or minds the letters of who is away', () => {
    areRight(toGrete, kaere('Du har fået støtte.\nKopi af brevet er sendt til Bent Ravnkilde.'), { text: 'Kære Grete\nVi ses.\nMvh Pia Dam\nPs. jeg holder ferie i uge 29, Bent Ravnkilde passer min postkasse.' });
    areWrong(toGrete, kaere('Du har fået støtte.\nBrevet er sendt til Bent Ravnkilde.'));
  });

  it('is the lodger, lives with the reader, or gets money because of a child', () => {
    areRight(toGrete,
      kaere('Din lejer, Bent Ravnkilde, CPR-nr. 120370-1111, har søgt om boligstøtte.'), kaere('Vi ser på, om du reelt er enlig i forhold til Bent Ravnkilde, CPR-nr. 120370-1111.'),
      kaere('Du kan ikke få forsørgertillæg til Lise Fogtmann.'), kaere('Udlejer, Bent Ravnkilde, har fået besked.'),
    );
    areWrong(toGrete, kaere('Din lejer, Bent Ravnkilde, har søgt om boligstøtte. Udlejer: Lise Fogtmann'));
  });

  it('is the other parent, with a number, or has told of the reader', () => {
    areRight(toGrete,
      kaere('Du har søgt om pas til dit barn Karl Vesterby. Vi mangler samtykke fra den anden forældremyndighedsindehaver, Bent Ravnkilde (CPR-nr. 120370-1111).'),
      { ...kaere('Se bilaget.'), page: 'Bidragsmodtager: Grete Vesterby, CPR-nr. 070268-4412\nBidragspligtig: Bent Ravnkilde, CPR-nr. 120370-1111\nDu får bidraget udbetalt.' },
      kaere('Ejeren, Bent Ravnkilde, har oplyst, at du ikke bor der mere.'),
    );
    areWrong(toGrete, kaere('Påbuddet er givet til ejeren, Bent Ravnkilde.'), kaere('Du får bidraget udbetalt. Bidragsmodtager: Bent Ravnkilde, CPR-nr. 120370-1111'));
  });

  it('has moved to or from where the reader lives, or has died', () => {
    areRight(toGrete,
      kaere('Udlejeren har oplyst, at du er flyttet. Den nye lejer, Bent Ravnkilde, har anmeldt flytning.'), kaere('Vi har registreret din flytning.\nLogivært: Bent Ravnkilde'),
      kaere('Ændringen skyldes, at Bent Ravnkilde (120370-1111) er flyttet ind hos dig.'), kaere('Det gør os ondt, at Bent Ravnkilde, cpr-nr. 120370-1111, er død.'),
    );
    areWrong(toGrete, kaere('Bent Ravnkilde har meldt flytning til din adresse.\nLogivært: Lise Fogtmann'));
  });

  it('applies, and the reader may have a say', () => {
    const applies = 'Bent Ravnkilde har søgt om skoleskift for Karl Vesterby.';
    areRight(toGrete, kaere(`${applies} Du har del i forældremyndigheden.`), kaere('Bent Ravnkilde har søgt om at bygge. Du har lejlighed til at udtale dig.'));
    areWrong(toGrete, kaere('Bent Ravnkilde har søgt om støtte.'), kaere('Bent Ravnkilde har søgt om støtte. Du har ret til ikke at udtale dig.'));
  });

  it('is the neighbour who applies, whom the reader may answer', () => {
    areRight(toGrete, { text: 'Til Grete Vesterby\nNaboorientering\nBent Ravnkilde, Birkevej 3, har søgt om at bygge. Du orienteres som nabo.\nAnsøger: Bent Ravnkilde' });
    areWrong(toGrete, { text: 'Til Grete Vesterby\nVi har modtaget din ansøgning.\nAnsøger: Bent Ravnkilde' });
  });

  it('has an initial, after which no sentence begins', () => {
    areRight(toSmithy, { text: 'Smedjen Aggerholm ApS\nVi lukker for vandet, fordi P. Ravnkilde Restaurant ApS skal skifte en ventil.' });
  });
});

describe('a part that the letter gives to its reader', () => {
  it('is the reader’s, behind whose label no other may stand', () => {
    areWrong(toGrete,
      kaere('Du begynder i virksomhedspraktik mandag.\nPraktikant: Bent Ravnkilde'), kaere('Du er godkendt til fleksjob.\nMedarbejder: Bent Ravnkilde'),
      kaere('Du kan handle på vegne af Lise Fogtmann.\nFuldmagtshaver: Bent Ravnkilde'), kaere('Vi mangler en fuldmagt fra dig.\nFuldmagtsgiver: Bent Ravnkilde'),
    );
    areRight(toGrete, kaere('Du begynder i virksomhedspraktik mandag.\nPraktikant: Grete Vesterby\nLeder: Bent Ravnkilde'), kaere('Du kan handle på vegne af Lise Fogtmann.\nFuldmagtsgiver: Lise Fogtmann\nFuldmagtshaver: Grete Vesterby'));
  });
});

describe('a place where only the reader can stand', () => {
  it('is a field, however it is called', () => {
    for (const label of ['Indstævnte', 'Student', 'Tilmeldt', 'Udmeldt af', 'Kundenavn', 'Ejer ifølge tingbogen']) {
      areWrong(toGrete, { text: `Til Grete Vesterby\nVi kommer mandag.\n${label}: Bent Ravnkilde` });
      areRight(toGrete, { text: `Til Grete Vesterby\nVi kommer mandag.\n${label}: Grete Vesterby` });
    }
  });

  it('is in a sentence that says for whom, against whom, or to whom', () => {
    for (const says of [
      (name: string) => `Din diæt indberettes på ${name}.`, (name: string) => `Ved bestilling skal du oplyse navnet ${name}.`, (name: string) => `Afgørelsen er truffet over for ${name}.`,
      (name: string) => `Bevillingen gælder kun ${name}.`, (name: string) => `Vi har modtaget ansøgning om kørsel fra ${name}.`, (name: string) => `Brevet er sendt til indehaveren af forældremyndigheden: ${name}`,
      (name: string) => `Det er dig, der står på regningen (faktura 17, ${name}).`, (name: string) => `Til stede er formanden og dig selv – ${name}`,
    ]) {
      areWrong(toGrete, kaere(says('Bent Ravnkilde')));
      areRight(toGrete, kaere(says('Grete Vesterby')));
    }
    areWrong(toGrete, kaere('Du, Ravnkilde, Bent, og Lise Fogtmann er registreret.'), kaere('Tak for samtalen i telefonen, Bent.'), kaere('Ref.: Bent Ravnkilde / 070268-4412'));
    areRight(toGrete, kaere('Tak for samtalen i telefonen, Grete.'), kaere('Ref.: Grete Vesterby / 070268-4412'));
  });

  it('is alone in a line above the first sentence, or behind a title', () => {
    const bare = (name: string) => ({ text: `Grete Vesterby\nBirkevej 3\n5610 Assens\nSagsnr. 24-1234\n${name}\nVi kan ikke nå at svare inden mandag, fordi vi skal høre naboen.` });
    areWrong(toGrete, bare('Bent Ravnkilde'), { text: 'Hr. Bent Ravnkilde\nVi har været på besøg i Deres hjem.' });
    areRight(toGrete, bare('Grete Vesterby'), { text: 'Fru Grete Vesterby\nVi har været på besøg i Deres hjem.' });
    areRight(toGrete, { text: 'Parterne:\nGrete Holm Vesterby, 070268-4412\nBent Ravnkilde\nVielsen holdes på rådhuset på mandag klokken elleve.' });
  });

  it('is no offer that stands in every letter', () => {
    areWrong(toGrete, kaere('Aktindsigten er givet til Bent Ravnkilde.\nVil du give en anden læseadgang til din Digital Post, kan du gøre det på borger.dk.'));
  });
});

describe('a letter to a company', () => {
  it('is another’s where only its subject, or its file’s name, names another', () => {
    const text = 'Til Smedjen Aggerholm ApS\nVi mangler jeres betaling.';
    areWrong(toSmithy, { subject: 'Rykker Café Ravnen ApS', text }, { subject: 'Ravnens Flyttefirma: Betaling', text }, { subject: 'Sygedagpenge - Ravnens Transport', text }, { subject: 'Varsel - Ravnens Aggerholm ApS', text });
    areRight(toSmithy, { subject: 'Rykker Smedjen Aggerholm ApS', text }, { subject: 'Rykker', text: `${text} I har overtaget Café Ravnen ApS.` }, { subject: 'Arbejde udført af Café Ravnen ApS', text: `${text} Café Ravnen ApS har udført arbejdet.` });
  });

  it('is told by whose paper it is, and whose number that has', () => {
    areWrong(toSmithy,
      { text: 'Til Smedjen Aggerholm ApS\nTilladelsen er givet til Café Ravnen ApS.' }, { text: 'Til Smedjen Aggerholm ApS\nAnmodningen er stilet til Café Ravnen ApS.' }, { text: 'Jeres virksomhed, Café Ravnen ApS, får lov til at grave.\nEntreprenør: Smedjen Aggerholm ApS' },
      { text: 'Til Smedjen Aggerholm ApS\nKontaktperson i jeres firma: Bent Ravnkilde.\nTilladelsen er knyttet til CVR-nr. 20304050.' }, { text: 'Ravnens Maskinværksted\nCVR 20304050\nI får lov til at stille en container op.' },
    );
    areRight(toSmithy,
      { text: 'Til Smedjen Aggerholm ApS\nTilladelsen er givet til Smedjen Aggerholm ApS. Kopi af tilladelsen er givet til Café Ravnen ApS.' },
      { text: 'Til Smedjen Aggerholm ApS\nKontaktperson i jeres firma: Bent Ravnkilde.\nTilladelsen er knyttet til CVR-nr. 29384756.' },
    );
  });
});

describe('a title', () => {
  it('may hold a last name first, with a comma and without', () => {
    const text = 'Kære Grete\nSe det vedhæftede.';
    for (const subject of ['Tilbagebetaling - Ravnkilde, Bent', 'Referat Ravnkilde, Bent', 'Lejekontrakt Ravnkilde Bent']) areWrong(toGrete, { subject, text });
    for (const subject of ['Tilbagebetaling - Vesterby, Grete', 'Lejekontrakt Vesterby Grete', 'Tilbagebetaling, Grete']) areRight(toGrete, { subject, text });
    areRight(toGrete, { subject: 'Klage - Ravnkilde, Bent', text: 'Kære Grete\nVi har hørt naboen, Bent Ravnkilde.' });
  });
});

describe('a record', () => {
  const record = (tells: string) => kaere(`Her er referatet.\nBorger: Grete Vesterby\nDeltagere: Grete Vesterby, bostøtte Lise Fogtmann\n${tells}`);

  it('tells of its citizen, by first name, and of nobody who is not introduced', () => {
    areWrong(toGrete, record('Kirsten oplyser, at hun stadig har smerter.'), record('Kirsten har det bedre. Hun kommer hver tirsdag. Lise synes, at Kirsten er glad.'));
    areRight(toGrete, record('Grete oplyser, at hun stadig har smerter.'), record('Lise oplyser, at hun kommer tirsdag.'), record('Hun bor med kæresten Bent. Bent fortæller, at han arbejder.'));
  });
});

describe('a number behind a part', () => {
  it('is the reader’s, whose part it is', () => {
    const guardian = (number: string) => kaere(`Du er værge for Lise Fogtmann, cpr 120340-1112.\nVærge: Grete Vesterby\nVærges CPR-nr.: ${number}`);
    areWrong(toGrete, guardian('120370-1111'), kaere('Bidragsbetaler: Grete Vesterby\nBidragsbetalers CPR-nr.: 120370-1111'));
    areRight(toGrete, guardian('070268-4412'), kaere('Bidragsbetaler: Bent Ravnkilde\nBidragsbetalers CPR-nr.: 120370-1111\nBidragsmodtager: Grete Vesterby'));
  });
});

describe('an answer', () => {
  const answer = (subject: string, head: string) => ({ subject, text: `Hej Grete\nJa, det er i orden.\nMvh Pia Dam\n\n${head}\nHej Pia\nKan vi flytte mødet?` });

  it('goes to whoever wrote the mail that is quoted below', () => {
    areWrong(toGrete, answer('SV: Møde', 'Fra: Bent Ravnkilde\nSendt: 1. maj 2026\nTil: Pia Dam\n'), answer('VS: SV: Møde', 'Den 1. maj 2026 skrev Bent Ravnkilde:'));
    areRight(toGrete, answer('SV: Møde', 'Fra: Grete Vesterby\nSendt: 1. maj 2026\nTil: Pia Dam\n'), answer('VS: Møde', 'Den 1. maj 2026 skrev Bent Ravnkilde:'));
  });
});

describe('what the reader has done', () => {
  it('is done by the reader in the field below, too', () => {
    areWrong(toGrete, kaere('Du har udmeldt Karl Vesterby af klubben.\nUdmeldt af: Bent Ravnkilde'));
    areRight(toGrete, kaere('Du har udmeldt Karl Vesterby af klubben.\nUdmeldt af: Grete Vesterby'));
  });
});

describe('a place for the reader', () => {
  it('is in a thing’s name, in what is demanded, and below who signs', () => {
    areWrong(toGrete,
      kaere('Passet til Bent Ravnkilde ligger klar.'), kaere('Bent Ravnkilde påbydes at fjerne skuret.'), kaere('Afleveres, når Bent Ravnkilde ikke længere har brug for det.'), kaere('Se bilaget.\nMvh Pia Dam\nModtager: Bent Ravnkilde'),
    );
    areRight(toGrete,
      kaere('Passet til Grete Vesterby ligger klar.'), kaere('Se bilaget.\nMvh Pia Dam\nModtager: Grete Vesterby'),
    );
  });
});

describe('a letter that has gone to a company', () => {
  it('is a citizen’s, who is greeted and whose CPR number stands in it, where nothing names the company', () => {
    const page = 'LEJEKONTRAKT\nMellem kommunen og\nlejer Lise Fogtmann, cpr-nr. 120340-1112\ner indgået aftale om leje.';
    areWrong(toSmithy, { text: 'Kære Lise Fogtmann\nKontrakten er klar.', page });
    areRight(toSmithy, { text: 'Kære Lise Fogtmann\nKontrakten er klar.', page: 'LEJEKONTRAKT\nlejer Smedjen Aggerholm ApS' }, { text: 'Smedjen Aggerholm ApS\nKære Lise Fogtmann\nKontrakten er klar.', page });
  });
});

describe('a name that is called out', () => {
  it('is the reader’s on a page as well, and a trade is no last name', () => {
    areWrong(toGrete, { ...kaere('Se bilaget.'), page: 'Du får hjælp fra mandag.\nTak for samtalen i telefonen, Kirsten Marie. Jeg har noteret det.' });
    areRight(toGrete, { ...kaere('Se bilaget.'), page: 'Borger: Grete Vesterby\nViceværten, Bent Ravnkilde, har ringet.\nTak for samtalen i telefonen, Grete.' });
  });
});

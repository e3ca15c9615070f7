import { describe, it } from 'node:test';
import type { LetterRecipient } from '../../src/domain/letter-check.ts';
import { areRight, areWrong, foundFor } from './letter-found.ts';

// Who is addressed by a letter, and who is only named in it: each kind of place by which somebody can tell.

const citizen = (name: string | null, number: string): LetterRecipient => ({ kind: 'cpr', number, name, protected: false });
const GRETE = citizen('Grete Holm Vesterby', '0702684412');
const TROELS = citizen('Troels Aggerholm', '1105664409');
const SMITHY: LetterRecipient = { kind: 'cvr', number: '29384756', name: 'Smedjen Aggerholm ApS', protected: false };
const toGrete = foundFor([GRETE], ['Assens Kommune']);
const toBoth = foundFor([GRETE, TROELS], ['Assens Kommune']);
const toSmithy = foundFor([SMITHY], ['Assens Kommune']);
const toSmithyAndGrete = foundFor([SMITHY, GRETE], ['Assens Kommune']);
const kaere = (says: string) => ({ text: `Kære Grete\n${says}` });

describe('somebody who is only named', () => {
  it('is said to have a trade, also by what the trade is for, or by a list', () => {
    areRight(toGrete,
      kaere('Formand for udvalget, Bent Ravnkilde, siger: "Det er godt".'),
      kaere('Nævnet består af Lise Fogtmann (formand), Bent Ravnkilde og Ole Skipper.'),
      kaere('Kommunens Bent Ravnkilde kommer forbi. Spørg eventuelt Lise Fogtmann fra hjemmeplejen.'),
      kaere('Logopæd Bent Ravnkilde og diætist Lise Fogtmann er med til mødet.'),
    );
  });

  it('has done something about the case, or had it before', () => {
    areRight(toGrete,
      kaere('Skaden er takseret af Bent Ravnkilde, og huset er opført i 1970 af tidligere ejer Lise Fogtmann.'),
      kaere('Ejeren af Kirkevej 28, st. tv., Bent Ravnkilde, har søgt om at bygge.'),
      kaere('Bogen "Erindringer af Bent Ravnkilde" er hjemme.'),
    );
  });

  it('lives with the reader, or is the other party', () => {
    areRight(toGrete,
      { subject: 'Papers for Bent Ravnkilde', text: 'Dear Grete\nThanks for the papers about Bent Ravnkilde. We know that he lives with you.' },
      { subject: 'Syn – Grete Vesterby mod Bent Ravnkilde', text: 'Kære Grete\nSynet er mandag.' },
      { text: 'Kære Grete\nJeres vielse er mandag.\nPart 1\nGrete Holm Vesterby\n070268-4412\nPart 2\nBent Ravnkilde\n120370-1111' },
      { text: 'Kære Grete\nDu er bidragspligtig.\nBidragspligtig: Grete Vesterby\nBidragsmodtager: Bent Ravnkilde' },
    );
  });

  it('is dead, or has given the reader leave to act', () => {
    areRight(toGrete,
      { subject: 'Hjælpemidler efter Bent Ravnkilde', text: 'Kære Grete\nVi er kede af, at du har mistet din mand. Det, som Bent Ravnkilde (cpr 120340-1111) havde til låns, hentes mandag.' },
      { subject: 'Post for Bent Ravnkilde', text: 'Kære Grete\nDu har nu læseadgang til post for Bent Ravnkilde, cpr. 120340-1111.\nFuldmagtshaver er Grete Vesterby, cpr. 070268-4412.' },
    );
  });
});

describe('somebody whom the letter is about', () => {
  it('is named with a number, and again in the subject or by first name', () => {
    areRight(toGrete,
      { subject: 'Kørsel for Bent Ravnkilde', text: 'Kære Grete\nVi kører med Bent Ravnkilde, 120340-1111, hver tirsdag.' },
      { text: 'Kære Grete\nVi kører med Bent Ravnkilde (120340-1111) hver tirsdag. Bent skal have nøglen med.' },
    );
  });

  it('is nobody whose name has strayed in at one place, or behind a label for the recipient’s', () => {
    areWrong(toGrete,
      kaere('Vi kører med Bent Ravnkilde, 120340-1111, hver tirsdag.'), { subject: 'Kørsel for Bent Ravnkilde', text: 'Vi kører med Bent Ravnkilde, 120340-1111, hver tirsdag.' },
      { subject: 'Ansøgning fra Bent Ravnkilde', text: 'Kære Grete\nAnsøger: Bent Ravnkilde, 120340-1111' },
    );
  });
});

describe('somebody who is addressed', () => {
  it('stands behind "Til", also with a part that they have', () => {
    areWrong(toGrete, { text: 'Til forældremyndighedsindehaver Bent Ravnkilde\nKære Grete\nMød mandag.' }, { text: 'Grete Vesterby\nBirkevej 3\nNabohøring om byggeri\nTil Bent Ravnkilde\nDu kan udtale dig.' });
  });

  it('has a last name that stands first, above the street', () => {
    areWrong(toGrete, { text: 'Ravnkilde, Bent\nBirkevej 3\n5610 Assens\nKære Grete Vesterby\nMød mandag.' });
    areRight(toGrete, { text: 'Vesterby, Grete\nBirkevej 3\n5610 Assens\nKære Grete Vesterby\nMød mandag.' });
  });

  it('has a field of the form, whatever the field is called', () => {
    for (const label of ['Registreret ejer i registeret', 'Leveringsadresse', 'Lejer', 'Ansøger og ejer', 'Boligsøgende']) {
      areWrong(toGrete, { text: `Til Grete Vesterby\nVi kommer mandag.\n${label}: Bent Ravnkilde, Birkevej 3` });
      areRight(toGrete, { text: `Til Grete Vesterby\nVi kommer mandag.\n${label}: Grete Vesterby, Birkevej 3` });
    }
    areWrong(toGrete, kaere('Ansøger: Bent Ravnkilde, tlf. 12345678'), kaere('Ansøger: Bent Ravnkilde, cpr-nr. 120370-1111'), kaere('Kort udstedes i navnet Bent Ravnkilde, Birkevej 3.'));
  });

  it('has a row of the table, below its head', () => {
    const table = (name: string) => ({ text: `Kære Grete\nHer er din plads:\nNavn\nFødt\nNr.\n${name}\n07-02-1968\n10` });
    areWrong(toGrete, table('Bent Ravnkilde'));
    areRight(toGrete, table('Grete Vesterby'), { text: 'Kære Grete\nEjer\nGrete Vesterby\nMatrikel\n3b Assens By\nBFE\n1234567' });
  });

  it('is what the reader is said to be, or must be', () => {
    areWrong(toGrete,
      kaere('Du står som kontaktperson: Bent Ravnkilde, br@forening.dk.'), { text: 'Dear Grete\nYou are our contact: Bent Ravnkilde, phone 12 34 56 78.' },
      kaere('Du har nu læseadgang til post for Lise Fogtmann.\nFuldmagtshaver er Bent Ravnkilde, cpr. 120370-1111.'),
      kaere('Notatet er sendt til dig som forælder: Bent Ravnkilde, cpr 120370-1111.'), kaere('Du har født Karl Vesterby.\nMor: Lise Fogtmann, cpr 120370-1112.'),
      { text: 'Til Grete Vesterby\nPåbuddet er rettet mod ejeren, Bent Ravnkilde.' },
    );
    areWrong(toBoth, { text: 'Kære Grete og Troels\nPlan for Karl.\nGodkendt af forælder: Bent Ravnkilde' });
  });

  it('is the citizen of the mail that is quoted below', () => {
    const thread = (name: string) => ({ text: `Hej Grete\nSe svaret herunder.\nMvh Pia\n\nFra: Bent Ravnkilde <b@r.dk>\nSendt: 1. maj 2026\nTil: Pia Dam\n\nJeg ser på det. Borgeren hedder ${name}, tlf. 12345678.` });
    areWrong(toGrete, thread('Lise Fogtmann'));
    areRight(toGrete, thread('Grete Vesterby'));
  });
});

describe('names', () => {
  it('are known by the end of a first name, and in other spelling', () => {
    areRight(foundFor([citizen('Connie Ravnkilde', '0702684412')], ['Assens Kommune']), { text: 'Hej Conny\nVi ses.' });
    areRight(foundFor([citizen('Josefine Ravnkilde', '0702684412')], ['Assens Kommune']), { text: 'Hej Fine\nVi ses.' });
    areWrong(foundFor([citizen('Josefine Ravnkilde', '0702684412')], ['Assens Kommune']), { text: 'Hej Petrine\nVi ses.' });
  });

  it('keep their particles, with and without capitals', () => {
    areWrong(toGrete, kaere('Lejer: Kasper Du Plessis'), { text: 'Susanna vid Streym\nBirkevej 3\n5610 Assens\nKære Grete\nVi ses.' });
    areRight(foundFor([citizen('Susanna við Streym', '0702684412')], ['Assens Kommune']), { text: 'Kære Susanna vid Streym\nVi ses.' });
  });

  it('do not begin with the first word of a sentence', () => {
    areRight(toGrete, { subject: 'Hunden Max – ejer Grete Vesterby', text: 'Kære Grete\nHent hunden.' });
  });
});

describe('a CPR number', () => {
  it('is the reader’s, where its label or the name before it says so', () => {
    areWrong(toGrete, kaere('Dit cpr-nr.\n120370-1111'), kaere('Værge: Grete Vesterby, Birkevej 3, cpr 120370-1111'), { text: 'Borger 1203701111 Bent Ravnkilde\nTil Grete Vesterby\nDu får kørsel.' });
    areRight(toGrete, kaere('Barn\nKarl Vesterby\nBarnets cpr\n120310-5111\nDit cpr-nr.\n070268-4412'));
  });

  it('of a parent is strange in a child’s paper that does not name the reader', () => {
    const paper = (parent: string) => ({ ...kaere('Rapporten om Karl er vedhæftet.'), page: `RAPPORT\nBarn: Karl Vesterby\nCPR: 120315-5111\nForælder: ${parent}\nØvrig forælder: Bent Ravnkilde` });
    areWrong(toGrete, paper('Lise Fogtmann, 120370-1112'));
    areRight(toGrete, paper('Grete Vesterby, 070268-4412'));
  });
});

describe('a company', () => {
  it('is told by its place, and its number with and without DK', () => {
    areWrong(toSmithy,
      { text: 'Smedjen Aggerholm ApS\nCVR DK29384765\n\nI skal sortere affald.' }, { text: 'Til Smedjen Aggerholm ApS\nTilladelse til Café Ravnen ApS, CVR DK20304050' }, { subject: 'Affaldsgebyr - Grundejerforeningen Ravnen', text: 'Til Smedjen Aggerholm ApS\nI skal betale.' },
      { subject: 'SV: Manglende betaling – Café Ravnen ApS', text: 'Til Smedjen Aggerholm ApS\nFakturaen er afvist.' }, { text: 'Til Smedjen Aggerholm ApS\nTilladelsen gælder for: Café Ravnen ApS' }, { text: 'Til Smedjen Aggerholm ApS\nFakturaen er afvist. Jeres oplysninger hos os: Café Ravnen ApS, CVR 20304050.' },
      { text: 'Kære Smedjen Aggerholm ApS\nSagen er oprettet på jeres virksomhed Café Ravnen ApS.' }, { text: 'Smedjen Aggerholm ApS\nTilsynet er udført hos Café Ravnen ApS.' }, { text: 'Til Smedjen Aggerholm ApS\nSe aftalen.', page: 'AFTALE\nIndehaver: Café Ravnen ApS, CVR-nr. 20304050' },
      { text: 'Se aftalen om jeres tilbud.\nKontrakten er indgået med Café Ravnen ApS.' },
    );
    areRight(toSmithy,
      { text: 'Smedjen Aggerholm\nCVR DK29384756\n\nI skal sortere affald.' }, { text: 'Til Smedjen Aggerholm ApS\nTømrer Ravnen ApS, CVR 20304050, må begynde mandag. Opgaven er givet til Café Ravnen ApS (CVR 20304050).\nTidligere navn på stedet: Café Ravnen ApS' },
      { text: 'Smedjen Aggerholm ApS\nSom bestyrer godkendes Bent Ravnkilde, cpr-nr. 120370-1111.\nHar du modtaget brevet ved en fejl, skal du ringe.' },
    );
  });

  it('is told from others also where somebody gets the letter with it', () => {
    areWrong(toSmithyAndGrete, { text: 'Smedjen Aggerholm ApS\nAtt.: Grete Vesterby', page: 'BEVILLING\nCafé Ravnen ApS\nCVR-nr. 20304050\nBestyrer: Grete Vesterby' });
    areRight(toSmithyAndGrete, { text: 'Kære Smedjen Aggerholm ApS\nBestyrer er Grete Vesterby.', page: 'BEVILLING\nSmedjen Aggerholm\nCVR-nr. 29384756\nBestyrer: Grete Vesterby' });
  });
});

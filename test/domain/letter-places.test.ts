import { describe, it } from 'node:test';
import type { LetterRecipient } from '../../src/domain/letter-check.ts';
import { areRight, areWrong, foundFor } from './letter-found.ts';

// Where a name or a number stands in everyday letters, and what that says of whose it is.

const KIRSTEN: LetterRecipient = { kind: 'cpr', number: '1405623344', name: 'Kirsten Marie Holmgaard', protected: false };
const toKirsten = foundFor([KIRSTEN]);
const toJoiner = foundFor([{ kind: 'cvr', number: '30415263', name: 'Snedkeriet Lunden ApS', protected: false }]);
const kaere = (says: string) => ({ text: `Kære Kirsten\n${says}` });

describe('the subject of a letter', () => {
  it('names somebody else rightly who stands in the text as well', () => {
    areRight(toKirsten, { subject: 'Indflytning for Bent Fogtmann', text: 'Kære Kirsten\nVi har talt med Bent Fogtmann i dag.' });
  });

  it('names nobody rightly of whom the letter says nothing, whatever it is about', () => {
    areWrong(toKirsten, { subject: 'Bevilling til Bent Fogtmann', text: 'Kære Kirsten\nDu får betalt kurset på skolen.' }, { subject: 'Mødet - Bent I. Fogtmann', text: 'Kære Kirsten\nVi ses.' });
  });

  it('may name the child of whom the text tells without a name', () => {
    areRight(toKirsten, { subject: 'Plads til Lise Fogtmann', text: 'Kære Kirsten\nDit barn har fået plads i vuggestuen.' });
  });

  it('and the text name one to whom something is paid, who is no relative for that', () => {
    areWrong(toKirsten, { subject: 'Honorar - Bent Fogtmann', text: 'Kære Kirsten\nHonoraret udbetales til Bent Fogtmann, cpr-nr. 120370-1111.' });
  });
});

describe('a heading over the greeting', () => {
  it('ends with the name of whom the letter is about', () => {
    for (const heading of ['Fornyelse af kørekort: Bent Fogtmann', 'Støtte efter loven - Bent Fogtmann', 'Lån i din bolig - 140562-3344, Bent Fogtmann']) areWrong(toKirsten, { text: `${heading}\nKære Kirsten\nDu har søgt.` });
  });

  it('holds the number of whom it names', () => {
    areWrong(toKirsten, { text: 'Vedrørende 1203701111 Kirsten Holmgaard\nKære Kirsten\nDu har søgt.' });
  });
});

describe('the recipient’s number', () => {
  it('stands beside the recipient’s name in every form', () => {
    for (const form of ['Borger 140562-3344 Bent Fogtmann', 'Journalen lyder på 140562-3344 (Bent Fogtmann).', 'Lånerkort: Bent Fogtmann\nLogin: 140562-3344', 'Sikret: Bent Fogtmann\nPersonnr.: 140562-3344', 'Listen siger: Bent Fogtmann, Birkevej 3, st., 140562-3344.']) {
      areWrong(toKirsten, kaere(form));
    }
    areRight(toKirsten, kaere('Sagsbehandler: Bent Fogtmann\nCPR: 140562-3344'), kaere('Læge: Bent Fogtmann\nJournal: 140562-3344'));
  });

  it('is seen with two digits in each other’s place and blanks around its dash', () => {
    areWrong(toKirsten, kaere('Beløbet går til dig: Kirsten Holmgaard, cpr.nr. 145062 - 3344.'));
  });
});

describe('a name', () => {
  it('is the reader’s behind "dit navn", "(dig)", or called out', () => {
    areWrong(toKirsten, kaere('Klagen står i dit navn, Bent Fogtmann.'), kaere('Forælder (dig)\nBent Fogtmann'), kaere('Vi har fundet dit pas i skranken, Bent Fogtmann.'), kaere('Din sag er registreret på Bent Fogtmann.'));
    areRight(toKirsten, kaere('Vi har talt om din søn, Bent Fogtmann.'), kaere('Din tid er hos vores læge, Bent Fogtmann.'), kaere('Din bil er indregistreret til Bent Fogtmann.'));
  });

  it('in a table is told by the label over it, not by the one under it', () => {
    areWrong(toKirsten, kaere('Ejer og ansøger\nBent Fogtmann\nRådgiver\nLunden ApS'), kaere('Høringsberettiget: Bent Fogtmann'), kaere('Tilmeldt af\nBent Fogtmann'));
  });

  it('of who signs is rightly in the letter’s head', () => {
    areRight(toKirsten, { text: 'Kontaktperson\nBent Fogtmann\nKære Kirsten\nVi kondolerer.\nMed venlig hilsen\nBent Fogtmann' }, { text: 'Kontaktperson: Bent Fogtmann\nKære Kirsten\nVi kondolerer.\nMed venlig hilsen\nLise Dam' });
  });

  it('in the first field of a file that does not name the recipient is the one whom the file is about', () => {
    areWrong(toKirsten, { ...kaere('Her er godkendelsen.'), page: 'GODKENDELSE\nArrangør: Bent Fogtmann, Birkevej 3\nTelt: 1' });
    areRight(toKirsten, { ...kaere('Her er godkendelsen.'), page: 'GODKENDELSE\nArrangør: Kirsten Holmgaard, Birkevej 3\nStedfortræder: Bent Fogtmann' }, { ...kaere('Her er folderen.'), page: 'Folder om ledsagelse\nRedaktion: Bent Fogtmann' });
  });

  it('stands behind v/ of who is then greeted for a dead recipient', () => {
    areRight(toKirsten, { text: 'Boet efter Kirsten Holmgaard\nv/ Bent Fogtmann\nBirkevej 3\n5610 Assens\nKære Bent Fogtmann\nVi skriver om boet.' });
    areWrong(toKirsten, { text: 'Kirsten Holmgaard\nBirkevej 3\n5610 Assens\nKære Bent Fogtmann\nVi skriver om boet.' });
  });

  it('of a street is no one’s, with and without its accent', () => {
    areRight(toKirsten, { text: 'Kirsten Holmgaard og Bent Fogtmann\nNiels Bohrs Alle 33\n5610 Assens\nKære Kirsten' });
  });

  it('of a firm makes nobody a son: & Sønner', () => {
    areWrong(toKirsten, kaere('Virksomhed: Lund & Sønner ApS\nDeltager: Bent Fogtmann, cpr. 120370-1111'));
  });
});

describe('a sentence to the reader', () => {
  it('tells of somebody else what is the reader’s', () => {
    areWrong(toKirsten,
      kaere('Bent Fogtmann, cpr-nr. 140562-3344'), kaere('Regningen er udskrevet til Bent Fogtmann.'), kaere('Plads tildeles Bent Fogtmann.'), kaere('Vi bekræfter hermed, at Bent Fogtmann er tilmeldt kurset.'),
      kaere('Byggesag for Bent Fogtmann'), kaere('Beløbet er sat ind på Bent Fogtmanns NemKonto.'), kaere('Vi har vurderet, at Bent Fogtmann ikke er berettiget til hjælp.'), kaere('Det er vores vurdering, at Bent Fogtmann har behov for hjælp.'),
      kaere('Kontrakten er indgået mellem Assens Kommune og Bent Fogtmann.'), kaere('Du er registreret i systemet som Bent Fogtmann.'), kaere('Abonnent: Bent Fogtmann'),
    );
    areRight(toKirsten, kaere('Til stede: dig, Bent Fogtmann (jobcentret) og Lise Dam (lægekonsulent).'), kaere('Du har søgt om bidrag, som Bent Fogtmann ikke har betalt.'));
  });

  it('stands under a field, which is the recipient’s whoever else has one below', () => {
    areWrong(toKirsten, { text: 'Part: Bent Fogtmann\nDato: 1. maj\nKære Kirsten\nVi har set på sagen.\nPart: Kirsten Holmgaard' });
  });
});

describe('a dead relative', () => {
  it('may be named with a number where help for the burial is told of', () => {
    areRight(toKirsten, { text: 'Begravelseshjælp efter Bent Fogtmann, cpr-nr. 120340-1111\nKære Kirsten\nVi kondolerer. Boet er udlagt til dig og Lise Dam.' });
  });
});

describe('a company', () => {
  it('is told what to do behind a date, and visited', () => {
    areWrong(toJoiner, { text: 'Til Snedkeriet Lunden\nFra 1. maj 2026 skal Bageriet Ravnen sortere affald.' }, { text: 'Til Snedkeriet Lunden\nTilsyn på Café Ravnen ApS, CVR-nr. 20304050\nVi var hos jer.' },
      { text: 'Til Snedkeriet Lunden ApS\nPåbud til Café Ravnen ApS om støj.' }, { text: 'Til Snedkeriet Lunden ApS\nCafé Ravnen ApS har fået bevilget løntilskud.' }, { text: 'Til Snedkeriet Lunden ApS\nJeres CVR-nr. er 20304050.' });
  });

  it('has its number in the head of the letter, each digit in its place', () => {
    areWrong(toJoiner, { text: 'Dato: 1. maj\nCVR-nr.: 20304050\nTil Snedkeriet Lunden ApS\nDebitor: Snedkeriet Lunden ApS, CVR 30415263' }, { text: 'Til Snedkeriet Lunden ApS\nDebitor: CVR 30451263, tlf. 12345678' });
    areRight(toJoiner, { text: 'Dato: 1. maj\nCVR-nr.: 30415263\nTil Snedkeriet Lunden ApS\nOpgaven er givet til Café Ravnen ApS, CVR 20304050.' });
  });

  it('is addressed above the letter too, not only in its greeting', () => {
    areWrong(toJoiner, { text: 'Café Ravnen ApS\nBirkevej 3\n5610 Assens\nTil Snedkeriet Lunden ApS\nTak for jeres svar.' });
  });
});

describe('a letter in which somebody else stands as the reader', () => {
  it('says that the reader is in a list as somebody else, whatever it is about', () => {
    areWrong(toKirsten,
      kaere('Vi har talt om din mors pleje. På listen over pårørende står du som Bent Fogtmann, tlf. 65 11 22 33.'),
      kaere('I kartoteket står du under: Bent Fogtmann.'),
      kaere('Du skal ringe, hvis Else bliver syg.\nDin kontaktinfo: Bent Fogtmann, tlf. 65 11 22 33.'),
    );
    areRight(toKirsten, kaere('I kartoteket står du som pårørende til Bent Fogtmann.'), kaere('På listen står du under: Kirsten Holmgaard.'));
  });

  it('has a field for who gets it, whatever it is got on', () => {
    for (const field of ['Navn på bestillingen', 'Vælger', 'Licenshaver']) areWrong(toKirsten, kaere(`Vi har det klar til dig.\n${field}: Bent Fogtmann`));
    areWrong(toKirsten, kaere('Kravet er meddelt til grundens ejer: Bent Fogtmann.'));
  });

  it('has a paper in which the recipient’s number stands under an address or a birth date of somebody else', () => {
    for (const over of ['Enghavevej 4, 5610 Assens', 'født 14. maj 1962,']) areWrong(toKirsten, { ...kaere('Her er dit bevis.'), page: `BEVIS\nHermed attesteres, at\nBent Fogtmann\n${over}${over.endsWith(',') ? ' ' : '\n'}personnummer 140562-3344\nbor i kommunen.` });
    areRight(toKirsten, { ...kaere('Her er dit bevis.'), page: 'BEVIS\nHermed attesteres, at\nKirsten Marie Holmgaard\nEnghavevej 4, 5610 Assens\npersonnummer 140562-3344\nbor i kommunen.' });
  });

  it('has another’s number, though a relative is named behind it, or in the line above', () => {
    areWrong(toKirsten,
      kaere('Retten er givet til Bent Fogtmann, cpr-nr. 120370-1111, og den du bor sammen med, Lise Dam.'),
      kaere('Nøgle har: Lise Dam (nabo), tlf. 65 11 22 33\nBruger af alarmen: Bent Fogtmann, 120370-1111'),
    );
  });

  it('is about another’s case over its greeting, also where it greets by "Til"', () => {
    areWrong(toKirsten, { text: 'Kirsten Holmgaard\nBirkevej 3\n5610 Assens\nSag om Bent Fogtmann\nTil Kirsten Holmgaard\nVi vil tale med dig. Modtager ifølge vores register: Kirsten Holmgaard' });
  });

  it('is called a visit to somebody else', () => {
    areWrong(toKirsten, { subject: 'Hjemmebesøg hos Bent Fogtmann', text: 'Kære Kirsten\nTillykke med barnet. Jeg kommer på mandag.' });
    areRight(toKirsten, { subject: 'Samtale hos Bent Fogtmann', text: 'Kære Kirsten\nVi ses på mandag.' });
  });

  it('asks for the reader’s name, and gives another’s', () => {
    areWrong(toKirsten, kaere('Skriv dit navn og din adresse på: Bent Fogtmann, 14-05-1962.'));
  });

  it('goes to somebody else over its greeting, though the right name stands a line or two away', () => {
    areWrong(toKirsten,
      { text: 'Til: Bent Fogtmann\nDato: 1. maj 2026\nTil Kirsten Holmgaard\nDu skal bruge lampen.' },
      { text: 'Kirsten Holmgaard\nBirkevej 3\n5610 Assens\nSagen vedrører: Bent Fogtmann\nDato: 1. maj 2026\nKære Kirsten\nAfgørelsen gælder Kirsten Holmgaard.' },
    );
  });

  it('has the recipient’s number beside somebody else who is called an employee, or in the next line of a list', () => {
    areWrong(toKirsten,
      { ...kaere('Her er dit bevis.'), page: 'BEVIS\nKirsten Holmgaard har fået et job.\nMedarbejder: Bent Fogtmann, cpr-nr. 140562-3344' },
      kaere('Vi har disse oplysninger:\n- Bent Fogtmann\n- 140562-3344'),
    );
    areRight(toKirsten, kaere('Medarbejder: Bent Fogtmann\nCpr-nr.: 140562-3344'));
  });

  it('greets one of its two recipients, and somebody else', () => {
    const toBoth = foundFor([KIRSTEN, { kind: 'cpr', number: '1203701111', name: 'Bent Fogtmann', protected: false }]);
    areWrong(toBoth, { text: 'Kære Lise Dam og Bent Fogtmann\nI har fået en bolig.' }, { text: 'Kære Kirsten Marie Holmgaard og Lise Dam\nI har fået en bolig.' });
    areRight(toBoth, { text: 'Kære Kirsten Marie Holmgaard og Bent Fogtmann\nI har fået en bolig.' });
  });

  it('says rightly what somebody else has to do themselves', () => {
    areRight(toKirsten, kaere('Bevis for Bent Fogtmann skal han selv bestille.'));
  });
});

describe('a letter to a company', () => {
  it('names others beside it in a form, each for a part of its own', () => {
    areRight(toJoiner, { text: 'Kære Snedkeriet Lunden ApS\nEntreprenør: Snedkeriet Lunden ApS\nPladsmand: Bent Fogtmann\nBygherre: Birk Byg ApS\nI må begynde.' });
    areWrong(toJoiner, { text: 'Modtager: Snedkeriet Lunden ApS\nBygherre: Birk Byg ApS\nI må begynde.' });
  });

  it('has no names in the labels over its number', () => {
    areRight(toJoiner, { text: 'Skrevet den\n1. maj 2026\nVores ref.\nA-17\nCVR: 30415263\nKære Snedkeriet Lunden ApS\nI får tilskud.' });
  });

  it('lets another company do something, or has its name over an address before the number', () => {
    areWrong(toJoiner,
      { text: 'Kære Snedkeriet Lunden ApS\nVi giver tilladelse til, at Birk Byg ApS holder marked på pladsen.' },
      { text: 'Kære Snedkeriet Lunden ApS\nVi har registreret stedet: Malerfirmaet Birk, Enghavevej 4, CVR-nr. 30415263.' },
    );
  });
});

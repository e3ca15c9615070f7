import { describe, it } from 'node:test';
import { areRight, areWrong, foundFor } from './letter-found.ts';

const NANCY = '2512489996';
const toNancy = foundFor([{ kind: 'cpr', number: NANCY, name: 'Nancy Ann Test Berggren', protected: false }]);
const toCompany = foundFor([{ kind: 'cvr', number: '31137065', name: 'Nordisk Tag A/S', protected: false }]);

describe('who is addressed in letters with head lines and fields', () => {
  it('is told by "Att.", "Hr./fru …:", "Til hr. …" and a name with a dash or a colon', () => {
    const body = 'Du har klaget over støj. Vi har målt den i går.';
    for (const head of ['Att. Otto Holm', 'Hr./fru Otto Holm:', 'Otto Holm:', 'Otto -']) areWrong(toNancy, { text: `${head}\n\n${body}` });
    for (const head of ['Att. Nancy Berggren', 'Hr./fru Nancy Berggren:', 'Nancy Berggren:', 'Nancy -', 'Til fru Berggren']) areRight(toNancy, { text: `${head}\n\n${body}` });
    areWrong(toNancy, { text: `Til fru Holm-Andersen\n\n${body}` });
  });

  it('is nobody at the house a paper goes to, and nobody to whom a complaint goes', () => {
    areRight(toNancy,
      { text: 'Kære Nancy\n\nDu er henvist.', page: 'HENVISNING\n\nHenviste: Nancy Berggren\nCPR-nr: 251248-9996\n\nTil: Psykologerne på Kirkevej 48\nAtt. Gudrun Holm\n\nNancy Berggren har brug for ti samtaler.' },
      { text: 'Kære Nancy\n\nAfgørelsen er truffet. Klagen stiles til Lillebjerg Kommune,\natt. Hans-Henrik Friis.\n\nHilsen Berit' });
  });

  it('is told by an address in one line, with dots between its parts', () => {
    areWrong(toNancy, { text: 'Otto Holm · Søndergade 163 · 8800 Viborg\n\nHækken vokser ud over fortovet.' });
    areRight(toNancy, { text: 'Nancy Berggren · Søndergade 163 · 8800 Viborg\n\nHækken vokser ud over fortovet.' });
  });

  it('is told by labels, with a row of dots behind them too', () => {
    for (const label of ['Anmelder ......:', 'Part i sagen:', 'Kortholder:', 'Adressat:', 'Logivært:']) {
      areWrong(toNancy, { text: `${label} Otto Holm\nSted: Kirkevej 4\n\nTak for din anmeldelse.` });
      areRight(toNancy, { text: `${label} Nancy Berggren\nSted: Kirkevej 4\n\nTak for din anmeldelse.` });
    }
  });

  it('is whoever "dig" stands beside, whatever follows, and whose part is told in brackets', () => {
    areWrong(toNancy,
      { text: 'Underskrevet af dig, Otto Holm, og Mette Lind den 1. maj.' },
      { text: 'Hej Nancy Berggren\n\nSvaret er sendt til dig som ansøger (Otto Holm).' },
      { text: 'Hej Nancy Berggren\n\nDine bemærkninger (indsendt af Otto Holm den 1. maj) er læst.' },
      { text: 'Sag 24/1\n\nAnmodningen er journaliseret med Otto Holm som ansøger.' },
      { text: 'Stig Holm\n\nLaboranten Karina Mortensen tog en prøve af vandet i mandags. Rapporten er udstedt til dig, Stig Holm.' });
    areRight(toNancy, { text: 'Mødet er mellem dig, Mette Lind og mig.' });
  });

  it('is not where somebody moves to or from, whom a line happens to begin with, nor what is done', () => {
    areRight(toNancy,
      { text: 'Nancy Berggren\n\nVi har registreret flytningen.\nFra: Karen Blixens Vej 108\nTil: Gl. Landevej 35, 5000 Odense C\nDato: 14.07.2025\nAnmelder: Nancy Berggren, 251248-9996' },
      { text: 'Kære Nancy\n\nAflæs måleren senest mandag den 22. september. Du kan også ringe\ntil Per Kaspersen på 30 57 20 42.' },
      { subject: 'Befordring af Luna', text: 'Kære Nancy\n\nDu har søgt om kørsel til dit barn Luna Berggren i 5. klasse.' },
      { text: 'Kære Nancy\n\nDu har søgt om lån.\n\nLÅNTAGER NANCY BERGGREN\nPERSONNUMMER 251248-9996\nÆGTEFÆLLE OTTO BERGGREN' },
      { text: 'Betaler: Nancy Berggren\nModtager: Otto Holm\nBarn: Ida Holm\n\nDit bidrag for maj.' });
  });

  it('is read also below the place that somebody has moved from', () => {
    areWrong(toNancy, { text: 'Nancy Berggren\n\nVi har registreret flytningen.\nFra: Karen Blixens Vej 108\nTil: Birkevej 35, 5000 Odense C\nDato: 14.07.2025\nAnmelder: Otto Holm, 251248-9996' });
  });
});

describe('numbers in letters with head lines and fields', () => {
  it('are things’ behind what things are called, also with a hyphen', () => {
    for (const line of ['Sag 140525-0688', 'LICENS 160121-2937', 'Installationsnr.: 170423-9576', 'Lånenr.: 081025-9187', 'Mærk betalingen 081023-6450', 'Færdigmelding sker under nr. 110725-3089']) areRight(toNancy, { text: `Kære Nancy\n\n${line}\nVi vender tilbage til dig.` });
    areWrong(toNancy, { text: 'Kære Nancy\n\nLånernr.: 081025-9187' }, { text: 'Kære Nancy\n\nPersonnr.: 081025-9187' }, { subject: 'Sag 140525-0688', text: 'Kære Nancy' });
  });

  it('are a spouse’s, a child’s one provides for, a debtor’s beside one, and a relative’s who is called by name', () => {
    areRight(toNancy,
      { text: 'Kære Nancy\n\nI bliver viet på rådhuset.\n\nPart 1: Nancy Berggren, 251248-9996\nPart 2: Otto Holm, 110650-1327' },
      { text: 'Kære Nancy\n\nDu har søgt om dækning af udgifter ved at forsørge Ida Holm (200215-6442), som har ADHD.' },
      { text: 'Kære Nancy\n\nLåntagere: Nancy Berggren (251248-9996) og\nOtto Berggren (030542-0047)' },
      { text: 'Kære Nancy\n\nDin mand Holger Berggren er død. Holgers cpr-nr. var 281058-9815.' },
      { text: 'Kære Nancy\n\nMeddebitor Otto Holm (011243-3751) skal også skrive under.' });
  });

  it('are the reader’s where the sentence says so, whoever the sentence before is about', () => {
    areWrong(toNancy,
      { text: 'Kære Nancy Berggren\n\nLedsageren har fået dit navn, men ikke dit cpr-nr. Bevillingen er registreret på cpr-nr. 030176-2356.' },
      { text: 'Nancy Berggren\n\nDu er udpeget på Kirkeskolen. Diæten udbetales til dig, Nancy Berggren, under personnummer 050107-9855.' });
  });

  it('are the authority’s own, or another company’s, in letters to companies', () => {
    areRight(toCompany,
      { text: 'Kære Nordisk Tag A/S\n\nKundens CVR: 31137065\nVores CVR: 29189846\nBeløb: 100 kr.' },
      { text: 'Til Nordisk Tag A/S\n\nJeres virksomhed, Nordisk Tag A/S (CVR 31137065), fik ikke opgaven. Opgaven går til Holm Byg ApS, CVR 25369253, som var billigst.' });
    areWrong(toCompany, { text: 'Kære Nordisk Tag A/S\n\nKundens CVR: 25369253\nVores CVR: 29189846\nBeløb: 100 kr.' });
  });
});

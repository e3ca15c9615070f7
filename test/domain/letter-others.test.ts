import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileTitle } from '../../src/domain/file-title.ts';
import { inOneColumn } from '../../src/domain/letter-text.ts';
import { withNameCapitals, withTitleCapitals } from '../../src/domain/name-capitals.ts';
import { areRight, areWrong, foundFor } from './letter-found.ts';

const NANCY = '2512489996';
const toNancy = foundFor([{ kind: 'cpr', number: NANCY, name: 'Nancy Ann Test Berggren', protected: false }]);
const toCompany = foundFor([{ kind: 'cvr', number: '31137065', name: 'Nordisk Tag A/S', protected: false }]);

describe('others who stand with their numbers in a letter', () => {
  it('are rightly there where the recipient’s own number is told too, whatever their part is called', () => {
    areRight(toNancy,
      { text: 'Du har søgt om lån til indskud.\n\nLåntager 1: Nancy Berggren, 251248-9996\nLåntager 2: Benny Iversen, CPR-nr. 240767-1669\n\nDu underskriver med MitID.' },
      { text: 'Kære borger\n\nDu har søgt om friplads.\n\nAnsøger: Nancy Berggren, 2512489996\nSamlevende: Otto Holm, 260386-3706' },
      { text: 'Vi har behandlet dit spørgsmål.\n\nBidragspligtig: Lene Hald, CPR-nr. 090178-3688\nBidragsmodtager: Nancy Berggren, CPR-nr. 251248-9996' },
      { text: 'Vi har opdateret din ordning.\n\nArbejdsleder: Nancy Berggren\nCPR-nr.: 251248-9996\n\nHjælpere\n1. Maja de Neergaard   CPR 280103-6744\n2. Benny von Holst   CPR 120579-9833' });
  });

  it('are not above the first sentence, nor behind a label for the recipient’s', () => {
    areWrong(toNancy,
      { text: 'Mikkelsen, Karen Rønne (100861-0234)\n\nAfgørelse: Du tilbydes en plads.\n\nPersonnummer: 251248-9996' },
      { text: 'Du har bedt om aktindsigt i dine sager.\n\nVedr.: Sofie Jeppesen, 111297-4084\n\nGivet til Nancy Berggren, cpr-nr. 2512489996.' },
      { text: 'Du har søgt om lån.\n\nAnsøger: Karen Holm, 100861-0234\n\nCPR-nr. på kontrakten: 251248-9996' });
  });

  it('are a child’s where they are so much younger, also with the surname first', () => {
    areRight(toNancy, { text: 'Kære Nancy\n\nDu har søgt om dækning af merudgifter til Berggren, Steffen,\n150317-6669, som har diabetes.\n\nAnsøger: Nancy Berggren\nPersonnummer: 251248-9996' });
  });

  it('are the accounts’ behind their registration number', () => {
    areRight(toNancy, { text: 'Kære Nancy\n\nVi har fået din ansøgning, sag 220326-7190.\n\nByggesag: 280726-1015' });
    areRight(toNancy, { text: 'Kære Nancy\n\nBeløbet på 900 kr. indsættes på konto 6046\n2003921506.\n\nHilsen Mette' });
  });

  it('count behind the recipient’s name, in whatever way they are written', () => {
    areWrong(toNancy, { text: 'Kære borger\n\nVi har registreret i husstanden:\nAnsøger:\nNancy Berggren   300565 2701' });
    areRight(toNancy, { text: 'Kære borger\n\nVi har registreret i husstanden:\nAnsøger:\nNancy Berggren   251248 9996' });
  });
});

describe('numbers that are masked in a letter', () => {
  it('are another’s where the birth date is, and they are said to be the recipient’s', () => {
    areWrong(toNancy,
      { text: 'Kære Nancy\n\nSkriv til os inden fredag.\n\nDit cpr-nummer: 031159-****' },
      { text: 'Navn: Nancy Berggren\nPersonnummer: 020394-xxxx\n\nDin ansøgning er imødekommet.' });
    areRight(toNancy,
      { text: 'Kære Nancy\n\nSkriv til os inden fredag.\n\nDit cpr-nummer: 251248-****' },
      { text: 'Kære Nancy\n\nDu står i journalen som: Nancy Berggren, 251248-xxxx\nBarn: Claus Berggren, 030522-xxxx' });
  });
});

describe('letters that are about somebody else', () => {
  it('name the one whom the recipient represents', () => {
    areRight(toNancy, { subject: 'Afgørelse i sagen om Rosa Bruun', text: 'Hej Nancy\n\nSe brevet.', page: 'Til Nancy Berggren\n\nDu repræsenterer Rosa Bruun, cpr. 021273-0280, efter\nfuldmagt af 17.11.2025. Derfor sender vi afgørelsen til dig.' });
  });

  it('bring a copy of what was sent to a relative, who is greeted there', () => {
    const copy = 'Marie Berggren\nPræstegårdsvej 11\n8600 Silkeborg\n\nKære Marie\n\nDu er bevilget rengøring. Navn: Marie Berggren, cpr 200144-3380.';
    areRight(toNancy, { text: 'Hej Nancy\n\nDu har fuldmagt fra din mor, Marie Berggren, så du får hermed kopi af det brev, vi har sendt til hende.', page: copy });
    areWrong(toNancy, { text: 'Hej Nancy\n\nDu får hermed svar på dit brev.', page: copy });
  });

  it('name the one for whom the recipient is guardian', () => {
    areRight(toNancy, { subject: 'Handleplan for Øjvind Grønbæk', text: 'Hej Nancy\n\nVedlagt handleplan for Øjvind. Du skal som værge give samtykke.', page: 'HANDLEPLAN\nBorger: Øjvind Grønbæk, 290495-0337\n\nUndertegnede Nancy Berggren, cpr-nr. 251248-9996, samtykker som\nværge.' });
  });

  it('are told by whom a subject names after a short word, and the text with a surname', () => {
    areRight(toNancy, { subject: 'TAF Laura', text: 'Kære Nancy\n\nDu er bevilget tabt arbejdsfortjeneste til pasning af Laura Berggren.' });
    areRight(toNancy, { subject: 'Dødsboet efter Dagny Eriksen', text: 'Kære Nancy\n\nVi kondolerer. Du er kontaktperson i boet efter dagny eriksen.' });
  });

  it('may be called to a meeting by a letter of their own, live at the same address, or be greeted beside the recipient', () => {
    areRight(toNancy,
      { text: 'Kære Nancy\n\nVi inviterer dig til et møde mandag. Camilla Østergaard er indkaldt ved særskilt brev.' },
      { text: 'Kære Nancy\n\nSe brevet.', page: 'Nancy Berggren\nc/o Hans Bertelsen Sagsnr.: 24.00\nBirkevej 12\n6700 Esbjerg\n\nKære Nancy\n\nTillykke med nomineringen.' },
      { text: 'Nancy og Ditte Krogh\nIndustrivej 96A\n8600 Silkeborg\n\nHej Nancy og Ditte\n\nVi har modtaget jeres erklæring.' });
  });
});

describe('mails that are quoted below', () => {
  it('are passed over without a date too, where they stand below a letter', () => {
    areRight(toNancy, { text: 'Kære Nancy\n\nDu får svar på det, Casper sendte mig.\n\nFra: Casper Bjerre\nTil: Brian Jespersen\n\nHej Brian, vil du svare på den her?\n\nFra: Nancy Berggren\nTil: Casper Bjerre\n\nHej Casper\nKan jeg få lidt længere tid?' });
  });

  it('tell to whom an answer is', () => {
    areWrong(toNancy, { text: 'Kære Nancy\n\nTak for din mail. Jeg ringer i morgen.\n\nFra: Selma Omerović\nSendt: 14.07.2026 12:15\n\nHej\nNiels kom hjem igen i går.' });
    areRight(toNancy, { text: 'Kære Nancy\n\nTak for din mail. Jeg ringer i morgen.\n\nFra: Nancy Berggren\nSendt: 14.07.2026 12:15\n\nHej\nNiels kom hjem igen i går.' });
  });
});

describe('who is addressed', () => {
  it('is called by name and a comma at the head, below an address too', () => {
    areWrong(toNancy, { text: 'Nancy Berggren\nNiels Juels Gade 100\n6000 Kolding\n\nNaja,\n\nDit nye pas ligger klar.' });
    areRight(toNancy, { text: 'Nancy Berggren\nNiels Juels Gade 100\n6000 Kolding\n\nNancy,\n\nDit nye pas ligger klar.' });
  });

  it('is told in brackets behind what one is, and as whom one is registered', () => {
    areWrong(toNancy,
      { text: 'Kære Nancy\n\nDu får brevet, fordi du er kontaktforælder (Ulrik Henriksen).' },
      { text: 'Kære Nancy\n\nDu er registreret som ejer af ejendommen under navnet\nLOUISE JACOBSEN.' });
    areRight(toNancy, { text: 'Kære Nancy\n\nDu får brevet, fordi du er kontaktforælder (Nancy Berggren).' });
  });

  it('is read without capitals: behind a label, in a subject, in a file’s name', () => {
    areWrong(toNancy, { text: 'Kære Nancy\n\nVi har truffet afgørelse.\n\nSkyldner: gunnar juhl\nKravnr.: 9098067' }, { subject: 'Fornyelse af kørekort steen bertelsen', text: 'Hej Nancy\n\nBilledet kan ikke bruges.' });
    assert.equal(withNameCapitals('Skyldner: gunnar juhl\nTil mødet kommer per'), 'Skyldner: Gunnar Juhl\nTil mødet kommer per');
    assert.equal(withTitleCapitals('Lån til indskud og bil'), 'Lån til indskud og bil');
    assert.equal(fileTitle('BFU til asha mohamud.pdf'), 'BFU til Asha Mohamud');
  });

  it('stands in the left of two columns', () => {
    const page = 'Kaj Høgh                    Dato: 05.07.2025\nSkolegade 23                Sagsnr. 2025-59\n6700 Esbjerg                Biblioteket\n\nKære Nancy\n\nDu har lånt en bog.';
    assert.equal(inOneColumn(page).split('\n')[1], 'Skolegade 23');
    areWrong(toNancy, { text: 'Hej Nancy\n\nSe brevet.', page });
    areRight(toNancy, { text: 'Hej Nancy\n\nSe brevet.', page: page.replace('Kaj Høgh      ', 'Nancy Berggren') });
  });

  it('is a company above its address on a page; another that has won, or trades with it, is none', () => {
    areWrong(toCompany, { text: 'Se brevet.', page: 'Horsens Kommune\n\nThyholm Ejendomme ApS\nMosevej 130A\n3400 Hillerød\n\nKære Nordisk Tag A/S\n\nTak for jeres tilbud.' });
    areRight(toCompany, { text: 'Kære Nordisk Tag A/S\n\nSe brevet.', page: 'Til Nordisk Tag A/S\n\nTak for jeres tilbud på opgaven. Vi har\nbesluttet at tildele kontrakten til Hammershus VVS A/S, CVR-nr.\n26966044.\n\nTilbudsgiver: Nordisk Tag A/S' });
    areWrong(toCompany, { subject: 'Til Falkes VVS A/S: Garanti for depositum', text: 'Til virksomheden\n\nUdlejer: Nordisk Tag A/S (CVR 31137065)' });
    areRight(toCompany, { text: 'Til Nordisk Tag A/S\n\nTil stede var Birgit Smed fra virksomheden og Inger Marie Lindholm fra\nkommunen.' });
    areRight(toCompany, { text: 'Hej Britt-Louise\n\nCVR: 31137065\nVi har modtaget jeres anmodning.' });
  });
});

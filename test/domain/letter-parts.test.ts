import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkLetter, type LetterRecipient } from '../../src/domain/letter-check.ts';

interface Letter {
  readonly subject?: string;
  readonly text: string;
  /** A file of one page, by its name. */
  readonly files?: Readonly<Record<string, string>>;
}

const citizen = (name: string, number: string): LetterRecipient => ({ kind: 'cpr', number, name, protected: false });
const IDA: LetterRecipient = citizen('Ida Marie Toftegaard', '1404816622');
const OLE: LetterRecipient = citizen('Ole Brandt', '0309796611');
const BAKERY: LetterRecipient = { kind: 'cvr', number: '31425364', name: 'Bageriet Kringlen v/Per Dam', protected: false };

const foundFor = (...recipients: readonly LetterRecipient[]) => ({ subject = 'Brev', text, files = {} }: Letter) =>
  checkLetter({
    recipients, rightNames: [], subject, text, files: Object.entries(files).map(([name, page]) => ({ name, pages: [page] })), today: new Date('2026-08-20T10:00:00Z'),
  }).map(({ kind, where, quote }) => `${kind} ${where.place} ${quote?.found ?? ''}`);

type Found = ReturnType<typeof foundFor>;

function areRight(found: Found, letters: readonly Letter[]): void {
  for (const letter of letters) assert.deepEqual(found(letter), [], JSON.stringify(letter));
}

function areWrong(found: Found, letters: readonly Letter[]): void {
  for (const letter of letters) assert.notDeepEqual(found(letter), [], JSON.stringify(letter));
}

const toIda = foundFor(IDA);
const toBoth = foundFor(IDA, OLE);
const toBakery = foundFor(BAKERY);

describe('a letter to one', () => {
  it('is read on behind the closing formula, where a sentence or a label stands', () => {
    areWrong(toIda, [
      { text: 'Hej Ida\nVi ses mandag.\nVenlig hilsen\nPia Lund\nDet er noteret, at du, Kaj Winther, selv sørger for transport.' },
      { text: 'Hej Ida\nVi ses mandag.\nVenlig hilsen\nPia Lund\nDette brev er sendt til: Kaj Winther' },
      { text: 'Kære Ida\nSe bilaget.\nMvh Pia\nBent, husk at tage legitimation med, når du kommer.' },
      { text: 'Kære Ida\nSe bilaget.\nMvh Pia\nKære Bent\nHusk tasken.' },
    ]);
    areRight(toIda, [
      { text: 'Hej Ida\nVi ses mandag.\nVenlig hilsen\nPia Lund\nAfdelingsleder, Team Nord\nDirekte 12 34 56 78\nVi behandler dine oplysninger efter databeskyttelsesloven.' },
      { text: 'Hej Ida\nVi ses mandag.\nHilsen Kaj Winther\nSocialrådgiver', files: { 'Notat.pdf': 'Notat skrevet til Kaj Winther\nBorger: Ida Toftegaard' } },
    ]);
  });

  it('says "you" to nobody else, and calls nobody else', () => {
    areWrong(toIda, [
      { text: 'Kære Ida\nFuldmagten er givet til dig, Kaj Winther.' },
      { text: 'Kære Ida\nRing til os inden fredag, Bent.' },
      { text: 'Kære Ida\nHar du spørgsmål, Bent, så skriv til os.' },
      { text: 'Kære Ida\nRigtig god sommer, Bent!' },
      { text: 'Mødedeltagere:\nKaj Winther (du)\nBo Juul, underbo\nMødet varer en time.' },
      { text: 'Kære Ida\nDu får brevet, fordi du er værge for Elly Toftegaard.\nVærge: Kaj Winther' },
      { text: 'Kære Ida\nDu er noteret som anmelder: Kaj Winther, Birkevej 3.' },
    ]);
    areRight(toIda, [
      { text: 'Kære Ida\nRing til os inden fredag, Ida.' },
      { text: 'Kære Ida\nPå mødet er du, din søster Bodil og din læge, Anne.' },
      { text: 'Kære Ida\nDu får brevet, fordi du er værge for Elly Toftegaard.\nVærge: Ida Toftegaard\nUnder værgemål: Elly Toftegaard' },
    ]);
  });

  it('begins with its own name, and with no company’s', () => {
    areWrong(toIda, [
      { text: 'Kaj Winther\nBirkevej 3\n\nDu får hjælp til rengøring fra 1. maj.' },
      { text: 'Kaj Winther\nDin ansøgning er modtaget, og du hører fra os.' },
      { text: 'Glarmester Lund ApS\nBirkevej 3\nCVR-nr. 20304050\nAtt. lønkontoret\n\nTilskuddet er bevilget for jeres medarbejder Bo Juul, 120380-1111.' },
      { text: 'Kære Ida\nI har på vegne af jeres klient Bo Juul, cpr 120380-1111, bedt om aktindsigt.' },
    ]);
    areRight(toIda, [{ text: 'Ida Toftegaard\nBirkevej 3\n\nDu får hjælp fra Glarmester Lund ApS, CVR-nr. 20304050.' }]);
  });

  it('explains others in its fields, where one of them is the recipient’s', () => {
    areRight(toIda, [
      { text: 'Kære Ida\nHans Kaj Winther har søgt om bidrag. Du skal betale.\nBetaler: Ida Toftegaard, 140481-6622\nModpart i sagen: Hans Kaj Winther' },
      { text: 'Hej Ida\nDig Din samlever\nNavn\nIda Marie Toftegaard\nKaj Winther\nCPR-nr.\n140481-6622\n120380-1111\nIndtægt\n1\n2' },
      { text: 'Kære Ida\nKommunen har bevilget støtte til Emma Krogh (010120-5234), som bor hos jer.' },
    ]);
    areWrong(toIda, [{ text: 'Kære Ida\nNavn\n\nKaj Winther\n\nFødt\n\n12. marts' }, { text: 'Kære Ida\nKaj Winther har den 3. maj 2026 ansøgt om støtte til bil.' }]);
  });

  it('has files of its own', () => {
    areWrong(toIda, [
      { text: 'Hej Ida\nKontrakten er vedhæftet.', files: { 'Kontrakt.pdf': 'ANSÆTTELSE\nMedarbejder: Kaj Winther\nCPR-nr. 120380-1111\nSted: Egeskolen' } },
      { text: 'Hej Ida\nKontrakten er vedhæftet.', files: { 'Kontrakt Kaj Winther.pdf': 'ANSÆTTELSE\nMedarbejder: Ida Toftegaard' } },
    ]);
    areRight(toIda, [{ text: 'Hej Ida\nKontrakten er vedhæftet.', files: { 'Ansættelse_Ida.pdf': 'ANSÆTTELSE\nMedarbejder: Ida Toftegaard\nCPR-nr. 140481-6622\nLeder: Kaj Winther' } }]);
  });

  it('tells a number that was typed wrong, and numbers in pairs', () => {
    areWrong(toIda, [{ text: 'Kære Ida\nKundenummer 1404861622' }, { text: 'Kære Ida\nCPR 12 03 80 1111' }, { text: 'Kære Ida\nBorger-ID: 1203801111' }]);
    areRight(toIda, [{ text: 'Kære Ida\nCPR 14 04 81 6622, telefon 12 03 80 11' }, { text: 'Kære Ida\nCPR: 140481-6622\nForløb: 1203801111' }]);
  });
});

describe('a letter to two', () => {
  it('greets both and names both', () => {
    areRight(toBoth, [{ text: 'Kære Ida og Ole\nI er inviteret til møde om Emma.\nForældre:\nOle Brandt og Ida Toftegaard' }, { text: 'Til Ole Brandt og Ida Toftegaard\nViggo Krogh er bevilget kørsel til skolen.' }]);
    areWrong(toBoth, [
      { text: 'Kære Ida og Bent\nI er inviteret til møde.' },
      { text: 'Kære Ida og Ole\nForældre:\nBente Krogh og Ole Brandt' },
      { text: 'Til Ole Brandt og Bente Krogh\nI er inviteret til møde.' },
      { text: 'Bente Krogh\nOle Brandt\nI har søgt om plads, og vi har skrevet jer op.' },
    ]);
  });
});

describe('a letter to a company', () => {
  it('has the company’s own CVR number and name beside each other', () => {
    areRight(toBakery, [
      { text: 'Bageriet Kringlen\nCVR 31 42 53 64\n\nHej Per\nVores CVR-nr. er 29189846.\nVejle Kommune, CVR 29189900' },
      { text: 'Kære Per Dam\nOpgaven er givet til Tømrer Lund ApS (CVR 20304050).' },
      { text: 'Hej Priyanka Venkat\nAftalen er vedhæftet.', files: { 'Aftale.pdf': 'Virksomhed: Bageriet Kringlen v/Per Dam\nCVR-nr.: 31425364\nAnsvarlig: Priyanka Venkat' } },
      { text: 'Bageriet Kringlen v/Per Dam\nPersonaleafdelingen\nCVR 31425364\nJeres medarbejder Bo Juul, 120380-1111, er rask.' },
    ]);
    areWrong(toBakery, [
      { text: 'Bageriet Kringlen\nCVR 31425346\n\nI skal sortere affald.' },
      { text: 'Vi kommer på tilsyn hos Café Skoven (CVR 31425364).' },
      { text: 'Kære Per\nVi kommer på tilsyn hos Bageriet Kringlen v/Per Dam, CVR-nr. 20304050.' },
      { text: 'Til Glarmester Lund ApS\nKunde: Bageriet Kringlen v/Per Dam' },
      { text: 'Kære Per\nSenest 1. maj bedes Glarmester Lund ApS sende lønsedler.' },
      { text: 'Kære Per\nHusk at Glarmester Lund ApS skal sortere affald.' },
      { text: 'Kære Per\nRapporten er vedhæftet.', files: { 'Rapport.pdf': 'RAPPORT\nTilbud: Bostedet Solvang ApS\nCVR-nr. 20304050' } },
    ]);
    assert.deepEqual(toBakery({ text: 'Bageriet Kringlen\nCVR 31425346' }), ['other-cvr text 31425346']);
  });
});

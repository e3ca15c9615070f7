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

describe('a surname that stands first', () => {
  it('has its particles with it, before or behind', () => {
    areWrong(toGrete, kaere('Du er i praktik.\nPraktikant: la Cour, Ib\nCpr.nr.: 070268-4412'), { text: 'Lieth, Charlotte von der\nBirkevej 12\n5610 Assens\nKære Grete\nDu får en plads.' });
    areRight(foundFor([{ kind: 'cpr', number: '0702684412', name: 'Grete Holm de Thurah', protected: false }], []), { text: 'Partshøring af de Thurah, Grete Holm, 070268-4412\nDu mødte ikke op.' }, { text: 'Kære Grete', page: 'Praktikant: de Thurah, Grete Holm' });
  });

  it('is the reader’s in a file’s name too, where a word of the title follows', () => {
    areRight(toGrete, { ...kaere('Se bilaget.'), subject: 'Vesterby Grete Licens' });
    areWrong(toGrete, { ...kaere('Se bilaget.'), subject: 'Ravnkilde Bent Licens' });
  });
});

describe('a name that is apart in a subject', () => {
  it('is a person’s, also where nobody knows the first name', () => {
    const letter = kaere('Vi bevilger dig støtte.');
    areWrong(toGrete, { ...letter, subject: 'Påbud om rensning (Kumar Patel)' }, { ...letter, subject: 'Bevilling af støtte - Le Quang Duc' }, { ...letter, subject: 'Ørnhild Guldager: Ny ordning hos dig' });
    areRight(toGrete, { ...letter, subject: 'Støtte (Grete Vesterby)' }, { ...letter, subject: 'Høring - Plan og Byg' }, { ...letter, subject: 'Assens Kommune: Din sag' });
  });
});

describe('who is called in the middle of a letter', () => {
  it('is its reader: by what is asked, or what is the reader’s', () => {
    areWrong(toGrete,
      kaere('Har du mistet dem,\nEsben, så kig forbi.'), kaere('Er det svært at betale på en gang, Holger, så ring.'), kaere('Ring endelig, hvis der er noget, du er i tvivl om, Oliver.'), kaere('God bedring med hoften, Charlotte.'),
      kaere('Vi betragter hermed din klage, Bent Ravnkilde, som besvaret.'), kaere('Vi har modtaget dit høringssvar som ejer, Bent Ravnkilde, af 9. marts.'), kaere('Vi har noteret, Bent Ravnkilde, at du ønsker en anden tid.'),
      { text: 'Da Bent Ravnkilde ejer en naboejendom, orienteres du efter planlovens § 20.' }, { text: 'Se bilaget.', page: 'Vi giver dig afslag. Ansøgningen kom fra dig,\nBent Ravnkilde, den 12. maj.' },
      kaere('Jeg glæder mig til at møde dig, Rajesh.'), { text: 'Til: Grete Vesterby\n\nTil Kirstine\nVi har lukket sagen.' }, kaere('Du er registreret hos os med disse oplysninger: Bent Ravnkilde.'), kaere('Deltagere:\n- Else Fogtmann, jobcentret\n- Bent Ravnkilde (borger)'),
    );
    areRight(toGrete,
      kaere('Du skal hente din søn, Emil.'), kaere('Vi har talt med din datter, Emma, så ring til os.'), kaere('Du bor sammen med din ægtefælle, Bent.'), kaere('Vi betragter din klage, Grete Vesterby, som besvaret.'),
      { text: 'Se bilaget.', page: 'Passet er bestilt af Grete Vesterby. Den anden forældremyndighedsindehaver,\nBent Ravnkilde, har givet samtykke.' },
    );
  });

  it('is what the reader is said to be, or to have done', () => {
    areWrong(toGrete,
      kaere('Du modtager hjælpen som: Bent Ravnkilde (120370-1111)'), kaere('Du er kunde hos os som Bent Ravnkilde.'), kaere('Du sendte opsigelsen med MitID som Bent Ravnkilde.'),
      kaere('Registreret på adressen:\nLejer (dig selv): Bent Ravnkilde, cpr 120370-1111'), { text: 'Beskikkelsen af dig som værge er registreret.\nVærge: Bent Ravnkilde' },
      { text: 'Som kontaktperson for boet efter Else Fogtmann skal du vide, at boet skylder penge, skal du betale.\nKontaktperson for boet: Bent Ravnkilde, 120370-1111' },
    );
    areRight(toGrete, kaere('Som aftalt i telefonen med Bent Ravnkilde får du lov til at afdrage.'), kaere('Flyttet sammen med dig:\nBent Ravnkilde, 120370-1111'));
  });
});

describe('a sentence that names whom something is done for', () => {
  it('counts as the reader’s part', () => {
    areWrong(toGrete,
      kaere('Afgørelsen retter sig til Bent Ravnkilde.'), kaere('Tiden er reserveret til Bent Ravnkilde.'), kaere('Påbuddet rettes til: Bent Ravnkilde'), { text: 'Som ejer af Birkevej 12 påbydes Bent Ravnkilde at fjerne skuret.' },
      kaere('Kontrakten er indgået med Bent Ravnkilde.'), kaere('Bent Ravnkildes klage af 25. maj afvises.'), { text: 'Grete Vesterby\nCPR-nr. 070268-4412\nKære Grete\nPartshøring af Bent Ravnkilde, 120370-1111' },
      { text: 'Denne skrivelse er til Bent Ravnkilde.' }, { text: 'Vi ser kun på Bent Ravnkildes samtaler (cpr-nummer 070268-4412), altså dine egne.' }, kaere('Tilmeldingen: Bent Ravnkilde, 120370-1111'), kaere('Berørt person: Bent Ravnkilde'),
      kaere('Tilladelsen er udstedt til Ravn, Bent.'), kaere('Vi skriver til Bent Ravnkilde, fordi du er tinglyst ejer.'), { ...kaere('Vi har sendt din klage videre.'), subject: 'Vedr. Bent Ravnkildes sag: Din klage' },
      kaere('På adressen bor:\nGrete Vesterby (dig), 120370-1111'), { ...kaere('Se bilaget.'), subject: 'Brev til Ravnkilde, Bent: Klip hækken' }, { ...kaere('Se bilaget.'), subject: 'Svar på din henvendelse: Bent Ravnkilde' },
      { ...kaere('Se bilaget.'), subject: 'Ansættelse som pædagogmedhjælper, Bent Ravnkilde' }, { text: 'Tak, Bent Ravnkilde, for at du har udfyldt skemaet.' }, { text: 'Betaler: Åse von Haven, cpr 070268-4412' }, kaere('Bogen ligger klar til Bent Ravnkilde på hylde 165.'), { text: 'Bent Ravnkilde er udpeget til afstemningsstedet.' }, kaere('Beløbet udbetales til dig, Bent Ravnkilde, på NemKontoen.'), kaere('Brevet er til Ravnkilde, Bent'), kaere('Brevet er sendt til forældremyndighedens indehaver: Bent Ravnkilde.'), { text: 'Du ikke har modtaget bidraget for maj.\nBidragsmodtager: Bent Ravnkilde' }, { text: 'Du får tilladelse til en carport.\nBygherre: Bent Ravnkilde\nEjeren af naboejendommen har i forbindelse med nabohøringen ikke haft bemærkninger.' },
      kaere('Du arbejder hos Nordisk Tag A/S.\nPersonnummer: 120370-1111'),
    );
    areRight(toGrete,
      kaere('Bent Ravnkilde har søgt om pas til Karl Ravnkilde. Da forældremyndigheden er fælles, skal du give samtykke.'), kaere('Lånet går til beboerindskud, før pengene udbetales til Bent Ravnkilde.'),
      kaere('Familieretshuset fastsætter bidraget, som Bent Ravnkilde skal betale.'), kaere('Bidraget betales af Bent Ravnkilde, cpr-nr. 120370-1111, til dig.'), kaere('Vi ses, fordi Bent Ravnkilde (cpr-nr. 120370-1111) søger om, at du bliver værge.'),
      kaere('Det gør os ondt, at Bent er død. Vi henter rollatoren.'), { ...kaere('Det gør os ondt, at Bent er død.'), subject: 'Hjælpemidler efter Bent Ravnkilde' }, kaere('Din hæk ud for Østerled 103, 5610 Assens skal klippes.'),
      { ...kaere('Se bilaget.'), page: 'Plads til Hannah\nVi kan tilbyde Hannah Vesterby, cpr-nr. 121215-5780, en plads i Solstuen.' }, kaere('Kontakt Pham Thi Hoa, hvis du har spørgsmål.'), kaere('Pakkenummeret er 1203701111.'),
      kaere('Bent Ravnkilde har anmeldt flytning til Birkevej 12, hvor du står som lejer. Vi beder dig bekræfte, at Bent Ravnkilde, CPR-nr. 120370-1111, flyttede ind den 1. maj.'), kaere('Emma har fravær fra skolen. Bent Ravnkilde er indkaldt i et selvstændigt brev.'),
      { text: 'Vi har modtaget din ansøgning om fornyelse af kørekort. Gebyret på 280 kr. er betalt den 6. juni 2024, ordrenr. 35681722.\nAnsøger: Grete Vesterby\nGebyret er betalt med kort, og kortet kommer med posten inden for to uger, hvis alt er i orden.\nLægeattest fra: Bent Ravnkilde' },
      kaere('Vi skriver til dig, fordi du er kontaktperson for boet efter Bent Ravnkilde, CPR-nr. 120340-1111.'), kaere('Din ægtefælle (cpr-nr. 191166-2835)\nmodtager SU.'), kaere('Vi giver afslag på din ansøgning om tillæg til udgifter fra Bent Ravnkilde.'),
      kaere('Vi laver en børnefaglig undersøgelse af Storm Vesterby, født med CPR-nr. 220618-9601.'),
      kaere('Medhæfter: Bent Ravnkilde, CPR-nr. 201137 3086\nLånet er på 9.664 kr.'), { text: 'ROTTEANMELDELSE MODTAGET\nDin anmeldelse er givet videre.\nAnmelder: Grete Vesterby' }, kaere('Skolen har underrettet os om Ragnhild Vesterby, født 091115-6602.'),
      { text: 'Sammen med dig er flyttet: Per-Ole Ebbesen og Karen Vesterby.' }, kaere('Du får aktindsigt i alt bortset fra notater om Bent Ravnkilde.'), { text: 'Kære Elias’ forældre,\nAnsøgningen er behandlet.' }, kaere('Asta Villadsen er bevilget buskort.'),
      kaere('Vi har hørt, at Bent Ravnkilde (CPR-nr. 120370-1111) skal betale børnebidrag for Emma.'), kaere('Bestilt af Grete Vesterby (cpr 070268-4412).'), { text: 'Grete Vesterby\nKamilla Nygaard\nBirkevej 12\n5610 Assens\nTil Grete og Kamilla\nVi indkalder til møde.' },
      { text: 'Kære fru Vesterby\nDu får tilladelse.\nBygherre: Grete Vesterby\nEjeren af naboejendommen har i forbindelse med nabohøringen ikke haft bemærkninger.' },
      kaere('Tilskuddet er beregnet ud fra din og Bent Ravnkildes indkomst.'), kaere('Vi har modtaget en ansøgning om kørsel af Erik Vesterby mellem hjem og skole.'), kaere('Lægeskiftet gælder også for Arthur Holm (1004154049).'), { text: 'Grete Vesterby\nCPR: 070268-4412\nAnsøger: Anlægsgartner v/Amalie Lindberg' },
      kaere('Vi bekræfter, at Lærke Nygaard er indskrevet i 0. klasse.\nSøskende: Saga Nygaard'), { text: 'Grete Vesterby\nPersonnummer: 070268-4412\nMidlertidigt kørekort nr.: 161125-2237' }, { text: 'Vi indkalder dig.\nTil samtalen deltager Kim Tranberg og Mette Holm.' },
    );
  });
});

describe('a company beside its number', () => {
  it('is the reader’s, or one that has a part of its own', () => {
    areWrong(toSmithy,
      smedjen('Jeres CVR-nr.: 34 97 25 80'), smedjen('I har budt som: Nordisk Tag A/S'), smedjen('Tilskuddet betales til arbejdsgiver: Nordisk Tag A/S, CVR 31928749'), smedjen('Nævnet har den 1. maj 2025 meddelt Nordisk Tag A/S bevilling.'),
      smedjen('Godkendt arbejdsgiver: Nordisk Tag A/S'), smedjen('Ansøger er jer: Nordisk Tag A/S (CVR 44593909).'), smedjen('Fakturaen er udstedt til jer, Nordisk Tag A/S.'), smedjen('Jeres faktura 925852798 på 6.782 kr., udstedt af Nordisk Tag A/S, mangler EAN.'), smedjen('Ansøger er registreret som Nordisk Tag A/S.'), smedjen('Vi giver hermed Nordisk Tag A/S (CVR-nr. 15 60 10 99) tilladelse.'), smedjen('Tilbudsgiver: Tømrer v/ Bent Ravnkilde, CVR-nr. 10872164'), smedjen('I er debitor: Nordisk Tag A/S, CVR-nr. 42415421'), smedjen('Vedrørende jeres virksomhed: Nordisk Tag A/S'), smedjen('Virksomhed: Skovgaards El\nCVR-nr.: 40637910'), { ...smedjen('Se brevet.'), subject: 'Refusion - Grønnegaards Boligudlejning AS' }, smedjen('Borgeren har valgt jer som leverandør.\nLeverandør: Nordisk Tag A/S'), { text: 'Til Nordisk Tag A/S!\nKunde: Smedjen Aggerholm' }, smedjen('Kontrolleret virksomhed: Nordisk Tag A/S'), smedjen('Nordisk Tag A/S, CVR-nr. 10 43 48 56, er berettiget til refusion.'), { text: 'Kære Sønderskov Trykkeri,\nVi beder jer sende lønsedler.' }, { text: 'Se brevet.', page: 'Smedjen Aggerholm ApS\nAtt.: ledelsen hos Nordisk Tag A/S\nI får tilladelse.' }, smedjen('Jeres tilbud, afgivet af Nordisk Tag A/S, er modtaget.'), smedjen('Nordisk Tag A/S, CVR 16957089, påbydes at dæmpe støjen.'), smedjen('Beløbet sættes ind på NemKonto for CVR-nr. 37445404.\nVi ses.'),
      { text: 'Se brevet.', page: 'I får tilladelse på Birkevej 12, matr.nr. 4g Ringsted By.\nBygherrens CVR-nr.: 16255588' },
    );
    areRight(toSmithy,
      smedjen('Beløbet sættes ind på NemKonto for CVR-nr. 29384756.'), { text: 'Hermed bevilling.', subject: 'Bevilling Smedjen Aggerholm ApS' }, smedjen('Arbejdet udføres for Nordisk Tag A/S.'), smedjen('Vi har modtaget jeres færdigmelding, indsendt af Nordisk Tag A/S ved Bent Ravnkilde.'), smedjen('Afgørelsen kan påklages til Nævnenes Hus, Toldboden 2, 8800 Viborg.'), { text: 'Til Smedjen Aggerholm ApS', page: 'Fastholder vi afgørelsen, sender vi klagen til Ankestyrelsen,\n7998 Statsservice. CVR-nr. 28 85 12 82' },
    );
    areRight(foundFor([{ kind: 'cvr', number: '29384756', name: 'Smedje v/Grete Vesterby', protected: false }], []), { text: 'Tilskuddet gives til jer: SMEDJE\nV/GRETE VESTERBY (CVR 29384756).' });
  });
});

describe('somebody with a number beside the reader’s', () => {
  const head = 'Grete Vesterby\nBirkevej 12\n5610 Assens\nCPR-nr.: 070268-4412\nKære Grete\n';
  it('is the one for whom something is decided, unless the letter is about somebody else', () => {
    areWrong(toGrete,
      { text: `${head}Vi bekræfter, at Bent Ravnkilde, CPR-nr. 120370-1111, er ansat.` }, { text: `${head}Vi har behandlet sagen om sygedagpenge for Bent Ravnkilde, CPR-nr. 120370-1111.` },
      { text: `${head}Bent Ravnkilde, cpr-nr. 120370-1111, bevilges 15 timers ledsagelse om måneden.` }, { text: `${head}Samtykket gælder for Bent Ravnkilde, CPR-nr. 120370-1111.` },
    );
    areRight(toGrete,
      { text: `${head}Bent Ravnkilde, cpr-nr. 120370-1111, har anmeldt flytning til din adresse.` }, { text: `${head}Du er registreret som kontaktperson for Bent Ravnkilde, CPR-nr. 120370-1111.` },
      { text: `${head}Bent Ravnkilde (120370 1111) har siden 1. maj haft bil stående på din adresse.` }, { text: `${head}Du er værge for Bent Ravnkilde. Vi har behandlet sagen om hjælp for Bent Ravnkilde, CPR-nr. 120370-1111.` },
    );
  });
});

describe('a greeting with a title and a particle', () => {
  it('greets by the surname', () => {
    areRight(foundFor([{ kind: 'cpr', number: '1603389022', name: 'Anja van der Meer', protected: false }], []), { text: 'Kære fru van der Meer\nDu får hjælp.' });
    areWrong(toGrete, { text: 'Kære fru van der Meer\nDu får hjælp.' });
  });
});

describe('a name that stands where the reader’s stood', () => {
  it('is told of in the sentences in which letters name their reader', () => {
    areWrong(toGrete,
      kaere('Vi gennemgik Bent Ravnkildes plan.'), kaere('Det fremgår af attesten, at Bent Ravnkilde kan genoptage arbejdet.'), kaere('Ordningen bortfalder, hvis Bent Ravnkilde ikke betaler til tiden.'), kaere('Bent Ravnkildes ret til sygedagpenge skal vurderes.'),
      kaere('Pensionen tilkendes Bent Ravnkilde.'), kaere('Efter en samlet vurdering opfylder Bent Ravnkilde ikke betingelserne.'), kaere('Vi indkalder Bent Ravnkilde til møde.'), kaere('Arbejdsevnen hos Bent Ravnkilde er nedsat.'), kaere('Vi vil indstille Bent Ravnkilde til førtidspension.'),
      kaere('Du modtager brevet, fordi Bent Ravnkilde er registreret som ejer.'), kaere('Du er registreret som ejer med navnet Bent Ravnkilde.'), kaere('Beløbet udbetales til din NemKonto (Bent Ravnkilde).'), kaere('Denne indkaldelse er til Bent Ravnkilde.'), kaere('Det er ikke konstateret, at Bent Ravnkilde har modtaget ydelser uretmæssigt.'), kaere('Visiteret borger: Bent Ravnkilde'), { text: 'Bent Ravnkilde henvises til danskuddannelse 2.' }, kaere('Velkommen som ny borger, Bent Ravnkilde.'), kaere('Afgørelsen er sendt til dig i egenskab af værge: Bent Ravnkilde.'), { text: 'Vi mangler din betaling.\nBetaler: Bent Ravnkilde, 120370-1111' }, kaere('Du er modtager af afgørelsen.\nModtager af afgørelsen: Bent Ravnkilde'),
      kaere('Fleksjobber: Bent Ravnkilde\nCpr-nr.: 070268-4412'),
    );
    areRight(toGrete, kaere('Skolen har indstillet Filippa Vesterby til en vurdering hos PPR.'), kaere('Har du bestilt pas til Olivia Vesterby, ligger det samme sted.'), kaere('Du har spurgt, hvordan du får bidrag, når Aksel von Lowzow ikke betaler.'), { text: 'Til Jeppe van Dijks forældre\nJeppe har fået plads.' }, { text: 'Som ejer af naboejendommen orienteres du om en ansøgning.\nAnsøger: Stig Bach\nTegningerne kan ses.' }, { text: 'Borger: Grete Vesterby\nPersonnummer: 070268-4412\nUdarbejdet af: Benjamin Berg\nMål 1: egen bolig.' }, kaere('Bent Ravnkilde (CPR-nr. 120370 1111) har bedt om, at børnebidrag udlægges.'), { text: 'Dit CPR-nr.: 070268-4412\nKundenr. er 2802901761. Dit bookingnummer er 1507822712.' }, kaere('Beløbet udbetales til Begravelsesforretningen Ro.'), kaere('Vi kan tilbyde Hannah Vesterby plads i Solstuen.'), { text: 'Til Grete Vesterby\nVi har oplysninger om, at Bent Ravnkilde, CPR-nr.\n120370-1111, bor på Birkevej 12.' });
  });
});

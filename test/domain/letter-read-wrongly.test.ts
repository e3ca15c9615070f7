import { describe, it } from 'node:test';
import type { LetterRecipient } from '../../src/domain/letter-check.ts';
import { areRight, areWrong, foundFor } from './letter-found.ts';

// Letters that are plainly somebody else's, and were taken for the recipient's by the way they stand on the page.

const INGA: LetterRecipient = { kind: 'cpr', number: '0806710012', name: 'Inga Maria Tranholm', protected: false };
const LARS: LetterRecipient = { kind: 'cpr', number: '0102730011', name: 'Lars Tranholm', protected: false };
const HOUSE: LetterRecipient = { kind: 'cvr', number: '30415263', name: 'Tømrerfirmaet Holm & Søn ApS', protected: false };
const RIGHT = ['Aastrup Kommune', 'Peter Fjord'];
const toInga = foundFor([INGA], RIGHT);
const toBoth = foundFor([INGA, LARS], RIGHT);
const toHouse = foundFor([HOUSE], RIGHT);
const SENTENCE = 'Vi har behandlet din ansøgning om støtte til en ny bil.';
const message = (page: string) => ({ text: 'Kære Inga\nSe det vedhæftede brev.', pages: [page] });

describe('"Til" and a name alone in a line', () => {
  it('greets, also below a long heading and over a sentence about somebody’s doctor', () => {
    const below = (name: string) => ({ text: `Udvidet helbredstillæg til tandbehandling\n\nTil ${name}\n\nDu har søgt om tillæg.\n\nPensionist: Inga Tranholm, 080671-0012` });
    const over = (name: string) => ({ text: `Til ${name},\n\nDin læge, Vibeke Lund, stopper den 30. maj.\n\nSikret: Inga Tranholm\nPersonnummer: 080671-0012` });
    areWrong(toInga, below('Ole Brandstrup'), over('Ole Brandstrup'));
    areRight(toInga, below('Inga Tranholm'), over('Inga Tranholm'), { text: `Kære Inga\n${SENTENCE} Har du spørgsmål, kan du ringe\ntil Ole Brandstrup på telefon 12 34 56 78.` });
  });

  it('greets a company too, whatever it is called', () => {
    for (const other of ['Kroen ved Åen', 'Spejdergruppen Sct. Georg', 'Grillen ved Havnen v/Jákup á Rógvi', 'Dansk Tankrens', 'Tandlæge Arne Jakobsen']) {
      areWrong(toHouse, { text: `Til ${other}\n\nTilladelsen til Tømrerfirmaet Holm & Søn ApS er vedhæftet.` });
    }
    for (const own of ['Tømrerfirmaet Holm & Søn', 'Tømrerfirmaet Holm og Søn ApS', 'rette vedkommende', 'Aastrup Kommune']) {
      areRight(toHouse, { text: `Til ${own}\n\nTilladelsen til Tømrerfirmaet Holm & Søn ApS er vedhæftet.` });
    }
  });
});

describe('a company', () => {
  it('is another where one word of its name is another, however the two begin and end', () => {
    const onTop = (name: string) => ({ text: 'Kære Tømrerfirmaet Holm & Søn ApS\nSe brevet.', pages: [`Aastrup Kommune\nTorvet 1\n8000 Aarhus C\n\n${name}\nEngvej 65\n8000 Aarhus C\n\nTilladelse\n\nAnsøger: Tømrerfirmaet Holm & Søn ApS`] });
    areWrong(toHouse, onTop('Tømrerfirmaet Friis & Søn ApS'), onTop('Clausens Smedie'), onTop('Spejderne i Nørrebro'), { text: 'Kære Tømrerfirmaet Friis & Søn ApS\nTilladelsen til Tømrerfirmaet Holm & Søn ApS er vedhæftet.' });
    areRight(toHouse, onTop('Tømrerfirmaet Holm & Søn'), onTop('TØMRERFIRMAET HOLM & SØN APS'));
  });

  it('is another’s by its own name, not by whoever stands behind "v/"', () => {
    areWrong(toHouse, { text: 'Kære Jespersens Smedie v/Torben Jespersen,\n\nVi har ført tilsyn hos Tømrerfirmaet Holm & Søn ApS.' });
  });
});

describe('the head of a page', () => {
  it('is read where the street is called after somebody', () => {
    for (const street of ['Sct. Jørgens Vej 118A', 'Peder Skrams Gade 108, 2. tv', 'Karen Blixens Vænge 4']) {
      areWrong(toInga, message(`Aastrup Kommune Else Brandt ${street} 8900 Randers Dato: 03-04-2025 Støtte til bil Kære Inga Tranholm ${SENTENCE}`));
      areRight(toInga, message(`Aastrup Kommune Inga Tranholm ${street} 8900 Randers Dato: 03-04-2025 Støtte til bil Kære Inga Tranholm ${SENTENCE}`));
    }
    areRight(toInga, message(`Aastrup Kommune\nInga Maria Tranholm\nPoul Martin Møllers Vej 39\n2630 Taastrup\n\nKære Inga Tranholm\n${SENTENCE}`));
  });

  it('is read where its two columns have become one line, and where it runs over the pages below the authority', () => {
    const columns = (name: string) => message(`Aastrup Kommune ${name} Dato: 29. april 2024 Tjørnevej 76, 2. tv Sagsnr.: 24/1234 8700 Horsens Telefon: 18 71 36 86 Støtte Kære Inga Tranholm ${SENTENCE}`);
    const running = (name: string) => ({ text: 'Kære Inga\nSe brevet.', pages: [`Støtte til bil\n\nKære Inga\n${SENTENCE}`, `Aastrup Kommune\n${name}\nSide 2 af 2\n\nDu kan læse mere om vores behandling af dine oplysninger på hjemmesiden.`] });
    areWrong(toInga, columns('René Laursen'), running('Pia Falk'));
    areRight(toInga, columns('Inga Tranholm'), running('Inga Maria Tranholm'), running('Borgerservice'));
  });
});

describe('the recipient’s own number', () => {
  it('tells who gives a proxy, and whose plan it is', () => {
    for (const label of ['Fuldmagtsgiver', 'Den unge']) {
      areWrong(toInga, message(`Kære Inga Tranholm\n${SENTENCE}\n\n${label}: Pia Falk\nCPR-nr.: 080671-0012`));
      areRight(toInga, message(`Kære Inga Tranholm\n${SENTENCE}\n\n${label}: Inga Tranholm\nCPR-nr.: 080671-0012`));
    }
  });
});

describe('the running head', () => {
  const after = (head: string) => `${head}\nI har fået et gebyr på 400 kr.`;
  it('has the number of the case before the name, of a citizen as of a company', () => {
    const first = `Støtte til bil\n\nKære Inga\n${SENTENCE}`;
    areWrong(toInga, { text: 'Kære Inga\nSe brevet.', pages: [first, after('2024-25293 – Ib af Rosenborg')] });
    areRight(toInga, { text: 'Kære Inga\nSe brevet.', pages: [first, after('2024-25293 – Inga Tranholm')] });
    const ofHouse = 'Gebyr til Tømrerfirmaet Holm & Søn ApS\n\nI får et gebyr.';
    areWrong(toHouse, { text: 'Kære Tømrerfirmaet Holm & Søn ApS\nSe brevet.', pages: [ofHouse, after('S2019-50364 – Klint Ejendomme IVS')] });
    areRight(toHouse, { text: 'Kære Tømrerfirmaet Holm & Søn ApS\nSe brevet.', pages: [ofHouse, after('S2019-50364 – Tømrerfirmaet Holm & Søn ApS')] });
  });
});

describe('a sentence of another’s case', () => {
  it('tells for whom something holds, and whose income was weighed; who helps the reader is no such', () => {
    for (const left of ['Afgørelsen over for Ole Brandstrup gælder fra den 8. juli.', 'Sagen for Ole Brandstrup (cpr 120370-1111) er hermed afsluttet.', 'Vi har lagt vægt på, at Ole Brandstrup, 120370-1111, har haft en indtægt.', 'Det bemærkes, at Ole Brandstrup tidligere har fået afslag.']) {
      areWrong(toInga, { text: `Kære Inga\n${SENTENCE}\n\n${left}` });
    }
    areRight(toInga, { text: `Kære Inga\n${SENTENCE}\n\nDu har ønsket Ole Brandstrup som ledsager. Ole Brandstrup ansættes af Aastrup Kommune.` });
  });
});

describe('a paper in a citizen’s letter', () => {
  it('is another’s where a company is greeted on it, or another signs the proxy', () => {
    areWrong(toInga, message('Aastrup Kommune\n\nBevilling af tilskud\n\nTil Foreningen Natteravnene\n\nI får et tilskud på 400 kr.'), message('Fuldmagt\nUndertegnede Pia Falk, cpr-nr. 120370-1111, giver hermed fuldmagt til\nEmil Olsen, Engvej 3'));
    areRight(toInga, message('Fuldmagt\nUndertegnede Inga Tranholm, cpr-nr. 080671-0012, giver hermed fuldmagt til\nEmil Olsen, Engvej 3'));
  });
});

describe('the foot of a guide', () => {
  it('has the number of whose paper it is', () => {
    const guide = (foot: string) => ({ text: 'Kære Tømrerfirmaet Holm & Søn ApS\nSe vejledningen.', pages: [`Klagevejledning\n\nDu kan klage til Ankestyrelsen, telefon 33 41 12 00.\n\n${foot}`] });
    areRight(toHouse, guide('CVR-nr. 28 85 38 81'));
    areWrong(toHouse, guide('Virksomhed: Nordisk Tag A/S\nCVR-nr. 28 85 38 81'));
  });
});

describe('a couple', () => {
  it('stands together, also with a number between, and is who is wed', () => {
    const issued = (one: string) => ({ text: `Kære Inga og Lars\nPrøvelsesattesten er udstedt til ${one}, cpr-nr. 080671-0012, og Lars Tranholm, cpr-nr. 010273-0011.` });
    const wed = (one: string) => ({ text: `Kære Inga\nVi bekræfter, at vielsen mellem ${one} og Finn Carlsen finder sted den 30. juli.` });
    areWrong(toBoth, issued('Pia Falk'));
    areRight(toBoth, issued('Inga Tranholm'));
    areWrong(toInga, wed('Pia Falk'));
    areRight(toInga, wed('Inga Tranholm'));
  });
});

describe('a mail below the letter', () => {
  const below = (head: string) => ({ text: `Kære Inga\n${SENTENCE}\n\nVenlig hilsen\nPeter Fjord\n\n-----Oprindelig meddelelse-----\n${head}\n\nVi har behandlet sagen.` });
  it('was written to the recipient, where we wrote it, and by the recipient, where the caseworker got it', () => {
    areWrong(toInga, below('Fra: Aastrup Kommune\nTil: Pia Falk\nSendt: 11-09-2024 11:16\nEmne: Støtte'), below('Fra: Pia Falk <pia@mail.example>\nSendt: 11-09-2024 11:16\nTil: Peter Fjord\nEmne: Min sag'));
    areRight(toInga, below('Fra: Aastrup Kommune\nTil: Inga Tranholm\nSendt: 11-09-2024 11:16\nEmne: Støtte'), below('Fra: Inga Tranholm <inga@mail.example>\nSendt: 11-09-2024 11:16\nTil: Peter Fjord\nEmne: Min sag'));
  });
});

describe('a list for a mail merge', () => {
  it('is nobody’s letter, with streets behind the numbers as without', () => {
    areWrong(toInga, message('Liste til samlet udsendelse\nNavn  Cpr-nr.  Adresse\nOle Brandstrup  120370-1111  Engvej 34\nPia Falk  210172-3411  Kirkestræde 64\nFinn Carlsen  150669-3805  Birkevej 86'));
    areRight(toInga, message('Flytning\nInga Tranholm, CPR-nr. 080671-0012\nLars Tranholm, CPR-nr. 010273-0011 (din ægtefælle)\nEmma Tranholm, CPR-nr. 110413-1234 (jeres datter)'));
  });
});

describe('a citizen’s number in a company’s letter', () => {
  it('is told beside the company’s own, and alone over the greeting or at the top', () => {
    for (const text of [
      'Kære Tømrerfirmaet Holm & Søn ApS\nTilskuddet udbetales til jeres NemKonto (CVR 30415263 / CPR 130587-1234).', 'Tømrerfirmaet Holm & Søn ApS\nCVR-nr.:\n30415263\nCpr-nr.:\n210884-0362\nGebyr for 2026',
      'CPR-nr.: 160288-3194\n\nKære Tømrerfirmaet Holm & Søn ApS\nDer gives tilladelse.', 'Miljøtilsyn på Birkevej 15B\nVedr.: cpr-nr. 311081-2095\nTil Tømrerfirmaet Holm & Søn ApS\nVi var hos jer den 2. maj.',
    ]) areWrong(toHouse, { text });
    areRight(toHouse, { text: 'Vedr.: Hans Nielsen\nCPR-nr. 160288-3194\n\nKære Tømrerfirmaet Holm & Søn ApS\nI har søgt om refusion for jeres medarbejder Hans Nielsen.' },
      { text: 'Kære Tømrerfirmaet Holm & Søn ApS\nCVR-nr. 30415263\nMedarbejder: Hans Nielsen\nCPR-nr. 160288-3194\nVi udbetaler refusion for jeres medarbejder.' });
  });
});

describe('a number', () => {
  it('that is the recipient’s but for one digit is told where it is called a CPR number', () => {
    areWrong(toInga, { text: `Kære Inga\n${SENTENCE} Vi har registreret sagen på dig (cpr.nr. 080671-0022).` }, { text: `Kære Inga\n${SENTENCE}\nDin datter Ida (080671-0013) er skrevet op.` });
    areRight(toInga, { text: `Kære Inga\n${SENTENCE} Betal til konto 9999 0806710022.` });
  });

  it('below the greeting in a line of its own is whom the letter is for; in a sentence it may be anybody’s', () => {
    const below = (lines: string) => ({ text: `CPR-nr. 080671-0012\n\nKære Inga\n${lines}` });
    areWrong(toInga, below(`Freja Jensen\nCPR 130194-9760\n\n${SENTENCE}`), below(`Borger: Freja Jensen\nCPR 130194-9760\n\n${SENTENCE}`));
    areRight(toInga, below('Freja Jensen (130194-9760) har siden 1. maj haft bil stående på din adresse.'));
  });

  it('is the reader’s where a part of the reader’s stands between the two', () => {
    areWrong(toInga, { text: `Kære Inga\nDu er værge for Ole Brandstrup.\nVærge: Inga Maria Tranholm\nCpr-nr. (værge): 200982-1583` });
    areWrong(toInga, { text: `Kære Inga\n${SENTENCE}\nModtagers cpr-nr.:\n03-12-2018\n170702-5798` });
  });

  it('in a mail quoted below does not make its writer a relative', () => {
    const quoted = (name: string, number: string) => ({ text: `Kære Inga\n${SENTENCE} Dit cpr-nummer er 080671-0012.\n\nVenlig hilsen\nPeter Fjord\n\n-----Oprindelig meddelelse-----\nFra: ${name}\nSendt: 20. juli 2026\nTil: Aastrup Kommune\nEmne: Min sag\n\nHej\nJeg sender de papirer, I har bedt om.\n\nHilsen ${name}\n${number}` });
    areWrong(toInga, quoted('Rikke Schmidt', '230489-4908'));
    areRight(toInga, quoted('Inga Tranholm', '080671-0012'));
  });
});

describe('what is given, sent or decided', () => {
  it('is another’s where it names another once, in a sentence that speaks to nobody else', () => {
    const told = (sentence: string) => ({ text: `Kære Inga\n${SENTENCE}\n${sentence}` });
    areWrong(toInga, told('Vi har bevilget lån til Ole Brandstrup på 29.576 kr.'), told('Kørekortet udleveres til Ole Brandstrup personligt.'), told('Kommunalbestyrelsen har udpeget Ole Brandstrup som tilforordnet.'),
      { ...message('Klagevejledning\n\nAfgørelsen er truffet for Ole Brandstrup\nHvis du er uenig, kan du klage.') });
    areRight(toInga, told('Vi har godkendt Ole Brandstrup og Ida Sø som hjælpere.'), told('Kopi af brevet er sendt til Ole Brandstrup.'), told('Vi har sendt samme brev til Ole Brandstrup.'));
  });
});

describe('a page in two columns', () => {
  it('is read so also below a line with a gap that runs along the top, and with "Att." in the address', () => {
    const page = (name: string, attention = '') => message(`Aastrup Kommune   Kultur og Fritid\n\n${name}   Dato 18. april 2026\n${attention}Birkevej 63           Sagsnr. 26-14749\n4990 Sakskøbing              Sagsbehandler Peter Fjord\n\nBevillingsbrev\n\nForening: Tømrerfirmaet Holm & Søn\nCVR-nr.: 30415263`);
    const toHouseBy = (letter: { readonly pages: readonly string[] }) => ({ ...letter, text: 'Til Tømrerfirmaet Holm & Søn\nSe brevet.' });
    areWrong(toHouse, toHouseBy(page('Pensionistforeningen Hygge')), toHouseBy(page('Clausens Smedie ApS', 'Att.: Sara Jensen   Side 1\n')));
    areRight(toHouse, toHouseBy(page('Tømrerfirmaet Holm & Søn')));
  });

  it('a department below the municipality is no company, though the number follows', () => {
    areRight(toHouse, { text: 'Aastrup Kommune\nVej og Park\nDato: 14. december 2026\nCVR-nr.: 30415263\n\nKære Tømrerfirmaet Holm & Søn\nI får tilladelse.' });
  });
});

describe('a letter to two', () => {
  it('whose subject names one of them beside another is told', () => {
    areWrong(toBoth, { subject: 'Vedr. Inga Tranholm og Kate Dahl: vielse', text: 'Kære Inga og Lars\nVi har prøvet jeres ægteskab.' });
    areRight(toBoth, { subject: 'Vedr. Inga Tranholm og Lars Tranholm: vielse', text: 'Kære Inga og Lars\nVi har prøvet jeres ægteskab.' });
  });
});

describe('a file that has nothing to do with the letter', () => {
  const PAPER = 'Samtykke fra forældremyndighedsindehavere\n\nBarnets navn: Frederik Erik Laursen\nBarnets CPR-nr.: 020509-5089\n\nForælder 1: Merete Marie Laursen';

  it('is told, whatever else may stand in a letter of a child', () => {
    areWrong(toInga, { text: `Kære Inga\n${SENTENCE}`, pages: [PAPER] });
    areWrong(toHouse, { text: 'Kære Tømrerfirmaet Holm & Søn\nI har fået tilskud.', pages: ['TIMEREGNSKAB\nBorger: Ole Brandstrup, CPR-nr. 170368-2167\nMåned   Timer'] });
  });

  it('is right where the letter names anybody in it, or the file says what somebody is to the reader', () => {
    areRight(toInga, { text: 'Kære Inga\nHermed sender vi samtykke om Frederik.', pages: [PAPER] },
      { text: 'Kære Inga\nSe brevet.', pages: ['Du får dette brev, fordi du er værge for Hans Kirk, CPR-nr. 180392-0881.'] }, { text: 'Kære Inga\nDin søn skal undersøges.', pages: ['Patient: Emil Tranholm\nCPR-nr.: 020515-5089'] });
  });
});

describe('a table with a head over its columns', () => {
  it('says whom the letter is for, as lines with labels do', () => {
    const table = (name: string, number: string) => ({ text: 'Kære Inga\nSe brevet.', pages: [`Inga Tranholm\nStrandvejen 1\n2800 Kgs. Lyngby\n\nCPR-nr.: 080671-0012\n\nKære Inga Tranholm\n\nNavn\tCpr-nr.\n${name}\t${number}\n\nDu har bedt om aktindsigt.`] });
    areWrong(toInga, table('Jess Steen Toft-Madsen', '090873-2215'));
    areRight(toInga, table('Inga Maria Tranholm', '080671-0012'));
  });
});

describe('what stands in a right letter', () => {
  const told = (text: string) => ({ text: `Kære Inga\n${SENTENCE}\n${text}` });

  it('is where who signs can be found, below what they are', () => {
    areRight(toHouse, { text: 'Til Tømrerfirmaet Holm & Søn\nSe det vedhæftede brev.\n\nVenlig hilsen\n\nEva Agerbo\nAdministrativ medarbejder\nTorvet 3, 6700 Esbjerg\nTlf. 76 16 39 25' });
    areWrong(toHouse, { text: 'Clausens Smedie ApS\nTorvet 3\n6700 Esbjerg\n\nSe det vedhæftede brev.\n\nVenlig hilsen\nEva Agerbo' });
  });

  it('is a department behind the municipality, and labels in one column with what they say in another', () => {
    areRight(toInga, told('Modtager Aastrup Kommune, Skole og Uddannelse\nEmne Skoleskift'), { text: 'Kære Inga\nDin søn Elias Tranholm får støtte.', pages: ['Barnets navn:\nBarnets cpr-nr.:\nModtager af ydelsen:\nElias Tranholm\n271113-4234\nInga Tranholm'] });
  });

  it('is a tenant who has written, the other parent who is called in too, and a spouse below oneself', () => {
    areRight(toInga, told('Anmeldelsen kom fra lejeren i stueetagen, Ole Brandstrup.'), told('Også Ole Brandstrup er indkaldt som indehaver af forældremyndigheden.'), told('Husstanden er:\nInga Tranholm, 080671-0012 (dig selv)\nOle Brandstrup, 220684-1234 (ægtefælle)'));
    areWrong(toInga, told('Ole Brandstrup er indkaldt til samtale.'));
  });

  it('is the citizen’s number in a letter to a guardian, and the dead one’s', () => {
    areRight(toInga, { text: 'Kære Inga\nDu er værge for Ole Brandstrup, som har fået plads på Kernehuset.\nBorgerens Cpr-nr.: 130860-1234' }, { text: 'Kære Inga\nVi skriver om boligen efter din mor.\nAfdødes Cpr-nr. er 041041-1234.' });
    areWrong(toInga, told('Borgerens Cpr-nr.: 130860-1234'));
  });

  it('is who works for a company, on the first line of a later page', () => {
    areRight(toHouse, { text: 'Til Tømrerfirmaet Holm & Søn\nSe tilladelsen.', pages: ['Gravetilladelse\nAnsøger: Tømrerfirmaet Holm & Søn ApS', 'Underentreprenør: Rønne Byg ApS\n\nAfspærring skal følge vejreglerne.'] });
    areWrong(toHouse, { subject: 'Gravetilladelse: Rønne Byg ApS', text: 'Til Tømrerfirmaet Holm & Søn\nSe tilladelsen.' });
  });
});

describe('a page whose first line is its number', () => {
  it('is whose name stands alone below it', () => {
    const later = (top: string) => ({ text: 'Kære Inga\nSe brevet.', pages: ['Inga Tranholm\nStrandvejen 1\n2800 Kgs. Lyngby\n\nLån til boligindskud\n\nKære Inga\nVi har bevilget dig lån.', `${top}\n\nLånet er rentefrit de første 5 år.`] });
    areWrong(toInga, later('Side 2 af 2\nDorthe Skaarup-Jensen'), later('Side 2 af 2   Sagsnr. 25/1064\nDorthe Skaarup-Jensen'));
    areRight(toInga, later('Side 2 af 2\nInga Tranholm'), later('Side 2 af 2\nDorthe Skaarup-Jensen\nSagsbehandler'), later('Side 2 af 2\nVenlig hilsen\nDorthe Skaarup-Jensen'));
  });
});

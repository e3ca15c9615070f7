import { describe, it } from 'node:test';
import type { LetterRecipient } from '../../src/domain/letter-check.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';
import { areRight, areWrong, foundFor } from './letter-found.ts';

// What is left in a letter of another: its head, a sheet, a sentence, a mail below.

const INGA: LetterRecipient = { kind: 'cpr', number: '0806710012', name: 'Inga Maria Tranholm', protected: false };
const toInga = foundFor([INGA], ['Aastrup Kommune', 'Peter Fjord']);
const toMill = foundFor([{ kind: 'cvr', number: '30415263', name: 'Møllebyens Tømrer ApS', protected: false }], ['Aastrup Kommune']);
const SENTENCE = 'Vi har behandlet din ansøgning om støtte til en ny bil.';
const kaere = (says: string) => ({ text: `Kære Inga\n${SENTENCE}\n\n${says}` });
const withPages = (...pages: readonly string[]) => ({ text: 'Kære Inga\nSe det vedhæftede brev.', pages });

describe('the head of a sheet', () => {
  it('is the recipient’s: alone in its line over a street, above the greeting, or as whom a message begins with', () => {
    areWrong(toInga,
      { text: `Kære Inga\n\nOle Brandstrup\nEngvej 65, 2. th.\n\n${SENTENCE}` },
      withPages(`16. maj 2026 Aastrup Kommune\nSide 1\n\nOle Brandstrup\n\nStøtte til bil\n\nKære Inga\n${SENTENCE}`),
      { text: `Ole Brandstrup\n\n${SENTENCE}` }, { text: `Ole\n\n${SENTENCE}` },
    );
    areRight(toInga,
      { text: `Kære Inga\n\nInga Tranholm\nEngvej 65, 2. th.\n\n${SENTENCE}` },
      withPages(`16. maj 2026 Aastrup Kommune\nSide 1\n\nInga Maria Tranholm\n\nStøtte til bil\n\nKære Inga\n${SENTENCE}`),
      { text: `Inga\n\n${SENTENCE}` }, { text: `Kære Inga\n${SENTENCE}\nUdlejer:\nOle Brandstrup\nEngvej 65` },
    );
  });

  it('runs along the top of each page', () => {
    const first = `Støtte til bil\n\nKære Inga\n${SENTENCE}`;
    for (const head of ['Ole Brandstrup · 120370-1111\nSide 2/2', 'Sag 2026-1234 – Ole Brandstrup', 'Ole Brandstrup\n2', 'Ole Brandstrup\n\nVenlig hilsen']) {
      areWrong(toInga, withPages(first, `${head}\n\nDu kan læse mere om vores behandling af dine oplysninger på hjemmesiden.`));
    }
    areRight(toInga, withPages(first, `Inga Maria Tranholm · 080671-0012\nSide 2/2\n\n${SENTENCE}`), withPages(first, `Ole Brandstrup\nAfdelingsleder\n\n${SENTENCE}`));
  });

  it('names the company as well', () => {
    const first = 'Tilladelse til Møllebyens Tømrer ApS\n\nI får tilladelse til stillads.';
    for (const head of ['Sag 24/5606 vedr. Nordisk Tag A/S   Side 2/2', 'Nordisk Tag A/S - CVR-nr. 20 30 40 50 - Side 2 af 2', 'Nordisk Tag A/S\nSide 2']) {
      areWrong(toMill, { text: 'Kære Møllebyens Tømrer ApS\nSe brevet.', pages: [first, `${head}\n\nLejen er 400 kr.`] });
    }
    areRight(toMill, { text: 'Kære Møllebyens Tømrer ApS\nSe brevet.', pages: [first, 'Møllebyens Tømrer ApS   Side 2/2\n\nLejen er 400 kr.'] });
  });
});

describe('who signs a paper', () => {
  it('is the recipient, in a power of attorney and behind "Underskrift"', () => {
    const power = (name: string) => `FULDMAGT\n\nUndertegnede ${name}, cpr-nr. 120370-1111, giver hermed fuldmagt til\nEva Ladegaard, Engvej 3\ntil at hente post.`;
    areWrong(toInga, withPages(power('Ole Brandstrup')), kaere('Underskrift: ________________ Ole Brandstrup'));
    areRight(toInga, withPages(power('Inga Maria Tranholm').replace('120370-1111', '080671-0012')), kaere('Underskrift: ________________ Inga Tranholm'));
  });
});

describe('a sentence about somebody of whom the letter says nothing else', () => {
  it('is left of the letter before, unless it speaks to the reader or tells of somebody with a part of their own', () => {
    areWrong(toInga,
      kaere('Ole Brandstrup bedes møde op til det aftalte tidspunkt.'), kaere('Hvis Ole Brandstrup ikke kan deltage, skal vi have besked.'),
      kaere('Afgørelsen betyder, at Ole Brandstrup er berettiget til støtten fra mandag.'), kaere('Vi beder Ole Brandstrup kontakte os.'),
      kaere('Bevillingen gælder Inga Tranholm.\nBevillingen gælder Ole Brandstrup.'), kaere('Bilen er bestilt af Ole Brandstrup, som har betalt.'),
      kaere('Kommunens økonomiudvalg har udpeget Ole Brandstrup som valgstyrer.'), kaere('Vi bevilger hjælpemidlet til Ole Brandstrup efter loven.'), kaere('Teamet skal tage stilling til, om Ole Brandstrup skal indstilles til fleksjob.'),
    );
    areRight(toInga,
      kaere('Ole Brandstrup har bekræftet, at bilen er klar.'), kaere('Ole Brandstrup er indkaldt i et selvstændigt brev.'), kaere('Ole Brandstrup kan hjælpe dig med bilen.'),
      kaere('Konsulent Ole Brandstrup skal se bilen.'), kaere('Ole Brandstrup skal se bilen. Ring til Ole først.'), { text: 'Kære Inga\nOle Brandstrup har fået ny vej.' },
    );
  });
});

describe('a list', () => {
  it('of others and their numbers has nothing to do with the recipient', () => {
    const rows = 'Sager til opfølgning\nUdskrevet 1. maj af Peter Fjord\n\nOle Brandstrup 26/1234\nEva Ladegaard 26/1235\nLars Holmgaard 26/1236';
    areWrong(toInga, withPages(rows));
    areRight(toInga, withPages(`${rows}\nInga Tranholm 26/1237`), withPages(rows.replace('\nLars Holmgaard 26/1236', '')));
  });

  it('by which letters are sent is nobody’s who gets one', () => {
    areWrong(toInga, withPages('Forsendelsesliste uge 21\n1. Ole Brandstrup\n2. Inga Tranholm\n3. Eva Ladegaard'));
    areRight(toInga, withPages('Deltagerliste\n1. Ole Brandstrup\n2. Inga Tranholm\n3. Eva Ladegaard'));
  });
});

describe('a mail below', () => {
  it('that a stranger has written to us goes to nobody else', () => {
    const below = (writer: string) => ({ text: `Kære Inga\nHermed svaret.\n\nVenlig hilsen\nPeter Fjord\n\n-----Oprindelig meddelelse-----\nFra: ${writer}\nSendt: 1. maj 2026\nTil: Aastrup Kommune\nEmne: Min sag\n\nHej Peter\nEr der nyt?` });
    areWrong(toInga, below('Ole Brandstrup'));
    areRight(toInga, below('Inga Tranholm'), { text: below('Ole Brandstrup').text.replace('Hermed svaret.', 'Din bror, Ole Brandstrup, har spurgt.') });
  });
});

describe('a CPR number', () => {
  it('in a note to whoever writes is nobody’s whom the letter is about', () => {
    for (const note of ['NB til mig selv: ring til Ole Brandstrup, cpr 120370-1111, inden kl. 14.', 'Husk: Ole Brandstrup (120370-1111) skal have samme brev.', 'Intern note: samme tekst som til Ole Brandstrup, 120370-1111.']) {
      areWrong(toInga, kaere(`Dit cpr-nr. er 080671-0012.\n${note}`));
    }
  });

  it('is a child’s by the date above the letter, not by one that a sentence tells of', () => {
    const child = (date: string) => ({ text: `${date}\nKære Inga\nDit barn skal til tandlæge.`, page: 'Patient: Emma Tranholm\nCPR-nr.: 120304-4116' });
    areRight(toInga, child('Dato: 3. maj 2014'), child('Aastrup, den 03-05-2014'));
    const adult = { ...kaere('Vi har set på afgørelsen af 3. maj 2010 om dit barn.'), page: 'Ole Brandstrup\nCPR-nr.: 120392-1111' };
    areWrong(toInga, adult);
  });

  it('is looked for in papers of very many dates, names and numbers', () => {
    const many = (row: (n: number) => string) => Array.from({ length: 15_000 }, (_, n) => row(n)).join('\n');
    withoutHanging(() => areRight(toInga, withPages(...Array.from({ length: 10 }, () => many(() => '1. maj 2026')))));
    withoutHanging(() => areWrong(toMill, { text: 'Kære Møllebyens Tømrer ApS', pages: [many((n) => `Ole Brandstrup, 120370-${1_000 + (n % 9_000)}`)] }));
  });

  it('is one of two that somebody has in the letter', () => {
    const child = (number: string) => ({ ...kaere('Barn: Emma Tranholm, cpr-nr. 120313-4116'), page: `Barnets navn: Emma Tranholm\nCPR-nr.: ${number}` });
    areWrong(toInga, child('050912-5227'));
    areRight(toInga, child('1203134116'));
  });

  it('is nobody’s whom the letter is about, where two names stand beside it', () => {
    const pages = (name: string) => ({ ...kaere('Barn: Emma Tranholm, cpr-nr. 120313-4116'), page: `Patient: ${name}, 120313-4116` });
    areWrong(toInga, pages('Storm Ladegaard'));
    areRight(toInga, pages('Emma Maria Tranholm'));
  });

  it('is the recipient’s, whose name must follow it', () => {
    areWrong(toInga, kaere('Brevet vedrører CPR-nr. 080671-0012, Ole Brandstrup.'));
    areRight(toInga, kaere('Brevet vedrører CPR-nr. 080671-0012, Inga Tranholm.'));
  });

  it('of a citizen strays into a letter to a company', () => {
    const text = (says: string) => ({ text: `Kære Møllebyens Tømrer ApS\n\n${says}\n\nI får tilladelse til stillads.` });
    areWrong(toMill,
      text('Navn: Ole Brandstrup\nCPR-nr.: 120370-1111'),
      { ...text('Se brevet.'), page: 'Kvittering for modtaget ansøgning\nAnsøger\nOle Brandstrup\n120370-1111\nEngvej 65' },
      { ...text('Se brevet.'), page: 'Referat af samtale den 1. maj\nOle Brandstrups sag blev gennemgået.' },
    );
    areRight(toMill, text('I får refusion for Ole Brandstrup.\nNavn: Ole Brandstrup\nCPR-nr.: 120370-1111'), { ...text('I får refusion for Ole Brandstrup.'), page: 'Beregning\nOle Brandstrup\n120370-1111' });
  });
});

describe('a child', () => {
  it('that the letter calls by first name is no other in the field, or in the sentence that says what it gets', () => {
    areWrong(toInga,
      { text: 'Kære Inga\nEmma Tranholm har fået plads på musikskolen.\nElev: Storm Ladegaard\nVi ønsker Emma en god sæson.' },
      { text: 'Kære Inga\nStorm Ladegaard har tid hos tandlægen på mandag.\nVi vurderer, om Emma har brug for bøjle.' },
    );
    areRight(toInga,
      { text: 'Kære Inga\nEmma Tranholm har fået plads på musikskolen.\nElev: Emma Tranholm\nVi ønsker Emma en god sæson.' },
      { text: 'Kære Inga\nBarn: Storm Ladegaard\nInstitution: Vuggestuen Lille Peter' },
    );
  });
});

describe('a page in between', () => {
  it('is another’s, who is named on it again and again, and nowhere else', () => {
    const first = `Plan for Inga Tranholm\n\nKære Inga\n${SENTENCE}`;
    areWrong(toInga, withPages(first, 'Mål\n\nOle skal selv kunne overskue sin økonomi. Ole Brandstrup har set planen i maj.'));
    areRight(toInga,
      withPages(first, 'Mål\n\nInga skal selv kunne overskue sin økonomi. Ole Brandstrup har set planen. Ole kommer i maj.'),
      withPages(first, 'Mål\n\nDin søn Ole deltog i mødet. Du og Ole Brandstrup kan aftale mere.'),
      withPages(`${first}\nDin støtte er Ole Brandstrup.`, 'Mål\n\nOle kommer hver uge. Ole Brandstrup ringer først.'),
      { text: 'Kære Inga\nHer er pjecen.', pages: ['TIL DIG, DER BLIVER SYG\n\nOle Brandstrup er tømrer. Ole har ondt i ryggen.'] },
    );
  });
});

describe('somebody who is named beside what is done for the reader', () => {
  it('has a part of their own', () => {
    areRight(toInga,
      kaere('Du får aktindsigt i ansøgningen fra Ole Brandstrup.'), kaere('Der er taget hensyn til Ole Brandstrups pension.'), kaere('Beløbet er beregnet af din egen og Ole Brandstrups indkomst.'),
      kaere('Borger: Inga Tranholm\nLedsager: Ole Brandstrup\nDu har selv peget på Ole som ledsager.'), kaere('Disse personer er tilmeldt som lejere hos dig: Ole Brandstrup, Eva Ladegaard og Lars Holmgaard.'),
      kaere('Logiværten, Ole Brandstrup, har bekræftet, at du bor der.'), { text: 'Kære Inga\nEmma har fået plads i klubben.\nBarnets navn: Tranholm, Emma\nVi glæder os til at se Emma.' },
    );
  });
});

describe('a subject', () => {
  it('that is repeated as a heading names nobody whom the letter does not', () => {
    areWrong(toInga, { subject: 'Støtte til bil, Ole Brandstrup', ...withPages(`Støtte til bil, Ole Brandstrup\n\nKære Inga Tranholm\n${SENTENCE}`) });
    areRight(toInga, { subject: 'Støtte til bil, Ole Brandstrup', ...withPages(`Støtte til bil, Ole Brandstrup\n\nKære Inga Tranholm\nDin søn, Ole Brandstrup, har søgt for dig.`) });
  });
});

describe('a company', () => {
  it('is greeted by way of whom the letter is meant for there', () => {
    const text = (greeting: string) => ({ text: `${greeting}\nTilladelsen til Møllebyens Tømrer ApS er vedhæftet.`, page: 'Møllebyens Tømrer ApS\nAtt.: Eva Ladegaard\nEngvej 3' });
    areWrong(toMill, text('Hej Hans'), text('Kære Hans Nielsen'));
    areRight(toMill, text('Hej Eva'), text('Kære Eva Ladegaard'), text('Kære alle'));
  });

  it('stands below the letterhead of an authority and its department', () => {
    areRight(toMill, ...['Ydelsescentret', 'Erhvervsservice', 'Ydelsesafdelingen'].map((department) => ({ text: 'Hej\nCVR-nr.: 30415263\nSe brevet.', page: `Aastrup Kommune\n${department}\nTorvet 5\n7400 Herning\n\nMøllebyens Tømrer ApS\nEngvej 3\n7400 Herning\n\nI får tilskud.` })));
    areRight(toMill, { text: 'Se brevet.', page: 'Tlf. 86 58 93 82\nwww.aastrup.dk\nCVR-nr. 29188753\n\nMøllebyens Tømrer ApS\nEngvej 3\n\nI får tilskud.' });
  });


  it('that something is given to, decided on or made for gets the letter', () => {
    const text = (says: string) => ({ text: `Kære Møllebyens Tømrer ApS\n\nI har søgt om støtte.\n${says}` });
    for (const name of ['Nordisk Tag A/S', 'Aastrup Spejdergruppe', 'Badmintonklubben Lunden']) {
      areWrong(toMill,
        text(`Det er vores vurdering, at ${name} overholder vilkårene.`), text(`Rapporten er udarbejdet for ${name}.`), text(`Tilskuddet er givet til ${name}.`),
        text(`Tiderne er registreret på ${name}.`), text(`${name} er dermed tildelt hallen.`), text(`For leverandøren ${name}: ______________`), text(`Brevet vedrører: ${name}`),
      );
    }
    areRight(toMill, text('Det er vores vurdering, at Møllebyens Tømrer ApS overholder vilkårene.'), text('De øvrige tilbudsgivere var Nordisk Tag A/S og Holm Byg ApS.'), { text: 'Kære forening\nI har søgt om støtte.' });
  });

  it('that applies by way of another is named above it', () => {
    areRight(toMill, { text: 'Kære virksomhed\nSe brevet.', page: 'Bygherre:\nMøllebyens Tømrer ApS\nCVR-nr.:\n30415263\nAnsøger:\nHolm Byg ApS ved Ole Brandstrup\n\nI får tilladelse.' });
  });
});

describe('a letter to a couple', () => {
  const toCouple = foundFor([INGA, { kind: 'cpr', number: '1203680011', name: 'Torben Tranholm', protected: false }], ['Aastrup Kommune', 'Peter Fjord']);
  const dear = (says: string) => ({ text: `Kære Inga og Torben Tranholm\n\nVi har behandlet jeres ansøgning om støtte til en ny bil.\n\n${says}` });

  it('names both, and beside one of them nobody else', () => {
    areWrong(toCouple, dear('Påbuddet er rettet til Inga Tranholm og Ole Brandstrup som ejere.'), dear('Ejere: Ole Brandstrup og Torben Tranholm'));
    areRight(toCouple, dear('Påbuddet er rettet til Inga Tranholm og Torben Tranholm som ejere.'), dear('På mødet deltog Inga Tranholm og sagsbehandler Ole Brandstrup.'));
  });

  it('has both above the street', () => {
    const paged = (head: string) => ({ text: 'Kære Inga og Torben\nSe det vedhæftede brev.', pages: [`${head}\nEngvej 65\n8600 Silkeborg\n\nStøtte til bil\n\nKære Inga og Torben\n\nVi har behandlet jeres ansøgning.`] });
    areWrong(toCouple, paged('Ole Brandstrup\nTorben Tranholm'), paged('Inga Tranholm\nOle Brandstrup'));
    areRight(toCouple, paged('Inga Maria Tranholm\nTorben Tranholm'));
  });
});

describe('a page whose columns are one text', () => {
  const letter = `Støtte til bil\n\nKære Inga\n${SENTENCE}`;

  it('has the address of the recipient, whatever stands beside it', () => {
    for (const gap of ['   ', '        ', ' ']) {
      const head = (name: string) => withPages(`${name}${gap}Dagtilbud og Skole\nEngvej 65${gap}Rådhuset, Torvet 2\n8600 Silkeborg${gap}8600 Silkeborg\n\n${letter}`);
      areWrong(toInga, head('Ole Brandstrup'));
      areRight(toInga, head('Inga Maria Tranholm'));
    }
  });

  it('has an address that goes on below its first line', () => {
    const head = (name: string) => withPages(`${name}    Dato: 16. maj 2026\nEngvej 65\n8600 Silkeborg\n\n${letter}`);
    areWrong(toInga, head('Ole Brandstrup'));
    areRight(toInga, head('Inga Maria Tranholm'));
  });

  it('has tables, in which a label is no column', () => {
    const table = (name: string, number: string) => withPages(`${letter}\n\nForælder/betaler       ${name}\nBetalers CPR-nr.       ${number}\nTakst                  6.947 kr.`);
    areWrong(toInga, table('Ole Brandstrup', '080671-0012'), table('Inga Maria Tranholm', '120370-1111'));
    areRight(toInga, table('Inga Maria Tranholm', '080671-0012'), withPages(`Sagsnr.   24/050084\nSagsbehandler   Ole Brandstrup\nCpr-nr.   080671-0012\n\n${letter}`));
  });
});

describe('a child’s letter', () => {
  const aboutChild = (says: string) => ({ text: `Kære Inga Tranholm\n\n${says}` });

  it('calls the child by the name that it has in it', () => {
    areWrong(toInga,
      aboutChild('Tilde Tranholm er bevilget skolekørsel mellem hjemmet og Engskolen.\n\nEr Clara syg, skal du melde afbud.'),
      aboutChild('Alfred Tranholm er nu indskrevet i skolen.\n\nViggo bliver også tilbudt plads i skolens SFO.'),
    );
    areRight(toInga,
      aboutChild('Tilde Tranholm er bevilget skolekørsel mellem hjemmet og Engskolen.\n\nEr Tilde syg, skal du melde afbud.'),
      aboutChild('Alfred Tranholm er nu indskrevet i skolen. Søskende har fortrinsret.\n\nViggo bliver også tilbudt plads i skolens SFO.'),
      { text: 'Hej Alfred og forældre\n\nAlfred Tranholm er indkaldt til tandplejen på skolen.' },
    );
  });

  it('has the number of somebody a generation younger', () => {
    const child = (number: string) => withPages(`Pladsbevis\n\nForælder: Inga Maria Tranholm, CPR-nr. 080671-0012\nBarnets navn: Luna Tranholm\nCPR-nr.: ${number}`);
    areWrong(toInga, child('190368-3271'));
    areRight(toInga, child('190305-5271'));
  });
});

describe('a letter to a company', () => {
  it('has no number of a citizen of whom nothing is said, and no citizen’s letter in between', () => {
    const first = 'Tilladelse til Møllebyens Tømrer ApS\n\nTil Møllebyens Tømrer ApS\n\nI får tilladelse til stillads.';
    const says = (line: string) => ({ text: `Til Møllebyens Tømrer ApS\nCVR-nr.: 30415263\n${line}\n\nI får tilladelse til stillads.` });
    areWrong(toMill,
      says('CPR-nr.: 201092-0527'), says('Sagen er registreret på cpr-nr. 261159-3587.'), says('Oplys venligst CPR-nr. 110597-2800.'),
      { text: 'Til Møllebyens Tømrer ApS\nSe brevet.', pages: [first, 'Ole Brandstrup\nEngvej 65\n8600 Silkeborg\n\nIndkaldelse\n\nKære Ole Brandstrup\n\nVi indkalder dig til samtale.'] },
    );
    areRight(toMill,
      says('Refusionen gælder jeres medarbejder Ole Brandstrup, CPR-nr. 201092-0527.'),
      { text: 'Til Møllebyens Tømrer ApS\nv/ Ole Brandstrup\nEngvej 65\n8600 Silkeborg\n\nI får tilladelse til stillads.' },
    );
  });
});

describe('what a line’s end breaks', () => {
  it('is a number still, wherever it is broken', () => {
    for (const at of [1, 4, 6, 7, 8]) {
      const broken = (number: string) => withPages(`Støtte til bil\n\nKære Inga Maria Tranholm\n\nCPR-nr. ${number.slice(0, at)}\n${number.slice(at)}\n\n${SENTENCE}`);
      areWrong(toInga, broken('1203701111'), broken('120370-1111'));
      areRight(toInga, broken('0806710012'), broken('080671-0012'));
    }
    areRight(toInga, withPages(`Støtte til bil\n\nKære Inga\n\nCPR-nr. 080671-0012\n12 34 56 78\n\n${SENTENCE}`));
  });
});

describe('somebody who tells of themselves', () => {
  it('is the one whom the letter is to', () => {
    areWrong(toInga,
      kaere('Ole Brandstrup har oplyst, at han fortsat bor alene.'),
      kaere('Ole Brandstrup, CPR-nr. 120370-1111, har den 18. juli 2025 oplyst, at Ole ønsker sagen afgjort.'),
      kaere('Afgørelsen betyder, at Ole Brandstrup fra den 1. juli ikke længere skal betale.'),
    );
    areRight(toInga,
      kaere('Inga Tranholm har oplyst, at hun fortsat bor alene.'),
      kaere('Din læge Ole Brandstrup har oplyst, at han fortsat følger dig.'),
      kaere('Ole Brandstrup har oplyst, at du fortsat bor på adressen.'),
    );
  });
});

describe('words that only look like a name’s place', () => {
  it('are left alone', () => {
    areRight(toInga,
      kaere('Flyttet med dig: Emma Bjerregaard (født 11. juli 2010) og August Bjerregaard (født 10. juli 2013)'),
      kaere('Bevillingen gælder, til Storm begynder i det nye tilbud.'),
      withPages(`Til Lykke Med Guldbrylluppet\n\nKære Inga Tranholm\n\n${SENTENCE}`),
      withPages(`Støtteplan\n\nKære Inga\n${SENTENCE}`, 'Støtteplan, Inga Tranholm, 080671-0012\n\nMål 1: Inga kommer ud.'),
      kaere('Dine bemærkninger bliver sendt til ansøger, Ole Brandstrup.'),
    );
    areRight(toMill,
      { text: 'Til Møllebyens Tømrer ApS\n\nI får tilladelse til stillads.\n\nAastrup Kommune · Torvet 2, 8600 Silkeborg · CVR 29188165 · EAN 5798004365014' },
      { text: 'Til Møllebyens Tømrer ApS\nSe brevet.', pages: ['Møllebyens Tømrer ApS\nAtt.: Kumaran Sivalingam\nEngvej 65\n8600 Silkeborg\n\nI får tilladelse til stillads.'] },
      { subject: 'Miljøtilsyn, P-nr. 1005291234 vedr. Møllebyens Tømrer', text: 'Til Møllebyens Tømrer ApS\n\nVi kommer på tilsyn.' },
    );
  });
});

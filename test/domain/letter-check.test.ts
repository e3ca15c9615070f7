import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkLetter, unlookedLetter, type LetterFinding, type LetterQuestion, type LetterRecipient } from '../../src/domain/letter-check.ts';
import { letterFindingText } from '../../src/domain/letter-finding-text.ts';

const NANCY: LetterRecipient = { kind: 'cpr', number: '2512489996', name: 'Nancy Ann Test Berggren', protected: false };
const KIRSTEN: LetterRecipient = { kind: 'cpr', number: '2911829996', name: 'Kirsten Holm', protected: false };
const COMPANY: LetterRecipient = { kind: 'cvr', number: '12345678', name: 'Holm Byg ApS', protected: false };
const called = (name: string): LetterRecipient => ({ ...NANCY, name });

type Asked = Partial<LetterQuestion> & { readonly pdf?: string };

function check({ pdf, ...question }: Asked): readonly LetterFinding[] {
  const files = pdf === undefined ? [] : [{ name: 'Brev.pdf', pages: [pdf] }];
  return checkLetter({ recipients: [NANCY], rightNames: ['Aarhus Kommune', 'Borgerservice'], subject: 'Brev', text: 'Kære Nancy', files, today: new Date('2026-08-20T10:00:00Z'), ...question });
}

/** What is found, in short: kind, place, the find. */
const found = (question: Asked) => check(question).map(({ kind, where, quote }) => [kind, where.place, quote?.found ?? null].join(' '));

function isRight(...questions: readonly Asked[]): void {
  for (const question of questions) assert.deepEqual(found(question), [], JSON.stringify(question));
}

function isWrong(...questions: readonly Asked[]): void {
  for (const question of questions) assert.notDeepEqual(found(question), [], JSON.stringify(question));
}

const greeted = (...greetings: readonly string[]) => greetings.map((greeting) => ({ text: `${greeting}\n\nVi skriver til dig.` }));

describe('a greeting', () => {
  it('fits the recipient in every way a name is written', () => {
    isRight(...greeted(
      'Kære Nancy', 'Kære Nancy Berggren,', 'Hej Nancy Ann!', 'kære nancy', 'KÆRE NANCY BERGGREN', 'Kære N. Berggren', 'Kære Fru Berggren', 'Kære familien Berggren', 'Hej Nancy 😊', 'Hej Nancy - tak for din mail.',
      'Kære Nancy. Tak for din mail.', 'Kære Nancy Tak for din mail.', 'Kære Nancy, Du har bedt om svar', 'Kære Nancy og Kirsten', 'Dear Nancy',
    ));
    isRight(
      { recipients: [called('Sofie Møller von der Lühe')], text: 'Kære Sofie Moeller von der Luehe' },
      { recipients: [called('Sofie Møller von der Lühe')], text: 'Kære Sofie Møller v.d. Lühe' },
      { recipients: [called("Jens O'Brien-Aagaard")], text: 'Kære Jens O’Brien Ågård\n\nJens’ ansøgning er modtaget.' },
      { recipients: [called('Hans Christian Jensen')], text: 'Kære Hans-Christian' },
      { recipients: [called('Anne-Marie Holm')], text: 'Kære Annemarie' },
      { recipients: [called('Christian Thygesen')], text: 'Kære Kristian Tygesen' },
      { recipients: [called('Ahmed El-Sayed')], text: 'Kære Ahmed Elsayed' },
      { recipients: [called('Berggren,Nancy Ann')], text: 'Kære Nancy Berggren' },
      { recipients: [called('Li Wei')], text: 'Kære Wei Li' },
    );
  });

  it('is nobody’s where it greets no one by name', () => {
    isRight(...greeted(
      'Kære borger', 'Kære Borgere', 'Kære alle', 'Kære forældre i 3.b', 'Kære Hundeejer', 'Kære Studerende', 'Kære pårørende', 'Til rette vedkommende', 'Kære Ansøger', 'Kære medarbejder', 'Kære kunde', 'Kære beboer på Birkevej',
      'Hej med dig', 'Hej igen', 'Kære modtager af hjemmehjælp', 'Kære Kommende Forældre', 'Kære frivillige', 'Hej I to', 'Dear Sir or Madam', 'Kære forælder til Emma Hansen', 'Kære Emmas forældre', 'Hej',
    ));
  });

  it('to somebody else is told, with where it stands', () => {
    isWrong(...greeted(
      'Kære Hanne', 'Hej Hr. Jensen', 'hej hanne', 'Kære Nancy Hansen', 'Kære Hanne Berggren', 'Kære Peter Møller Nielsen', 'Kære Lars og Mette Berggren', 'Kære Fatima Al-Rashid', 'Kære Fru al-Masri', 'Kære Kwabena', 'Kære Bob', 'Hanne Madsen,',
    ));
    assert.deepEqual(found({ text: 'Kære Hanne Madsen,\n\nhej' }), ['other-name greeting Hanne Madsen']);
  });

  it('to any of several recipients is right', () => {
    const recipients = [NANCY, KIRSTEN];
    isRight({ recipients, text: 'Kære Kirsten\n\nCPR 251248-9996' }, { recipients, text: 'Kære Nancy og Kirsten' });
    isWrong({ recipients, text: 'Kære Hanne' });
  });

  it('in a mail that is quoted below is the other’s', () => {
    isRight(
      { text: 'Hej Nancy\n\nOk.\n\nMvh Mette\n\nFra: Nancy Berggren <n@b.dk>\nSendt: 1. maj 2026\nTil: Mette Holm <mh@aarhus.dk>\n\nKære Mette\nKan du hjælpe Hans Nielsen?' },
      { text: 'Hej Nancy\n\nOk.\n\nMvh Mette\n\n> Kære Mette\n> Tak\n> Hans' },
    );
  });
});

describe('a CPR number', () => {
  it('that is no recipient’s is told, however it is written', () => {
    for (const number of ['120365-1234', '1203651234', '120365 1234', '120365 - 1234', '120365-\n1234', '120365\u20111234', '120365\u00a01234', '１２０３６５１２３４', '12.03.65-1234', '1 2 0 3 6 5 - 1 2 3 4']) {
      assert.deepEqual(found({ text: `Kære Nancy\n\nDit CPR-nr. er ${number}.` }), ['other-cpr text 120365-xxxx'], number);
      assert.deepEqual(found({ pdf: `Personnr.: ${number}` }), ['other-cpr page 120365-xxxx'], number);
    }
  });

  it('of the recipient is right, however it is written', () => {
    for (const number of ['251248-9996', '2512489996', '251248 9996', '251248-\n9996', '２５１２４８-９９９６', '2 5 1 2 4 8 - 9 9 9 6']) isRight({ text: `Kære Nancy\n\nCPR-nr.: ${number}` });
  });

  it('of a child, a spouse, a parent, a ward is right where the letter says so, and the birth date can be', () => {
    isRight(
      { text: 'Kære Nancy\n\nDit barn Emma Sofie Hansen, CPR 010115-5234, har fået plads. Emmas far, Lars Hansen (120380-1111), er orienteret.' },
      { text: 'Kære Nancy\n\nDin ægtefælle, Lars Holm, CPR 120348-1111, skal skrive under.' },
      { text: 'Kære Nancy\n\nDin mor, Else Jensen (010125-1111), er visiteret.' },
      { text: 'Kære Nancy\n\nDu er værge for Hans Nielsen (010140-1111). På vegne af Hans Nielsen skal du sende regnskab.' },
      { text: 'Kære Nancy\n\nFølgende flytter med dig:\n- Lars Holm, 120348-1111\n- Emma Holm, 010115-5234' },
      { text: 'Kære Nancy\n\nHendes personnummer er 010115-5234.' },
      { subject: 'Plads i dagpleje', text: 'Kære Nancy\n\nEmma Holm (010118-5234) kan begynde i dagplejen.' },
    );
    isWrong(
      { text: 'Kære Nancy\n\nDit barn har fået plads. Dit CPR-nr. er 120365-1234.' },
      { text: 'Kære Nancy Berggren\n\nHusstanden:\nNancy Berggren, 120365-1234\nEmma Holm, barn, 010115-5234' },
    );
  });

  it('is not seen in other numbers', () => {
    isRight({ text: 'Kære Nancy\n\nEAN 5798001234567, faktura 2512489012, konto 1234 2512489012, tlf. 25124890, sagsnr. 251248-1234, afgift 1004711234, reg.nr. 2512 konto 2512489012.' });
    isRight({ text: 'Kære Nancy\n\n3212489996, 251348-9996, dokument 251248-9996-3, 12512481-2345-1111-2222-123456789012, +4525124890, P-nr. 1012345678.' });
  });

  it('in the subject stops the letter, whosever it is, also in a mass send', () => {
    for (const subject of ['Sag 251248-9996', '1203651234', 'Brev om 120365 1234', 'Rykker for regning ２５１１０３-７８９２']) {
      const [finding] = check({ subject });
      assert.deepEqual([finding?.kind, finding?.grade], ['subject-cpr', 'stop'], subject);
    }
    assert.deepEqual(found({ recipients: [], subject: 'Sag 251248-9996', text: 'Kære Hanne\n\nCPR 120365-1234', pdf: 'Navn: Hans Nielsen' }), ['subject-cpr subject 251248-xxxx']);
    isRight({ subject: 'Faktura nr. 2512489012' });
  });
});

describe('a name in a place for the recipient’s', () => {
  it('that is somebody else’s is told', () => {
    isWrong(
      { pdf: 'Hans Nielsen\nBirkevej 12\n8000 Aarhus C\n\nAfgørelse' }, { pdf: 'Nielsen, Hans Peter\nBirkevej 12\n8000 Aarhus C' }, { pdf: 'Navn\nHans Nielsen\nAdresse\nBirkevej 12' }, { pdf: 'NAVN: HANS NIELSEN' },
      { pdf: 'Aarhus Kommune Jobcenter Hans Nielsen Birkevej 12 8000 Aarhus C Kære Hans Nielsen Du har søgt.' }, { pdf: 'Handleplan for Hans Nielsen\nUdarbejdet af Mette Holm' }, { pdf: 'Sagen vedrører Hans Nielsen.' },
      { pdf: 'Bevilling\n\nHans Nielsen er bevilget fire timers hjælp.' }, { pdf: 'Parkeringsafgift til Hans Nielsen, Birkevej 12' }, { pdf: 'Patient: Hans Nielsen\nLæge: Anne Friis' }, { pdf: 'Hans Nielsen, 251248-9996' },
      { pdf: 'Referat\nDeltagere: Hans Nielsen, Mette Holm (jobcentret)\nHans Nielsen fortæller om sin ryg.' },
      { text: 'Kære Nancy\n\nDu, Hans Nielsen, har ret til hjælp.' }, { text: 'Kære Nancy\n\nVedr.: Hans Nielsen' }, { text: 'Til: Hans Nielsen\n\nDu er indkaldt.' }, { text: 'Kære Nancy\n\nVi har behandlet Hans Nielsens ansøgning.' },
      { subject: 'Vedr. Hans Nielsens sag' }, { subject: 'Afgørelse til Hans Nielsen' }, { subject: 'Boligstøtte (Hans Nielsen)' },
    );
  });

  it('is right in any spelling when it is the recipient’s', () => {
    isRight(
      { subject: 'Afgørelse til Nancy Berggren' }, { pdf: 'BERGGREN, NANCY ANN\nBirkevej 12\n8000 Aarhus C' }, { pdf: 'Navn: Nancy A. Berggren\nCPR: 251248-9996' }, { pdf: 'Afgørelse i Nancy Berggrens sag' },
      { pdf: 'Aarhus Kommune Socialforvaltningen Værkmestergade 15 8000 Aarhus C Nancy Ann Test Berggren Birkevej 12 8000 Aarhus C Sagsbehandler Mette Holm CPR-nr. 251248-9996 Kære Nancy Vi har behandlet din ansøgning.' },
    );
  });

  it('says nothing of names that are not known, nor of a recipient whose name is not', () => {
    isRight({ recipients: [{ ...NANCY, name: null }], text: 'Kære Hanne Madsen\n\nNavn: Hans Nielsen' });
  });
});

describe('the name of a file', () => {
  const named = (name: string, text = 'Kære Nancy') => found({ text, files: [{ name, pages: ['Se brevet.'] }] });

  it('is read as a subject is, however its words are joined', () => {
    for (const name of ['Afgørelse Hans Nielsen.pdf', 'Afgørelse_Hans_Nielsen.pdf', 'afgørelse-hans-nielsen.pdf', 'AfgørelseHansNielsen.pdf', 'sag 26-123456 Hans Nielsen.docx']) assert.deepEqual(named(name), ['other-name file Hans Nielsen'], name);
    for (const name of ['120365-1234.pdf', 'Afgørelse_1203651234.pdf', 'afgørelse 120365_1234.pdf', 'Brev-120365-1234-underskrevet.pdf']) assert.deepEqual(named(name), ['other-cpr file 120365-xxxx'], name);
    assert.deepEqual(found({ files: [{ name: 'Hans Nielsen.pdf', pages: null }] }), ['other-name file Hans Nielsen', 'unread file ']);
  });

  it('may hold the recipient’s name and number, dates, and those whom the letter tells of', () => {
    for (const name of ['Afgørelse Nancy Berggren.pdf', '251248-9996.pdf', 'Brev 2026-08-20.pdf', '20260820101112.pdf', 'Lokalplan Niels Bohrs Vej.pdf']) assert.deepEqual(named(name), [], name);
    assert.deepEqual(named('CV Mette Holm.pdf', 'Kære Nancy\n\nDin mentor, Mette Holm, begynder mandag.'), []);
    assert.deepEqual(named('Referat Mette Holm.pdf', 'Kære Nancy\n\nHer er referatet.\n\nVenlig hilsen\nMette Holm'), []);
  });
});

describe('others who are rightly in a letter', () => {
  it('are caseworkers, doctors, trades and those who sign', () => {
    isRight(
      { text: 'Kære Nancy\n\nDin sagsbehandler er Mette Holm. Ring til Mette Holm på 12345678.\n\nVenlig hilsen\nMette Holm\nSocialrådgiver\nRådhuspladsen 2\n8000 Aarhus C' },
      { text: 'Kære Nancy\n\nAnsøgningen er behandlet af Lars Holm, og afgørelsen er truffet af udvalget ved formand Peter Friis.' },
      { text: 'Kære Nancy\n\nSom aftalt mødes vi hos Mette Holm, Birkevej 3, 8000 Aarhus C. Din nabo Hans Nielsen har klaget over støj.' },
      { subject: 'Ny sagsbehandler: Mette Holm' }, { subject: 'Kursus med Anne Friis' },
      { pdf: 'LEJEKONTRAKT\nUdlejer: Hans Nielsen, Birkevej 3, 8000 Aarhus C\nLejer: Nancy Berggren, CPR 251248-9996' },
      { pdf: 'Deltagere: Nancy Berggren, Mette Holm (Aarhus Kommune), Lars Friis (tolk)\nKopi til: Anne Lund' },
      { pdf: 'STATUSATTEST\nPatientens navn: Nancy Berggren\nLægens navn: Anne Friis' },
    );
  });

  it('are in papers for everybody', () => {
    isRight(
      { pdf: 'Vejledning til dig, der er pårørende\n\nSkrevet af Mette Holm og Lars Friis\nLæs mere om Anne Marie, som fik demens.' },
      { pdf: 'Bestyrelsen\nHans Nielsen\nMette Holm\nLars Friis\n\nReferat' }, { pdf: 'Prisliste 2026\nKontakt: Mette Holm, Rådhuspladsen 2, 8000 Aarhus C\nTlf. 12345678' },
    );
  });

  it('are companies, schools and streets with people’s names', () => {
    isRight({ text: 'Kære Nancy\n\nTømrermester Hans Nielsen ApS, Bent Andersens Auto og Jensen & Søn laver arbejdet på H.C. Andersens Boulevard 3, Hans Broges Gade og N. Zahles Skole.' });
    isRight({ text: 'Kære Nancy\n\nDu kan hente nøglen her:\nSundhedshus Nord\nSkolegade 3\n8000 Aarhus C' });
  });
});

describe('a company', () => {
  const recipients = [COMPANY];
  it('is written to about others, by way of others', () => {
    isRight(
      { recipients, text: 'Kære Lars\n\nVi har udbetalt refusion for jeres medarbejder Hans Nielsen, 120380-1111.' },
      { recipients, text: 'Holm Byg\nAtt. Lars Holm\nIndustrivej 3\n8000 Aarhus C\n\nKære Lars Holm\n\nVi kommer på tilsyn.' },
      { recipients: [{ ...COMPANY, name: 'Malermester Hansen v/Peter Hansen' }], text: 'Kære Peter Hansen' },
    );
  });

  it('is not another company', () => {
    isWrong({ recipients, text: 'Nordisk Tag A/S\nIndustrivej 3\n8000 Aarhus C\n\nVi kommer på tilsyn.' }, { recipients, text: 'Kære Nordisk Tag A/S' }, { recipients, text: 'Til Nordisk Tag A/S\n\nVi kommer.' });
  });
});

describe('a protected recipient', () => {
  it('is not named in a subject, nor their address', () => {
    const recipients = [{ ...NANCY, protected: true }];
    assert.deepEqual(found({ recipients, subject: 'Flytning til Birkevej 12' }), ['subject-protected subject Birkevej 12']);
    assert.deepEqual(found({ recipients, subject: 'Afgørelse til Nancy Berggren' }), ['subject-protected subject Nancy Berggren']);
    assert.deepEqual(found({ recipients: [{ ...NANCY, name: null, protected: true }], subject: 'Brev til Hans Nielsen' }), ['subject-protected subject Hans Nielsen']);
    assert.deepEqual(found({ recipients, subject: 'Indkaldelse til samtale i Aarhus Kommune' }), []);
  });
});

describe('what is told of a find', () => {
  it('is the place in one line, and every number masked, also those that are right', () => {
    const [finding] = check({ text: 'Kære Nancy\n\nDit CPR-nr. er 251248-9996.\nDin sag om 120365-\n1234 er lukket; ring om 010203 4567.' });
    assert.deepEqual(finding?.quote, { before: 'Kære Nancy Dit CPR-nr. er 251248-xxxx. Din sag om ', found: '120365-xxxx', after: ' er lukket; ring om 010203-xxxx.' });
    assert.equal(finding?.recipientName, 'Nancy Ann Test Berggren');
  });

  it('is at most sixty characters on either side', () => {
    const [finding] = check({ text: `Kære Nancy\n\n${'ord '.repeat(60)}CPR 120365-1234 ${'ord '.repeat(60)}` });
    assert.ok(finding?.quote && finding.quote.before.length <= 60 && finding.quote.after.length <= 60);
  });

  it('is one find for a number or name in the text, and one in each file', () => {
    const text = 'Kære Hanne\n\nCPR 120365-1234 og CPR 120365-1234';
    assert.equal(check({ text, files: [{ name: 'a.pdf', pages: ['CPR 120365-1234', 'CPR 120365-1234'] }, { name: 'b.pdf', pages: ['CPR 120365-1234'] }] }).length, 4);
  });

  it('has a key that stays while the words around it stay, and holds no number', () => {
    const keyOf = (text: string) => check({ text }).map(({ key }) => key);
    assert.deepEqual(keyOf('Kære Nancy\n\nCPR 120365-1234'), keyOf('Kære Nancy\n\nCPR 120365-1234'));
    assert.notDeepEqual(keyOf('Kære Nancy\n\nCPR 120365-1234'), keyOf('Kære Nancy\n\nCPR 120365-1235'));
    assert.notDeepEqual(keyOf('Kære Hanne'), keyOf('Kære Hanne\n\nog mere'));
    for (const key of keyOf('Kære Hanne\n\nCPR 120365-1234')) assert.match(key, /^[a-z-]+\.[0-9a-z]{1,5}$/);
  });

  it('says of a file that cannot be read that somebody must look', () => {
    const [finding] = check({ files: [{ name: 'scan.pdf', pages: null }] });
    assert.deepEqual([finding?.kind, finding?.grade, finding?.where, finding?.quote], ['unread', 'look', { place: 'file', file: 'scan.pdf' }, null]);
  });

  it('says of a file for which a whole letter has no room any more that somebody must look', () => {
    const page = 'ord '.repeat(45_000);
    const files = Array.from({ length: 3 }, (_, n) => ({ name: `${n}.docx`, pages: Array.from({ length: 5 }, () => page) }));
    const found = check({ files: [...files, { name: 'kort.pdf', pages: ['CPR 120365-1234'] }] });
    assert.deepEqual(found.map(({ kind, where }) => [kind, 'file' in where && where.file]), [['unread', '2.docx'], ['other-cpr', 'kort.pdf']]);
  });

  it('says of a letter that nobody had time to look at that somebody must look, and what stands in its subject', () => {
    const question = { recipients: [NANCY], rightNames: [], subject: 'Sag 120365-1234', text: 'Kære Hanne', files: [{ name: 'a.pdf', pages: ['Til Hanne'] }], today: new Date('2026-08-20T10:00:00Z') };
    assert.deepEqual(unlookedLetter(question).map((finding) => letterFindingText(finding, NANCY.name)), [
      'Der står et CPR-nummer i emnet. Emnet kan ses på låste skærme. Der står: »Sag 120365-xxxx«',
      'Tjekket kan ikke læse teksten. Se selv efter, at den er til Nancy Ann Test Berggren.',
      'Tjekket kan ikke læse »a.pdf«. Se selv efter, at den er til Nancy Ann Test Berggren.',
    ]);
    assert.deepEqual(unlookedLetter({ ...question, recipients: [] }).map(({ kind }) => kind), ['subject-cpr']);
  });

  it('is said in Danish with the place', () => {
    const texts = check({ subject: 'Sag 120365-1234', text: 'Kære Hanne', pdf: 'CPR 120365-1234' }).map((finding) => letterFindingText(finding, NANCY.name));
    assert.deepEqual(texts, [
      'Der står et CPR-nummer i emnet. Emnet kan ses på låste skærme. Der står: »Sag 120365-xxxx«',
      'Hilsenen nævner »Hanne«. Modtageren hedder Nancy Ann Test Berggren. Der står: »Kære Hanne«',
      'Der står et andet CPR-nummer end modtagerens i »Brev.pdf«, side 1. Der står: »CPR 120365-xxxx«',
    ]);
  });
});

describe('whatever stands in a letter', () => {
  const signs = fc.constantFrom('Kære ', 'Hans Nielsen', 'Nancy', '120365-1234', '251248-9996', '\n', ', ', '. ', 'Navn: ', 'Til ', 'din ', 'barn ', 'von ', 'ÆØÅ', '1 2 0 3', '(', ')', ':', '\u0301', '\ud800', 'İ', 'Birkevej 12', '8000 Aarhus C', 'Med venlig hilsen');
  const letter = fc.array(fc.oneof(signs, fc.string({ maxLength: 12, unit: 'grapheme' })), { maxLength: 60 }).map((parts) => parts.join(''));

  it('there is an answer, and no number in it that can be read', () => {
    fc.assert(fc.property(letter, letter, letter, (subject, text, page) => {
      const told = JSON.stringify(checkLetter({ recipients: [NANCY], rightNames: [], subject, text, files: [{ name: 'a.pdf', pages: [page] }], today: new Date('2026-08-20T10:00:00Z') }));
      assert.doesNotMatch(told, /120365-?1234|251248-?9996/);
    }), { numRuns: 300 });
  });

  it('takes time that grows with the text alone', () => {
    const long = (piece: string) => check({ text: piece.repeat(Math.ceil(150_000 / piece.length)) });
    for (const piece of ['Kære Hans Nielsen, ', '120365-1234 ', 'a', 'A ', '1', '\n', 'Navn: Hans Nielsen\nBirkevej 12\n8000 Aarhus C\n', 'din søn Emma Hansen og ', 'é\u0301']) assert.ok(Array.isArray(long(piece)));
    // Each name another: those that are explained must not be held against each of the rest.
    const names = Array.from({ length: 3_000 }, (_, n) => `Hans ${'abcdefghij'.charAt(n % 10).toUpperCase()}${n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)))}sen`);
    for (const line of [(name: string) => `din søn ${name}, 120315-5234. ${name}el 120365-1234`, (name: string) => `Sagsbehandler ${name}. Vedr. ${name}el`]) assert.ok(Array.isArray(check({ text: names.map(line).join('\n') })));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { ProblemCode, ProblemParameters } from '../../src/domain/problem.ts';
import { problemHeadline, problemOf, problemRemedy } from '../../src/domain/problem.ts';
import { problemTexts } from '../../src/domain/problem-texts.ts';
import { megabytes } from '../../src/domain/shown-text.ts';

const cpr = '2512489996';
const address = `${cpr}@35833684.ngdp.digital-post.dk`;
const file = `brev om ${cpr}.pdf`;

// One case of every code, with a CPR number wherever one may come along, and the words that its text must hold.
const cases: { readonly [Code in ProblemCode]: { readonly with: ProblemParameters[Code]; readonly says: string[] } } = {
  'address-malformed': {
    with: { address, reason: 'nummeret skal have 10 eller 8 cifre', example: '12345678@35833684.ngdp.digital-post.dk' },
    says: ['Nummeret skal have 10 eller 8 cifre.', '12345678@35833684.ngdp.digital-post.dk', '35833684.ngdp'],
  },
  'citizen-contact-point': { with: { address }, says: ['en borger har ikke kontaktpunkter'] },
  'channel-not-available': { with: { address, channel: 'mit.dk' }, says: ['mit.dk', 'DPG-administratoren'] },
  'sender-unknown': { with: { address, sender: '99999999' }, says: ['99999999', 'CVR-nummer'] },
  'sender-not-allowed': {
    with: { mailbox: 'hr@kommune.example', sender: 'Jobcenter', allowedMailboxes: ['jobcenter@kommune.example'] },
    says: ['hr@kommune.example', 'Jobcenter', 'jobcenter@kommune.example'],
  },
  'mailbox-not-secure': { with: { mailbox: 'a@kommune.example' }, says: ['a@kommune.example', 'sikker postkasse'] },
  'mailbox-may-not': {
    with: { mailbox: 'vikar@kommune.example', what: 'masseforsendelser' },
    says: ['vikar@kommune.example må ikke sende masseforsendelser'],
  },
  'mailbox-not-connected': {
    with: { mailbox: 'hr@kommune.example', channel: 'Digital Post' },
    says: ['hr@kommune.example er ikke koblet til Digital Post'],
  },
  'from-ambiguous': { with: { addresses: ['a@x.example', 'b@x.example'] }, says: ['a@x.example og b@x.example'] },
  'envelope-foreign': {
    with: { envelopeFrom: 'ond@evil.example', from: 'jobcenter@kommune.example' },
    says: ['ond@evil.example', 'jobcenter@kommune.example'],
  },
  'originator-foreign': { with: { originator: 'ond.example' }, says: ['ond.example', 'DPG-administratoren'] },
  'empty-envelope-sender': { with: { address }, says: ['MAIL FROM'] },
  'too-many-recipients': { with: { count: 101, max: 100 }, says: ['101', '100'] },
  'too-many-attachments': {
    with: { count: 12, max: 10, channels: ['Digital Post', 'e-Boks'] },
    says: ['12 vedhæftninger (højst 10)', 'Digital Post og e-Boks', 'Fjern 2'],
  },
  'file-type-not-allowed': {
    with: { files: ['kør mig.exe', 'x.BAT'], channel: 'mit.dk' },
    says: ['filtyperne .exe og .bat understøttes ikke i mit.dk', 'kør mig.exe', 'x.BAT'],
  },
  'file-macros': { with: { files: [file] }, says: ['makroer'] },
  'file-disguised': { with: { files: [file] }, says: ['ikke den slags fil'] },
  'file-encrypted': { with: { files: [file] }, says: ['adgangskode'] },
  'file-active': { with: { files: [file] }, says: ['programkode'] },
  'file-empty': { with: { files: [file, 'b.pdf'] }, says: ['er tomme', 'b.pdf'] },
  'file-damaged': { with: { files: [file] }, says: ['ødelagt'] },
  'body-pdf-not-pdf': { with: { file: 'Body.pdf' }, says: ['»Body.pdf« er ikke en PDF'] },
  'body-pdf-twice': { with: { count: 2 }, says: ['2 filer med navnet body.pdf'] },
  'tnef-unreadable': { with: { files: ['winmail.dat'] }, says: ['winmail.dat', 'HTML'] },
  'memo-header-wrong': {
    with: { file: 'MemoHeader.json', field: 'KLE-emnet', value: cpr, reason: 'Et KLE-emne skrives som 32.30.04.' },
    says: ['KLE-emnet »251248-xxxx« kan ikke bruges', '32.30.04', 'Flere oplysninger', 'MemoHeader.json'],
  },
  'memo-header-twice': {
    with: { files: ['MemoHeader.json', 'MemoHeader (1).json'] },
    says: ['flere udgaver', '»MemoHeader.json« og »MemoHeader (1).json«'],
  },
  'mail-guard': {
    with: { addresses: ['ven@example.org', `${cpr}@example.org`], home: 'kommunen' },
    says: ['ven@example.org og 251248-xxxx@example.org er uden for kommunen og ikke godkendt', 'Godkend adresserne'],
  },
  'letter-mismatch': {
    with: { count: 1, findings: [`Teksten nævner »Hans Nielsen«. Der står: »Hans Nielsen, ${cpr}«`] },
    says: ['skrevet til en anden end modtageren', '»Hans Nielsen, 251248-xxxx«', 'Ret brevet eller modtageren'],
  },
  'memo-header-leak': {
    with: { file: 'MemoHeader.json', addresses: ['x@evil.example'] },
    says: ['»MemoHeader.json« må ikke sendes til x@evil.example'],
  },
  'mass-list-leak': { with: { file: 'masseforsendelse.txt', addresses: [] }, says: ['masseforsendelse.txt', 'bilag'] },
  'mass-list-missing': { with: { file: 'masseforsendelse.txt' }, says: ['listen masseforsendelse.txt mangler'] },
  'mass-list-twice': {
    with: { files: ['masseforsendelse.txt', 'masseforsendelse (1).txt'] },
    says: ['2 lister', '»masseforsendelse.txt« og »masseforsendelse (1).txt«'],
  },
  'mass-list-empty': { with: { file: 'masseforsendelse.txt' }, says: ['masseforsendelse.txt er tom'] },
  'mass-list-wrong-type': { with: { file: 'masseforsendelse.txt' }, says: ['ikke en tekstfil', 'ren tekst'] },
  'mass-list-too-large': { with: { bytes: 70_000_000, max: 64_000_000 }, says: ['70,0 MB', '64,0 MB'] },
  'mass-list-lines': {
    with: { count: 2, lines: ['linje 2: »CPR« (ikke et nummer)', `linje 5: »${cpr}; x« (andet end et nummer)`] },
    says: ['2 linjer i masseforsendelse.txt', 'Linje 2: »CPR« (ikke et nummer); linje 5: »251248-xxxx; x«'],
  },
  'mass-list-duplicates': { with: { count: 1, lines: ['linje 3 og 7'] }, says: ['1 nummer står flere gange', 'linje 3 og 7'] },
  'mass-list-count': { with: { addressCount: 3, listCount: 2 }, says: ['adressen siger 3, men listen har 2'] },
  'mass-too-many-recipients': { with: { count: 1_000_001, max: 1_000_000 }, says: ['1000001', '1000000'] },
  'mass-not-alone': {
    with: { address: 'masseforsendelse-2@35833684.ngdp.digital-post.dk', others: [address] },
    says: ['masseforsendelse-2@', 'sendes alene', 'uden andre modtagere'],
  },
  'own-letter-mismatch': {
    with: { rowsWithoutFile: ['linje 3 (251248-xxxx)'], filesWithoutRow: [`»${cpr}.pdf«`], filesTwice: ['linje 4 (12345678)'] },
    says: ['Mangler brev: linje 3', 'Har mere end ét brev: linje 4', 'Hører ikke til nogen linje: »251248-xxxx.pdf«'],
  },
  'own-letter-and-body-pdf': { with: { file: 'body.pdf' }, says: ['»body.pdf«', 'breve til de enkelte'] },
  'merge-file': { with: { file: 'masseforsendelse.csv', reason: 'Den er tom.' }, says: ['»masseforsendelse.csv« kan ikke bruges', 'Den er tom.', 'semikolon'] },
  'merge-and-letters': { with: { files: ['body.pdf', file] }, says: ['»body.pdf«', 'af mailens tekst'] },
  'merge-mismatch': {
    with: { linesWithoutRow: ['linje 3 (251248-xxxx)'], rowsWithoutLine: [`række 4 (${cpr})`], rowsTwice: ['række 5 og 7'], unreadable: ['række 6: »abc«'] },
    says: ['Mangler række: linje 3', 'Står ikke på listen: række 4', 'Samme nummer: række 5 og 7', 'Er ikke et nummer: række 6'],
  },
  'merge-fields': { with: { reasons: ['»{Navm}« er ikke en kolonne.'], columns: ['Navn', `Sag ${cpr}`] }, says: ['»{Navm}« er ikke en kolonne.', 'Navn', '{Navn}'] },
  'merge-values': { with: { count: 2, rows: ['række 3: Navn', 'række 4: Dato'] }, says: ['2 rækker', 'række 3: Navn'] },
  'send-at-unreadable': { with: { written: 'i morgen' }, says: ['»i morgen«', '2026-12-01T08:00'] },
  'send-at-too-far': { with: { written: '2126-12-01T08:00', days: 366 }, says: ['2126-12-01', 'højst 366 dage'] },
  'approval-nobody': { with: { count: 600, max: 500 }, says: ['600 modtagere', 'flere end 500'] },
  'memo-too-large': { with: { bytes: 99_500_001, max: 99_500_000 }, says: ['99,6 MB', 'højst 99,5 MB'] },
  'contact-point-too-many-attachments': {
    with: { contactPoint: `Post om ${cpr}`, count: 3, max: 1, channel: 'Digital Post' },
    says: ['højst 1 vedhæftning på', 'der er 3', 'Fjern 2', 'Digital Post'],
  },
  'contact-point-too-large': {
    with: { contactPoint: 'Lille postkasse', bytes: 250_000, max: 100_000 },
    says: ['0,3 MB', 'højst 0,1 MB', '»Lille postkasse«', 'et andet kontaktpunkt'],
  },
  'message-empty': { with: { subject: `Om ${cpr}` }, says: ['body.pdf'] },
  'calendar-number-leak': { with: { addresses: ['ven@example.org'] }, says: ['CPR-numre', 'ven@example.org', 'et møde for sig'] },
  'calendar-unreadable': { with: { files: ['invitation.ics'] }, says: ['mødeindkaldelsen', 'invitation.ics', 'kalenderen'] },
  'conversion-failed': { with: { what: 'mailens tekst' }, says: ['mailens tekst', 'PDF'] },
  'mail-unreadable': { with: { what: 'den slutter midt i en del' }, says: ['den slutter midt i en del'] },
  'mail-too-large': { with: { bytes: 157_286_401, max: 157_286_400 }, says: ['157,3 MB'] },
  'header-too-long': { with: { bytes: 1_100_000, max: 1_000_000 }, says: ['1,1 MB', '1,0 MB'] },
  'line-too-long': { with: { bytes: 70_000, max: 65_536 }, says: ['70000', '65536'] },
  'too-many-received': { with: { count: 51, max: 50 }, says: ['51', '50'] },
};

const codes = Object.keys(cases) as ProblemCode[];

describe('the texts of problems', () => {
  for (const code of codes) {
    it(`${code} says what is wrong and what to do, without a CPR number`, () => {
      const problem = problemOf(code, cases[code].with);
      const headline = problemHeadline(problem);
      const whole = `${headline}\n${problemRemedy(problem)}`;
      assert.match(headline, /^Beskeden er ikke sendt: \S/);
      assert.doesNotMatch(headline, /[\r\n]|\.$/);
      assert.match(problemRemedy(problem), /^[A-ZÆØÅ»-].*\.$/);
      assert.ok(!whole.includes(cpr), whole);
      assert.ok(!JSON.stringify(problem).includes(cpr));
      assert.doesNotMatch(whole, /undefined|NaN|\[object/);
      for (const words of cases[code].says) assert.ok(whole.includes(words), `${words} in ${whole}`);
    });
  }

  it('are masked before they are cut, so that no half CPR number is left', () => {
    for (let before = 100; before < 170; before += 1) {
      const problem = problemOf('file-empty', { files: [`${'x'.repeat(before)} ${cpr}.pdf`] });
      assert.doesNotMatch(problemHeadline(problem), /\d{7}/);
    }
  });

  it('cannot be broken by the names of files', () => {
    const problem = problemOf('file-empty', { files: ['a\r\nBcc: x@y.example\u202Efdp.exe', '', '\ud800.pdf'] });
    assert.doesNotMatch(problemHeadline(problem), /[\p{Cc}\p{Cf}]/u);
    assert.ok(problemHeadline(problem).isWellFormed());
  });

  it('name every file, up to a hundred', () => {
    const files = Array.from({ length: 120 }, (_, n) => `fil${String(n)}.exe`);
    const headline = problemHeadline(problemOf('file-type-not-allowed', { files, channel: 'Digital Post' }));
    assert.ok(headline.includes('»fil99.exe« og 20 flere'));
  });

  it('say none where there is no From', () => {
    assert.ok(problemHeadline(problemOf('from-ambiguous', { addresses: [] })).includes('ingen afsender'));
  });

  it('write sizes as Danes do', () => {
    assert.equal(megabytes(99_500_000), '99,5 MB');
    assert.equal(megabytes(99_500_001), '99,6 MB');
    assert.equal(megabytes(0), '0,0 MB');
  });
});

describe('the codes of problems', () => {
  it('are the same in the table and in docs/fejlkatalog.md', () => {
    const text = readFileSync(new URL('../../docs/fejlkatalog.md', import.meta.url), 'utf8');
    const headings = Array.from(text.matchAll(/^## (.+)$/gm), (match) => match[1]);
    assert.deepEqual(headings.toSorted(), Object.keys(problemTexts).toSorted());
  });

  it('each have a paragraph that says what, why and what to do', () => {
    const text = readFileSync(new URL('../../docs/fejlkatalog.md', import.meta.url), 'utf8');
    for (const part of text.split(/^## /m).slice(1)) {
      assert.match(part, /\*\*Hvad:\*\*[\s\S]*\*\*Hvorfor:\*\*[\s\S]*\*\*Gør sådan:\*\*/);
    }
  });

  it('each have a test that names it', () => {
    const folder = new URL('./', import.meta.url);
    const tests = readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    for (const code of Object.keys(problemTexts)) assert.ok(tests.includes(`'${code}'`), code);
    assert.deepEqual(codes.toSorted(), Object.keys(problemTexts).toSorted());
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkDraft, type DraftOutcome, type DraftQuestion } from '../../../src/taskpane/check/check-draft.ts';
import { draftRecipients } from '../../../src/taskpane/check/draft-recipients.ts';
import type { FileFacts } from '../../../src/taskpane/check/file-reader.ts';
import { findingMark, type Finding } from '../../../src/taskpane/check/finding.ts';
import { sayText } from '../../../src/taskpane/check/say-finding.ts';
import { readRecipients } from '../../../src/taskpane/compose/read-recipients.ts';
import type { Draft, ItemAttachment } from '../../../src/taskpane/office/outlook.ts';
import { check } from '../../../src/taskpane/texts/da.ts';
import { letterUnknown } from '../../../src/taskpane/mass/letter-now.ts';
import { fillText } from '../../../src/taskpane/texts/fill-text.ts';

const nancy = '2512489996@11111111.ngdp.digital-post.dk';
const company = '12345678@11111111.ngdp.digital-post.dk';
const own = { domains: ['kommune.example'], guessed: false };
const people = new Map([
  ['2512489996', { name: 'Nancy Ann Test Berggren', protected: false }],
  ['2911829996', { name: 'Bo Test Lund', protected: false }],
]);
const fine: FileFacts = { emptied: false, link: null, problems: [], text: { kind: 'pages', pages: [] }, listText: null };
const file = (name: string, over: Partial<ItemAttachment> = {}): ItemAttachment => ({ id: `id ${name}`, name, bytes: 1_000, isInline: false, kind: 'file', ...over });
const anyText = 'Kære Nancy Ann\n\nVi vil gerne tale med dig.\n\nVenlig hilsen\nJobcenter';

interface Written {
  readonly to?: readonly string[];
  readonly subject?: string;
  readonly text?: string;
  readonly files?: readonly ItemAttachment[];
  readonly facts?: Readonly<Record<string, Partial<FileFacts> | null>>;
  readonly over?: Partial<DraftQuestion>;
}

function questionOf({ to = [nancy], subject = 'Møde', text = anyText, files = [], facts = {}, over = {} }: Written): DraftQuestion {
  const draft: Draft = {
    kind: 'draft', from: { address: 'jobcenter@kommune.example', name: 'Jobcenter' }, cc: [], bcc: [], subject, attachments: files,
    to: to.map((emailAddress) => ({ displayName: '', emailAddress })),
  };
  return {
    draft,
    body: { text, links: [], hasPictures: false },
    recipients: draftRecipients(readRecipients(draft, { own, header: null })),
    own,
    people,
    points: [],
    factsOf: ({ name }) => (facts[name] === null ? null : { ...fine, ...facts[name] }),
    filesRead: true,
    letter: letterUnknown,
    columns: null,
    rightNames: ['Jobcenter'],
    home: 'kommunen',
    today: new Date('2026-12-01T10:00:00Z'),
    bodyBytesMax: 40_000_000,
    ...over,
  };
}

const outcomeOf = (written: Written): DraftOutcome => checkDraft(questionOf(written));
const speech = { say: (key: keyof typeof check, parameters = {}) => fillText(check[key], parameters), locale: 'da-DK' };
const cardsOf = (written: Written): string[] => outcomeOf(written).findings.map(({ grade, text }) => `${grade}: ${sayText(text, speech)}`);
const wellOf = (written: Written): string[] => outcomeOf(written).well.map((text) => sayText(text, speech));

describe('Tjek of a draft', () => {
  it('says in a line each what is well', () => {
    assert.deepEqual(cardsOf({ files: [file('a.pdf', { bytes: 1_400_000 }), file('b.docx')] }), []);
    assert.deepEqual(wellOf({ files: [file('a.pdf', { bytes: 1_400_000 }), file('b.docx')] }),
      ['Emne: intet at rette', 'Tekst: navn og nummer passer til modtageren', '2 vedhæftninger, 1,4 MB: kan sendes']);
    assert.deepEqual(wellOf({ files: [file('a.pdf')] }).at(-1), '1 vedhæftning, 1 kB: kan sendes');
    assert.deepEqual(wellOf({}).at(-1), 'Ingen vedhæftninger');
    assert.deepEqual(wellOf({ files: [file('body.pdf')] }).slice(-1), ['Brevet i body.pdf, 1 kB: kan sendes']);
    assert.deepEqual(wellOf({ files: [file('body.pdf'), file('a.pdf')] }).slice(-2), ['Brevet i body.pdf, 1 kB: kan sendes', '1 vedhæftning, 1 kB: kan sendes']);
  });

  it('says nothing to be well that was not looked at', () => {
    assert.deepEqual(wellOf({ over: { people: new Map() } }), ['Emne: intet at rette', 'Ingen vedhæftninger']);
    assert.deepEqual(wellOf({ over: { people: new Map([['2512489996', { name: null, protected: true }]]) } })[1], 'Tekst: intet at rette');
    assert.deepEqual(wellOf({ over: { filesRead: false } }).length, 2);
  });

  it('tells of the subject: empty, too long, a CPR number that is masked in the quote', () => {
    assert.deepEqual(cardsOf({ subject: ' ' }), ['look: Emnet er tomt. Borgeren ser det som overskrift.']);
    assert.deepEqual(cardsOf({ subject: 'a'.repeat(257) }), ['look: Emnet er over 256 tegn og bliver kortet af.']);
    const [card] = outcomeOf({ subject: 'Vedr. 251248-9996, opfølgning' }).findings;
    assert.deepEqual([card?.key, card?.grade, card?.quote?.found], ['subject-cpr', 'stop', '251248-xxxx']);
    assert.equal(outcomeOf({ subject: 'Vedr. 251248-9996, opfølgning' }).findings.length, 1);
  });

  it('tells of an empty text, but not where the letter is a file or a picture', () => {
    assert.deepEqual(cardsOf({ text: ' \n ' }), ['look: Beskeden er tom.']);
    assert.deepEqual(cardsOf({ text: '', files: [file('body.pdf')] }), []);
    assert.deepEqual(cardsOf({ over: { body: { text: '', links: [], hasPictures: true } } }), []);
  });

  it("tells of somebody else's number in the text and in a file, stops first", () => {
    const cards = outcomeOf({
      text: `${anyText}\nCPR-nr. 291182-9996 bevilges hermed hjælp.`, files: [file('Afgørelse.pdf'), file('Budget.xlsm')],
      facts: { 'Afgørelse.pdf': { text: { kind: 'pages', pages: ['Kære Nancy Ann', 'CPR-nr. 291182-9996 bevilges hermed hjælp.'] } } },
    }).findings;
    assert.deepEqual(cards.map(({ grade, text }) => `${grade}: ${sayText(text, speech)}`), [
      'stop: Budget.xlsm kan indeholde makroer og bliver afvist.',
      'look: Der står et andet CPR-nummer end modtagerens i teksten.',
      'look: Der står et andet CPR-nummer end modtagerens i Afgørelse.pdf, side 2.',
    ]);
    assert.deepEqual(cards[2]?.about, { kind: 'file', attachmentId: 'id Afgørelse.pdf', name: 'Afgørelse.pdf', bytes: 1_000 });
  });

  it('tells of a file that nobody can read, by the name of whom it should be for', () => {
    const unread = { files: [file('scan.pdf')], facts: { 'scan.pdf': { text: { kind: 'unread' } as const } } };
    assert.deepEqual(cardsOf(unread), ['look: Tjekket kan ikke læse scan.pdf. Se selv efter, at den er til Nancy Ann Test Berggren.']);
    assert.deepEqual(cardsOf({ ...unread, to: [nancy, '2911829996@11111111.ngdp.digital-post.dk'], text: 'Hej' }),
      ['look: Tjekket kan ikke læse scan.pdf. Se selv efter, at den er til modtagerne.']);
    assert.deepEqual(cardsOf({ files: [file('scan.pdf')], facts: { 'scan.pdf': null } }), []);
  });

  it('tells of a file once, whoever finds it out', () => {
    const facts = { problems: ['file-encrypted', 'too-many-attachments'], text: { kind: 'unread' } as const };
    assert.deepEqual(cardsOf({ files: [file('a.pdf')], facts: { 'a.pdf': facts } }), ['stop: a.pdf er låst med adgangskode. Modtageren kan ikke åbne den.']);
    assert.deepEqual(cardsOf({ files: [file('a.exe')], facts: { 'a.exe': { ...facts, problems: ['file-type-not-allowed'] } } }), ['stop: a.exe kan ikke sendes med Digital Post.']);
    assert.deepEqual(cardsOf({ files: [file('tom.pdf', { bytes: 0 })] }), ['stop: tom.pdf er tom.']);
    assert.deepEqual(cardsOf({ files: [file('a.pdf')], facts: { 'a.pdf': { emptied: true } } }), ['stop: a.pdf er tømt af kommunens datasikring. Vedhæft en fil, der må sendes.']);
    assert.deepEqual(cardsOf({ files: [file('indkaldelse.ics')] }), ['stop: En mødeindkaldelse kan ikke sendes med Digital Post. Skriv mødet i en besked.']);
  });

  it('tells of too many files and too large ones, and what to do', () => {
    const many = outcomeOf({ files: Array.from({ length: 12 }, (_, n) => file(`${String(n)}.pdf`)) }).findings;
    assert.deepEqual(many.map(({ text, advice }) => [sayText(text, speech), advice && sayText(advice, speech)]),
      [['12 vedhæftninger. Digital Post tager højst 10.', 'Fjern 2, eller saml nogle af dem i én PDF.']]);
    assert.deepEqual(cardsOf({ files: [file('a.pdf', { bytes: 80_000_000 })] }), ['stop: Vedhæftningerne fylder 80 MB. Højst 74,6 MB.']);
  });

  it("tells of what the recipient's contact point does not take", () => {
    const points = [{ name: 'Post', attachmentsMax: 1, memoBytesMax: 10_000_000 }];
    assert.deepEqual(cardsOf({ to: [company], text: 'Hej', files: [file('a.pdf', { bytes: 8_000_000 }), file('b.pdf')], over: { points } }), [
      'stop: 2 vedhæftninger. Post tager højst 1.',
      'stop: Vedhæftningerne fylder 8 MB. Post tager højst 7,5 MB.',
    ]);
  });

  it('tells of links to files in the cloud, in the text and among the files', () => {
    const body = { text: `${anyText}\nSe https://kommune-my.sharepoint.com/x`, links: [], hasPictures: false };
    assert.deepEqual(cardsOf({ files: [file('plan.docx', { kind: 'link' })], facts: { 'plan.docx': { link: 'https://1drv.ms/w/1' } }, over: { body } }),
      ['look: Linket til OneDrive virker ikke for modtageren.', 'look: Linket til OneDrive virker ikke for modtageren.']);
  });

  it('tells of files for systems, and of CPR numbers, that would leave the organisation', () => {
    assert.deepEqual(cardsOf({ to: ['ven@example.org'], subject: 'Hej', text: 'CPR-nr. 251248-9996', files: [file('MemoHeader.json')] }), [
      'stop: Der er CPR-numre i en mail til ven@example.org uden for kommunen.',
      'stop: MemoHeader.json er til systemer og må ikke sendes ud af kommunen.',
    ]);
    assert.deepEqual(cardsOf({ to: ['ven@example.org'], subject: 'Vedr. 251248-9996', text: 'Hej' }), ['stop: Der står et CPR-nummer i emnet. Emnet kan ses på låste skærme.']);
    assert.deepEqual(cardsOf({ to: ['ven@example.org', 'to@example.org'], text: 'Hej', files: [file('251248-9996.pdf')] }), ['stop: Der er CPR-numre i en mail til ven@example.org og to@example.org uden for kommunen.']);
    assert.deepEqual(cardsOf({ to: [nancy], files: [file('masseforsendelse.txt')] }), ['stop: masseforsendelse.txt er en liste med numre og må ikke sendes til modtageren.']);
  });

  it('looks at nothing but leaks where nobody is in Digital Post', () => {
    assert.deepEqual(cardsOf({ to: ['ven@example.org'], subject: '', text: 'Kære Bo', files: [file('a.exe')] }), []);
    assert.deepEqual(wellOf({ to: ['ven@example.org'], text: 'Kære Bo' }), ['Emne: intet at rette', 'Tekst: intet at rette']);
  });

  it('tells how a list and its address differ', () => {
    const to = ['masseforsendelse-2@11111111.ngdp.digital-post.dk'];
    const mendOf = (written: Written) => outcomeOf(written).findings.map(({ mend }) => mend);
    const listOf = (text: string, over: Partial<DraftQuestion> = {}): Written => ({ to, files: [file('masseforsendelse.txt')], facts: { 'masseforsendelse.txt': { listText: text } }, over });
    assert.deepEqual(cardsOf({ to }), ['stop: Listen masseforsendelse.txt er væk fra mailen.']);
    assert.deepEqual(mendOf({ to }), [{ fix: 'put-list', n: null }]);
    assert.deepEqual(cardsOf(listOf('2512489996\n')), ['stop: Adressen siger 2 modtagere, men listen har 1.']);
    assert.deepEqual(mendOf(listOf('2512489996\n')), [{ fix: 'address', n: 1 }]);
    assert.deepEqual(cardsOf(listOf('\n')), ['stop: Adressen siger 2 modtagere, men listen har 0.']);
    assert.deepEqual(mendOf(listOf('\n')), [{ fix: 'put-list', n: null }]);
    assert.deepEqual(mendOf({ ...listOf(''), to: [] }), [{ fix: 'put-list', n: null }]);
    assert.deepEqual(cardsOf(listOf('2512489996\nHansen\n')), ['stop: 1 linje i masseforsendelse.txt kan ikke bruges.']);
    assert.deepEqual(cardsOf({ ...listOf('2512489996\n'), to: [] }), ['stop: Listen ligger i mailen, men adressen til den er væk.']);
    assert.deepEqual(cardsOf({ ...listOf('2512489996\n'), to: ['kollega@kommune.example'] }), []);
  });

  it('tells where the letters to each do not fit the list one to one', () => {
    const to = ['masseforsendelse-2@11111111.ngdp.digital-post.dk'];
    const written = (...names: readonly string[]): Written => ({
      to, files: ['masseforsendelse.txt', ...names].map((one) => file(one)), facts: { 'masseforsendelse.txt': { listText: '2512489996\n87654321\n' } },
    });
    const told = ['stop: PDF’erne til hver modtager passer ikke til listen.'];
    assert.deepEqual(cardsOf(written('251248-9996.pdf', '87654321.pdf', 'vejledning.pdf')), []);
    assert.deepEqual(cardsOf(written('vejledning.pdf', 'body.pdf')), []);
    for (const names of [['2512489996.pdf'], ['2512489996.pdf', '87654321.pdf', '0101010101.pdf'], ['2512489996.pdf', '251248-9996.pdf', '87654321.pdf'], ['2512489996.pdf', '87654321.pdf', 'body.pdf'], ['251248-9996 afgørelse.pdf']]) {
      assert.deepEqual(cardsOf(written(...names)), told, names.join());
      assert.deepEqual(outcomeOf(written(...names)).findings.map(({ mend }) => mend), [{ fix: 'open-list', n: null }]);
    }
  });

  it('tells columns that do not fit, and leads to the list; beside them no letter is told of twice', () => {
    const written = (columns: DraftQuestion['columns'], ...names: readonly string[]): Written => ({
      to: ['masseforsendelse-1@11111111.ngdp.digital-post.dk'], files: ['masseforsendelse.txt', 'masseforsendelse.csv', ...names].map((one) => file(one)),
      facts: { 'masseforsendelse.txt': { listText: '2512489996\n' } }, over: { columns },
    });
    assert.deepEqual(cardsOf(written(null)), []);
    assert.deepEqual(cardsOf(written('misfit')), ['stop: masseforsendelse.csv passer ikke til listen eller til felterne i teksten.']);
    assert.deepEqual(cardsOf(written('several')), ['stop: Mailen har flere filer, der hedder masseforsendelse.csv.']);
    assert.deepEqual(cardsOf(written('letter', '291182-9996.pdf')), ['stop: Mailen har både masseforsendelse.csv og et færdigt brev.']);
    assert.deepEqual(outcomeOf(written('misfit')).findings.map(({ mend }) => mend), [{ fix: 'open-list', n: null }]);
  });

  it('tells a mail that was written on since the letter of its list was made', () => {
    const sum = (sign: string): string => sign.repeat(64);
    const letter = { mark: { pdfSha256: sum('a'), sourceSha256: sum('b') }, pdfSha256: sum('a'), sourceSha256: sum('c') };
    const written: Written = {
      to: ['masseforsendelse-1@11111111.ngdp.digital-post.dk'], files: [file('masseforsendelse.txt'), file('body.pdf')],
      facts: { 'masseforsendelse.txt': { listText: '2512489996\n' }, 'masseforsendelse (1).txt': { listText: '' } }, over: { letter },
    };
    assert.deepEqual(cardsOf(written), ['stop: Teksten er ændret, siden brevet blev lavet.']);
    assert.deepEqual(cardsOf({ ...written, over: { letter: { ...letter, sourceSha256: sum('b') } } }), []);
    // Two lists: the one that fits the address stays, by the id that Outlook knows it by.
    const twice = outcomeOf({ ...written, over: {}, files: [...(written.files ?? []), file('masseforsendelse (1).txt')] });
    assert.deepEqual(twice.findings.map(({ mend }) => mend), [{ fix: 'one-list', n: 1, keptId: 'id masseforsendelse.txt' }]);
  });

  it('marks what somebody may say is right by its words: another text, another mark', () => {
    const first = (written: Written): Finding => outcomeOf(written).findings[0] ?? assert.fail('no card');
    const unread = (bytes: number): Finding => first({ files: [file('scan.pdf', { bytes })], facts: { 'scan.pdf': { text: { kind: 'unread' } } } });
    assert.equal(findingMark(unread(5)), findingMark(unread(5)));
    assert.notEqual(findingMark(unread(5)), findingMark(unread(6)));
    assert.match(findingMark(unread(5)), /^[0-9a-z]{1,7}$/);
  });

  const cprWritten = fc.constantFrom('251248-9996', '2512489996', '291182-9996', '2911829996', '291182 9996');
  const words = fc.array(fc.oneof(cprWritten, fc.constantFrom('Kære', 'Bo', 'Nancy', 'Ann', 'CPR-nr.', '\n', 'hjælp', 'https://1drv.ms/a', 'Hansen'), fc.string({ maxLength: 5 })), { maxLength: 25 })
    .map((all) => all.join(' '));
  const name = fc.tuple(fc.oneof(cprWritten, fc.constantFrom('a', 'scan', 'MemoHeader', 'masseforsendelse', 'body')), fc.constantFrom('.pdf', '.docm', '.json', '.txt', '.exe', '', '.ics')).map((parts) => parts.join(''));
  const facts = fc.record({
    emptied: fc.boolean(), link: fc.constant(null), listText: fc.constant(null),
    problems: fc.subarray(['file-encrypted', 'file-disguised', 'file-macros', 'file-empty']),
    text: fc.oneof(words.map((page) => ({ kind: 'pages' as const, pages: [page, page] })), fc.constant({ kind: 'unread' as const })),
  });
  const drafts = fc.record({
    to: fc.subarray([nancy, company, 'ven@example.org', 'masseforsendelse-2@11111111.ngdp.digital-post.dk'], { minLength: 1 }),
    subject: words, text: words, files: fc.array(fc.tuple(name, facts, fc.nat(2)), { maxLength: 5 }),
  });
  const ask = ({ to, subject, text, files }: typeof drafts extends fc.Arbitrary<infer Value> ? Value : never): DraftOutcome => outcomeOf({
    to, subject, text, files: files.map(([called, , bytes], n) => ({ ...file(called, { bytes }), id: String(n) })),
    over: { factsOf: ({ id }) => files[Number(id)]?.[1] ?? null },
  });

  it('says that the gateway looks at the files where the client does not tell of them: neither that all is well, nor that nothing is there', () => {
    const question = questionOf({ text: '' });
    const { findings, well, notSeen } = checkDraft({ ...question, draft: { ...question.draft, attachmentsUnknown: true } });
    assert.deepEqual(findings.map(({ key }) => key).filter((key) => key === 'no-text'), []);
    assert.deepEqual(well.map((text) => sayText(text, speech)).filter((line) => /vedhæft|fil/i.test(line)), []);
    assert.match(notSeen === null ? '' : sayText(notSeen, speech), /kan ikke ses i denne Outlook\. Serveren tjekker dem/);
    assert.equal(checkDraft(question).findings.some(({ key }) => key === 'no-text'), true);
    assert.equal(checkDraft(question).notSeen, null);
  });

  it('says of files that the gateway could not be asked about that it will look, and not that they can be sent', () => {
    const unasked: Partial<FileFacts> = { problems: null, text: { kind: 'not-yet' } };
    const { well, notSeen } = outcomeOf({ files: [file('brev.pdf'), file('kort.pdf')], facts: { 'kort.pdf': unasked } });
    assert.match(notSeen === null ? '' : sayText(notSeen, speech), /indhold er ikke tjekket\. Serveren tjekker det/);
    assert.deepEqual(well.map((text) => sayText(text, speech)).filter((line) => /vedhæft/i.test(line)), []);
    assert.equal(outcomeOf({ files: [file('brev.pdf')] }).notSeen, null);
  });

  it('has no card twice, gives the same draft the same keys, and puts stops first', () => {
    fc.assert(fc.property(drafts, (draft) => {
      const { findings } = ask(draft);
      const keys = findings.map(({ key }) => key);
      assert.equal(new Set(keys).size, keys.length);
      assert.deepEqual(ask(draft).findings.map(({ key }) => key), keys);
      const grades = findings.map(({ grade }) => grade);
      assert.deepEqual(grades, [...grades].sort().reverse());
    }));
  });

  it('says of no file two things that stop it', () => {
    fc.assert(fc.property(drafts, (draft) => {
      const stopped = ask(draft).findings.flatMap(({ about, grade }) => (grade === 'stop' && about.kind === 'file' ? [about.attachmentId] : []));
      assert.equal(new Set(stopped).size, stopped.length);
    }));
  });

  it('shows no CPR number in any card, quote, key or mark', () => {
    fc.assert(fc.property(drafts, (draft) => {
      const { findings, well } = ask(draft);
      const shown = findings.map((finding) => [finding.key, findingMark(finding), finding.quote, sayText(finding.text, speech), finding.advice && sayText(finding.advice, speech), finding.about.kind === 'file' ? finding.about.name : '']);
      assert.doesNotMatch(JSON.stringify([shown, well]), /(?:251248|291182)[- ]?\d/);
    }));
  });

  it('says the numbers of others in one file together where they are many, and asks once; one more is asked again', () => {
    const listOf = (count: number) => ({ pages: [Array.from({ length: count }, (_, n) => `CPR-nr.: ${String(n + 1).padStart(2, '0')}0161-0000`).join('\n')] });
    const written = (count: number): Written => ({ files: [file('liste.pdf')], facts: { 'liste.pdf': { text: { kind: 'pages', ...listOf(count) } } } });
    const numbersIn = (count: number): readonly Finding[] => outcomeOf(written(count)).findings.filter(({ text }) => text.key.startsWith('check.otherCpr'));
    assert.deepEqual(numbersIn(3).map(({ signs }) => signs?.length), [1, 1, 1]);
    assert.deepEqual(numbersIn(4).map(({ signs }) => signs?.length), [4]);
    assert.ok(cardsOf(written(4)).includes('look: Der står 4 andre CPR-numre end modtagerens i liste.pdf.'));
    const [four] = numbersIn(4);
    const [five] = numbersIn(5);
    assert.ok(four && five && findingMark(four) !== findingMark(five));
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { writeMergeColumns } from '../../src/domain/merge-columns.ts';
import { pdfText } from '../../src/pdf/pdf-text.ts';
import { pdfOf } from '../mail/inspect-samples.ts';
import { citizen, OWN_CVR } from './citizens.ts';
import { killGateway, SHORT_LEASES } from './kill-gateway.ts';
import { RunningSandbox, type MessageRow } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { memoOf, refused, send, told, type SentMail } from './sent-mail.ts';

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => citizen(from + n));
const list = (lines: readonly string[]) => ({ filename: 'masseforsendelse.txt', content: lines.join('\r\n') });
const mass = (count: number) => [`masseforsendelse-${count}@${OWN_CVR}.ngdp.digital-post.dk`];
const wordOf = (number: string) => `Ord${number.slice(0, 4)}x${number.slice(-2)}`;
const columns = (rows: readonly (readonly string[])[], headings = ['Nummer', 'Fulde navn', 'Beløb', 'Sagsnummer']) => ({
  filename: 'masseforsendelse.csv', content: Buffer.from(writeMergeColumns(headings, rows)),
});
const rowsOf = (to: readonly string[]) => to.map((number) => [number, `${wordOf(number)} & <søn>`, `1;${number.slice(2, 4)}`, `26-${number.slice(0, 4)}`]);
const HTML = '<p>Kære <b>{Fulde&nbsp;</b><span>navn}</span></p><p>Du skal have {beløb} kr. i sag {Sagsnummer}.</p>';
const pageOf = async (xml: string) => (await pdfText(Buffer.from(/<memo:content>([^<]+)/.exec(xml)?.[1] ?? '', 'base64'), { pagesMax: 9, charactersMax: 99_999 }))?.join('\n') ?? '';
/** Titles have each recipient's own words behind what the test calls the mail. */
const arrivalsOf = async (sandbox: RunningSandbox, start: string): Promise<readonly MessageRow[]> =>
  (await sandbox.messages('ngdp')).filter(({ label }) => label.startsWith(start));

describe('a mass send whose letters are filled in from masseforsendelse.csv', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start(SHORT_LEASES);
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('gives each of two hundred their own letter, title and case, and the attachments to all', async () => {
    const to = numbers(200);
    const attachments = [list(to), columns(rowsOf(to).toReversed()), { filename: 'vejledning.txt', content: 'Til alle' }];
    const mail = await send(sandbox, mass(200), { subject: 'Flettet: sag {sagsnummer}', html: HTML, attachments });
    const notice = await told(sandbox, mail);
    assert.equal(notice.copy?.counts.delivered, 200);
    const rows = await arrivalsOf(sandbox, 'Flettet: ');
    assert.deepEqual(rows.map(({ recipientID }) => recipientID).toSorted(), to.toSorted());
    for (const row of rows) {
      const { xml, header } = await memoOf(sandbox, row);
      const caseId = `26-${row.recipientID.slice(0, 4)}`;
      assert.equal(row.label, `Flettet: sag ${caseId}`);
      const page = await pageOf(xml);
      const own = [`Kære ${wordOf(row.recipientID)} & <søn>`, `1;${row.recipientID.slice(2, 4)} kr. i sag ${caseId}.`];
      for (const words of own) assert.ok(page.includes(words), `«${words}» in ${page}`);
      assert.equal(page.split('Ord').length, 2, 'nobody else’s name');
      assert.equal(header.contentData?.caseId?.caseId, caseId);
      assert.ok(xml.includes('vejledning.txt') && !xml.includes('masseforsendelse'));
    }
  });

  it('fills in plain text too', async () => {
    const to = numbers(2, 300);
    await told(sandbox, await send(sandbox, mass(2), { subject: 'Ren tekst', text: 'Kære {Fulde navn}\n\nHilsen', attachments: [list(to), columns(rowsOf(to))] }));
    for (const row of await arrivalsOf(sandbox, 'Ren tekst')) assert.ok((await pageOf((await memoOf(sandbox, row)).xml)).includes(`Kære ${wordOf(row.recipientID)} & <søn>`));
    assert.equal((await arrivalsOf(sandbox, 'Ren tekst')).length, 2);
  });

  it('goes once to each where the gateway is killed while it makes the letters', async () => {
    const to = numbers(400, 400);
    const mail: SentMail = await send(sandbox, mass(400), { subject: 'Dræbt midt i', html: HTML, attachments: [list(to), columns(rowsOf(to))] });
    for (let kill = 0; kill < 2; kill++) {
      const said = sandbox.log.length;
      await until(() => Promise.resolve(/"filling-letters","letters":[1-3]/.test(sandbox.log.slice(said))), 60_000, 'some letters');
      await killGateway(sandbox);
    }
    const notice = await told(sandbox, mail);
    assert.equal(notice.copy?.counts.delivered, 400);
    const rows = await arrivalsOf(sandbox, 'Dræbt midt i');
    assert.deepEqual(rows.map(({ recipientID }) => recipientID).toSorted(), to.toSorted());
  });

  const two = numbers(2, 900);
  const good = columns(rowsOf(two));
  const refusals: readonly (readonly [string, Parameters<typeof send>[2], readonly string[]])[] = [
    ['with a row too few', { subject: 'Række for lidt', html: HTML, attachments: [list(two), columns(rowsOf(two.slice(1)))] }, ['passer ikke til linjerne', 'Mangler række: linje 1']],
    ['with a row too many', { subject: 'Række for meget', html: HTML, attachments: [list(two), columns(rowsOf(numbers(3, 900)))] }, ['Står ikke på listen: række 4']],
    ['with a row twice', { subject: 'Række to gange', html: HTML, attachments: [list(two), columns([...rowsOf(two), ...rowsOf(two.slice(0, 1))])] }, ['Samme nummer: række 2 og 4']],
    ['with a field of no column', { subject: 'Intet {Felt}', html: HTML, attachments: [list(two), good] }, ['»{Felt}« er ikke en kolonne']],
    ['with an empty cell', { subject: 'Tom celle', html: HTML, attachments: [list(two), columns([...rowsOf(two.slice(1)), [two[0] ?? '', '', '1', '']])] }, ['række 3: Fulde navn']],
    ['with a field parted over two paragraphs', { subject: 'Delt felt', html: `${HTML}<p>{Fulde</p><p>navn}</p>`, attachments: [list(two), good] }, ['mangler }']],
    ['without a field', { subject: 'Uden felt', html: '<p>Kære alle</p>', attachments: [list(two), good] }, ['ingen felter']],
    ['beside body.pdf', { subject: 'Brev ved siden af', html: HTML, attachments: [list(two), good, { filename: 'body.pdf', content: pdfOf({}) }] }, ['body.pdf']],
    ['beside a PDF of one of them', { subject: 'PDF ved siden af', html: HTML, attachments: [list(two), good, { filename: `${two[0] ?? ''}.pdf`, content: pdfOf({}) }] }, ['et færdigt brev']],
    ['in two files', { subject: 'To filer', html: HTML, attachments: [list(two), good, { ...good, filename: 'Masseforsendelse (1).csv' }] }, ['kun være én']],
    ['without masseforsendelse.txt', { subject: 'Uden liste', html: HTML, attachments: [good] }, ['masseforsendelse.txt', 'mangler']],
    ['that is a renamed workbook', { subject: 'Omdøbt', html: HTML, attachments: [list(two), { filename: 'masseforsendelse.csv', content: Buffer.from('PK\x03\x04\0\0\0\0') }] }, ['ikke en tekstfil']],
  ];
  for (const [how, mail, words] of refusals) {
    it(`${how} is refused whole, in words, by mail`, async () => {
      const notice = await refused(sandbox, await send(sandbox, mass(2), mail), ...words);
      for (const number of two) assert.ok(!`${notice.subject}${notice.text}`.includes(number), 'numbers are masked');
    });
  }

  it('never leaves the house, and never reaches a citizen as a file', async () => {
    const outside = await send(sandbox, [...mass(2), 'ven@example.org'], { subject: 'Kolonner til fremmed', html: HTML, attachments: [list(two), good] });
    await refused(sandbox, outside, '»masseforsendelse.csv«');
    const single = await send(sandbox, [`${two[0] ?? ''}@${OWN_CVR}.ngdp.digital-post.dk`], { subject: 'Kolonner til en borger', attachments: [{ ...good, filename: 'Kopi af Masseforsendelse.CSV' }] });
    await refused(sandbox, single, 'Masseforsendelse.CSV');
  });
});

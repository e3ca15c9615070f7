import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type * as z from 'zod/mini';
import { makeDirectory } from '../../../src/domain/organisation.ts';
import { attachmentsAnswer, convertAnswer, readFilesAnswer, renderAnswer, splitAnswer } from '../../../src/domain/gateway-api.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { documentStories, type DocumentParts } from '../../../src/gateway/addin/documents.ts';
import { openConverters } from '../../../src/gateway/isolate/converters.ts';
import { openDocumentPool } from '../../../src/gateway/isolate/document-pool.ts';
import { makeLog } from '../../../src/gateway/log.ts';
import { docxOf, officeOf, outlookMessageOf, pdfOf, zipOf } from '../../mail/inspect-samples.ts';
import { mergePdfs } from '../../../src/pdf/merge-pdfs.ts';
import { pdfText } from '../../../src/pdf/pdf-text.ts';
import { gif, png, textLetter, webp } from '../../pdf/letters.ts';
import { structureFaults } from '../../pdf/structure-check.ts';
import { testKeys } from '../test-keys.ts';
import { openApi, openTestDatabase, problemIn, type ApiInProcess } from './api-in-process.ts';
import { openTestEntra, PEOPLE, type TestEntra } from './people-in-process.ts';

const content = (bytes: Buffer | string): string => Buffer.from(bytes as string).toString('base64');
const file = (name: string, bytes: Buffer | string, type?: string) => ({ name, content: content(bytes), ...(type !== undefined && { type }) });

describe('documents for the add-in', () => {
  const open = new AsyncDisposableStack();
  let api: ApiInProcess;
  let entra: TestEntra;
  let storyParts: DocumentParts;
  let stories: ReturnType<typeof documentStories>;

  before(async () => {
    entra = await openTestEntra();
    open.defer(() => entra.close());
    const database = await openTestDatabase(open);
    const settings = settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-', DOCUMENT_PROCESSES: '1', DOCUMENT_FILES_MAX: '20' });
    const pool = openDocumentPool(settings);
    open.defer(() => pool.close());
    storyParts = {
      settings, database, keys: testKeys(), now: () => new Date(), network: () => null, directory: makeDirectory([]), log: makeLog('info', () => undefined),
      documents: pool, converters: openConverters(settings),
    };
    stories = documentStories(storyParts);
    api = await openApi(database, { settings: { ...entra.settings, DOCUMENT_FILES_MAX: '20' }, documents: stories });
    open.defer(() => api.app.close());
  });
  after(() => open.disposeAsync());

  const post = async (path: string, body: unknown, who: (typeof PEOPLE)[keyof typeof PEOPLE] = PEOPLE.mette) =>
    await api.post(`/api/v1/${path}`, body, { headers: await entra.headersOf(who) });
  const ask = async <Schema extends z.core.$ZodType & { parse(value: unknown): z.output<Schema> }>(path: string, body: unknown, schema: Schema): Promise<z.output<Schema>> => {
    const answer = await post(path, body);
    assert.equal(answer.statusCode, 200, answer.body);
    return schema.parse(answer.json());
  };

  it('renders a letter, the same each time, and tells its checksum', async () => {
    const body = { subject: 'Afgørelse', html: '<p>Kære Nancy <img src="cid:a" alt="logo"></p>', pictures: [{ contentId: 'a', type: 'image/png', content: content(png(9, 9)) }] };
    const first = await ask('render', body, renderAnswer);
    const pdf = Buffer.from(first.pdf, 'base64');
    assert.equal(createHash('sha256').update(pdf).digest('hex'), first.sha256);
    assert.deepEqual([pdf.toString('latin1', 0, 5), first.pages, first.warnings], ['%PDF-', 1, []]);
    assert.equal((await ask('render', body, renderAnswer)).sha256, first.sha256);
    assert.notEqual((await ask('render', { ...body, language: 'en' }, renderAnswer)).sha256, first.sha256);
  });

  it('says in Danish why a letter cannot be made', async () => {
    const problem = problemIn(await post('render', { subject: 'x', html: `<table><tr>${'<td>x</td>'.repeat(200)}</tr></table>` }));
    assert.deepEqual([problem.status, problem.code], [422, 'cannot-be-made']);
    assert.match(problem.detail, /for mange kolonner/);
  });

  it('judges attachments as the gateway does, and says what can be done to each', async () => {
    const { problems, files } = await ask('attachments/check', {
      channels: ['ngdp', 'mitdk'],
      files: [
        file('Foto: 1.png', png(20, 20)), file('Foto: 1.png', png(21, 20)), file('arkiv.zip', zipOf([{ name: 'a.txt', data: 'a' }])), file('falsk.pdf', 'MZ\0\0 ikke en pdf'),
        file('notat', 'tekst', 'text/plain'), file('Body.pdf', pdfOf()), file('MemoHeader.json', '{}'), file('masseforsendelse.txt', '2512489996'), file('brev.docx', docxOf()),
      ],
    }, attachmentsAnswer);
    assert.deepEqual(problems.map(({ code }) => code).toSorted(), ['file-disguised', 'file-type-not-allowed', 'file-type-not-allowed']);
    assert.match(problems.map(({ title, detail }) => `${title} ${detail}`).join('\n'), /arkiv\.zip/);
    assert.deepEqual(files.map(({ sentAs, mending }) => [sentAs, mending.join(' ')]), [
      ['Foto- 1.png', 'to-pdf shrink join'], ['Foto- 1 (2).png', 'to-pdf shrink join'], ['arkiv.zip', 'unpack'], ['falsk.pdf', ''],
      ['notat.txt', 'to-pdf join'], ['Body.pdf', ''], ['MemoHeader.json', ''], ['masseforsendelse.txt', ''], ['brev.docx', ''],
    ]);
    assert.deepEqual(files.map(({ type }) => type).slice(0, 3), ['image/png', 'image/png', 'application/zip']);
  });

  it('counts attachments, and never a body.pdf', async () => {
    const many = (count: number) => Array.from({ length: count }, (_none, n) => file(`${n}.txt`, `fil ${n}`));
    const codes = async (files: readonly unknown[]) =>
      (await ask('attachments/check', { channels: ['ngdp'], files }, attachmentsAnswer)).problems.map(({ code }) => code);
    assert.deepEqual(await codes([...many(10), file('body.pdf', pdfOf())]), []);
    assert.deepEqual(await codes(many(11)), ['too-many-attachments']);
    assert.deepEqual(await codes([file('body.pdf', pdfOf()), file('BODY.pdf', pdfOf())]), ['body-pdf-twice']);
  });

  it('reads the text of files, page by page, and says of which it cannot', async () => {
    const { files } = await ask('attachments/read', {
      files: [
        file('Brev.pdf', Buffer.from(textLetter('Kære Nancy\n\nDit CPR-nr. er 251248-9996.').pdf)), file('notat.txt', 'Blåbær', 'text/plain'), file('side.html', '<p>Kære <b>Nancy</b></p><p>Hej</p>'),
        file('foto.png', png(20, 20)), file('tom.pdf', pdfOf()), file('ødelagt.pdf', '%PDF-1.7 og ikke mere'),
      ],
    }, readFilesAnswer);
    const pages = Object.fromEntries(files.map((one) => [one.name, one.pages]));
    assert.match(pages['Brev.pdf']?.join() ?? '', /Kære Nancy\s+Dit CPR-nr\. er 251248-9996\./);
    assert.deepEqual([pages['notat.txt'], pages['side.html']], [['Blåbær'], ['Kære Nancy\n\nHej']]);
    assert.deepEqual([pages['foto.png'], pages['tom.pdf'], pages['ødelagt.pdf']], [null, null, null]);
  });

  it('tells whose the letters in one PDF are, then makes them, and none where there is a doubt', async () => {
    const numbers = ['2512489996', '1111111118'];
    const letters = numbers.map((number) => ({ title: 'x', bytes: textLetter(`Kære borger\n\nCPR-nr. ${number}`).pdf }));
    const { pdf } = await mergePdfs({ title: 'Alle', parts: letters, pagesMax: 9 });
    const asked = { file: file('alle.pdf', Buffer.from(pdf)), numbers, title: 'Til dig' };
    const first = await ask('letters/split', asked, splitAnswer);
    assert.deepEqual(first, { letters: numbers.map((_, n) => ({ position: n + 1, firstPage: n + 1, pages: 1 })), faults: [], tagged: true, files: [] });
    const { files } = await ask('letters/split', { ...asked, make: { from: 1, count: 5 } }, splitAnswer);
    assert.deepEqual(files.map(({ position }) => position), [2]);
    assert.match((await pdfText(Buffer.from(files[0]?.content ?? '', 'base64'), { pagesMax: 9, charactersMax: 9_999 }))?.join() ?? '', /CPR-nr\. 1111111118/);
    const doubtful = await ask('letters/split', { ...asked, numbers: numbers.slice(1), make: { from: 0, count: 5 } }, splitAnswer);
    assert.deepEqual([doubtful.faults, doubtful.files], [[{ kind: 'not-listed', page: 1, pages: 1, numbers: ['251248-xxxx'] }], []]);
    assert.match(problemIn(await post('letters/split', { ...asked, file: file('alle.pdf', 'ikke en pdf') })).detail, /kan ikke læses/);
  });

  it('mends files, with the checksum of each, and says what it could not do', async () => {
    const { files, failed } = await ask('attachments/convert', { operation: 'to-pdf', files: [file('a.png', png(30, 20)), file('a.txt', 'tekst'), file('b.docx', docxOf())] }, convertAnswer);
    assert.deepEqual(files.map(({ name, type }) => [name, type]), [['a.pdf', 'application/pdf'], ['a (2).pdf', 'application/pdf']]);
    assert.ok(files.every(({ content: base64, sha256, bytes }) => {
      const made = Buffer.from(base64, 'base64');
      return made.length === bytes && createHash('sha256').update(made).digest('hex') === sha256;
    }));
    assert.match(failed.map(({ name, reason }) => `${name}: ${reason}`).join(), /^b\.docx: .*gem den som PDF/);
    const list = await ask('attachments/convert', { operation: 'join', files: [file('masseforsendelse.txt', '2512489996'), file('a.txt', 'x')] }, convertAnswer);
    assert.deepEqual([list.files.length, list.failed.map(({ name }) => name)], [0, ['masseforsendelse.txt']]);
    const one = await ask('attachments/convert', { operation: 'join', files: [file('a.txt', 'x'), file('b.png', 'ikke et billede'), file('tom.pdf', ''), file('c.txt', 'y')] }, convertAnswer);
    assert.deepEqual([one.files.length, one.failed.length], [0, 1]);
    const unpacked = await ask('attachments/convert', { operation: 'unpack', files: [file('a.zip', zipOf([{ name: 'x/Bilag.csv', data: 'a;b' }]))] }, convertAnswer);
    assert.deepEqual(unpacked.files.map(({ name, type }) => [name, type]), [['Bilag.csv', 'text/csv']]);
    const joined = await ask('attachments/convert', { operation: 'join', name: 'Samlet.pdf', files: [file('a.txt', 'ét'), file('b.png', png(5, 5))] }, convertAnswer);
    assert.deepEqual(joined.files.map(({ name }) => name), ['Samlet.pdf']);
  });

  it('takes the macros out of an Office file, and says by which name a disguised file would be right', async () => {
    const macros = officeOf('application/vnd.ms-excel.sheet.macroEnabled.main+xml', 'xl/workbook.xml', [{ name: 'xl/vbaProject.bin', data: 'Sub x()' }]);
    const given = [file('Budget.xlsm', macros), file('foto.pdf', png(9, 9)), file('brev.txt', Buffer.from(textLetter('Hej').pdf)), file('body.pdf', png(9, 9)), file('a.pdf', 'MZ ikke en pdf')];
    const { files } = await ask('attachments/check', { channels: ['ngdp'], files: given }, attachmentsAnswer);
    assert.deepEqual(files.map(({ mending, trueName }) => [mending.join(' '), trueName]), [['remove-macros', null], ['to-pdf shrink join', 'foto.png'], ['join', 'brev.pdf'], ['', null], ['', null]]);
    const mended = await ask('attachments/convert', { operation: 'remove-macros', files: given.slice(0, 2) }, convertAnswer);
    assert.deepEqual(mended.files.map(({ name, type }) => [name, type]), [['Budget.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']]);
    assert.match(mended.files[0]?.remarks.join() ?? '', /^Makroerne er fjernet\./);
    assert.deepEqual(mended.failed, [{ name: 'foto.pdf', reason: 'Filen er ikke en Office-fil med makroer.' }]);
    const after = await ask('attachments/check', { channels: ['ngdp', 'mitdk'], files: mended.files.map(({ name, content: base64 }) => ({ name, content: base64 })) }, attachmentsAnswer);
    assert.deepEqual(after.problems, []);
  });

  it('makes fourteen mixed files fit to be sent', async () => {
    const eml = 'From: a@x.example\r\nSubject: Se her\r\n\r\nHej\r\n';
    const zip = zipOf([1, 2, 3].map((n) => ({ name: `bilag/${n}.txt`, data: `bilag ${n}` })));
    const pictures = [png(30, 20), png(20, 30), gif, webp].map((bytes, n) => file(`billede ${n}.${['png', 'png', 'gif', 'webp'][n]}`, bytes));
    const others = [file('mail.eml', eml), file('besked.msg', outlookMessageOf([])), file('side.html', '<h1>Side</h1>'), file('brev.pdf', Buffer.from(textLetter('Hej').pdf)), file('scan.pdf', pdfOf())];
    const texts = [1, 2, 3, 4].map((n) => file(`notat ${n}.txt`, `notat ${n}`));
    const given = [...pictures, ...others, ...texts, file('arkiv.zip', zip)];
    assert.equal(given.length, 14);
    const before = await ask('attachments/check', { channels: ['ngdp'], files: given }, attachmentsAnswer);
    assert.deepEqual(before.problems.map(({ code }) => code), ['too-many-attachments', 'file-type-not-allowed']);
    const unpacked = await ask('attachments/convert', { operation: 'unpack', files: given.slice(-1) }, convertAnswer);
    const again = unpacked.files.map(({ name, content: bytes }) => ({ name, content: bytes }));
    const joined = await ask('attachments/convert', { operation: 'join', name: 'Bilag', files: [...given.slice(0, -1), ...again] }, convertAnswer);
    assert.deepEqual([joined.files.map(({ name }) => name), joined.failed], [['Bilag.pdf'], []]);
    assert.match(joined.files[0]?.remarks.join() ?? '', /^»scan« er ikke mærket op/);
    const pdf = Buffer.from(joined.files[0]?.content ?? '', 'base64');
    assert.deepEqual(await structureFaults(pdf), []);
    const after = await ask('attachments/check', { channels: ['ngdp'], files: [file('Bilag.pdf', pdf)] }, attachmentsAnswer);
    assert.deepEqual(after.problems, []);
  });

  it('lets nobody have more under way than a share, and others theirs', async () => {
    const slow = { subject: 'x', html: `<table>${'<tr><td>celle</td></tr>'.repeat(500)}</table>` };
    const answers = await Promise.all([...Array.from({ length: 6 }, () => post('render', slow)), post('render', slow, PEOPLE.soeren)]);
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).toSorted(), [200, 200, 200, 200, 200, 429, 429]);
    assert.equal(answers.at(-1)?.statusCode, 200);
    const refused = answers.find(({ statusCode }) => statusCode === 429);
    assert.deepEqual([refused?.json<{ code: string }>().code, refused?.headers['retry-after']], ['too-many-requests', '5']);
    assert.equal((await post('render', slow)).statusCode, 200);
  });

  it('ends a call whose time is up, also while files are checked', async () => {
    const { signal } = new AbortController();
    const caller = { id: 'x', tenant: null } as unknown as Parameters<typeof stories.check>[0]['caller'];
    const hasty = documentStories({ ...storyParts, settings: { ...storyParts.settings, DOCUMENT_CALL_TIME_MAX_MS: 1 } });
    const files = Array.from({ length: 20 }, () => file('a.pdf', pdfOf()));
    const checked = await hasty.check({ caller, question: { channels: ['ngdp'], files }, signal });
    assert.ok(checked.kind === 'failed' && /ikke tid/.test(checked.text), JSON.stringify(checked));
    assert.deepEqual((await stories.check({ caller, question: { channels: ['ngdp'], files: [] }, signal: AbortSignal.abort() })).kind, 'answer');
  });

  it('refuses more files than it takes, what is no base64, and those who may not send', async () => {
    const files = Array.from({ length: 21 }, () => file('a.txt', 'x'));
    for (const [path, body] of [['attachments/check', { channels: ['ngdp'], files }], ['attachments/convert', { operation: 'unpack', files }], ['attachments/read', { files }]] as const) {
      const problem = problemIn(await post(path, body));
      assert.deepEqual([problem.status, problem.errors?.[0]?.message], [400, 'højst 20 ad gangen']);
    }
    assert.equal((await post('attachments/check', { channels: ['ngdp'], files: [{ name: 'a', content: 'æ' }] })).statusCode, 400);
    assert.equal((await post('render', { subject: 'x', text: 'y' }, PEOPLE.arne)).statusCode, 403);
    assert.equal((await post('attachments/read', { files: [file('a.txt', 'x')] }, PEOPLE.arne)).statusCode, 403);
    assert.equal((await api.post('/api/v1/render', { subject: 'x' })).statusCode, 403);
  });
});

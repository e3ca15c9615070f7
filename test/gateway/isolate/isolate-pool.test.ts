import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { openIsolatePool, type FileTaker, type IsolatePool } from '../../../src/gateway/isolate/isolate-pool.ts';
import { textLetter } from '../../pdf/letters.ts';

const settings = settingsSchema.parse({ DATABASE_URL: 'x', ORGANISATIONS_FILE: 'x', ISOLATE_PROCESSES: '1' });
const JOB = { wantsLetter: true, wantsText: false, createdAt: '2026-11-25T09:30:00Z' };
const HEAD = 'From: a@kommune.example\r\nSubject: Prøve\r\nMIME-Version: 1.0\r\n';
const PLAIN = `${HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\nHej\r\n`;
// More than a letter may hold, and slow to find out: the table is set before it is too large.
const SLOW = `${HEAD}Content-Type: text/html\r\n\r\n<table>${`<tr>${'<td>celle med tekst</td>'.repeat(10)}</tr>\r\n`.repeat(1_900)}</table>`;

async function* piecesOf(content: string | Buffer): AsyncGenerator<Buffer, void, undefined> {
  const bytes = Buffer.from(content as string);
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
}

/** Keeps what a child hands out. */
function keeper(): { readonly files: Map<string, Buffer>; readonly taker: FileTaker } {
  const files = new Map<string, Buffer>();
  return {
    files,
    taker: {
      open(head) {
        const pieces: Buffer[] = [];
        return {
          write: async (bytes) => void pieces.push(Buffer.from(bytes)),
          end: async () => void files.set(head.kind === 'letter' ? 'letter' : `${head.index}`, Buffer.concat(pieces)),
        };
      },
    },
  };
}

describe('the pool of killable processes', () => {
  let pool: IsolatePool;
  before(() => {
    pool = openIsolatePool(settings);
  });
  after(() => pool.close());

  it('gives back what is in a mail, its files, and the letter of its text', async () => {
    const { files, taker } = keeper();
    const mail = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHej\r\n--b\r\nContent-Type: text/plain; name=a.txt\r\n` +
      'Content-Disposition: attachment\r\n\r\nbilag\r\n--b--\r\n';
    const outcome = await pool.readMail(JOB, piecesOf(mail), taker);
    assert.equal(outcome.kind, 'read');
    assert.ok(outcome.kind === 'read' && outcome.result.mail.subject === 'Prøve' && outcome.result.letter?.pages === 1);
    assert.equal(files.get('0')?.toString(), 'bilag');
    assert.ok(files.get('letter')?.subarray(0, 5).equals(Buffer.from('%PDF-')));
  });

  it('gives the same letter when the mail is read again', async () => {
    const letters: (Buffer | undefined)[] = [];
    for (let n = 0; n < 2; n++) {
      const { files, taker } = keeper();
      await pool.readMail(JOB, piecesOf(PLAIN), taker);
      letters.push(files.get('letter'));
    }
    assert.ok(letters[0]);
    assert.deepEqual(letters[0], letters[1]);
  });

  it('makes no letter where none is wanted or the mail brings its own', async () => {
    const none = keeper();
    await pool.readMail({ ...JOB, wantsLetter: false }, piecesOf(PLAIN), none.taker);
    assert.deepEqual([...none.files.keys()], []);
    const own = keeper();
    const mail = `${HEAD}Content-Type: application/pdf; name=Body.PDF\r\n\r\n%PDF-1.4\r\n%%EOF\r\n`;
    await pool.readMail(JOB, piecesOf(mail), own.taker);
    assert.deepEqual([...own.files.keys()], ['0']);
  });

  it('refuses in Danish what is beyond its limits, and reads the next mail', async () => {
    const deep = Array.from({ length: 200 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('');
    const outcome = await pool.readMail(JOB, piecesOf(HEAD + deep), keeper().taker);
    assert.ok(outcome.kind === 'unreadable' && outcome.unreadable.code === 'nested-too-deep');
    assert.match(outcome.unreadable.text, /for mange lag/);
    assert.equal((await pool.readMail(JOB, piecesOf(PLAIN), keeper().taker)).kind, 'read');
  });

  it('throws what the store or the source of the mail throws, and goes on with a new child', async () => {
    const full: FileTaker = { open: () => ({ write: async () => Promise.reject(new Error('fuldt')), end: async () => undefined }) };
    await assert.rejects(pool.readMail(JOB, piecesOf(PLAIN), full), /fuldt/);
    async function* broken(): AsyncGenerator<Buffer, void, undefined> {
      yield Buffer.from(HEAD);
      throw new Error('væk');
    }
    await assert.rejects(pool.readMail(JOB, broken(), keeper().taker), /væk/);
    assert.equal((await pool.readMail(JOB, piecesOf(PLAIN), keeper().taker)).kind, 'read');
  });

  it('kills what takes too long or too much, says so, and reads the next mail', async () => {
    for (const [limit, reason] of [[{ ISOLATE_TIME_MAX_MS: 150 }, 'time'], [{ ISOLATE_MEMORY_MAX_BYTES: 60_000_000 }, 'memory']] as const) {
      const strict = openIsolatePool({ ...settings, ...limit });
      try {
        const outcome = await strict.readMail(JOB, piecesOf(SLOW), keeper().taker);
        assert.ok(outcome.kind === 'killed' && outcome.reason === reason, JSON.stringify(outcome));
      } finally {
        strict.close();
      }
    }
  });

  it('gives a large mail more time than a small one, for a busy machine is slow to bring it', async () => {
    const brief = openIsolatePool({ ...settings, ISOLATE_TIME_MAX_MS: 1_000, ISOLATE_TIME_PER_MB_MS: 10_000 });
    async function* slowly(pieces: readonly Buffer[]): AsyncGenerator<Buffer, void, undefined> {
      for (const piece of pieces) {
        yield piece;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
    const head = Buffer.from(`${HEAD}Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\n`);
    const megabyte = Buffer.from(`${'x'.repeat(98)}\r\n`.repeat(10_000));
    try {
      const large = await brief.readMail({ ...JOB, wantsLetter: false }, slowly([Buffer.concat([head, megabyte]), megabyte, megabyte, megabyte, megabyte]), keeper().taker);
      assert.equal(large.kind, 'read', JSON.stringify(large));
      const small = await brief.readMail(JOB, slowly([head, head, head, head, head, head, head, head]), keeper().taker);
      assert.ok(small.kind === 'killed' && small.reason === 'time', JSON.stringify(small));
    } finally {
      brief.close();
    }
  });

  it('that is closed in the middle of a mail does not hold it against the mail', async () => {
    const closing = openIsolatePool(settings);
    async function* endless(): AsyncGenerator<Buffer, void, undefined> {
      yield Buffer.from(HEAD);
      closing.close();
      for (;;) yield await new Promise<Buffer>((resolve) => setImmediate(resolve, Buffer.from('x\r\n')));
    }
    await assert.rejects(closing.readMail(JOB, endless(), keeper().taker), /closed/);
  });
});

describe('the text of a mail and its files', () => {
  const limits = { pagesMax: 10, charactersMax: 10_000, bytesMax: 1_000_000 };
  const asked = { kind: 'read-text', name: 'brev.pdf', type: 'application/pdf', limits } as const;
  let pool: IsolatePool;
  before(() => {
    pool = openIsolatePool(settings);
  });
  after(() => pool.close());

  it('is told where it is wanted', async () => {
    const mail = `${HEAD}Content-Type: text/html\r\n\r\n<p>Kære <b>Nancy</b></p><p>Hej</p>`;
    const textOf = async (wantsText: boolean) => {
      const outcome = await pool.readMail({ ...JOB, wantsText }, piecesOf(mail), keeper().taker);
      return outcome.kind === 'read' ? outcome.result.bodyText : outcome.kind;
    };
    assert.deepEqual([await textOf(true), await textOf(false)], ['Kære Nancy\n\nHej', null]);
  });

  it('is read page by page; a file that cannot be read in its time, or takes its child down, is none', async () => {
    const pdf = Buffer.from(textLetter('Kære Nancy').pdf);
    assert.match((await pool.readText(asked, piecesOf(pdf)))?.join() ?? '', /Kære Nancy/);
    assert.equal(await pool.readText(asked, piecesOf(Buffer.from('ingen PDF'))), null);
    const hasty = openIsolatePool({ ...settings, LETTER_CHECK_FILE_TIME_MAX_MS: 1 });
    try {
      assert.equal(await hasty.readText(asked, piecesOf(pdf)), null);
      assert.equal((await hasty.readMail(JOB, piecesOf(PLAIN), keeper().taker)).kind, 'read');
    } finally {
      hasty.close();
    }
  });

  it('is checked against those it goes to; a check that takes too long finds nothing, and the next mail is read', async () => {
    const question = { recipients: [{ kind: 'cpr', number: '2512489996', name: 'Nancy Ann Test Berggren', protected: false }], rightNames: [], subject: 'Brev', text: 'Kære Hanne', files: [], today: new Date('2026-11-25') } as const;
    assert.deepEqual((await pool.checkLetter(question, 10_000))?.map(({ kind, quote }) => [kind, quote?.found]), [['other-name', 'Hanne']]);
    assert.equal(await pool.checkLetter({ ...question, text: 'Ab\n'.repeat(600_000) }, 1), null);
    assert.equal((await pool.readMail(JOB, piecesOf(PLAIN), keeper().taker)).kind, 'read');
  });
});

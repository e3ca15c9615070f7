import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { settingsSchema } from '../../../src/gateway/config.ts';
import type { InspectJob, MendJob, RenderJob } from '../../../src/gateway/isolate/document-jobs.ts';
import { openDocumentPool } from '../../../src/gateway/isolate/document-pool.ts';
import { openIsolatePool } from '../../../src/gateway/isolate/isolate-pool.ts';
import { docxOf, outlookMessageOf, pdfOf, zipOf } from '../../mail/inspect-samples.ts';
import { outlookHtml, png } from '../../pdf/letters.ts';

const settings = settingsSchema.parse({ DATABASE_URL: 'x', ORGANISATIONS_FILE: 'x', DOCUMENT_PROCESSES: '1', ISOLATE_PROCESSES: '1' });
const LIMITS = { picturePixelsMax: 50_000_000, pagesMax: 100, filesMax: 50, bytesMax: 20_000_000, sideMaxPx: 400, jpegQuality: 80 };
const LETTER = { kind: 'render', subject: 'Prøve', html: null, text: null, language: null, pictures: [] } as const;
// More than a letter may hold, and slow to find out: the table is set before it is too large.
const SLOW = `<table>${`<tr>${'<td>celle med tekst</td>'.repeat(10)}</tr>\r\n`.repeat(1_900)}</table>`;

/** A pool asked by somebody who waits for as long as it takes. */
function openPool(limits: Partial<typeof settings> = {}) {
  const pool = openDocumentPool({ ...settings, ...limits });
  const { signal } = new AbortController();
  return {
    render: (asked: RenderJob, files: readonly Buffer[]) => pool.render({ job: asked, files, signal }),
    inspect: (asked: InspectJob, bytes: Buffer) => pool.inspect({ job: asked, files: [bytes], signal }),
    mend: (asked: MendJob, files: readonly Buffer[]) => pool.mend({ job: asked, files, signal }),
    close: () => pool.close(),
  };
}

const job = (operation: MendJob['operation'], ...names: readonly string[]): MendJob => ({
  kind: 'mend', operation, files: names.map((name) => ({ name, type: '' })), name: 'Samlet', limits: LIMITS,
});

describe('the pool for those who wait at a screen', () => {
  let pool: ReturnType<typeof openPool>;
  before(() => {
    pool = openPool();
  });
  after(() => pool.close());

  /** What came of it: names and bytes, and why not. */
  const mend = async (asked: MendJob, ...contents: readonly (Buffer | string)[]) => {
    const outcome = await pool.mend(asked, contents.map((content) => Buffer.from(content as string)));
    if (outcome.kind !== 'done') return { made: [], failed: [outcome.kind === 'failed' ? outcome.text : 'busy'] };
    const { made, failed } = outcome.value;
    return { made: made.map(({ head, bytes }) => ({ ...head, bytes })), failed: failed.map(({ name, reason }) => `${name}: ${reason}`) };
  };

  it('makes the very letter that reading the mail makes', async () => {
    const picture = png(30, 20);
    const html = outlookHtml.replace('</body>', '<img src="cid:a@b" alt="Et billede"></body>').replace(/\n/g, '\r\n');
    const mail =
      'From: a@kommune.example\r\nSubject: =?utf-8?Q?Afg=C3=B8relse?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n' +
      `--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(html).toString('base64')}\r\n` +
      `--b\r\nContent-Type: image/png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\n${picture.toString('base64')}\r\n--b--\r\n`;
    const mails = openIsolatePool(settings);
    const pieces: Buffer[] = [];
    try {
      const taker = { open: () => ({ write: async (bytes: Buffer) => void pieces.push(Buffer.from(bytes)), end: async () => undefined }) };
      async function* raw() {
        yield Buffer.from(mail);
      }
      await mails.readMail({ wantsLetter: true, wantsText: false, createdAt: '2026-11-25T09:30:00Z' }, raw(), taker);
    } finally {
      mails.close();
    }
    const rendered = await pool.render(
      { ...LETTER, subject: 'Afgørelse', html: html.replace(/\r\n/g, '\n'), pictures: [{ contentId: 'a@b', type: 'image/png' }] }, [picture],
    );
    assert.ok(rendered.kind === 'done' && rendered.value.pages === 1);
    assert.ok(rendered.value.pdf.equals(Buffer.concat(pieces)), 'another letter than the one sent');
  });

  it('gives the same bytes when asked again', async () => {
    const files = ['Hej', png(900, 600)] as const;
    const once = await mend(job('join', 'a.txt', 'b.png'), ...files);
    assert.deepEqual(await mend(job('join', 'a.txt', 'b.png'), ...files), once);
    assert.equal(once.made[0]?.name, 'Samlet.pdf');
  });

  it('refuses in Danish what is beyond its limits', async () => {
    const columns = await pool.render({ ...LETTER, html: `<table><tr>${'<td>x</td>'.repeat(200)}</tr></table>` }, []);
    assert.ok(columns.kind === 'failed' && /for mange kolonner/.test(columns.text));
    const { failed } = await mend(job('to-pdf', 'bombe.png'), png(60_000, 60_000, false));
    assert.match(failed[0] ?? '', /for mange billedpunkter/);
  });

  it('makes an attached mail a PDF, with its own files beside it', async () => {
    const eml = 'From: a@x.example\r\nSubject: Se her\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHej\r\n--b\r\n' +
      'Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nbilag\r\n--b--\r\n';
    const fromEml = await mend(job('to-pdf', 'Mail.eml'), eml);
    assert.deepEqual(fromEml.made.map(({ name }) => name), ['Mail.pdf', 'a.txt']);
    const fromMsg = await mend(job('to-pdf', 'Besked.msg'), outlookMessageOf([{ name: 'notat.txt', data: 'notat' }]));
    assert.deepEqual(fromMsg.made.map(({ name }) => name), ['Besked.pdf', 'notat.txt']);
    assert.equal(fromMsg.made[1]?.bytes.toString(), 'notat');
  });

  it('says of each file that it cannot mend why, and what else to do', async () => {
    const { made, failed } = await mend(job('to-pdf', 'a.docx', 'b.docx', 'c.pdf', 'd.zip', 'e.txt', 'f.exe'), 'vrøvl', docxOf(), pdfOf(), zipOf([{ name: 'a' }]), '', 'MZ\0\0');
    assert.deepEqual(made, []);
    assert.match(failed.join('\n'), /a\.docx: Denne slags.*\nb\.docx: Office-filer.*gem den som PDF.*\nc\.pdf: .*PDF i forvejen.*\nd\.zip: .*Pak den ud.*\ne\.txt: Filen er tom/);
    assert.equal(failed.length, 6);
  });

  it('unpacks zips, and refuses bombs, locks and lies', async () => {
    const { made } = await mend(job('unpack', 'a.zip'), zipOf([{ name: 'mappe/Brev: 1.txt', data: 'hej' }, { name: 'b.zip', data: zipOf([{ name: 'c' }]) }, { name: '__MACOSX/._x', data: 'x' }]));
    assert.deepEqual(made.map(({ name }) => name), ['Brev- 1.txt', 'b.zip']);
    const bombs = [zipOf([{ name: 'bombe.txt', data: Buffer.alloc(30_000_000) }]), zipOf([{ name: 'x', data: Buffer.alloc(30_000_000), claimedBytes: 10 }]), zipOf([{ name: 'x', encrypted: true }]), Buffer.from('PK\u0003\u0004')];
    for (const bomb of bombs) {
      const { made: none, failed } = await mend(job('unpack', 'x.zip'), bomb);
      assert.deepEqual(none, []);
      assert.match(failed[0] ?? '', /fylder for meget|kan ikke pakkes ud|låst med adgangskode/);
    }
  });

  it('looks into files, and calls damaged what takes the one who looks down', async () => {
    const sound = await pool.inspect({ kind: 'inspect', name: 'brev.pdf', type: '' }, pdfOf());
    assert.ok(sound.kind === 'done' && sound.value.detectedType === 'application/pdf' && !sound.value.damaged);
    const hasty = openPool({ DOCUMENT_TIME_MAX_MS: 1 });
    try {
      // So large that no machine has read it before the clock is looked at.
      const large = Buffer.alloc(60_000_000);
      const killed = await hasty.inspect({ kind: 'inspect', name: 'x.pdf', type: '' }, large);
      assert.ok(killed.kind === 'done' && killed.value.damaged && killed.value.bytes === large.length);
    } finally {
      hasty.close();
    }
  });

  it('kills what takes too long or too much, says so, and does the next', async () => {
    for (const [limit, text] of [[{ DOCUMENT_TIME_MAX_MS: 300 }, /for lang tid/], [{ ISOLATE_MEMORY_MAX_BYTES: 230_000_000 }, /for meget hukommelse/]] as const) {
      const strict = openPool(limit);
      try {
        const outcome = await strict.render({ ...LETTER, html: SLOW }, []);
        assert.ok(outcome.kind === 'failed' && text.test(outcome.text), JSON.stringify(outcome));
        const next = await strict.render({ ...LETTER, text: 'Hej' }, []);
        assert.equal(next.kind, 'done');
      } finally {
        strict.close();
      }
    }
  });

  it('lets no more wait than it should', async () => {
    const small = openPool({ DOCUMENT_QUEUE_MAX: 2 });
    try {
      const kinds = (await Promise.all(Array.from({ length: 6 }, () => small.render({ ...LETTER, text: 'Hej' }, [])))).map(({ kind }) => kind);
      assert.deepEqual(kinds.toSorted(), ['busy', 'busy', 'busy', 'done', 'done', 'done']);
    } finally {
      small.close();
    }
  });

  it('ends what nobody waits for any more, in line and under way, and does the next', async () => {
    const own = openDocumentPool(settings);
    try {
      const [first, second] = [new AbortController(), new AbortController()];
      const forever = { ...LETTER, html: SLOW };
      const running = own.render({ job: forever, files: [], signal: first.signal });
      const inLine = own.inspect({ job: { kind: 'inspect', name: 'x.pdf', type: '' }, files: [pdfOf()], signal: second.signal });
      const next = own.render({ job: { ...LETTER, text: 'Hej' }, files: [], signal: new AbortController().signal });
      second.abort();
      // Not called damaged: nobody has looked into it.
      assert.equal((await inLine).kind, 'failed');
      first.abort();
      const ended = await running;
      assert.ok(ended.kind === 'failed' && /ikke tid/.test(ended.text), JSON.stringify(ended));
      assert.equal((await next).kind, 'done');
      assert.equal((await own.render({ job: LETTER, files: [], signal: AbortSignal.abort() })).kind, 'failed');
    } finally {
      own.close();
    }
  });

  it('keeps files apart that would be commands to the gateway, from inside a zip or a mail, or by their new name', async () => {
    const names = ['masseforsendelse.txt', 'x/MASSEFORSENDELSE (1).txt', 'body.pdf', 'Body.PDF', 'MemoHeader.json', 'mеmoheaderinfo.json', 'MemoHeader.json\u200b'];
    const zip = zipOf([...names.map((name) => ({ name, data: '2512489996' })), { name: 'brev.txt', data: 'hej' }]);
    const { made, failed } = await mend(job('unpack', 'a.zip'), zip);
    assert.deepEqual(made.map(({ name }) => name), ['brev.txt']);
    assert.equal(failed.length, names.length);
    assert.ok(failed.every((text) => /navn til gatewayen selv, og filen kan ikke vedhæftes/.test(text)), failed.join('\n'));
    const eml = 'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHej\r\n--b\r\n' +
      'Content-Type: application/json; name=MemoHeader.json\r\nContent-Disposition: attachment\r\n\r\n{}\r\n--b--\r\n';
    const mail = await mend(job('to-pdf', 'Mail.eml', 'body.txt'), eml, 'Hej');
    assert.deepEqual(mail.made.map(({ name }) => name), ['Mail.pdf']);
    assert.deepEqual(mail.failed.map((text) => text.split(':')[0]), ['MemoHeader.json', 'body.pdf']);
  });

  it('survives deep mails, cut pictures and what is no picture at all', async () => {
    const deep = Array.from({ length: 300 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`).join('');
    const { made, failed } = await mend(
      job('to-pdf', 'dyb.eml', 'cut.jpg', 'cut.bmp', 'cut.tif'), `Subject: x\r\nMIME-Version: 1.0\r\n${deep}`, Buffer.from('ffd8ffe000104a464946', 'hex'),
      Buffer.concat([Buffer.from('BM'), Buffer.alloc(60, 1)]), Buffer.from('49492a00ffffff7f', 'hex'),
    );
    assert.deepEqual(made, []);
    assert.equal(failed.length, 4);
  });
});

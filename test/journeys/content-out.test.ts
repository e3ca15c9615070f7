import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import MailComposer from 'nodemailer/lib/mail-composer';
import type Mail from 'nodemailer/lib/mailer';
import PostalMime from 'postal-mime';
import { readMemo } from '../../src/memo/read-memo.ts';
import { pdfOf, pngOf, zipOf } from '../mail/inspect-samples.ts';
import { attachmentOf, noticesOf, type NoticeRead } from './receipt-reading.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const SIKKERPOST = 'sikkerpost@kommune.example';
const COLLEAGUE = 'sagsbehandler@kommune.example';
const OUTSIDER = 'ven@example.org';
const CITIZEN = '1234567890@35833684.ngdp.digital-post.dk';
const PATIENCE_MS = 30_000;

interface Arrived {
  readonly label: string;
  readonly main: Buffer;
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
  readonly xml: string;
}

describe('what is in a mail, on its way out', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  /** Hands a mail over; its subject must be one that no other test uses. */
  async function send(mail: Mail.Options, to: readonly string[] = [CITIZEN]): Promise<{ readonly id: string; readonly raw: Buffer }> {
    const id = `<${crypto.randomUUID()}@kommune.example>`;
    const composer = new MailComposer({ from: SIKKERPOST, to: [...to], messageId: id, text: 'Kære borger\n', newline: 'win', ...mail });
    const raw = await composer.compile().build();
    const answer = await sandbox.submit(raw, SIKKERPOST, to);
    assert.equal(answer.code, 250, answer.text);
    return { id, raw };
  }

  async function told(id: string): Promise<NoticeRead> {
    await until(async () => (await noticesOf(sandbox, SIKKERPOST, id)).length > 0, PATIENCE_MS, `a mail about ${id}`);
    const [first, ...more] = await noticesOf(sandbox, SIKKERPOST, id);
    assert.equal(more.length, 0, 'one mail about it');
    assert.ok(first);
    return first;
  }

  async function refused(id: string, ...words: readonly string[]): Promise<NoticeRead> {
    const notice = await told(id);
    assert.match(notice.subject, /^Beskeden er ikke sendt/);
    for (const word of words) assert.ok(`${notice.subject}\n${notice.text}`.includes(word), `«${word}» in ${notice.text}`);
    return notice;
  }

  /** The one message with this title, after its receipt has come. */
  async function arrived(label: string, id: string): Promise<Arrived> {
    const notice = await told(id);
    assert.match(notice.subject, /^Kvittering: .* 1 leveret/, notice.text);
    const rows = (await sandbox.messages()).filter((row) => row.label === label);
    assert.equal(rows.length, 1, `messages with the title ${label}`);
    const xml = await sandbox.memo(rows[0]?.messageUUID ?? '');
    const files: { name: string; type: string; pieces: Buffer[] }[] = [];
    await readMemo(onePiece(Buffer.from(xml)), ({ filename, encodingFormat }) => {
      const file = { name: filename, type: encodingFormat, pieces: [] as Buffer[] };
      files.push(file);
      return (bytes) => void file.pieces.push(Buffer.from(bytes));
    });
    const whole = files.map(({ name, type, pieces }) => ({ name, type, bytes: Buffer.concat(pieces) }));
    return { label, main: whole[0]?.bytes ?? Buffer.alloc(0), files: whole.slice(1), xml };
  }

  it('body.pdf is the message, in any letter case, byte for byte', async () => {
    const pdf = pdfOf({});
    const { id } = await send({ subject: 'Eget brev', attachments: [{ filename: 'BODY.PDF', content: pdf }] });
    const message = await arrived('Eget brev', id);
    assert.deepEqual(message.main, pdf);
    assert.equal((await told(id)).copy?.letterSha256, createHash('sha256').update(pdf).digest('hex'));
    assert.deepEqual(message.files, []);
  });

  for (const [charset, name] of [['iso-8859-1', 'latin1'], ['windows-1252', 'latin1'], ['utf-8', 'utf8']] as const) {
    it(`æøå in ${charset} are the same letters in title and PDF`, async (t) => {
      const label = `Rødgrød på ${charset}`;
      const id = `<${crypto.randomUUID()}@kommune.example>`;
      const body = Buffer.from('Kære Søren Ångstrøm, rødgrød med fløde.\r\n', name);
      const subject = `=?${charset}?B?${Buffer.from(label, name).toString('base64')}?=`;
      const head = [
        `From: ${SIKKERPOST}`, `To: ${CITIZEN}`, `Subject: ${subject}`, `Message-ID: ${id}`, 'MIME-Version: 1.0',
        `Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: 8bit', '', '',
      ];
      const raw = Buffer.concat([Buffer.from(head.join('\r\n')), body]);
      assert.equal((await sandbox.submit(raw, SIKKERPOST, [CITIZEN])).code, 250);
      const message = await arrived(label, id);
      if (spawnSync('pdftotext', ['-v']).error) return t.skip('pdftotext is not on this machine');
      const text = execFileSync('pdftotext', ['-', '-'], { input: message.main, stdio: ['pipe', 'pipe', 'ignore'] }).toString('utf8');
      assert.ok(text.includes('Kære Søren Ångstrøm, rødgrød med fløde.'), text);
    });
  }

  it('a name in NFD, with slashes, twice or missing is repaired, never refused', async () => {
    const attachments = [
      { filename: 'Bla\u030abær.txt', content: 'a' },
      { filename: '../../etc/passwd.txt', content: 'b' },
      { filename: 'samme.txt', content: 'c' },
      { filename: 'Samme.txt', content: 'd' },
      { filename: 'a*b?.txt', content: 'e' },
      { filename: false as const, contentType: 'image/png', content: pngOf() },
    ];
    const { id } = await send({ subject: 'Navne', attachments });
    const { files } = await arrived('Navne', id);
    assert.deepEqual(files.slice(0, 4).map(({ name }) => name), ['Blåbær.txt', 'passwd.txt', 'samme.txt', 'Samme (2).txt']);
    assert.match(files[5]?.name ?? '', /\.png$/);
    for (const { name } of files) assert.doesNotMatch(name, /[<>:"/\\|?*\r\n\u00a0]/);
  });

  it('ten attachments pass, pictures of the text and body.pdf beside them; eleven are refused with both numbers', async () => {
    const ten = Array.from({ length: 10 }, (_, n) => ({ filename: `bilag ${n}.txt`, content: `bilag ${n}` }));
    const picture = { filename: 'logo.png', cid: 'logo', content: pngOf() };
    const good = await send({ subject: 'Ti bilag', html: '<p>Hej <img src="cid:logo" alt="Logo"></p>', attachments: [picture, ...ten] });
    assert.equal((await arrived('Ti bilag', good.id)).files.length, 10);
    const bad = await send({ subject: 'Elleve bilag', attachments: [...ten, { filename: 'en til.txt', content: 'x' }] });
    await refused(bad.id, '11', '10');
  });

  it('every bad file is named, colleagues get nothing either, and the sender gets the mail back to mend', async () => {
    const attachments = [
      { filename: 'kør mig.exe', content: Buffer.from('MZ'.padEnd(300, '\0')) },
      { filename: 'tom.pdf', content: '' },
      { filename: 'løgn.pdf', content: 'bare tekst' },
      { filename: 'godt.txt', content: 'godt' },
    ];
    const { id, raw } = await send({ subject: 'Dårlige filer', attachments }, [CITIZEN, COLLEAGUE]);
    const notice = await refused(id, 'kør mig.exe', 'tom.pdf', 'løgn.pdf', 'Ingen af modtagerne', COLLEAGUE);
    assert.ok(!notice.text.includes('godt.txt'));
    const original = notice.mail.attachments.find(({ mimeType }) => mimeType === 'message/rfc822');
    assert.ok(original, 'the mail itself');
    assert.ok(raw.length > 0);
    assert.deepEqual((await sandbox.mailbox(COLLEAGUE)).filter(({ subject }) => subject === 'Dårlige filer'), []);
  });

  it('a body.pdf that is no PDF, and an unreadable winmail.dat, are refused by name', async () => {
    const lie = await send({ subject: 'Falsk brev', attachments: [{ filename: 'body.pdf', content: 'ikke en pdf' }] });
    await refused(lie.id, 'body.pdf');
    const tnef = { filename: 'winmail.dat', contentType: 'application/ms-tnef', content: 'volapyk' };
    const broken = await send({ subject: 'Falsk winmail', attachments: [tnef] });
    await refused(broken.id, 'winmail.dat');
  });

  const header = Buffer.from('{"version":1}');
  const disguises: Readonly<Record<string, NonNullable<Mail.Options['attachments']>[number]>> = {
    'as it is': { filename: 'MemoHeader.json', content: header },
    'in other letter case': { filename: 'memoheaderINFO.JSON', content: header },
    'in a zip': { filename: 'filer.zip', content: zipOf([{ name: 'MemoHeader.json', data: header }]) },
    'in a zip in a zip': {
      filename: 'ydre.zip',
      content: zipOf([{ name: 'indre.zip', data: zipOf([{ name: 'sag/MemoHeaderInfo.json', data: header }]) }]),
    },
    'in an attached mail': {
      filename: 'videresendt.eml',
      contentType: 'message/rfc822',
      content: [
        'From: a@b.example', 'Subject: x', 'MIME-Version: 1.0', 'Content-Type: application/json',
        "Content-Disposition: attachment; filename*0*=utf-8''Memo; filename*1*=Header%2Ejson", '', '{}', '',
      ].join('\r\n'),
    },
  };
  for (const [how, attachment] of Object.entries(disguises)) {
    it(`a MemoHeader file ${how} stops the whole mail when an outsider is among the recipients`, async () => {
      const { id } = await send({ subject: `Læk ${how}`, attachments: [attachment] }, [CITIZEN, OUTSIDER]);
      await refused(id, 'emo', OUTSIDER);
      assert.deepEqual((await sandbox.messages()).filter(({ label }) => label === `Læk ${how}`), []);
      assert.deepEqual((await sandbox.mailbox(OUTSIDER)).filter(({ subject }) => subject === `Læk ${how}`), []);
    });
  }

  it('a MemoHeader file passes to colleagues and is never an attachment of a message', async () => {
    const attachments = [{ filename: 'MemoHeader.json', content: header }, { filename: 'bilag.txt', content: 'x' }];
    const { id } = await send({ subject: 'Indenfor', attachments }, [CITIZEN, COLLEAGUE]);
    const notice = await told(id);
    assert.match(notice.subject, /2 leveret/);
    const row = (await sandbox.messages()).find(({ label }) => label === 'Indenfor');
    const xml = await sandbox.memo(row?.messageUUID ?? '');
    assert.ok(xml.includes('bilag.txt') && !/memoheader/i.test(xml));
  });

  it('a list of numbers reaches neither a single recipient nor an outsider', async () => {
    const attachments = [{ filename: 'Masseforsendelse.txt', content: '0102010001\r\n' }];
    const single = await send({ subject: 'Liste til en', attachments });
    await refused(single.id, 'Masseforsendelse.txt');
    const outside = await send({ subject: 'Liste ud', attachments }, [OUTSIDER]);
    await refused(outside.id, 'Masseforsendelse.txt', OUTSIDER);
  });

  it('a colleague gets the mail byte for byte; an outsider without the addresses that hold numbers; Bcc is seen by nobody', async () => {
    const hidden = 'skjult@example.org';
    const id = `<${crypto.randomUUID()}@kommune.example>`;
    const raw = [
      'Received: from pc by exchange', `From: Sikker Post <${SIKKERPOST}>`, `To: Nancy <${CITIZEN}>,`, ` ${COLLEAGUE}`,
      `Cc: ${OUTSIDER}`, `Bcc: ${hidden}`, 'Subject: Alle slags', `Message-ID: ${id}`, 'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', 'Kære alle', '..prik', '',
    ].join('\r\n');
    const to = [CITIZEN, COLLEAGUE, OUTSIDER, hidden];
    assert.equal((await sandbox.submit(raw, SIKKERPOST, to)).code, 250);
    const notice = await told(id);
    assert.match(notice.subject, /3 leveret/);
    assert.ok(!JSON.stringify(notice.mail).includes(hidden) && !notice.text.includes(hidden), 'Bcc in the receipt');
    assert.ok(!(attachmentOf(notice.mail, 'NgDPKvittering.json')?.includes(hidden) ?? true), 'Bcc in the machine copy');
    const got = async (address: string) => {
      const rows = (await sandbox.mailbox(address)).filter(({ subject }) => subject === 'Alle slags');
      assert.equal(rows.length, 1, address);
      return (await sandbox.mail(address, rows[0]?.id ?? '')).toString('utf8');
    };
    const withoutBcc = raw.replace(`Bcc: ${hidden}\r\n`, '');
    assert.ok((await got(COLLEAGUE)).trimEnd().endsWith(withoutBcc.trimEnd()), 'the colleague’s mail');
    for (const address of [OUTSIDER, hidden]) {
      const mail = await got(address);
      assert.ok(!mail.includes('1234567890') && !mail.includes('Nancy') && !mail.includes(hidden), address);
      assert.ok(mail.includes(COLLEAGUE) && mail.endsWith(raw.slice(raw.indexOf('\r\n\r\n'))), address);
    }
    const row = (await sandbox.messages()).find(({ label }) => label === 'Alle slags');
    assert.ok(!(await sandbox.memo(row?.messageUUID ?? '')).includes(hidden), 'Bcc in the MeMo');
  });

  it('mail to nobody in Digital Post simply passes, executables included, and nobody is told', async () => {
    const { id } = await send({ subject: 'Almindelig', attachments: [{ filename: 'a.exe', content: 'MZ' }] }, [OUTSIDER]);
    await until(async () => (await sandbox.mailbox(OUTSIDER)).some(({ subject }) => subject === 'Almindelig'), PATIENCE_MS, 'the mail');
    const other = await send({ subject: 'Efter den almindelige' });
    await told(other.id);
    assert.deepEqual(await noticesOf(sandbox, SIKKERPOST, id), []);
  });

  it('a subject tries in vain to add a header to the receipt, and its CPR number is masked there', async () => {
    const id = `<${crypto.randomUUID()}@kommune.example>`;
    const subject = `=?utf-8?Q?Om_010203-1234=0D=0ABcc:_ond@evil.example=0D=0A?=`;
    const raw = [`From: ${SIKKERPOST}`, `To: ${CITIZEN}`, `Subject: ${subject}`, `Message-ID: ${id}`, '', 'Hej', ''].join('\r\n');
    assert.equal((await sandbox.submit(raw, SIKKERPOST, [CITIZEN])).code, 250);
    const { mail, subject: said } = await told(id);
    assert.equal(mail.bcc ?? null, null);
    assert.ok(said.includes('010203-xxxx') && !said.includes('1234'), said);
    const row = (await sandbox.mailbox(SIKKERPOST)).at(-1);
    const parsed = await PostalMime.parse(await sandbox.mail(SIKKERPOST, row?.id ?? ''));
    assert.deepEqual(parsed.headers.filter(({ key }) => key === 'bcc'), []);
  });
});

async function* onePiece(bytes: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

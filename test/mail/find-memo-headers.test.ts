import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { findMemoHeaders, type ListMailAttachments, type MemoHeaderSearch } from '../../src/mail/find-memo-headers.ts';
import { mailBytes, parseMail } from '../../src/mail/parse-mail.ts';
import {
  compoundOf,
  docxOf,
  objectStreamOf,
  inspect,
  outlookMessageOf,
  pdfOf,
  pngOf,
  zipOf,
  type ZipFile,
} from './inspect-samples.ts';

const header = JSON.stringify({
  version: 1,
  channel: 'ngdp',
  messageUUID: 'a31d5e5c-3a1c-4c1b-8f0f-3c5b6a0f6b1e',
  label: 'Emne',
  reply: true,
  sender: { cvr: '35833684', label: 'Eksempel Kommune' },
  recipient: { id: '1234567890', idType: 'CPR' },
});
const info = JSON.stringify({
  receivedAt: '2026-01-05T10:00:00Z',
  transmissionId: 'x',
  memoVersion: '1.2',
  files: [{ name: 'a.pdf' }],
});

const listMailAttachments: ListMailAttachments = async (mail) => {
  const files: { name: string; bytes: Buffer }[] = [];
  await parseMail(mailBytes(mail), {
    open: ({ name }) => {
      const parts: Uint8Array[] = [];
      return {
        write: (bytes) => void parts.push(bytes),
        end: () => void files.push({ name, bytes: Buffer.concat(parts) }),
      };
    },
  });
  return files;
};

function find(name: string, bytes: Uint8Array | string, declaredType = ''): Promise<MemoHeaderSearch> {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return findMemoHeaders({ name, bytes: all, declaredType }, { listMailAttachments });
}

function mailWith(partHeaders: string, body: string | Buffer): Buffer {
  const text = typeof body === 'string' ? body : `${body.toString('base64').replace(/.{76}/g, '$&\r\n')}`;
  return Buffer.from(
    [
      'From: a@kommune.example',
      'To: b@nabo.example',
      'Subject: sag',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=xx',
      '',
      '--xx',
      'Content-Type: text/plain',
      '',
      'Hej',
      '--xx',
      partHeaders,
      '',
      text,
      '--xx--',
      '',
    ].join('\r\n'),
  );
}

const base64 =
  'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; ';

function zipWith(...files: ZipFile[]): Buffer {
  return zipOf([{ name: 'brev.txt', data: 'hej' }, ...files]);
}

const named = { name: 'MemoHeader.json', data: header };
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(header, 'utf16le')]);
const utf16BigEndian = Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(header, 'utf16le').swap16()]);

function tarOf(name: string, data: string): Buffer {
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write(data.length.toString(8).padStart(11, '0'), 124);
  head.write('0', 156);
  head.write('ustar', 257);
  return Buffer.concat([head, Buffer.from(data), Buffer.alloc(512 - (data.length % 512)), Buffer.alloc(1024)]);
}

function olePackage(name: string, data: string): Buffer {
  const label = Buffer.from(`${name}\0C:\\Temp\\${name}\0`, 'latin1');
  const temporary = Buffer.from(`C:\\Temp\\x\0`, 'latin1');
  const lengths = [temporary.length, data.length].map((length) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(length);
    return bytes;
  });
  const body = Buffer.concat([
    Buffer.from([2, 0]),
    label,
    Buffer.from([0, 0, 3, 0]),
    lengths[0] ?? Buffer.alloc(0),
    temporary,
    lengths[1] ?? Buffer.alloc(0),
    Buffer.from(data),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return compoundOf([{ name: '\u0001Ole10Native', data: Buffer.concat([size, body]) }]);
}

/** T16: each of these holds a MemoHeader file, and each must be found. */
const disguises: Readonly<Record<string, readonly [name: string, bytes: Uint8Array | string, declaredType?: string]>> =
  {
    'the plain name': ['MemoHeader.json', header],
    'the info file': ['MemoHeaderInfo.json', info],
    'an empty file of that name': ['MemoHeader.json', ''],
    'upper case': ['MEMOHEADER.JSON', header],
    'a dot at the end': ['MemoHeader.json.', 'x'],
    'blanks around': ['  MemoHeader.json  ', 'x'],
    'a fullwidth name': ['ＭｅｍｏＨｅａｄｅｒ．ｊｓｏｎ', 'x'],
    'a Cyrillic o': ['Mem\u043eHeader.json', 'x'],
    'a zero-width space': ['Memo\u200bHeader.json', 'x'],
    'a folder before the name': ['C:\\sag\\MemoHeader.json', 'x'],
    'a copy': ['MemoHeader (1).json', 'x'],
    'a second ending': ['MemoHeader.json.txt', 'x'],
    'another name': ['data.json', header],
    'the info file under another name': ['oplysninger.json', info],
    'a text ending': ['noter.txt', header],
    'no name': ['', header],
    'a byte order mark': ['data.txt', `\ufeff${header}`],
    'UTF-16': ['data.txt', utf16],
    'UTF-16, big end first': ['data.dat', utf16BigEndian],
    'wrapped in a list': ['data.json', `[${header}]`],
    'in a zip': ['arkiv.zip', zipWith(named)],
    'in a folder in a zip': ['arkiv.zip', zipWith({ name: 'sager/2026/memoheader.JSON', data: 'x' })],
    'in a folder in a zip from Windows': ['arkiv.zip', zipWith({ name: 'sager\\MemoHeader.json', data: 'x' })],
    'in a zip called something else': ['arkiv.dat', zipWith(named)],
    'in a zip called docx': ['brev.docx', zipWith(named)],
    'in a zip under another name': ['arkiv.zip', zipWith({ name: 'a.dat', data: header })],
    'in a zip, stored': ['arkiv.zip', zipWith({ ...named, name: 'a.txt', stored: true })],
    'in a zip with a password': ['arkiv.zip', zipWith({ ...named, encrypted: true })],
    'in a zip whose local header tells the name': [
      'arkiv.zip',
      zipWith({ name: 'a.txt', localName: 'MemoHeader.json', data: 'x' }),
    ],
    'in a zip whose Unicode field tells the name': [
      'arkiv.zip',
      zipWith({ name: 'a.txt', unicodeName: 'MemoHeader.json', data: 'x' }),
    ],
    'in a zip with a comment': ['arkiv.zip', zipOf([named], { comment: 'PK\u0005\u0006 kommentar' })],
    'in a zip without a directory': ['arkiv.zip', zipOf([named], { directory: false })],
    'in a zip behind a picture': ['billede.png', Buffer.concat([pngOf(), zipWith(named)])],
    'in a zip in a zip': ['a.zip', zipWith({ name: 'b.zip', data: zipWith(named) })],
    'in a zip in a zip in a zip': [
      'a.zip',
      zipWith({ name: 'b.bin', data: zipWith({ name: 'c', data: zipWith(named) }) }),
    ],
    'packed with gzip': ['MemoHeader.json.gz', gzipSync('x')],
    'packed with gzip under another name': ['data.gz', gzipSync(header)],
    'in a tar': ['sag.tar', tarOf('MemoHeader.json', header)],
    'in a packed tar': ['sag.tgz', gzipSync(tarOf('sag/MemoHeader.json', header))],
    'in a RAR, by the name that stands in it': [
      'sag.rar',
      Buffer.concat([Buffer.from('Rar!\u001a\u0007\u0001\0', 'latin1'), Buffer.from('xx\0MemoHeader.json\0xx')]),
    ],
    'in a mail': ['besked.eml', mailWith('Content-Type: application/json; name="MemoHeader.json"', 'x')],
    'in a mail, name in RFC 2231': [
      'besked.eml',
      mailWith("Content-Disposition: attachment; filename*0*=utf-8''Memo; filename*1*=Header%2Ejson", 'x'),
    ],
    'in a mail, name in RFC 2047': [
      'besked.eml',
      mailWith('Content-Disposition: attachment; filename="=?utf-8?B?TWVtb0hlYWRlci5qc29u?="', 'x'),
    ],
    'in a mail under another name': ['besked.eml', mailWith(`${base64}filename="x.dat"`, Buffer.from(header))],
    'in a mail without the ending': ['besked', mailWith('Content-Type: application/json; name="MemoHeader.json"', 'x')],
    'in a mail told by its type': [
      'besked',
      mailWith('Content-Type: application/json; name="MemoHeader.json"', 'x'),
      'message/rfc822',
    ],
    'in a mail in base64': [
      'besked.eml',
      mailWith('Content-Type: application/json; name="MemoHeader.json"', 'x').toString('base64'),
    ],
    'in a mail in a mail': [
      'a.eml',
      mailWith(
        'Content-Type: message/rfc822',
        mailWith('Content-Type: text/plain; name=MemoHeader.json', 'x').toString(),
      ),
    ],
    'in a mail in a zip': [
      'a.zip',
      zipWith({ name: 'a.eml', data: mailWith('Content-Type: text/plain; name=MemoHeader.json', 'x') }),
    ],
    'in a zip in a mail': ['a.eml', mailWith(`${base64}filename="a.zip"`, zipWith(named))],
    'in an Outlook message': [
      'besked.msg',
      outlookMessageOf([{ name: 'brev.pdf' }, { name: 'MemoHeader.json', data: 'x' }]),
    ],
    'in an Outlook message under another name': ['besked.msg', outlookMessageOf([{ name: 'a.txt', data: header }])],
    'in a zip in an Outlook message': [
      'besked.msg',
      outlookMessageOf([{ name: 'a.zip', data: Buffer.concat([zipWith(named), Buffer.alloc(0)]) }]),
    ],
    'in an Outlook message in a zip': [
      'a.zip',
      zipWith({ name: 'a.msg', data: outlookMessageOf([{ name: 'MemoHeader.json' }]) }),
    ],
    'embedded in a document': [
      'brev.docx',
      docxOf([{ name: 'word/embeddings/oleObject1.bin', data: olePackage('MemoHeader.json', 'x') }]),
    ],
  };

/** T16: none of these holds one. */
const innocents: Readonly<Record<string, readonly [name: string, bytes: Uint8Array | string]>> = {
  'Memo.json': ['Memo.json', '{"a": 1}'],
  'Header.json': ['Header.json', '{}'],
  'a manual about it': ['MemoHeader-vejledning.pdf', pdfOf()],
  'a text about it': ['MemoHeader.txt', 'MemoHeader.json er en fil'],
  'a text that quotes it': ['vejledning.txt', `Filen ser saadan ud:\n${header}`],
  'package.json': ['package.json', '{"name": "memoheader", "version": "1.0.0", "files": []}'],
  'tsconfig.json': ['tsconfig.json', '{"compilerOptions": {"strict": true}}'],
  'a list of messages': ['beskeder.json', '[{"messageUUID": "x", "label": "y"}]'],
  'broken JSON': ['data.json', '{"a": '],
  'a document about it': ['MemoHeader.docx', docxOf([{ name: 'docProps/core.xml', data: '<x>MemoHeader.json</x>' }])],
  'a zip of ordinary files': [
    'arkiv.zip',
    zipWith({ name: 'Memo.json', data: '{}' }, { name: 'foto.png', data: pngOf() }),
  ],
  'a zip called so': ['MemoHeader.zip', zipWith({ name: 'noter.txt', data: 'MemoHeader.json' })],
  'a zip in a zip': ['a.zip', zipWith({ name: 'b.zip', data: zipWith({ name: 'c.zip', data: zipWith() }) })],
  'an empty zip': ['tom.zip', zipOf([])],
  'a mail that speaks of it': ['besked.eml', mailWith('Content-Type: text/plain', 'filename="MemoHeader.json"')],
  'a mail with a document': ['besked.eml', mailWith(`${base64}filename="brev.docx"`, docxOf())],
  'an Outlook message': ['besked.msg', outlookMessageOf([{ name: 'brev.pdf', data: pdfOf() }])],
  'a packed log': ['log.gz', gzipSync('linje\n'.repeat(10_000))],
  'a tar': ['sag.tar', tarOf('brev.txt', 'hej')],
  'an XML file': ['MemoHeader.xml', '<memo:MessageHeader/>'],
  'a text of headers': ['noter.txt', 'Subject: hej\nFrom: mig\n\nfilename="MemoHeader.json"'],
  'a spreadsheet of names': ['filer.csv', 'MemoHeader.json;1\nMemoHeaderInfo.json;2\n'],
  nothing: ['', ''],
};

describe('findMemoHeaders', () => {
  for (const [disguise, [name, bytes, declaredType]] of Object.entries(disguises)) {
    it(`finds a MemoHeader file: ${disguise}`, async () => {
      assert.equal((await find(name, bytes, declaredType)).paths.length > 0, true);
    });
  }

  for (const [what, [name, bytes]] of Object.entries(innocents)) {
    it(`raises no alarm: ${what}`, async () => {
      assert.deepEqual(await find(name, bytes), { paths: [], encrypted: false, undecided: false });
    });
  }

  it('tells the path from the outermost name inwards', async () => {
    const zip = zipOf([{ name: 'sag/indre.zip', data: zipOf([named]) }]);
    assert.deepEqual((await find('arkiv.zip', zip)).paths, ['arkiv.zip/sag/indre.zip/MemoHeader.json']);
  });

  it('looks into mails no more when nobody lists their attachments', async () => {
    const mail = mailWith('Content-Type: application/json; name="MemoHeader.json"', 'x');
    assert.deepEqual((await findMemoHeaders({ name: 'a.eml', bytes: mail })).paths, []);
  });

  it('finds one among the files embedded in a PDF', async () => {
    const plain = pdfOf({ objects: ['<</Type/Filespec/F(MemoHeader.json)/EF<</F 5 0 R>>>>'] });
    const wide = Buffer.from('MemoHeader.json', 'utf16le').swap16().toString('hex');
    const packed = pdfOf({ objects: [objectStreamOf(`<</Type/Filespec/UF<FEFF${wide}>>>`)] });
    assert.deepEqual((await inspect('brev.pdf', plain)).memoHeaderPaths, ['brev.pdf/MemoHeader.json']);
    assert.deepEqual((await inspect('brev.pdf', packed)).memoHeaderPaths, ['brev.pdf/MemoHeader.json']);
  });

  it('hands the finds on as facts of the attachment', async () => {
    const facts = await inspect('a.eml', mailWith('Content-Type: text/plain; name=MemoHeader.json', 'x'), {
      listMailAttachments,
    });
    assert.deepEqual(facts.memoHeaderPaths, ['a.eml/MemoHeader.json']);
    assert.equal(facts.damaged, false);
  });
});

describe('findMemoHeaders against bombs', () => {
  const zeros = Buffer.alloc(10_000_000);

  it('says that it could not look when a mail breaks the reader', async () => {
    const broken: ListMailAttachments = () => Promise.reject(new Error('too deep'));
    const search = await findMemoHeaders(
      { name: 'a.eml', bytes: Buffer.from('From: a\r\n\r\n') },
      { listMailAttachments: broken },
    );
    assert.equal(search.undecided, true);
  });

  it('thinks no ill of notes that begin like a mail and break the reader', async () => {
    const broken: ListMailAttachments = () => Promise.reject(new Error('too many headers'));
    const search = await findMemoHeaders(
      { name: 'noter.txt', bytes: Buffer.from('From: a\r\nSubject: b\r\n') },
      { listMailAttachments: broken },
    );
    assert.equal(search.undecided, false);
  });

  it('finds the directory of a zip64, and of a zip whose end stands apart from it', async () => {
    const zip = zipOf([named]);
    const end = zip.subarray(-22);
    const apart = Buffer.concat([zip.subarray(0, -22), Buffer.alloc(50), end]);
    assert.deepEqual((await find('a.zip', apart)).paths, ['a.zip/MemoHeader.json']);
    const locator = Buffer.alloc(20);
    locator.write('PK\u0006\u0007', 'latin1');
    const record = Buffer.alloc(56);
    record.write('PK\u0006\u0006', 'latin1');
    record.writeUInt32LE(end.readUInt32LE(12), 40);
    record.writeUInt32LE(end.readUInt32LE(16), 48);
    const blank = Buffer.from(end);
    blank.fill(0xff, 8, 20);
    const zip64 = Buffer.concat([zip.subarray(0, -22), record, locator, blank]);
    assert.deepEqual(await find('a.zip', zip64), {
      paths: ['a.zip/MemoHeader.json'],
      encrypted: false,
      undecided: false,
    });
  });

  it('gives up on zips nested without end', async () => {
    let zip = zipOf([named]);
    for (let level = 0; level < 42; level += 1) zip = zipOf([{ name: 'n.zip', data: zip }]);
    assert.deepEqual(await find('a.zip', zip), { paths: [], encrypted: false, undecided: true });
  });

  it('gives up on a fan of zips', async () => {
    let zip = zipOf([{ name: '0.txt', data: 'x' }]);
    for (let level = 0; level < 4; level += 1) {
      const inner = zip;
      zip = zipOf(Array.from({ length: 16 }, (_, index) => ({ name: `${index}.zip`, data: inner })));
    }
    assert.equal((await find('42.zip', zip)).undecided, true);
  });

  it('unpacks no nested zip beyond the limit', async () => {
    const bomb = zipOf([{ name: 'z.zip', data: Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), zeros]) }]);
    const search = await findMemoHeaders({ name: 'a.zip', bytes: bomb }, { limits: { unpackedBytesMax: 1_000_000 } });
    assert.equal(search.undecided, true);
  });

  it('does not believe a directory that claims a small size', async () => {
    const bomb = zipOf([
      { name: 'a.zip', claimedBytes: 10, data: Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), zeros]) },
    ]);
    const search = await findMemoHeaders({ name: 'b.zip', bytes: bomb }, { limits: { unpackedBytesMax: 1_000_000 } });
    assert.equal(search.undecided, true);
  });

  it('unpacks nothing that only is large', async () => {
    const zip = zipOf(Array.from({ length: 20 }, (_, index) => ({ name: `${index}.bin`, data: zeros })));
    const search = await findMemoHeaders({ name: 'a.zip', bytes: zip }, { limits: { unpackedBytesMax: 1_000 } });
    assert.deepEqual(search, { paths: [], encrypted: false, undecided: false });
  });

  it('tells overlapping entries', async () => {
    const data = deflateRawSync(zeros.subarray(0, 1000));
    const zip = zipOf([
      { name: 'a', data },
      { name: 'b', data },
    ]);
    // The second entry of the directory is made to point at the first one's data.
    const second = zip.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
    zip.writeUInt32LE(0, second + 42);
    assert.equal((await find('a.zip', zip)).undecided, true);
  });

  it('reads 60,000 names in a time that grows with their number, and finds the one', async () => {
    // The processor's time: what else the machine does is not in it.
    const spent = async (count: number): Promise<number> => {
      const zip = zipOf([...Array.from({ length: count }, (_, index) => ({ name: `sag/fil-${index}.txt`, stored: true })), named]);
      const before = process.cpuUsage();
      assert.deepEqual((await find('a.zip', zip)).paths, ['a.zip/MemoHeader.json']);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await spent(6_000);
    const [few, many] = [await spent(6_000), await spent(60_000)];
    assert.ok(many < 40 * few, `${few} and ${many} µs`);
  });

  it('stops at the limit of entries, and says so', async () => {
    const files = Array.from({ length: 200 }, (_, index) => ({ name: `${index}.txt` }));
    const search = await findMemoHeaders({ name: 'a.zip', bytes: zipOf(files) }, { limits: { entriesMax: 100 } });
    assert.equal(search.undecided, true);
  });

  it('never throws, whatever the bytes', async () => {
    const starts = [
      '',
      'PK\u0003\u0004',
      'PK\u0005\u0006',
      '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
      '\u001f\u008b',
      '{',
      'From: a\r\nSubject: b\r\n',
      'Rar!\u001a',
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 2_000 }), async (start, noise) => {
        const search = await find('a', Buffer.concat([Buffer.from(start, 'latin1'), noise]));
        assert.deepEqual(search.paths, []);
      }),
    );
  });

  it('never throws on broken containers', async () => {
    const whole = [
      zipOf([named, { name: 'b.zip', data: zipOf([named]) }]),
      outlookMessageOf([{ name: 'MemoHeader.json', data: header }]),
      gzipSync(tarOf('a', header)),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 10 }),
        fc.nat(),
        async (bytes, changes, cut) => {
          const copy = Buffer.from(bytes);
          for (const [at, value] of changes) copy[at % copy.length] = value;
          const search = await find('a', copy.subarray(0, copy.length - (cut % 3 === 0 ? cut % copy.length : 0)));
          assert.equal(Array.isArray(search.paths), true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

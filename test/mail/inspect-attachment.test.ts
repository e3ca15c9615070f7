import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AttachmentFacts } from '../../src/domain/attachment-facts.ts';
import { openInspection } from '../../src/mail/inspect-attachment.ts';
import {
  compoundOf,
  docxOf,
  inspect,
  officeOf,
  outlookMessageOf,
  pdfOf,
  pngOf,
  wordType,
  zipOf,
} from './inspect-samples.ts';

const exe = Buffer.concat([Buffer.from('MZ\u0090\0\u0003\0\0\0', 'latin1'), Buffer.alloc(500)]);
const stream = (name: string, data = Buffer.alloc(4096)): { readonly name: string; readonly data: Buffer } => ({
  name,
  data,
});
const msWord = 'application/vnd.ms-word.document.macroEnabled.main+xml';
const odtType = 'application/vnd.oasis.opendocument.text';

/** Content, and the type and extension that it shows. */
const kinds: Readonly<
  Record<string, readonly [content: Buffer | string, type: string | null, extension: string | null]>
> = {
  nothing: ['', null, null],
  'a plain text': ['Hej på dig', null, null],
  'a page of HTML': ['<!DOCTYPE html><html><body>Hej</body></html>', null, null],
  XML: ['<?xml version="1.0"?><a/>', null, null],
  'a calendar': ['BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n', null, null],
  'a text in UTF-16': [Buffer.from('\ufeffHej på dig', 'utf16le'), null, null],
  'a text in UTF-16, big end first': [Buffer.from('\ufeffHej på dig', 'utf16le').swap16(), null, null],
  'a text that begins like a picture': ['BM er en forkortelse', null, null],
  'a text that begins like a program': ['MZ er en forkortelse', null, null],
  'a text that begins like a sound': ['ID3 er en klasse på skolen', null, null],
  'rich text': ['{\\rtf1\\ansi Hej}', 'application/rtf', 'rtf'],
  'a PDF': [pdfOf(), 'application/pdf', 'pdf'],
  'a PDF behind a byte order mark': [Buffer.concat([Buffer.from('\ufeff'), pdfOf()]), 'application/pdf', 'pdf'],
  'a PDF behind other bytes': [Buffer.concat([Buffer.from('junk\0'), pdfOf()]), null, null],
  'a bare beginning of a PDF': ['%PDF-1.4\nx\n%%EOF', 'application/pdf', 'pdf'],
  'a picture': [pngOf(), 'image/png', 'png'],
  'a signature of a picture with noise': [
    Buffer.concat([pngOf().subarray(0, 8), randomBytes(1000)]),
    'image/png',
    'png',
  ],
  'a photo': [Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'), 'image/jpeg', 'jpg'],
  'a mark of a photo with text': [
    Buffer.from('\u00ff\u00d8\u00ff\u00e0 ikke et billede', 'latin1'),
    'image/jpeg',
    'jpg',
  ],
  'a mark of an older picture with text': ['GIF89a ikke et billede', 'image/gif', 'gif'],
  'a text about pictures': ['GIF er et format', null, null],
  'a program': [exe, 'application/x-msdownload', 'exe'],
  'a program with a PDF behind it': [Buffer.concat([exe, pdfOf()]), 'application/x-msdownload', 'exe'],
  'a zip': [zipOf([{ name: 'a.txt', data: 'x' }]), 'application/zip', 'zip'],
  'an empty zip': [zipOf([]), 'application/zip', 'zip'],
  'a Word document': [docxOf(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  'a Word document with odd content types': [
    officeOf('application/xml', 'word/document.xml'),
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'docx',
  ],
  'a workbook': [
    officeOf('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml', 'xl/workbook.xml'),
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'xlsx',
  ],
  slides: [
    officeOf(
      'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
      'ppt/presentation.xml',
    ),
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'pptx',
  ],
  'a document for macros': [
    officeOf(msWord, 'word/document.xml'),
    'application/vnd.ms-word.document.macroEnabled.12',
    'docm',
  ],
  'a template for macros': [
    officeOf('application/vnd.ms-word.template.macroEnabledTemplate.main+xml', 'word/document.xml'),
    'application/vnd.ms-word.template.macroEnabled.12',
    'dotm',
  ],
  'an OpenDocument text': [
    zipOf([
      { name: 'mimetype', data: odtType, stored: true },
      { name: 'content.xml', data: '<x/>' },
    ]),
    odtType,
    'odt',
  ],
  'a zip that only says Word in a name': [
    zipOf([{ name: 'backup/word/document.xml', data: 'x' }]),
    'application/zip',
    'zip',
  ],
  'an older Word document': [compoundOf([stream('WordDocument')]), 'application/msword', 'doc'],
  'an older workbook': [compoundOf([stream('Workbook')]), 'application/vnd.ms-excel', 'xls'],
  'older slides': [compoundOf([stream('PowerPoint Document')]), 'application/vnd.ms-powerpoint', 'ppt'],
  'an Outlook message': [
    outlookMessageOf([{ name: 'a.doc', data: compoundOf([stream('WordDocument')]) }]),
    'application/vnd.ms-outlook',
    'msg',
  ],
  'an installer': [compoundOf([stream('x')], '84100c0000000000c000000000000046'), 'application/x-msi', 'msi'],
  'another compound file': [compoundOf([stream('Catalog')]), 'application/x-cfb', 'cfb'],
  noise: [Buffer.from([0, 1, 2, 3, 0xfe, 0xdc, 0]), null, null],
};

describe('the inspection of an attachment', () => {
  for (const [what, [content, type, extension]] of Object.entries(kinds)) {
    it(`tells by its content: ${what}`, async () => {
      const facts = await inspect('fil', content);
      assert.deepEqual([facts.detectedType, facts.detectedExtension, facts.damaged], [type, extension, false]);
    });
  }

  it('hands on what the mail said', async () => {
    const inspection = openInspection({
      name: 'winmail.dat',
      declaredType: 'Application/MS-TNEF; name=x',
      unreadableTnef: true,
    });
    inspection.write(Buffer.from('x'));
    const facts = await inspection.end();
    assert.deepEqual(
      [facts.name, facts.declaredType, facts.bytes, facts.unreadableTnef],
      ['winmail.dat', 'application/ms-tnef', 1, true],
    );
  });

  it('finds the same in however small pieces the bytes come', async () => {
    const samples = [
      ...Object.values(kinds).map(([content]) => content),
      pdfOf({ catalog: '/OpenAction<</S/JavaScript/JS(x)>>', trailer: '/Encrypt 9 0 R' }),
    ];
    for (const content of samples) {
      const whole = await inspect('fil', content, { pieceBytes: 1_000_000 });
      for (const pieceBytes of [1, 7, 1000]) assert.deepEqual(await inspect('fil', content, { pieceBytes }), whole);
    }
  });

  it('never throws, whatever the bytes', async () => {
    const samples = Object.values(kinds).map(([content]) => Buffer.from(content as string));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }),
        fc.nat(),
        async (sample, changes, cut) => {
          const copy = Buffer.from(sample);
          for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
          const end = cut % 2 === 0 ? copy.length : cut % (copy.length + 1);
          assert.equal((await inspect('fil', copy.subarray(0, end))).bytes, end);
        },
      ),
      { numRuns: 500 },
    );
  });
});

async function fact(key: keyof AttachmentFacts, name: string, bytes: Uint8Array | string): Promise<unknown> {
  return (await inspect(name, bytes))[key];
}

describe('text', () => {
  const texts: Readonly<Record<string, Buffer | string>> = {
    nothing: '',
    'UTF-8': 'Blåbærgrød 😀\r\n\tog mere',
    'Latin-1': Buffer.from('Blåbærgrød', 'latin1'),
    'Windows-1252': Buffer.from([0x93, 0x48, 0x65, 0x6a, 0x94, 0x80]),
    'UTF-16': Buffer.from('\ufeffHej 😀', 'utf16le'),
    'UTF-16, big end first': Buffer.from('\ufeffHej 😀', 'utf16le').swap16(),
    'a form feed and the DOS end': 'side 1\fside 2\u001a',
  };
  const others: Readonly<Record<string, Buffer>> = {
    'a NUL': Buffer.from('Hej\0'),
    'a control sign': Buffer.from('Hej\u0001'),
    'a control sign far back': Buffer.concat([Buffer.alloc(200_001, 'a'), Buffer.from([7])]),
    'UTF-16 without a mark': Buffer.from('Hej', 'utf16le'),
    'UTF-16 cut in a sign': Buffer.from('\ufeffHej', 'utf16le').subarray(0, -1),
    'UTF-16 with half a pair': Buffer.from('\ufeffHej\ud83d', 'utf16le'),
    'UTF-16 with a NUL': Buffer.from('\ufeffHej\0', 'utf16le'),
    'neither UTF-8 nor Windows-1252': Buffer.from([0x48, 0x81, 0x8d]),
    noise: randomBytes(1000),
  };
  for (const [what, bytes] of Object.entries(texts)) {
    it(`reads: ${what}`, async () => assert.equal(await fact('readsAsText', 'a.txt', bytes), true));
  }
  for (const [what, bytes] of Object.entries(others)) {
    it(`does not read: ${what}`, async () => assert.equal(await fact('readsAsText', 'a.txt', bytes), false));
  }
  it('reads any text in any encoding, in pieces cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.constantFrom('utf8', 'utf16le'),
        fc.integer({ min: 1, max: 50 }),
        async (text, encoding, pieceBytes) => {
          const clean = text.replace(/[\0-\u001f]/g, '');
          const bytes = Buffer.from(`\ufeff${clean}`, encoding as BufferEncoding);
          assert.equal((await inspect('a.txt', bytes, { pieceBytes })).readsAsText, true);
        },
      ),
    );
  });
});

describe('macros', () => {
  const project = { name: 'word/vbaProject.bin', data: 'x' };
  it('show by the type inside, under a harmless name', async () => {
    const facts = await inspect('brev.docx', officeOf(msWord, 'word/document.xml', [project]));
    assert.deepEqual([facts.hasMacros, facts.detectedExtension], [true, 'docm']);
  });
  it('show by the project, under a harmless type', async () => {
    assert.equal(await fact('hasMacros', 'brev.docx', officeOf(wordType, 'word/document.xml', [project])), true);
  });
  it('show by the project under a name of its own', async () => {
    const types = '<Types><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>';
    const part = { name: 'word/document.xml', data: '<x/>' };
    const head = { name: '[Content_Types].xml', data: types };
    const hidden = { name: 'word/data.bin', data: 'x' };
    assert.equal(await fact('hasMacros', 'brev.docx', zipOf([head, part, hidden])), true);
    assert.equal(await fact('hasMacros', 'brev.docx', zipOf([head, part])), false);
  });
  it('are not supposed of a workbook whose writer lists the types of every extension', async () => {
    const types =
      '<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>' +
      '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument' +
      '.spreadsheetml.sheet.main+xml"/></Types>';
    const facts = await inspect('a.xlsx', zipOf([{ name: '[Content_Types].xml', data: types }]));
    assert.deepEqual([facts.detectedExtension, facts.hasMacros], ['xlsx', false]);
  });
  it('show by their storages in older formats', async () => {
    assert.equal(
      await fact(
        'hasMacros',
        'a.doc',
        compoundOf([stream('WordDocument'), { name: 'Macros', children: [stream('dir')] }]),
      ),
      true,
    );
    assert.equal(
      await fact('hasMacros', 'a.xls', compoundOf([stream('Workbook'), { name: '_VBA_PROJECT_CUR', children: [] }])),
      true,
    );
    const vba = Buffer.from('1f00ff0314000000020000040c000000010000000100000002000000', 'hex');
    assert.equal(
      await fact(
        'hasMacros',
        'a.ppt',
        compoundOf([stream('PowerPoint Document', Buffer.concat([Buffer.alloc(5000), vba]))]),
      ),
      true,
    );
  });
  it('show in OpenDocument by their modules, not by empty libraries', async () => {
    const odt = (name: string): Buffer =>
      zipOf([
        { name: 'mimetype', data: odtType, stored: true },
        { name, data: '<x/>' },
      ]);
    assert.equal(await fact('hasMacros', 'a.odt', odt('Basic/Standard/Module1.xml')), true);
    assert.equal(await fact('hasMacros', 'a.odt', odt('Basic/Standard/script-lb.xml')), false);
  });
  it('are not seen in ordinary documents', async () => {
    assert.equal(await fact('hasMacros', 'a.docx', docxOf()), false);
    assert.equal(await fact('hasMacros', 'a.doc', compoundOf([stream('WordDocument')])), false);
    assert.equal(await fact('hasMacros', 'a.ppt', compoundOf([stream('PowerPoint Document')])), false);
  });
});

describe('passwords', () => {
  it('show on a zip any of whose entries needs one', async () => {
    assert.equal(
      await fact(
        'encrypted',
        'a.zip',
        zipOf([
          { name: 'a', data: 'x' },
          { name: 'b', data: 'x', encrypted: true },
        ]),
      ),
      true,
    );
  });
  it('show on a zip inside a zip', async () => {
    const inner = zipOf([{ name: 'b', data: 'x', encrypted: true }]);
    assert.equal(await fact('encrypted', 'a.zip', zipOf([{ name: 'i.zip', data: inner }])), true);
  });
  it('show on a newer Office file, which keeps the type of its name', async () => {
    const facts = await inspect('brev.docx', compoundOf([stream('EncryptionInfo'), stream('EncryptedPackage')]));
    assert.deepEqual([facts.encrypted, facts.detectedExtension], [true, 'docx']);
  });
  it('show on an encrypted package under a foreign name as no known type', async () => {
    const facts = await inspect('brev.pdf', compoundOf([stream('EncryptedPackage')]));
    assert.deepEqual([facts.encrypted, facts.detectedExtension], [true, 'cfb']);
  });
  it('show on older Office files', async () => {
    const word = Buffer.alloc(5000);
    word.writeUInt16LE(0x0100, 10);
    const book = Buffer.alloc(5000);
    book.write('0908040000000500' + '2f0006000000', 'hex');
    const user = Buffer.alloc(32);
    user.writeUInt32LE(0xf3d1c4df, 12);
    assert.equal(await fact('encrypted', 'a.doc', compoundOf([stream('WordDocument', word)])), true);
    assert.equal(await fact('encrypted', 'a.xls', compoundOf([stream('Workbook', book)])), true);
    assert.equal(
      await fact('encrypted', 'a.ppt', compoundOf([stream('PowerPoint Document'), stream('Current User', user)])),
      true,
    );
  });
  it('show on OpenDocument by its manifest', async () => {
    const manifest = { name: 'META-INF/manifest.xml', data: '<manifest:encryption-data/>' };
    assert.equal(
      await fact('encrypted', 'a.odt', zipOf([{ name: 'mimetype', data: odtType, stored: true }, manifest])),
      true,
    );
  });
});

describe('what runs', () => {
  const programs: Readonly<Record<string, Buffer>> = {
    'a Windows program': exe,
    'a Linux program': Buffer.concat([Buffer.from('\u007fELF\u0002\u0001\u0001'), Buffer.alloc(100)]),
    'a Mac program': Buffer.concat([Buffer.from('cffaedfe07000001', 'hex'), Buffer.alloc(100)]),
    'a shortcut': Buffer.concat([Buffer.from('4c0000000114020000000000c000000000000046', 'hex'), Buffer.alloc(100)]),
    'a script': Buffer.from('#!/bin/sh\nrm -rf /\n'),
    'an installer': compoundOf([stream('x')], '84100c0000000000c000000000000046'),
    'a Java archive': zipOf([
      { name: 'META-INF/MANIFEST.MF', data: 'Manifest-Version: 1.0\n' },
      { name: 'A.class', data: 'x' },
    ]),
  };
  for (const [what, bytes] of Object.entries(programs)) {
    it(`is active under another name: ${what}`, async () =>
      assert.equal(await fact('active', 'brev.pdf', bytes), true));
  }
  it('is not what only speaks of it', async () => {
    for (const bytes of ['MZ', '# en overskrift', 'Kør #!/bin/sh', docxOf(), pngOf()])
      assert.equal(await fact('active', 'a.txt', bytes), false);
  });
});

describe('damage', () => {
  it('shows on a cut zip', async () => {
    const zip = zipOf([
      { name: 'a.txt', data: 'hej' },
      { name: 'b.txt', data: 'hej' },
    ]);
    assert.equal(await fact('damaged', 'a.zip', zip.subarray(0, -30)), true);
    assert.equal(await fact('damaged', 'a.docx', docxOf().subarray(0, 200)), true);
  });
  it('shows on a zip cut at its beginning', async () => {
    const zip = zipOf([
      { name: 'a.txt', data: 'hej' },
      { name: 'b.txt', data: 'hej' },
    ]);
    assert.equal(await fact('damaged', 'a.zip', zip.subarray(zip.indexOf('PK', 4))), true);
  });
  it('shows on a cut picture', async () => {
    assert.equal(await fact('damaged', 'a.png', pngOf(300).subarray(0, 60_000)), true);
    assert.equal(await fact('damaged', 'a.png', pngOf(300)), false);
  });
  it('is not supposed of a picture of noise, nor of one with bytes behind its end', async () => {
    assert.equal(await fact('damaged', 'a.png', Buffer.concat([pngOf().subarray(0, 8), randomBytes(100_000)])), false);
    assert.equal(
      await fact('damaged', 'a.png', Buffer.concat([pngOf().subarray(0, 33), randomBytes(100_000).fill(0x80, 0, 16)])),
      false,
    );
    assert.equal(await fact('damaged', 'a.png', Buffer.concat([pngOf(), randomBytes(100_000)])), false);
  });
  it('shows on a compound file that is but its beginning', async () => {
    assert.equal(await fact('damaged', 'a.doc', compoundOf([stream('WordDocument')]).subarray(0, 600)), true);
  });
  it('counts a zip that claims to unpack to gigabytes', async () => {
    const facts = await inspect('a.zip', zipOf([{ name: 'z', data: 'x', claimedBytes: 4_000_000_000 }]));
    assert.deepEqual([facts.damaged, facts.encrypted], [true, false]);
  });
  it('counts an archive that is too large to be kept', async () => {
    const facts = await inspect('a.zip', zipOf([{ name: 'z', data: randomBytes(5_000) }]), {
      limits: { containerBytesMax: 4_500 },
    });
    assert.equal(facts.damaged, true);
  });
});

import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { AttachmentFacts } from '../../src/domain/attachment-facts.ts';
import type { AttachmentQuestion } from '../../src/domain/attachment-limits.ts';
import { assessAttachments, defaultAttachmentSettings } from '../../src/domain/attachment-limits.ts';
import { allowedFileTypes, effectiveExtension, mimeTypeOf } from '../../src/domain/file-type.ts';
import { problemHeadline, problemRemedy } from '../../src/domain/problem.ts';

const pdf: AttachmentFacts = {
  name: 'brev.pdf', declaredType: 'application/pdf', bytes: 1000, detectedType: 'application/pdf', detectedExtension: 'pdf',
  readsAsText: false, hasMacros: false, encrypted: false, active: false, damaged: false, unreadableTnef: false,
  memoHeaderPaths: [],
};
const txt: AttachmentFacts = {
  ...pdf, name: 'note.txt', declaredType: 'text/plain', detectedType: null, detectedExtension: null, readsAsText: true,
};
const png: AttachmentFacts = {
  ...pdf, name: 'kort.png', declaredType: 'image/png', detectedType: 'image/png', detectedExtension: 'png',
};
const exe: AttachmentFacts = {
  ...pdf, name: 'kør mig.exe', declaredType: 'application/octet-stream', detectedType: 'application/x-msdownload',
  detectedExtension: 'exe', active: true,
};

function assessed(question: Partial<AttachmentQuestion>, settings = defaultAttachmentSettings): [string, unknown][] {
  const problems = assessAttachments({ attachments: [], bodyPdfs: [], channels: ['ngdp'], ...question }, settings);
  return problems.map(({ code, parameters }) => [code, parameters['files'] ?? parameters['file'] ?? parameters['count']]);
}

function judged(changes: Partial<AttachmentFacts>, channels: AttachmentQuestion['channels'] = ['ngdp']): string[] {
  return assessed({ attachments: [{ ...pdf, ...changes }], channels }).map(([code]) => code);
}

describe('the number of attachments', () => {
  const ten = Array.from({ length: 10 }, () => txt);

  it('may be ten, body.pdf not counted', () => {
    assert.deepEqual(assessed({ attachments: ten, bodyPdfs: [{ ...pdf, name: 'body.pdf' }] }), []);
  });

  it('may not be eleven, in any channel', () => {
    for (const channel of ['ngdp', 'mitdk', 'eboks'] as const) {
      assert.deepEqual(assessed({ attachments: [...ten, txt], channels: [channel] }), [['too-many-attachments', 11]]);
    }
  });

  it('is told with the limit and the channels', () => {
    const [problem] = assessAttachments({ attachments: [...ten, txt, txt], bodyPdfs: [], channels: ['mitdk', 'eboks'] });
    assert.ok(problem);
    assert.equal(problemHeadline(problem), 'Beskeden er ikke sendt: 12 vedhæftninger (højst 10)');
    assert.match(problemRemedy(problem), /^mit\.dk og e-Boks tager højst 10/);
  });

  it('is no matter of ours where there is no Digital Post, or only secure mail', () => {
    const attachments = Array.from({ length: 50 }, () => exe);
    assert.deepEqual(assessed({ attachments, channels: [] }), []);
    assert.deepEqual(assessed({ attachments, channels: ['secure-mail'] }), []);
  });
});

describe('the types of files', () => {
  it('pdf, txt and png go in every channel', () => {
    assert.deepEqual(assessed({ attachments: [pdf, txt, png], channels: ['ngdp', 'mitdk', 'eboks'] }), []);
  });

  it('that are not on the list are all named, in the name of each channel that checks', () => {
    const bat = { ...txt, name: 'x.bat' };
    const problems = assessAttachments({ attachments: [exe, pdf, bat], bodyPdfs: [], channels: ['ngdp', 'mitdk', 'eboks'] });
    assert.deepEqual(problems.map(({ parameters }) => parameters['channel']), ['Digital Post', 'mit.dk']);
    for (const problem of problems) {
      assert.equal(problem.code, 'file-type-not-allowed');
      assert.deepEqual(problem.parameters['files'], ['kør mig.exe', 'x.bat']);
    }
  });

  it('may be one channel’s alone: the others refuse them by name', () => {
    const allowedFileTypesHere = allowedFileTypes.map((type) => (type.extension === 'png' ? { ...type, channels: ['ngdp'] } : type));
    const settings = { ...defaultAttachmentSettings, allowedFileTypes: allowedFileTypesHere };
    const problems = assessAttachments({ attachments: [png, pdf], bodyPdfs: [], channels: ['ngdp', 'mitdk', 'eboks'] }, settings);
    assert.deepEqual(problems.map(({ parameters }) => [parameters['channel'], parameters['files']]), [['mit.dk', [png.name]]]);
  });

  it('are only counted in e-Boks, unless its setting asks for more', () => {
    const question = { attachments: [exe], channels: ['eboks' as const] };
    assert.deepEqual(assessed(question), []);
    const strict = { ...defaultAttachmentSettings, eboksChecksFileTypes: true };
    assert.deepEqual(assessed(question, strict), [['file-type-not-allowed', ['kør mig.exe']]]);
  });

  it('leave out archives, programs, scripts, macros, mails and pictures with scripts', () => {
    const listed = new Set(allowedFileTypes.map(({ extension }) => extension));
    for (const refused of ['zip', '7z', 'rar', 'exe', 'js', 'bat', 'ps1', 'lnk', 'docm', 'xlsm', 'svg', 'eml', 'msg', 'ics']) {
      assert.ok(!listed.has(refused), refused);
    }
    for (const allowed of ['pdf', 'txt', 'png', 'doc', 'docx', 'html', 'xml', 'jpg']) assert.ok(listed.has(allowed), allowed);
    assert.equal(listed.size, allowedFileTypes.length);
  });

  it('are judged by the name after repair: dots, blanks and turned writing hide nothing', () => {
    for (const name of ['x.exe.', 'x.exe ', 'x.EXE', 'brev\u202Efdp.exe', 'brev.pdf.exe', 'mappe/brev.pdf\\x.exe']) {
      assert.deepEqual(judged({ name }), ['file-type-not-allowed'], name);
    }
  });

  it('are taken from the content where the name has none', () => {
    assert.deepEqual(judged({ name: '' }), []);
    assert.deepEqual(judged({ name: 'Afgørelse nr. 12.2024' }), []);
    assert.deepEqual(judged({ ...exe, name: '' }), ['file-type-not-allowed']);
    assert.equal(effectiveExtension({ ...pdf, name: '' }), 'pdf');
    assert.equal(effectiveExtension({ ...txt, name: '', declaredType: 'text/csv' }), 'csv');
    assert.equal(effectiveExtension({ ...txt, name: '', declaredType: '' }), 'txt');
    assert.equal(effectiveExtension({ ...txt, name: '', declaredType: 'message/rfc822' }), null);
    assert.equal(effectiveExtension({ ...txt, name: 'a.TXT' }), 'txt');
  });

  it('have the MIME type of the list', () => {
    assert.equal(mimeTypeOf('PDF'), 'application/pdf');
    assert.equal(mimeTypeOf('exe'), 'application/octet-stream');
  });
});

describe('the contents of files', () => {
  it('that contradict the extension are refused by name, in every channel', () => {
    for (const channel of ['ngdp', 'mitdk', 'eboks'] as const) {
      assert.deepEqual(judged({ ...exe, name: 'faktura.pdf' }, [channel]), ['file-disguised']);
      assert.deepEqual(judged({ ...png, name: 'kort.jpg' }, [channel]), ['file-disguised']);
      assert.deepEqual(judged({ ...txt, name: 'tekst.pdf' }, [channel]), ['file-disguised']);
      assert.deepEqual(judged({ ...pdf, name: 'brev.txt', readsAsText: true }, [channel]), ['file-disguised']);
      assert.deepEqual(judged({ ...exe, name: 'brev.csv' }, [channel]), ['file-disguised']);
      for (const encrypted of [true, false]) {
        const zip = { name: 'arkiv.docx', detectedType: 'application/zip', encrypted };
        assert.deepEqual(judged(zip, [channel]), ['file-disguised']);
      }
    }
  });

  it('may be called otherwise by whoever looked at them', () => {
    const cfb = { detectedType: 'application/x-cfb', detectedExtension: 'cfb' };
    for (const name of ['a.doc', 'a.xls', 'a.ppt']) assert.deepEqual(judged({ ...cfb, name }), []);
    assert.deepEqual(judged({ name: 'a.doc', detectedType: 'application/rtf', detectedExtension: 'rtf' }), []);
    assert.deepEqual(judged({ ...txt, name: 'a.xml', detectedType: 'application/xml' }), []);
    assert.deepEqual(judged({ ...txt, name: 'BM.txt', detectedType: 'image/bmp' }), []);
    assert.deepEqual(judged({ ...txt, name: 'a.html', declaredType: 'text/html' }), []);
  });

  it('are refused when they hold macros, a password, scripts or damage, where file types are checked', () => {
    const faults: [Partial<AttachmentFacts>, string][] = [
      [{ hasMacros: true, name: 'a.doc', detectedType: 'application/x-cfb' }, 'file-macros'],
      [{ encrypted: true }, 'file-encrypted'],
      [{ encrypted: true, name: 'a.docx', detectedType: 'application/x-cfb' }, 'file-encrypted'],
      [{ active: true }, 'file-active'],
      [{ damaged: true }, 'file-damaged'],
    ];
    for (const [facts, code] of faults) {
      assert.deepEqual(judged(facts), [code]);
      assert.deepEqual(judged(facts, ['eboks']), []);
    }
  });

  it('are refused when there are none, or when a winmail.dat cannot be unpacked, in every channel', () => {
    for (const channel of ['ngdp', 'mitdk', 'eboks'] as const) {
      assert.deepEqual(judged({ bytes: 0, detectedType: null }, [channel]), ['file-empty']);
      assert.deepEqual(judged({ unreadableTnef: true, name: 'winmail.dat' }, [channel]), ['tnef-unreadable']);
    }
  });

  it('are all told at once, with every file', () => {
    const empty = { ...txt, bytes: 0 };
    assert.deepEqual(
      assessed({ attachments: [exe, { ...empty, name: 'a.txt' }, { ...exe, name: 'b.pdf' }, { ...empty, name: 'c.txt' }] }),
      [
        ['file-type-not-allowed', ['kør mig.exe']],
        ['file-empty', ['a.txt', 'c.txt']],
        ['file-disguised', ['b.pdf']],
      ],
    );
  });
});

describe('body.pdf', () => {
  const body = { ...pdf, name: 'Body.PDF' };

  it('must be a PDF, in every channel', () => {
    for (const channel of ['ngdp', 'eboks'] as const) {
      assert.deepEqual(assessed({ bodyPdfs: [{ ...txt, name: 'Body.PDF' }], channels: [channel] }), [
        ['body-pdf-not-pdf', 'Body.PDF'],
      ]);
      assert.deepEqual(assessed({ bodyPdfs: [{ ...body, bytes: 0 }], channels: [channel] }), [['file-empty', ['Body.PDF']]]);
    }
  });

  it('may stand once only', () => {
    assert.deepEqual(assessed({ bodyPdfs: [body, body] }), [['body-pdf-twice', 2]]);
  });

  it('may not be locked, broken or carry scripts', () => {
    assert.deepEqual(assessed({ bodyPdfs: [{ ...body, encrypted: true }] }), [['file-encrypted', ['Body.PDF']]]);
    assert.deepEqual(assessed({ bodyPdfs: [{ ...body, damaged: true }] }), [['file-damaged', ['Body.PDF']]]);
    assert.deepEqual(assessed({ bodyPdfs: [{ ...body, active: true }] }), [['file-active', ['Body.PDF']]]);
  });
});

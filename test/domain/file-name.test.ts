import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileExtensionOf, fileNameCharactersMax, repairFileName, repairFileNames } from '../../src/domain/file-name.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

/** What a name must be after repair: rule R1 of NgDP and what file systems and readers need. */
function assertRepaired(name: string): void {
  const shown = JSON.stringify(name);
  assert.doesNotMatch(name, /[<>:"/\\|?*\r\n\u00a0\u2000-\u200a\u2028\u205f\u2060\u3000]/, shown);
  assert.doesNotMatch(name, /[\p{Cc}\p{Cf}\u2028\u2029]/u, shown);
  assert.ok(name.isWellFormed(), shown);
  assert.equal(name, name.normalize('NFC'), shown);
  assert.ok(name.length > 0 && name.length <= fileNameCharactersMax, shown);
  assert.doesNotMatch(name, /^[. ]|[. ]$/, shown);
  assert.doesNotMatch(name, /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i, shown);
}

describe('file names', () => {
  const repairs: [string, string][] = [
    ['brev.pdf', 'brev.pdf'],
    ['Rødgrød med fløde.PDF', 'Rødgrød med fløde.PDF'],
    ['Ha\u030aret.pdf', 'Håret.pdf'],
    ['Kl. 12:30 <udkast> "a|b"?*.pdf', 'Kl. 12-30 -udkast- -a-b---.pdf'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Brugere\\mig\\brev.pdf', 'brev.pdf'],
    ['C:brev.pdf', 'brev.pdf'],
    ['mappe/', 'mappe'],
    ['brev.pdf\r\nX: y', 'brev.pdf X- y'],
    ['a\u00a0b\u3000c\u2003d.pdf', 'a b c d.pdf'],
    ['faktura\u202Efdp.exe', 'fakturafdp.exe'],
    ['a\u200bb\ufeff.pdf', 'ab.pdf'],
    ['brev.pdf. . ', 'brev.pdf'],
    ['CON.pdf', '_CON.pdf'],
    ['lpt1', '_lpt1'],
    ['aux.tar.txt', '_aux.tar.txt'],
    ['Contoso.pdf', 'Contoso.pdf'],
    ['a\ud800b.pdf', 'a_b.pdf'],
    ['.pdf', 'vedhæftning.pdf'],
    ['', 'vedhæftning'],
    ['...', 'vedhæftning'],
    ['\0', 'vedhæftning'],
    ['brev .pdf', 'brev.pdf'],
    ['emoji 👩‍👧.png', 'emoji 👩👧.png'],
  ];
  for (const [name, expected] of repairs) {
    it(`${JSON.stringify(name)} becomes ${JSON.stringify(expected)}`, () => {
      assert.equal(repairFileName(name), expected);
      assertRepaired(repairFileName(name));
    });
  }

  it('without an extension get the one of their type, others keep theirs', () => {
    assert.equal(repairFileName('rapport', 'pdf'), 'rapport.pdf');
    assert.equal(repairFileName('Afgørelse 12.2024', 'pdf'), 'Afgørelse 12.2024.pdf');
    assert.equal(repairFileName('a.txt', 'pdf'), 'a.txt');
    assert.equal(repairFileName('a', 'p/d'), 'a');
  });

  it('that are too long keep their extension and lose no half of a sign', () => {
    const long = repairFileName(`${'👩'.repeat(300)}.docx`);
    assert.ok(long.endsWith('👩.docx'));
    assertRepaired(long);
    for (const unit of ['a', '.', ' ', '/', '\u0301']) {
      withoutHanging(() => assertRepaired(repairFileName(`a${unit.repeat(1_000_000)}b.pdf`)));
    }
    assert.equal(repairFileName(`${'a'.repeat(1_000_000)}.pdf`).length, 255);
  });

  it('of one message are never alike, letter case aside, and nameless ones are numbered by place', () => {
    const names = ['navn.pdf', 'NAVN.pdf', 'navn (2).pdf', 'navn.pdf', '', 'rapport'].map((name) => ({
      name,
      extensionFallback: 'pdf',
    }));
    assert.deepEqual(repairFileNames(names), [
      'navn.pdf', 'NAVN (2).pdf', 'navn (2) (2).pdf', 'navn (3).pdf', 'vedhæftning-5.pdf', 'rapport.pdf',
    ]);
  });

  it('of a thousand like files come fast, each within the limit', () => {
    const names = repairFileNames(Array.from({ length: 1000 }, () => ({ name: `${'å'.repeat(400)}.pdf`, extensionFallback: null })));
    assert.equal(new Set(names).size, 1000);
    for (const name of names) assertRepaired(name);
  });

  it('have an extension only where it is one', () => {
    assert.equal(fileExtensionOf('a.PDF '), 'pdf');
    assert.equal(fileExtensionOf('a.pdf.exe'), 'exe');
    assert.equal(fileExtensionOf('1. udkast'), null);
    assert.equal(fileExtensionOf('nr.12'), null);
    assert.equal(fileExtensionOf(''), null);
    assert.equal(fileExtensionOf('a.7z'), '7z');
  });

  it('are repaired whatever they are, and keep their extension', () => {
    const nasty = fc.string({ unit: fc.constantFrom(...'aå/\\:*?<>|". \u00a0\u202e\u2028\r\n\0\ud800\u0301e.'), maxLength: 40 });
    const any = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 300 }), nasty.map((name) => `${name}.Pdf`));
    fc.assert(
      fc.property(any, (name) => {
        const repaired = repairFileName(name);
        assertRepaired(repaired);
        assert.equal(fileExtensionOf(repaired), fileExtensionOf(name));
        assert.equal(repairFileName(repaired), repaired);
      }),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a.pdf', 'A.PDF', 'a (2).pdf', '', 'con', 'a')), (names) => {
        const repaired = repairFileNames(names.map((name) => ({ name, extensionFallback: 'txt' })));
        repaired.forEach(assertRepaired);
        assert.equal(new Set(repaired.map((name) => name.toLowerCase())).size, names.length);
      }),
    );
  });

  it('are repaired over the big list of naughty strings', (t) => {
    const list = new URL('../../../shared/data/mime/naughty-strings/blns.txt', import.meta.url);
    if (!existsSync(list)) {
      t.skip('the naughty strings are not beside the project');
      return;
    }
    for (const line of readFileSync(list, 'utf8').split('\n')) assertRepaired(repairFileName(line, 'txt'));
  });
});

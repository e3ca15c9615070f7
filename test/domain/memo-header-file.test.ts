import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import {
  isBodyPdfName,
  isMassSendFileName,
  isMassSendListName,
  isMergeColumnsName,
  isMemoHeaderFileName,
  looksLikeMemoHeader,
} from '../../src/domain/memo-header-file.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

function disguises(stem: string, extension: string): string[] {
  const name = `${stem}.${extension}`;
  return [
    name, name.toUpperCase(), name.toLowerCase(), ` ${name} `, `${name}.`, `${name}. . `, `${name}\0`, `\u200b${name}`,
    `${stem}\u200b.${extension}`, `${stem} .${extension}`, `${stem}. ${extension}`, `C:\\temp\\${name}`, `/tmp/${name}`,
    `../${name}`, `./${name}`, `arkiv.zip/mappe/${name}`, `${stem} (1).${extension}`, `${stem}(12).${extension}`,
    `${stem}[1].${extension}`, `${stem} - Kopi.${extension}`, `${stem} - Kopi (2).${extension}`, `${stem} - Copy.${extension}`,
    `Kopi af ${name}`, `Copy of ${name}`, `${stem}_1.${extension}`, `${stem}1.${extension}`, `${name}.txt`,
    `${stem}．${extension}`, name.replace(/[a-z]/gi, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
    name.replaceAll('o', 'о').replaceAll('e', 'е'), name.replaceAll('o', 'ο').replaceAll('a', 'α'),
    `${stem}\u00ad.${extension}`, `${stem}\u202e.${extension}`, `${name}::$DATA`, `"${name}"`, `<${name}>`, `${name}\r\n`,
    `\t${name}`, `${stem}%2E${extension}`, `.${name}`, `${name.slice(0, 3)}\u0301${name.slice(3)}`,
  ];
}

describe('MemoHeader files', () => {
  for (const stem of ['MemoHeader', 'MemoHeaderInfo']) {
    for (const name of disguises(stem, 'json')) {
      it(`${JSON.stringify(name)} is known by name`, () => {
        assert.ok(isMemoHeaderFileName(name));
      });
    }
  }

  it('are not seen in other names', () => {
    for (const name of [
      'Memo.json', 'Header.json', 'MemoHeader.pdf', 'MemoHeaderNote.json', 'MinMemoHeader.json', 'MemoHeader', 'json',
      'MemoHeader.jsonx', 'Om MemoHeader.json.docx', '', 'masseforsendelse.txt', 'body.pdf', 'package.json',
    ]) {
      assert.ok(!isMemoHeaderFileName(name), name);
    }
  });

  it('are known by the shape of their content under any name', () => {
    const header = {
      version: 1, channel: 'ngdp', messageUUID: 'x', label: 'Emne', reply: true, sender: { cvr: '1' }, recipient: { id: '2' },
    };
    const info = { receivedAt: 'x', transmissionId: 'y', memoVersion: '1.2', files: [] };
    for (const value of [header, info, [header], { inner: { deep: info } }]) {
      assert.ok(looksLikeMemoHeader(JSON.stringify(value)));
      assert.ok(looksLikeMemoHeader(`\ufeff  ${JSON.stringify(value, null, 2)}\n`));
    }
    assert.ok(looksLikeMemoHeader(`${JSON.stringify(header).slice(0, -1)}, // rettet i hånden`));
  });

  it('are not seen in other JSON, nor in text that speaks of them', () => {
    for (const text of [
      '', '{}', '[]', 'null', '{"messageUUID":"x"}', '{"sender":1,"recipient":2}', '{"files":[],"receivedAt":"x"}',
      'Filen MemoHeader.json har messageUUID, sender og recipient.', '{"name":"messageUUID recipient sender"}', '[[[[[]]]]]',
    ]) {
      assert.ok(!looksLikeMemoHeader(text), text);
    }
  });

  it('are not seen in receipts for machines, but where those hold whole numbers', () => {
    const receipt = (recipient: string) => ({
      version: 1, subject: 'Brev', messageId: '<1@kommune.example>', sentAt: '2026-11-28T05:29:00.000Z', letterSha256: 'ab12'.repeat(16), counts: { all: 1 }, recipientsListed: 'all',
      recipients: [{ position: 1, recipient, channel: 'ngdp', messageUUID: '2f1cd7d1-a1ca-4256-8e09-a1c829dff860' }],
    });
    const texts = (recipient: string) => [receipt(recipient), [receipt(recipient)]].map((value) => JSON.stringify(value, null, 2));
    for (const text of texts('251248-xxxx')) assert.ok(!looksLikeMemoHeader(text), text);
    for (const text of texts('2512489996')) assert.ok(looksLikeMemoHeader(text), text);
  });

  it('are looked for within a limit, and deep JSON does no harm', () => {
    assert.ok(!looksLikeMemoHeader(`${'['.repeat(200_000)}${']'.repeat(200_000)}`));
    assert.ok(!looksLikeMemoHeader('{"messageUUID":1,"recipient":2,"sender":3}', 10));
  });

  it('hang nothing when they are sought in names of any length', () => {
    for (const unit of ['a', 'kopi', '(1)', '.json', '/', '%2E', '\u200b']) withoutHanging(() => isMemoHeaderFileName(`MemoHeader${unit.repeat(200_000)}`));
  });
});

describe('masseforsendelse.txt', () => {
  it('is known under the same disguises', () => {
    for (const name of disguises('masseforsendelse', 'txt')) assert.ok(isMassSendListName(name), JSON.stringify(name));
    for (const name of ['masseforsendelse.csv', 'minmasseforsendelse.txt', 'masse.txt', '']) assert.ok(!isMassSendListName(name));
  });
});

describe('masseforsendelse.csv', () => {
  it('is known under the same disguises, and is no list', () => {
    for (const name of [...disguises('masseforsendelse', 'csv'), 'masseforsendelse.csv.txt', 'masseforsendelse.txt.csv']) {
      assert.deepEqual([isMassSendFileName(name), isMergeColumnsName(name), isMassSendListName(name)], [true, true, false], JSON.stringify(name));
    }
    for (const name of [...disguises('masseforsendelse', 'txt'), 'C:\\csv\\masseforsendelse.txt']) assert.deepEqual([isMassSendFileName(name), isMergeColumnsName(name)], [true, false], JSON.stringify(name));
    for (const name of ['minmasseforsendelse.csv', 'masse.csv', 'masseforsendelse.csv.pdf', '']) assert.ok(!isMassSendFileName(name) && !isMergeColumnsName(name), name);
  });
});

describe('body.pdf', () => {
  it('is known without regard to letter case, blanks and folders', () => {
    for (const name of ['body.pdf', 'Body.PDF', ' body.pdf ', 'C:\\x\\body.pdf']) assert.ok(isBodyPdfName(name), name);
    for (const name of ['body.pdf.exe', 'body (1).pdf', 'antibody.pdf', 'body', '']) assert.ok(!isBodyPdfName(name), name);
  });
});

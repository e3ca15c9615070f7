import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { removeMacros } from '../../src/mail/remove-macros.ts';
import { listZip, readZipEntry } from '../../src/mail/zip-file.ts';
import { inspect, zipOf, type ZipFile } from './inspect-samples.ts';

const main = { docm: 'application/vnd.ms-word.document.macroEnabled', dotm: 'application/vnd.ms-word.template.macroEnabledTemplate', xlsm: 'application/vnd.ms-excel.sheet.macroEnabled', xltm: 'application/vnd.ms-excel.template.macroEnabled', pptm: 'application/vnd.ms-powerpoint.presentation.macroEnabled', ppsm: 'application/vnd.ms-powerpoint.slideshow.macroEnabled' };
const parts = { docm: '/word/document.xml', dotm: '/word/document.xml', xlsm: '/xl/workbook.xml', xltm: '/xl/workbook.xml', pptm: '/ppt/presentation.xml', ppsm: '/ppt/presentation.xml' };
type Kind = keyof typeof main;
const rel = (id: string, type: string, target: string): string => `<Relationship Id="${id}" Type="http://schemas.microsoft.com/office/2006/relationships/${type}" Target="${target}"/>`;
const links = (...all: readonly string[]): string => `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;

/** A document with macros as Office writes it: code, its data, signatures, keys and a ribbon of its own. */
function withMacros(kind: Kind, more: readonly ZipFile[] = [], types = ''): Buffer {
  const part = parts[kind];
  const folder = part.slice(1, part.lastIndexOf('/'));
  return zipOf([
    { name: '[Content_Types].xml', data: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="${main[kind]}.main+xml"/><Override PartName="/${folder}/vbaData.xml" ContentType="application/vnd.ms-word.vbaData+xml"></Override><Override PartName="/${folder}/customizations.xml" ContentType='application/vnd.ms-word.keyMapCustomizations+xml'/>${types}</Types>` },
    { name: '_rels/.rels', data: links(rel('r1', 'officeDocument', part.slice(1)), rel('r2', 'ui/extensibility', 'customUI/customUI14.xml')) },
    { name: part.slice(1), data: '<document>Blåbær</document>' },
    { name: `${folder}/_rels/${part.slice(part.lastIndexOf('/') + 1)}.rels`, data: links(rel('r1', 'vbaProject', 'vbaProject.bin'), rel('r2', 'keyMapCustomizations', `/${folder}/customizations.xml`), rel('r3', 'image', 'media/image1.png'), '<Relationship Id="r4" Type="http://x/hyperlink" Target="https://kommune.example/vbaProject.bin" TargetMode="External"/>') },
    { name: `${folder}/vbaProject.bin`, data: 'Sub AutoOpen()' },
    { name: `${folder}/_rels/vbaProject.bin.rels`, data: links(rel('r1', 'wordVbaData', 'vbaData.xml')) },
    { name: `${folder}/vbaData.xml`, data: '<vba/>' },
    { name: `${folder}/customizations.xml`, data: '<keys/>' },
    { name: 'customUI/customUI14.xml', data: '<customUI onLoad="AutoOpen"/>' },
    { name: `${folder}/media/image1.png`, data: 'billede', stored: true },
    ...more,
  ]);
}

function contentsOf(bytes: Buffer): ReadonlyMap<string, string> {
  const listing = listZip(bytes);
  assert.ok(listing?.sound);
  return new Map(listing.entries.map((entry) => [entry.name, readZipEntry(bytes, entry, 1_000_000)?.toString() ?? '(unreadable)']));
}

describe('macros are taken out of an Office file', () => {
  for (const [kind, extension] of [['docm', 'docx'], ['dotm', 'docx'], ['xlsm', 'xlsx'], ['xltm', 'xlsx'], ['pptm', 'pptx'], ['ppsm', 'pptx']] as const) {
    it(`a ${kind} becomes a ${extension} with everything else in it`, async () => {
      const before = withMacros(kind);
      assert.equal((await inspect(`a.${kind}`, before)).hasMacros, true);
      const removed = removeMacros(before);
      assert.ok(removed.kind === 'file');
      assert.deepEqual([removed.extension, removed.wasSigned], [extension, false]);
      const { hasMacros, damaged, detectedExtension } = await inspect(`a.${extension}`, removed.bytes);
      assert.deepEqual({ hasMacros, damaged, detectedExtension }, { hasMacros: false, damaged: false, detectedExtension: extension });
      const contents = contentsOf(removed.bytes);
      const part = parts[kind].slice(1);
      const folder = part.slice(0, part.lastIndexOf('/'));
      assert.deepEqual([...contents.keys()], ['[Content_Types].xml', '_rels/.rels', part, `${folder}/_rels/${part.slice(folder.length + 1)}.rels`, `${folder}/media/image1.png`]);
      assert.equal(contents.get(part), '<document>Blåbær</document>');
      assert.equal(contents.get(`${folder}/media/image1.png`), 'billede');
      const kept = contents.get(`${folder}/_rels/${part.slice(folder.length + 1)}.rels`) ?? '';
      assert.deepEqual(Array.from(kept.matchAll(/Id="(r\d)"/g), ([, id]) => id), ['r3', 'r4']);
      assert.doesNotMatch(`${contents.get('[Content_Types].xml') ?? ''}${contents.get('_rels/.rels') ?? ''}`, /vba|macro|keyMap|customUI/i);
    });
  }

  it('also out of a docx in which they are hidden', async () => {
    const hidden = zipOf([
      { name: '[Content_Types].xml', data: '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/kode%20x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>' },
      { name: 'word/document.xml', data: '<d/>' }, { name: 'word/_rels/document.xml.rels', data: links(rel('r1', 'vbaProject', './kode%20x.bin')) }, { name: 'word/Kode x.bin', data: 'kode' },
    ]);
    assert.equal((await inspect('a.docx', hidden)).hasMacros, true);
    const removed = removeMacros(hidden);
    assert.ok(removed.kind === 'file');
    assert.deepEqual([...contentsOf(removed.bytes).keys()], ['[Content_Types].xml', 'word/document.xml', 'word/_rels/document.xml.rels']);
    assert.equal((await inspect('a.docx', removed.bytes)).hasMacros, false);
  });

  it('a signature goes with them and is told of', () => {
    const removed = removeMacros(withMacros('docm', [{ name: '_xmlsignatures/origin.sigs', data: '' }, { name: '_xmlsignatures/sig1.xml', data: '<s/>' }], '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/><Override PartName="/_xmlsignatures/sig1.xml" ContentType="application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/>'));
    assert.ok(removed.kind === 'file' && removed.wasSigned);
    assert.doesNotMatch([...contentsOf(removed.bytes)].join(), /signature/);
  });

  it('refuses macro sheets, binary workbooks, add-ins, and what is not sound, with what else to do', () => {
    const reasonOf = (bytes: Buffer): string => {
      const removed = removeMacros(bytes);
      return removed.kind === 'refused' ? removed.reason : 'removed';
    };
    assert.match(reasonOf(withMacros('xlsm', [{ name: 'xl/macrosheets/sheet1.xml', data: '<m/>' }])), /Excel 4\.0.*Gem den som/);
    const types = (type: string): Buffer => zipOf([{ name: '[Content_Types].xml', data: `<Types><Override PartName="/x" ContentType="${type}"/></Types>` }]);
    assert.match(reasonOf(types('application/vnd.ms-excel.sheet.binary.macroEnabled.main')), /kan ikke fjernes/);
    assert.match(reasonOf(types('application/vnd.ms-excel.addin.macroEnabled.main+xml')), /kan ikke fjernes/);
    assert.match(reasonOf(withMacros('docm', [{ name: 'WORD/vbaproject.BIN', data: 'to' }])), /beskadiget/);
    assert.match(reasonOf(withMacros('docm', [{ name: 'word/laast.xml', data: 'x', encrypted: true }])), /beskadiget/);
    assert.match(reasonOf(Buffer.from('ikke en zip')), /beskadiget/);
  });

  it('never throws, and never leaves a part or a link of a macro, whatever the names', () => fc.assert(fc.property(
    fc.array(fc.record({ name: fc.string({ minLength: 1, maxLength: 12 }), data: fc.string() }), { maxLength: 6 }), fc.string(),
    (files, types) => {
      const removed = removeMacros(withMacros('docm', files.map(({ name, data }) => ({ name: `word/${name}.xml`, data, utf8Flag: true })), types.replaceAll('Override', '')));
      if (removed.kind === 'file') assert.ok(listZip(removed.bytes)?.entries.every(({ name }) => !/vbaProject|vbaData|customUI/.test(name)));
    },
  ), { numRuns: 200 }));

  it('never throws on bytes that are no package', () => fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    assert.equal(removeMacros(Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes])).kind, 'refused');
  })));
});

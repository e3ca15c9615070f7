import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listZip, readZipEntry } from '../../../src/mail/zip-file.ts';
import { packFile, writeZip } from '../../../src/mail/write-zip.ts';
import { zipOf, type ZipFile } from '../../mail/inspect-samples.ts';

const ODF = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMESPACES = `xmlns:office="${ODF}:office:1.0" xmlns:draw="${ODF}:drawing:1.0" xmlns:text="${ODF}:text:1.0" xmlns:table="${ODF}:table:1.0" xmlns:svg="${ODF}:svg-compatible:1.0" xmlns:script="${ODF}:script:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"`;
const mimeOf = (kind: 'text' | 'spreadsheet' | 'presentation'): string => `application/vnd.oasis.opendocument.${kind}`;

const bodies = {
  text: '<office:text><text:h text:outline-level="1">Afgørelse</text:h><text:p>Kære Ærinde Østergård</text:p><text:list><text:list-item><text:p>Første krav</text:p></text:list-item></text:list></office:text>',
  spreadsheet: '<office:spreadsheet><table:table table:name="Ark"><table:table-row><table:table-cell office:value-type="string"><text:p>Måned på rådhuset</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>',
  presentation: '<office:presentation><draw:page draw:name="1"><draw:frame svg:width="20cm" svg:height="3cm" svg:x="2cm" svg:y="2cm"><draw:text-box><text:p>Første dias på mødet</text:p></draw:text-box></draw:frame></draw:page></office:presentation>',
} as const;

const sorts = { text: ['docx', 'doc:MS Word 97', 'odt', 'rtf'], spreadsheet: ['xlsx', 'xls', 'ods'], presentation: ['pptx', 'ppt', 'odp'] } as const;

/** What each sort of sample says, by the ending of its file. */
export const sampleTexts: Readonly<Record<string, RegExp>> = {
  docx: /Kære Ærinde Østergård/, doc: /Kære Ærinde Østergård/, odt: /Kære Ærinde Østergård/, rtf: /Kære Ærinde Østergård/,
  xlsx: /Måned på rådhuset/, xls: /Måned på rådhuset/, ods: /Måned på rådhuset/,
  pptx: /Første dias på mødet/, ppt: /Første dias på mødet/, odp: /Første dias på mødet/,
};

type Kind = keyof typeof bodies;
const allKinds: readonly Kind[] = ['text', 'spreadsheet', 'presentation'];

/** An Office file of each sort, by its ending, as the program itself writes it. */
export async function officeSamples(soffice: string, folder: string, kinds = allKinds): Promise<ReadonlyMap<string, Buffer>> {
  const samples = new Map<string, Buffer>();
  const profile = path.join(folder, 'profile');
  await mkdir(path.join(profile, 'user'), { recursive: true });
  await writeFile(path.join(profile, 'user', 'registrymodifications.xcu'), withoutFirstStart);
  for (const kind of kinds) {
    const flat = path.join(folder, `a.fod${kind.charAt(0)}`);
    await writeFile(flat, `<?xml version="1.0" encoding="UTF-8"?><office:document ${NAMESPACES} office:version="1.3" office:mimetype="${mimeOf(kind)}"><office:body>${bodies[kind]}</office:body></office:document>`);
    for (const sort of sorts[kind]) {
      const outDir = path.join(folder, kind);
      await mkdir(outDir, { recursive: true });
      spawnSync(soffice, [`-env:UserInstallation=file://${profile}`, '--headless', '--convert-to', sort, '--outdir', outDir, flat], { stdio: 'ignore' });
      const [extension = ''] = sort.split(':');
      samples.set(extension, await readFile(path.join(outDir, `a.${extension}`)));
    }
  }
  return samples;
}

/** Without it the program tries for four seconds how it can draw. */
const withoutFirstStart = `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.9</value></prop></item></oor:items>`;

/** An OpenDocument file by hand. */
export function openDocument(kind: 'text' | 'spreadsheet', body: string, more: readonly ZipFile[] = []): Buffer {
  const entries = ['content.xml', ...more.map(({ name }) => String(name))].map((name) => `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/xml"/>`).join('');
  return zipOf([
    { name: 'mimetype', data: mimeOf(kind), stored: true },
    { name: 'META-INF/manifest.xml', data: `<?xml version="1.0"?><manifest:manifest xmlns:manifest="${ODF}:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="${mimeOf(kind)}"/>${entries}</manifest:manifest>` },
    { name: 'content.xml', data: `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES} office:version="1.2">${body}</office:document-content>` },
    ...more,
  ]);
}

/** A text with a Basic macro that runs when it is opened, and writes a file. */
export function documentWithMacro(writes: string): Buffer {
  const library = (inside: string, root: 'libraries' | 'library', more = ''): string => `<?xml version="1.0" encoding="UTF-8"?><library:${root} xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink"${more}>${inside}</library:${root}>`;
  const listener = '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document" xlink:type="simple"/></office:event-listeners></office:scripts>';
  return openDocument('text', `${listener}<office:body><office:text><text:p>Med makro</text:p></office:text></office:body>`, [
    { name: 'Basic/script-lc.xml', data: library('<library:library library:name="Standard" library:link="false"/>', 'libraries') },
    { name: 'Basic/Standard/script-lb.xml', data: library('<library:element library:name="M"/>', 'library', ' library:name="Standard" library:readonly="false" library:passwordprotected="false"') },
    { name: 'Basic/Standard/M.xml', data: `<?xml version="1.0" encoding="UTF-8"?><script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">Sub Main\nOpen "${writes}" For Output As #1\nPrint #1, "ran"\nClose #1\nEnd Sub\n</script:module>` },
  ]);
}

/** Texts and pictures of elsewhere that a file asks for when it is opened: on this machine, and on a server. */
export function documentWithLinks({ text, picture, server }: { readonly text: string; readonly picture: string; readonly server: string }): Buffer {
  const section = (href: string, n: number): string => `<text:section text:name="s${String(n)}"><text:section-source xlink:href="${href}" text:filter-name="Text"/><text:p>som det var</text:p></text:section>`;
  const shown = (href: string): string => `<text:p><draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm"><draw:image xlink:href="${href}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>`;
  return openDocument('text', `<office:body><office:text><text:p>Før</text:p>${section(`file://${text}`, 1)}${section(`${server}/tekst.txt`, 2)}${shown(`file://${picture}`)}${shown(`${server}/billede.png`)}<text:p>Efter</text:p></office:text></office:body>`);
}

export function sheetWithLinks({ text, server }: { readonly text: string; readonly server: string }): Buffer {
  const cell = (formula: string): string => `<table:table-row><table:table-cell table:formula="of:=${formula}" office:value-type="string" office:string-value="som det var"><text:p>som det var</text:p></table:table-cell></table:table-row>`;
  return openDocument('spreadsheet', `<office:body><office:spreadsheet><table:table table:name="A">${cell(`WEBSERVICE(&quot;${server}/svar&quot;)`)}${cell(`['file://${text}'#$A.A1]`)}${cell(`DDE(&quot;soffice&quot;;&quot;${text}&quot;;&quot;A1&quot;)`)}</table:table></office:spreadsheet></office:body>`);
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook as Excel keeps it, in no language: 1234.5 as an amount, a date, and 0.25 as it is. */
export function workbookOfNumbers(): Buffer {
  const links = (...all: readonly (readonly [type: string, target: string])[]): string => `<Relationships xmlns="${PACKAGE}/relationships">${all.map(([type, target], n) => `<Relationship Id="r${String(n + 1)}" Type="${RELATIONS}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
  const formats = [0, 4, 14].map((format) => `<xf numFmtId="${String(format)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`).join('');
  return zipOf([
    { name: '[Content_Types].xml', data: `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${OFFICE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${OFFICE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${OFFICE}.styles+xml"/></Types>` },
    { name: '_rels/.rels', data: links(['officeDocument', 'xl/workbook.xml']) },
    { name: 'xl/workbook.xml', data: `<workbook xmlns="${SHEET}" xmlns:r="${RELATIONS}"><sheets><sheet name="Ark1" sheetId="1" r:id="r1"/></sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', data: links(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml']) },
    { name: 'xl/styles.xml', data: `<styleSheet xmlns="${SHEET}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">${formats}</cellXfs></styleSheet>` },
    { name: 'xl/worksheets/sheet1.xml', data: `<worksheet xmlns="${SHEET}"><cols><col min="1" max="1" width="20" customWidth="1"/></cols><sheetData><row r="1"><c r="A1" s="1"><v>1234.5</v></c></row><row r="2"><c r="A2" s="2"><v>46000</v></c></row><row r="3"><c r="A3"><v>0.25</v></c></row></sheetData></worksheet>` },
  ]);
}

const macroTypes = {
  docx: ['wordprocessingml.document', 'application/vnd.ms-word.document.macroEnabled', 'word', 'document'],
  xlsx: ['spreadsheetml.sheet', 'application/vnd.ms-excel.sheet.macroEnabled', 'xl', 'workbook'],
  pptx: ['presentationml.presentation', 'application/vnd.ms-powerpoint.presentation.macroEnabled', 'ppt', 'presentation'],
} as const;

/** The same document with macros: a part for them, its type, and a link to it. */
export function withMacros(extension: keyof typeof macroTypes, bytes: Buffer): Buffer {
  const [plain, type, folder, main] = macroTypes[extension];
  const entries = (listZip(bytes)?.entries ?? []).map((entry) => {
    const content = readZipEntry(bytes, entry, 10_000_000) ?? Buffer.alloc(0);
    const text = content.toString('utf8');
    if (entry.name === '[Content_Types].xml') {
      return packFile(entry.name, Buffer.from(text
        .replace(`application/vnd.openxmlformats-officedocument.${plain}.main+xml`, `${type}.main+xml`)
        .replace('</Types>', `<Override PartName="/${folder}/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`)));
    }
    if (entry.name === `${folder}/_rels/${main}.xml.rels`) {
      return packFile(entry.name, Buffer.from(text.replace('</Relationships>', '<Relationship Id="makro" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')));
    }
    return packFile(entry.name, content);
  });
  return writeZip([...entries, packFile(`${folder}/vbaProject.bin`, Buffer.from('Sub AutoOpen()'))]);
}

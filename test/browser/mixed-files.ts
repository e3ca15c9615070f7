import { encodeJpeg } from '../../src/pdf/jpeg-codec.ts';
import { docxOf, officeOf, outlookMessageOf, pdfOf, zipOf } from '../mail/inspect-samples.ts';
import { png, textLetter } from '../pdf/letters.ts';

/** A file as a script attaches it. */
export interface AttachedFile {
  readonly name: string;
  readonly base64: string;
}

const attached = (name: string, content: Uint8Array | string): AttachedFile => ({ name, base64: Buffer.from(content as string).toString('base64') });
const letter = (text: string): Uint8Array => textLetter(text).pdf;
const EML = 'From: borger@mail.example\r\nTo: jobcenter@kommune.example\r\nSubject: Lejekontrakt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHer er kontrakten.\r\n';

export const budget: AttachedFile = attached('Budget 2027.xlsm', officeOf('application/vnd.ms-excel.sheet.macroEnabled.main+xml', 'xl/workbook.xml', [{ name: 'xl/vbaProject.bin', data: 'Sub AutoOpen()' }]));

/** Fourteen files as people attach them: nine of a sort that no channel takes or under a wrong name, and too many. */
export async function fourteenFiles(): Promise<readonly AttachedFile[]> {
  return [
    attached('Skærmbillede.png', png(300, 200)),
    attached('Foto fra telefonen.jpg', await largeJpeg()),
    budget,
    attached('Ansøgning.docm', officeOf('application/vnd.ms-word.document.macroEnabled.main+xml', 'word/document.xml', [{ name: 'word/vbaProject.bin', data: 'Sub x()' }])),
    attached('Besked.msg', outlookMessageOf([])),
    attached('Lejekontrakt.eml', EML),
    attached('Side.html', '<h1>Vejledning</h1><p>Sådan gør du.</p>'),
    attached('Notat.txt', 'Møde den 1. december'),
    attached('Bilag.zip', zipOf([{ name: 'sag/Kontrakt.pdf', data: Buffer.from(letter('Kontrakt')) }, { name: 'sag/Regning.pdf', data: Buffer.from(letter('Regning')) }])),
    attached('Tegning.pdf', png(40, 30)),
    attached(`${'Et meget langt navn '.repeat(11)}: <kladde>?.pdf`, letter('Langt navn')),
    attached('Afgørelse.pdf', letter('Afgørelse')),
    attached('Klagevejledning.pdf', letter('Klagevejledning')),
    attached('Brev.docx', docxOf()),
  ];
}

/** What nobody can mend. */
export const unmendable: readonly AttachedFile[] = [
  attached('Låst.pdf', pdfOf({ trailer: '/Encrypt 9 0 R', objects: ['<</Filter/Standard/V 2/R 3/Length 128/P -4/O(x)/U(x)>>'] })), attached('program.exe', 'MZ\0\0'), attached('tom.txt', ''), attached('Billede.heic', heic()),
];

const JPEG_BYTES = 12_000_000;
const COMMENT_BYTES = 65_000;

/** A photograph of 12 MB, most of which is not the picture itself (comments, JPEG B.2.4.5), so that it is made quickly. */
async function largeJpeg(): Promise<Uint8Array> {
  const [width, height] = [800, 600];
  const jpeg = await encodeJpeg({ width, height, rgba: new Uint8Array(width * height * 4).map((_, at) => (at % 4 === 3 ? 255 : (at * 7) % 256)) }, 80);
  const comment = Buffer.alloc(COMMENT_BYTES + 2, 'x');
  comment.writeUInt16BE(0xfffe, 0);
  comment.writeUInt16BE(COMMENT_BYTES, 2);
  return Buffer.concat([jpeg.subarray(0, 2), ...Array.from({ length: JPEG_BYTES / COMMENT_BYTES }, () => comment), jpeg.subarray(2)]);
}

/** The head of a HEIC file (ISO/IEC 23008-12). */
function heic(): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(100)]);
}

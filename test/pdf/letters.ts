import { crc32, deflateSync } from 'node:zlib';
import type { BodyPdfInput } from '../../src/pdf/body-pdf.ts';
import type { SetPdf } from '../../src/pdf/set-document.ts';
import { bodyPdf } from '../../src/pdf/body-pdf.ts';

const base: BodyPdfInput = {
  subject: 'Afgørelse', html: null, text: null, images: [],
};

/** A letter of HTML, all else as in most mails. */
export function htmlLetter(html: string, more: Partial<BodyPdfInput> = {}): SetPdf {
  return bodyPdf({ ...base, html, ...more });
}

/** A letter of plain text. */
export function textLetter(text: string, more: Partial<BodyPdfInput> = {}): SetPdf {
  return bodyPdf({ ...base, text: { text, flowed: false, delSp: false }, ...more });
}

/** A grey PNG. `honest: false` claims the size without having the pixels. */
export function png(width: number, height: number, honest = true): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc(honest ? height * (1 + width) : 10, 0x80);
  if (honest) for (let y = 0; y < height; y++) rows[y * (1 + width)] = 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

export const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
export const webp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');

/** As Outlook for Windows writes it: Word's styles, empty paragraphs, a list of paragraphs, a table, Wingdings. */
export const outlookHtml = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]--><style><!--
/* Font Definitions */
@font-face {font-family:Wingdings; panose-1:5 0 0 0 0 0 0 0 0 0;}
p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}
p.MsoListParagraph {margin-top:0cm; margin-bottom:0cm; margin-left:36.0pt;}
span.Skjult {display:none;}
@page WordSection1 {size:612.0pt 792.0pt;}
@list l0:level1 {mso-level-number-format:bullet; mso-level-text:\\F0B7;}
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026"/></xml><![endif]--></head>
<body lang=DA link="#0563C1"><div class=WordSection1>
<p class=MsoNormal>Kære Nancy<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Send os <b>følgende</b> senest <u>1. november</u>:<span class=Skjult>usynlig</span><o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Lejekontrakt<o:p></o:p></p>
<p class=MsoListParagraph style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><![endif]>alle
sider<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp; </span></span>Lønsedler</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.1)<span>&nbsp; </span></span>Punkt</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr><td style='border:solid windowtext 1.0pt'>
<p class=MsoNormal><b>Måned<o:p></o:p></b></p></td><td><p class=MsoNormal align=right><b>Beløb</b></p></td></tr>
<tr><td><p class=MsoNormal>Januar</p></td><td><p class=MsoNormal>1.234,00 kr.</p></td></tr></table>
<p class=MsoNormal>Læs <a href="https://www.borger.dk/bolig">borger.dk</a> <span style='font-family:Wingdings'>J</span></p>
</div></body></html>`;

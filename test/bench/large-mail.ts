import { createHash, randomBytes } from 'node:crypto';

/** A mail with one large attachment, and how that attachment must arrive. */
export interface LargeMail {
  readonly raw: Buffer;
  readonly content: Buffer;
  readonly sha256: string;
}

/** Kinds of attachment that are inspected in different ways. */
export type LargeKind = 'txt' | 'pdf';

/** Makes a mail as Exchange writes it: a few words, and one attachment of `bytes` bytes in base64 lines of 76 signs. */
export function makeLargeMail(kind: LargeKind, bytes: number, subject: string): LargeMail {
  const content = kind === 'txt' ? largeText(bytes) : largePdf(bytes);
  const type = kind === 'txt' ? 'text/plain; charset=utf-8' : 'application/pdf';
  const head = [
    'From: sikkerpost@kommune.example',
    'To: 1234567890@35833684.ngdp.digital-post.dk',
    `Subject: ${subject}`,
    `Message-ID: <${crypto.randomUUID()}@kommune.example>`,
    'Date: Wed, 25 Nov 2026 09:30:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="=_graense"',
    '',
    '--=_graense',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Hermed sagens akter.',
    '--=_graense',
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename="akter.${kind}"`,
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\r\n');
  const raw = Buffer.concat([Buffer.from(head), base64Lines(content), Buffer.from('--=_graense--\r\n')]);
  return { raw, content, sha256: createHash('sha256').update(content).digest('hex') };
}

function largeText(bytes: number): Buffer {
  const line = Buffer.from('Sagen er oplyst. Rødgrød med fløde på Ærø den 5. maj, journalnummer 2026-0417.\r\n');
  // A letter that is cut at the end would no longer be UTF-8.
  return Buffer.concat([Buffer.alloc(Math.floor(bytes / line.length) * line.length, line), Buffer.alloc(bytes % line.length, '.')]);
}

/** A PDF whose bulk is packed pictures, as in scanned files; packed bytes look like noise. */
function largePdf(bytes: number): Buffer {
  const picture = (number: number, size: number) => Buffer.concat([
    Buffer.from(`${number} 0 obj\n<< /Type /XObject /Subtype /Image /Filter /DCTDecode /Length ${size} >>\nstream\n`),
    randomBytes(size),
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const pieces = [Buffer.from('%PDF-1.7\n')];
  const end = Buffer.from('trailer\n<< /Size 1 >>\nstartxref\n9\n%%EOF\n');
  let left = bytes - (pieces[0]?.length ?? 0) - end.length;
  for (let number = 1; left > PICTURE_BYTES * 2; number++) {
    const next = picture(number, PICTURE_BYTES);
    pieces.push(next);
    left -= next.length;
  }
  return Buffer.concat([...pieces, Buffer.alloc(left, '%\n'), end]);
}

const PICTURE_BYTES = 400_000;

function base64Lines(content: Buffer): Buffer {
  const lines: Buffer[] = [];
  // Whole lines: 57 bytes make 76 signs.
  for (let at = 0; at < content.length; at += LINES_AT_ONCE * 57) {
    const signs = content.toString('base64', at, Math.min(content.length, at + LINES_AT_ONCE * 57));
    lines.push(Buffer.from(signs.replace(/.{1,76}/g, '$&\r\n'), 'latin1'));
  }
  return Buffer.concat(lines);
}

const LINES_AT_ONCE = 4_096;

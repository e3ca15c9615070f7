import type { MailUnreadableCode } from '../../src/mail/mail-unreadable.ts';

/** A mail that is made to take a reader down. */
export interface Bomb {
  readonly name: string;
  readonly mail: () => string;
  /** Null: the mail is read. */
  readonly code: MailUnreadableCode | null;
}

const b64 = 'Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n';
const qp = 'Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
export const mixed = 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n';

function nested(depth: number): string {
  const open = Array.from({ length: depth }, (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary="b${at + 1}"\r\n\r\n`);
  return `Content-Type: multipart/mixed; boundary="b0"\r\n\r\n${open.join('')}`;
}

/** What a reader must get through quickly or refuse; mails without sender and recipient. */
export const bombs: readonly Bomb[] = [
  { name: '10,000 multiparts within one another', mail: () => nested(10_000), code: 'nested-too-deep' },
  { name: '90 multiparts within one another', mail: () => nested(90), code: null },
  { name: '200,000 empty parts', mail: () => mixed + '--b\r\n\r\n\r\n'.repeat(200_000), code: 'too-many-parts' },
  { name: 'a header line of 2 MB', mail: () => `X: ${'a'.repeat(2_000_000)}\r\n\r\n`, code: 'header-too-large' },
  { name: 'a subject in 200,000 folds', mail: () => `Subject: ${'a\r\n '.repeat(200_000)}z\r\n\r\nhi`, code: null },
  { name: '100,000 header fields', mail: () => `${'X: y\r\n'.repeat(100_000)}\r\n`, code: 'too-many-header-fields' },
  { name: '50,000 addresses', mail: () => `To: ${'a@b.dk, '.repeat(50_000)}\r\n\r\n`, code: 'too-many-addresses' },
  { name: '2,000 addresses', mail: () => `To: ${'a@b.dk, '.repeat(2000)}\r\n\r\n`, code: null },
  { name: '300,000 groups', mail: () => `To: ${'a:'.repeat(300_000)};\r\n\r\n`, code: 'too-many-addresses' },
  { name: '400,000 nested comments', mail: () => `To: ${'('.repeat(400_000)}${')'.repeat(400_000)} a@b.dk\r\n\r\n`, code: null },
  { name: '20,000 quotes', mail: () => `To: ${'"'.repeat(20_000)} a@b.dk\r\n\r\n`, code: null },
  { name: '900,000 opening brackets', mail: () => `To: ${'<'.repeat(900_000)}\r\n\r\n`, code: 'too-many-addresses' },
  { name: '10,000 addresses without separators', mail: () => `To: ${'a@ '.repeat(5000)}\r\n\r\n`, code: null },
  { name: '100,000 nested mails', mail: () => 'Content-Type: message/rfc822\r\n\r\n'.repeat(100_000), code: null },
  { name: '500,000 nested HTML elements', mail: () => `Content-Type: text/html\r\n\r\n${'<div>'.repeat(500_000)}`, code: null },
  { name: '90,000 encoded words begun', mail: () => `Subject: ${'=?utf-8?Q?'.repeat(90_000)}\r\n\r\n`, code: null },
  { name: '70,000 encoded words never ended', mail: () => `Subject: ${'=?utf-8?Q?aaa'.repeat(70_000)}\r\n\r\n`, code: null },
  { name: '60,000 pieces of a file name', mail: () => `Content-Type: a/b; ${Array.from({ length: 60_000 }, (_, at) => `name*${at}=a`).join(';')}\r\n\r\n`, code: null },
  { name: '400,000 equals signs in a Content-Type', mail: () => `Content-Type: a/b; ${'='.repeat(400_000)}\r\n\r\n`, code: null },
  { name: '1,000,000 links in a text', mail: () => `Content-Type: text/plain\r\n\r\n${'http://a'.repeat(1_000_000)}`, code: null },
  { name: '2,000,000 combining marks', mail: () => `Content-Type: text/plain; charset=utf-8\r\n\r\na${'\u0301\u0323'.repeat(1_000_000)}`, code: null },
  { name: '1,000,000 lines that begin like a delimiter', mail: () => `${mixed}--b\r\nContent-Type: a/b\r\n\r\n${'--bx\n'.repeat(1_000_000)}`, code: null },
  { name: '2,000,000 dashes', mail: () => `${mixed}--b\r\nContent-Type: a/b\r\n\r\n${'-'.repeat(2_000_000)}`, code: null },
  { name: 'base64 with padding in every line', mail: () => b64 + 'AAA=\nAAAA!\n'.repeat(300_000), code: null },
  { name: 'base64 of padding alone', mail: () => b64 + '='.repeat(2_000_000), code: null },
  { name: 'quoted-printable of escapes alone', mail: () => qp + '='.repeat(1_000_000), code: null },
  { name: 'quoted-printable of blanks', mail: () => qp + ' '.repeat(500_000) + '=\r\n '.repeat(200_000), code: null },
  { name: 'a multipart without boundary and without parts', mail: () => `Content-Type: multipart/mixed\r\n\r\n${'--x y\r\n'.repeat(200_000)}`, code: null },
  { name: 'a text of 11 MB', mail: () => `Content-Type: text/plain\r\n\r\n${'x'.repeat(11_000_000)}`, code: 'body-too-large' },
  { name: 'a boundary of 3,000 signs', mail: () => `Content-Type: multipart/mixed; boundary=${'b'.repeat(3000)}\r\n\r\n`, code: 'boundary-too-long' },
  { name: 'an empty mail within a mail, alone', mail: () => 'Content-Disposition: inline\r\nContent-Type: message/rfc822\r\n', code: null },
  { name: 'an empty mail within a mail, in a multipart', mail: () => `${mixed}--b\r\nContent-Disposition: inline\r\nContent-Type: message/rfc822\r\n\r\n--b--\r\n`, code: null },
];

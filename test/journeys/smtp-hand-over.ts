import type { SmtpWire } from './running-sandbox.ts';

/** The answers to one hand-over, by SMTP code; 0 where it never came so far. */
export interface HandOverAnswers {
  readonly mail: number;
  /** One for each recipient. */
  readonly recipients: readonly number[];
  readonly data: number;
  /** What the last answer said. */
  readonly text: string;
}

/** What is handed over. */
export interface GivenMail {
  readonly mailFrom: string;
  readonly to: readonly string[];
  readonly raw: string | Buffer;
  /** Parameters of MAIL, e.g. "SIZE=1000". */
  readonly parameters?: string;
}

/** Hands one mail over on a line that has said EHLO, and leaves the line ready for the next. */
export async function handOver(wire: SmtpWire, given: GivenMail): Promise<HandOverAnswers> {
  const mail = await wire.say(`MAIL FROM:<${given.mailFrom}>${given.parameters ? ` ${given.parameters}` : ''}`);
  let last = mail;
  const recipients: number[] = [];
  if (mail.code === 250) {
    for (const recipient of given.to) {
      last = await wire.say(`RCPT TO:<${recipient}>`);
      recipients.push(last.code);
    }
  }
  let data = 0;
  if (recipients.includes(250)) {
    last = await wire.say('DATA');
    if (last.code === 354) {
      wire.socket.write(dotStuffed(given.raw));
      last = await wire.say('.');
    }
    data = last.code;
  }
  if (last.code !== 0 && last.code !== 421) await wire.say('RSET');
  return { mail: mail.code, recipients, data, text: last.text };
}

/** As it goes over the line: dots at line starts doubled, ended with CRLF (RFC 5321 4.5.2). */
export function dotStuffed(raw: string | Buffer): Buffer {
  const text = (typeof raw === 'string' ? Buffer.from(raw) : raw).toString('latin1').replace(/(^|\r\n)\./g, '$1..');
  return Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1');
}

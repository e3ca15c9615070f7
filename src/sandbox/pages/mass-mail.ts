import type { RunningGateway } from '../gateway-process.ts';
import { registrationOf } from '../world.ts';
import { handOver, MailNotTaken, pageFileOf, senderOfMailbox, type PageFile } from './hand-over.ts';

/** A mass send as its form has it. */
export interface MassMail {
  /** Address of the mailbox it is sent from. */
  readonly from: string;
  readonly subject: string;
  /** Text that becomes the letter where there is no body.pdf. */
  readonly text: string;
  /** Recipients, one number a line; counts where no file and no invented ones are given. */
  readonly list: string;
  /** A masseforsendelse.txt, sent byte for byte as it is. */
  readonly listFile: File | null;
  /** How many invented citizens to write to instead; 0: none. */
  readonly invented: number;
  /** The number in the address; null: as many as the list has. */
  readonly count: number | null;
  readonly bodyPdf: File | null;
  /** One PDF for each recipient, named <number>.pdf. */
  readonly ownLetters: readonly File[];
  readonly files: readonly File[];
}

/** The numbers of the invented citizens are of the form DDMM01xxxx (design.md, "The world in it"). */
export const INVENTED_MAX = 100_000;

const LIST_NAME = 'masseforsendelse.txt';

/**
 * Hands a mass send over as a line-of-business system would: one mail to masseforsendelse-<n>@…, with the list and the
 * letter as files. Answers how many it is for when the gateway said 250. Throws MailNotTaken.
 */
export async function sendMassMail(gateway: RunningGateway, mail: MassMail): Promise<number> {
  const list = await listOf(mail);
  if (list.length === 0) throw new MailNotTaken('Skriv eller vælg en liste med modtagere.');
  const count = mail.count ?? countOf(list);
  const letter = mail.bodyPdf === null ? [] : [{ ...(await pageFileOf(mail.bodyPdf)), name: 'body.pdf' }];
  const others = await Promise.all([...mail.ownLetters, ...mail.files].map(pageFileOf));
  const files: readonly PageFile[] = [{ name: LIST_NAME, type: 'text/plain', content: list }, ...letter, ...others];
  const to = [`masseforsendelse-${count}@${senderOfMailbox(mail.from)}.ngdp.digital-post.dk`];
  await handOver(gateway, { from: mail.from, to, subject: mail.subject, text: mail.text, files });
  return count;
}

/** `count` citizens that are registered, each another. */
export function inventedNumbers(count: number): readonly string[] {
  const numbers: string[] = [];
  for (let place = 0; numbers.length < count; place += 1) {
    const day = String((place % 28) + 1).padStart(2, '0');
    const month = String((Math.floor(place / 28) % 12) + 1).padStart(2, '0');
    const number = `${day}${month}01${String(Math.floor(place / 336)).padStart(4, '0')}`;
    if (registrationOf(number) === 'registered') numbers.push(number);
  }
  return numbers;
}

async function listOf(mail: MassMail): Promise<Buffer> {
  if (mail.listFile !== null) return Buffer.from(await mail.listFile.arrayBuffer());
  if (mail.invented > 0) return Buffer.from(inventedNumbers(Math.min(mail.invented, INVENTED_MAX)).join('\r\n'));
  return Buffer.from(mail.list.replace(/\r\n?|\n/g, '\r\n'));
}

/** Lines with something on them, also of a list in UTF-16; how rightly it is written is for the gateway to say. */
function countOf(list: Buffer): number {
  const encoding = list[0] === 0xff && list[1] === 0xfe ? 'utf-16le' : list[0] === 0xfe && list[1] === 0xff ? 'utf-16be' : 'utf-8';
  const lines = new TextDecoder(encoding).decode(list).split(/\r\n?|\n/);
  return lines.filter((line) => line.trim() !== '').length;
}

import { decodeText } from './decode-text.ts';
import type { GatewayAddress, RecipientId } from './gateway-address.ts';
import { printGatewayAddress } from './gateway-address.ts';
import { firstOf } from './first-of.ts';
import { listLinesToldMax, readListLines, type BadLine, type ListLines, type MassRecipient } from './mass-list-lines.ts';
import { isMassSendListName } from './memo-header-file.ts';
import { maskedListLine } from './masked-list-line.ts';
import type { Problem } from './problem.ts';
import { problemOf } from './problem.ts';

export type { MassRecipient } from './mass-list-lines.ts';

export type MassSendList =
  | { readonly kind: 'list'; readonly recipients: readonly MassRecipient[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

export interface MassListLimits {
  /** Most recipients of one mass send. */
  readonly recipientsMax: number;
  /** Largest list that is looked into: a million lines of UTF-16 are 28 MB. */
  readonly bytesMax: number;
}

export const defaultMassListLimits: MassListLimits = { recipientsMax: 1_000_000, bytesMax: 64_000_000 };

/**
 * Reads masseforsendelse.txt (formats.md, "Files and mails to define"): one CPR or CVR number a line, in UTF-8, UTF-16
 * or Windows-1252, with or without BOM, lines ended by CR, LF or CRLF. Blank lines, blanks around, `ddmmyy-xxxx` and one
 * trailing `;` or `,` are forgiven; anything else refuses the whole send. `wantedCount` is the number in the address.
 * Lines that cannot be used are told before a wrong count, which means nothing as long as they stand there. Neither
 * dates nor check digits are looked at. Never throws; linear in the bytes.
 */
export function readMassSendList(
  bytes: Uint8Array,
  wantedCount: number,
  limits: MassListLimits = defaultMassListLimits,
): MassSendList {
  if (bytes.length > limits.bytesMax) {
    return refused(problemOf('mass-list-too-large', { bytes: bytes.length, max: limits.bytesMax }));
  }
  const text = decodeText(bytes);
  if (text.includes('\0')) return refused(problemOf('mass-list-wrong-type', { file: massListName }));
  const lines = readListLines(text, limits.recipientsMax);
  const problems = problemsOf(lines, wantedCount, limits.recipientsMax);
  return problems.length > 0 ? refused(...problems) : { kind: 'list', recipients: lines.recipients };
}

/** The list as our own programs write it: UTF-8 without BOM, CRLF, digits only, no heading. */
export function writeMassSendList(ids: readonly RecipientId[]): Uint8Array {
  return new TextEncoder().encode(ids.map(({ number }) => `${number}\r\n`).join(''));
}

/** What is wrong with the choice of files of a mass send, which must hold one list; null when it holds just one. */
export function massListFileProblem(fileNames: readonly string[]): Problem | null {
  const lists = fileNames.filter(isMassSendListName);
  if (lists.length === 0) return problemOf('mass-list-missing', { file: massListName });
  return lists.length === 1 ? null : problemOf('mass-list-twice', { files: lists });
}

/**
 * A mass send is alone in its mail: no other recipient in Digital Post, and no second mass send. Null where that is so,
 * and for a mail that is no mass send.
 */
export function massNotAloneProblem(addresses: readonly GatewayAddress[]): Problem | null {
  const mass = addresses.find(({ kind }) => kind === 'mass');
  if (mass === undefined) return null;
  const address = printGatewayAddress(mass);
  const others = [...new Set(addresses.map(printGatewayAddress))].filter((other) => other !== address);
  return others.length === 0 ? null : problemOf('mass-not-alone', { address, others: firstOf(others) });
}

const massListName = 'masseforsendelse.txt';

function refused(...problems: readonly Problem[]): MassSendList {
  return { kind: 'problems', problems };
}

function problemsOf(lines: ListLines, wantedCount: number, recipientsMax: number): readonly Problem[] {
  const { recipients, count, bad, badCount } = lines;
  if (count + badCount === 0) return [problemOf('mass-list-empty', { file: massListName })];
  if (count > recipientsMax) return [problemOf('mass-too-many-recipients', { count, max: recipientsMax })];
  const { pairs, distinct } = duplicatesIn(recipients);
  const problems: Problem[] = [];
  if (badCount > 0) {
    problems.push(problemOf('mass-list-lines', { count: badCount, lines: firstOf(bad.map(toldLine), badCount) }));
  }
  if (pairs.length > 0) {
    problems.push(problemOf('mass-list-duplicates', { count: count - distinct, lines: firstOf(pairs, count - distinct) }));
  }
  const countIsRight = wantedCount === count || wantedCount === distinct;
  if (badCount === 0 && !countIsRight) {
    problems.push(problemOf('mass-list-count', { addressCount: wantedCount, listCount: count }));
  }
  return problems;
}

/** Numbers that stand before, in whatever spelling: a letter must not go twice. */
function duplicatesIn(recipients: readonly MassRecipient[]): { readonly pairs: readonly string[]; readonly distinct: number } {
  const firstLine = new Map<string, number>();
  const pairs: string[] = [];
  for (const { line, id } of recipients) {
    const first = firstLine.get(id.number);
    if (first === undefined) firstLine.set(id.number, line);
    else if (pairs.length < listLinesToldMax) pairs.push(`linje ${String(first)} og ${String(line)}`);
  }
  return { pairs, distinct: firstLine.size };
}

function toldLine({ line, text }: BadLine): string {
  return `linje ${String(line)}: »${maskedListLine(text)}« (${reasonOf(text)})`;
}

function reasonOf(text: string): string {
  if (/^[0-9]+[;,]?$/.test(text)) return `${String(text.replace(/[;,]$/, '').length)} cifre`;
  const digits = text.replace(/[^0-9]/g, '').length;
  if (/[^\0-\x7f]/u.test(text) && /^[\p{Nd}\p{Cf}\p{Pd}\s;,]+$/u.test(text)) return 'tegn, der kun ligner cifre og bindestreg';
  if (/[0-9]{8}\D+[0-9]{8}|[0-9]{6}-[0-9]{4}\D+[0-9]{6}/.test(text)) return 'mere end ét nummer';
  if (/^[0-9\s-]+[;,]?$/.test(text)) return 'mellemrum eller bindestreg det forkerte sted';
  return digits === 0 ? 'ikke et nummer' : 'andet end et nummer';
}

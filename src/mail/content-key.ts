import { createHash } from 'node:crypto';
import { readHeaderField, scanHeaderFields } from './header-fields.ts';
import type { MailLimits } from './mail-limits.ts';

/** Fields that another way through the mail servers changes, and that say nothing of the content. */
const traceFields = new Set([
  'received', 'return-path', 'delivered-to', 'authentication-results', 'dkim-signature', 'received-spf', 'bcc',
]);
const tracePrefixes = ['arc-', 'x-', 'resent-'];

/**
 * Hashes a mail's content while it streams by, so that a second hand-over of the same mail is known: every header field
 * but the trace ones (name in lower case, value unfolded, order kept), and the body byte for byte.
 */
export class ContentKey {
  readonly #hash = createHash('sha256');
  readonly #limits: MailLimits;
  #header: Buffer | null = Buffer.alloc(0);

  /** @param limits the number of header fields is kept; the size of the header is the parser's to keep */
  constructor(limits: MailLimits) {
    this.#limits = limits;
  }

  /** @throws MailUnreadable `too-many-header-fields` */
  update(bytes: Buffer): void {
    if (this.#header === null) {
      this.#hash.update(bytes);
      return;
    }
    this.#header = Buffer.concat([this.#header, bytes]);
    const wholeLines = this.#header.lastIndexOf(0x0a) + 1;
    const scanned = scanHeaderFields(this.#header.subarray(0, wholeLines), this.#limits.headerFieldsMax);
    if (scanned.endedBy !== 'bytes') this.#hashHeader(this.#header);
  }

  /** Ends the mail. @returns hex SHA-256 */
  digest(): string {
    if (this.#header !== null) this.#hashHeader(this.#header);
    return this.#hash.digest('hex');
  }

  #hashHeader(block: Buffer): void {
    const { fields, bodyStart } = scanHeaderFields(block, this.#limits.headerFieldsMax);
    for (const field of fields) {
      if (isTrace(field.name)) continue;
      const { name, value } = readHeaderField(block, field);
      this.#hash.update(`${name}:${value}\n`);
    }
    this.#hash.update('\n');
    this.#hash.update(block.subarray(bodyStart));
    this.#header = null;
  }
}

function isTrace(name: string): boolean {
  return traceFields.has(name) || tracePrefixes.some((prefix) => name.startsWith(prefix));
}

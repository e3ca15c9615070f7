import { MailUnreadable, type MailUnreadableCode } from './mail-unreadable.ts';

/** Bytes used up of a limit that several parts share. */
export interface ByteBudget {
  used: number;
  readonly max: number;
  readonly code: MailUnreadableCode;
}

/** Collects what must be held whole, within a limit. */
export class ByteCollector {
  readonly #budget: ByteBudget;
  #pieces: Buffer[] = [];
  #length = 0;

  /** @param budget counted up by every piece */
  constructor(budget: ByteBudget) {
    this.#budget = budget;
  }

  /** @throws MailUnreadable the budget's code, when the piece goes beyond it */
  add(bytes: Buffer): void {
    if (!this.fits(bytes)) throw new MailUnreadable(this.#budget.code);
    this.#budget.used += bytes.length;
    this.#length += bytes.length;
    // A copy: the piece may be a small window on a large block, which would be kept alive by it.
    this.#pieces.push(Buffer.from(bytes));
  }

  fits(bytes: Buffer): boolean {
    return this.#budget.used + bytes.length <= this.#budget.max;
  }

  /** Gives all bytes and keeps none; the budget stays used. */
  take(): Buffer {
    const all = Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [];
    this.#length = 0;
    return all;
  }

  /** Gives the bytes back to the budget and hands them out. */
  release(): Buffer {
    this.#budget.used -= this.#length;
    return this.take();
  }
}

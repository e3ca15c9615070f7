import { createHmac, randomBytes } from 'node:crypto';
import type { SandboxDatabase } from './sandbox-database.ts';

const KEY_DIGITS = 24;

/**
 * Stands in for CPR numbers and addresses in the addresses of our own pages, where a number must not be seen, kept in
 * history or logged. A key cannot be turned back without this sandbox's secret, and is the same after a restart.
 */
export class PageKeys {
  readonly #secret: string;

  private constructor(secret: string) {
    this.#secret = secret;
  }

  static async open(database: SandboxDatabase): Promise<PageKeys> {
    const fresh = JSON.stringify(randomBytes(32).toString('hex'));
    await database.query(`insert into sandbox.settings values ('page-key', $1) on conflict do nothing`, [fresh]);
    const { rows } = await database.query<{ value: string }>(`select value from sandbox.settings where name = 'page-key'`);
    return new PageKeys(String(rows[0]?.value));
  }

  /** The key of a number or address; letter case of it does not count. Letters alone, so that none looks like a number. */
  keyOf(text: string): string {
    const hex = createHmac('sha256', this.#secret).update(text.toLowerCase()).digest('hex').slice(0, KEY_DIGITS);
    return hex.replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
  }
}

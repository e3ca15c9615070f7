import { pino } from 'pino';
import type { DoorRules } from '../../../src/gateway/accept/door-rules.ts';
import type { IntakeStore } from '../../../src/gateway/accept/mail-intake.ts';
import { openSubmissionGatherer } from '../../../src/gateway/accept/submission-gatherer.ts';
import { openSmtpDoor, type SmtpDoor } from '../../../src/gateway/accept/smtp-door.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import type { Database, Queryable, Statement } from '../../../src/gateway/store/database.ts';

/** A mail as the store got it. */
export interface StoredMail {
  readonly raw: Buffer;
  readonly mailFrom: string;
  readonly recipients: readonly string[];
}

/** The few statements of the SMTP door, played in memory; whatever else is asked is an error. */
export class FakeStore implements Database {
  readonly mails: StoredMail[] = [];
  /** Pieces of mails that are not whole yet, by blob. */
  readonly uploads = new Map<number, Buffer[]>();
  /** The most bytes that uploads held at one time. */
  uploadedBytesMax = 0;
  /** Thrown by the next statements, when set. */
  failure: Error | null = null;
  /** Statements wait for this. */
  gate: Promise<void> = Promise.resolve();
  #lastBlob = 0;

  query: Queryable['query'] = async (statement: Statement) => {
    await this.gate;
    if (this.failure) throw this.failure;
    const rows = this.#run(statement.name ?? statement.text, statement.values ?? []);
    return { rows, rowCount: rows.length, command: '', oid: 0, fields: [] } as never;
  };

  queryLarge: Queryable['queryLarge'] = async ({ name, values, pieces }) => {
    await this.gate;
    if (this.failure) throw this.failure;
    // Copied, as a socket copies what it sends.
    return this.#runLarge(name, values, Buffer.concat(pieces));
  };

  get urgent(): Queryable {
    return this;
  }

  async transaction<T>(work: (connection: Queryable) => Promise<T>): Promise<T> {
    return await work(this);
  }

  async alone(_lock: number, work: () => Promise<void>): Promise<boolean> {
    await work();
    return true;
  }

  async close(): Promise<void> {}

  #run(name: string, values: readonly unknown[]): readonly Record<string, unknown>[] {
    const [first] = values;
    if (name === 'insert-small-submission') return this.#keep([Buffer.from(first as Buffer)], values);
    if (name === 'insert-small-submissions') return this.#keepAll(values);
    if (/^with mark as \(delete from upload/.test(name)) {
      for (const blob of first as number[]) this.uploads.delete(blob);
      return [];
    }
    throw new Error(`a statement that this store does not know: ${name}`);
  }

  #runLarge(name: string, values: readonly (string | null)[], bytes: Buffer): string | null {
    const blob = Number(values[0]);
    switch (name) {
      case 'start-upload':
        this.uploads.set((this.#lastBlob += 1), []);
        this.#addPiece(this.#lastBlob, bytes);
        return String(this.#lastBlob);
      case 'insert-chunk':
        this.#addPiece(blob, bytes);
        return null;
      case 'insert-large-submission': {
        const pieces = this.uploads.get(blob);
        this.uploads.delete(blob);
        if (!pieces) return null;
        this.mails.push({
          raw: Buffer.concat([...pieces, bytes]),
          mailFrom: values[3] ?? '',
          recipients: values[4]?.slice(2, -2).split('","') ?? [],
        });
        return String(this.mails.length);
      }
      default:
        throw new Error(`a statement that this store does not know: ${name}`);
    }
  }

  #keepAll([bytes, sizes, senders, recipients]: readonly unknown[]): readonly Record<string, unknown>[] {
    let at = 0;
    return (sizes as number[]).map((size, n) => {
      const raw = Buffer.from((bytes as Buffer).subarray(at, (at += size)));
      const to = (recipients as string[])[n]?.slice(2, -2).split('","') ?? [];
      this.mails.push({ raw, mailFrom: (senders as string[])[n] ?? '', recipients: to });
      return { id: this.mails.length, rawBlob: this.mails.length };
    });
  }

  #addPiece(blob: number, piece: Buffer): void {
    this.uploads.get(blob)?.push(piece);
    const held = [...this.uploads.values()].flat().reduce((sum, one) => sum + one.length, 0);
    this.uploadedBytesMax = Math.max(this.uploadedBytesMax, held);
  }

  #keep(pieces: readonly Buffer[], values: readonly unknown[]): readonly Record<string, unknown>[] {
    this.mails.push({
      raw: Buffer.concat(pieces), mailFrom: values[2] as string, recipients: values[3] as readonly string[],
    });
    return [{ id: this.mails.length }];
  }
}

/** The fake store as the intake of a mail takes it. */
export function intakeStore(store = new FakeStore()): IntakeStore {
  return { database: store, storeSmall: openSubmissionGatherer(store) };
}

/** An SMTP door on the fake store, which lets every sender in unless a test says otherwise. */
export interface FakeDoor extends AsyncDisposable {
  readonly port: number;
  readonly store: FakeStore;
  /** Codes of the Problems it refused with. */
  readonly refusals: string[];
  readonly door: SmtpDoor;
}

const OPEN_RULES: DoorRules = {
  cvrsOfPeer: () => [],
  refuseSender: () => null,
  refuseRecipient: () => null,
  refuseHeader: () => null,
};

export async function openFakeDoor(
  env: Readonly<Record<string, string>> = {},
  rules: Partial<DoorRules> = {},
): Promise<FakeDoor> {
  const store = new FakeStore();
  const refusals: string[] = [];
  const door = await openSmtpDoor({
    settings: settingsSchema.parse({
      DATABASE_URL: 'postgres://nowhere', ORGANISATIONS_FILE: 'none', SMTP_PORT: '0', SMTP_CLIENT_CERTIFICATES: 'off', ...env,
    }),
    database: store,
    rules: { ...OPEN_RULES, ...rules },
    now: () => new Date('2026-11-25T09:30:00Z'),
    log: pino({ level: 'silent' }),
    onAccepted: () => undefined,
    onRefused: ({ code }) => void refusals.push(code),
  });
  return { port: door.port, store, refusals, door, [Symbol.asyncDispose]: () => door.close() };
}

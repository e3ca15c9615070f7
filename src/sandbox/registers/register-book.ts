import type { SandboxDatabase } from '../sandbox-database.ts';
import type { CompanyRecord } from './company-record.ts';
import type { PersonRecord } from './person-record.ts';
import { readCompanyAnswer, type CompanyTold } from './read-company-answer.ts';
import { readPersonAnswer, type PersonTold } from './read-person-answer.ts';
import { fieldsIn, UnknownRegisterSetting } from './register-fault.ts';
import { WORLD_COMPANIES, worldPerson } from './register-world.ts';

/** The two registers of numbers. */
export type RegisterName = 'cpr' | 'cvr';

export const REGISTER_NAMES: readonly RegisterName[] = ['cpr', 'cvr'];

const TABLE = `
create table if not exists sandbox.register_answers (
  register text not null,
  number text not null,
  answer text not null,
  primary key (register, number)
)`;
const TABLE_LOCK = 727_102;

/** What the registers know: the world, and what somebody has told them to answer instead, which outlives a restart. */
export class RegisterBook {
  readonly #database: SandboxDatabase;
  readonly #persons = new Map<string, PersonTold>();
  readonly #companies = new Map<string, CompanyTold>();

  private constructor(database: SandboxDatabase) {
    this.#database = database;
  }

  static async open(database: SandboxDatabase): Promise<RegisterBook> {
    const book = new RegisterBook(database);
    await makeTable(database);
    const { rows } = await database.query<{ register: RegisterName; number: string; answer: string }>(
      'select register, number, answer from sandbox.register_answers',
    );
    for (const { register, number, answer } of rows) book.#takeKept(register, number, answer);
    return book;
  }

  /** Takes `{number, answer}`. Throws UnknownRegisterSetting. */
  async put(register: RegisterName, asked: unknown): Promise<void> {
    const fields = fieldsIn(asked);
    const number = numberIn(register, fields);
    const { answer } = fields;
    if (answer === undefined) throw new UnknownRegisterSetting('answer mangler; null betyder, at nummeret ikke findes.');
    this.#take(register, number, answer);
    await this.#database.query(
      'insert into sandbox.register_answers values ($1, $2, $3) on conflict (register, number) do update set answer = excluded.answer',
      [register, number, JSON.stringify(answer)],
    );
  }

  /** Lets a number be as the world has it again; without a number, all of them. Throws UnknownRegisterSetting. */
  async remove(register: RegisterName, asked: unknown): Promise<void> {
    const fields = asked === undefined || asked === null || asked === '' ? {} : fieldsIn(asked);
    const number = fields['number'] === undefined ? null : numberIn(register, fields);
    const told = register === 'cpr' ? this.#persons : this.#companies;
    if (number === null) told.clear();
    else told.delete(number);
    await this.#database.query(
      'delete from sandbox.register_answers where register = $1 and ($2::text is null or number = $2)', [register, number],
    );
  }

  /** How many numbers answer otherwise than in the world. */
  countOf(register: RegisterName): number {
    return (register === 'cpr' ? this.#persons : this.#companies).size;
  }

  /** What CPR says of a number; also one that its person has had before. */
  person(number: string): PersonTold {
    const own = this.#persons.get(number);
    if (own !== undefined) return own;
    for (const told of this.#persons.values()) {
      if (told.kind === 'person' && told.record.personnumre.some(({ personnummer }) => personnummer === number)) return told;
    }
    const record = worldPerson(number);
    return record === null ? { kind: 'unknown' } : { kind: 'person', record };
  }

  /** Each person once, in an order of the register's own; numbers that nobody has are passed over. */
  persons(numbers: readonly string[]): readonly PersonRecord[] {
    const found = new Map<string, PersonRecord>();
    for (const number of numbers) {
      const told = this.person(number);
      if (told.kind === 'person') found.set(told.record.id, told.record);
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  company(cvr: string): CompanyRecord | null {
    return this.companies().find((one) => one.cvr === cvr) ?? null;
  }

  /** Every company that CVR knows. */
  companies(): readonly CompanyRecord[] {
    const told = [...this.#companies.values()].filter((one) => one.kind === 'company').map(({ record }) => record);
    return [...WORLD_COMPANIES.filter(({ cvr }) => !this.#companies.has(cvr)), ...told];
  }

  /** What an earlier version has taken and this one cannot read is passed over: the sandbox must start. */
  #takeKept(register: RegisterName, number: string, answer: string): void {
    try {
      this.#take(register, number, JSON.parse(answer));
    } catch (error) {
      if (!(error instanceof UnknownRegisterSetting)) throw error;
    }
  }

  #take(register: RegisterName, number: string, answer: unknown): void {
    if (register === 'cpr') this.#persons.set(number, readPersonAnswer(number, answer));
    else this.#companies.set(number, readCompanyAnswer(number, answer));
  }
}

async function makeTable(database: SandboxDatabase): Promise<void> {
  const client = await database.connect();
  try {
    // Two starts at once must not meet in "create table if not exists".
    await client.query('select pg_advisory_lock($1)', [TABLE_LOCK]);
    await client.query(TABLE);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TABLE_LOCK]);
    client.release();
  }
}

const DIGITS: Readonly<Record<RegisterName, number>> = { cpr: 10, cvr: 8 };

/** A number as people and programs write it: with blanks or a hyphen, or as a JSON number that has lost its zeros. */
function numberIn(register: RegisterName, fields: Readonly<Record<string, unknown>>): string {
  const { number } = fields;
  const digits = DIGITS[register];
  const text = typeof number === 'number' ? String(number).padStart(digits, '0') : typeof number === 'string' ? number.replace(/[\s-]/g, '') : '';
  if (text.length === digits && /^\d+$/.test(text)) return text;
  throw new UnknownRegisterSetting(`number skal være et ${register.toUpperCase()}-nummer på ${digits} cifre.`);
}

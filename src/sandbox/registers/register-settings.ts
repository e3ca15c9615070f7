import type { SandboxDatabase } from '../sandbox-database.ts';
import {
  FAULT_TARGETS, fieldsIn, readRegisterFault, UnknownRegisterSetting, wholeNumber, type FaultTarget, type RegisterFault,
} from './register-fault.ts';

/** How the registers behave when they do not fail. */
export interface RegisterSwitches {
  /** Whether the caller's address is on Datafordeleren's list; else DAF-AUTH-0005. */
  readonly addressAllowed: boolean;
  /** Whether the organisations have been given CPR at Datafordeleren; else DAF-AUTH-0001. */
  readonly cprGranted: boolean;
  /** How Virk counts its hits: as Elasticsearch up to 6 does, or as 7 does. */
  readonly hitsTotal: 'number' | 'object';
  /** As many rows as a page of GraphQL holds, however many are asked for. */
  readonly pageSize: number;
  /** What the schema of CPR for private access calls a name: nobody has seen it. */
  readonly privateNames: 'both' | 'navne' | 'navn';
  /** What a token's `expires_in` says, and how long it holds. */
  readonly tokenSeconds: number;
}

export const PAGE_SIZE_MAX = 1_000;
const DEFAULT_SWITCHES: RegisterSwitches = {
  addressAllowed: true, cprGranted: true, hitsTotal: 'number', tokenSeconds: 300, pageSize: PAGE_SIZE_MAX, privateNames: 'both',
};
const TOKEN_SECONDS_MAX = 86_400;
const NO_FAULTS: Readonly<Record<FaultTarget, RegisterFault>> = {
  cpr: { mode: 'none' }, cvr: { mode: 'none' }, token: { mode: 'none' },
};

/** Faults and switches of the registers; kept in the database, so that they outlive a restart. */
export class RegisterSettings {
  #faults = NO_FAULTS;
  #switches = DEFAULT_SWITCHES;
  readonly #database: SandboxDatabase;

  private constructor(database: SandboxDatabase) {
    this.#database = database;
  }

  static async open(database: SandboxDatabase): Promise<RegisterSettings> {
    const settings = new RegisterSettings(database);
    const { rows } = await database.query<{ name: string; value: object }>(
      `select name, value from sandbox.settings where name in ('registers.faults', 'registers.switches')`,
    );
    for (const { name, value } of rows) {
      if (name === 'registers.faults') settings.#faults = { ...NO_FAULTS, ...value };
      else settings.#switches = { ...DEFAULT_SWITCHES, ...value };
    }
    return settings;
  }

  get switches(): RegisterSwitches {
    return this.#switches;
  }

  faultOf(target: FaultTarget): RegisterFault {
    return this.#faults[target];
  }

  /** Takes `{register, mode, status, count}`. Throws UnknownRegisterSetting. */
  async setFault(asked: unknown): Promise<RegisterFault> {
    const fields = fieldsIn(asked);
    const target = FAULT_TARGETS.find((one) => one === fields['register']);
    if (!target) throw new UnknownRegisterSetting('register skal være cpr, cvr eller token.');
    const fault = readRegisterFault(fields);
    await this.#setFault(target, fault);
    return fault;
  }

  /** Takes some of the switches; what is left out stays as it was. Throws UnknownRegisterSetting. */
  async setSwitches(asked: unknown): Promise<RegisterSwitches> {
    this.#switches = { ...this.#switches, ...switchesIn(fieldsIn(asked)) };
    await this.#keep('registers.switches', this.#switches);
    return this.#switches;
  }

  /** The fault that strikes the call at hand; one with a count is used up by it. */
  async strike(target: FaultTarget): Promise<RegisterFault> {
    const fault = this.#faults[target];
    if (fault.mode === 'none' || fault.left === null) return fault;
    // In memory first, so that calls that come at once do not share one count.
    await this.#setFault(target, fault.left > 1 ? { ...fault, left: fault.left - 1 } : { mode: 'none' });
    return fault;
  }

  async #setFault(target: FaultTarget, fault: RegisterFault): Promise<void> {
    this.#faults = { ...this.#faults, [target]: fault };
    await this.#keep('registers.faults', this.#faults);
  }

  async #keep(name: string, value: object): Promise<void> {
    await this.#database.query(
      'insert into sandbox.settings values ($1, $2) on conflict (name) do update set value = excluded.value',
      [name, value],
    );
  }
}

function switchesIn(fields: Readonly<Record<string, unknown>>): Partial<RegisterSwitches> {
  const { addressAllowed, cprGranted, hitsTotal, tokenSeconds, pageSize, privateNames } = fields;
  return {
    ...(addressAllowed === undefined ? {} : { addressAllowed: yesOrNo('addressAllowed', addressAllowed) }),
    ...(cprGranted === undefined ? {} : { cprGranted: yesOrNo('cprGranted', cprGranted) }),
    ...(hitsTotal === undefined ? {} : { hitsTotal: oneOf('hitsTotal', hitsTotal, ['number', 'object']) }),
    ...(tokenSeconds === undefined ? {} : { tokenSeconds: wholeNumber('tokenSeconds', tokenSeconds, 1, TOKEN_SECONDS_MAX) }),
    ...(pageSize === undefined ? {} : { pageSize: wholeNumber('pageSize', pageSize, 1, PAGE_SIZE_MAX) }),
    ...(privateNames === undefined ? {} : { privateNames: oneOf('privateNames', privateNames, ['both', 'navne', 'navn']) }),
  };
}

function oneOf<Word extends string>(name: string, value: unknown, words: readonly Word[]): Word {
  const word = words.find((one) => one === value);
  if (word !== undefined) return word;
  throw new UnknownRegisterSetting(`${name} skal være ${words.slice(0, -1).join(', ')} eller ${words.at(-1) ?? ''}.`);
}

function yesOrNo(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new UnknownRegisterSetting(`${name} skal være true eller false.`);
}

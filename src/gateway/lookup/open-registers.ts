import { isCprNumber } from '../../domain/cpr-number.ts';
import { isCvrNumber } from '../../domain/cvr-number.ts';
import type { Company } from '../../domain/gateway-api.ts';
import type { Log } from '../log.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';
import { openShelf, type Shelf } from './adapter-shelf.ts';
import { lookUpDeadline } from './look-up-deadline.ts';
import { mayBePNumber } from './p-number.ts';
import { personAnswerOf, type RegisterPerson } from './person-of-register.ts';
import { entryWords, openCompanyRegister, openPersonRegister, type RegisterSettings } from './register-choice.ts';
import { administratorText, RegisterFault, unavailableOf } from './register-fault.ts';
import type { CompanyRegister, PersonRegister } from './register-adapters.ts';
import type { Registers, RegisterUnavailable } from './registers.ts';

export type RegisterName = 'cpr' | 'cvr';

/** A version of a register that is gone: somebody must set another. */
export interface RetiredRegister {
  readonly organisation: OrganisationEntry;
  readonly register: RegisterName;
  readonly version: string;
}

export interface RegistersOptions {
  readonly settings: RegisterSettings;
  readonly log: Pick<Log, 'warn'>;
  readonly now?: () => Date;
  /** Told for each call that meets a version that is gone (HTTP 404 to everything); must be quiet about repeats itself. */
  readonly onRetired?: ((retired: RetiredRegister) => void) | undefined;
  /** Wait before the first new try. */
  readonly retryDelayMs?: number | undefined;
}

/** The registers, and a test of the way to them. */
export interface OpenRegisters extends Registers {
  /**
   * Asks once, with a token of its own, for a number that is nobody's unless another is given, and says in Danish which
   * part is wrong, as the end of a sentence and without its full stop; null when all is right. Never throws.
   */
  testRegister(organisation: OrganisationEntry, register: RegisterName, number?: string): Promise<string | null>;
}

/** The first of January 1900 has no number 0000, and no company the number 0. */
const NOBODY: Readonly<Record<RegisterName, string>> = { cpr: '0101000000', cvr: '00000000' };

/**
 * Opens the registers. Each organisation has an adapter of its own for each register, opened when it is first needed,
 * with its own connections, token and limits, and again when its entry has changed.
 */
export function openRegisters({ settings, log, now = () => new Date(), onRetired, retryDelayMs }: RegistersOptions): OpenRegisters {
  const adapterOptions = { settings, now, retryDelayMs };
  const cpr = openShelf((organisation) => openPersonRegister(organisation, adapterOptions));
  const cvr = openShelf((organisation) => openCompanyRegister(organisation, adapterOptions));
  const ask = openAsking({ log, onRetired });
  const deadline = (given?: AbortSignal): AbortSignal => lookUpDeadline(settings.LOOKUP_DEADLINE_MS, given);
  /** Answers in the order of the numbers; what is no number of this register is nobody's, and is not asked about. */
  const askMany = async <Adapter extends { readonly version: string } & Finder<Found>, Found, Answer>(
    asking: Asking<Adapter> & { readonly isNumber: (number: string) => boolean; readonly answerOf: (found: Found, number: string, adapter: Adapter) => Answer },
    numbers: readonly string[],
    given?: AbortSignal,
  ): Promise<readonly (Answer | typeof NOT_FOUND | RegisterUnavailable)[]> => {
    const answers = new Map<string, Answer | typeof NOT_FOUND>();
    const wanted = [...new Set(numbers.filter(asking.isNumber))];
    const done = wanted.length === 0 ? null : await ask(asking, (adapter) => findAll(adapter, wanted, {
      concurrency: settings.REGISTER_CONCURRENCY, signal: () => deadline(given),
      take: (number, found) => answers.set(number, found === undefined ? NOT_FOUND : asking.answerOf(found, number, adapter)),
    }));
    const fault = done instanceof RegisterFault ? unavailableOf(done) : NOT_FOUND;
    return numbers.map((number) => answers.get(number) ?? (asking.isNumber(number) ? fault : NOT_FOUND));
  };
  const persons: Registers['persons'] = (organisation, numbers, signal) => askMany({
    organisation, register: 'cpr', shelf: cpr, isNumber: isCprNumber,
    answerOf: (person: RegisterPerson, number, { access }) => personAnswerOf(person, number, access),
  }, numbers, signal);
  const companies: Registers['companies'] = (organisation, numbers, signal) => askMany({
    organisation, register: 'cvr', shelf: cvr, isNumber: isCvrNumber,
    answerOf: (company: Company | RegisterFault) => (company instanceof RegisterFault ? unavailableOf(company) : { kind: 'found' as const, company }),
  }, numbers, signal);
  return {
    persons,
    person: async (organisation, number, signal) => (await persons(organisation, [number], signal))[0] ?? NOT_FOUND,
    companies,
    company: async (organisation, number, signal) => (await companies(organisation, [number], signal))[0] ?? NOT_FOUND,
    async searchCompanies(organisation, name, max, signal) {
      const found = await ask({ organisation, register: 'cvr', shelf: cvr }, (adapter) => adapter.search(name.trim(), max, deadline(signal)));
      return found instanceof RegisterFault ? unavailableOf(found) : found;
    },
    async productionUnit(organisation, pNumber, signal) {
      if (organisation.lookup.cvr === null) return null;
      const unit = await ask({ organisation, register: 'cvr', shelf: cvr }, async (adapter) =>
        (mayBePNumber(pNumber, adapter) ? await adapter.productionUnit(pNumber, deadline(signal)) : null));
      return unit instanceof RegisterFault ? unavailableOf(unit) : unit;
    },
    testRegister: (organisation, register, number = NOBODY[register]) => test({ organisation, register, number, adapterOptions }),
    async close() {
      await Promise.all([cpr.close(), cvr.close()]);
    },
  };
}

const NOT_FOUND = { kind: 'not-found' } as const;

/** Asks a register: what the story does with its adapter. A fault is logged, told, and comes back as an answer. */
function openAsking({ log, onRetired }: Pick<RegistersOptions, 'log' | 'onRetired'>) {
  return async <Adapter extends { readonly version: string }, Answer>(
    { organisation, register, shelf }: Asking<Adapter>,
    story: (adapter: Adapter) => Promise<Answer>,
  ): Promise<Answer | RegisterFault> => {
    let version = '';
    try {
      return await shelf.use(organisation, async (adapter) => {
        ({ version } = adapter);
        return await story(adapter);
      });
    } catch (error) {
      const fault = faultOf(error, register);
      log.warn({ state: 'register', register, organisation: organisation.cvrNumbers[0], reason: fault.kind, code: fault.code });
      if (fault.kind === 'retired') onRetired?.({ organisation, register, version });
      return fault;
    }
  };
}

interface Asking<Adapter> {
  readonly organisation: OrganisationEntry;
  readonly register: RegisterName;
  readonly shelf: Shelf<Adapter>;
}

/** What both registers have: so many numbers a call, and what was found by number. */
interface Finder<Found> {
  readonly numbersMax: number;
  find(numbers: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Found>>;
}

/** Faults after which a batch gives up, though each may have lain in its own answer. */
const BATCH_FAULTS_MAX = 3;

/**
 * Asks about all numbers in as few calls as the adapter allows, so many at once, and tells of each call's as it is answered.
 * A fault that every question would meet ends it; one that lies in an answer costs that call's numbers only. Rejects with
 * the first fault when all is asked.
 */
async function findAll<Found>(
  { numbersMax, find }: Finder<Found>, numbers: readonly string[],
  { concurrency, signal, take }: {
    readonly concurrency: number;
    /** For each call anew: a list may take longer than one of its calls. */
    readonly signal: () => AbortSignal;
    readonly take: (number: string, found: Found | undefined) => void;
  },
): Promise<void> {
  const calls = Math.ceil(numbers.length / numbersMax);
  const chunks = Array.from({ length: calls }, (_, n) => numbers.slice(n * numbersMax, (n + 1) * numbersMax));
  const faults: unknown[] = [];
  let isOver = false;
  const work = async (): Promise<void> => {
    for (let chunk = chunks.shift(); chunk !== undefined && !isOver; chunk = chunks.shift()) {
      try {
        const found = await find(chunk, signal());
        for (const number of chunk) take(number, found.get(number));
      } catch (error) {
        faults.push(error);
        isOver ||= faults.length >= BATCH_FAULTS_MAX || (error instanceof RegisterFault && error.isWhole);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, calls)) }, work));
  if (faults.length > 0) throw faults[0];
}

async function test({ organisation, register, number, adapterOptions }: {
  readonly organisation: OrganisationEntry;
  readonly register: RegisterName;
  readonly number: string;
  readonly adapterOptions: Parameters<typeof openPersonRegister>[1];
}): Promise<string | null> {
  let adapter: CompanyRegister | PersonRegister | null = null;
  try {
    // An adapter of its own fetches a token of its own: one that is kept would hide a secret that has been changed since.
    adapter = register === 'cpr' ? openPersonRegister(organisation, adapterOptions) : openCompanyRegister(organisation, adapterOptions);
    await adapter.find([number], lookUpDeadline(adapterOptions.settings.LOOKUP_DEADLINE_MS));
    return null;
  } catch (error) {
    return administratorText(faultOf(error, register));
  } finally {
    await adapter?.close();
  }
}

function faultOf(error: unknown, register: RegisterName): RegisterFault {
  if (error instanceof RegisterFault) return error;
  return new RegisterFault('unexpected', entryWords(register), error instanceof Error ? error.name.toUpperCase() : null);
}

import type { Company, CompanySearchAnswer } from '../../domain/gateway-api.ts';
import type { CprAccess, RegisterPerson } from './person-of-register.ts';
import type { RegisterFault } from './register-fault.ts';
import type { ProductionUnit } from './registers.ts';

/** What every adapter has; its version is told when the register says that it is gone. */
interface Adapter {
  readonly version: string;
  /** Cuts what is under way. */
  close(): Promise<void>;
}

/** CPR through one adapter, as one organisation. Everything rejects with a RegisterFault, and nothing else; soon, when the signal is aborted. */
export interface PersonRegister extends Adapter {
  /** The kind of access with which it asks: what may be told of its answers. */
  readonly access: CprAccess;
  /** Numbers that may be asked about in one call. */
  readonly numbersMax: number;
  /** The persons found, by the number asked about; a number that is not in it is nobody's. */
  find(cprNumbers: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, RegisterPerson>>;
}

/** CVR through one adapter, as one organisation. Everything rejects with a RegisterFault, and nothing else; soon, when the signal is aborted. */
export interface CompanyRegister extends Adapter {
  /** Numbers that may be asked about in one call. */
  readonly numbersMax: number;
  /** The companies found, by number; a fault where one of them alone cannot be read. */
  find(cvrNumbers: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, Company | RegisterFault>>;
  search(name: string, max: number, signal?: AbortSignal): Promise<CompanySearchAnswer>;
  productionUnit(pNumber: string, signal?: AbortSignal): Promise<ProductionUnit | null>;
  /** Whether what is sent there may be read on the way. */
  readonly isInTheClear: boolean;
}

import type { FaultTarget } from './register-fault.ts';

/** Ways into the registers. */
export type RegisterWay = 'token' | 'graphql' | 'rest' | 'sf1520' | 'virk';

/** How often a register was called since the sandbox started; never about whom. */
export interface CallCount {
  readonly calls: number;
  /** Numbers asked about, all calls together. */
  readonly asked: number;
  readonly byWay: Readonly<Partial<Record<RegisterWay, number>>>;
}

const NONE: CallCount = { calls: 0, asked: 0, byWay: {} };

/** Counts the calls to the registers, in memory. */
export class RegisterCalls {
  readonly #counts = new Map<FaultTarget, CallCount>();

  countOf(target: FaultTarget): CallCount {
    return this.#counts.get(target) ?? NONE;
  }

  /** One more call, whatever comes of it. */
  addCall(target: FaultTarget, way: RegisterWay): void {
    const { calls, asked, byWay } = this.countOf(target);
    this.#counts.set(target, { calls: calls + 1, asked, byWay: { ...byWay, [way]: (byWay[way] ?? 0) + 1 } });
  }

  /** The call at hand asked about so many numbers. */
  addAsked(target: FaultTarget, numbers: number): void {
    const count = this.countOf(target);
    this.#counts.set(target, { ...count, asked: count.asked + numbers });
  }
}

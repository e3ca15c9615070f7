import { setTimeout as sleep } from 'node:timers/promises';
import { RegisterFault, type FaultKind } from './register-fault.ts';

/** Spares a register that is down, and those who ask: nobody waits for what the one before has just waited for in vain. */
export interface RegisterPause {
  /** Rejects with the fault of before while nobody may ask. */
  check(): Promise<void>;
  /** Asks, unless nobody may, and sees how it went. */
  pass<T>(ask: () => Promise<T>): Promise<T>;
}

/** Faults that say that the register is down; the others are answers of a sort. */
const DOWN: readonly FaultKind[] = ['timeout', 'unreachable', 'host-unknown', 'cut-off', 'broken'];
const PROBE_WAIT_MS = 1_000;

/**
 * Once a call has found the register down, the others fail at once with the same fault for `pauseMs`. Then one asks, and
 * the others wait for how that goes, `probeWaitMs` at most: a register that is well again soon says so, and a batch does
 * not wait for a silent one with each of its calls.
 */
export function openRegisterPause(pauseMs: number, probeWaitMs: number = PROBE_WAIT_MS): RegisterPause {
  let down: { readonly fault: RegisterFault; readonly untilMs: number } | null = null;
  let probe: Promise<void> | null = null;
  const stillDown = (): RegisterFault | null => down?.fault ?? null;
  const check = async (): Promise<void> => {
    if (down === null) return;
    if (performance.now() < down.untilMs) throw down.fault;
    if (probe === null) return;
    await Promise.race([probe, sleep(probeWaitMs, undefined, { ref: false })]);
    const fault = stillDown();
    if (fault !== null) throw fault;
  };
  return {
    check,
    async pass(ask) {
      // Of several that come at the same moment, one is the first.
      while (down !== null && (probe !== null || performance.now() < down.untilMs)) await check();
      const probed = down === null ? null : Promise.withResolvers<void>();
      if (probed) probe = probed.promise;
      try {
        const answer = await ask();
        down = null;
        return answer;
      } catch (error) {
        if (error instanceof RegisterFault && DOWN.includes(error.kind)) down = { fault: error, untilMs: performance.now() + pauseMs };
        throw error;
      } finally {
        if (probed) {
          probe = null;
          probed.resolve();
        }
      }
    },
  };
}

import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { danishDay } from '../../domain/danish-local-time.ts';
import type { Remembered } from '../memory/remembered.ts';

const CHOICE = 'lookup.case';

/** The case that was looked up for last today; empty where there is none. */
export async function rememberedCase(remembered: Pick<Remembered, 'choice'>, now: Date): Promise<string> {
  const [day, caseNumber = ''] = (await remembered.choice(CHOICE))?.split(/ (.*)/s) ?? [];
  return day === danishDay(now) ? caseNumber : '';
}

/** Keeps it for the rest of the day. A case that is written as a CPR number is not kept in the browser at all. */
export async function rememberCase(remembered: Pick<Remembered, 'keepChoice'>, caseNumber: string, now: Date): Promise<void> {
  if (maskCprNumbersIn(caseNumber) !== caseNumber) return;
  await remembered.keepChoice(CHOICE, `${danishDay(now)} ${caseNumber}`);
}

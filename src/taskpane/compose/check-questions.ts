import type { MemoChannelId } from '../../domain/channel.ts';
import type { CheckQuestion, MeAnswer } from '../../domain/gateway-api.ts';
import { isCprNumber, maskCprNumbersIn } from '../../domain/cpr-number.ts';

/**
 * Why names are looked up while a letter is written. It is kept with each look-up and told to the citizen who asks, so it
 * is Danish in every language of the pane, and says nothing of the letter's subject.
 */
export const LOOKUP_PURPOSE = 'Digital Post til modtageren';

/** The contract's limit for a purpose. */
const PURPOSE_CHARACTERS_MAX = 200;

export interface WantedChecks {
  readonly me: MeAnswer;
  readonly mailbox: string;
  readonly channel: MemoChannelId;
  readonly numbers: readonly string[];
  /** As "Flere oplysninger" has it; "" where none is given. */
  readonly caseId: string;
}

/** The questions to the gateway, as few as its limits allow. Names are asked for where the person has the right to them. */
export function checkQuestions({ me, mailbox, channel, numbers, caseId }: WantedChecks): readonly CheckQuestion[] {
  const persons = me.cprAccess !== null && me.may.includes('lookup-cpr');
  const companies = me.cvrAccess && me.may.includes('lookup-cvr');
  const named = numbers.filter((number) => (isCprNumber(number) ? persons : companies));
  const unnamed = numbers.filter((number) => !named.includes(number));
  const { checkNamesMax, checkRecipientsMax } = me.limits;
  return [
    ...chunks(named, Math.min(checkNamesMax, checkRecipientsMax)).map((some) => ({ channel, mailbox, numbers: some, names: true, purpose: purposeOf(caseId) })),
    ...chunks(unnamed, checkRecipientsMax).map((some) => ({ channel, mailbox, numbers: some })),
  ];
}

function purposeOf(caseId: string): string {
  const masked = maskCprNumbersIn(caseId.trim());
  return (masked === '' ? LOOKUP_PURPOSE : `${LOOKUP_PURPOSE}, sag ${masked}`).slice(0, PURPOSE_CHARACTERS_MAX);
}

function chunks(numbers: readonly string[], size: number): readonly string[][] {
  return Array.from({ length: Math.ceil(numbers.length / Math.max(size, 1)) }, (_, n) => numbers.slice(n * size, (n + 1) * size));
}

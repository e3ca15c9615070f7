import type { Problem } from '../../domain/problem.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { forgetAudit } from '../store/audit.ts';
import { forgetRegisterAnswers } from '../store/register-answers.ts';
import {
  forgetContent, forgetLoneRows, forgetOwnLetters, forgetRecord, oldMails, type Place,
} from '../store/retention.ts';
import { earlierClock } from '../store/turned-clock.ts';

type ForgetParts = Pick<GatewayParts, 'settings' | 'database' | 'log' | 'now'>;

const MAILS_PER_PAGE = 500;
/** Mails in one turn; a gateway that has years behind it takes several. */
const MAILS_PER_TURN_MAX = 20_000;
const ROWS_PER_STEP = 5_000;
const STEPS_PER_TURN_MAX = 1_000;
/** Longest that what was told must be remembered: a warning of an expiry 60 days ahead. */
const ALARM_MEMORY_MIN_MS = 90 * 86_400_000;
/** What stands where something of a mail stood. */
const DELETED = '(slettet)';

/**
 * The story of forgetting: what is older than it may be kept is deleted, in small steps, by one process at a time. By the
 * clock that is behind, for what a clock running ahead deletes never comes back (store/turned-clock.ts).
 */
export async function forgetOld(parts: ForgetParts): Promise<void> {
  const { database, settings, log } = parts;
  const clock = await earlierClock(database, parts.now());
  const before = (ms: number) => new Date(clock.getTime() - ms);
  const content = before(settings.CONTENT_RETENTION_MS);
  const record = before(settings.RECORD_RETENTION_MS);
  const lone = (sort: Parameters<typeof forgetLoneRows>[1], than: Date) => () =>
    inSteps(() => forgetLoneRows(database, sort, { before: than, batch: ROWS_PER_STEP }));
  const steps: Readonly<Record<string, () => Promise<number>>> = {
    contents: () => forgetMails(parts, 'content', { before: content, forget: (id) => forgetContent(database, id, { now: clock, before: content, blank }) }),
    ownLetters: () => inSteps(() => forgetOwnLetters(database, ROWS_PER_STEP), (count) => count === null),
    receipts: lone('receipt', record),
    records: () => forgetMails(parts, 'record', { before: record, forget: (id) => forgetRecord(database, id, { before: record, batch: ROWS_PER_STEP }) }),
    notices: lone('notice', content),
    audit: () => inSteps(() => database.transaction((connection) => forgetAudit(connection, before(settings.AUDIT_RETENTION_MS), ROWS_PER_STEP))),
    registerAnswers: () => forgetRegisterAnswers(database, clock),
    alarms: lone('alarm', before(Math.max(settings.RECORD_RETENTION_MS, ALARM_MEMORY_MIN_MS))),
    guardApprovals: lone('guardApproval', content),
    foundMailboxes: lone('foundMailbox', record),
  };
  let failed: unknown = null;
  const forgotten: Record<string, number> = {};
  // One that fails must not keep the others from their work; what it threw is told in the end.
  for (const [name, step] of Object.entries(steps)) {
    const count = await step().catch((error: unknown) => {
      failed ??= error;
      return 0;
    });
    if (count > 0) forgotten[name] = count;
  }
  if (Object.keys(forgotten).length > 0) log.info({ state: 'forgotten', ...forgotten });
  if (failed !== null) throw failed;
}

/** Again and again until the last step is done, as a rule one that is less than full; how much all of them did. */
async function inSteps<Count extends number | null>(
  step: () => Promise<Count>,
  isLast: (count: Count) => boolean = (count) => (count ?? 0) < ROWS_PER_STEP,
): Promise<number> {
  let sum = 0;
  for (let n = 0; n < STEPS_PER_TURN_MAX; n++) {
    const count = await step();
    sum += count ?? 0;
    if (isLast(count)) break;
  }
  return sum;
}

async function forgetMails(
  { database }: ForgetParts,
  stage: Parameters<typeof oldMails>[1],
  { before, forget }: { readonly before: Date; readonly forget: (id: number) => Promise<boolean> },
): Promise<number> {
  let forgotten = 0;
  let after: Place | null = null;
  for (let seen = 0; seen < MAILS_PER_TURN_MAX; seen += MAILS_PER_PAGE) {
    const { places, ids } = await oldMails(database, stage, { before, after, limit: MAILS_PER_PAGE });
    for (const id of ids) if (await forget(id)) forgotten += 1;
    after = places.at(-1) ?? null;
    if (places.length < MAILS_PER_PAGE) break;
  }
  return forgotten;
}

/** What was wrong stays, by its code and its counts; names of files, addresses and words of the mail go. */
function blank({ code, parameters }: Problem): Problem {
  const blanked = Object.entries(parameters).map(([name, value]) => [
    name, typeof value === 'number' ? value : typeof value === 'string' ? DELETED : value.map(() => DELETED),
  ]);
  return { code, parameters: Object.fromEntries(blanked) as Problem['parameters'] };
}

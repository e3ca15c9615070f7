import type { Guide } from '../api/admin-schemas.ts';
import type { ApiCaller } from '../api/api-caller.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { GUIDES, type GuideFacts, type GuideStep, type GuideText } from './guide-texts.ts';
import { isPublicSender } from '../lookup/public-senders.ts';
import { doneSteps, markSteps, type GuideStepDone } from '../store/guide-steps.ts';
import { entryOfCvr } from '../settings/organisations-file.ts';

type GuideParts = Pick<GatewayParts, 'settings' | 'database' | 'organisations' | 'now'>;

/** Under which the connections that were right at the last test are kept, for the steps that tick themselves. */
export const TESTED = 'connection-test';

/** A guide as far as the organisation has come: what somebody has ticked, and what can be seen without anybody. Null: there is none. */
export async function guideFor(parts: GuideParts, { cvrNumbers: [cvr = ''] }: ApiCaller, id: string): Promise<Guide | null> {
  const text = guideText(id);
  const facts = await factsOf(parts, cvr);
  if (!text || !facts) return null;
  const done = new Map((await doneSteps(parts.database, cvr, id)).map((step) => [step.step, step]));
  return { id, title: text.title, intro: text.intro, steps: stepsOf(text, facts).map((step) => shownStep(step, facts, done.get(step.id) ?? null)) };
}

/** Ticks a step or takes the tick away; null for one that there is not, or that ticks itself. */
export async function markGuideStep(
  parts: GuideParts,
  caller: ApiCaller,
  { guide, step, done }: { readonly guide: string; readonly step: string; readonly done: boolean },
): Promise<Guide | null> {
  const cvr = caller.cvrNumbers[0] ?? '';
  const text = guideText(guide);
  const facts = await factsOf(parts, cvr);
  const found = text && facts && stepsOf(text, facts).find(({ id }) => id === step);
  if (!found || (found.seen && found.seen(facts) !== null)) return null;
  const of = { organisationCvr: cvr, guide, by: caller.name, now: parts.now() };
  await markSteps(parts.database, of, done ? { done: [step], undone: [] } : { done: [], undone: [step] });
  return await guideFor(parts, caller, guide);
}

function guideText(id: string): GuideText | null {
  return Object.hasOwn(GUIDES, id) ? (GUIDES[id] ?? null) : null;
}

async function factsOf({ settings, database, organisations }: GuideParts, cvr: string): Promise<GuideFacts | null> {
  const organisation = entryOfCvr(organisations(), cvr);
  if (!organisation) return null;
  const [tested, listed] = await Promise.all([doneSteps(database, cvr, TESTED), isPublicSender(settings.PUBLIC_SENDERS_FILE, cvr)]);
  return { settings, organisation, listed, tested: new Map(tested.map(({ step, doneAt }) => [step, doneAt])) };
}

function stepsOf({ steps }: GuideText, facts: GuideFacts): readonly GuideStep[] {
  return steps.filter((step) => step.applies?.(facts) ?? true);
}

function shownStep({ id, title, text, links = [], seen, hint }: GuideStep, facts: GuideFacts, ticked: GuideStepDone | null): Guide['steps'][number] {
  const own = seen ? seen(facts) : null;
  return {
    id, title, text, links: [...links],
    done: own ?? ticked !== null,
    doneAt: own === null ? (ticked?.doneAt.toISOString() ?? null) : null,
    doneBy: own === null ? (ticked?.doneBy ?? null) : null,
    self: own !== null,
    hint: hint?.(facts) ?? null,
  };
}

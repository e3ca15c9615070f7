import type { Queryable } from './database.ts';

/** A step that is done. */
export interface GuideStepDone {
  readonly step: string;
  readonly doneAt: Date;
  readonly doneBy: string;
}

/** The steps of a guide that an organisation has done. */
export async function doneSteps(database: Queryable, organisationCvr: string, guide: string): Promise<readonly GuideStepDone[]> {
  const { rows } = await database.query<GuideStepDone>({
    text: `select step, done_at as "doneAt", done_by as "doneBy" from guide_step where organisation_cvr = $1 and guide = $2`,
    values: [organisationCvr, guide],
  });
  return rows;
}

/** Writes which steps are done and which are not; of one that was done already who did it first stands. */
export async function markSteps(
  database: Queryable,
  of: { readonly organisationCvr: string; readonly guide: string; readonly by: string; readonly now: Date },
  steps: { readonly done: readonly string[]; readonly undone: readonly string[] },
): Promise<void> {
  await database.query({
    text: `with undone as (delete from guide_step where organisation_cvr = $1 and guide = $2 and step = any($6))
           insert into guide_step (organisation_cvr, guide, step, done_at, done_by)
           select $1, $2, step, $3, $4 from unnest($5::text[]) step
           on conflict (organisation_cvr, guide, step) do nothing`,
    values: [of.organisationCvr, of.guide, of.now, of.by, steps.done, steps.undone],
  });
}

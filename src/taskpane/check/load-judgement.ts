import type * as judgement from './judgement.ts';

export type Judgement = typeof judgement;

/** Fetches what judges a draft; the one place that does, so that it is packed once. */
export async function loadJudgement(): Promise<Judgement> {
  return await import(/* webpackChunkName: "judgement" */ './judgement.ts');
}

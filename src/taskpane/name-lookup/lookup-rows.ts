import { maskCprNumber } from '../../domain/cpr-number.ts';
import type { Company, CompanyAnswer, PersonAnswer, Reach } from '../../domain/gateway-api.ts';
import type { ShownState } from '../parts/state-icon.tsx';
import { noonOf, type ShownTime } from '../parts/shown-time.ts';
import type { lookup } from '../texts/da.ts';
import type { Say } from '../texts/use-text.ts';
import type { Found } from './look-up.ts';

/** One person or company of a result, in words; the icon repeats what they say. */
export interface LookupRow {
  /** Its number, which no other row of the same result has. */
  readonly key: string;
  readonly state: ShownState;
  /** The name; the masked number, or words, where there is none. */
  readonly title: string;
  /** "251248-xxxx" or "CVR 12345678"; null where it is the title already. */
  readonly number: string | null;
  /** The CPR number in full, for the button that shows it; null where nothing is hidden. */
  readonly hidden: string | null;
  readonly lines: readonly string[];
  /** Whom one may write to from here; null: nobody. */
  readonly writeTo: { readonly number: string; readonly name: string | null; readonly label: string } | null;
  /** The number to look up instead, and what the button says. */
  readonly instead: { readonly number: string; readonly label: string } | null;
}

export interface LookupWords {
  readonly say: Say<typeof lookup>;
  readonly time: ShownTime;
}

/** A result in words: a line above it where there is one to say, and a row for each. */
export function lookupRows(found: Found, words: LookupWords): { readonly above: string | null; readonly rows: readonly LookupRow[] } {
  const { say } = words;
  switch (found.kind) {
    case 'person':
      return { above: null, rows: [personRow(found, words)] };
    case 'company':
      return { above: null, rows: [companyAnswerRow(found.answer, found.cvr, found.reach, words)] };
    case 'companies': {
      const { companies, name, more, reaches } = found;
      if (companies.length === 0) return { above: say('look.noCompany', { text: name }), rows: [] };
      const above = more ? say('look.many', { max: companies.length }) : null;
      return { above, rows: companies.map((company) => companyRow(company, reaches.get(company.cvr) ?? null, words)) };
    }
  }
}

type FoundPerson = Extract<PersonAnswer, { kind: 'found' }>;

function personRow({ cpr, answer, reach }: Extract<Found, { kind: 'person' }>, words: LookupWords): LookupRow {
  const { say } = words;
  switch (answer.kind) {
    case 'found':
      return foundPersonRow(cpr, answer, reach, words);
    case 'not-found':
      return { ...nobody(cpr), state: 'stop', lines: [say('look.none')] };
    case 'p-number':
      return {
        ...nobody(answer.cvr), title: answer.name ?? say('look.cvr', { cvr: answer.cvr }), number: answer.name === null ? null : say('look.cvr', { cvr: answer.cvr }),
        state: stateOf(reach, 'info'), lines: [say('look.pNumber'), ...reachLines(reach, words)],
        writeTo: { number: answer.cvr, name: answer.name, label: writeLabel(answer.name, words) },
      };
    case 'unavailable':
      return { ...nobody(cpr), state: 'unknown', lines: [unavailableText(answer, words)] };
  }
}

/** A row about a number that says nothing yet. */
function nobody(number: string): LookupRow {
  const title = number.length === 10 ? maskCprNumber(number) : number;
  return { key: number, state: 'info', title, number: null, hidden: null, lines: [], writeTo: null, instead: null };
}

function foundPersonRow(cpr: string, answer: FoundPerson, reach: Reach | null, words: LookupWords): LookupRow {
  const { say } = words;
  const masked = maskCprNumber(cpr);
  const isProtected = isNameProtected(answer);
  const name = isProtected ? null : answer.name;
  const title = isProtected ? say('look.protected.name') : (name ?? masked);
  const { currentCpr } = answer;
  const reachable = answer.state !== 'dead' && currentCpr === null;
  return {
    key: cpr,
    state: personState(answer, reach),
    title,
    number: title === masked ? null : masked,
    hidden: cpr,
    lines: [...nameLines(answer, words), ...fateLines(answer, words), ...reachLines(reach, words)],
    writeTo: reachable ? { number: cpr, name, label: writeLabel(name, words) } : null,
    instead: currentCpr === null ? null : { number: currentCpr, label: say('look.useNew') },
  };
}

/** The gateway keeps a protected name to itself; should one come all the same, it is not shown either. */
function isNameProtected({ nameState, protected: told }: FoundPerson): boolean {
  return nameState === 'protected' || told === true;
}

function personState(answer: FoundPerson, reach: Reach | null): ShownState {
  if (isNameProtected(answer)) return 'protected';
  if (answer.state !== 'alive' || answer.currentCpr !== null) return 'look';
  return stateOf(reach, answer.name === null ? 'info' : 'ok');
}

function nameLines(answer: FoundPerson, { say }: LookupWords): readonly string[] {
  if (isNameProtected(answer)) return [say('look.protected')];
  return answer.name === null ? [say('look.noName')] : [];
}

function fateLines(answer: FoundPerson, words: LookupWords): readonly string[] {
  const fate = fateOf(answer, words);
  return [...(fate === null ? [] : [fate]), ...(answer.currentCpr === null ? [] : [words.say('look.newNumber')])];
}

/** What befell somebody, where it matters to whoever writes; null for the living. */
function fateOf({ state, since }: FoundPerson, { say, time }: LookupWords): string | null {
  const date = since === null ? null : time.day(noonOf(since));
  switch (state) {
    case 'dead':
      return date === null ? say('look.dead') : say('look.dead.on', { date });
    case 'emigrated':
      return date === null ? say('look.emigrated') : say('look.emigrated.on', { date });
    case 'disappeared':
      return say('look.gone');
    case 'inactive':
      return say('look.inactive');
    case 'alive':
      return null;
  }
}

function companyAnswerRow(answer: CompanyAnswer, cvr: string, reach: Reach | null, words: LookupWords): LookupRow {
  const { say } = words;
  switch (answer.kind) {
    case 'found':
      return companyRow(answer.company, reach, words);
    case 'not-found':
      return { ...nobody(cvr), title: say('look.cvr', { cvr }), state: 'stop', lines: [say('look.none')] };
    case 'unavailable':
      return { ...nobody(cvr), title: say('look.cvr', { cvr }), state: 'unknown', lines: [unavailableText(answer, words)] };
  }
}

function companyRow({ cvr, name, state, stateText, ceasedOn }: Company, reach: Reach | null, words: LookupWords): LookupRow {
  const { say, time } = words;
  const row = { ...nobody(cvr), title: name, number: say('look.cvr', { cvr }) };
  if (state === 'ceased') {
    return { ...row, state: 'look', lines: [ceasedOn === null ? say('look.ceased') : say('look.ceased.on', { date: time.day(noonOf(ceasedOn)) })] };
  }
  return {
    ...row,
    state: state === 'active' ? stateOf(reach, 'ok') : 'look',
    lines: [...(state === 'active' || stateText === null ? [] : [stateText]), ...reachLines(reach, words)],
    writeTo: { number: cvr, name, label: writeLabel(name, words) },
  };
}

function writeLabel(name: string | null, { say }: LookupWords): string {
  return name === null ? say('look.use.protected') : say('look.use', { name });
}

function stateOf(reach: Reach | null, otherwise: ShownState): ShownState {
  if (reach === null || reach.state === 'not-known') return otherwise;
  return reach.state === 'registered' ? 'ok' : 'look';
}

function reachLines(reach: Reach | null, { say, time }: LookupWords): readonly string[] {
  switch (reach?.state) {
    case 'registered':
      return [say('look.result.dp')];
    case 'not-registered':
      return [say('look.notRegistered')];
    case 'exempt':
      return [say('look.exempt')];
    case 'closed':
      return [say('look.closed')];
    case 'awaiting':
      return [reach.from === null ? say('look.awaiting') : say('look.awaiting.from', { date: time.day(noonOf(reach.from)) })];
    case 'not-known':
    case undefined:
      return [];
  }
}

function unavailableText({ reason, text }: Extract<PersonAnswer, { kind: 'unavailable' }>, { say }: LookupWords): string {
  return reason === 'away' ? say('look.slow') : text;
}

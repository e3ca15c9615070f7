import type { Found } from './look-up.ts';

/** Something that was looked up, and for which case. */
export interface Lookup {
  readonly id: number;
  readonly caseNumber: string;
  readonly found: Found;
}

/** As many as are kept in all. */
const LOOKUPS_MAX = 50;

/** What was looked up while the pane has stood open: never stored, and gone when it shuts (ux.md 5.8). Each change is a new list. */
export class LookupBook {
  #lookups: readonly Lookup[] = [];
  #last = 0;
  readonly #listeners = new Set<() => void>();

  /** Newest first. */
  readonly lookups = (): readonly Lookup[] => this.#lookups;

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A place for the next one's answers. */
  next(): number {
    this.#last += 1;
    return this.#last;
  }

  /** Puts an answer in its place: what was found of the same number for the same case goes. */
  put(lookup: Lookup): void {
    const others = this.#lookups.filter((one) => one.id !== lookup.id && !(one.caseNumber === lookup.caseNumber && asked(one) === asked(lookup)));
    this.#lookups = [...others, lookup].sort((a, b) => b.id - a.id).slice(0, LOOKUPS_MAX);
    for (const listener of this.#listeners) listener();
  }
}

/** The newest, and of those before it in the same case whoever is not shown already, be it by number or by name. */
export function newestOfCase(lookups: readonly Lookup[]): { readonly newest: Lookup | null; readonly earlier: readonly Lookup[] } {
  const [newest = null, ...others] = lookups;
  const shown = new Set(newest === null ? [] : numbersOf(newest.found));
  const earlier = others.filter(({ caseNumber }) => caseNumber === newest?.caseNumber).flatMap((lookup) => {
    const found = withoutShown(lookup.found, shown);
    if (found === null) return [];
    for (const number of numbersOf(found)) shown.add(number);
    return [{ ...lookup, found }];
  });
  return { newest, earlier };
}

/** Null: nobody is left. */
function withoutShown(found: Found, shown: ReadonlySet<string>): Found | null {
  if (found.kind !== 'companies') return shown.has(asked({ found })) ? null : found;
  const companies = found.companies.filter(({ cvr }) => !shown.has(cvr));
  return companies.length === 0 ? null : { ...found, companies };
}

function numbersOf(found: Found): readonly string[] {
  return found.kind === 'companies' ? found.companies.map(({ cvr }) => cvr) : [asked({ found })];
}

function asked({ found }: Pick<Lookup, 'found'>): string {
  switch (found.kind) {
    case 'person':
      return found.cpr;
    case 'company':
      return found.cvr;
    case 'companies':
      return found.name.toLowerCase();
  }
}

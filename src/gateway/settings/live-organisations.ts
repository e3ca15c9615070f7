import { makeDirectory, type Directory } from '../../domain/organisation.ts';
import type { Settings } from '../config.ts';
import { readFileOrNull } from '../store/read-file-or-null.ts';
import type { OrganisationEntry } from './organisations-file.ts';
import { readOrganisations, withoutCredentials } from './read-organisations.ts';

type Entries = readonly OrganisationEntry[];

/** What came of a look at the file. `faulty`: what worked goes on working; told once for each wrong content. */
export type OrganisationsLook =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] };

/** The organisations as they are now, while their file changes under a running gateway. */
export interface LiveOrganisations {
  /** One object for ever, which answers by the organisations of the moment. */
  readonly directory: Directory;
  readonly organisations: () => Entries;
  /** As the file has them, unshaped. */
  readonly written: () => Entries;
  /** Something that is made from the organisations: made again when they have changed. */
  following<T>(make: (entries: Entries) => T): () => T;
  /** What shapes the organisations beside their file, e.g. mailboxes that were found in a group; in force at once. */
  reshape(shape: (entries: Entries) => Entries): void;
  /** Reads the file again when it has changed. */
  look(): OrganisationsLook;
}

/** Starts with the organisations that were read at the start. */
export function openLiveOrganisations(settings: Settings, initial: Entries): LiveOrganisations {
  let written = initial;
  let current = initial;
  let shape = (entries: Entries): Entries => entries;
  // Another object only for others than before: whatever hangs on the organisations is made anew, and streams end.
  const take = () => {
    const shaped = shape(written);
    if (JSON.stringify(shaped) !== JSON.stringify(current)) current = shaped;
  };
  const following = <T>(make: (entries: Entries) => T): (() => T) => {
    let seen = current;
    let made = make(seen);
    return () => {
      if (seen !== current) [seen, made] = [current, make(current)];
      return made;
    };
  };
  const lookAtFile = fileLook(settings, initial);
  return {
    directory: liveDirectory(following((entries) => makeDirectory(withoutCredentials(entries)))),
    organisations: () => current,
    written: () => written,
    following,
    reshape(change) {
      shape = change;
      take();
    },
    look() {
      const { look, organisations } = lookAtFile();
      if (look.kind !== 'changed') return look;
      written = organisations;
      take();
      return look;
    },
  };
}

const SAME: OrganisationsLook = { kind: 'same' };

/** Reads the file whenever it is called; remembers what it held, and what was wrong with it. */
function fileLook(settings: Settings, initial: Entries) {
  let organisations = initial;
  let inUse: string | null = null;
  let wrong: { readonly text: string | null; readonly told: boolean } | null = null;
  const judge = (text: string | null): OrganisationsLook => {
    const read = readOrganisations(settings, text);
    if (read.faults.length > 0) {
      // A file that is just being written looks wrong once; it is told of when it is still the same at the next look.
      const settled = wrong !== null && wrong.text === text;
      const told = wrong !== null && settled && wrong.told;
      wrong = { text, told: settled };
      return settled && !told ? { kind: 'faulty', faults: read.faults } : SAME;
    }
    inUse = text;
    wrong = null;
    if (JSON.stringify(read.organisations) === JSON.stringify(organisations)) return SAME;
    organisations = read.organisations;
    return { kind: 'changed' };
  };
  return () => {
    const text = readFileOrNull(settings.ORGANISATIONS_FILE);
    if (text !== null && text === inUse) wrong = null;
    return { look: text !== null && text === inUse ? SAME : judge(text), organisations };
  };
}

function liveDirectory(now: () => Directory): Directory {
  return {
    get organisations() {
      return now().organisations;
    },
    organisationOfDomain: (domain) => now().organisationOfDomain(domain),
    organisationOfCvr: (cvr) => now().organisationOfCvr(cvr),
    organisationOfTenant: (tenant) => now().organisationOfTenant(tenant),
  };
}

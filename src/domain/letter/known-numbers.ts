import type { CprInText } from '../cpr-in-text.ts';
import { cprBirthYear } from '../cpr-number.ts';
import type { NamePool } from './name-pool.ts';

/** Whose numbers may stand in a letter. */
export interface KnownNumbers {
  /** CPR numbers of the recipients. */
  readonly recipients: readonly string[];
  /** Their names, where they are known. */
  readonly names: readonly string[];
  /** Every recipient is a company. */
  readonly companies: boolean;
  /** The letter is about a child, or about somebody else. */
  readonly aboutChild: boolean;
  readonly aboutOther: boolean;
  /** Names that are said to be relatives. */
  readonly relatives: NamePool;
  /** The recipient is named in this text, or in its file. */
  readonly namesRecipient: boolean;
  /** … or anywhere in the letter. */
  readonly isNamedAnywhere: boolean;
  /** True of a first name that stands elsewhere in the letter. */
  readonly isNamedElsewhere: (first: string) => boolean;
  /** Numbers of which nobody knows whose they are: somebody has two in the letter, or two have one. */
  readonly contradicted: ReadonlySet<string>;
  /** The year in which the letter is written. */
  readonly year: number;
}

/** True of somebody who may be a child, by the birth date in the number. */
export function isYoung({ cpr }: CprInText, { year }: KnownNumbers): boolean {
  return year - cprBirthYear(cpr) < CHILD_YEARS;
}

/** By how many years of birth somebody is younger than the oldest of the recipients; below zero for somebody older. */
export function yearsYounger({ cpr }: CprInText, { recipients }: KnownNumbers): number {
  return Math.max(...recipients.map((own) => cprBirthYear(cpr) - cprBirthYear(own)));
}

/** Parents are at least so much older than their children. */
export const GENERATION_YEARS = 12;
const CHILD_YEARS = 20;

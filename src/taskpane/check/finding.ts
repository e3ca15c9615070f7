import type { MassFix } from '../../domain/mass-draft.ts';
import type { Grade, Quote } from '../parts/card.tsx';
import type { check } from '../texts/da.ts';
import type { Mend } from './mend.ts';

/** What a text of Tjek is filled in with; sizes, lists and texts inside texts are written in the language of the pane. */
export type SaidValue = string | number | { readonly bytes: number } | { readonly list: readonly string[] } | Said;

/** A text of Tjek, said later in the language of the pane. CPR numbers in its parameters are masked already. */
export interface Said {
  readonly key: keyof typeof check;
  readonly parameters: Readonly<Record<string, SaidValue>>;
  /** It begins a sentence. */
  readonly capital?: boolean;
}

/** What a finding is about, and so what can be done to it from here. */
export type FindingAbout =
  | { readonly kind: 'subject' | 'text' | 'files' }
  | { readonly kind: 'file'; readonly attachmentId: string; readonly name: string; readonly bytes: number };

/** One problem of the draft: one card. */
export interface Finding {
  /** The same as long as it is about the same thing; holds no CPR number. */
  readonly key: string;
  readonly grade: Grade;
  readonly about: FindingAbout;
  readonly text: Said;
  readonly advice: Said | null;
  readonly quote: Quote | null;
  /** What can be done to the files it is about, the best way first. */
  readonly fileMends?: readonly Mend[];
  /** Of the check of the letter: how the gateway knows it, in a mail to these recipients (domain/letter/seen-sign.ts). */
  readonly signs?: readonly string[];
  /** What puts a mass send right. */
  readonly mend?: MassMend;
}

/** `n`: how many the list has that counts afterwards, null where that is not known; `keptId`: of several lists the one that stays. */
export interface MassMend {
  readonly fix: Exclude<MassFix, 'into-list'>;
  readonly n: number | null;
  readonly keptId?: string;
}

export function said(key: Said['key'], parameters: Said['parameters'] = {}): Said {
  return { key, parameters };
}

/** What a finding and its place say, in a few signs that tell nothing of it: the same words to the same people, the same mark. */
export function findingMark({ key, text, quote, about, signs = [] }: Finding): string {
  const words = JSON.stringify([key, text, quote, about.kind === 'file' ? about.bytes : 0, ...signs]);
  let hash = FNV_OFFSET;
  for (let place = 0; place < words.length; place += 1) hash = Math.imul(hash ^ words.charCodeAt(place), FNV_PRIME);
  return (hash >>> 0).toString(36);
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/. */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

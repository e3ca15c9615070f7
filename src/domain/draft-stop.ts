import type { AddressReason } from './address-reason.ts';

/** Which field a recipient stands in. */
export type DraftField = 'to' | 'cc' | 'bcc';

/** What a stop is about, and where its card stands. `index` counts from 0 in the field, or among the attachments. */
export type StopPlace =
  | { readonly at: 'recipient'; readonly field: DraftField; readonly index: number }
  | { readonly at: 'file'; readonly index: number }
  | { readonly at: 'files' | 'subject' };

/** Where CPR numbers stand that an outsider would see. */
export type SeenWhere = 'subject' | 'text' | 'file-names' | 'recipients';

/** What a stop says, by its code. CPR numbers are masked; channels by the names that people see. */
export interface StopParameters {
  readonly bareNumber: { readonly masked: string };
  readonly lookalike: { readonly address: string };
  readonly badAddress: { readonly address: string; readonly reason: AddressReason };
  readonly massNotAlone: { readonly address: string };
  readonly tooMany: { readonly n: number; readonly max: number; readonly channel: string };
  readonly tooBig: { readonly bytes: number; readonly max: number; readonly channel: string };
  readonly types: { readonly file: string; readonly channel: string };
  readonly macro: { readonly file: string; readonly channel: string };
  readonly emptyFile: { readonly file: string };
  readonly dlp: { readonly file: string };
  /** Also a list of recipients that goes to somebody: both are for systems. */
  readonly memoHeader: { readonly file: string; readonly address: string };
  readonly subjectCpr: Readonly<Record<string, never>>;
  readonly outsideCpr: { readonly address: string; readonly where: readonly SeenWhere[] };
  readonly mass: { readonly a: number; readonly b: number };
  readonly massLines: { readonly n: number };
  readonly massLists: { readonly n: number };
  readonly massNoList: { readonly n: number };
}

export type StopCode = keyof StopParameters;

interface Stop<Code extends StopCode> {
  readonly code: Code;
  readonly grade: 'stop';
  readonly parameters: StopParameters[Code];
  readonly place: StopPlace;
}

/** One thing that must be put right before a draft is sent: one card in the pane. */
export type DraftStop = { readonly [Code in StopCode]: Stop<Code> }[StopCode];

export function stopOf<Code extends StopCode>(code: Code, parameters: StopParameters[Code], place: StopPlace): Stop<Code> {
  return { code, grade: 'stop', parameters, place };
}

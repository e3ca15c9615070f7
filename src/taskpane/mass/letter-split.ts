import { isMassSendListName } from '../../domain/memo-header-file.ts';
import { isOwnLetterName } from '../../domain/own-letters.ts';
import type { SplitAnswer, SplitQuestion } from '../../domain/gateway-api.ts';
import type { Answer, Gateway, NoAnswer } from '../gateway/gateway.ts';
import { MAIL_BYTES_MAX, MAIL_FILES_MAX } from '../office/mail-limits.ts';
import type { Draft, ItemAttachment } from '../office/outlook.ts';

/** Letters that are asked for in one call. */
const LETTERS_A_CALL = 100;
/** What a question to the gateway takes beside its file, and for each number in it, in bytes. */
const QUESTION_BYTES = 4_000;
const NUMBER_BYTES = 14;

/** A PDF in which everybody's letters stand one after another. */
export interface SplitSource {
  readonly name: string;
  readonly bytes: number;
  /** As base64; null where it cannot be had. */
  readonly content: () => Promise<string | null>;
}

export interface SplitTerms {
  /** What each letter is called by those who read it. */
  readonly title: string;
  /** Most bytes of one question to the gateway. */
  readonly bodyBytesMax: number;
}

/** The pages of one recipient. */
export interface FoundLetter {
  /** Place of the recipient on the list, from 0. */
  readonly place: number;
  /** From 1. */
  readonly firstPage: number;
  readonly pages: number;
}

/** `doubt`: nothing is made, and the faults say why. `too-big`, `too-many`: for one mail in Outlook, however empty. */
export type MadeLetters =
  | { readonly kind: 'doubt' | 'too-many' | 'too-big' }
  | { readonly kind: 'making'; readonly done: number }
  /** Each as base64, in the order of the list. */
  | { readonly kind: 'made'; readonly pdfs: readonly string[]; readonly bytes: number };

export type SplitState =
  | { readonly kind: 'none' }
  | { readonly kind: 'reading'; readonly name: string }
  | { readonly kind: 'failed'; readonly name: string; readonly why: NoAnswer | { readonly kind: 'unreadable' } | { readonly kind: 'too-large'; readonly max: number } }
  | FoundLetters;

/** Whose the pages are. */
export interface FoundLetters {
  readonly kind: 'found';
  readonly name: string;
  readonly letters: readonly FoundLetter[];
  /** What is in doubt; the recipients without pages are those without a letter. */
  readonly faults: SplitAnswer['faults'];
  readonly tagged: boolean;
  readonly made: MadeLetters;
}

export interface SplitParts {
  readonly gateway: Pick<Gateway, 'splitLetters'>;
  /** The recipients of the list, in its order. */
  readonly numbers: readonly string[];
  /** Is told of each failed answer, for the whole pane's sake (pane-parts.ts). */
  readonly note: (answer: NoAnswer) => void;
}

/**
 * One PDF that becomes a letter to each on a list: first the gateway tells whose the pages are, and where nothing is in doubt,
 * the letters are made, so that each can be seen before any is sent. Held in memory, never in storage.
 */
export class LetterSplit {
  readonly #parts: SplitParts;
  readonly #listeners = new Set<() => void>();
  #state: SplitState = { kind: 'none' };
  #turn = 0;

  constructor(parts: SplitParts) {
    this.#parts = parts;
  }

  state(): SplitState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes another PDF; what is still being done with the one before comes to nothing. */
  async take({ name, bytes, content }: SplitSource, { title, bodyBytesMax }: SplitTerms): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const tell = (state: SplitState): boolean => {
      if (this.#turn === turn) this.#set(state);
      return this.#turn === turn;
    };
    const { numbers } = this.#parts;
    const max = Math.max(0, Math.floor((bodyBytesMax - QUESTION_BYTES - NUMBER_BYTES * numbers.length) / 4) * 3);
    if (bytes > max) return void tell({ kind: 'failed', name, why: { kind: 'too-large', max } });
    tell({ kind: 'reading', name });
    const base64 = await content();
    if (base64 === null || base64 === '') return void tell({ kind: 'failed', name, why: { kind: 'unreadable' } });
    await this.#split({ file: { name, content: base64 }, numbers: [...numbers], ...(title.trim() !== '' && { title }) }, tell);
  }

  async #split(question: SplitQuestion, tell: (state: SplitState) => boolean): Promise<void> {
    const { name } = question.file;
    const fail = (why: NoAnswer): void => {
      if (tell({ kind: 'failed', name, why })) this.#parts.note(why);
    };
    const told = await this.#parts.gateway.splitLetters(question);
    if (told.kind !== 'answer') return fail(told);
    const found = foundIn(name, told.value);
    if (found.faults.length > 0) return void tell(found);
    const n = question.numbers.length;
    if (!isOneEach(found.letters, n)) return fail({ kind: 'fault' });
    if (n + 1 > MAIL_FILES_MAX) return void tell({ ...found, made: { kind: 'too-many' } });
    const made = await this.#make(question, (done) => tell({ ...found, made: { kind: 'making', done } }));
    if (made === null) return;
    if (made.kind === 'answer') tell({ ...found, made: made.value });
    else fail(made);
  }

  /** So many in a call, one call after the other; null where another PDF has been taken meanwhile. */
  async #make(question: SplitQuestion, onMade: (done: number) => boolean): Promise<Answer<MadeLetters> | null> {
    const pdfs = new Map<number, string>();
    let bytes = 0;
    for (let from = 0; from < question.numbers.length; from += LETTERS_A_CALL) {
      if (!onMade(pdfs.size)) return null;
      const answer = await this.#parts.gateway.splitLetters({ ...question, make: { from, count: LETTERS_A_CALL } });
      if (answer.kind !== 'answer') return answer;
      for (const { position, content, bytes: size } of answer.value.files) {
        pdfs.set(position - 1, content);
        bytes += size;
      }
      if (bytes > MAIL_BYTES_MAX) return { kind: 'answer', value: { kind: 'too-big' } };
    }
    const ordered = question.numbers.flatMap((_, place) => pdfs.get(place) ?? []);
    return ordered.length === question.numbers.length ? { kind: 'answer', value: { kind: 'made', pdfs: ordered, bytes } } : { kind: 'fault' };
  }

  #set(state: SplitState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function foundIn(name: string, { letters, faults, tagged }: SplitAnswer): FoundLetters {
  // Position 0: the pages of somebody who is not on the list, which is a fault too.
  const listed = letters.flatMap(({ position, ...pages }) => (position === 0 ? [] : [{ place: position - 1, ...pages }]));
  return { kind: 'found', name, letters: listed, faults, tagged, made: { kind: 'doubt' } };
}

function isOneEach(letters: readonly FoundLetter[], n: number): boolean {
  return letters.length === n && new Set(letters.map(({ place }) => place)).size === n && letters.every(({ place }) => place >= 0 && place < n);
}

/** What keeps letters that are made out of this mail. `in-mail`: the PDF with everybody's letters lies in it, for everybody. */
export type RoomFault =
  | { readonly code: 'in-mail'; readonly file: ItemAttachment }
  /** More letters than there is room for beside the other files. */
  | { readonly code: 'too-many'; readonly max: number }
  /** In bytes. */
  | { readonly code: 'too-big'; readonly max: number };

/** Whether the letters have room in the mail as it is; those that lie there from before make room for them. */
export function roomFaults({ name, letters, made }: FoundLetters, { attachments }: Pick<Draft, 'attachments'>): readonly RoomFault[] {
  const plain = (one: string): string => one.normalize('NFC').trim().toLowerCase();
  const inMail = attachments.filter((file) => !file.isInline && plain(file.name) === plain(name)).map((file) => ({ code: 'in-mail', file }) as const);
  const others = attachments.filter((file) => !isReplaced(file));
  const filesMax = Math.max(0, MAIL_FILES_MAX - others.length - 1);
  const bytesMax = Math.max(0, MAIL_BYTES_MAX - others.reduce((sum, file) => sum + file.bytes, 0));
  if (made.kind === 'too-many' || letters.length > filesMax) return [...inMail, { code: 'too-many', max: filesMax }];
  if (made.kind === 'too-big' || (made.kind === 'made' && made.bytes > bytesMax)) return [...inMail, { code: 'too-big', max: bytesMax }];
  return inMail;
}

function isReplaced({ name, isInline, kind }: ItemAttachment): boolean {
  return !isInline && kind === 'file' && (isOwnLetterName(name) || isMassSendListName(name));
}

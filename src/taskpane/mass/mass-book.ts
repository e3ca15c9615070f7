import type { RecipientId } from '../../domain/gateway-address.ts';
import type { CheckQuestion, RecipientCheck } from '../../domain/gateway-api.ts';
import { chooseNumberColumn, sheetsWithNumbers } from '../../domain/recipient-sheet-column.ts';
import { readRecipientRows, type RecipientRows } from '../../domain/recipient-sheet-rows.ts';
import type { RecipientSheet } from '../../domain/recipient-sheet.ts';
import { LOOKUP_PURPOSE } from '../compose/check-questions.ts';
import type { Gateway, NoAnswer } from '../gateway/gateway.ts';
import type { MassList } from './mass-list.ts';
import { massListOf, massTable, type MassTable } from './mass-table.ts';

/** The check of a list: under way; or how the last one ended. */
export type CheckState =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking'; readonly done: number; readonly total: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'unanswered'; readonly answer: NoAnswer }
  | { readonly kind: 'done' };

/** What is known of the list. Each change is a new object. */
export interface MassState {
  readonly step: 'list' | 'table' | 'before';
  /** What somebody pasted elsewhere, and wants to send to; stands in the box when the screen opens. */
  readonly pasted: string;
  /** The sheets that may be meant; more than one is asked about. Empty: nothing is read. */
  readonly sheets: readonly RecipientSheet[];
  /** The one that was chosen, or is the only one. */
  readonly sheet: RecipientSheet | null;
  readonly rows: RecipientRows;
  readonly table: MassTable;
  /** Of the cells with numbers, how many are formulas. */
  readonly formulas: number;
  readonly check: CheckState;
  /** How many numbers the gateway has not been asked about. */
  readonly unasked: number;
  /** What step 3 has got. */
  readonly list: MassList | null;
  /** The numbers that were put into the mail from here; null: none were. What stands there now may be another list. */
  readonly put: readonly string[] | null;
}

export interface MassBookParts {
  readonly gateway: Pick<Gateway, 'checkBatch'>;
  /** Is told of each answer, for the whole pane's sake (pane-parts.ts). */
  readonly note: (answer: { readonly kind: string }) => void;
  /** In ms, for how often progress is shown. */
  readonly now: () => number;
}

/** From whom, and how many numbers in one call. */
export interface CheckScope {
  readonly mailbox: string;
  readonly batchMax: number;
}

const noRows: RecipientRows = { rows: [], columns: [] };
const nothing: MassState = {
  step: 'list', pasted: '', sheets: [], sheet: null, rows: noRows, table: massTable([], new Map()), formulas: 0, check: { kind: 'none' }, unasked: 0, list: null, put: null,
};

/** Progress is shown no more often than this, in ms: a table of thousands is drawn each time. */
const SHOWN_EVERY_MS = 250;

/** The list of one mass send, from what was pasted to what goes into the mail. Held in memory, never in storage. */
export class MassBook {
  readonly #parts: MassBookParts;
  readonly #listeners = new Set<() => void>();
  readonly #checks = new Map<string, RecipientCheck>();
  /** Also those that the gateway could say nothing about. */
  readonly #asked = new Set<string>();
  #state = nothing;
  #column = 0;
  #zeroPut: ReadonlySet<number> = new Set();
  #inMail: readonly RecipientId[] = [];
  #stop: AbortController | null = null;

  constructor(parts: MassBookParts) {
    this.#parts = parts;
  }

  state(): MassState {
    return this.#state;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins anew, with what was pasted elsewhere, if anything. */
  begin(pasted = ''): void {
    this.#stop?.abort();
    this.#stop = null;
    this.#checks.clear();
    this.#asked.clear();
    this.#zeroPut = new Set();
    this.#set({ ...nothing, pasted });
  }

  /** Takes what was read; false where there are no numbers in it. `inMail`: who stands in the mail one by one. */
  take(sheets: readonly RecipientSheet[], inMail: readonly RecipientId[]): boolean {
    const usable = sheetsWithNumbers(sheets);
    if (usable.length === 0) return false;
    this.#inMail = inMail;
    this.#set({ ...nothing, sheets: usable });
    const [only, another] = usable;
    if (only && !another) this.chooseSheet(only);
    return true;
  }

  /** Goes on to the table where it is clear in which column the numbers are. */
  chooseSheet(sheet: RecipientSheet): void {
    this.#set({ sheet });
    const choice = chooseNumberColumn(sheet);
    if (choice.kind === 'sure') this.chooseColumn(choice.column);
  }

  chooseColumn(column: number): void {
    this.#column = column;
    this.#zeroPut = new Set();
    this.#readRows({ step: 'table', formulas: this.#state.sheet?.formulas[column] ?? 0 });
  }

  /** Puts a 0 in front of the numbers at these places. */
  putZero(places: readonly number[]): void {
    this.#zeroPut = new Set([...this.#zeroPut, ...places]);
    this.#readRows({});
  }

  /**
   * Asks the gateway about those that it has not been asked about; with `again`, also about those that it could say nothing
   * of. One check at a time. Ends by itself, by `stopCheck`, or with the first call without an answer.
   */
  async check(scope: CheckScope, again = false): Promise<void> {
    if (this.#stop !== null) return;
    if (again) for (const number of this.#unchecked()) this.#asked.delete(number);
    const numbers = this.#unasked();
    if (numbers.length === 0) return;
    const stop = new AbortController();
    this.#stop = stop;
    const end = await this.#askAll(numbers, scope, stop.signal);
    // Begun anew meanwhile: what was asked here is of another list.
    if (this.#stop !== stop) return;
    this.#stop = null;
    this.#tell({ check: stop.signal.aborted ? { kind: 'stopped' } : end });
    if (end.kind === 'unanswered' && !stop.signal.aborted) this.#parts.note(end.answer);
  }

  stopCheck(): void {
    this.#stop?.abort();
  }

  /** To step 3, with those that remain; the check, if one is under way, is stopped. */
  goOn(): MassList {
    this.stopCheck();
    // What was told since the table was drawn last counts.
    this.#tell({});
    const list = massListOf(this.#state.table, this.#state.rows);
    this.#set({ step: 'before', list });
    return list;
  }

  /** What step 3 has got lies in the mail. */
  notePut(): void {
    this.#set({ put: this.#state.list?.recipients.map(({ id }) => id.number) ?? null });
  }

  /** From step 3 to the table, from there to an empty box. */
  goBack(): void {
    if (this.#state.step === 'before') this.#set({ step: 'table' });
    else this.begin();
  }

  /** As many in a call as the gateway takes, one call after the other. */
  async #askAll(numbers: readonly string[], { mailbox, batchMax }: CheckScope, signal: AbortSignal): Promise<CheckState> {
    const progress = this.#progress(numbers.length);
    for (let at = 0; at < numbers.length && !signal.aborted; at += batchMax) {
      const some = numbers.slice(at, at + batchMax);
      for (const number of some) this.#asked.add(number);
      const answer = await this.#ask({ channel: 'ngdp', mailbox, numbers: some, names: true, purpose: LOOKUP_PURPOSE }, signal, progress);
      if (answer.kind === 'answer') continue;
      for (const number of some) if (!this.#checks.has(number)) this.#asked.delete(number);
      return { kind: 'unanswered', answer };
    }
    return { kind: 'done' };
  }

  #unchecked(): readonly string[] {
    return this.#state.table.rows.flatMap(({ kind, row: { read } }) => (kind === 'unchecked' && read.kind === 'number' ? [read.id.number] : []));
  }

  #unasked(): string[] {
    return this.#unchecked().filter((number) => !this.#asked.has(number));
  }

  /** Shows how far the check is, now and then. */
  #progress(count: number): () => void {
    const total = this.#checks.size + count;
    let shownAt = this.#parts.now();
    this.#set({ check: { kind: 'checking', done: this.#checks.size, total } });
    return () => {
      if (this.#parts.now() - shownAt < SHOWN_EVERY_MS) return;
      shownAt = this.#parts.now();
      this.#tell({ check: { kind: 'checking', done: this.#checks.size, total } });
    };
  }

  /** With names where one may have them; without where they are refused, for whether somebody can be reached is worth more. */
  async #ask(question: CheckQuestion, signal: AbortSignal, onSome: () => void): ReturnType<Gateway['checkBatch']> {
    const { channel, mailbox, numbers } = question;
    const take = (some: readonly RecipientCheck[]): void => {
      if (signal.aborted) return;
      for (const check of some) {
        const number = numbers[check.position];
        if (number !== undefined) this.#checks.set(number, check);
      }
      onSome();
    };
    const answer = await this.#parts.gateway.checkBatch({ question, signal }, take);
    const isRefused = question.names === true && ['too-many', 'no-right', 'refused'].includes(answer.kind);
    return isRefused ? await this.#ask({ channel, mailbox, numbers }, signal, onSome) : answer;
  }

  #readRows(change: Partial<MassState>): void {
    const { sheet } = this.#state;
    this.#tell({ ...change, rows: sheet ? readRecipientRows({ sheet, column: this.#column, zeroPut: this.#zeroPut, inMail: this.#inMail }) : noRows });
  }

  /** The table anew, by what is known now. */
  #tell(change: Partial<MassState>): void {
    const { rows } = { ...this.#state, ...change };
    this.#set({ ...change, table: massTable(rows.rows, this.#checks) });
    this.#set({ unasked: this.#unasked().length });
  }

  #set(change: Partial<MassState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

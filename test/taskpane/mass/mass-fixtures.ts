import type { RecipientCheck } from '../../../src/domain/gateway-api.ts';
import { sheetOfText } from '../../../src/domain/recipient-sheet-text.ts';
import type { Answer } from '../../../src/taskpane/gateway/gateway.ts';
import { MassBook } from '../../../src/taskpane/mass/mass-book.ts';

/** What the gateway says of a number, as far as it matters. */
export function checkOf(position: number, state: RecipientCheck['reach']['state'] = 'registered', more: Partial<RecipientCheck> = {}): RecipientCheck {
  return { position, shown: 'shown', reach: { state, from: null }, person: null, company: null, sameAs: null, ...more };
}

export interface BatchCall {
  readonly numbers: readonly string[];
  readonly names: boolean;
  readonly signal: AbortSignal;
  /** Tells of some, by position. */
  readonly tell: (...some: readonly RecipientCheck[]) => void;
  readonly end: (answer?: Answer<null>) => void;
}

export interface BookWorld {
  readonly book: MassBook;
  readonly calls: BatchCall[];
  /** Kinds of the answers that the whole pane was told. */
  readonly noted: string[];
  /** In ms. */
  readonly clock: { now: number };
}

/** A book over a gateway that answers when the test says so. */
export function openBook(): BookWorld {
  const calls: BatchCall[] = [];
  const noted: string[] = [];
  const clock = { now: 0 };
  const book = new MassBook({
    now: () => clock.now,
    note: ({ kind }) => noted.push(kind),
    gateway: {
      checkBatch: async ({ question, signal }, onChecks) => await new Promise((resolve) => {
        const { numbers, names = false } = question;
        calls.push({ numbers, names, signal, tell: (...some) => onChecks(some), end: (answer = { kind: 'answer', value: null }) => resolve(answer) });
        signal.addEventListener('abort', () => resolve({ kind: 'away' }));
      }),
    },
  });
  return { book, calls, noted, clock };
}

export const scope = { mailbox: 'jobcenter@kommune.example', batchMax: 10_000 };

/** A book in which this text has been read. */
export function bookOf(text: string, inMail: readonly string[] = []): BookWorld {
  const world = openBook();
  world.book.take([sheetOfText(text)], inMail.map((number) => ({ kind: 'cpr', number })));
  return world;
}

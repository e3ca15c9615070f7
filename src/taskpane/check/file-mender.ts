import { shownFileName } from '../../domain/draft-files.ts';
import type { NoAnswer } from '../gateway/gateway.ts';
import type { Draft, ItemAttachment } from '../office/outlook.ts';
import { said, type Finding, type Said, type SaidValue } from './finding.ts';
import { mendFiles, type MendParts, type PartOutcome } from './mend-files.ts';
import type { FileToMend, Mend } from './mend.ts';
import { filesMended, nothingMended, type MendedFiles, type MenderState, type MendOutcome } from './mender-state.ts';
import { nameToAsk } from './name-to-ask.ts';
import { contentsOf, draftOf, findFile, replaceFiles, type NewFile, type OldFile } from './replace-files.ts';

export interface MenderParts extends Omit<MendParts, 'isOver'> {
  /** What is wrong with the files of the draft as it is now, all of them looked into. */
  readonly look: (draft: Draft) => Promise<readonly Finding[]>;
  /** The draft is another, or the gateway has not answered. */
  readonly onDone: (answer: NoAnswer | null) => void;
  readonly onState: (state: MenderState) => void;
}

/** More than any draft needs: what is unpacked may hold what must be unpacked. */
const STEPS_MAX = 200;

/** Which of how many is mended now. */
interface Which {
  readonly n: number;
  readonly total: number;
}

/** `isAway`: the gateway does not answer, and the next card need not be tried. */
type CardOutcome = MendOutcome & { readonly isAway: boolean };

interface Memory {
  readonly shown: MendedFiles;
  readonly old: readonly OldFile[];
  readonly made: readonly ItemAttachment[];
}

/**
 * Mends the files of one draft, one card after another however fast somebody presses, and keeps what they were, for
 * "Fortryd", in the memory of this pane alone.
 */
export class FileMender {
  private readonly parts: MenderParts;
  private state = nothingMended;
  private memories: readonly Memory[] = [];
  private line: Promise<unknown> = Promise.resolve();
  private readonly waiting = new Set<string>();
  private draft = 0;
  private lastKey = 0;

  constructor(parts: MenderParts) {
    this.parts = parts;
  }

  /** Another draft is open: nothing more is done, and nothing is kept. */
  forget(): void {
    this.draft += 1;
    this.memories = [];
    this.waiting.clear();
    this.state = nothingMended;
    this.parts.onState(this.state);
  }

  /** Puts one card right. A second press on it while it waits does nothing. */
  async mend({ key }: Pick<Finding, 'key'>, mend: Mend): Promise<MendOutcome> {
    return await this.inLine(key, async () => {
      const { n, why } = await this.mendCard(key, mend, null);
      this.show({ busy: null });
      return { n, why };
    });
  }

  /** Puts right all that can be, the best way for each, also what comes of it: files first, then sizes, then how many. */
  async mendAll(): Promise<MendOutcome> {
    return await this.inLine('all', async () => {
      const tried = new Set<string>();
      let outcome: MendOutcome = { n: 0, why: null };
      let done = 0;
      for (let steps = 0; steps < STEPS_MAX; steps += 1) {
        const open = await this.cardsToMend(tried);
        const [next] = open;
        if (!next) break;
        tried.add(triedKey(next));
        const one = await this.mendCard(next.card.key, next.mend, { n: done + 1, total: done + open.length });
        done += 1;
        outcome = { n: outcome.n + one.n, why: outcome.why ?? one.why };
        if (one.isAway) break;
      }
      const n = outcome.n === 0 ? 0 : await this.countInDraft();
      // Last: whoever shows it goes on from where the button was as soon as it is gone.
      this.show({ busy: null });
      return { ...outcome, n };
    });
  }

  /** Puts back what one line of the screen tells of; resolves to whether Outlook did it. */
  async undo(key: string): Promise<boolean> {
    const { n } = await this.inLine(`undo ${key}`, async () => await this.undoEach([key]));
    return n > 0;
  }

  /** Puts back everything that is still there to be taken back, the last first. */
  async undoAll(): Promise<boolean> {
    const { n } = await this.inLine('undo all', async () => await this.undoEach(this.memories.toReversed().map(({ shown: { key } }) => key)));
    return n > 0;
  }

  /** The next check has seen it all anew. */
  forgetFailures(): void {
    this.show({ failures: new Map(), undoFailed: false });
  }

  private async undoEach(keys: readonly string[]): Promise<MendOutcome> {
    const undone: ('back' | 'gone' | 'failed')[] = [];
    for (const key of keys) {
      undone.push(await this.putBack(key));
      if (undone.at(-1) === 'failed') break;
    }
    this.show({ undoFailed: undone.includes('failed') || !undone.includes('back') });
    this.parts.onDone(null);
    return { n: undone.includes('failed') ? 0 : undone.filter((one) => one === 'back').length, why: null };
  }

  private async inLine(key: string, act: () => Promise<MendOutcome>): Promise<MendOutcome> {
    if (this.waiting.has(key)) return { n: 0, why: null };
    this.waiting.add(key);
    const { draft } = this;
    const turn = this.line.then(async () => (draft === this.draft ? await act() : { n: 0, why: null }));
    this.line = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.waiting.delete(key);
    }
  }

  /** The best way of each card that has not been tried: of single files first, then of sizes, then of how many they are. */
  private async cardsToMend(tried: ReadonlySet<string>): Promise<readonly CardToMend[]> {
    const draft = await draftOf(this.parts.outlook).catch(() => null);
    const findings = draft ? await this.parts.look(draft).catch(() => []) : [];
    const open = findings.flatMap((card) => (card.fileMends ?? []).map((mend) => ({ card, mend })).find((one) => !tried.has(triedKey(one))) ?? []);
    const ranks = ['file', 'too-big', 'too-many'];
    const rankOf = ({ card: { key, about } }: CardToMend): number => (about.kind === 'file' ? 0 : ranks.findIndex((rank) => key.startsWith(rank)));
    return open.toSorted((a, b) => rankOf(a) - rankOf(b));
  }

  /** How many files what is still in the draft was made of. */
  private async countInDraft(): Promise<number> {
    const draft = await draftOf(this.parts.outlook).catch(() => null);
    return filesMended(this.memories.map(({ shown }) => shown).filter(({ holds }) => draft === null || holds(draft)));
  }

  private async mendCard(key: string, mend: Mend, which: Which | null): Promise<CardOutcome> {
    const { draft } = this;
    let outcome: CardOutcome = { n: 0, why: null, isAway: false };
    this.fail(key, null);
    for (const [place, files] of mend.parts.entries()) {
      this.show({ busy: { key, ...(which ?? { n: place + 1, total: mend.parts.length }) } });
      const part = await mendFiles({ ...this.parts, isOver: () => draft !== this.draft }, mend, files);
      if (draft !== this.draft) return outcome;
      outcome = this.note(key, part, outcome);
      this.parts.onDone(part.kind === 'not-mended' ? part.answer : null);
      if (outcome.isAway) break;
    }
    return outcome;
  }

  private note(key: string, part: PartOutcome, before: MendOutcome): CardOutcome {
    if (part.kind === 'mended') {
      this.remember(part);
      return { n: before.n + part.files.length, why: before.why, isAway: false };
    }
    this.fail(key, part.why);
    return { n: before.n, why: before.why ?? part.why, isAway: part.answer !== null && part.answer.kind !== 'refused' };
  }

  private remember({ files, old, made, remarks }: Extract<PartOutcome, { readonly kind: 'mended' }>): void {
    this.lastKey += 1;
    const shown: MendedFiles = {
      key: `mended-${String(this.lastKey)}`, from: shownNames(files.map(({ shownName }) => shownName)), to: shownNames(made.map(shownFileName)), originalIds: this.originalsOf(files), remarks: [...new Set(remarks)],
      holds: (draft) => made.every((file) => findFile(draft, file) !== null),
    };
    this.memories = [...this.memories, { shown, old, made }];
    this.show({ mended: this.memories.map((memory) => memory.shown) });
  }

  /** What they were before anything was mended: what was unpacked was one file, however many came of it. */
  private originalsOf(files: readonly FileToMend[]): ReadonlySet<string> {
    return new Set(files.flatMap(({ attachment: { id } }) => {
      const earlier = this.memories.find(({ made }) => made.some((file) => file.id === id));
      return earlier ? [...earlier.shown.originalIds] : [id];
    }));
  }

  private async putBack(key: string): Promise<'back' | 'gone' | 'failed'> {
    const memory = this.memories.find(({ shown }) => shown.key === key);
    if (!memory) return 'gone';
    const { draft } = this;
    const back: readonly NewFile[] = memory.old.map(({ attachment, base64 }) => ({ name: nameToAsk(attachment, base64), base64, keepsName: true }));
    const made = await this.madeContents(memory.made).catch(() => null);
    const replaced = made ? await replaceFiles(this.parts.outlook, made, back, () => draft !== this.draft).catch(() => null) : { kind: 'gone' as const };
    if (replaced?.kind !== 'replaced') return replaced?.kind === 'gone' ? 'gone' : 'failed';
    this.memories = this.memories.filter((one) => one !== memory);
    this.show({ mended: this.memories.map(({ shown }) => shown) });
    return 'back';
  }

  /** Null where one of them is no longer there: then there is nothing to take back. */
  private async madeContents(made: readonly ItemAttachment[]): Promise<readonly OldFile[] | null> {
    const draft = await draftOf(this.parts.outlook);
    const there = made.map((file) => findFile(draft, file)).filter((file) => file !== null);
    return there.length === made.length ? await contentsOf(this.parts.outlook, there) : null;
  }

  private fail(key: string, why: Said | null): void {
    const failures = new Map(this.state.failures);
    failures.delete(key);
    if (why) failures.set(key, why);
    this.show({ failures });
  }

  private show(part: Partial<MenderState>): void {
    this.state = { ...this.state, ...part };
    this.parts.onState(this.state);
  }
}

interface CardToMend {
  readonly card: Finding;
  readonly mend: Mend;
}

/** What is tried once: a way for a card of a file by the file, for others by what they say. */
function triedKey({ card: { key, about }, mend: { kind } }: CardToMend): string {
  return about.kind === 'file' ? `${about.attachmentId} ${key} ${kind}` : `${key} ${kind}`;
}

const NAMES_MAX = 3;

function shownNames(names: readonly string[]): SaidValue {
  return names.length > NAMES_MAX ? said('mend.files', { n: names.length }) : { list: names };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { headerWith, informationFaults, informationFields, informationOf, type Information, type InformationField } from './more-information.ts';
import type { TextRef } from './text-ref.ts';
import type { DraftMemoHeader } from './use-memo-header.ts';

/** What was typed goes into the draft when typing has rested so long, and when a field is left. */
const WRITTEN_AFTER_MS = 1_000;

export interface InformationDraft {
  readonly fields: Information;
  /** Of fields that have been left. */
  readonly faults: Readonly<Partial<Record<InformationField, TextRef>>>;
  /** Why what was typed is not in the draft, or what is in it will be refused. */
  readonly trouble: TextRef | null;
  /** Writes what could not be written once more; null where all is written. */
  readonly writeAgain: (() => void) | null;
  /** The mail is not sent as it stands. */
  readonly isWrong: boolean;
  readonly set: (field: InformationField, text: string) => void;
  /** A field is left: looked through, and written. */
  readonly leave: () => void;
}

/** Flere oplysninger of this draft: what stands in its MemoHeader.json, and over it what is being typed. */
export function useInformation({ header, differ, write }: DraftMemoHeader): InformationDraft {
  const inDraft = informationOf(header);
  const [typed, setTyped] = useState<Typed>({});
  const [lookedAt, setLookedAt] = useState<Information>(inDraft);
  const [failed, setFailed] = useState(false);
  const editing = useRef<InformationField | null>(null);
  const latest = useRef({ typed, write });
  latest.current = { typed, write };

  const writeNow = useCallback(() => {
    const { typed: wanted, write: writeHeader } = latest.current;
    if (Object.keys(wanted).length === 0 || !writeHeader) return;
    void writeHeader((before) => headerWith(before, { ...informationOf(before), ...wanted })).then(
      () => {
        setFailed(false);
        setTyped((now) => withoutWritten(now, wanted, editing.current));
      },
      () => setFailed(true),
    );
  }, []);

  useEffect(() => {
    if (Object.keys(typed).length === 0) return undefined;
    const clock = setTimeout(writeNow, WRITTEN_AFTER_MS);
    return () => clearTimeout(clock);
  }, [typed, writeNow]);

  // What is being typed is not looked through before the field is left.
  useEffect(() => setLookedAt((before) => (editing.current ? { ...inDraft, [editing.current]: before[editing.current] } : inDraft)), [JSON.stringify(inDraft)]);
  const faults = informationFaults(lookedAt, new Date());
  const trouble = troubleOf({ differ, failed });
  return {
    fields: { ...inDraft, ...typed },
    faults,
    trouble,
    writeAgain: failed ? writeNow : null,
    isWrong: trouble !== null || Object.keys(faults).length > 0,
    set: (field, text) => {
      editing.current = field;
      setTyped((before) => ({ ...before, [field]: text }));
    },
    leave: () => {
      editing.current = null;
      setLookedAt({ ...inDraft, ...typed });
      writeNow();
    },
  };
}

/** What the draft as a whole is told for; two files come first, since nothing is written while they are there. */
export function troubleOf({ differ, failed }: { readonly differ: boolean; readonly failed: boolean }): TextRef | null {
  if (differ) return { key: 'info.two' };
  return failed ? { key: 'info.failed' } : null;
}

type Typed = Partial<Information>;

/** What was typed meanwhile stays, and so does the field that one is in: it is written without the blank at its end. */
function withoutWritten(now: Typed, written: Typed, editing: InformationField | null): Typed {
  const stays = informationFields.filter((field) => now[field] !== undefined && (field === editing || now[field] !== written[field]));
  return Object.fromEntries(stays.map((field) => [field, now[field]]));
}

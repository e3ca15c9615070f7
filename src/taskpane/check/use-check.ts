import { useCallback, useMemo } from 'react';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import type { CardMark } from './card-mark.ts';
import type { CheckInput } from './check-input.ts';
import type { DraftOutcome } from './check-draft.ts';
import { draftRecipients } from './draft-recipients.ts';
import { findingMark, type Finding, type Said } from './finding.ts';
import { useAccepted } from './use-accepted.ts';
import { useFixes, type Fixes } from './use-fixes.ts';
import { useJudged, type Judged } from './use-judged.ts';
import { useMending, type Mending } from './use-mending.ts';
import { useReadings, type Readings } from './use-readings.ts';

/** What Tjek has to show, for `Check` and `Bar`. */
export interface CheckState extends Fixes {
  /** Whether there is somebody outside or in Digital Post; without, neither Tjek nor the bar is there. */
  readonly applies: boolean;
  /** Somebody gets a letter, which can be seen as they will see it. */
  readonly hasLetter: boolean;
  /** What judges a draft has been fetched, and with it the section that shows all this. */
  readonly fetched: boolean;
  /** What judges a draft could not be fetched: a fault of ours. */
  readonly broken: boolean;
  /** Something of this draft has not been looked at yet. */
  readonly checking: boolean;
  /** The cards of Tjek in the order in which they stand. */
  readonly marks: readonly CardMark[];
  /** The cards themselves. */
  readonly findings: readonly Finding[];
  /** What somebody has said is right. */
  readonly accepted: readonly Finding[];
  /** What is well, a line each. */
  readonly well: readonly Said[];
  /** What the gateway alone will look at. */
  readonly notSeen: Said | null;
  readonly checkedAt: Date | null;
  readonly mending: Mending;
  /** Says that a find is right, or takes it back. */
  readonly accept: (finding: Finding, isRight: boolean) => void;
  readonly checkAgain: () => void;
}

const nobody = { numbers: [], mass: false, channels: [], outsiders: [] };

/** Looks the draft through whenever it changes; one call in Skriv. `input` null: what is open is no draft. */
export function useCheck(input: CheckInput | null): CheckState {
  const parts = usePaneParts();
  const { outlook } = parts;
  const rows = input?.rows;
  const recipients = useMemo(() => (rows ? draftRecipients(rows) : nobody), [rows]);
  const waits = rows?.length === 0 && input?.draft.attachments.some(({ name }) => /^masseforsendelse.*\.txt$/i.test(name)) === true;
  const applies = waits || recipients.channels.length > 0 || recipients.outsiders.length > 0;
  const readings = useReadings(input?.draft ?? null, recipients, applies);
  const fixes = useFixes(readings.lookNow);
  const mending = useMending({ parts, input, recipients, readings });
  const { marks: right, set: setRight } = useAccepted(outlook);
  const judged = useJudged(input, recipients, applies ? readings : null);
  const outcome = judged ?? noOutcome;

  const accept = useCallback((finding: Finding, isRight: boolean) => setRight(findingMark(finding), isRight), [setRight]);
  const isRight = (finding: Finding): boolean => finding.grade === 'look' && right.has(findingMark(finding));
  const findings = outcome.findings.filter((finding) => !isRight(finding));
  return {
    ...fixes,
    mended: stillHeld(fixes.mended, input),
    mending: { ...mending, mended: stillHeld(mending.mended, input) },
    ...progressOf(readings, applies, judged),
    hasLetter: recipients.channels.length > 0,
    marks: findings.map(({ key, grade }) => ({ key, grade })),
    findings,
    accepted: outcome.findings.filter(isRight),
    well: outcome.well,
    notSeen: outcome.notSeen,
    accept,
    checkAgain: () => {
      void mending.use(async (mender) => await Promise.resolve(mender.forgetFailures()));
      readings.lookAgain();
    },
  };
}

/** What is written over since has nothing to be undone. */
function stillHeld<Mended extends { readonly holds: (draft: Draft) => boolean }>(mended: readonly Mended[], input: CheckInput | null): readonly Mended[] {
  return mended.filter(({ holds }) => input !== null && holds(input.draft));
}

const noOutcome: DraftOutcome = { findings: [], well: [], notSeen: null };

function progressOf({ reading, broken }: Readings, applies: boolean, judged: Judged | null): Pick<CheckState, 'applies' | 'fetched' | 'broken' | 'checking' | 'checkedAt'> {
  const isDone = reading?.filesRead === true && judged?.filesRead === true;
  return { applies, fetched: reading !== null, broken, checking: applies && !broken && !isDone, checkedAt: judged ? (reading?.at ?? null) : null };
}

import { useCallback, useMemo } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import type { CardMark } from './card-mark.ts';
import type { CheckInput } from './check-input.ts';
import type { DraftOutcome } from './check-draft.ts';
import { draftRecipients, type DraftRecipients } from './draft-recipients.ts';
import { findingMark, type Finding, type Said } from './finding.ts';
import { useAccepted } from './use-accepted.ts';
import { useFixes, type Fixes } from './use-fixes.ts';
import { useReadings, type Readings } from './use-readings.ts';

/** What Tjek has to show, for `Check` and `Bar`. */
export interface CheckState extends Fixes {
  /** Whether there is somebody outside or in Digital Post; without, neither Tjek nor the bar is there. */
  readonly applies: boolean;
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
  readonly checkedAt: Date | null;
  /** Says that a find is right, or takes it back. */
  readonly accept: (finding: Finding, isRight: boolean) => void;
  readonly checkAgain: () => void;
}

const nobody = { numbers: [], mass: false, channels: [], outsiders: [] };

/** Looks the draft through whenever it changes; one call in Skriv. `input` null: what is open is no draft. */
export function useCheck(input: CheckInput | null): CheckState {
  const { outlook } = usePaneParts();
  const rows = input?.rows;
  const recipients = useMemo(() => (rows ? draftRecipients(rows) : nobody), [rows]);
  const applies = recipients.channels.length > 0 || recipients.outsiders.length > 0;
  const readings = useReadings(input?.draft ?? null, recipients, applies);
  const fixes = useFixes(readings.lookNow);
  const { marks: right, set: setRight } = useAccepted(outlook);
  const outcome = useOutcome(input ?? noFacts, recipients, applies ? readings : null);

  const accept = useCallback((finding: Finding, isRight: boolean) => setRight(findingMark(finding), isRight), [setRight]);
  const isRight = (finding: Finding): boolean => finding.grade === 'look' && right.has(findingMark(finding));
  const findings = outcome.findings.filter((finding) => !isRight(finding));
  return {
    ...fixes,
    mended: fixes.mended.filter(({ holds }) => input !== null && holds(input.draft)),
    ...progressOf(readings, applies),
    marks: findings.map(({ key, grade }) => ({ key, grade })),
    findings,
    accepted: outcome.findings.filter(isRight),
    well: outcome.well,
    accept,
    checkAgain: readings.lookAgain,
  };
}

function progressOf({ reading, broken }: Readings, applies: boolean): Pick<CheckState, 'applies' | 'broken' | 'checking' | 'checkedAt'> {
  return { applies, broken, checking: applies && !broken && reading?.filesRead !== true, checkedAt: reading?.at ?? null };
}

type Facts = Pick<CheckInput, 'own' | 'people' | 'points'>;
const noFacts: Facts = { own: { domains: [], guessed: true }, people: new Map(), points: [] };
const noOutcome: DraftOutcome = { findings: [], well: [] };
/** As the gateway calls an organisation that has said nothing else. */
const HOME_UNSAID = 'organisationen';

/** The judgement on what was read last; the same as long as nothing it rests upon is another. */
function useOutcome({ own, people, points }: Facts, recipients: DraftRecipients, readings: Readings | null): DraftOutcome {
  const { outlook, account: { me } } = usePaneParts();
  const { judgement, draft, body, filesRead = false } = readings?.reading ?? {};
  const factsOf = readings?.factsOf;
  // Not for the time alone: an unchanged draft is not judged again.
  return useMemo(() => {
    if (!judgement || !draft || !body || !factsOf) return noOutcome;
    return judgement.checkDraft({
      draft, body, recipients, own, people, points, factsOf, filesRead, today: new Date(),
      rightNames: rightNamesOf(me, [outlook.client.userName, draft.from?.name ?? '']),
      home: me?.organisation.home ?? HOME_UNSAID,
    });
  }, [judgement, draft, body, factsOf, filesRead, recipients, own, people, points, me, outlook]);
}

type Me = NonNullable<ReturnType<typeof usePaneParts>['account']['me']>;

/** Names that a letter rightly has: the organisation's, those it sends as, and that of whoever writes. */
function rightNamesOf(me: Me | null, writers: readonly string[]): readonly string[] {
  const ours = me ? [me.organisation.name, me.user.name, ...me.mailboxes.flatMap(({ senders }) => senders.map(({ label }) => label))] : [];
  return [...new Set([...ours, ...writers])].filter((name) => name.trim() !== '');
}

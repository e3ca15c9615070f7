import { useEffect, useState } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { bodyBytesMaxOf } from './body-bytes-max.ts';
import type { CheckInput } from './check-input.ts';
import type { DraftOutcome } from './check-draft.ts';
import type { DraftRecipients } from './draft-recipients.ts';
import type { Readings } from './use-readings.ts';
import { whenIdle } from './when-idle.ts';

/** What was made of a draft. */
export interface Judged extends DraftOutcome {
  /** Every file had been looked into, or could not be. */
  readonly filesRead: boolean;
}

type Facts = Pick<CheckInput, 'own' | 'people' | 'points'>;
const noFacts: Facts = { own: { domains: [], guessed: true }, people: new Map(), points: [] };
/** As the gateway calls an organisation that has said nothing else. */
const HOME_UNSAID = 'organisationen';

/**
 * The judgement on what was read last; the same as long as nothing it rests upon is another. A long letter takes a moment: it
 * is judged when the pane has nothing else to do, and the last judgement stands meanwhile. Null: there is none yet.
 */
export function useJudged(input: CheckInput | null, recipients: DraftRecipients, readings: Readings | null): Judged | null {
  const { own, people, points } = input ?? noFacts;
  const { outlook, account: { me } } = usePaneParts();
  const { judgement, draft, body, letter, columns = null, filesRead = false } = readings?.reading ?? {};
  const factsOf = readings?.factsOf;
  const isRead = judgement !== undefined && draft !== undefined && body !== undefined && letter !== undefined && factsOf !== undefined;
  const [judged, setJudged] = useState<Judged | null>(null);
  // Not for the time alone: an unchanged draft is not judged again.
  useEffect(() => {
    if (!isRead) return setJudged(null);
    return whenIdle(() => setJudged({
      ...judgement.checkDraft({
        draft, body, letter, columns, recipients, own, people, points, factsOf, filesRead, today: new Date(), bodyBytesMax: bodyBytesMaxOf(me),
        rightNames: rightNamesOf(me, [outlook.client.userName, draft.from?.name ?? '']),
        home: me?.organisation.home ?? HOME_UNSAID,
      }),
      filesRead,
    }));
  }, [isRead, judgement, draft, body, letter, columns, factsOf, filesRead, recipients, own, people, points, me, outlook]);
  // Of another draft the last judgement says nothing.
  return isRead ? judged : null;
}

type Me = NonNullable<ReturnType<typeof usePaneParts>['account']['me']>;

/** Names that a letter rightly has: the organisation's, those it sends as, and that of whoever writes. */
function rightNamesOf(me: Me | null, writers: readonly string[]): readonly string[] {
  const ours = me ? [me.organisation.name, me.user.name, ...me.mailboxes.flatMap(({ senders }) => senders.map(({ label }) => label))] : [];
  return [...new Set([...ours, ...writers])].filter((name) => name.trim() !== '');
}

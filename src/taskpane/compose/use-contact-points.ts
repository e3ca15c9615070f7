import { useEffect, useRef, useState } from 'react';
import type { PointLimits } from '../check/check-input.ts';
import { usePaneParts } from '../pane-parts.ts';
import type { DigitalRow } from './read-recipients.ts';
import type { RecipientPoints } from './recipient-row.tsx';
import type { Mailbox } from './sender-choice.ts';

export interface ContactPoints {
  /** Those of a company or an authority; none while nobody has told them, and where there are none. */
  readonly of: (row: DigitalRow) => RecipientPoints;
  /** Limits of those to which the draft is addressed; the same object as long as they are the same. */
  readonly limits: readonly PointLimits[];
}

const none: RecipientPoints = [];

/** Asks once for each company of the draft, where its channel has contact points. */
export function useContactPoints(mailbox: Mailbox | null, rows: readonly DigitalRow[]): ContactPoints {
  const { gateway, noteAnswer, account: { connection } } = usePaneParts();
  const known = useRef(new Map<string, RecipientPoints | 'asking'>());
  const [, drawAgain] = useState(0);
  const keyOf = ({ address }: DigitalRow): string => `${mailbox?.address ?? ''} ${address.channel} ${address.recipient.number}`;
  const companies = rows.filter(({ kind, address }) => kind === 'company' && mailbox?.channels.some(({ id, contactPoints }) => contactPoints && id === address.channel));

  useEffect(() => {
    if (!mailbox || connection !== 'there') return;
    for (const row of companies.filter((one) => !known.current.has(keyOf(one)))) {
      const key = keyOf(row);
      known.current.set(key, 'asking');
      void gateway.contactPoints({ channel: row.address.channel, mailbox: mailbox.address, cvr: row.address.recipient.number }).then((answer) => {
        if (answer.kind === 'answer') known.current.set(key, answer.value.contactPoints);
        else {
          known.current.delete(key);
          noteAnswer(answer);
        }
        drawAgain((n) => n + 1);
      });
    }
  }, [companies.map(keyOf).join('\n'), connection]);

  const pointsOf = (row: DigitalRow): RecipientPoints => {
    const points = known.current.get(keyOf(row));
    return points === undefined || points === 'asking' ? none : points;
  };
  const limits = companies.flatMap((row) => pointsOf(row).filter(({ id }) => id.toLowerCase() === row.address.recipientContactPoint))
    .map(({ name, attachmentsMax, memoBytesMax }): PointLimits => ({ name, attachmentsMax, memoBytesMax }));
  return { of: pointsOf, limits: useStable(limits) };
}

/** The value drawn before, as long as it says the same. */
function useStable<Value>(value: Value): Value {
  const before = useRef(value);
  if (JSON.stringify(before.current) !== JSON.stringify(value)) before.current = value;
  return before.current;
}

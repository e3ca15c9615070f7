import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { Wish } from './sending-as.ts';
import { SmallState } from './small-state.tsx';
import type { SendingOnItsWay } from './use-sending-acts.ts';

/** What is written faster is not told of (ux.md 5, Loading). */
const WRITING_TOLD_AFTER_MS = 400;

export interface OnItsWayProps {
  readonly state: SendingOnItsWay;
  readonly part: keyof Wish;
  /** How it stands in the mail; while that is being changed, it is not said. */
  readonly children?: ReactNode;
}

/** What was chosen stands in the mail where this says nothing of its own; else it is on its way, or Outlook did not do it. */
export function OnItsWay({ state: { writing, failed }, part, children }: OnItsWayProps): ReactElement {
  const say = useText(compose);
  const isWriting = writing[part] !== undefined;
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    if (!isWriting) return undefined;
    const clock = setTimeout(() => setIsSlow(true), WRITING_TOLD_AFTER_MS);
    return () => {
      clearTimeout(clock);
      setIsSlow(false);
    };
  }, [isWriting]);
  // The place of the words is there before them, so that they are said.
  return (
    <>
      {!isSlow && children}
      <div role="status">{isSlow && <SmallState state="checking" text={say('write.busy')} />}</div>
      <div role="alert">{failed === part && <SmallState state="stop" text={say('write.failed')} />}</div>
    </>
  );
}

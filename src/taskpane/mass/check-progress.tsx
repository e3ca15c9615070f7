import { useEffect, useRef, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { shownTime } from '../parts/shown-time.ts';
import { frame, mass } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import type { StepProps } from './list-step.tsx';
import type { CheckScope, MassState } from './mass-book.ts';
import { massMailbox } from './mass-mailbox.ts';
import { useMassStyles } from './mass-styles.ts';

/** How far the check has come, and how to stop it; it begins by itself, and goes on by itself when the connection is back. */
export function CheckProgress({ book, state, draft }: StepProps): ReactElement | null {
  const shared = useMassStyles();
  const say = useText(mass);
  const sayFrame = useText(frame);
  const locale = useLocale();
  const scope = useScope(draft.from?.address ?? null);
  const { check, table: { counts } } = state;
  const { place, press } = useFocusKept(check.kind);
  useCheckByItself({ book, state, draft }, scope);
  useProgressSaid(state);
  if (check.kind === 'checking') {
    return (
      <div className={shared.row} ref={place} tabIndex={-1} style={{ outlineStyle: 'none' }}>
        <span>{say('mass.checking', { a: check.done, n: check.total })}</span>
        <Button size="small" onClick={() => press(() => book.stopCheck())}>{say('mass.cancel')}</Button>
      </div>
    );
  }
  const why = check.kind === 'unanswered' ? noAnswerText(check.answer, sayFrame, shownTime(locale)) : null;
  if (check.kind === 'none' || counts.unchecked === 0 || scope === null) return null;
  return (
    <div className={shared.row} ref={place} tabIndex={-1} style={{ outlineStyle: 'none' }}>
      {check.kind === 'stopped' && <span>{counts.unchecked === 1 ? say('mass.checkStopped1') : say('mass.checkStopped', { n: counts.unchecked })}</span>}
      {why !== null && <span role="alert">{why}</span>}
      <Button size="small" onClick={() => press(() => void book.check(scope, true))}>{say('mass.checkRest')}</Button>
    </div>
  );
}

/** From whom the check is asked; null as long as nobody knows. */
function useScope(from: string | null): CheckScope | null {
  const { account: { me } } = usePaneParts();
  const mailbox = me && massMailbox(me, from);
  return me && mailbox ? { mailbox: mailbox.address, batchMax: Math.max(1, me.limits.checkBatchMax) } : null;
}

function useCheckByItself({ book, state: { check, unasked } }: StepProps, scope: CheckScope | null): void {
  const { account: { connection } } = usePaneParts();
  const mailbox = scope?.mailbox ?? null;
  const before = useRef(connection);
  useEffect(() => {
    const isBack = before.current !== 'there' && connection === 'there';
    before.current = connection;
    if (scope === null || unasked === 0) return;
    if (check.kind === 'none' || check.kind === 'done' || (check.kind === 'unanswered' && isBack)) void book.check(scope);
  }, [book, mailbox, check.kind, unasked, connection]);
}

const QUARTERS = 4;

/** Said at each quarter and at the end, to those who do not see it. */
function useProgressSaid({ check }: MassState): void {
  const say = useText(mass);
  const { announce } = usePaneParts();
  const { done, total } = check.kind === 'checking' ? check : { done: 0, total: 0 };
  const quarter = total === 0 ? null : Math.floor((QUARTERS * done) / total);
  const last = useRef(total);
  if (total > 0) last.current = total;
  useEffect(() => {
    if (quarter !== null && quarter > 0) announce(say('live.progress', { a: done, n: total }));
  }, [quarter]);
  useEffect(() => {
    if (check.kind === 'done') announce(say('live.progress', { a: last.current, n: last.current }));
  }, [check.kind]);
}

/** A button that goes when it is pressed leaves the focus where it stood. */
function useFocusKept(kind: string): { readonly place: React.RefObject<HTMLDivElement | null>; readonly press: (act: () => void) => void } {
  const place = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) (place.current?.querySelector('button') ?? place.current)?.focus();
    pressed.current = false;
  }, [kind]);
  return {
    place,
    press: (act) => {
      pressed.current = true;
      act();
    },
  };
}

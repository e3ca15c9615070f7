import { makeStyles } from '@fluentui/react-components';
import { useCallback, useState, type KeyboardEvent, type ReactElement, type Ref } from 'react';
import { Button } from '../parts/button.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { LetterPages } from '../see/letter-pages.tsx';
import { mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useMassStyles } from './mass-styles.ts';

const useStyles = makeStyles({
  pages: { marginTop: '8px', border: `1px solid ${tokens.colorNeutralStroke2}` },
  all: { outlineOffset: '2px' },
});

export type SeenLetter = { readonly kind: 'making' } | { readonly kind: 'pdf'; readonly pdf: Uint8Array } | { readonly kind: 'failed'; readonly why: string };

export interface LetterViewerProps {
  /** Place of the recipient whose letter this is, from 0. */
  readonly n: number;
  readonly all: number;
  readonly go: (n: number) => void;
  readonly seen: SeenLetter;
  /** Esc shuts it. */
  readonly close: () => void;
  readonly ref?: Ref<HTMLDivElement>;
}

/** The letter of one recipient, and the ways to those before and after. */
export function LetterViewer({ n, all, go, seen, close, ref }: LetterViewerProps): ReactElement {
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const nth = say('mass.each.nth', { k: n + 1, n: all });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  return (
    <div ref={ref} className={styles.all} role="group" aria-label={nth} tabIndex={-1} onKeyDown={onKeyDown}>
      <div className={shared.row}>
        <Button size="small" disabledFocusable={n === 0} onClick={() => go(Math.max(n - 1, 0))}>{say('mass.each.prev')}</Button>
        <span aria-live="polite">{nth}</span>
        <Button size="small" disabledFocusable={n === all - 1} onClick={() => go(Math.min(n + 1, all - 1))}>{say('mass.each.next')}</Button>
      </div>
      <ShownLetter key={n} seen={seen} />
    </div>
  );
}

function ShownLetter({ seen }: { readonly seen: SeenLetter }): ReactElement {
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const [isFailed, setFailed] = useState(false);
  const onFault = useCallback(() => setFailed(true), []);
  return (
    <>
      <div role="alert">
        {(seen.kind === 'failed' || isFailed) && <p className={shared.look}><StateIcon state="look" /><span>{seen.kind === 'failed' ? seen.why : say('mass.each.notSeen')}</span></p>}
      </div>
      {seen.kind === 'pdf' && !isFailed && <div className={styles.pages}><LetterPages pdf={seen.pdf} onFault={onFault} /></div>}
    </>
  );
}

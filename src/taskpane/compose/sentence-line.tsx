import { makeStyles } from '@fluentui/react-components';
import { Fragment, useEffect, useRef, type ReactElement, type Ref } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { boldParts } from './bold-parts.ts';
import type { TextRef } from './text-ref.ts';
import { useSayParts } from './use-say-ref.ts';
import { tokens } from '../parts/tokens.ts';

/** It is read out this long after its last change: while one types it changes often. */
const SPOKEN_AFTER_MS = 1_000;

const useStyles = makeStyles({
  sentence: { padding: '12px 16px', backgroundColor: tokens.colorNeutralBackground2, outlineOffset: '-2px' },
  line: { margin: 0, '& + &': { marginTop: '6px' } },
});

/** What happens when one presses Send, always first and always true (ux.md section 4). */
export function SentenceLine({ lines, place }: { readonly lines: readonly TextRef[]; readonly place: Ref<HTMLDivElement> }): ReactElement {
  const styles = useStyles();
  const sayParts = useSayParts();
  // What is said besides is plain.
  const said = lines.map((line, n) => (n === 0 ? boldParts(sayParts(line)) : sayParts(line).map(({ text }) => ({ text, bold: false }))));
  useSpoken(said.map((parts) => parts.map(({ text }) => text).join('')).join(' '));
  return (
    <div className={styles.sentence} tabIndex={-1} ref={place} data-sentence>
      {said.map((parts, n) => (
        <p key={n} className={styles.line}>{parts.map(({ text, bold }, at) => (bold ? <b key={at}>{text}</b> : <Fragment key={at}>{text}</Fragment>))}</p>
      ))}
    </div>
  );
}

/** The first one is read where it has focus; only what it becomes is announced. */
function useSpoken(sentence: string): void {
  const { announce } = usePaneParts();
  const say = useText(frame);
  const last = useRef(sentence);
  useEffect(() => {
    if (last.current === sentence) return undefined;
    const clock = setTimeout(() => {
      last.current = sentence;
      announce(say('live.say', { sentence }));
    }, SPOKEN_AFTER_MS);
    return () => clearTimeout(clock);
  }, [sentence, announce, say]);
}

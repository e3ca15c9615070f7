import { makeStyles } from '@fluentui/react-components';
import { Fragment, useEffect, useRef, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  statement: { padding: '12px 16px', backgroundColor: tokens.colorNeutralBackground2, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, overflowWrap: 'anywhere' },
  line: { margin: 0 },
});

export interface StatementPart {
  readonly text: string;
  readonly bold: boolean;
}

/** What the mail is, first on the screen; announced when another mail is chosen, and the focus stays where it is. */
export function Statement({ parts }: { readonly parts: readonly StatementPart[] }): ReactElement {
  const styles = useStyles();
  const { announce } = usePaneParts();
  const words = parts.map(({ text }) => text).join('');
  const said = useRef(words);
  useEffect(() => {
    if (said.current === words) return;
    said.current = words;
    announce(words);
  }, [announce, words]);
  return (
    <div className={styles.statement} data-sentence>
      <p className={styles.line}>{parts.map(({ text, bold }, at) => (bold ? <b key={at}>{text}</b> : <Fragment key={at}>{text}</Fragment>))}</p>
    </div>
  );
}

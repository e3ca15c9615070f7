import { makeStyles } from '@fluentui/react-components';
import { useRef, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { check } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { sayText } from './say-finding.ts';
import type { CheckState } from './use-check.ts';

const useStyles = makeStyles({ all: { margin: '4px 0 8px' } });

/** "Ret alle": what can be mended is, the best way for each. There while two or more cards can be. */
export function MendAll({ state }: { readonly state: CheckState }): ReactElement | null {
  const styles = useStyles();
  const say = useText(check);
  const locale = useLocale();
  const { announce } = usePaneParts();
  const { findings, mending: { busy, use } } = state;
  const n = findings.filter(({ fileMends = [] }) => fileMends.length > 0).length;
  const button = useRef<HTMLButtonElement>(null);
  const mendAll = (): void => {
    void use(async (mender) => await mender.mendAll()).then(({ n: done, why }) => {
      const mended = done === 0 ? [] : [done === 1 ? say('mend.done1') : say('mend.done', { n: done })];
      announce([...mended, ...(why ? [sayText(why, { say, locale })] : [])].join(' '));
    });
  };
  if (n < 2 && !(busy && button.current)) return null;
  return (
    <div className={styles.all}>
      <Button ref={button} data-mend-all size="small" disabledFocusable={busy !== null} onClick={mendAll}>
        {busy ? say('mend.busy', { n: busy.n, total: busy.total }) : n === 2 ? say('mend.all2') : say('mend.all', { n })}
      </Button>
    </div>
  );
}

import { makeStyles } from '@fluentui/react-components';
import { ChevronDown20Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUp20Regular } from '@fluentui/react-icons/svg/chevron-up';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';
import { check } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { bodyBytesMaxOf } from './body-bytes-max.ts';
import { groupsOf } from './file-mends.ts';
import type { FileToMend, Mend } from './mend.ts';

const useStyles = makeStyles({
  list: { margin: '8px 0', padding: 0, listStyleType: 'none' },
  file: { display: 'flex', alignItems: 'center', columnGap: '4px', padding: '2px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  arrow: { padding: '2px', minHeight: '28px', minWidth: '28px', flexShrink: 0 },
});

/** In which order files are joined, the first on top (ux.md 5.7). */
export function JoinOrder({ mend, busy, join }: { readonly mend: Mend; readonly busy: boolean; readonly join: (mend: Mend) => void }): ReactElement {
  const styles = useStyles();
  const say = useText(check);
  const { account: { me }, announce } = usePaneParts();
  const [ids, setIds] = useState<readonly string[]>([]);
  const moved = useRef<HTMLButtonElement | null>(null);
  const files = inOrder(mend.parts.flat(), ids);

  // A button that is moved in the page loses the focus it had.
  useEffect(() => moved.current?.focus());
  const move = (place: number, by: -1 | 1) => (button: HTMLButtonElement): void => {
    const order = files.map(({ attachment: { id } }) => id);
    const [id] = order.splice(place, 1);
    if (id === undefined) return;
    order.splice(place + by, 0, id);
    moved.current = button;
    setIds(order);
    announce(say('mend.moved', { file: files[place]?.shownName ?? '', n: place + by + 1 }));
  };
  const forgetMoved = (): void => void (moved.current = null);
  return (
    <>
      <ol className={styles.list} aria-label={say('mend.order')} onBlur={forgetMoved}>
        {files.map(({ attachment: { id }, shownName: file }, place) => (
          <li key={id} className={styles.file}>
            <span className={styles.name}>{file}</span>
            <Arrow label={say('mend.up', { file })} can={place > 0} move={move(place, -1)}><ChevronUp20Regular aria-hidden /></Arrow>
            <Arrow label={say('mend.down', { file })} can={place < files.length - 1} move={move(place, 1)}><ChevronDown20Regular aria-hidden /></Arrow>
          </li>
        ))}
      </ol>
      <Button size="small" disabledFocusable={busy} onClick={() => join({ ...mend, parts: groupsOf(files, bodyBytesMaxOf(me)).filter((part) => part.length > 1) })}>{say('mend.join')}</Button>
    </>
  );
}

interface ArrowProps {
  readonly label: string;
  readonly can: boolean;
  readonly move: (button: HTMLButtonElement) => void;
  readonly children: ReactElement;
}

function Arrow({ label, can, move, children }: ArrowProps): ReactElement {
  const styles = useStyles();
  return <Button size="small" className={styles.arrow} aria-label={label} disabledFocusable={!can} onClick={(event) => move(event.currentTarget)}>{children}</Button>;
}

/** Files that have come since are last. */
function inOrder(files: readonly FileToMend[], ids: readonly string[]): readonly FileToMend[] {
  const placeOf = ({ attachment: { id } }: FileToMend): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  return files.toSorted((a, b) => placeOf(a) - placeOf(b));
}

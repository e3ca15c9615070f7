import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { useRef, useState, type ReactElement } from 'react';
import { SmallState } from '../compose/small-state.tsx';
import type { ItemAttachment } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { Link } from '../parts/link.tsx';
import { frame, mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useMassStyles } from './mass-styles.ts';
import { putFilesBack, takeFilesOut, type KeptFile } from './take-files-out.ts';

// Where there is nothing to say, it takes no room.
const useStyles = makeStyles({ place: { outlineOffset: '2px', ':not(:empty)': { paddingTop: '8px' } } });

interface Removed {
  readonly n: number;
  /** Null: they cannot be put back. */
  readonly kept: readonly KeptFile[] | null;
}

/** Files that are somebody's own letter, where another letter is chosen: takes them out of the mail, and puts them back. */
export function NamedFiles({ files }: { readonly files: readonly ItemAttachment[] }): ReactElement {
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const sayFrame = useText(frame);
  const { outlook, readAgain } = usePaneParts();
  const place = useRef<HTMLDivElement>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [state, setState] = useState<'none' | 'busy' | 'failed'>('none');
  const n = files.length;
  const act = async (change: () => Promise<Removed | null>): Promise<void> => {
    // The button that was pressed goes.
    place.current?.focus();
    setState('busy');
    await change().then((next) => {
      setRemoved(next);
      setState('none');
    }, () => setState('failed'));
    await readAgain().catch(() => undefined);
  };
  const remove = async (): Promise<Removed> => ({ n, kept: await takeFilesOut(outlook, files) });
  const putBack = async (kept: readonly KeptFile[]): Promise<null> => {
    await putFilesBack(outlook, kept);
    return null;
  };
  const { kept = null } = removed ?? {};
  return (
    <div ref={place} className={mergeClasses(shared.row, styles.place)} role="status" tabIndex={-1}>
      {n > 0 && <Button size="small" disabledFocusable={state === 'busy'} onClick={() => void act(remove)}>{n === 1 ? say('mass.each.remove1') : say('mass.each.remove', { n })}</Button>}
      {n === 0 && removed !== null && <span>{removed.n === 1 ? say('mass.each.removed1') : say('mass.each.removed', { n: removed.n })}</span>}
      {n === 0 && kept !== null && <Link onClick={() => void act(async () => await putBack(kept))}>{sayFrame('undo')}</Link>}
      {state === 'failed' && <SmallState state="stop" text={say('mass.put.failed')} />}
    </div>
  );
}

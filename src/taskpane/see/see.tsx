import { makeStyles } from '@fluentui/react-components';
import { useCallback, useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { useComposeStyles } from '../compose/compose-styles.ts';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { FilterButtons } from '../parts/filter-buttons.tsx';
import { useLeftWithoutDraft } from '../parts/left-without-draft.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { frame, see } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { Device, type DeviceProps } from './device.tsx';
import type { SeenLetter } from './letter-of-draft.ts';
import { LetterPages } from './letter-pages.tsx';
import { useLetter, type LetterState } from './use-letter.ts';
import { useMessage } from './use-message.ts';
import { useWarnings } from './use-warnings.ts';
import type { Viewer } from './viewers.ts';
import { WarningList } from './warning-list.tsx';

const useStyles = makeStyles({
  how: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'center', gap: '8px', padding: '12px 16px' },
  where: { width: 'auto' },
  device: { padding: '0 16px 16px' },
  state: { display: 'flex', flexWrap: 'wrap', gap: '10px', margin: 0, padding: '8px' },
  part: { padding: '12px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  text: { margin: 0 },
  small: { margin: '4px 0 0', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' },
});

/** Se som modtageren: the very letter, and what is around it, as a recipient will see it (ux.md 5.11). */
export default function See(): ReactElement | null {
  const { item } = usePaneParts();
  useLeftWithoutDraft(item.kind === 'draft');
  return item.kind === 'draft' ? <SeenDraft draft={item} /> : null;
}

function SeenDraft({ draft }: { readonly draft: Draft }): ReactElement {
  const styles = useStyles();
  const say = useText(see);
  const { back } = usePaneParts();
  const message = useMessage(draft);
  const letter = useLetter(draft, message.isList);
  const warnings = useWarnings(letter);
  const [kind, setKind] = useState<DeviceProps['kind']>('phone');
  const [where, setWhere] = useState<Viewer['id'] | null>(null);
  const [usual] = message.viewers;
  const viewer = message.viewers.find(({ id }) => id === where) ?? usual;
  return (
    <>
      <ScreenHead title={say('see.h')} back={back} />
      <div className={styles.how}>
        <FilterButtons filters={[['phone', say('see.phone')], ['desktop', say('see.desktop')]]} chosen={kind} choose={setKind} />
        {viewer && <Where viewers={message.viewers} chosen={viewer} choose={setWhere} />}
      </div>
      <div className={styles.device}>
        {viewer && <Device kind={kind} viewer={viewer} subject={draft.subject} sender={message.sender} files={message.files} replyable={message.replyable}><ShownLetter state={letter} /></Device>}
      </div>
      <WarningList state={warnings} letter={letter.letter} />
      <Foot state={letter} sender={message.sender} />
    </>
  );
}

function Where({ viewers, chosen, choose }: { readonly viewers: readonly Viewer[]; readonly chosen: Viewer; readonly choose: (id: Viewer['id']) => void }): ReactElement {
  const styles = useStyles();
  const { field } = useComposeStyles();
  const say = useText(see);
  const id = useId();
  return (
    <div>
      <label className={styles.hidden} htmlFor={id}>{say('see.where')}</label>
      <select id={id} className={`${field} ${styles.where}`} value={chosen.id} onChange={({ target }) => viewers.forEach((viewer) => viewer.id === target.value && choose(viewer.id))}>
        {viewers.map((viewer) => <option key={viewer.id} value={viewer.id}>{viewer.name}</option>)}
      </select>
    </div>
  );
}

/** The pages; while they are made anew the old ones stay, and it is said. */
function ShownLetter({ state: { letter, state, again } }: { readonly state: LetterState }): ReactElement {
  const styles = useStyles();
  const say = useText(see);
  const sayFrame = useText(frame);
  const [faulty, setFaulty] = useState<Uint8Array | null>(null);
  const pdf = letter?.pdf ?? null;
  const onFault = useCallback(() => setFaulty(pdf), [pdf]);
  const isFailed = state === 'failed' || (pdf !== null && faulty === pdf);
  useSaid(isFailed ? 'failed' : state, letter);
  return (
    <>
      {state === 'making' && <p className={styles.state}>{say('see.making')}</p>}
      {isFailed && (
        <div className={styles.state}>
          <StateIcon state="info" /><span>{say('see.failed')}</span>
          <Button size="small" onClick={() => {
            setFaulty(null);
            again();
          }}>{sayFrame('net.retry')}</Button>
        </div>
      )}
      {pdf !== null && !isFailed && <LetterPages pdf={pdf} onFault={onFault} />}
    </>
  );
}

/** Said to those who do not see it, once for each change. */
function useSaid(state: LetterState['state'], letter: SeenLetter | null): void {
  const { announce } = usePaneParts();
  const say = useText(see);
  const said = useRef<LetterState['state'] | null>(null);
  useEffect(() => {
    if (said.current === state) return;
    said.current = state;
    announce(say(state === 'making' ? 'see.making' : state === 'ready' && letter ? sameness[letter.whose] : 'see.failed'));
  }, [state, letter, announce, say]);
}

/** What the letter is to all who get one. */
const sameness = { all: 'see.same', 'the-first': 'see.first', 'filled-in': 'see.fields' } as const;

function Foot({ state: { letter, state }, sender }: { readonly state: LetterState; readonly sender: string }): ReactElement {
  const styles = useStyles();
  const say = useText(see);
  return (
    <div className={styles.part}>
      <p className={styles.text}>{`${say('see.notify')}: ${say('see.notify.text', { sender })}`}</p>
      {state === 'ready' && letter && (
        <>
          <p className={styles.text}>{say(sameness[letter.whose])}</p>
          {letter.whose !== 'filled-in' && <p className={styles.small}>{`${say('see.stamp')}: ${letter.sha256}`}</p>}
        </>
      )}
    </div>
  );
}

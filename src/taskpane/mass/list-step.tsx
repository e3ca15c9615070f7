import { makeStyles } from '@fluentui/react-components';
import { DocumentAdd20Regular } from '@fluentui/react-icons/svg/document-add';
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { sheetOfText } from '../../domain/recipient-sheet-text.ts';
import type { RecipientSheet } from '../../domain/recipient-sheet.ts';
import { SmallState } from '../compose/small-state.tsx';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';
import { mass } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { citizensInMail } from './citizens-in-mail.ts';
import { ListQuestion } from './list-question.tsx';
import type { MassBook, MassState } from './mass-book.ts';
import { useMassStyles } from './mass-styles.ts';
import { openSheetWorker, readSheetFile } from './read-sheet-file.ts';

const useStyles = makeStyles({
  paste: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: '4px', minHeight: '160px', maxHeight: '240px' },
  box: {
    flex: '1 1 0', boxSizing: 'border-box', width: '100%', padding: '6px 12px', font: 'inherit', color: tokens.colorNeutralForeground1, resize: 'none', tabSize: 26,
    backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium, border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible,
    ':focus': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
  },
});

export interface StepProps {
  readonly book: MassBook;
  readonly state: MassState;
  readonly draft: Draft;
}

/** Step 1: the list comes by paste or from a file; where it is not plain which sheet or column is meant, it is asked. */
export function ListStep({ book, state, draft }: StepProps): ReactElement {
  return state.sheets.length > 0 ? <ListQuestion key={state.sheet === null ? 'sheet' : 'column'} book={book} state={state} /> : <ListBox book={book} state={state} draft={draft} />;
}

function ListBox({ book, state, draft }: StepProps): ReactElement {
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const { fault, reading, take, readFile } = useReading(book, draft);
  const moved = citizensInMail(draft).length;
  useEffect(() => {
    if (box.current && state.pasted !== '') box.current.value = state.pasted;
    box.current?.focus();
  }, [state.pasted]);
  const read = (): void => {
    const text = box.current?.value ?? '';
    // Whole numbers stand no longer on the screen than they must.
    if (take([sheetOfText(text)]) && box.current) box.current.value = '';
    else box.current?.focus();
  };
  return (
    <>
      <div className={shared.content}>
        <p className={shared.text}>{say('mass.each')}</p>
        {moved > 0 && <p className={shared.small}>{moved === 1 ? say('mass.moved1') : say('mass.moved', { n: moved })}</p>}
        <div className={styles.paste}>
          <label htmlFor={`${id}-box`}>{say('mass.paste')}</label>
          <textarea id={`${id}-box`} ref={box} className={styles.box} autoComplete="off" spellCheck={false} wrap="off" aria-describedby={`${id}-fault ${id}-hint`} />
        </div>
        <p className={shared.small} id={`${id}-hint`}>{say('mass.paste.hint')}</p>
        <FileChoice kindsId={`${id}-kinds`} choose={readFile} />
        {reading !== null && <p className={shared.small} role="status">{reading}</p>}
        <div id={`${id}-fault`} role="alert">{fault !== '' && <SmallState state="stop" text={fault} />}</div>
      </div>
      <div className={shared.foot}><Button appearance="primary" onClick={read}>{say('mass.read')}</Button></div>
    </>
  );
}

function FileChoice({ kindsId, choose }: { readonly kindsId: string; readonly choose: (file: File) => void }): ReactElement {
  const shared = useMassStyles();
  const say = useText(mass);
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className={shared.row}>
      <Button aria-describedby={kindsId} onClick={() => file.current?.click()}><DocumentAdd20Regular aria-hidden />{say('mass.file')}</Button>
      <span className={shared.small} id={kindsId}>{say('mass.fileKinds')}</span>
      <input
        ref={file} type="file" hidden aria-label={say('mass.file')} accept=".xlsx,.xlsm,.csv,.txt"
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          // The same file may be chosen again, after it has been mended.
          if (chosen) choose(chosen);
          target.value = '';
        }}
      />
    </div>
  );
}

interface Reading {
  /** What is wrong with what was read; empty while nothing is. */
  readonly fault: string;
  /** That a file is being read, in words. */
  readonly reading: string | null;
  readonly take: (sheets: readonly RecipientSheet[]) => boolean;
  readonly readFile: (file: File) => void;
}

function useReading(book: MassBook, draft: Draft): Reading {
  const say = useText(mass);
  const { announce } = usePaneParts();
  const [fault, setFault] = useState('');
  const [reading, setReading] = useState<string | null>(null);
  const current = useRef(0);
  useEffect(() => () => void (current.current = -1), []);
  const take = (sheets: readonly RecipientSheet[]): boolean => {
    const taken = book.take(sheets, citizensInMail(draft));
    setFault(taken ? '' : say('mass.empty'));
    return taken;
  };
  const read = async (file: File): Promise<void> => {
    current.current += 1;
    const mine = current.current;
    const tell = (text: string): void => setReading(text);
    setFault('');
    tell(say('mass.readingFile', { file: file.name }));
    announce(say('mass.readingFile', { file: file.name }));
    const sheets = await readSheetFile(file, { openWorker: openSheetWorker, onRows: (rows) => current.current === mine && tell(say('mass.reading', { n: rows })) });
    // Another file was chosen meanwhile, or the screen was left.
    if (current.current !== mine) return;
    setReading(null);
    if (sheets) take(sheets);
    else setFault(say('mass.noRead', { file: file.name }));
  };
  return { fault, reading, take, readFile: (file) => void read(file) };
}

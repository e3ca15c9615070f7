import { makeStyles } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { frame, sent } from '../texts/da.ts';
import { useText, type Say } from '../texts/use-text.ts';
import { saveProof } from './save-proof.ts';
import type { SentBook } from './sent-book.ts';
import type { RowNote } from './sent-state.ts';
import type { SentRow } from './sent-row.ts';
import type { SentWords } from './sent-words.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '8px' },
  button: { minWidth: 0, maxWidth: '100%', whiteSpace: 'normal', textAlign: 'left' },
  note: { margin: '4px 0 0', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

export interface ActButtonsProps {
  readonly book: SentBook;
  readonly row: Pick<SentRow, 'id' | 'stop' | 'again' | 'proof'>;
  /** Something is being done to the message. */
  readonly busy: boolean;
}

/** What can be done with a message: stop what is held, send again to those who did not get it, fetch the proof. */
export function ActButtons({ book, row: { id, stop, again, proof }, busy }: ActButtonsProps): ReactElement | null {
  const styles = useStyles();
  const say = useText(sent);
  const { announce, outlook } = usePaneParts();
  const [cannotSave, setCannotSave] = useState(false);
  if (stop === null && again === null && !proof) return null;
  const fetchProof = async (): Promise<void> => {
    const became = await saveProof(book, outlook.client, { id, misdelivered: false });
    if (became === 'none') return;
    setCannotSave(became === 'cannot-save');
    announce(say(became === 'saved' ? 'sent.proof.done' : 'sent.proof.cannot'));
  };
  const acts: readonly (readonly [string | null, () => Promise<void>])[] = [
    [stop, async () => await book.stop(id)],
    [again, async () => await book.sendAgain(id)],
    [proof ? say('sent.proof') : null, fetchProof],
  ];
  return (
    <>
      <div className={styles.buttons}>
        {acts.map(([label, act]) => label !== null && (
          <Button key={label} size="small" className={styles.button} disabledFocusable={busy} onClick={() => void act()}>{label}</Button>
        ))}
      </div>
      {cannotSave && <p className={styles.note}>{say('sent.proof.cannot')}</p>}
    </>
  );
}

/** What came of the last press. */
export function NoteText({ note, words }: { readonly note: RowNote | null; readonly words: SentWords }): ReactElement | null {
  const styles = useStyles();
  const say = useText(frame);
  const text = note && noteText(note, words, say);
  return text === null ? null : <p className={styles.note}>{text}</p>;
}

function noteText(note: RowNote, { say, time }: SentWords, sayFrame: Say<typeof frame>): string | null {
  switch (note.kind) {
    case 'busy':
      return note.with === 'proof' ? say('sent.proof.busy') : say('sent.busy');
    case 'too-late':
      return note.at === null ? say('sent.tooLate.any') : say('sent.tooLate', { time: time.clock(note.at) });
    case 'again':
      return say('sent.again.done', { n: note.to });
    case 'failed':
      return noAnswerText(note.answer, sayFrame, time);
  }
}

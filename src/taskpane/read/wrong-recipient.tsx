import { makeStyles } from '@fluentui/react-components';
import { useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Link } from '../parts/link.tsx';
import { tokens } from '../parts/tokens.ts';
import { saveProof } from '../sent/save-proof.ts';
import type { SentBook } from '../sent/sent-book.ts';
import { read, sent } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';

const useStyles = makeStyles({
  part: { marginTop: '12px' },
  note: { margin: '4px 0 0', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** A way to what must be done when a message went to the wrong one: the proof, and a draft of who must be told what. */
export function WrongRecipient({ book, id }: { readonly book: SentBook; readonly id: string }): ReactElement {
  const styles = useStyles();
  const say = useText(read);
  const saySent = useText(sent);
  const { announce, outlook } = usePaneParts();
  const [told, setTold] = useState<string | null>(null);
  const fetchDraft = async (): Promise<void> => {
    const became = await saveProof(book, outlook.client, { id, misdelivered: true });
    const text = became === 'saved' ? say('read.wrong.done') : became === 'cannot-save' ? saySent('sent.proof.cannot') : null;
    setTold(text);
    if (text !== null) announce(text);
  };
  return (
    <div className={styles.part}>
      <Link onClick={() => void fetchDraft()}>{say('read.wrong')}</Link>
      {told !== null && <p className={styles.note}>{told}</p>}
    </div>
  );
}

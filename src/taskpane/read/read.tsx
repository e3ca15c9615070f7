import { makeStyles } from '@fluentui/react-components';
import { useMemo, type ReactElement } from 'react';
import * as z from 'zod/mini';
import type { ReadMail } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { useSentBook } from '../sent/use-sent-book.ts';
import { frame, read } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { mailKind, type MailKind } from './mail-kind.ts';
import { Received } from './received.tsx';
import { SentMail } from './sent-mail.tsx';
import { Statement } from './statement.tsx';
import { fileText } from './file-text.ts';
import { Button } from '../parts/button.tsx';

const useStyles = makeStyles({ part: { padding: '12px 16px' } });

/** Beskeden: what the chosen mail is, and what can be done with it (ux.md 5.12). */
export default function Read(): ReactElement {
  const { item } = usePaneParts();
  const say = useText(frame);
  return (
    <>
      {item.kind === 'read' ? <ChosenMail mail={item} /> : <Statement parts={[{ text: say('item.none'), bold: false }]} />}
    </>
  );
}

function ChosenMail({ mail }: { readonly mail: ReadMail }): ReactElement {
  const say = useText(read);
  const { account: { me }, outlook } = usePaneParts();
  const own = useMemo(
    () => [outlook.client.userAddress, ...(me ? [me.user.address, ...me.mailboxes.map(({ address }) => address)] : [])],
    [outlook, me],
  );
  const kind = mailKind(mail, own);
  // Another mail begins anew: what was read of the one before is none of its business.
  const key = `${mail.messageId ?? ''} ${mail.sentAt?.toISOString() ?? ''} ${mail.subject}`;
  switch (kind.kind) {
    case 'received':
      return <Received key={key} mail={mail} header={kind.header} info={kind.info} />;
    case 'sent':
      return <SentMail key={key} mail={mail} />;
    case 'receipt':
      return <Receipt key={key} receipt={kind} />;
    case 'ordinary':
      return <Statement parts={[{ text: say('read.ordinary'), bold: false }]} />;
  }
}

/** The receipt's file for machines: of one mail an object, of several an array. */
const receiptCopy = z.object({ messageId: z.nullable(z.string()) });

function Receipt({ receipt: { subject, copy } }: { readonly receipt: Extract<MailKind, { kind: 'receipt' }> }): ReactElement {
  const styles = useStyles();
  const say = useText(read);
  const { outlook, go } = usePaneParts();
  const book = useSentBook();
  const show = async (): Promise<void> => {
    const text = await fileText(outlook, copy);
    book.want(text === null ? null : messageIdIn(text));
    go('sent');
  };
  return (
    <>
      <Statement parts={[{ text: subject === null ? say('read.receipts') : say('read.receipt', { subject }), bold: false }]} />
      <div className={styles.part}><Button size="small" onClick={() => void show()}>{say('read.openSent')}</Button></div>
    </>
  );
}

function messageIdIn(text: string): string | null {
  try {
    return receiptCopy.safeParse(JSON.parse(text)).data?.messageId ?? null;
  } catch {
    return null;
  }
}

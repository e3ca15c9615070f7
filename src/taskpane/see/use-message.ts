import { useMemo } from 'react';
import { repairFileNames } from '../../domain/file-name.ts';
import { guessedOwnMail, type OwnMail } from '../../domain/draft-recipients.ts';
import { sortDraftFiles } from '../../domain/draft-files.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { readRecipients } from '../compose/read-recipients.ts';
import { mailboxOf, replyState } from '../compose/sender-choice.ts';
import { senderLabel } from '../compose/sender-label.ts';
import { useMemoHeader } from '../compose/use-memo-header.ts';
import { useSendingAs } from '../compose/use-sending-as.ts';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { Draft, Outlook } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { viewersOf, type Viewer } from './viewers.ts';

/** What a recipient sees around the letter. */
export interface SeenMessage {
  readonly sender: string;
  readonly replyable: boolean;
  /** The titles of the attachments as they are sent, in their order. */
  readonly files: readonly string[];
  readonly viewers: readonly Viewer[];
  /** It goes to the recipients of a list. */
  readonly isList: boolean;
}

/** Of the draft as it stands: as Skriv says it. */
export function useMessage(draft: Draft): SeenMessage {
  const { outlook, below, account: { me } } = usePaneParts();
  const say = useText(compose);
  const from = draft.from?.address ?? null;
  const own = useMemo(() => ownMail(me, [from], outlook), [me, from, outlook]);
  const { header } = useMemoHeader(draft);
  const rows = useMemo(() => readRecipients(draft, { own, header }), [draft, own, header]);
  const sendingAs = useSendingAs(me, me && mailboxOf(me, from), rows);
  const { channel, sender, replyable } = sendingAs;
  // From its last step, a list is seen before it lies in the mail.
  const hasList = below === 'mass' || rows.some(({ kind }) => kind === 'mass');
  const reply = replyState({ channel, sender, replyable, hasList });
  return {
    sender: senderLabel({ me, sendingAs }, say),
    replyable: reply.kind === 'yes' || reply.kind === 'unmapped',
    files: titlesOf(draft, hasList),
    viewers: viewersOf(rows),
    isList: hasList,
  };
}

function ownMail(me: MeAnswer | null, addresses: readonly (string | null)[], { client }: Pick<Outlook, 'client'>): OwnMail {
  return me ? { domains: me.organisation.mailDomains, guessed: false } : guessedOwnMail([...addresses, client.userAddress]);
}

/** As the gateway names them (gateway/addin/documents.ts); a file whose name has no extension may get one there, from what is in it. */
function titlesOf({ attachments }: Pick<Draft, 'attachments'>, isMassSend: boolean): readonly string[] {
  return repairFileNames(sortDraftFiles(attachments, isMassSend).counted.map(({ file: { name, kind } }) => ({ name: kind === 'item' ? `${name}.eml` : name, extensionFallback: null })));
}

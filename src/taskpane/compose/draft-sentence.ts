import { isDigitalRow } from './read-recipients.ts';
import type { RowState } from './recipient-states.ts';
import { isProtected, shownNumber } from './recipient-name.ts';
import { sentencesOf, type SentenceFacts, type SentenceRow } from './sentence.ts';
import type { TextRef } from './text-ref.ts';
import type { Compose, ShownRow } from './use-compose.ts';

/** The sentence of a draft. `sender`: the label that the recipient will see. */
export function draftSentence(state: Compose, sender: string): readonly TextRef[] {
  const { rows, mailbox, noRight, draft } = state;
  const hasDigital = rows.some(({ row }) => ['citizen', 'company', 'mass', 'bare-number'].includes(row.kind));
  if (noRight && (hasDigital || rows.length === 0)) return [{ key: 'from.noRight', parameters: { mailbox: draft.from?.address ?? '' } }];
  return sentencesOf({
    rows: rows.map(sentenceRow), sender, holdMs: mailbox?.holdSingleMs ?? 0, holdListMs: mailbox?.holdMassMs ?? 0, ...stoppingOf(state),
  });
}

/** The outsiders for whom Mail Guard holds back the whole mail. */
function stoppingOf({ rows, me, guard }: Compose): Pick<SentenceFacts, 'stopping' | 'home'> {
  if (!me?.guard.stopsWholeMail) return { stopping: 0, home: '' };
  const unapproved = rows.filter(({ row }) => row.kind === 'outsider' && ['needs-approval', 'approving'].includes(guard.stateOf(row.address)));
  return { stopping: unapproved.length, home: me.organisation.home };
}

function sentenceRow(shown: ShownRow): SentenceRow {
  const { row, state: { gets } } = shown;
  const name = nameOf(shown);
  switch (row.kind) {
    case 'citizen':
    case 'company':
      return { way: row.address.channel, count: row.twice === 'same' ? 0 : 1, gets, replyable: row.address.replyable, isList: false, name };
    case 'mass':
      return { way: row.address.channel, count: row.address.recipientCount, gets, replyable: false, isList: true, name };
    case 'malformed':
    case 'bare-number':
      return { way: 'ngdp', count: 1, gets, replyable: false, isList: false, name };
    case 'colleague':
      return { way: 'colleague', count: 1, gets, replyable: false, isList: false, name };
    case 'outsider':
    case 'unreadable':
      return { way: 'outsider', count: 1, gets, replyable: false, isList: false, name };
  }
}

/** Whoever is protected is a number here, like anybody whose name is unknown (ux.md section 2). */
function nameOf({ row, state: { name }, check }: ShownRow): string {
  if (isDigitalRow(row) && (isProtected(check) || typeof name !== 'string')) return shownNumber(row.address.recipient);
  return nameText(name) ?? row.recipient.displayName;
}

function nameText(name: RowState['name']): string | null {
  return typeof name === 'string' ? name : null;
}

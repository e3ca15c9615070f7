import { parseGatewayAddress, printGatewayAddress, type RecipientId, type SingleAddress } from '../../domain/gateway-address.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { addNumbers, addressFor, applyEdits, type RecipientLists } from '../compose/change-recipients.ts';
import { displayNameFor } from '../compose/recipient-name.ts';
import { readRecipients } from '../compose/read-recipients.ts';
import { mailboxOf, readLastUsed, sendersChoiceName, type Mailbox } from '../compose/sender-choice.ts';
import { noWish, readWish, sendingOf, WISH_STATE, type DraftSending, type Wish } from '../compose/sending-as.ts';
import type { Remembered } from '../memory/remembered.ts';
import { OutlookFailure, recipientFields, type Draft, type Outlook } from '../office/outlook.ts';

/** What came of "Skriv til": `opened` is a new draft, `not-taken` that Outlook does not hold the address afterwards. */
export type WroteTo =
  | { readonly kind: 'added' | 'already' | 'opened' | 'not-taken' }
  | { readonly kind: 'no-right'; readonly mailbox: string };

export interface WriteToParts {
  readonly outlook: Pick<Outlook, 'changeRecipients' | 'draftState' | 'openDraft'>;
  readonly remembered: Pick<Remembered, 'choice' | 'keepEarlier'>;
  readonly me: MeAnswer;
  readonly now: Date;
}

export interface WhomTo {
  readonly number: string;
  /** Null where nobody knows, or the name is protected. */
  readonly name: string | null;
}

/** Puts somebody into Til of the draft that is being written, as Skriv does, with what was chosen there. */
export async function addToDraft(parts: WriteToParts, from: string | null, whom: WhomTo): Promise<WroteTo> {
  const mailbox = mailboxOf(parts.me, from);
  if (!mailbox) return { kind: 'no-right', mailbox: from ?? '' };
  const wished = readWish(await parts.outlook.draftState(WISH_STATE).catch(() => null));
  const choiceIn = await choiceOfDrafts(parts, mailbox, wished);
  const recipient = recipientOf(whom);
  const found: { already: boolean } = { already: false };
  try {
    const after = await parts.outlook.changeRecipients((draft) => {
      const addresses = addressesOf(draft);
      found.already = holds(addresses, whom.number);
      if (found.already) return {};
      const choice = choiceIn(draft);
      if (!choice) return {};
      const edits = addNumbers(draft, [recipient], { choice, nameOf: (one) => displayNameFor(one, choice.channel, whom.name) });
      return { to: applyEdits(draft, edits).to };
    });
    if (found.already) return { kind: 'already' };
    if (!holds(addressesOf(after), whom.number)) return { kind: 'not-taken' };
  } catch (error) {
    if (error instanceof OutlookFailure) return { kind: 'not-taken' };
    throw error;
  }
  await keepEarlier(parts, whom);
  return { kind: 'added' };
}

/** Opens a new draft to somebody, from the first mailbox that may send. */
export async function openDraftTo(parts: WriteToParts, whom: WhomTo): Promise<WroteTo> {
  const mailbox = mailboxOf(parts.me, null);
  if (!mailbox) return { kind: 'no-right', mailbox: parts.me.user.address };
  const choice = (await choiceOfDrafts(parts, mailbox, noWish))({ to: [], cc: [], bcc: [] });
  if (!choice) return { kind: 'no-right', mailbox: mailbox.address };
  const recipient = recipientOf(whom);
  try {
    await parts.outlook.openDraft([
      { displayName: displayNameFor(recipient, choice.channel, whom.name), emailAddress: printGatewayAddress(addressFor(recipient, choice)) },
    ]);
  } catch (error) {
    if (error instanceof OutlookFailure) return { kind: 'not-taken' };
    throw error;
  }
  await keepEarlier(parts, whom);
  return { kind: 'opened' };
}

/** How the next address of a draft is made: by Skriv's own rules. */
async function choiceOfDrafts({ remembered, me }: WriteToParts, mailbox: Mailbox, wished: Wish): Promise<(draft: RecipientLists) => DraftSending['choice']> {
  const lastUsed = readLastUsed(await remembered.choice(sendersChoiceName(mailbox)));
  const own = { domains: me.organisation.mailDomains, guessed: false };
  return (draft) => sendingOf({ me, mailbox, rows: readRecipients(draft, { own, header: null }), wished, lastUsed }).choice;
}

function recipientOf({ number }: WhomTo): RecipientId {
  return { kind: number.length === 10 ? 'cpr' : 'cvr', number };
}

/** Those in the draft who get Digital Post one by one. */
function addressesOf(draft: Draft): readonly SingleAddress[] {
  return recipientFields.flatMap((field) => draft[field]).flatMap(({ emailAddress }) => {
    const parsed = parseGatewayAddress(emailAddress.trim());
    return parsed.kind === 'gateway-address' && parsed.address.kind === 'single' ? [parsed.address] : [];
  });
}

function holds(addresses: readonly SingleAddress[], number: string): boolean {
  return addresses.some(({ recipient }) => recipient.number === number);
}

async function keepEarlier({ remembered, now }: WriteToParts, { number, name }: WhomTo): Promise<void> {
  if (name !== null) await remembered.keepEarlier({ number, name, lastAt: now.toISOString() });
}

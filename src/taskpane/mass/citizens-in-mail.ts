import { sortAddress, type RecipientId } from '../../domain/gateway-address.ts';
import { recipientFields, type Draft } from '../office/outlook.ts';

/** Who gets Digital Post from this draft one by one, each once: they move into the list. Colleagues and a list stay. */
export function citizensInMail(draft: Draft): readonly RecipientId[] {
  const found = new Map<string, RecipientId>();
  for (const { emailAddress } of recipientFields.flatMap((field) => draft[field])) {
    const sorted = sortAddress(emailAddress.trim());
    if (sorted.kind === 'gateway-address' && sorted.address.kind === 'single') found.set(sorted.address.recipient.number, sorted.address.recipient);
  }
  return [...found.values()];
}

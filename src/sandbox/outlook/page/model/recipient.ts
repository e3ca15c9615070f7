/** A person or mailbox in a draft, or in a mail that is read. */
export interface Recipient {
  readonly displayName: string;
  readonly emailAddress: string;
}

export const recipientFields = ['to', 'cc', 'bcc'] as const;
export type RecipientField = (typeof recipientFields)[number];

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]+$/;
const NAMED = /^\s*"?([^"<>]*?)"?\s*<\s*([^<>\s]+)\s*>\s*$/;

/** Whether Outlook can send to it: it has an address, not just the words that somebody typed. */
export function isResolved(recipient: Recipient): boolean {
  return ADDRESS.test(recipient.emailAddress);
}

/**
 * What somebody typed or pasted into an address field, as recipients: parted by comma, semicolon or line; "Name <address>"
 * is understood, and what is no address is kept as it was typed, unresolved.
 */
export function recipientsTyped(text: string): readonly Recipient[] {
  return text.split(/[,;\r\n]+/).map((piece) => piece.trim()).filter((piece) => piece !== '').map((piece) => {
    const [, name = '', address = ''] = NAMED.exec(piece) ?? [];
    return address === '' ? { displayName: piece, emailAddress: piece } : { displayName: name === '' ? address : name, emailAddress: address };
  });
}

/** As it stands in a mail's line of addresses. */
export function shownRecipient({ displayName, emailAddress }: Recipient): string {
  return displayName === '' || displayName === emailAddress ? emailAddress : displayName;
}

interface ReceiptErrorRow {
  readonly text: string;
  /** verified: KMD WorkZone 2024.3 manual (memo-ngdp.md 4); sandbox: invented for our stand-ins, never seen at NgDP. */
  readonly source: 'verified' | 'sandbox';
}

/**
 * The networks' error codes in the words of the person who sent the message; `{channel}` stands for the network's name.
 * The list is not complete: NgDP's is not public.
 */
export const receiptErrors: Readonly<Record<string, ReceiptErrorRow>> = {
  'contact.point.id.format.not.allowed': {
    text: 'Modtagerens kontaktpunkt er ikke skrevet rigtigt.',
    source: 'verified',
  },
  'do.not.deliver.until.date.too.early': {
    text: 'Datoen, hvor beskeden skal leveres, er allerede passeret.',
    source: 'verified',
  },
  'do.not.deliver.until.date.too.late': {
    text: 'Datoen, hvor beskeden skal leveres, ligger for langt ude i fremtiden.',
    source: 'verified',
  },
  'empty.notification.not.allowed': { text: 'Sms-beskeden har ingen tekst.', source: 'verified' },
  'file.empty.not.allowed': { text: 'En af vedhæftningerne er tom.', source: 'verified' },
  'file.extension.not.allowed': {
    text: 'En af vedhæftningerne er af en type, som {channel} ikke tager imod.',
    source: 'verified',
  },
  'recipient.not.registered': { text: 'Modtageren er ikke tilmeldt {channel}.', source: 'sandbox' },
  'recipient.exempt': { text: 'Modtageren er fritaget for {channel}.', source: 'sandbox' },
  'recipient.deceased': { text: 'Modtageren er død.', source: 'sandbox' },
  'recipient.closed': { text: 'Modtageren findes ikke mere. Virksomheden er ophørt.', source: 'sandbox' },
  'recipient.unknown': { text: 'Modtageren findes ikke.', source: 'sandbox' },
  'contact.point.not.found': { text: 'Modtageren har ikke det kontaktpunkt.', source: 'sandbox' },
  'sender.not.allowed': { text: 'Afsenderen må ikke sende beskeden.', source: 'sandbox' },
};

/**
 * The Danish sentence for a refused delivery: the table's, else the network's own errorMessage, else one that says that
 * no reason was given. `channel` is the name that people see.
 */
export function receiptErrorText(
  error: { readonly errorCode: string | number | null; readonly errorMessage: string | null },
  channel: string,
): string {
  const code = receiptErrorCode(error.errorCode);
  const row = code !== null && Object.hasOwn(receiptErrors, code) ? receiptErrors[code] : undefined;
  if (row !== undefined) return row.text.replaceAll('{channel}', channel);
  const message = error.errorMessage?.trim() ?? '';
  if (message !== '') return message;
  return code === null
    ? 'Beskeden blev afvist, uden at der blev sagt hvorfor.'
    : `Beskeden blev afvist med fejlkoden ${code}.`;
}

/** The error code of a receipt, trimmed; null where there is none. NgDP writes "none" as null, "", "0" or 0. */
export function receiptErrorCode(errorCode: string | number | null | undefined): string | null {
  const code = String(errorCode ?? '').trim();
  return code === '' || code === '0' ? null : code;
}

/** Somebody or something that mail is sent to or from. */
export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

/** What the server writes into the page (outlook-page.ts). */
export interface OutlookFacts {
  readonly mailbox: NamedAddress;
  readonly user: NamedAddress;
  readonly senders: readonly NamedAddress[];
  readonly colleagues: readonly NamedAddress[];
  readonly roaming: Readonly<Record<string, unknown>>;
  readonly realOfficeJs: boolean;
}

export function readOutlookFacts(): OutlookFacts {
  return JSON.parse(document.querySelector('#outlook-facts')?.textContent ?? '') as OutlookFacts;
}

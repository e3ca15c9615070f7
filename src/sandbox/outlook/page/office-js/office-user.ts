/** What is read of Office.js here, whichever it is. */
interface OfficeOfUser {
  readonly context?: { readonly mailbox?: { readonly userProfile?: { readonly emailAddress?: string } } };
}

/** Who sits before Outlook, as Office.js tells it; "" before it is ready. */
export function officeUser(): string {
  return (globalThis as { readonly Office?: OfficeOfUser }).Office?.context?.mailbox?.userProfile?.emailAddress ?? '';
}

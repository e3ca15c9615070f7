/** The headers by which the gateway knows what this draft's writer has approved; several approvals have a blank between them. */
export const APPROVAL_HEADER = 'X-Postbro-Approval';
export const DRAFT_HEADER = 'X-Postbro-Draft';

/** What a header may hold, in characters (RFC 5322, 2.1.1). */
const HEADER_CHARACTERS_MAX = 998;
/** Approvals of one header that the gateway reads. */
const APPROVALS_MAX = 20;

/** The header with one more approval; null where it would hold more than is carried, or read. */
export function headerWithApproval(before: readonly string[], approval: string): string | null {
  const approvals = [...new Set([...before, approval])];
  const header = approvals.join(' ');
  return approvals.length > APPROVALS_MAX || header.length > HEADER_CHARACTERS_MAX ? null : header;
}

export function approvalsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return (headers[APPROVAL_HEADER] ?? '').split(' ').filter((one) => one !== '');
}

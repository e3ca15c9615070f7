import type { GuardApprovalQuestion, GuardCheckQuestion } from '../../domain/gateway-api.ts';
import { isUnderGatewayDomain } from '../../domain/gateway-domain.ts';
import { guardStateOf, mailGuardOf } from '../../domain/mail-guard.ts';
import { isInDomains, normaliseMailAddress } from '../../domain/mail-address.ts';
import { secureMailboxOf, type Organisation } from '../../domain/organisation.ts';
import { auditActorOf, type ApiCaller } from '../api/api-caller.ts';
import type { ApproveRefused, GuardActions, GuardRefused } from '../api/guard-actions.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { guardDefaults } from '../settings/mail-guard-settings.ts';
import { insertAudit, type AuditAct } from '../store/audit.ts';
import {
  guardApprovals, insertGuardApproval, withdrawGuardApproval, type GuardApproval, type GuardedDraft,
} from '../store/guard-approvals.ts';
import { printApproval, readApprovals } from './approval-token.ts';

export type GuardParts = Pick<GatewayParts, 'settings' | 'database' | 'keys' | 'now' | 'directory'>;

/** What Mail Guard asks of the writer of a draft, and is told. */
export function guardStories(parts: GuardParts): GuardActions {
  return {
    check: (caller, question) => checkGuard(parts, caller, question),
    approve: (caller, question) => approve(parts, caller, question),
    withdraw: (caller, approval) => withdraw(parts, caller, approval),
  };
}

async function checkGuard(parts: GuardParts, caller: ApiCaller, { mailbox, addresses, draft, approval }: GuardCheckQuestion): ReturnType<GuardActions['check']> {
  const from = writerOf(parts, caller, mailbox);
  if (from.kind !== 'writer') return from;
  const guard = mailGuardOf(from.organisation, guardDefaults(parts.settings));
  const good = draft === undefined || approval === undefined
    ? []
    : await goodApprovals(parts, { ...from.of, draft }, { header: approval, at: parts.now(), mail: null });
  const approved = new Set(good.flatMap((one) => one.addresses));
  const shown = addresses.map((address, position) => {
    const state = guardStateOf(from.organisation, guard, address);
    return { position, state: state === 'needs-approval' && approved.has(normaliseMailAddress(address)) ? ('approved' as const) : state };
  });
  return { kind: 'checked', answer: { addresses: shown, checkedAt: parts.now().toISOString() } };
}

/**
 * The approvals that a draft's header names and that hold for it: signed here, for this draft of this mailbox, not
 * withdrawn, not run out, and used by no other mail. `mail`: the mail that is sent now; null: one that is not sent yet.
 */
export async function goodApprovals(
  { database, keys }: Pick<GatewayParts, 'database' | 'keys'>,
  of: GuardedDraft,
  { header, at, mail }: { readonly header: string; readonly at: Date; readonly mail: Buffer | null },
): Promise<readonly GuardApproval[]> {
  const ids = readApprovals(keys, header);
  if (ids.length === 0) return [];
  const approvals = await guardApprovals(database, ids);
  return approvals.filter((one) =>
    one.organisationCvr === of.organisationCvr && one.mailbox === of.mailbox && one.draft === of.draft
    && one.withdrawnAt === null && one.expiresAt > at && (one.usedBy === null || (mail !== null && one.usedBy.equals(mail))),
  );
}

async function approve(parts: GuardParts, caller: ApiCaller, { mailbox, draft, addresses }: GuardApprovalQuestion): ReturnType<GuardActions['approve']> {
  const from = writerOf(parts, caller, mailbox);
  if (from.kind !== 'writer') return from;
  const normal = addresses.map(normaliseMailAddress);
  const wrong = notAddresses(normal);
  if (wrong.positions.length > 0) return wrong;
  const now = parts.now();
  const expiresAt = new Date(now.getTime() + parts.settings.MAIL_GUARD_APPROVAL_LIFE_MS);
  const id = await parts.database.transaction(async (connection) => {
    const made = await insertGuardApproval(connection, { ...from.of, draft, addresses: [...new Set(normal)], by: caller.id, now, expiresAt });
    const acts = [...new Set(normal)].map((address) => act('guard-approve', 'approved', { address, mailbox: from.of.mailbox, id: made }));
    await insertAudit(connection, parts.keys, { actor: auditActorOf(caller), at: now, acts });
    return made;
  });
  return { kind: 'approved', answer: { approval: printApproval(parts.keys, id), addresses: normal, expiresAt: expiresAt.toISOString() } };
}

async function withdraw(parts: GuardParts, caller: ApiCaller, token: string): ReturnType<GuardActions['withdraw']> {
  const [approval] = await guardApprovals(parts.database, readApprovals(parts.keys, token));
  if (!approval || approval.organisationCvr !== (caller.cvrNumbers[0] ?? '')) return { kind: 'ended', withdrawn: false };
  const from = writerOf(parts, caller, approval.mailbox);
  if (from.kind !== 'writer') return from;
  const now = parts.now();
  const withdrawn = await parts.database.transaction(async (connection) => {
    const ended = await withdrawGuardApproval(connection, approval.id, now);
    const acts = [act('guard-withdraw', ended ? 'withdrawn' : 'too-late', { address: null, mailbox: approval.mailbox, id: approval.id })];
    await insertAudit(connection, parts.keys, { actor: auditActorOf(caller), at: now, acts });
    return ended;
  });
  return { kind: 'ended', withdrawn };
}

function act(action: string, outcome: string, of: { readonly address: string | null; readonly mailbox: string; readonly id: number }): AuditAct {
  return { action, outcome, subject: of.address, purpose: null, mailbox: of.mailbox, reference: `g${of.id}` };
}

type Writer =
  | GuardRefused
  | { readonly kind: 'writer'; readonly organisation: Organisation; readonly of: Omit<GuardedDraft, 'draft'> };

/**
 * Whether somebody may write from a mailbox. Exchange decides that for a mail; here a secure mailbox must be the caller's,
 * and any other must be in the organisation's own mail domains: an approval is of no use to whoever cannot send from it.
 */
function writerOf({ directory }: GuardParts, caller: ApiCaller, given: string): Writer {
  const organisation = directory.organisationOfCvr(caller.cvrNumbers[0] ?? '');
  if (!organisation) return { kind: 'organisation-gone' };
  const mailbox = normaliseMailAddress(given);
  const isSecure = secureMailboxOf(organisation, mailbox) !== null;
  const may = isSecure ? (caller.mailboxes?.includes(mailbox) ?? true) : isInDomains(mailbox, organisation.mailDomains);
  if (!may) return { kind: 'not-allowed', refusal: { kind: 'mailbox-foreign', mailbox } };
  return { kind: 'writer', organisation, of: { organisationCvr: organisation.cvrNumbers[0] ?? '', mailbox } };
}

/** Whoever gets Digital Post needs no approval, and the address holds a CPR number. */
function isOrdinary(address: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(address) && !isUnderGatewayDomain(address);
}

function notAddresses(addresses: readonly string[]): ApproveRefused {
  const positions = addresses.flatMap((address, n) => (isOrdinary(address) ? [] : [n]));
  return { kind: 'no-address', positions };
}

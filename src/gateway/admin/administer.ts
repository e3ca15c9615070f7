import { memoSenderOf } from '../../domain/organisation.ts';
import { mailboxesNotSetUp } from '../../domain/mailbox-group.ts';
import type { AdminActions } from '../api/admin-actions.ts';
import type { AdminCertificate, AdminMailboxes, ConnectionTestResult } from '../api/admin-schemas.ts';
import type { ApiCaller } from '../api/api-caller.ts';
import { connectionTests } from './connection-tests.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { guideFor, markGuideStep, TESTED } from './guides.ts';
import { listExpiries, type Expiry } from '../upkeep/list-expiries.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';
import { foundMailboxes, mailboxSearchOf } from '../store/found-mailboxes.ts';
import { markSteps } from '../store/guide-steps.ts';

export interface AdminParts extends Pick<GatewayParts, 'settings' | 'database' | 'organisations' | 'now'> {
  /** The organisations as their file has them, also mailboxes that have left their group. */
  readonly writtenOrganisations: () => readonly OrganisationEntry[];
}

/** Everything that administrators see and do of their own organisation. */
export function adminStories(parts: AdminParts): AdminActions {
  const testing = new Set<string>();
  return {
    mailboxes: (caller) => shownMailboxes(parts, caller),
    certificates: (caller) => shownCertificates(parts, caller),
    async testConnections(caller) {
      const cvr = caller.cvrNumbers[0] ?? '';
      // Each test calls others' servers: one after the other is enough.
      if (testing.has(cvr)) return 'busy';
      testing.add(cvr);
      try {
        return await testConnections(parts, caller, cvr);
      } finally {
        testing.delete(cvr);
      }
    },
    guide: (caller, id) => guideFor(parts, caller, id),
    markStep: (caller, mark) => markGuideStep(parts, caller, mark),
  };
}

async function shownMailboxes(parts: AdminParts, { cvrNumbers: [cvr = ''] }: ApiCaller): Promise<AdminMailboxes | null> {
  const isOwn = ({ cvrNumbers }: OrganisationEntry) => cvrNumbers.includes(cvr);
  const [written, now] = [parts.writtenOrganisations().find(isOwn), parts.organisations().find(isOwn)];
  if (!written || !now) return null;
  const [found, search] = await Promise.all([foundMailboxes(parts.database), mailboxSearchOf(parts.database, cvr)]);
  const there = new Set(now.secureMailboxes.map(({ address }) => address));
  const { mailboxGroup } = written;
  return {
    group: mailboxGroup && {
      address: mailboxGroup.group,
      triedAt: search?.triedAt.toISOString() ?? null,
      succeededAt: search?.succeededAt?.toISOString() ?? null,
      error: search?.error ?? null,
    },
    mailboxes: [
      ...written.secureMailboxes.map((mailbox) => shownMailbox(written, mailbox, there.has(mailbox.address))),
      ...mailboxesNotSetUp(written, found).map(({ address, name }) => ({
        address, name, state: 'ikke sat op' as const, missing: [NOT_WRITTEN], channels: [], senders: [], people: 0, groups: 0,
      })),
    ],
  };
}

const NOT_WRITTEN =
  'Den er i gruppen, men står ikke under secureMailboxes i ORGANISATIONS_FILE. Skriv den dér med channels, senders og users eller groups.';

function shownMailbox(
  organisation: OrganisationEntry,
  { address, channels, senders, users, groups }: OrganisationEntry['secureMailboxes'][number],
  isThere: boolean,
): AdminMailboxes['mailboxes'][number] {
  const missing = [
    ...(isThere ? [] : ['Den er ikke i gruppen i Exchange og kan derfor ikke sende. Sæt den i gruppen, eller fjern den fra ORGANISATIONS_FILE.']),
    ...(channels.length > 0 ? [] : ['Den har ingen channels og kan derfor kun sende almindelig mail.']),
    ...(senders.length > 0 ? [] : ['Den har ingen senders og kan derfor ikke sende som nogen.']),
    ...(users.length + groups.length > 0 ? [] : ['Den har hverken users eller groups, så ingen kan bruge den i tilføjelsesprogrammet.']),
  ];
  return {
    address, name: null, state: isThere ? 'sat op' : 'ikke i gruppen', missing, channels,
    senders: senders.map((key) => ({ key, label: senderLabel(organisation, key) })),
    people: users.length, groups: groups.length,
  };
}

function senderLabel(organisation: OrganisationEntry, key: string): string | null {
  const isCvr = /^[0-9]{8}$/.test(key);
  return memoSenderOf(organisation, isCvr ? { kind: 'cvr', cvr: key } : { kind: 'contact-point', id: key })?.label ?? null;
}

async function shownCertificates(parts: AdminParts, { cvrNumbers }: ApiCaller): Promise<readonly AdminCertificate[]> {
  const isShown = ({ organisationCvr }: Expiry) => organisationCvr === null || cvrNumbers.includes(organisationCvr);
  return (await listExpiries(parts)).filter(isShown).map(({ organisationCvr, organisationName: _name, file, until, uses, ...facts }) => ({
    ...facts,
    uses: [...uses],
    own: organisationCvr !== null,
    // Where the gateway's own lie is no customer's business.
    file: organisationCvr === null ? null : file,
    until: until?.toISOString() ?? null,
  }));
}

async function testConnections(parts: AdminParts, caller: ApiCaller, cvr: string): Promise<readonly ConnectionTestResult[]> {
  const own = parts.organisations().filter(({ cvrNumbers }) => cvrNumbers.includes(cvr));
  const results = await Promise.all(
    connectionTests(parts, own).map(async ({ id, who, note, fault }): Promise<ConnectionTestResult> => {
      const text = await fault();
      return { id, name: who, note, state: text === null ? 'ok' : 'fault', text: text ?? 'svarer og kender os' };
    }),
  );
  const idsOf = (state: ConnectionTestResult['state']) => results.filter((result) => result.state === state).map(({ id }) => id);
  const of = { organisationCvr: cvr, guide: TESTED, by: caller.name, now: parts.now() };
  await markSteps(parts.database, of, { done: idsOf('ok'), undone: idsOf('fault') });
  return results;
}

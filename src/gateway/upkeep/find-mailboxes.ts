import { withoutMailboxesThatLeft } from '../../domain/mailbox-group.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { LiveOrganisations } from '../settings/live-organisations.ts';
import { openGraphGroups, type GraphGroups } from '../lookup/graph-group.ts';
import type { MailboxGroup } from '../settings/lookup-settings.ts';
import { startChore } from '../outbox/chore.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { foundMailboxes, mailboxSearchOf, noteSearchDone, noteSearchFailed, replaceFoundMailboxes } from '../store/found-mailboxes.ts';

/** One process at a time looks into the groups; any number will do that no other work has. */
const SEARCH_LOCK = 7_041_030;
const FAILURES_BEFORE_ALARM = 3;
const ALARM_QUIET_MS = 86_400_000;
const FOLLOW_MAX_MS = 5_000;

type FindParts = Pick<GatewayParts, 'settings' | 'database' | 'directory' | 'organisations' | 'log' | 'now' | 'wake'>;

/**
 * Looks into each organisation's Exchange group every MAILBOX_GROUP_POLL_MS (features M21). A whole list replaces the
 * last; whatever else comes leaves it as it was, for an outage must neither give nor take anybody's right.
 */
export function startFindingMailboxes(parts: FindParts): { stop(): Promise<void> } {
  const { settings, database, now, log } = parts;
  const groups = openGraphGroups(settings, now);
  const chore = startChore({
    name: 'mailbox-groups',
    pauseMs: settings.MAILBOX_GROUP_POLL_MS,
    log,
    async run() {
      await database.alone(SEARCH_LOCK, () => findMailboxes(parts, groups));
    },
  });
  return {
    async stop() {
      // What is under way is cut off; what it opens to try again is closed with it.
      await groups.close();
      await chore.stop();
      await groups.close();
    },
  };
}

/** One look into every group, each by itself: one that fails must not stop the others. */
export async function findMailboxes(parts: FindParts, groups: Pick<GraphGroups, 'read'>): Promise<void> {
  for (const { mailboxGroup, cvrNumbers: [organisationCvr = ''] } of parts.organisations()) {
    if (mailboxGroup === null || (await wasTriedJustNow(parts, organisationCvr))) continue;
    await lookInto(parts, groups, { organisationCvr, mailboxGroup });
  }
}

/** Several processes have each their own round; one look is enough for all of them. */
async function wasTriedJustNow({ database, settings, now }: FindParts, organisationCvr: string): Promise<boolean> {
  const search = await mailboxSearchOf(database, organisationCvr);
  return search !== null && Math.abs(now().getTime() - search.triedAt.getTime()) < settings.MAILBOX_GROUP_POLL_MS / 2;
}

interface OneGroup {
  readonly organisationCvr: string;
  readonly mailboxGroup: MailboxGroup;
}

async function lookInto(parts: FindParts, groups: Pick<GraphGroups, 'read'>, { organisationCvr, mailboxGroup }: OneGroup): Promise<void> {
  const { database, log, now } = parts;
  const reading = await groups.read(mailboxGroup);
  if (reading.kind === 'failed') return await tellFailure(parts, organisationCvr, reading.reason);
  const { came, left, failures } = await database.transaction(async (connection) => ({
    ...(await replaceFoundMailboxes(connection, { organisationCvr, members: reading.members, now: now() })),
    failures: await noteSearchDone(connection, organisationCvr, now()),
  }));
  if (failures > 0) log.info({ state: 'mailbox-group-recovered', organisation: organisationCvr, failures });
  if (came + left > 0) log.info({ state: 'mailbox-group-changed', organisation: organisationCvr, came, left });
}

async function tellFailure(parts: FindParts, organisationCvr: string, reason: string): Promise<void> {
  const failures = await noteSearchFailed(parts.database, { organisationCvr, error: reason, now: parts.now() });
  parts.log.warn({ state: 'mailbox-group-failed', organisation: organisationCvr, failures, reason });
  if (failures < FAILURES_BEFORE_ALARM) return;
  await raiseAlarm(parts, {
    key: `mailbox-group ${organisationCvr}`,
    organisationCvr,
    subject: 'Postbro: gruppen med sikre postkasser kan ikke læses',
    text: [
      `Gatewayen kan ikke læse gruppen med organisationens sikre postkasser gennem Microsoft Graph: ${reason}.`,
      'Den sidste liste gælder, indtil det lykkes igen: nye medlemmer kommer ikke med, og postkasser, der er taget ud, kan stadig sende.',
    ].join('\n'),
    quietMs: ALARM_QUIET_MS,
  });
}

interface FollowParts extends Pick<GatewayParts, 'database' | 'log'> {
  readonly live: LiveOrganisations;
  readonly pollMs: number;
}

/**
 * Keeps the organisations of this process as the groups have them: a mailbox that has left its group has no rights, by
 * mail and by API alike. Resolves when the last list is in force, so that no door opens before.
 */
export async function followFoundMailboxes({ database, live, log, pollMs }: FollowParts): Promise<{ stop(): Promise<void> }> {
  let inForce = '';
  const follow = async () => {
    const found = await foundMailboxes(database);
    const seen = JSON.stringify([...found]);
    // The same list again must not make everything anew that is made from the organisations.
    if (seen === inForce) return;
    inForce = seen;
    live.reshape((entries) => withoutMailboxesThatLeft(entries, found));
  };
  await follow();
  return startChore({ name: 'found-mailboxes', pauseMs: Math.min(pollMs, FOLLOW_MAX_MS), run: follow, log });
}

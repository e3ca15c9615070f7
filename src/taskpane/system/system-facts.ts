import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import type { ClientFacts } from '../office/outlook.ts';
import type { ShownTime } from '../parts/shown-time.ts';
import type { system } from '../texts/da.ts';
import type { Say } from '../texts/use-text.ts';

/** A line of the page: what, and its value. */
export type SystemFact = readonly [label: string, value: string];

export interface SystemQuestion {
  /** Version of the add-in. */
  readonly version: string;
  readonly client: ClientFacts;
  /** Null where the gateway has not said who I am. */
  readonly me: MeAnswer | null;
  readonly say: Say<typeof system>;
  readonly time: ShownTime;
}

/** What the page shows whoever helps (features M8): times, versions, and for each mailbox what it may do. */
export interface SystemFacts {
  readonly times: readonly SystemFact[];
  readonly versions: readonly SystemFact[];
  readonly mailboxes: readonly SystemFact[];
}

export function systemFacts({ version, client, me, say, time }: SystemQuestion): SystemFacts {
  return {
    times: me === null ? [] : [
      [say('sys.fetched'), time.dayAndClock(new Date(me.fetchedAt))],
      [say('sys.expires'), time.dayAndClock(new Date(me.expiresAt))],
    ],
    versions: [
      ['Digital Post', version],
      ...(me === null ? [] : [[say('sys.server'), me.gatewayVersion] as const]),
      ['Outlook', outlookText(client, say)],
      [say('sys.user'), me?.user.address ?? client.userAddress],
      ...(me === null ? [] : [[say('sys.lookup'), lookupText(me, say)] as const]),
    ],
    mailboxes: me === null ? [] : me.mailboxes.map((mailbox): SystemFact => [mailbox.address, mailboxText(mailbox, say)]),
  };
}

/** The same as text, to be pasted into a mail to whoever helps. Never a CPR number, whatever a label holds; tokens are not known here. */
export function systemText({ times, versions, mailboxes }: SystemFacts, heading: string): string {
  const lines = [...versions, ...times].map(([label, value]) => `${label}: ${value}`);
  const boxes = mailboxes.length === 0 ? [] : ['', `${heading}:`, ...mailboxes.map(([address, value]) => `${address}: ${value}`)];
  return maskCprNumbersIn(`${[...lines, ...boxes].join('\n')}\n`);
}

/** Outlook by the names that its users know; its own name where it is another. */
function outlookText({ name, platform, version, mailboxSet }: ClientFacts, say: Say<typeof system>): string {
  const kinds: Readonly<Record<string, string>> = {
    OutlookWebApp: say('sys.outlook.web'), newOutlookWindows: say('sys.outlook.new'), OutlookIOS: 'iOS', OutlookAndroid: 'Android',
  };
  const desktops: Readonly<Record<string, string>> = { PC: say('sys.outlook.classic'), Mac: say('sys.outlook.mac') };
  const kind = kinds[name] ?? desktops[platform] ?? name;
  return [kind, ...(version === '' ? [] : [version]), `Mailbox ${mailboxSet}`].join(', ');
}

function lookupText({ cprAccess, cvrAccess }: MeAnswer, say: Say<typeof system>): string {
  if (cprAccess !== null && cvrAccess) return say('sys.lookup.both');
  if (cprAccess !== null) return 'CPR';
  return cvrAccess ? 'CVR' : say('sys.lookup.none');
}

/** "Digital Post, mit.dk · Eksempel Kommune, Jobcenter". */
function mailboxText({ actions, channels, senders }: MeAnswer['mailboxes'][number], say: Say<typeof system>): string {
  const able = channels.filter(({ available }) => available).map(({ name }) => name);
  if (able.length === 0 || !actions.includes('send')) return say('sys.mailbox.none');
  const ways = actions.includes('mass-send') && channels.some(({ available, massSend }) => available && massSend) ? [...able, say('sys.mailbox.mass')] : able;
  return [ways.join(', '), senders.map(({ label }) => label).join(', ')].filter((part) => part !== '').join(' · ');
}

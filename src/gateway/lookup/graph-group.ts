import { z } from 'zod';
import type { GroupMember } from '../../domain/mailbox-group.ts';
import type { LookupSettings, MailboxGroup } from '../settings/lookup-settings.ts';
import { openGraphTokens } from './graph-tokens.ts';
import { openRegisterDoor, type RegisterDoor, type RegisterReply } from './register-door.ts';
import { administratorText, RegisterFault } from './register-fault.ts';

/** What came of a look into a group. Only a whole list is one; `reason` is Danish and for the administrator. */
export type GroupReading =
  | { readonly kind: 'members'; readonly members: readonly GroupMember[] }
  | { readonly kind: 'failed'; readonly reason: string };

/** Exchange groups as Microsoft Graph tells of them. */
export interface GraphGroups {
  /** Never rejects for what Entra, Graph or the way to them can do. */
  read(group: MailboxGroup): Promise<GroupReading>;
  close(): Promise<void>;
}

type GraphSettings = Pick<
  LookupSettings, 'ENTRA_URL' | 'ENTRA_CA_FILE' | 'GRAPH_URL' | 'REGISTER_CALL_TIMEOUT_MS' | 'REGISTER_CONCURRENCY' | 'REGISTER_RETRIES'
>;

const PAGE_MEMBERS = 200;
const PAGES_MAX = 100;
const REST_MAX_MS = 3_600_000;
const REST_DEFAULT_MS = 30_000;
const MEMBER_FIELDS = 'id,displayName,mail,proxyAddresses,userType,accountEnabled';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const ENTRA_WORDS = {
  register: 'Microsoft Entra', host: 'Microsoft Entra', address: 'ENTRA_URL',
  credentials: 'klient-id og hemmelighed eller certifikat', version: null,
} as const;
const GRAPH_WORDS = {
  register: 'Microsoft Graph', host: 'Microsoft Graph', address: 'GRAPH_URL', credentials: 'tokenet', version: null,
} as const;

const groupsSchema = z.object({ value: z.array(z.object({ id: z.string() })) });
const pageSchema = z.object({
  value: z.array(z.object({
    displayName: z.string().nullish(),
    mail: z.string().nullish(),
    proxyAddresses: z.array(z.string()).nullish(),
    userType: z.string().nullish(),
  })),
  '@odata.nextLink': z.string().optional(),
});

type MemberRow = z.infer<typeof pageSchema>['value'][number];

/** A group that is not as it must be; the message is for the administrator. */
class GroupFault extends Error {}

/**
 * Opens the reader of groups: members, also those of groups within the group, by mail address or object id. Graph asks
 * to be left alone with 429 or 503 and Retry-After; until that is over it is not called again for that tenant.
 */
export function openGraphGroups(settings: GraphSettings, now: () => Date): GraphGroups {
  const door = (words: typeof ENTRA_WORDS | typeof GRAPH_WORDS) =>
    openRegisterDoor({ settings: { ...settings, REGISTER_CA_FILE: settings.ENTRA_CA_FILE }, words, certificate: null });
  const [entra, graph] = [door(ENTRA_WORDS), door(GRAPH_WORDS)];
  const tokens = openGraphTokens({ door: entra, entraUrl: settings.ENTRA_URL, now });
  const restUntil = new Map<string, number>();
  const get = async (group: MailboxGroup, url: string): Promise<RegisterReply> => {
    const ask = async () => await callGraph(graph, url, await tokens.tokenFor(group));
    const first = await ask();
    if (first.status !== 401) return first;
    tokens.forget(group);
    return await ask();
  };
  return {
    async read(group) {
      const rest = restUntil.get(group.tenant) ?? 0;
      if (rest > now().getTime() && rest - now().getTime() <= REST_MAX_MS) return { kind: 'failed', reason: BUSY };
      try {
        const ask = async (url: string) => {
          const reply = await get(group, url);
          if (isBusy(reply)) restUntil.set(group.tenant, now().getTime() + Math.min(reply.retryAfterMs ?? REST_DEFAULT_MS, REST_MAX_MS));
          return readable(graph, reply);
        };
        return { kind: 'members', members: await readMembers(ask, settings.GRAPH_URL.replace(/\/+$/, ''), group) };
      } catch (error) {
        if (error instanceof GroupFault) return { kind: 'failed', reason: error.message };
        // The door is the registers', and so are its words; the issuers here are those of ENTRA_CA_FILE.
        if (!(error instanceof RegisterFault)) throw error;
        return { kind: 'failed', reason: administratorText(error).replaceAll('REGISTER_CA_FILE', 'ENTRA_CA_FILE') };
      }
    },
    async close() {
      await Promise.all([entra.close(), graph.close()]);
    },
  };
}

const BUSY = 'Microsoft Graph har bedt om en pause';

/** `ConsistencyLevel` is what Graph demands of a question for members of one sort only. */
async function callGraph(graph: RegisterDoor, url: string, token: string): Promise<RegisterReply> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', consistencylevel: 'eventual' };
  return await graph.call({ method: 'GET', url, headers, body: null, isAnswer: isBusy });
}

function isBusy({ status, retryAfterMs }: RegisterReply): boolean {
  return status === 429 || (status === 503 && retryAfterMs !== null);
}

/** The JSON of an answer. Throws for every status but 200. */
function readable({ words }: RegisterDoor, reply: RegisterReply): unknown {
  const { status, text } = reply;
  if (isBusy(reply)) throw new GroupFault(BUSY);
  if (status === 401) throw new RegisterFault('token-refused', words);
  if (status === 403) {
    throw new GroupFault(FORBIDDEN);
  }
  if (status === 404) throw new GroupFault(UNKNOWN_GROUP);
  if (status !== 200) throw new RegisterFault('query-refused', words, `HTTP ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new RegisterFault('unreadable', words);
  }
}

const FORBIDDEN = 'Microsoft Graph nægter adgang: appen mangler GroupMember.Read.All og User.Read.All (programtilladelser), '
  + 'eller en administrator har ikke sagt ja til dem';
const UNKNOWN_GROUP = 'gruppen findes ikke i tenanten. Se efter i »mailboxGroup.group«';

type Ask = (url: string) => Promise<unknown>;

async function readMembers(ask: Ask, base: string, { group }: MailboxGroup): Promise<readonly GroupMember[]> {
  const id = GUID.test(group) ? group : await idOfGroup(ask, base, group);
  const query = new URLSearchParams({ $select: MEMBER_FIELDS, $top: String(PAGE_MEMBERS), $count: 'true' });
  const members: GroupMember[] = [];
  let url: string | null = `${base}/groups/${encodeURIComponent(id)}/transitiveMembers/microsoft.graph.user?${query.toString()}`;
  for (let n = 0; url !== null; n++) {
    if (n >= PAGES_MAX) throw new GroupFault(`gruppen har flere end ${PAGES_MAX * PAGE_MEMBERS} medlemmer`);
    const page = parsed(pageSchema, await ask(url));
    members.push(...page.value.flatMap(memberOf));
    url = nextPage(page['@odata.nextLink'], base);
  }
  if (members.length === 0) throw new GroupFault('gruppen har ingen postkasser');
  return members;
}

async function idOfGroup(ask: Ask, base: string, mail: string): Promise<string> {
  const query = new URLSearchParams({ $filter: `mail eq '${mail.replaceAll("'", "''")}'`, $select: 'id,mail' });
  const { value: [first, ...more] } = parsed(groupsSchema, await ask(`${base}/groups?${query.toString()}`));
  if (!first) throw new GroupFault(UNKNOWN_GROUP);
  if (more.length > 0) throw new GroupFault('flere grupper har den adresse. Skriv gruppens objekt-id i »mailboxGroup.group«');
  return first.id;
}

/** Throws for a link that leads away from Graph: the token would go along. */
function nextPage(link: string | undefined, base: string): string | null {
  if (link === undefined) return null;
  if (!URL.canParse(link) || new URL(link).origin !== new URL(base).origin) throw new RegisterFault('unreadable', GRAPH_WORDS);
  return link;
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, success } = schema.safeParse(value);
  if (!success) throw new RegisterFault('unreadable', GRAPH_WORDS);
  return data;
}

/**
 * A guest is somebody else's mailbox. That an account is disabled is as it should be: nobody logs on to a shared
 * mailbox.
 */
function memberOf({ mail, displayName, proxyAddresses, userType }: MemberRow): readonly GroupMember[] {
  if (!mail || userType === 'Guest') return [];
  const aliases = (proxyAddresses ?? []).filter((address) => /^smtp:/i.test(address)).map((address) => address.slice(5).toLowerCase());
  const address = mail.toLowerCase();
  return [{ address, name: displayName ?? null, aliases: aliases.filter((alias) => alias !== address) }];
}

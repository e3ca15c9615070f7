import type { SentEvent } from '../../domain/gateway-api.ts';
import type { Settings } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import {
  changesSince, messageStatuses, presentMails, snapshotNow, type ChangedMail, type FollowedMailbox, type Snapshot,
} from '../store/sent-changes.ts';
import type { ApiCaller } from './api-caller.ts';
import { countsOf, isDone, outcomeOf, printSubmissionId } from './show-submission.ts';

/** Tells those who follow their mails what becomes of them. */
export interface SentWatch {
  /** Why one more cannot follow now; null when there is room. */
  refuse(caller: ApiCaller): 'full' | 'too-many' | null;
  /** The mails as they stand, then every change, a batch at a time; an empty batch is a sign of life. Ends by itself after a while. */
  follow(follower: Follower): AsyncGenerator<readonly SentNews[], void, undefined>;
}

export interface Follower {
  readonly caller: ApiCaller;
  /** Only this mailbox; null: all that the caller may use. */
  readonly mailbox: string | null;
  /** Only mails since then are told of at first; null: the newest. */
  readonly since: Date | null;
  /** Aborted when nobody listens any more. */
  readonly signal: AbortSignal;
}

/** A change, and a name for it that no other change of the mail has. */
export interface SentNews {
  readonly key: string;
  readonly event: SentEvent;
}

type WatchSettings = Pick<
  Settings,
  | 'SENT_EVENTS_POLL_MS' | 'SENT_EVENTS_FIRST_MAX' | 'SENT_EVENTS_RECIPIENTS_MAX' | 'SENT_EVENTS_HEARTBEAT_MS'
  | 'SENT_EVENTS_LIFE_MS' | 'SENT_EVENTS_STREAMS_MAX' | 'SENT_EVENTS_STREAMS_PER_USER_MAX'
>;

export interface WatchParts {
  readonly database: Database;
  readonly settings: WatchSettings;
  readonly log: Log;
  /** As they are now: another object when anybody's rights may be others. */
  readonly organisations: () => readonly object[];
  readonly now: () => Date;
}

interface Stream {
  readonly callerId: string;
  readonly mailboxes: ReadonlyMap<string, FollowedMailbox>;
  /** What is still to be told, by mail: of several changes the last counts. */
  readonly pending: Map<number, SentNews>;
  /** By which its caller has the right to its mailboxes. */
  readonly organisations: readonly object[];
  ended: boolean;
  wake: () => void;
}

/**
 * Opens the watch of this process. However many follow, one question goes to the database at each tick, and none while
 * nobody follows. When it cannot be answered all streams end, and so they do when the organisations have changed, or a log-on
 * is over: who comes again, and still may, is told how everything stands.
 */
export function openSentWatch(parts: WatchParts): SentWatch {
  const { settings } = parts;
  const streams = new Set<Stream>();
  const looking = startLooking(parts, streams);
  return {
    refuse({ id }) {
      if (streams.size >= settings.SENT_EVENTS_STREAMS_MAX) return 'full';
      const own = [...streams].filter(({ callerId }) => callerId === id).length;
      return own >= settings.SENT_EVENTS_STREAMS_PER_USER_MAX ? 'too-many' : null;
    },
    async *follow({ caller, mailbox, since, signal }) {
      const stream = streamOf(caller, mailbox, parts.organisations());
      const end = () => endStream(stream);
      signal.addEventListener('abort', end, { once: true });
      const logOnMs = caller.expiresAt === null ? Infinity : caller.expiresAt.getTime() - parts.now().getTime();
      const life = setTimeout(end, Math.min(settings.SENT_EVENTS_LIFE_MS, logOnMs));
      streams.add(stream);
      try {
        await looking.join();
        const viewer = { cvrNumbers: caller.cvrNumbers, mailboxes: caller.mailboxes };
        const mails = await presentMails(parts.database, viewer, { mailbox, since, limit: settings.SENT_EVENTS_FIRST_MAX });
        const present = await newsOf(parts, mails);
        if (!stream.ended) yield present;
        while (!stream.ended && !signal.aborted) {
          await heard(stream, settings.SENT_EVENTS_HEARTBEAT_MS);
          const news = [...stream.pending.values()];
          stream.pending.clear();
          if (!stream.ended) yield news;
        }
      } finally {
        clearTimeout(life);
        signal.removeEventListener('abort', end);
        streams.delete(stream);
        looking.leave();
      }
    },
  };
}

interface Looking {
  /** Returns when whatever is committed from now on will be seen for every stream there is. */
  join(): Promise<void>;
  leave(): void;
}

/** Looks for changes again and again, as long as somebody follows. */
function startLooking({ database, settings, log, organisations }: WatchParts, streams: ReadonlySet<Stream>): Looking {
  const watching: { snapshot: Snapshot | null; look: Promise<void> | null; timer: NodeJS.Timeout | undefined } = {
    snapshot: null, look: null, timer: undefined,
  };
  const rest = () => {
    clearTimeout(watching.timer);
    watching.timer = undefined;
    watching.snapshot = null;
  };
  const look = async () => {
    try {
      if (watching.snapshot === null) {
        watching.snapshot = await snapshotNow(database);
        return;
      }
      const { snapshot, mails } = await changesSince(database, watching.snapshot, followedBy(streams));
      watching.snapshot = snapshot;
      for (const stream of streams) if (stream.organisations !== organisations()) endStream(stream);
      if (mails.length > 0) tell(streams, mails, await newsOf({ database, settings }, mails));
    } catch (error) {
      log.warn({ state: 'sent-watch-failed', reason: error });
      watching.snapshot = null;
      for (const stream of streams) endStream(stream);
    }
  };
  const lookOnce = async () => {
    watching.look = look();
    await watching.look;
    watching.look = null;
    if (streams.size === 0) rest();
    else watching.timer = setTimeout(() => void lookOnce(), settings.SENT_EVENTS_POLL_MS);
  };
  return {
    async join() {
      // A look that is under way does not ask for the new stream's mailboxes yet.
      if (watching.look !== null) await watching.look;
      else if (watching.snapshot === null) {
        clearTimeout(watching.timer);
        await lookOnce();
      }
    },
    leave() {
      if (streams.size === 0 && watching.look === null) rest();
    },
  };
}

function streamOf({ id, cvrNumbers, mailboxes }: ApiCaller, mailbox: string | null, organisations: Stream['organisations']): Stream {
  const addresses = (mailboxes ?? []).filter((address) => mailbox === null || address === mailbox);
  const followed = addresses.flatMap((address) => cvrNumbers.map((organisationCvr) => ({ organisationCvr, address })));
  return {
    callerId: id,
    mailboxes: new Map(followed.map((one) => [keyOf(one), one])),
    pending: new Map(),
    organisations,
    ended: false,
    wake: () => undefined,
  };
}

/** What waits to be told goes too: it may be nobody's business any more, and is told to whoever comes again. */
function endStream(stream: Stream): void {
  stream.ended = true;
  stream.pending.clear();
  stream.wake();
}

/** Waits for news, for the end, or for the time of a sign of life. */
async function heard(stream: Stream, heartbeatMs: number): Promise<void> {
  if (stream.ended || stream.pending.size > 0) return;
  await new Promise<void>((resolve) => {
    const clock = setTimeout(resolve, heartbeatMs);
    stream.wake = () => {
      clearTimeout(clock);
      resolve();
    };
  });
  stream.wake = () => undefined;
}

function followedBy(streams: ReadonlySet<Stream>): readonly FollowedMailbox[] {
  const all = new Map<string, FollowedMailbox>();
  for (const { mailboxes } of streams) for (const [key, mailbox] of mailboxes) all.set(key, mailbox);
  return [...all.values()];
}

/** Whoever reads so slowly that this much is waiting begins again. */
const PENDING_MAX = 10_000;

function tell(streams: ReadonlySet<Stream>, mails: readonly ChangedMail[], news: readonly SentNews[]): void {
  for (const stream of streams) {
    if (stream.ended) continue;
    for (const [n, { id, organisationCvr, fromMailbox }] of mails.entries()) {
      const one = news[n];
      if (one && stream.mailboxes.has(keyOf({ organisationCvr, address: fromMailbox }))) stream.pending.set(id, one);
    }
    if (stream.pending.size > PENDING_MAX) endStream(stream);
    else if (stream.pending.size > 0) stream.wake();
  }
}

function keyOf({ organisationCvr, address }: FollowedMailbox): string {
  return `${organisationCvr} ${address}`;
}

/** Mails as they are told of, in their order. */
async function newsOf(
  { database, settings }: { readonly database: Database; readonly settings: WatchSettings },
  mails: readonly ChangedMail[],
): Promise<readonly SentNews[]> {
  const few = mails.filter(({ deliveries }) => deliveries > 0 && deliveries <= settings.SENT_EVENTS_RECIPIENTS_MAX);
  const messages = Map.groupBy(await messageStatuses(database, few.map(({ id }) => id)), ({ submissionId }) => submissionId);
  return mails.map((mail) => ({
    key: `${printSubmissionId(mail.id)}.${mail.changedIn ?? '0'}`,
    event: {
      id: printSubmissionId(mail.id),
      state: mail.state,
      done: isDone(mail),
      heldUntil: mail.releaseAt?.toISOString() ?? null,
      approval: mail.approval,
      stopped: mail.stoppedAt !== null,
      counts: countsOf(mail),
      recipients: messages.get(mail.id)?.map(({ position, status }) => ({ position, outcome: outcomeOf(status) })) ?? null,
    },
  }));
}

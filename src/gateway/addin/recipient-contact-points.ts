import { setTimeout as pause } from 'node:timers/promises';
import { channels, type MemoChannelId } from '../../domain/channel.ts';
import type { SingleAddress } from '../../domain/gateway-address.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import type { ApiCaller } from '../api/api-caller.ts';
import type { ContactPointsOutcome, ContactPointsQuestion } from '../api/recipient-actions.ts';
import { mailboxRefusal } from './check-recipients.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { contactPointsOf, type ContactPoint } from '../lookup/contact-points.ts';

export type ContactPointParts = Pick<GatewayParts, 'settings' | 'database' | 'keys' | 'now' | 'network' | 'directory' | 'log'>;

/** The contact points of a company or an authority, for whoever chooses one to write to. */
export async function tellContactPoints(
  parts: ContactPointParts,
  caller: ApiCaller,
  { channel, cvr, mailbox }: ContactPointsQuestion,
): Promise<ContactPointsOutcome> {
  const refusal = mailboxRefusal(parts, caller, { action: 'send', mailbox: normaliseMailAddress(mailbox), channel });
  if (refusal) return { kind: 'not-allowed', refusal };
  const points = await pointsOf(parts, { channel, senderCvr: caller.cvrNumbers[0] ?? '', cvr });
  if (points === null) return { kind: 'unavailable' };
  const shown = points.filter((point) => point.shown).map(({ shown: _shown, ...point }) => point);
  return { kind: 'found', answer: { contactPoints: shown } };
}

/** A contact point to which a mail is addressed, and the limits that the recipient has set there. */
export interface LimitedPoint {
  /** Place of the address among those that were asked about. */
  readonly n: number;
  readonly channel: MemoChannelId;
  readonly point: ContactPoint;
}

/**
 * The limits that recipients have set at the contact points to which a mail is addressed. Asks nobody for a mail that names
 * none, and waits no longer than CONTACT_POINTS_WAIT_MS: where nobody can say in time, the channel's own limits alone count.
 */
export async function limitedPoints(
  parts: ContactPointParts,
  { cvrNumbers }: Organisation,
  addresses: readonly SingleAddress[],
): Promise<readonly LimitedPoint[]> {
  const pointed = addresses.flatMap((address, n) => {
    const id = usedContactPoint(parts, address);
    return id === null ? [] : [{ n, id, channel: address.channel, cvr: address.recipient.number }];
  });
  if (pointed.length === 0) return [];
  const senderCvr = cvrNumbers[0] ?? '';
  const late = new AbortController();
  const asking = Promise.all(
    [...new Set(pointed.map(({ channel, cvr }) => `${channel} ${cvr}`))].map(async (key) => {
      const one = pointed.find(({ channel, cvr }) => `${channel} ${cvr}` === key);
      return [key, one ? await pointsOf(parts, { ...one, senderCvr }) : null] as const;
    }),
  );
  // What fails after the wait is over concerns nobody any more.
  asking.catch(() => undefined);
  const wait = pause(parts.settings.CONTACT_POINTS_WAIT_MS, null, { signal: late.signal, ref: false }).catch(() => null);
  const answers = new Map(await Promise.race([asking, wait]) ?? []);
  late.abort();
  if (pointed.some(({ channel, cvr }) => !answers.get(`${channel} ${cvr}`))) {
    parts.log.warn({ state: 'contact-points-unknown', reason: 'the registry gave no answer, or not in time' });
  }
  return pointed.flatMap(({ n, id, channel, cvr }) => {
    const point = answers.get(`${channel} ${cvr}`)?.find((one) => one.id === id);
    return point ? [{ n, channel, point }] : [];
  });
}

/** The contact point that a message to the address will name; null where it names none. */
function usedContactPoint({ settings }: ContactPointParts, { channel, recipient, recipientContactPoint }: SingleAddress): string | null {
  const named = channels[channel].contactPoints && (channel !== 'mitdk' || settings.MITDK_CONTACT_STRUCTURE === 'on');
  return named && recipient.kind === 'cvr' ? recipientContactPoint : null;
}

/** What is wrong with the number of files, at contact points that take fewer. */
export function pointCountProblems(points: readonly LimitedPoint[], count: number): readonly Problem[] {
  return once(points).flatMap(({ channel, point: { name, attachmentsMax } }) =>
    attachmentsMax === null || count <= attachmentsMax
      ? []
      : [problemOf('contact-point-too-many-attachments', { contactPoint: name, count, max: attachmentsMax, channel: channels[channel].name })],
  );
}

/** What is wrong with the size of the messages, at contact points that take smaller ones. `sizes` goes by `n`. */
export function pointSizeProblems(points: readonly LimitedPoint[], sizes: readonly number[]): readonly Problem[] {
  const tooLarge = points.filter(({ n, point }) => point.memoBytesMax !== null && (sizes[n] ?? 0) > point.memoBytesMax);
  return once(tooLarge).map(({ n, point }) =>
    problemOf('contact-point-too-large', { contactPoint: point.name, bytes: sizes[n] ?? 0, max: point.memoBytesMax ?? 0 }),
  );
}

/** Several recipients may be at one contact point: it is told of once. */
function once(points: readonly LimitedPoint[]): readonly LimitedPoint[] {
  return points.filter(({ point }, n) => points.findIndex((other) => other.point.id === point.id) === n);
}

interface PointsQuestion {
  readonly channel: MemoChannelId;
  readonly senderCvr: string;
  readonly cvr: string;
}

async function pointsOf(parts: ContactPointParts, { channel, senderCvr, cvr }: PointsQuestion): Promise<readonly ContactPoint[] | null> {
  if (!channels[channel].contactPoints) return [];
  const registry = parts.network(channel, senderCvr);
  if (!registry) return null;
  const memoryMs = parts.settings.CONTACT_POINTS_MEMORY_MS;
  return await contactPointsOf(parts, { registry, channel, scope: senderCvr, memoryMs }, cvr);
}

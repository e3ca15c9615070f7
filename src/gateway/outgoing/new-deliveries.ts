import { parseGatewayAddress, printGatewayAddress } from '../../domain/gateway-address.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import type { Problem } from '../../domain/problem.ts';
import { recipientName } from '../../domain/recipient-name.ts';
import { planContainers, type ContainerLimits, type PlannedContainer } from '../convert/plan-containers.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { MassBatch, NewDelivery } from '../store/deliveries.ts';
import type { Letter } from '../store/submissions.ts';
import type { DigitalMessage } from './submission-letter.ts';
import type { Recipients } from './submission-recipients.ts';

/** What goes to Digital Post. Messages are made when they are asked for: a mass send has very many. */
export interface DigitalMessages {
  readonly letter: Letter;
  readonly isMassSend: boolean;
  /** The size of each message as XML, in bytes. */
  readonly sizes: readonly number[];
  readonly messageAt: (n: number) => DigitalMessage;
  /** Why it may not go after all. */
  readonly tooLarge: Problem | null;
}

/** The rows of one mail. */
export interface NewRows {
  readonly count: number;
  /** How many of them never go. */
  readonly refused: number;
  readonly deliveries: readonly NewDelivery[];
  readonly massDeliveries: Iterable<MassBatch>;
  readonly containers: readonly PlannedContainer[];
}

export interface NewDeliveriesQuestion {
  readonly recipients: Recipients;
  readonly messages: DigitalMessages | null;
  /** To and Cc. */
  readonly named: readonly { readonly name: string; readonly address: string }[];
  /** Whether the recipient at this place has not had this very mail before; asked once for each. */
  readonly isNew: (recipient: { readonly position: number }) => boolean;
  /** Why an ordinary recipient at this place does not get it; null: it goes. */
  readonly refusalAt: (position: number) => NewDelivery['refusal'];
}

/** One delivery for each recipient who has not had the mail; here their UUIDs are fixed, and who goes in which container. */
export function newDeliveries(parts: GatewayParts, question: NewDeliveriesQuestion): NewRows {
  const { recipients, messages, isNew } = question;
  const named = new Set(question.named.map(({ address }) => normaliseMailAddress(address)));
  const mass = messages?.isMassSend && recipients.mass.every(isNew) ? massRows(parts, messages) : NO_MASS;
  const singles = messages && !messages.isMassSend ? singleRows(parts, question, named) : [];
  const ordinary = recipients.ordinary.filter(isNew).map(({ position, address }): NewDelivery => ({
    // The lines of a list are places too; the others come behind them.
    position: mass.lastLine + position,
    channel: 'mail',
    address,
    namedInHeader: named.has(normaliseMailAddress(address)),
    recipientKey: null,
    recipientName: null,
    messageUuid: null,
    bulk: false,
    ...ALONE,
    refusal: question.refusalAt(position) ?? null,
  }));
  const deliveries = [...singles, ...ordinary];
  return { ...mass, count: mass.count + deliveries.length, refused: ordinary.filter(({ refusal }) => refusal).length, deliveries };
}

function singleRows({ settings, newUuid }: GatewayParts, question: NewDeliveriesQuestion, named: ReadonlySet<string>): readonly NewDelivery[] {
  const fresh = question.recipients.digital.filter(question.isNew);
  const names = namesInMail(question.named);
  const bulk = fresh.length > settings.BULK_RECIPIENTS;
  return fresh.map(({ position, address }): NewDelivery => {
    const printed = printGatewayAddress(address);
    return {
      position,
      channel: address.channel,
      address: printed,
      namedInHeader: named.has(printed),
      recipientKey: address.recipient.number,
      recipientName: names.get(printed) ?? null,
      messageUuid: newUuid(),
      bulk,
      ...ALONE,
    };
  });
}

/** What the mail names its recipients of Digital Post, by their addresses as we print them. */
function namesInMail(named: NewDeliveriesQuestion['named']): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name: displayName, address } of named) {
    const parsed = parseGatewayAddress(address);
    const name = parsed.kind === 'gateway-address' ? recipientName(displayName) : null;
    if (parsed.kind === 'gateway-address' && name !== null) names.set(printGatewayAddress(parsed.address), name);
  }
  return names;
}

const ALONE = { ownMain: null, container: null };

interface MassRows {
  readonly count: number;
  readonly massDeliveries: Iterable<MassBatch>;
  readonly containers: readonly PlannedContainer[];
  readonly lastLine: number;
}

const NO_MASS: MassRows = { count: 0, massDeliveries: [], containers: [], lastLine: 0 };

/** Rows of a mass send in one statement, of those that go one by one. */
const BATCH_MAX = 500;

function massRows(parts: GatewayParts, { sizes, messageAt }: DigitalMessages): MassRows {
  const { containerOf, containers } = planContainers(sizes, containerLimits(parts), parts.newUuid);
  const batches = function* (): Generator<MassBatch> {
    for (let start = 0; start < sizes.length; ) {
      const container = containerOf[start] ?? null;
      let end = start;
      while (end < sizes.length && (containerOf[end] ?? null) === container && (container !== null || end - start < BATCH_MAX)) end++;
      yield massBatch(container, Array.from({ length: end - start }, (_, n) => messageAt(start + n)));
      start = end;
    }
  };
  return {
    count: sizes.length,
    massDeliveries: { [Symbol.iterator]: batches },
    containers,
    lastLine: messageAt(sizes.length - 1).line,
  };
}

function massBatch(container: string | null, messages: readonly DigitalMessage[]): MassBatch {
  const [first] = messages;
  const address = first ? printGatewayAddress(first.address) : '';
  return {
    container,
    mailDomain: address.slice(address.indexOf('@') + 1),
    lines: messages.map(({ line }) => line),
    numbers: messages.map(({ address: { recipient } }) => recipient.number),
    ownMains: first?.ownMain ? messages.map(({ ownMain }) => ownMain) : null,
  };
}

function containerLimits({ settings }: GatewayParts): ContainerLimits {
  return {
    recipientsMin: settings.MASS_CONTAINER_RECIPIENTS_MIN,
    messagesMax: settings.MASS_CONTAINER_MESSAGES_MAX,
    bytesMax: settings.MASS_CONTAINER_BYTES_MAX,
  };
}

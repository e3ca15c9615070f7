import { normaliseMailAddress } from '../domain/mail-address.ts';
import type { Problem } from '../domain/problem.ts';
import { planContainers, type ContainerLimits, type PlannedContainer } from './convert/plan-containers.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { NewDelivery } from './store/deliveries.ts';
import type { Letter } from './store/submissions.ts';
import type { MassMessage } from './submission-letter.ts';
import type { Recipients } from './submission-recipients.ts';

/** One message to be, with its size as XML. `line` is its place: in the list of a mass send, else among the recipients. */
export interface SizedMessage extends MassMessage {
  readonly printed: string;
  readonly bytes: number;
}

/** What goes to Digital Post. */
export interface DigitalMessages {
  readonly letter: Letter;
  readonly messages: readonly SizedMessage[];
  readonly isMassSend: boolean;
  /** Why it may not go after all. */
  readonly tooLarge: Problem | null;
}

/** The rows of one mail. */
export interface NewRows {
  readonly deliveries: readonly NewDelivery[];
  readonly containers: readonly PlannedContainer[];
}

export interface NewDeliveriesQuestion {
  readonly recipients: Recipients;
  readonly messages: DigitalMessages | null;
  /** Addresses in To and Cc. */
  readonly named: readonly string[];
  /** Whether the recipient at this place has not had this very mail before; asked once for each. */
  readonly isNew: (recipient: { readonly position: number }) => boolean;
}

/** One delivery for each recipient who has not had the mail; here their UUIDs are fixed, and who goes in which container. */
export function newDeliveries(parts: GatewayParts, question: NewDeliveriesQuestion): NewRows {
  const named = new Set(question.named.map(normaliseMailAddress));
  const digital = digitalRows(parts, question, named);
  const ordinary = question.recipients.ordinary.filter(question.isNew).map(({ position, address }): NewDelivery => ({
    ...ALONE,
    // The lines of a list are places too; the others come behind them.
    position: digital.lastLine + position,
    channel: 'mail',
    address,
    namedInHeader: named.has(normaliseMailAddress(address)),
    recipientKey: null,
    messageUuid: null,
    bulk: false,
  }));
  return { deliveries: [...digital.deliveries, ...ordinary], containers: digital.containers };
}

const ALONE = { ownMain: null, container: null };

type DigitalRows = NewRows & { readonly lastLine: number };

function digitalRows(parts: GatewayParts, { recipients, messages, isNew }: NewDeliveriesQuestion, named: ReadonlySet<string>): DigitalRows {
  if (!messages) return { deliveries: [], containers: [], lastLine: 0 };
  if (messages.isMassSend) return recipients.mass.every(isNew) ? massRows(parts, messages) : { deliveries: [], containers: [], lastLine: 0 };
  const fresh = messages.messages.filter(({ line }) => isNew({ position: line }));
  const bulk = fresh.length > parts.settings.BULK_RECIPIENTS;
  return {
    deliveries: fresh.map((message) => ({ ...rowOf(parts, message), ...ALONE, namedInHeader: named.has(message.printed), bulk })),
    containers: [],
    lastLine: 0,
  };
}

function massRows(parts: GatewayParts, { messages }: DigitalMessages): DigitalRows {
  const { containerOf, containers } = planContainers(messages.map(({ bytes }) => bytes), containerLimits(parts), parts.newUuid);
  return {
    deliveries: messages.map((message, n) => ({
      ...rowOf(parts, message),
      ownMain: message.ownMain,
      container: containerOf[n] ?? null,
      namedInHeader: true,
      bulk: true,
    })),
    containers,
    lastLine: messages.at(-1)?.line ?? 0,
  };
}

function rowOf({ newUuid }: GatewayParts, { line, address, printed }: SizedMessage) {
  return {
    position: line,
    channel: address.channel,
    address: printed,
    recipientKey: address.recipient.number,
    messageUuid: newUuid(),
  };
}

function containerLimits({ settings }: GatewayParts): ContainerLimits {
  return {
    recipientsMin: settings.MASS_CONTAINER_RECIPIENTS_MIN,
    messagesMax: settings.MASS_CONTAINER_MESSAGES_MAX,
    bytesMax: settings.MASS_CONTAINER_BYTES_MAX,
  };
}

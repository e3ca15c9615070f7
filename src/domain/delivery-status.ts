/**
 * Where one memo to one recipient stands. `unknown`: a call was made and its answer lost; it is settled by a receipt
 * or by sending the same UUID again.
 */
export type DeliveryStatus =
  | 'waiting' | 'sending' | 'unknown' | 'handed-over' | 'completed' | 'refused' | 'expired' | 'parked' | 'stopped';

const RECEIPT_STATUSES = ['NOT_ALLOWED', 'INVALID', 'RECEIVED', 'COMPLETED'] as const;
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

/** Whether a network's word is one of the statuses that a receipt can have. */
export function isReceiptStatus(word: string): word is ReceiptStatus {
  return (RECEIPT_STATUSES as readonly string[]).includes(word);
}

export type DeliveryEvent =
  | { readonly kind: 'claim' }
  | { readonly kind: 'answer'; readonly outcome: 'delivered' | 'refused' | 'retry' | 'unknown' }
  | ReceiptEvent
  | { readonly kind: 'lease-lost' }
  | { readonly kind: 'expire' }
  | { readonly kind: 'park' }
  | { readonly kind: 'stop' };

export interface ReceiptEvent {
  readonly kind: 'receipt';
  readonly status: ReceiptStatus;
  readonly errorCode: string | number | null;
  readonly errorMessage: string | null;
}

/**
 * What a delivery becomes when something happens to it. Total: what does not fit leaves the status as it was, because
 * receipts come late, twice, and in any order. The first receipt that says how it ended stands for good.
 */
export function nextDeliveryStatus(status: DeliveryStatus, event: DeliveryEvent): DeliveryStatus {
  return movesFor(event)[status] ?? status;
}

/** True when nothing more will be done for this delivery, so that it may be told in the sender's receipt. */
export function isFinal(status: DeliveryStatus): boolean {
  return ENDS.has(status);
}

const ENDS: ReadonlySet<DeliveryStatus> = new Set(['completed', 'refused', 'expired', 'parked', 'stopped']);

type Moves = Readonly<Partial<Record<DeliveryStatus, DeliveryStatus>>>;

function movesFor(event: DeliveryEvent): Moves {
  switch (event.kind) {
    case 'answer':
      return answerMoves[event.outcome];
    // The error code is not looked at: NgDP fills it in with "", "0" or a hint also where all went well.
    case 'receipt':
      return receiptMoves[event.status];
    default:
      return ownMoves[event.kind];
  }
}

const ownMoves: Readonly<Record<'claim' | 'lease-lost' | 'expire' | 'park' | 'stop', Moves>> = {
  claim: { waiting: 'sending', unknown: 'sending' },
  'lease-lost': { sending: 'unknown' },
  // Not while a call is in the air: its lease ends first, and then it is unknown.
  expire: { waiting: 'expired', unknown: 'expired', 'handed-over': 'expired' },
  park: { waiting: 'parked', sending: 'parked', unknown: 'parked' },
  // What a call was made for may have left, and only an answer or a receipt can tell.
  stop: { waiting: 'stopped' },
};

// An answer is believed also after the lease was lost, for it is about the same UUID and bytes. But "try again" does
// not tell what became of an earlier call.
const answerMoves: Readonly<Record<'delivered' | 'refused' | 'retry' | 'unknown', Moves>> = {
  delivered: { sending: 'handed-over', unknown: 'handed-over' },
  refused: { sending: 'refused', unknown: 'refused' },
  retry: { sending: 'waiting' },
  unknown: { sending: 'unknown' },
};

const refusal: Moves = {
  waiting: 'refused', sending: 'refused', unknown: 'refused', 'handed-over': 'refused',
  expired: 'refused', parked: 'refused', stopped: 'refused',
};

const receiptMoves: Readonly<Record<ReceiptStatus, Moves>> = {
  RECEIVED: { waiting: 'handed-over', sending: 'handed-over', unknown: 'handed-over' },
  COMPLETED: {
    waiting: 'completed', sending: 'completed', unknown: 'completed', 'handed-over': 'completed',
    expired: 'completed', parked: 'completed', stopped: 'completed',
  },
  INVALID: refusal,
  NOT_ALLOWED: refusal,
};

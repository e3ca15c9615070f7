/** What a network's answer to a hand-over means (design.md: "classified in one table per channel"). */
export type DeliveryOutcome = 'delivered' | 'refused' | 'retry' | 'unknown';

/** The answer to one hand-over. `errorMessage` is Danish, or what the network wrote, masked. */
export interface DeliveryAnswer {
  readonly outcome: DeliveryOutcome;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** SHA-256 of the message, where the connection took all of its bytes. */
  readonly messageSha256?: Buffer | null;
}

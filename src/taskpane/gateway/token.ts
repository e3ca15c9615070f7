/** What is shown to the gateway. Kept in memory, and nowhere else. */
export interface Token {
  readonly value: string;
  /** Null where Entra did not say. */
  readonly expiresAt: Date | null;
}

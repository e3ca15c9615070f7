import type { RecipientId } from '../../domain/gateway-address.ts';

/** The list that goes into the mail: what step 2 hands to step 3. Lives in memory only, for it holds whole CPR numbers. */
export interface MassList {
  /** In the order in which masseforsendelse.txt has them; each number once; at least one. */
  readonly recipients: readonly MassListRecipient[];
  /** Headings of the columns beside the numbers, from left to right: for fields in the text and ids of cases. Empty where there is none. */
  readonly columns: readonly string[];
  readonly takenOut: readonly TakenOut[];
  /** How many of the recipients nobody has said anything about; the gateway checks them when the mail is sent. */
  readonly unchecked: number;
  /** Who stood in the mail one by one and is on the list now: they leave the mail when the list comes into it. */
  readonly fromMail: readonly RecipientId[];
}

export interface MassListRecipient {
  readonly id: RecipientId;
  /** Where it stood in the list that was pasted or read, from 1; null: in the mail. */
  readonly line: number | null;
  /** The other cells of its row, as `columns` has them; a row may end before. */
  readonly cells: readonly string[];
}

/** A row that was left out, by what everybody may see of it. */
export interface TakenOut {
  readonly line: number | null;
  /** Masked. */
  readonly shown: string;
  readonly why: 'cannot-receive' | 'twice' | 'no-number';
}

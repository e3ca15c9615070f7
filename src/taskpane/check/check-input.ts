import type { OwnMail } from '../../domain/draft-recipients.ts';
import type { RecipientRow } from '../compose/read-recipients.ts';
import type { Draft } from '../office/outlook.ts';

/** What the rows of Modtagere know of a number. */
export interface KnownPerson {
  /** Null: nobody knows it, or it is protected. */
  readonly name: string | null;
  /** Name and address protected. */
  readonly protected: boolean;
}

/** What a recipient's contact point takes at most; null: as the channel. */
export interface PointLimits {
  readonly name: string;
  readonly attachmentsMax: number | null;
  readonly memoBytesMax: number | null;
}

/** The draft, and what the rest of Skriv knows of those it goes to. */
export interface CheckInput {
  readonly draft: Draft;
  /** The recipients of this draft, as Modtagere has read them. */
  readonly rows: readonly RecipientRow[];
  /** By which they were read. */
  readonly own: OwnMail;
  /** By number, ten digits or eight; a number that nobody has told of yet has no entry. */
  readonly people: ReadonlyMap<string, KnownPerson>;
  /** Of the contact points that the draft is addressed to. */
  readonly points: readonly PointLimits[];
}

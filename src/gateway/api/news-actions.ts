/** Somebody who wants news by mail. */
export interface SignUpWish {
  readonly address: string;
  /** The words that were shown and said yes to: language and version; null: nobody said yes. */
  readonly consentText: string | null;
  /** Whose share of sign-ups it takes: a network address or a user. */
  readonly from: string;
}

export type SignUpOutcome =
  /** Also for an address that was there before. */
  | { readonly kind: 'signed-up' }
  | { readonly kind: 'no-consent' }
  | { readonly kind: 'no-address' }
  /** The address is none of an organisation here. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'too-many'; readonly retryAfterS: number };

/** News by mail: to sign up, and to leave; handed in, for no step knows a story. */
export interface NewsActions {
  /** Whether one can sign up here. */
  readonly signUpOffered: boolean;
  signUp(wish: SignUpWish): Promise<SignUpOutcome>;
  /** Whether the last part of a link is one that the gateway has made. */
  isLeaveToken(token: string): boolean;
  /** Forgets the address; safe to repeat. False: no such link was made here. */
  leave(token: string): Promise<boolean>;
}

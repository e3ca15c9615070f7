import type { MeAnswer } from '../../domain/gateway-api.ts';
import type { Answer } from '../gateway/gateway.ts';
import type { Connection } from '../pane-parts.ts';

/** Who I am, and how it stands with the gateway. Each change is a new object. */
export interface AccountState {
  readonly me: MeAnswer | null;
  readonly connection: Connection;
  /** Another one whenever the right is gone, or somebody else has logged on: what was learnt before is none of theirs. */
  readonly generation: number;
  /** The gateway is there, and cannot say who I am: a fault of ours. */
  readonly fault: boolean;
}

export const nobodyYet: AccountState = { me: null, connection: 'connecting', generation: 0, fault: false };

/** With what was remembered, as long as the gateway has told nothing. */
export function remembering(state: AccountState, me: MeAnswer | null): AccountState {
  return state.connection === 'connecting' && state.me === null ? { ...state, me } : state;
}

/**
 * After the answer to who I am. The first one decides: where the gateway does not tell, for whatever reason, the pane goes on
 * with what it remembers, and asks again.
 */
export function afterMe(state: AccountState, answer: Answer<MeAnswer>): AccountState {
  const { me, connection: before, generation } = state;
  if (answer.kind === 'no-right') return { me: null, connection: 'no-right', generation: before === 'no-right' ? generation : generation + 1, fault: false };
  if (answer.kind === 'answer') {
    const isAnother = me !== null && me.user.id !== answer.value.user.id;
    return { me: answer.value, connection: 'there', generation: isAnother ? generation + 1 : generation, fault: false };
  }
  // A gateway that cannot say who I am is as good as away.
  const told = connectionAfter({ kind: answer.kind === 'unavailable' ? 'away' : answer.kind }, before);
  const connection = told === 'connecting' ? 'away' : told;
  return { ...state, connection, fault: connection === 'away' && answer.kind === 'fault' };
}

/** After the answer to any other call; a refusal of one call tells nothing. */
export function afterCall(state: AccountState, answer: { readonly kind: string }): AccountState {
  const connection = connectionAfter(answer, state.connection);
  return connection === state.connection ? state : { ...state, connection, fault: false };
}

function connectionAfter({ kind }: { readonly kind: string }, before: Connection): Connection {
  if (kind === 'answer') return 'there';
  return kind === 'away' || kind === 'log-on-needed' ? kind : before;
}

/** Whether every answer of before is to be forgotten: the right is gone, or the gateway says otherwise of me. */
export function isOutdated(before: AccountState, after: AccountState): boolean {
  if (after.connection === 'no-right') return true;
  return before.me !== null && after.me !== null && before.me !== after.me && !saysTheSame(before.me, after.me);
}

function saysTheSame(a: MeAnswer, b: MeAnswer): boolean {
  const rights = ({ user, organisation, may, mailboxes, cprAccess, cvrAccess }: MeAnswer): string =>
    JSON.stringify({ user, organisation, may, mailboxes, cprAccess, cvrAccess });
  return rights(a) === rights(b);
}

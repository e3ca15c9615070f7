import { lookAtStates } from './look-at-states.ts';
import { composeStates } from './pane-states.ts';

// Mail Guard on, so that approving outsiders is seen as well.
lookAtStates('Skriv, for everybody', composeStates, { MAIL_GUARD: 'on' });

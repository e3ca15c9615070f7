import { lookAtStates } from './look-at-states.ts';
import { checkStates } from './pane-states.ts';

lookAtStates('Tjek, for everybody', checkStates);

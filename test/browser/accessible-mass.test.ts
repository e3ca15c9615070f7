import { lookAtStates } from './look-at-states.ts';
import { massStates } from './mass-states.ts';

lookAtStates('Send til mange, for everybody', massStates);

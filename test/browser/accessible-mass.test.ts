import { lookAtStates } from './look-at-states.ts';
import { massStates } from './mass-states.ts';
import { seeStates } from './see-states.ts';

lookAtStates('Send til mange and Se som modtageren, for everybody', [...massStates, ...seeStates]);

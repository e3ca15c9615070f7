import { lookAtStates } from './look-at-states.ts';
import { otherStates } from './pane-states.ts';

lookAtStates('Slå op, Sendt, Beskeden and Systemoplysninger, for everybody', otherStates);

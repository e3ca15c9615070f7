import { lookAtStates } from './look-at-states.ts';
import { APPROVAL_OVER, massSendStates, massStates } from './mass-states.ts';
import { seeStates } from './see-states.ts';

lookAtStates('Send til mange and Se som modtageren, for everybody', [...massStates, ...massSendStates, ...seeStates], { MASS_APPROVAL_OVER_RECIPIENTS: String(APPROVAL_OVER) });

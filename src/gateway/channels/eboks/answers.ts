import type { NetworkAnswers } from '../network-answers.ts';

/** What e-Boks' answers to a hand-over mean. Its sender interface is not public (peers.md): taken as NgDP's, with MeMo as payload. */
export const answers: NetworkAnswers = {
  name: 'e-Boks',
  statuses: {
    200: { outcome: 'delivered', text: null },
    201: { outcome: 'delivered', text: null },
    202: { outcome: 'delivered', text: null },
    400: { outcome: 'refused', text: 'e-Boks kunne ikke læse beskeden.' },
    401: { outcome: 'refused', text: 'e-Boks kender ikke afsendersystemet. Skriv til DPG-administratoren.' },
    403: { outcome: 'refused', text: 'e-Boks tillader ikke, at afsendersystemet sender beskeden.' },
    408: { outcome: 'retry', text: 'e-Boks svarede ikke i tide.' },
    409: { outcome: 'delivered', text: null },
    413: { outcome: 'refused', text: 'Beskeden er for stor til e-Boks.' },
    425: { outcome: 'retry', text: 'e-Boks bad om at vente.' },
    429: { outcome: 'retry', text: 'e-Boks har for travlt.' },
    503: { outcome: 'retry', text: 'e-Boks er midlertidigt lukket.' },
  },
};

import type { NetworkAnswers } from '../network-answers.ts';

/** What mit.dk's answers to a hand-over mean. Its sender interface is not public (peers.md): taken as NgDP's, with MeMo as payload. */
export const answers: NetworkAnswers = {
  name: 'mit.dk',
  statuses: {
    200: { outcome: 'delivered', text: null },
    201: { outcome: 'delivered', text: null },
    202: { outcome: 'delivered', text: null },
    400: { outcome: 'refused', text: 'mit.dk kunne ikke læse beskeden.' },
    401: { outcome: 'refused', text: 'mit.dk kender ikke afsendersystemet. Skriv til DPG-administratoren.' },
    403: { outcome: 'refused', text: 'mit.dk tillader ikke, at afsendersystemet sender beskeden.' },
    408: { outcome: 'retry', text: 'mit.dk svarede ikke i tide.' },
    409: { outcome: 'delivered', text: null },
    413: { outcome: 'refused', text: 'Beskeden er for stor til mit.dk.' },
    425: { outcome: 'retry', text: 'mit.dk bad om at vente.' },
    429: { outcome: 'retry', text: 'mit.dk har for travlt.' },
    503: { outcome: 'retry', text: 'mit.dk er midlertidigt lukket.' },
  },
};

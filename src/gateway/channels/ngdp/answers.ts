import type { NetworkAnswers } from '../network-answers.ts';

/**
 * What NgDP's answers to POST /memos/ mean. Sources: memo-ngdp.md 3.4 (201, 400, 401, 403, 503 of the official OpenAPI
 * document); 409 is not documented for sending, and is taken as "this messageUUID is here already", which a repeated
 * hand-over after a lost answer must end in.
 */
export const answers: NetworkAnswers = {
  name: 'Digital Post',
  statuses: {
    200: { outcome: 'delivered', text: null },
    201: { outcome: 'delivered', text: null },
    202: { outcome: 'delivered', text: null },
    400: { outcome: 'refused', text: 'Digital Post kunne ikke læse beskeden.' },
    401: { outcome: 'refused', text: 'Digital Post kender ikke afsendersystemet. Skriv til DPG-administratoren.' },
    403: { outcome: 'refused', text: 'Digital Post tillader ikke, at afsendersystemet sender beskeden.' },
    408: { outcome: 'retry', text: 'Digital Post svarede ikke i tide.' },
    409: { outcome: 'delivered', text: null },
    413: { outcome: 'refused', text: 'Beskeden er for stor til Digital Post.' },
    425: { outcome: 'retry', text: 'Digital Post bad om at vente.' },
    429: { outcome: 'retry', text: 'Digital Post har for travlt.' },
    503: { outcome: 'retry', text: 'Digital Post er midlertidigt lukket.' },
  },
};

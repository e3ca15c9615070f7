import { z } from 'zod';
import type { ApiAnswer } from './api-answer.ts';
import { auditActorOf } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, invalidRequest, type ApiRoute } from './api-route.ts';
import type { ProofOutcome } from './proof-actions.ts';
import { findSubmission, submissionNotFound } from './submission-routes.ts';

const PURPOSE_CHARACTERS_MAX = 200;

const query = z.strictObject({
  position: z.coerce.number().int().min(0).optional().describe('Kun denne modtager, efter positionen i status; ellers alle.'),
  purpose: z.string().trim().max(PURPOSE_CHARACTERS_MAX).optional()
    .describe('Hvad beviset skal bruges til, fx et sagsnummer; gemmes i loggen. Skriv ingen CPR-numre: adresser logges mange steder.'),
  misdelivered: z.stringbool().optional().describe('true: beskeden gik til en forkert. I beviset ligger så fejlforsendelse.txt, et udkast til anmodning og anmeldelse.'),
});

/**
 * GET /api/submissions/{id}/proof: what was sent to whom and what became of it, signed by the organisation, as a zip that
 * can be checked without us. It holds CPR numbers in full. Who takes one out is kept for each recipient in it.
 */
export const proofRoute: ApiRoute = defineRoute({
  method: 'get',
  path: '/submissions/{id}/proof',
  summary: 'Hent bevis for, hvad der blev sendt, og hvad der blev af det',
  callers: ['program', 'person'],
  right: null,
  audit: { action: 'proof', by: 'story' },
  bodySchema: null,
  querySchema: query,
  answers: {
    200: {
      description: 'En zip med beskederne, kvitteringerne, kontroltal og organisationens underskrift.',
      schema: z.string().meta({ format: 'binary' }),
      type: 'application/zip',
    },
  },
  async handle(parts, { caller, id, query: { position = null, purpose = '', misdelivered = false } }) {
    const mail = await findSubmission(parts, caller, id);
    if (!mail) return submissionNotFound(parts);
    const asked = { mail, position, actor: auditActorOf(caller), purpose: purpose === '' ? null : purpose, misdelivered };
    return answerOf(parts, await parts.proof.prove(asked));
  },
});

function answerOf(parts: ApiParts, outcome: ProofOutcome): ApiAnswer {
  const problem = (code: 'state-conflict' | 'cannot-be-proven', detail: string) => callProblem(parts.settings.PUBLIC_URL, code, detail);
  switch (outcome.kind) {
    case 'proof': {
      const headers = { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${outcome.filename}"` };
      return { status: 200, headers, body: outcome.zip };
    }
    case 'too-many':
      return invalidRequest(parts, [{ path: 'position', message: `vælg én modtager: der er flere end ${outcome.max}` }]);
    case 'no-such-recipient':
      return invalidRequest(parts, [{ path: 'position', message: 'forsendelsen har ingen modtager på den plads' }]);
    case 'not-sent':
      return problem('state-conflict', 'Forsendelsen er ikke sendt, så der er ikke noget at bevise.');
    case 'no-certificate':
      return problem('state-conflict', `Beviset kan ikke underskrives: ${outcome.reason}. Bed administratoren om hjælp.`);
    case 'differs':
      return problem('cannot-be-proven', 'En besked kan ikke dannes igen, som den blev afleveret, så den kan ikke bevises. Vi har fået besked.');
  }
}

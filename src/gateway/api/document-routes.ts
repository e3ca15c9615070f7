import {
  attachmentsAnswer, attachmentsQuestion, convertAnswer, convertQuestion, readFilesAnswer, readFilesQuestion, renderAnswer, renderQuestion,
  splitAnswer, splitQuestion,
} from '../../domain/gateway-api.ts';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, refusedAct, shownProblem } from './api-problem.ts';
import { defineRoute, invalidRequest, type ApiRoute } from './api-route.ts';
import type { DocumentAnswer } from './document-actions.ts';

const words = { method: 'post', callers: ['person'], right: 'send', audit: null, body: 'large', querySchema: null } as const;

/** POST /api/v1/render: the very PDF that would be sent. */
export const renderRoute: ApiRoute = defineRoute({
  ...words,
  path: '/v1/render',
  summary: 'Se brevet, præcis som det bliver sendt',
  bodySchema: renderQuestion,
  answers: { 200: { description: 'Brevet som PDF; samme emne, tekst og billeder giver altid samme SHA-256.', schema: renderAnswer } },
  async handle(parts, { caller, body, signal }) {
    const refusal = tooMany(parts, 'pictures', body.pictures ?? []);
    return refusal ?? told(parts, await parts.documents.render({ caller, question: body, signal }), (answer) => answer);
  },
});

/** POST /api/v1/letters/split: one large PDF as a letter to each recipient. First it tells whose the pages are, then it makes them. */
export const lettersSplitRoute: ApiRoute = defineRoute({
  ...words,
  body: 'list',
  path: '/v1/letters/split',
  summary: 'Del én PDF i et brev til hver modtager, efter numrene på siderne',
  bodySchema: splitQuestion,
  answers: { 200: { description: 'Hvis breve siderne er, hvad der er i vejen, og de breve, der blev bedt om. Er noget i vejen, bliver intet lavet.', schema: splitAnswer } },
  async handle(parts, { caller, body, signal }) {
    return told(parts, await parts.documents.split({ caller, question: body, signal }), (answer) => answer);
  },
});

/** POST /api/v1/attachments/check: what is wrong with attachments, and what can be done about it. */
export const attachmentsCheckRoute: ApiRoute = defineRoute({
  ...words,
  path: '/v1/attachments/check',
  summary: 'Tjek vedhæftede filer efter de samme regler, som gælder, når der sendes',
  bodySchema: attachmentsQuestion,
  answers: { 200: { description: 'Alt, hvad der er galt, og hvad der kan gøres ved hver fil.', schema: attachmentsAnswer } },
  async handle(parts, { caller, body, signal }) {
    const refusal = tooMany(parts, 'files', body.files);
    if (refusal) return refusal;
    return told(parts, await parts.documents.check({ caller, question: body, signal }), ({ problems, files }) => ({
      problems: problems.map((problem) => shownProblem(parts.settings.PUBLIC_URL, problem)), files,
    }));
  },
});

/** POST /api/v1/attachments/read: the text of attachments, which the add-in checks against the recipient. */
export const attachmentsReadRoute: ApiRoute = defineRoute({
  ...words,
  path: '/v1/attachments/read',
  summary: 'Læs teksten i vedhæftede filer, side for side',
  bodySchema: readFilesQuestion,
  answers: { 200: { description: 'Teksten på hver side; null for en fil, der ikke kan læses.', schema: readFilesAnswer } },
  async handle(parts, { caller, body, signal }) {
    const refusal = tooMany(parts, 'files', body.files);
    return refusal ?? told(parts, await parts.documents.read({ caller, question: body, signal }), (answer) => answer);
  },
});

/** POST /api/v1/attachments/convert: makes attachments so that they may be sent. */
export const attachmentsConvertRoute: ApiRoute = defineRoute({
  ...words,
  path: '/v1/attachments/convert',
  summary: 'Ret vedhæftede filer: lav dem om til PDF, pak ud, gør mindre, sæt sammen',
  bodySchema: convertQuestion,
  answers: { 200: { description: 'Filerne, der kom ud af det, og hvad der ikke kunne lade sig gøre.', schema: convertAnswer } },
  async handle(parts, { caller, body, signal }) {
    const refusal = tooMany(parts, 'files', body.files);
    return refusal ?? told(parts, await parts.documents.convert({ caller, question: body, signal }), (answer) => answer);
  },
});

function tooMany(parts: ApiParts, path: string, files: readonly unknown[]): ApiAnswer | null {
  const max = parts.settings.DOCUMENT_FILES_MAX;
  return files.length > max ? invalidRequest(parts, [{ path, message: `højst ${max} ad gangen` }]) : null;
}

const RETRY_AFTER_S = 5;

function told<Answer>({ settings }: ApiParts, outcome: DocumentAnswer<Answer>, show: (answer: Answer) => unknown): ApiAnswer {
  switch (outcome.kind) {
    case 'answer': return jsonAnswer(200, show(outcome.answer));
    case 'failed': return callProblem(settings.PUBLIC_URL, 'cannot-be-made', outcome.text);
    case 'not-allowed': return refusedAct(settings.PUBLIC_URL, outcome.refusal);
    case 'busy':
      return callProblem(settings.PUBLIC_URL, 'temporarily-unavailable', 'Der er for mange, der venter på breve og filer lige nu.', {
        retryAfterS: RETRY_AFTER_S,
      });
    case 'share-spent':
      return callProblem(settings.PUBLIC_URL, 'too-many-requests', 'Du har så mange breve og filer i gang, som man kan have. Vent på dem.', {
        retryAfterS: RETRY_AFTER_S,
      });
  }
}

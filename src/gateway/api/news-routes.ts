import { newsAnswer, newsSignUpAnswer, newsSignUpQuestion, type NewsAnswer } from '../../domain/gateway-api.ts';
import { releaseNotes } from '../../domain/release-notes.ts';
import { jsonAnswer } from './api-answer.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, invalidRequest, type ApiRoute } from './api-route.ts';
import { newsWords } from './news-words.ts';

/** GET /api/v1/news: what is new, in every language there is. */
export const newsRoute: ApiRoute = defineRoute({
  method: 'get',
  path: '/v1/news',
  summary: 'Nyheder om produktet, og om man kan få dem på mail',
  callers: ['person'],
  right: null,
  audit: null,
  bodySchema: null,
  querySchema: null,
  answers: { 200: { description: 'Nyhederne, de nyeste først, på dansk og engelsk.', schema: newsAnswer } },
  async handle({ settings, news }) {
    const notes: NewsAnswer['notes'] = settings.NEWS === 'on' ? releaseNotes.map((note) => ({ ...note, words: { ...note.words } })) : [];
    return jsonAnswer(200, { notes, signUp: news.signUpOffered } satisfies NewsAnswer);
  },
});

/** POST /api/v1/news/sign-up: a mail when there is news; the answer tells nobody who was signed up before. */
export const newsSignUpRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/news/sign-up',
  summary: 'Få nyheder om produktet på mail; samtykketeksten gemmes med adressen',
  callers: ['person'],
  right: null,
  audit: null,
  bodySchema: newsSignUpQuestion,
  querySchema: null,
  answers: { 200: { description: 'Adressen får nyheder.', schema: newsSignUpAnswer } },
  async handle(parts, { caller, body: { address, consentText } }) {
    const told = await parts.news.signUp({ address, consentText, from: `user ${caller.id}` });
    const { PUBLIC_URL } = parts.settings;
    switch (told.kind) {
      case 'signed-up':
        return jsonAnswer(200, { signedUp: true });
      case 'too-many':
        return callProblem(PUBLIC_URL, 'too-many-requests', newsWords.da.refused[told.kind], { retryAfterS: told.retryAfterS });
      case 'not-offered':
        return callProblem(PUBLIC_URL, 'not-found', newsWords.da.refused[told.kind]);
      default:
        return invalidRequest(parts, [{ path: '', message: newsWords.da.refused[told.kind] }]);
    }
  },
});

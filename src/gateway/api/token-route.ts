import type { ApiAnswer } from './api-answer.ts';
import { jsonAnswer } from './api-answer.ts';
import { callProblem } from './api-problem.ts';
import { basicCredentials, type LogOn } from './log-on.ts';

/** A request for a token as it came. */
export interface TokenRequest {
  /** The form's fields; a program may give its id and secret here, or in the header. */
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
  readonly address: string;
}

/**
 * POST /api/token: OAuth 2.0 client credentials (RFC 6749 4.4), so that the secret need not travel with each call.
 * Errors carry the words of RFC 6749 5.2 beside those of RFC 9457.
 */
export function tokenAnswer(logOn: LogOn, publicUrl: string, request: TokenRequest): ApiAnswer {
  const { form, authorization, address } = request;
  if (form.get('grant_type') !== 'client_credentials') {
    const answer = callProblem(publicUrl, 'request-invalid', 'grant_type skal være client_credentials.');
    return withOauthError(answer, form.has('grant_type') ? 'unsupported_grant_type' : 'invalid_request');
  }
  const credentials = basicCredentials(authorization) ?? {
    clientId: form.get('client_id') ?? '',
    secret: form.get('client_secret') ?? '',
  };
  const result = logOn.withCredentials(credentials, address);
  if (result.kind === 'refused') return withOauthError(result.answer, 'invalid_client');
  const { token, lifeMs } = logOn.tokenFor(result.caller);
  return jsonAnswer(200, { access_token: token, token_type: 'Bearer', expires_in: Math.floor(lifeMs / 1000) }, NOT_STORED);
}

const NOT_STORED = { pragma: 'no-cache' };

function withOauthError(answer: ApiAnswer, error: string): ApiAnswer {
  const body = answer.body as Readonly<Record<string, unknown>>;
  return { ...answer, body: { ...body, error, error_description: body['detail'] } };
}

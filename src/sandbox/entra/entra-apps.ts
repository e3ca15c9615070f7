import { decodeJwt, importX509, jwtVerify } from 'jose';
import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';

/** An app that logs on to the stand-in Entra as itself: by secret, or by a certificate that is registered for it. */
export interface EntraApp {
  readonly clientId: string;
  readonly secret: string | null;
  /** PEM; RSA, for Entra takes no other. */
  readonly certificate: string | null;
}

/** The form of a call to the token endpoint. */
export type TokenForm = Readonly<Record<string, string | undefined>>;

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_LIFE_MAX_S = 3_600;

/** The app that a form proves to come from (RFC 6749 2.3.1, RFC 7523 2.2); null when it proves nothing. */
export async function appOfForm(apps: readonly EntraApp[], form: TokenForm, tokenUrl: string): Promise<EntraApp | null> {
  const assertion = form['client_assertion'];
  const clientId = form['client_id'] ?? (assertion === undefined ? undefined : subjectOf(assertion));
  const app = apps.find((one) => one.clientId === clientId);
  if (!app) return null;
  if (assertion === undefined) return app.secret !== null && isSame(app.secret, form['client_secret'] ?? '') ? app : null;
  if (form['client_assertion_type'] !== ASSERTION_TYPE || app.certificate === null) return null;
  return (await provesCertificate(assertion, app.certificate, { clientId: app.clientId, tokenUrl })) ? app : null;
}

function subjectOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

async function provesCertificate(
  assertion: string,
  certificate: string,
  { clientId, tokenUrl }: { readonly clientId: string; readonly tokenUrl: string },
): Promise<boolean> {
  const thumbprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('base64url');
  try {
    const { payload, protectedHeader } = await jwtVerify(assertion, await importX509(certificate, 'PS256'), {
      algorithms: ['PS256'], audience: tokenUrl, issuer: clientId, subject: clientId, requiredClaims: ['exp', 'jti', 'nbf'],
    });
    const lifeS = (payload.exp ?? Infinity) - (payload.nbf ?? 0);
    return protectedHeader['x5t#S256'] === thumbprint && lifeS <= ASSERTION_LIFE_MAX_S;
  } catch {
    return false;
  }
}

function isSame(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

import { createHash, webcrypto } from 'node:crypto';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A client certificate with its key, both PEM, as a TLS client shows it. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate, hex without colons: what the organisations file lists. */
  readonly fingerprint: string;
}

/** An authority of the test's own. */
export interface ClientAuthority {
  readonly pem: string;
  issue(name: string, validity?: { readonly notBefore: Date; readonly notAfter: Date }): Promise<ClientCertificate>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

export async function makeClientAuthority(name: string): Promise<ClientAuthority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }], ...lasting(), signingAlgorithm: ALGORITHM, keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return {
    pem: own.toString('pem'),
    async issue(subject, validity = lasting()) {
      const leafKeys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const leaf = await x509.X509CertificateGenerator.create({
        subject: [{ CN: [subject] }], issuer: own.subject, ...validity, signingAlgorithm: ALGORITHM,
        publicKey: leafKeys.publicKey, signingKey: keys.privateKey,
        extensions: [new x509.BasicConstraintsExtension(false, undefined, true)],
      });
      const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey)).toString('base64');
      return {
        cert: leaf.toString('pem'),
        key: `-----BEGIN PRIVATE KEY-----\n${(pkcs8.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`,
        fingerprint: createHash('sha256').update(Buffer.from(leaf.rawData)).digest('hex'),
      };
    },
  };
}

function lasting(): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 365 * DAY_MS) };
}

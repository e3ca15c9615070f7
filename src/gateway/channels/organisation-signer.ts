import { createPrivateKey, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { NetworkCredentials } from '../settings/organisations-file.ts';

/** Signs as an organisation, with the certificate by which the networks know it. */
export interface OrganisationSigner {
  /** The certificate and those of its issuers that lie with it (PEM), and nothing else of the file. */
  readonly certificatesPem: string;
  /** Whom the certificate is issued to and by, as it says itself. */
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256 with RSA (PKCS #1) or ECDSA (DER), as `openssl dgst -sha256 -verify` reads it. */
  sign(bytes: Uint8Array): Buffer;
}

/** Reads certificate and key; throws what stands in the way, a Danish sentence where it is about the two of them. */
export function openOrganisationSigner({ certificateFile, keyFile }: Pick<NetworkCredentials, 'certificateFile' | 'keyFile'>): OrganisationSigner {
  const certificates = readFileSync(certificateFile, 'utf8').match(CERTIFICATE) ?? [];
  const [first] = certificates;
  if (first === undefined) throw new Error('certifikatfilen indeholder intet certifikat');
  const certificate = new X509Certificate(first);
  const key: KeyObject = createPrivateKey(readFileSync(keyFile));
  if (!certificate.checkPrivateKey(key)) throw new Error('certifikat og nøgle hører ikke sammen');
  return {
    // A file may hold the private key beside its certificate.
    certificatesPem: `${certificates.join('\n')}\n`,
    subject: inOneLine(certificate.subject),
    issuer: inOneLine(certificate.issuer),
    sign: (bytes) => sign('sha256', bytes, key),
  };
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function inOneLine(name: string): string {
  return name.split('\n').join(', ');
}

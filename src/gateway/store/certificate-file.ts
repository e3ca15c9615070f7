import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** What a certificate file says of itself, without its key. */
export interface CertificateFacts {
  /** "CN=…, O=…". */
  readonly subject: string;
  readonly serialNumber: string;
  /** SHA-256, lower case hex without colons. */
  readonly fingerprint: string;
  readonly validFrom: Date;
  /** When the first certificate of the file or of its chain ends. */
  readonly validTo: Date;
}

/** Reads a certificate (PEM, with its chain) and sees whether the key is its own; throws a Danish sentence when it cannot be used. */
export async function readCertificateFile(certificateFile: string, keyFile: string | null): Promise<CertificateFacts> {
  const [pem, key] = await Promise.all([read(certificateFile), keyFile === null ? null : read(keyFile)]);
  const [own, ...issuers] = certificatesIn(pem);
  if (!own) throw new Error('filen indeholder intet certifikat (PEM)');
  if (key !== null && !isKeyOf(own, key)) throw new Error('certifikat og nøgle hører ikke sammen');
  const ends = [own, ...issuers].map(({ validTo }) => new Date(validTo).getTime());
  return {
    subject: own.subject.split('\n').join(', '),
    serialNumber: own.serialNumber,
    fingerprint: own.fingerprint256.replaceAll(':', '').toLowerCase(),
    validFrom: new Date(own.validFrom),
    validTo: new Date(Math.min(...ends)),
  };
}

async function read(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => {
    throw new Error(`filen ${file} kan ikke læses`);
  });
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function certificatesIn(pem: string): readonly X509Certificate[] {
  try {
    return (pem.match(CERTIFICATE) ?? []).map((one) => new X509Certificate(one));
  } catch {
    throw new Error('filen indeholder et certifikat, der ikke kan læses');
  }
}

function isKeyOf(certificate: X509Certificate, key: string): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new Error('nøglen kan ikke læses; den skal være PEM uden adgangskode');
  }
}

import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CertificateFiles } from '../../src/sandbox/certificates.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Certificates of an authority of the test's own, which end when a test wants. */
export interface TestCertificates {
  readonly authorityFile: string;
  /** Makes `<name>.pem` and `<name>.key`; of localhost, for either end of TLS. */
  issue(name: string, options?: { readonly validTo?: Date }): Promise<CertificateFiles>;
}

export async function openTestCertificates(folder: string): Promise<TestCertificates> {
  const keys = await makeKeys();
  const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date('2060-01-01') };
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Prøveudsteder'] }], ...validity, signingAlgorithm: ALGORITHM, keys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const authorityFile = path.join(folder, 'test-authority.pem');
  await writeFile(authorityFile, own.toString('pem'));
  return {
    authorityFile,
    async issue(name, { validTo = validity.notAfter } = {}) {
      const leafKeys = await makeKeys();
      const leaf = await x509.X509CertificateGenerator.create({
        subject: [{ CN: [name] }], issuer: own.subject, notBefore: validity.notBefore, notAfter: validTo, signingAlgorithm: ALGORITHM,
        publicKey: leafKeys.publicKey, signingKey: keys.privateKey,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }, { type: 'ip', value: '127.0.0.1' }])],
      });
      const files = { certificateFile: path.join(folder, `${name}.pem`), keyFile: path.join(folder, `${name}.key`) };
      await writeFile(files.certificateFile, leaf.toString('pem'));
      await writeFile(files.keyFile, await privateKeyPem(leafKeys.privateKey));
      return files;
    },
  };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const encoded = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${encoded}\n-----END PRIVATE KEY-----\n`;
}

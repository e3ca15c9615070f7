import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where a certificate and its key lie, both PEM. */
export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Everything the sandbox needs for TLS; all signed by the sandbox's own authority. */
export interface Certificates {
  readonly authorityFile: string;
  /** Of the stand-in networks' HTTPS doors. */
  readonly network: CertificateFiles;
  /** Of the gateway's SMTP door and of its door for pushed receipts. */
  readonly gateway: CertificateFiles;
  /** With which a stand-in network logs on to the gateway when it pushes receipts. */
  readonly networkClient: CertificateFiles;
  /** With which an organisation logs on to the networks, by CVR number (memo-ngdp.md 3.2). */
  readonly organisations: ReadonlyMap<string, CertificateFiles>;
  /** Renewed ones that lie beside them: put in their place, they are used from then on, and the networks know them. */
  readonly renewed: ReadonlyMap<string, CertificateFiles>;
}

type Purpose = 'server' | 'client';

const VALID_YEARS = 20;
const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const PURPOSE_OIDS: Readonly<Record<Purpose, string>> = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' };

/**
 * The certificates in `folder`, made at the first start and kept. The folder is made beside its place and moved there
 * whole, so that a kill in between never leaves a set that does not belong together. Key files are the owner's alone.
 */
export async function openCertificates(folder: string, cvrNumbers: readonly string[]): Promise<Certificates> {
  const complete = await stat(folder).then(() => true, () => false);
  if (!complete) await makeCertificates(folder, cvrNumbers);
  return {
    authorityFile: path.join(folder, 'authority.pem'),
    network: filesIn(folder, 'network'),
    gateway: filesIn(folder, 'gateway'),
    networkClient: filesIn(folder, 'network-client'),
    organisations: new Map(cvrNumbers.map((cvr) => [cvr, filesIn(folder, cvr)])),
    renewed: new Map(cvrNumbers.map((cvr) => [cvr, filesIn(folder, renewedName(cvr))])),
  };
}

function renewedName(cvr: string): string {
  return `${cvr}-fornyet`;
}

function filesIn(folder: string, name: string): CertificateFiles {
  return { certificateFile: path.join(folder, `${name}.pem`), keyFile: path.join(folder, `${name}.key`) };
}

async function makeCertificates(folder: string, cvrNumbers: readonly string[]): Promise<void> {
  const unfinished = `${folder}.${process.pid}.new`;
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const authority = await makeAuthority();
  await writeFile(path.join(unfinished, 'authority.pem'), authority.pem);
  await authority.issue('server', 'localhost', filesIn(unfinished, 'network'));
  await authority.issue('server', 'localhost', filesIn(unfinished, 'gateway'));
  await authority.issue('client', 'NgDP (øvelse)', filesIn(unfinished, 'network-client'));
  for (const cvr of cvrNumbers) {
    for (const name of [cvr, renewedName(cvr)]) await authority.issue('client', `CVR ${cvr}`, filesIn(unfinished, name));
  }
  await rename(unfinished, folder);
}

interface Authority {
  readonly pem: string;
  issue(purpose: Purpose, name: string, files: CertificateFiles): Promise<void>;
}

/** Loaded only when certificates are made, for the X.509 library takes memory that no later start needs. */
async function makeAuthority(): Promise<Authority> {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const makeKeys = () => crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
  const validity = { notBefore: new Date(Date.now() - 86_400_000), notAfter: yearsFromNow(VALID_YEARS) };
  const keys = await makeKeys();
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Postbro øvelse'] }],
    ...validity,
    signingAlgorithm: KEY_ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const issue = async (purpose: Purpose, name: string, files: CertificateFiles): Promise<void> => {
    const leafKeys = await makeKeys();
    const leaf = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [name] }],
      issuer: own.subject,
      ...validity,
      signingAlgorithm: KEY_ALGORITHM,
      publicKey: leafKeys.publicKey,
      signingKey: keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([PURPOSE_OIDS[purpose]]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    await writeFile(files.certificateFile, leaf.toString('pem'));
    await writeFile(files.keyFile, await privateKeyPem(leafKeys.privateKey), { mode: 0o600 });
  };
  return { pem: own.toString('pem'), issue };
}

async function privateKeyPem(key: Parameters<typeof crypto.subtle.exportKey>[1]): Promise<string> {
  const bytes = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

function yearsFromNow(years: number): Date {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}

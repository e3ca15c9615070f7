import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Certificates } from './certificates.ts';
import type { NetworkName } from './network/network-profile.ts';
import { ORGANISATIONS, type WorldOrganisation } from './world.ts';

/** How one organisation's sender system is known at the stand-in networks (memo-ngdp.md 3.2, 3.3). */
export interface SenderSystem {
  readonly systemId: string;
  readonly apiKey: string;
  readonly organisation: WorldOrganisation;
  /** The client certificates that are registered for it: SHA-256 of each, as TLS tells it. */
  readonly certificates: ReadonlySet<string>;
  /** Whether a certificate is its own. One that has taken the old one's place in the file is registered when it is first shown. */
  isOwn(fingerprint256: string): boolean;
}

/**
 * The sender systems that are registered at a network, the first organisation's first. Id and key follow from the certificate, so that they
 * are as old and as lasting as it is, and differ from one sandbox to the next.
 */
export async function senderSystems(certificates: Certificates, network: NetworkName): Promise<readonly SenderSystem[]> {
  return Promise.all(
    ORGANISATIONS.map(async (organisation) => {
      const files = certificates.organisations.get(organisation.cvr);
      if (!files) throw new Error(`no certificate for CVR ${organisation.cvr}`);
      const fingerprint256 = fingerprintOf(await readFile(files.certificateFile));
      const known = new Set([fingerprint256]);
      const key = await readFile(files.keyFile);
      const mark = network === 'ngdp' ? '' : `${network} `;
      return {
        organisation,
        certificates: known,
        isOwn(shown: string) {
          if (!known.has(shown) && shown === fingerprintOf(readFileSync(files.certificateFile))) known.add(shown);
          return known.has(shown);
        },
        systemId: uuidFrom(`${mark}system ${fingerprint256}`),
        apiKey: createHash('sha256').update(`${mark}api key`).update(key).digest('hex'),
      };
    }),
  );
}

function fingerprintOf(pem: Buffer): string {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    // Half-written.
    return '';
  }
}

function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)];
  return parts.join('-');
}

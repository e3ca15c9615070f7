import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Certificates } from '../certificates.ts';
import { ORGANISATIONS } from '../world.ts';

/** Which of CPR's two services an organisation has been given; never both (registers-identity.md 1.1). */
export type CprSector = 'PublicSector' | 'PrivateSector';

/** How one organisation is known at the stand-in registers. */
export interface RegisterClient {
  readonly cvr: string;
  readonly sector: CprSector;
  /** At Datafordeleren: it may prove itself by secret or by certificate. */
  readonly clientId: string;
  readonly secret: string;
  /** For open data at Datafordeleren. */
  readonly apiKey: string;
  readonly virkUser: string;
  readonly virkPassword: string;
}

/** The first organisation is an authority; the second a body approved as public sender, which gets no protected names. */
const SECTORS: readonly CprSector[] = ['PublicSector', 'PrivateSector'];

/**
 * The organisations as clients of the registers. Ids and secrets follow from the certificates' keys, so that they last as
 * long as these do and differ from one sandbox to the next.
 */
export async function registerClients(certificates: Certificates): Promise<readonly RegisterClient[]> {
  return Promise.all(
    ORGANISATIONS.map(async ({ cvr }, index) => {
      const files = certificates.organisations.get(cvr);
      if (!files) throw new Error(`no certificate for CVR ${cvr}`);
      const key = await readFile(files.keyFile);
      const derived = (mark: string): string => createHash('sha256').update(`register ${mark}`).update(key).digest('hex');
      return {
        cvr,
        sector: SECTORS[index] ?? 'PrivateSector',
        clientId: `it-system-${derived('client id').slice(0, 16)}`,
        secret: derived('secret'),
        apiKey: derived('api key').slice(0, 40),
        virkUser: `CVR_${cvr}`,
        virkPassword: derived('virk').slice(0, 32),
      };
    }),
  );
}

/** The subject name that an organisation's certificate has; a renewed one has it too. */
export function certificateName(cvr: string): string {
  return `CVR ${cvr}`;
}

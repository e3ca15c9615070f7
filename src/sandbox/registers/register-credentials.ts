import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Certificates } from '../certificates.ts';
import { registerClients, type RegisterClient } from './register-clients.ts';

/**
 * Writes what the organisations prove themselves with at the registers into files of their owner's alone, in `folder`,
 * and answers each organisation's `lookup` entry of the gateway's organisations file, by CVR number: one organisation
 * uses a certificate and Virk, the other a secret and Datafordeleren's CVR, so that every way is gone.
 */
export async function writeRegisterCredentials(folder: string, certificates: Certificates): Promise<ReadonlyMap<string, object>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secretFile = async (name: string, secret: string): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, `${secret}\n`, { mode: 0o600 });
    return file;
  };
  const entries = (await registerClients(certificates)).map(async (client): Promise<[string, object]> => {
    const entry = client.sector === 'PublicSector' ? authorityEntry : senderEntry;
    return [client.cvr, await entry(client, certificates, secretFile)];
  });
  return new Map(await Promise.all(entries));
}

type WriteSecret = (name: string, secret: string) => Promise<string>;

async function authorityEntry(client: RegisterClient, certificates: Certificates, secretFile: WriteSecret): Promise<object> {
  const { clientId, cvr, virkUser, virkPassword } = client;
  return {
    access: 'authority',
    cpr: { adapter: 'datafordeler', client: { clientId, ...certificates.organisations.get(cvr) } },
    cvr: { adapter: 'virk', user: virkUser, passwordFile: await secretFile(`${cvr}-virk`, virkPassword) },
  };
}

async function senderEntry(client: RegisterClient, _certificates: Certificates, secretFile: WriteSecret): Promise<object> {
  const { clientId, cvr, secret, apiKey } = client;
  return {
    access: 'public-sender', namesInBatches: true,
    cpr: { adapter: 'datafordeler', client: { clientId, secretFile: await secretFile(`${cvr}-datafordeler`, secret) } },
    cvr: { adapter: 'datafordeler', apiKeyFile: await secretFile(`${cvr}-datafordeler-cvr`, apiKey) },
  };
}

import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import type { Certificates } from './certificates.ts';
import { senderSystems } from './network-credentials.ts';
import { NETWORK_NAMES, type NetworkName } from './network/network-profile.ts';
import { ORGANISATIONS, type WorldOrganisation } from './world.ts';

/**
 * Writes the gateway's organisations file from the world: who sends, from which mailboxes, with which credentials.
 * Rewritten at each start, because the paths in it follow the data folder.
 */
export async function writeOrganisationsFile(file: string, certificates: Certificates): Promise<void> {
  const credentials = await credentialsOf(certificates);
  const organisations = ORGANISATIONS.map((organisation) => ({
    name: organisation.name,
    cvrNumbers: [organisation.cvr],
    mailDomains: organisation.mailDomains,
    mainMailbox: organisation.mainMailbox,
    watchMailbox: organisation.watchMailbox,
    helpContact: organisation.helpContact,
    contactPoints: organisation.contactPoints,
    secureMailboxes: organisation.secureMailboxes,
    smtpClientCertificates: [],
    approvers: organisation.approvers,
    apiClients: organisation.apiClients.map(({ clientId, secret, may }) => ({
      clientId,
      secretSha256: createHash('sha256').update(secret).digest('hex'),
      may,
    })),
    ...credentials(organisation),
  }));
  await writeFile(`${file}.new`, `${JSON.stringify({ organisations }, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** What an organisation logs on with at each network, under the network's name. */
async function credentialsOf(
  certificates: Certificates,
): Promise<(organisation: WorldOrganisation) => Readonly<Partial<Record<NetworkName, object>>>> {
  const systems = await Promise.all(NETWORK_NAMES.map(async (name) => ({ name, systems: await senderSystems(certificates, name) })));
  return ({ cvr }) =>
    Object.fromEntries(
      systems.map((network) => {
        const { systemId, apiKey } = network.systems.find(({ organisation }) => organisation.cvr === cvr) ?? {};
        return [network.name, { systemId, apiKey, ...certificates.organisations.get(cvr) }];
      }),
    );
}

import { rename, writeFile } from 'node:fs/promises';
import type { Certificates } from './certificates.ts';
import type { SenderSystem } from './network-credentials.ts';

/**
 * Writes the gateway's organisations file from the world: who sends, from which mailboxes, with which credentials.
 * Rewritten at each start, because the paths in it follow the data folder.
 */
export async function writeOrganisationsFile(
  file: string,
  systems: readonly SenderSystem[],
  certificates: Certificates,
): Promise<void> {
  const organisations = systems.map(({ organisation, systemId, apiKey }) => ({
    name: organisation.name,
    cvrNumbers: [organisation.cvr],
    mailDomains: organisation.mailDomains,
    mainMailbox: organisation.mainMailbox,
    watchMailbox: organisation.watchMailbox,
    helpContact: organisation.helpContact,
    contactPoints: organisation.contactPoints,
    secureMailboxes: organisation.secureMailboxes,
    smtpClientCertificates: [],
    ngdp: { systemId, apiKey, ...certificates.organisations.get(organisation.cvr) },
  }));
  await writeFile(`${file}.new`, `${JSON.stringify({ organisations }, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

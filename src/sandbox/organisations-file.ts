import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Certificates } from './certificates.ts';
import { senderSystems } from './network-credentials.ts';
import { MAILBOX_GROUP } from './graph/graph-groups.ts';
import { EKSEMPEL_TENANT, GRAPH_APP_ID, GRAPH_APP_SECRET, tenantsOfOrganisation, usersOfMailbox } from './people.ts';
import { NETWORK_NAMES, type NetworkName } from './network/network-profile.ts';
import { writeRegisterCredentials } from './registers/register-credentials.ts';
import { ORGANISATIONS, type WorldOrganisation } from './world.ts';

const REGISTER_SECRETS_FOLDER = 'register-secrets';

/**
 * Writes the gateway's organisations file from the world: who sends, from which mailboxes, with which credentials.
 * Rewritten at each start, because the paths in it follow the data folder.
 */
export async function writeOrganisationsFile(file: string, certificates: Certificates): Promise<void> {
  const credentials = await credentialsOf(certificates);
  const lookups = await writeRegisterCredentials(path.join(path.dirname(file), REGISTER_SECRETS_FOLDER), certificates);
  const graphSecretFile = path.join(path.dirname(file), 'graph-secret');
  await writeFile(graphSecretFile, `${GRAPH_APP_SECRET}\n`, { mode: 0o600 });
  const organisations = ORGANISATIONS.map((organisation) => ({
    name: organisation.name,
    cvrNumbers: [organisation.cvr],
    mailDomains: organisation.mailDomains,
    mainMailbox: organisation.mainMailbox,
    watchMailbox: organisation.watchMailbox,
    helpContact: organisation.helpContact,
    homeWord: organisation.homeWord,
    mailGuard: { allowed: organisation.guardAllowed },
    contactPoints: organisation.contactPoints,
    secureMailboxes: mainMailboxLast(organisation).map((mailbox) => ({ ...mailbox, users: usersOfMailbox(mailbox.address) })),
    entraTenants: tenantsOfOrganisation(organisation.name),
    mailboxGroup: mailboxGroupOf(organisation, graphSecretFile),
    smtpClientCertificates: [],
    approvers: organisation.approvers,
    apiClients: organisation.apiClients.map(({ clientId, secret, may }) => ({
      clientId,
      secretSha256: createHash('sha256').update(secret).digest('hex'),
      may,
    })),
    lookup: lookups.get(organisation.cvr),
    ...credentials(organisation),
  }));
  await writeFile(`${file}.new`, `${JSON.stringify({ organisations }, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** A client that does not tell Fra writes from a person's first mailbox: their own office's, rather than the main one. */
function mainMailboxLast({ secureMailboxes, mainMailbox }: WorldOrganisation): WorldOrganisation['secureMailboxes'] {
  const isMain = ({ address }: { readonly address: string }) => address === mainMailbox;
  return [...secureMailboxes.filter((mailbox) => !isMain(mailbox)), ...secureMailboxes.filter(isMain)];
}

/** The first organisation has its secure mailboxes in an Exchange group; the other lists them by hand. */
function mailboxGroupOf(organisation: WorldOrganisation, secretFile: string): object | null {
  if (organisation !== ORGANISATIONS[0]) return null;
  return { tenant: EKSEMPEL_TENANT, client: { clientId: GRAPH_APP_ID, secretFile }, group: MAILBOX_GROUP.mail };
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

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { OrganisationEntry } from '../../src/gateway/settings/organisations-file.ts';
import { openCertificates } from '../../src/sandbox/certificates.ts';
import { gatewaySettings } from '../../src/sandbox/gateway-settings.ts';
import { writeOrganisationsFile } from '../../src/sandbox/organisations-file.ts';
import { writeSecretKeysFile } from '../../src/sandbox/secret-keys-file.ts';
import { openOutsideWorld, removeFolder, temporaryFolder, type OutsideWorld } from '../sandbox/outside-world.ts';

const COMMAND = fileURLToPath(new URL('../../src/gateway/test-connections.ts', import.meta.url));
const KNOWN = 'svarer og kender os';

interface Answered {
  readonly exitCode: number;
  readonly lines: readonly string[];
  readonly stderr: string;
}

describe('npm run connections', () => {
  let folder: string;
  let world: OutsideWorld;
  let organisationsFile: string;
  let settings: Readonly<Record<string, string>>;

  before(async () => {
    folder = await temporaryFolder();
    world = await openOutsideWorld(folder);
    organisationsFile = path.join(folder, 'organisations.json');
    await writeOrganisationsFile(organisationsFile, world.certificates);
    const secretKeysFile = path.join(folder, 'secret-keys');
    await writeSecretKeysFile(secretKeysFile);
    const { adjustable, tied } = gatewaySettings({
      databaseUrl: 'postgres://nobody@localhost:1/none', organisationsFile, secretKeysFile, certificates: world.certificates, smtpPort: 0,
      relayPort: world.exchange.smtpPort, networkPorts: world.networks.ports,
      registerPorts: world.registers.ports, entra: world.entra, publicUrl: 'http://localhost:1',
    });
    settings = { ...adjustable, ...tied, MITDK_CALL_TIMEOUT_MS: '3000' };
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await removeFolder(folder);
  });

  const run = (env: Readonly<Record<string, string>> = {}): Promise<Answered> =>
    new Promise((resolve) => {
      const all = { PATH: process.env['PATH'], ...settings, ...env };
      const child = execFile(process.execPath, [COMMAND], { env: all, timeout: 30_000 }, (_error, stdout, stderr) =>
        resolve({ exitCode: child.exitCode ?? -1, lines: stdout.split('\n').filter(Boolean), stderr }));
    });

  /** Runs with one thing changed in what Eksempel Kommune logs on to mit.dk with. */
  const runWith = async (change: (organisation: OrganisationEntry) => object): Promise<Answered> => {
    const { organisations } = JSON.parse(await readFile(organisationsFile, 'utf8')) as { organisations: OrganisationEntry[] };
    const file = path.join(folder, 'changed.json');
    const [first, ...others] = organisations;
    assert.ok(first);
    await writeFile(file, JSON.stringify({ organisations: [{ ...first, ...change(first) }, ...others] }));
    return await run({ ORGANISATIONS_FILE: file });
  };

  /** The line about mit.dk and Eksempel Kommune; everything else must be as it was. */
  const onlyFault = ({ exitCode, lines }: Answered): string => {
    assert.equal(exitCode, 1);
    const faults = lines.filter((line) => !line.endsWith(KNOWN));
    assert.equal(faults.length, 1, lines.join('\n'));
    const [fault = ''] = faults;
    assert.ok(fault.startsWith('mit.dk, Eksempel Kommune (35833684): '), fault);
    return fault;
  };

  const mitdkFaults = ({ exitCode, lines }: Answered): readonly string[] => {
    assert.equal(exitCode, 1);
    assert.ok(lines.filter((line) => !line.startsWith('mit.dk')).every((line) => line.endsWith(KNOWN)), lines.join('\n'));
    return lines.filter((line) => line.startsWith('mit.dk'));
  };

  it('says for each organisation and network, and for Exchange, that it answers and knows us', async () => {
    const { exitCode, lines } = await run();
    assert.deepEqual(lines, [
      ...['Digital Post', 'mit.dk', 'e-Boks'].flatMap((name) => [
        `${name}, Eksempel Kommune (35833684): ${KNOWN}`,
        `${name}, Nabo Kommune (97281536): ${KNOWN}`,
      ]),
      `Kontaktregistret hos Digital Post, Eksempel Kommune (35833684): ${KNOWN}`,
      `Kontaktregistret hos Digital Post, Nabo Kommune (97281536): ${KNOWN}`,
      `CPR (Datafordeleren), Eksempel Kommune (35833684): ${KNOWN}`,
      `CPR (Datafordeleren), Nabo Kommune (97281536): Adgang som offentlig afsender: denne adgang giver aldrig navnet på en person med navne- og adressebeskyttelse; ${KNOWN}`,
      `CVR (Virk), Eksempel Kommune (35833684): ${KNOWN}`,
      `CVR (Datafordeleren), Nabo Kommune (97281536): ${KNOWN}`,
      `Gruppen af sikre postkasser i Microsoft Graph, Eksempel Kommune (35833684): ${KNOWN}`,
      `Logon med Microsoft Entra: ${KNOWN}`,
      `Exchange, 127.0.0.1:${world.exchange.smtpPort}: ${KNOWN}`,
    ]);
    assert.equal(exitCode, 0);
  });

  it('tells a wrong key from a certificate that is another system’s', async () => {
    assert.match(onlyFault(await runWith(({ mitdk }) => ({ mitdk: { ...mitdk, apiKey: 'forkert' } }))), /kender ikke systemId og apiKey \(401\)/);
    const other = world.certificates.organisations.get('97281536');
    assert.match(onlyFault(await runWith(({ mitdk }) => ({ mitdk: { ...mitdk, ...other } }))), /\(403\)/);
  });

  it('says that our certificate is refused, cannot be read, or does not fit its key', async () => {
    const strange = await openCertificates(path.join(folder, 'strange'), ['35833684']);
    const files = strange.organisations.get('35833684');
    assert.match(onlyFault(await runWith(({ mitdk }) => ({ mitdk: { ...mitdk, ...files } }))), /certifikat/);
    assert.match(onlyFault(await runWith(({ mitdk }) => ({ mitdk: { ...mitdk, keyFile: files?.keyFile } }))), /hører ikke sammen/);
    const absent = path.join(folder, 'absent.pem');
    assert.match(onlyFault(await runWith(({ mitdk }) => ({ mitdk: { ...mitdk, certificateFile: absent } }))), /kan ikke læses/);
    assert.match(onlyFault(await runWith(({ mitdk }) => ({ mitdk: { ...mitdk, certificateFile: organisationsFile } }))), /ikke PEM/);
  });

  it('says that a network shows a certificate of nobody we trust', async () => {
    const strange = await openCertificates(path.join(folder, 'strange-authority'), []);
    for (const line of mitdkFaults(await run({ MITDK_CA_FILE: strange.authorityFile }))) assert.match(line, /MITDK_CA_FILE/);
  });

  it('says that nobody answers there, that the path is wrong, or that no TLS is spoken', async () => {
    const { mitdk } = world.networks.ports;
    const closed = await closedPort();
    const wrong: readonly (readonly [string, RegExp])[] = [
      [`https://localhost:${closed}/apis/v1/`, /ingen svarer dér.*MITDK_URL/],
      [`https://localhost:${mitdk}/apis/v1`, /ikke på den adresse \(404\).*slutter med \//],
      [`https://localhost:${world.exchange.smtpPort}/`, /ikke TLS/],
    ];
    for (const [url, words] of wrong) {
      for (const line of mitdkFaults(await run({ MITDK_URL: url }))) assert.match(line, words, url);
    }
  });

  it('says what is missing where mailboxes may use a network that is not set up', async () => {
    assert.match(onlyFault(await runWith(() => ({ mitdk: null }))), /ORGANISATIONS_FILE/);
    for (const line of mitdkFaults(await run({ MITDK_URL: '' }))) assert.match(line, /MITDK_URL er tom/);
  });

  it('says what is wrong with log-on, the group and the registers, each by itself', async () => {
    const closed = `http://localhost:${await closedPort()}`;
    const wrong: readonly (readonly [Readonly<Record<string, string>>, RegExp])[] = [
      [{ ENTRA_AUDIENCE: '' }, /^Logon med Microsoft Entra: ENTRA_AUDIENCE er tom/],
      [{ GRAPH_URL: closed }, /^Gruppen af sikre postkasser i Microsoft Graph, Eksempel Kommune \(35833684\): .*GRAPH_URL/],
      [{ VIRK_URL: closed }, /^CVR \(Virk\), Eksempel Kommune \(35833684\): .*VIRK_URL/],
    ];
    for (const [env, words] of wrong) {
      const { exitCode, lines } = await run(env);
      assert.equal(exitCode, 1);
      const faults = lines.filter((line) => !line.endsWith(KNOWN));
      assert.equal(faults.length, 1, faults.join('\n'));
      assert.match(faults[0] ?? '', words);
    }
    const tenantless = await runWith(() => ({ entraTenants: [] }));
    assert.deepEqual(tenantless.lines.filter((line) => !line.endsWith(KNOWN)).map((line) => line.split(':')[0]), ['Logon med Microsoft Entra, Eksempel Kommune (35833684)']);
  });

  it('says that Exchange offers no STARTTLS, or does not answer', async () => {
    const plain = await run({ RELAY_TLS: 'required' });
    assert.equal(plain.exitCode, 1);
    assert.match(plain.lines.at(-1) ?? '', /^Exchange, .*STARTTLS/);
    const absent = await run({ RELAY_PORT: String(await closedPort()) });
    assert.equal(absent.exitCode, 1);
    assert.match(absent.lines.at(-1) ?? '', /^Exchange, .*ingen svarer dér/);
  });

  it('says what is missing in the settings instead of testing half of them', async () => {
    const { exitCode, lines, stderr } = await run({ RELAY_HOST: '' });
    assert.deepEqual([exitCode, lines], [1, []]);
    assert.match(stderr, /RELAY_HOST mangler/);
  });
});

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

import 'reflect-metadata';
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as x509 from '@peculiar/x509';
import { openGraphGroups, type GraphGroups, type GroupReading } from '../../../src/gateway/lookup/graph-group.ts';
import { mailboxGroupSchema } from '../../../src/gateway/settings/lookup-settings.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { openCertificates, type Certificates } from '../../../src/sandbox/certificates.ts';
import { openEntra, type Entra } from '../../../src/sandbox/entra/entra.ts';
import { MAILBOX_GROUP } from '../../../src/sandbox/graph/graph-groups.ts';
import { EKSEMPEL_TENANT, GRAPH_APP_ID, GRAPH_APP_SECRET, NABO_TENANT } from '../../../src/sandbox/people.ts';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';

const CERTIFICATE_APP = '6f2d3c9a-51b7-4c0e-8a64-1c5a3b7e1099';
const MEMBERS = ['sikkerpost@kommune.example', 'jobcenter@kommune.example'];

describe('a group in Exchange, by Microsoft Graph', () => {
  let folder: string;
  let entra: Entra;
  let certificates: Certificates;
  let groups: GraphGroups;
  let clockMs = Date.now();
  const inFolder = (name: string) => path.join(folder, name);
  const settings = (more: Readonly<Record<string, string>> = {}) =>
    settingsSchema.parse({
      DATABASE_URL: '-', ORGANISATIONS_FILE: '-', ENTRA_URL: entra.authority, GRAPH_URL: entra.graphUrl,
      ENTRA_CA_FILE: certificates.authorityFile, REGISTER_CALL_TIMEOUT_MS: '800', REGISTER_RETRIES: '0', ...more,
    });
  const wanted = (more: object = {}) =>
    mailboxGroupSchema.parse({ tenant: EKSEMPEL_TENANT, client: { clientId: GRAPH_APP_ID, secretFile: inFolder('secret') }, group: MAILBOX_GROUP.mail, ...more });
  const read = (more: object = {}): Promise<GroupReading> => groups.read(wanted(more));

  before(async () => {
    folder = await temporaryFolder();
    certificates = await openCertificates(inFolder('certificates'), []);
    await writeFile(inFolder('secret'), `${GRAPH_APP_SECRET}\n`);
    await writeFile(inFolder('wrong-secret'), 'forkert');
    const certificate = await writeRsaCertificate(inFolder('app.pem'), inFolder('app.key'));
    await writeRsaCertificate(inFolder('other.pem'), inFolder('other.key'));
    entra = await openEntra({ certificates, dataDir: folder, apps: [{ clientId: CERTIFICATE_APP, secret: null, certificate }] });
    groups = openGraphGroups(settings(), () => new Date(clockMs));
  });
  after(async () => {
    await groups.close();
    await entra.close();
    await removeFolder(folder);
  });
  const reset = () => {
    entra.groups.setMembers({ members: MEMBERS });
    entra.groups.setFault({ mode: 'none' });
  };

  it('is read by its mail address, in whatever letters, or its object id', async () => {
    reset();
    for (const group of [MAILBOX_GROUP.mail, MAILBOX_GROUP.mail.toUpperCase(), MAILBOX_GROUP.id]) {
      assert.deepEqual(addressesIn(await read({ group })), MEMBERS);
    }
  });

  it('is read page by page to its end', async () => {
    const many = Array.from({ length: 450 }, (_, n) => `postkasse-${n}@kommune.example`);
    entra.groups.setMembers({ members: many });
    assert.deepEqual(addressesIn(await read()), many);
  });

  it('that came only in part is no list', async () => {
    reset();
    entra.groups.setFault({ mode: 'partial-page' });
    assert.match(reasonOf(await read()), /Microsoft Graph/);
  });

  it('is never read as empty', async () => {
    entra.groups.setMembers({ members: [] });
    assert.match(reasonOf(await read()), /ingen postkasser/);
  });

  it('that there is not is told as such', async () => {
    reset();
    assert.match(reasonOf(await read({ group: "o'hara@kommune.example" })), /findes ikke/);
    assert.match(reasonOf(await read({ group: '7a1e4b52-0d3f-4f6a-b1c2-1c5a3b7e2fff' })), /findes ikke/);
  });

  it('of another tenant cannot be read', async () => {
    reset();
    assert.match(reasonOf(await read({ tenant: NABO_TENANT })), /nægter adgang/);
  });

  it('is not read with a wrong secret, or none; what Entra calls it is told', async () => {
    reset();
    const fresh = openGraphGroups(settings(), () => new Date(clockMs));
    const withSecret = (secretFile: string) => fresh.read(wanted({ client: { clientId: GRAPH_APP_ID, secretFile } }));
    assert.match(reasonOf(await withSecret(inFolder('wrong-secret'))), /AADSTS7000/);
    assert.match(reasonOf(await withSecret(inFolder('nowhere'))), /kan ikke læses/);
    assert.deepEqual(addressesIn(await withSecret(inFolder('secret'))), MEMBERS);
    await fresh.close();
  });

  it('is read by an app that logs on with a certificate, and by nobody with another', async () => {
    reset();
    const client = { clientId: CERTIFICATE_APP, certificateFile: inFolder('app.pem'), keyFile: inFolder('app.key') };
    assert.match(reasonOf(await read({ client: { ...client, certificateFile: inFolder('other.pem'), keyFile: inFolder('other.key') } })), /AADSTS/);
    assert.match(reasonOf(await read({ client: { ...client, certificateFile: inFolder('other.pem') } })), /AADSTS/);
    assert.match(reasonOf(await read({ client: { ...client, certificateFile: inFolder('secret') } })), /ikke PEM/);
    const { certificateFile, keyFile } = certificates.network;
    assert.equal((await read({ client: { ...client, certificateFile, keyFile } })).kind, 'failed', 'an elliptic key');
    assert.deepEqual(addressesIn(await read({ client })), MEMBERS);
  });

  it('is left alone for as long as Graph asks', async () => {
    reset();
    entra.groups.setFault({ mode: 'status', status: 429, retryAfterS: 20, count: 1 });
    assert.match(reasonOf(await read()), /pause/);
    clockMs += 19_000;
    assert.match(reasonOf(await read()), /pause/);
    clockMs += 2_000;
    assert.deepEqual(addressesIn(await read()), MEMBERS);
  });

  it('is not there while Graph answers nothing, or that it cannot', async () => {
    reset();
    entra.groups.setFault({ mode: 'timeout' });
    assert.match(reasonOf(await read()), /ikke i tide/);
    entra.groups.setFault({ mode: 'status', status: 500 });
    assert.match(reasonOf(await read()), /har en fejl/);
    reset();
    assert.deepEqual(addressesIn(await read()), MEMBERS);
  });

  it('is read with a new token where Graph refuses the old one', async () => {
    reset();
    entra.groups.setFault({ mode: 'status', status: 401, count: 1 });
    assert.deepEqual(addressesIn(await read()), MEMBERS);
  });

  it('takes no token along to a page on another host', async () => {
    let stolen = 0;
    const thief = createServer((_request, reply) => {
      stolen += 1;
      reply.end('{}');
    });
    await new Promise<void>((resolve) => void thief.listen(0, '127.0.0.1', resolve));
    const evil = `http://127.0.0.1:${(thief.address() as AddressInfo).port}/v1.0/next`;
    const graph = createServer((_request, reply) => void reply.end(JSON.stringify({ value: [{ mail: 'a@kommune.example' }], '@odata.nextLink': evil })));
    await new Promise<void>((resolve) => void graph.listen(0, '127.0.0.1', resolve));
    const led = openGraphGroups(settings({ GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/v1.0` }), () => new Date(clockMs));
    assert.match(reasonOf(await led.read(wanted({ group: MAILBOX_GROUP.id }))), /kan ikke læses/);
    assert.equal(stolen, 0);
    await led.close();
    for (const server of [thief, graph]) server.close();
  });

  it('holds no guests, no members without a mailbox, and every address of the others', async () => {
    const value = [
      { mail: 'Hoved@kommune.example', displayName: 'Hoved', userType: 'Member', proxyAddresses: ['SMTP:Hoved@kommune.example', 'smtp:Alias@kommune.example', 'x500:/o=x'] },
      { mail: 'gaest@andre.example', userType: 'Guest' },
      { mail: null, displayName: 'uden' },
    ];
    const graph = createServer((_request, reply) => void reply.end(JSON.stringify({ value })));
    await new Promise<void>((resolve) => void graph.listen(0, '127.0.0.1', resolve));
    const led = openGraphGroups(settings({ GRAPH_URL: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/v1.0/` }), () => new Date(clockMs));
    assert.deepEqual(await led.read(wanted({ group: MAILBOX_GROUP.id })), {
      kind: 'members', members: [{ address: 'hoved@kommune.example', name: 'Hoved', aliases: ['alias@kommune.example'] }],
    });
    await led.close();
    graph.close();
  });
});

function addressesIn(reading: GroupReading): readonly string[] {
  assert.ok(reading.kind === 'members', JSON.stringify(reading));
  return reading.members.map(({ address }) => address);
}

function reasonOf(reading: GroupReading): string {
  assert.ok(reading.kind === 'failed', 'it was read');
  assert.doesNotMatch(reading.reason, new RegExp(`${GRAPH_APP_SECRET}|eyJ`), 'no secret in a reason');
  return reading.reason;
}

/** An RSA key and a certificate for it, in files; the certificate as PEM. */
async function writeRsaCertificate(certificateFile: string, keyFile: string): Promise<string> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]) };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({ name: 'CN=app', keys, signingAlgorithm: algorithm });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  await writeFile(certificateFile, certificate.toString('pem'));
  await writeFile(keyFile, `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`);
  return certificate.toString('pem');
}

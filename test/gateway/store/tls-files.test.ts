import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openPushDoor } from '../../../src/gateway/channels/ngdp/push-door.ts';
import { openTlsFiles } from '../../../src/gateway/store/tls-files.ts';
import type { CertificateFiles } from '../../../src/sandbox/certificates.ts';
import { openTestCertificates, type TestCertificates } from '../test-certificates.ts';

describe('certificate and key in files', () => {
  let folder: string;
  let made: TestCertificates;
  let used: CertificateFiles;
  let next: CertificateFiles;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'postbro-tls-'));
    made = await openTestCertificates(folder);
    [used, next] = await Promise.all([made.issue('brugt'), made.issue('næste')]);
  });
  after(() => rm(folder, { recursive: true }));

  it('are taken into use when both are new and belong together, and not before', async () => {
    const first = await made.issue('første');
    const files = openTlsFiles({ ...first, caFile: made.authorityFile });
    const cert = await readFile(first.certificateFile);
    assert.equal(await files.look(), 'same');
    await copyFile(next.certificateFile, first.certificateFile);
    assert.equal(await files.look(), 'unfit');
    await writeFile(first.certificateFile, cert.subarray(0, 100));
    assert.equal(await files.look(), 'unfit');
    await rm(first.certificateFile);
    assert.equal(await files.look(), 'unfit');
    assert.deepEqual(files.material.cert, cert);
    await copyFile(next.certificateFile, first.certificateFile);
    await copyFile(next.keyFile, first.keyFile);
    assert.equal(await files.look(), 'new');
    assert.deepEqual(files.material.cert, await readFile(next.certificateFile));
    assert.equal(await files.look(), 'same');
  });

  it('of the door for receipts are shown to the next that calls', async () => {
    const door = await openPushDoor({
      NGDP_PUSH_HOST: '127.0.0.1', NGDP_PUSH_PORT: 0, NGDP_PUSH_CERTIFICATE_FILE: used.certificateFile, NGDP_PUSH_KEY_FILE: used.keyFile,
      NGDP_PUSH_CLIENT_CA_FILE: made.authorityFile,
    }, () => Promise.resolve());
    const client = await made.issue('ngdp-klient');
    const [cert, key, ca] = await Promise.all([client.certificateFile, client.keyFile, made.authorityFile].map((file) => readFile(file, 'utf8')));
    const shown = () => new Promise<string>((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: door.port, path: '/', agent: false, cert, key, ca });
      call.on('socket', (socket) => socket.on('secureConnect', () =>
        resolve(String((socket as unknown as { getPeerCertificate(): { subject: { CN: string } } }).getPeerCertificate().subject.CN))));
      call.on('response', (response) => response.resume());
      call.on('error', reject);
      call.end();
    });
    assert.equal(await shown(), 'brugt');
    await copyFile(next.certificateFile, used.certificateFile);
    await copyFile(next.keyFile, used.keyFile);
    assert.equal(await door.renew(), 'new');
    assert.equal(await shown(), 'næste');
    await door.close();
  });
});

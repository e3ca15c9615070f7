import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { openOrganisationSigner } from '../../../src/gateway/channels/organisation-signer.ts';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';

const run = promisify(execFile);

describe('the signature of an organisation', () => {
  let folder: string;
  before(async () => {
    folder = await temporaryFolder();
  });
  after(() => removeFolder(folder));

  const files = (name: string) => ({ certificateFile: path.join(folder, `${name}.pem`), keyFile: path.join(folder, `${name}.key`) });
  const make = async (name: string, key: readonly string[]): Promise<boolean> => {
    const { certificateFile, keyFile } = files(name);
    const options = ['req', '-x509', '-newkey', ...key, '-nodes', '-keyout', keyFile, '-out', certificateFile, '-subj', `/CN=${name}`, '-days', '2'];
    return await run('openssl', options).then(() => true, () => false);
  };

  for (const [name, key] of [['rsa', ['rsa:2048']], ['ecdsa', ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']]] as const) {
    it(`with ${name} is one that openssl verifies, and that of other bytes is not`, async (context) => {
      if (!(await make(name, key))) return context.skip('openssl is not installed');
      const signer = openOrganisationSigner(files(name));
      assert.equal(signer.subject, `CN=${name}`);
      await writeFile(path.join(folder, 'sums'), 'kontroltal');
      await writeFile(path.join(folder, 'other'), 'kontrolta1');
      await writeFile(path.join(folder, 'sums.sig'), signer.sign(Buffer.from('kontroltal')));
      await writeFile(path.join(folder, 'own.pem'), signer.certificatesPem);
      await writeFile(path.join(folder, 'public.pem'), (await run('openssl', ['x509', '-in', 'own.pem', '-noout', '-pubkey'], { cwd: folder })).stdout);
      const verify = (file: string) => run('openssl', ['dgst', '-sha256', '-verify', 'public.pem', '-signature', 'sums.sig', file], { cwd: folder });
      assert.match((await verify('sums')).stdout, /Verified OK/);
      await assert.rejects(verify('other'));
    });
  }

  it('never gives the private key away, also where it lies in the certificate’s file', async (context) => {
    if (!(await make('together', ['rsa:2048']))) return context.skip('openssl is not installed');
    const { certificateFile, keyFile } = files('together');
    await writeFile(certificateFile, `${await readFile(keyFile, 'utf8')}${await readFile(certificateFile, 'utf8')}`);
    assert.doesNotMatch(openOrganisationSigner({ certificateFile, keyFile }).certificatesPem, /PRIVATE/);
  });

  it('is refused where key and certificate do not belong together, or there is no certificate', async (context) => {
    if (!(await make('one', ['rsa:2048'])) || !(await make('two', ['rsa:2048']))) return context.skip('openssl is not installed');
    assert.throws(() => openOrganisationSigner({ ...files('one'), keyFile: files('two').keyFile }), /hører ikke sammen/);
    assert.throws(() => openOrganisationSigner({ ...files('one'), certificateFile: files('one').keyFile }), /intet certifikat/);
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';
import { until } from '../../sandbox/eventually.ts';
import { basic } from '../api/api-in-process.ts';
import { GatewayInWorld } from '../gateway-in-world.ts';

const run = promisify(execFile);
const PATIENCE_MS = 30_000;
const PROGRAM = basic('fagsystem', 'kun-til-oevelse');
const NABO = basic('nabo-fagsystem', 'kun-til-oevelse-3');
const NANCY = '2512489996';
const TOVE = '1509819996';
const CVR = '35833684';
const MASS = ['2512489996', '2911829996', '0107729995', '0101011001', '0101011002', '0101011003'];

interface Course {
  readonly deliveries: readonly {
    readonly position: number; readonly status: string; readonly messageUUID: string; readonly address: string;
    readonly arrived: string; readonly sha256WhenHandedOver: string | null; readonly message: { readonly path: string; readonly bytes: number; readonly sha256: string } | null; readonly receipts: string | null;
  }[];
}

describe('a proof of delivery', () => {
  let world: GatewayInWorld;
  let folder: string;
  let single: string;
  let mass: string;

  before(async () => {
    folder = await temporaryFolder();
    world = await GatewayInWorld.start({ env: { HOLD_SINGLE_MS: '0', HOLD_MASS_MS: '0', MASS_CONTAINER_RECIPIENTS_MIN: '3', PROOF_RECIPIENTS_MAX: '5' } });
    const attachment = { filename: 'bilag.txt', contentType: 'text/plain', contentBase64: Buffer.from('æøå '.repeat(300_000)).toString('base64') };
    single = await sent('/api/messages', {
      from: 'sikkerpost@kommune.example', subject: 'Afgørelse', text: 'Kære borger', attachments: [attachment],
      to: [`${NANCY}-reply@${CVR}.ngdp.digital-post.dk`, `${TOVE}@${CVR}.ngdp.digital-post.dk`],
    });
    mass = await sent('/api/mass-sends', { from: 'sikkerpost@kommune.example', sender: CVR, recipients: MASS, subject: 'Til flere', text: 'Kære alle' });
    await until(async () => (await world.number(`select count(*) from submission where state = 'expanded' and open_deliveries = 0`)) === 2, PATIENCE_MS, 'both are done');
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await removeFolder(folder);
  });

  const call = (at: string, authorization = PROGRAM, body: unknown = null) =>
    fetch(`http://127.0.0.1:${world.gateway?.httpPort}${at}`, {
      headers: { authorization, ...(body !== null && { 'content-type': 'application/json' }) },
      ...(body !== null && { method: 'POST', body: JSON.stringify(body) }),
    });
  const sent = async (at: string, body: object): Promise<string> => {
    const answer = await call(at, PROGRAM, body);
    assert.equal(answer.status, 202);
    return String(((await answer.json()) as { href: string }).href);
  };
  const proofOf = async (href: string, query = ''): Promise<ReadonlyMap<string, Buffer>> => {
    const answer = await call(`${href}/proof${query}`);
    assert.equal(answer.status, 200, await (answer.ok ? '' : answer.text()));
    assert.equal(answer.headers.get('content-type'), 'application/zip');
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="bevis-s\d+(-\d+)?\.zip"$/);
    return filesIn(Buffer.from(await answer.arrayBuffer()));
  };
  const arrived = async (messageUUID: string): Promise<Buffer> => {
    const message = await world.ngdp.messages.find('ngdp', messageUUID);
    assert.ok(message, messageUUID);
    const pieces: Uint8Array[] = [];
    for await (const piece of world.ngdp.bodies.read(message.body)) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const courseIn = (files: ReadonlyMap<string, Buffer>) => JSON.parse(files.get('forloeb.json')?.toString() ?? '') as Course;
  const problem = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as { code: string; detail: string }) });

  it('holds the messages byte for byte as the network got them, their receipts, and what happened', async () => {
    const files = await proofOf(single);
    const { deliveries } = courseIn(files);
    assert.deepEqual(deliveries.map(({ address, status }) => `${address.slice(0, 10)} ${status}`), [`${NANCY} completed`, `${TOVE} refused`]);
    for (const { messageUUID, message, receipts } of deliveries) {
      assert.ok(message && receipts, messageUUID);
      const bytes = fileIn(files, message.path);
      assert.ok(bytes.equals(await arrived(messageUUID)), messageUUID);
      assert.deepEqual([message.bytes, message.sha256], [bytes.length, createHash('sha256').update(bytes).digest('hex')]);
      const told = JSON.parse(fileIn(files, receipts).toString()) as readonly { messageUUID: string; receivedAt: string }[];
      assert.deepEqual(told.map((receipt) => [receipt.messageUUID, Number.isNaN(Date.parse(receipt.receivedAt))]), [[messageUUID, false]]);
    }
    // Kept when they were handed over, and held against what is written again.
    assert.deepEqual(deliveries.map((one) => [one.arrived, one.sha256WhenHandedOver === one.message?.sha256]), [['yes', true], ['yes', true]]);
    assert.doesNotMatch(files.get('LAES-MIG.txt')?.toString() ?? '', /dannet igen|uvist/);
    assert.deepEqual([...files.keys()].slice(0, 2), ['LAES-MIG.txt', 'certifikat.pem']);
    assert.doesNotMatch(files.get('certifikat.pem')?.toString() ?? '', /PRIVATE KEY/);
  });

  it('holds one message of a mass send, as it was in its container, and asks which where there are many', async () => {
    const files = await proofOf(mass, '?position=2');
    const [delivery, ...others] = courseIn(files).deliveries;
    assert.deepEqual([delivery?.position, others.length], [2, 0]);
    assert.ok(files.get(delivery?.message?.path ?? '')?.equals(await arrived(delivery?.messageUUID ?? '')));
    assert.equal(delivery?.sha256WhenHandedOver, null);
    assert.match(files.get('LAES-MIG.txt')?.toString() ?? '', /gik i en pakke med flere[^]*dannet igen\s+af de gemte dele/);
    const many = await problem(await call(`${mass}/proof`));
    assert.deepEqual([many.status, many.code], [400, 'request-invalid']);
    assert.match(many.detail, /flere end 5/);
    assert.equal((await call(`${mass}/proof?position=99`)).status, 400);
  });

  it('has a draft of what to do where it went to the wrong one: who has it and when, the message to be made unreadable, what must be notified', async () => {
    const files = await proofOf(single, '?misdelivered=true');
    const [nancy] = courseIn(files).deliveries;
    const draft = fileIn(files, 'fejlforsendelse.txt').toString();
    assert.match(draft, new RegExp(`1\\. ${NANCY}, Digital Post, leveret .*, besked-id ${nancy?.messageUUID ?? ''}`));
    assert.match(draft, new RegExp(`2\\. ${TOVE}, Digital Post, ikke leveret`));
    assert.match(draft, /heraf 1, der har fået eller kan have fået den/);
    const request = /2\. UDKAST TIL ANMODNING[^]*?3\. UDKAST/.exec(draft)?.[0] ?? '';
    assert.match(request, new RegExp(`besked-id ${nancy?.messageUUID ?? ''}, modtager ${NANCY}`));
    assert.doesNotMatch(request, new RegExp(TOVE));
    for (const words of ['72 timer', 'artikel 33, stk. 3', 'artikel 34', '»Afgørelse«', '»bilag.txt«', 'sikkerpost@kommune.example']) assert.ok(draft.includes(words), words);
    assert.match(fileIn(files, 'SHA256SUMS').toString(), /fejlforsendelse\.txt/);
    assert.equal((await proofOf(single)).has('fejlforsendelse.txt'), false);
  });

  it('is checked with openssl and sha256sum alone, and a changed byte is found', async (context) => {
    if (!(await hasTools(context))) return;
    const place = path.join(folder, 'bevis');
    await unpack(await proofOf(single), place);
    const check = async () => {
      await run('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: place });
      const { stdout } = await run('openssl', ['x509', '-in', 'certifikat.pem', '-noout', '-pubkey'], { cwd: place });
      await writeFile(path.join(place, '../noegle.pem'), stdout);
      return (await run('openssl', ['dgst', '-sha256', '-verify', '../noegle.pem', '-signature', 'SHA256SUMS.sig', 'SHA256SUMS'], { cwd: place })).stdout;
    };
    assert.match(await check(), /Verified OK/);
    const listed = (await readFile(path.join(place, 'SHA256SUMS'), 'utf8')).split('\n').filter(Boolean).map((line) => line.slice(66));
    const present = (await readdir(place, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).length;
    assert.equal(listed.length, present - 2, 'every file but the checksums and their signature is summed');
    for (const name of [...listed, 'SHA256SUMS']) {
      const file = path.join(place, name);
      const right = await readFile(file);
      const wrong = Buffer.from(right);
      wrong[wrong.length >> 1] = (wrong[wrong.length >> 1] ?? 0) ^ 1;
      await writeFile(file, wrong);
      await assert.rejects(check(), name);
      await writeFile(file, right);
    }
    assert.match(await check(), /Verified OK/);
    const { authorityFile } = world.certificates;
    const { stdout } = await run('openssl', ['verify', '-CAfile', authorityFile, '-untrusted', 'certifikat.pem', 'certifikat.pem'], { cwd: place });
    assert.match(stdout, /OK/);
  });

  it('is unpacked by unzip without complaint', async (context) => {
    const tool = await run('unzip', ['-v']).then(() => true, () => false);
    if (!tool) return context.skip('unzip is not installed');
    const file = path.join(folder, 'bevis.zip');
    await writeFile(file, Buffer.from(await (await call(`${single}/proof`)).arrayBuffer()));
    assert.match((await run('unzip', ['-t', file])).stdout, /No errors detected/);
  });

  it('is kept in the audit for each recipient in it, with what it is for, and no number in that', async () => {
    const before = await world.number(`select count(*) from audit where action = 'proof' and outcome = 'done'`);
    await proofOf(single, `?purpose=${encodeURIComponent('Klagesag 7 om 251248-9996')}`);
    assert.equal(await world.number(`select count(*) from audit where action = 'proof' and outcome = 'done' and subject_hash is not null`), before + 2);
    const { rows } = await world.database.query<{ purpose: string }>(`select distinct purpose from audit where action = 'proof' and purpose is not null`);
    assert.deepEqual([rows.length, /^Klagesag 7 om /.test(rows[0]?.purpose ?? ''), /9996/.test(rows[0]?.purpose ?? '')], [1, true, false]);
    assert.equal((await call(`${single}/proof?purpose=${'x'.repeat(201)}`)).status, 400);
  });

  it('shows apart what may never have arrived, and nothing of what never left', async () => {
    const { rows: [row] } = await world.database.query<{ row: object }>('select to_jsonb(d) as row from delivery d where submission_id = $1 and address like $2', [idOf(single), `${NANCY}%`]);
    const change = async (status: string) => await world.database.query(
      `update delivery set status = $2, handed_over_at = null, due_at = 'infinity' where submission_id = $1 and address like $3`, [idOf(single), status, `${NANCY}%`]);
    try {
      for (const status of ['unknown', 'sending', 'expired', 'waiting', 'stopped', 'parked']) {
        await change(status);
        const files = await proofOf(single);
        const [delivery] = courseIn(files).deliveries;
        const mayHaveArrived = ['unknown', 'sending', 'expired'].includes(status);
        assert.deepEqual([status, delivery?.arrived, delivery?.message?.path.split('/')[0]], [status, mayHaveArrived ? 'unknown' : 'no', mayHaveArrived ? 'uvist' : undefined]);
        assert.deepEqual([...files.keys()].filter((name) => name.startsWith('meddelelser/')).length, 1);
        assert.equal(/uvist\/ +beskeder, som vi ikke ved, om kom frem/.test(files.get('LAES-MIG.txt')?.toString() ?? ''), mayHaveArrived);
      }
    } finally {
      const { status, handed_over_at: handedOverAt, due_at: dueAt } = row?.row as Record<string, unknown>;
      await world.database.query('update delivery set status = $2, handed_over_at = $3, due_at = $4 where submission_id = $1 and address like $5', [idOf(single), status, handedOverAt, dueAt, `${NANCY}%`]);
    }
  });

  it('is never made of another message than the one that was handed over', async () => {
    const label = async (text: string) => await world.database.query(`update submission set letter = jsonb_set(letter, '{label}', $2) where id = $1`, [idOf(single), JSON.stringify(text)]);
    await label('Noget andet');
    try {
      const refused = await problem(await call(`${single}/proof`));
      assert.deepEqual([refused.status, refused.code], [500, 'cannot-be-proven']);
      assert.equal(await world.number(`select count(*) from audit where action = 'proof' and outcome = 'cannot-be-proven'`), 2);
    } finally {
      await label('Afgørelse');
    }
    await proofOf(single);
  });

  it('is for those alone who may see the mail', async () => {
    assert.equal((await problem(await call(`${single}/proof`, NABO))).code, 'not-found');
  });

  it('is not made of a mail that was not sent', async () => {
    const refused = await sent('/api/messages', {
      from: 'sikkerpost@kommune.example', subject: 'Spil', text: 'x', to: [`${NANCY}@${CVR}.ngdp.digital-post.dk`],
      attachments: [{ filename: 'spil.exe', contentBase64: Buffer.from('MZ').toString('base64') }],
    });
    await until(async () => (await world.number(`select count(*) from submission where state = 'refused'`)) === 1, PATIENCE_MS, 'it is refused');
    assert.equal((await problem(await call(`${refused}/proof`))).code, 'state-conflict');
  });

  it('of a mail whose content was deleted by age has what is left: times, receipts, checksums', async () => {
    const { deliveries: before } = courseIn(await proofOf(single));
    await world.database.query(`update submission set content_deleted_at = now(), subject = null, letter = letter || '{"label": "", "main": null}' where id = $1`, [idOf(single)]);
    const files = await proofOf(single);
    const { deliveries } = courseIn(files);
    assert.deepEqual([...files.keys()].filter((name) => /^(meddelelser|uvist)/.test(name)), []);
    assert.deepEqual(deliveries, before.map((one) => ({ ...one, message: null })));
    assert.ok(deliveries.every((one) => one.sha256WhenHandedOver !== null && files.has(one.receipts ?? '')));
    assert.match(files.get('LAES-MIG.txt')?.toString() ?? '', /brevet og filerne blev slettet \d{4}-[^]*kontroltallene fra afleveringen, er her stadig/);
  });
});

function idOf(href: string): number {
  return Number(/\d+$/.exec(href)?.[0]);
}

function fileIn(files: ReadonlyMap<string, Buffer>, name: string): Buffer {
  const file = files.get(name);
  assert.ok(file, name);
  return file;
}

async function hasTools(context: TestContext): Promise<boolean> {
  const found = await Promise.all([['openssl', 'version'], ['sha256sum', '--version']].map(([tool = '', option = '']) => run(tool, [option]).then(() => true, () => false)));
  if (found.every(Boolean)) return true;
  context.skip('openssl or sha256sum is not installed');
  return false;
}

async function unpack(files: ReadonlyMap<string, Buffer>, place: string): Promise<void> {
  for (const [name, bytes] of files) {
    await mkdir(path.dirname(path.join(place, name)), { recursive: true });
    await writeFile(path.join(place, name), bytes);
  }
}

/** The files of a zip, by its directory at the end (APPNOTE 4.3). */
function filesIn(zip: Buffer): ReadonlyMap<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  const files = new Map<string, Buffer>();
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, nameBytes, extraBytes, noteBytes] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(data, data + size);
    files.set(zip.toString('utf8', at + 46, at + 46 + nameBytes), method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + nameBytes + extraBytes + noteBytes;
  }
  return files;
}

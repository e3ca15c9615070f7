import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoContainerUnreadable, type ContainerUnreadableReason } from '../../src/memo/memo-container-unreadable.ts';
import { readMemoTar, type TarLimits } from '../../src/memo/read-memo-tar.ts';
import { writeMemoTar } from '../../src/memo/write-memo-tar.ts';
import { collectEntries, messageOf, uuidOf, type CollectedEntry } from './container-examples.ts';
import { collect, inChunks } from './memo-examples.ts';

const limits: TarLimits = { entriesMax: 100, entryBytesMax: 1_000_000, unpackedBytesMax: 10_000_000 };
const name = `${uuidOf(1)}.xml`;
const content = Buffer.from('<memo:Message/>');

const read = (tar: Uint8Array): Promise<readonly CollectedEntry[]> => collectEntries(readMemoTar(inChunks(tar, 700), limits));

const refuses = (tar: Uint8Array, reason: ContainerUnreadableReason, what?: string): Promise<void> =>
  assert.rejects(read(tar), (error) => error instanceof MemoContainerUnreadable && error.reason === reason, what);

describe('readMemoTar', () => {
  it('takes plain names, also with ./ before them', async () => {
    for (const plain of [name, `./${name}`, 'æøå.xml', 'a b', '..xml', 'x'.repeat(100)]) {
      const [entry] = await read(archive(header({ name: plain }), content));
      assert.equal(entry?.name, plain.replace('./', ''));
      assert.deepEqual(entry?.content, content);
    }
  });

  it('refuses names that lead somewhere', async () => {
    for (const led of ['../a.xml', '/etc/a.xml', 'a/b.xml', '..', '.', './', '', 'a\\b.xml', 'C:a.xml', 'a\nb.xml', './../a.xml']) {
      await refuses(archive(header({ name: led }), content), 'entry', JSON.stringify(led));
    }
    await refuses(archive(header({ prefix: 'mappe' }), content), 'entry');
  });

  it('refuses folders, links, devices and unknown kinds of entries', async () => {
    for (const type of '1234567SMVNZ') await refuses(archive(header({ type, bytes: 0 })), 'entry', type);
  });

  it('takes the type flag of the oldest tars', async () => {
    assert.equal((await read(archive(header({ type: '\0' }), content))).length, 1);
  });

  it('takes name and size from headers of pax, and passes over what else they say', async () => {
    const pax = paxRecords({ mtime: '1764000000.5', comment: 'æ=ø\nå', path: 'langt navn.xml', size: String(content.length) });
    const [entry] = await read(archive(
      header({ type: 'g', bytes: 0 }), header({ type: 'x', bytes: pax.length }), pax, header({ name: 'kort', bytes: 0 }), content,
    ));
    assert.deepEqual(entry, { name: 'langt navn.xml', bytes: content.length, content });
  });

  it('uses an extended header for the next entry only', async () => {
    const pax = paxRecords({ path: 'a.xml' });
    const entries = await read(archive(header({ type: 'x', bytes: pax.length }), pax, header({}), content, header({}), content));
    assert.deepEqual(entries.map((entry) => entry.name), ['a.xml', name]);
  });

  it('takes the long names of GNU tar', async () => {
    const long = Buffer.from(`${'n'.repeat(200)}.xml\0`);
    const link = header({ type: 'K', bytes: 3 });
    const [entry] = await read(archive(header({ type: 'L', bytes: long.length }), long, link, Buffer.from('xx\0'), header({}), content));
    assert.equal(entry?.name, `${'n'.repeat(200)}.xml`);
  });

  it('refuses names that lead somewhere in extended headers too, and names without end', async () => {
    const pax = paxRecords({ path: '../a.xml' });
    await refuses(archive(header({ type: 'x', bytes: pax.length }), pax, header({}), content), 'entry');
    const long = Buffer.alloc(300, 'n');
    await refuses(archive(header({ type: 'L', bytes: long.length }), long, header({}), content), 'entry');
    await refuses(archive(header({ type: 'x', bytes: 100_000 }), Buffer.alloc(100_000), header({}), content), 'limit');
  });

  it('refuses headers of pax that are none', async () => {
    for (const text of ['', '5 a=b', '7 a=b\n', '5 ab\n', '0 a=b\n', '99 a=b\n', 'x', '-6 a=b\n', '11 size=-1\n', '11 size=1e\n']) {
      const bytes = Buffer.from(text);
      const tar = archive(header({ type: 'x', bytes: bytes.length }), bytes, header({}), content);
      if (text === '') assert.equal((await read(tar)).length, 1);
      else await refuses(tar, 'tar', JSON.stringify(text));
    }
  });

  it('refuses a header with a wrong sum or no size', async () => {
    const damaged = header({});
    damaged[0] = 0x7a;
    await refuses(archive(damaged, content), 'tar');
    await refuses(archive(header({ size: 'x' })), 'tar');
    await refuses(archive(header({ size: '' })), 'tar');
    await refuses(archive(header({ size: '\u00ff'.repeat(12) })), 'tar');
  });

  it('understands a size in GNU\'s binary form, and keeps it to the limit', async () => {
    const binary = (bytes: number): string => `\u0080${'\0'.repeat(7)}${Buffer.from([bytes >>> 24, bytes >>> 16, bytes >>> 8, bytes]).toString('latin1')}`;
    assert.equal((await read(archive(header({ size: binary(content.length) }), content))).length, 1);
    await refuses(archive(header({ size: binary(2_000_000_000) }), content), 'limit');
  });

  it('wants an end of the archive, and nothing but zeros after it', async () => {
    const whole = archive(header({}), content);
    await refuses(whole.subarray(0, whole.length - 1024), 'truncated');
    assert.equal((await read(whole.subarray(0, whole.length - 512))).length, 1);
    assert.equal((await read(Buffer.concat([whole, Buffer.alloc(9_000)]))).length, 1);
    await refuses(Buffer.concat([whole, Buffer.alloc(700), Buffer.from('x')]), 'trailing');
    await refuses(Buffer.concat([whole, header({}), content]), 'trailing');
  });

  it('goes on to the next entry when one is left unread or half read, and then tells nothing more of it', async () => {
    const tar = await collect(writeMemoTar([1, 2, 3].map((number) => messageOf(number, Buffer.alloc(3_000, number))), new Date(0)));
    const entries = [];
    for await (const entry of readMemoTar(inChunks(tar, 1_000), limits)) {
      entries.push(entry);
      if (entries.length === 2) for await (const chunk of entry.chunks) if (chunk.length > 0) break;
    }
    assert.deepEqual(entries.map((entry) => entry.bytes), [3_000, 3_000, 3_000]);
    for (const { chunks } of entries) await assert.rejects(collect(chunks), /read beyond/);
  });
});

interface HeaderChange {
  readonly name?: string;
  readonly prefix?: string;
  readonly type?: string;
  readonly bytes?: number;
  /** Of the raw field, one byte a sign. */
  readonly size?: string;
}

function header({ name: entryName = name, prefix = '', type = '0', bytes = content.length, size }: HeaderChange): Buffer {
  const block = Buffer.alloc(512);
  block.write(entryName, 0, 100);
  block.write(size ?? `${bytes.toString(8).padStart(11, '0')}\0`, 124, 12, 'latin1');
  block.write('        ', 148);
  block.write(type, 156, 1);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345, 155);
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148, 8);
  return block;
}

/** The parts, each filled up to whole blocks, and the end. */
function archive(...parts: readonly Buffer[]): Buffer {
  const filled = parts.map((part) => Buffer.concat([part, Buffer.alloc((512 - (part.length % 512)) % 512)]));
  return Buffer.concat([...filled, Buffer.alloc(1024)]);
}

function paxRecords(values: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(Object.entries(values).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    const total = rest + String(rest + String(rest).length).length;
    return Buffer.from(`${total} ${key}=${value}\n`);
  }));
}

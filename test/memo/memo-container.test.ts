import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readMemoContainer, writeMemoContainer } from '../../src/memo/memo-container.ts';
import { MemoContainerUnreadable, type ContainerUnreadableReason } from '../../src/memo/memo-container-unreadable.ts';
import { compressLzmaAlone } from '../../src/memo/lzma-alone.ts';
import type { ContainerMessage } from '../../src/memo/write-memo-tar.ts';
import { collectEntries, messageOf, uuidOf } from './container-examples.ts';
import { collect, inChunks } from './memo-examples.ts';

const modifiedAt = new Date('2026-11-25T12:00:00.900Z');

const write = (messages: Iterable<ContainerMessage> | AsyncIterable<ContainerMessage>): Promise<Buffer> =>
  collect(writeMemoContainer(messages, { modifiedAt }));

const read = (container: Uint8Array, limits = {}, chunkBytes = 65_536): ReturnType<typeof collectEntries> =>
  collectEntries(readMemoContainer(inChunks(container, chunkBytes), limits));

const compress = (bytes: Uint8Array): Promise<Buffer> => collect(compressLzmaAlone(inChunks(bytes)));

const refuses = (promise: Promise<unknown>, reason: ContainerUnreadableReason, what?: string): Promise<void> =>
  assert.rejects(promise, (error) => error instanceof MemoContainerUnreadable && error.reason === reason, what);

/** Sizes about the blocks of a tar, contents that pack well or badly. */
const anyContent = fc.tuple(fc.oneof(fc.constantFrom(0, 1, 511, 512, 513, 1024), fc.integer({ min: 0, max: 20_000 })), fc.integer())
  .map(([bytes, seed]) => Buffer.from(Array.from({ length: bytes }, (_, at) => (seed % 2 === 0 ? at % 7 : (at * at * seed) >>> 5) & 0xff)));

describe('writeMemoContainer', () => {
  it('begins as the containers of memo-lib do: dictionary of 8 MiB, size unknown', async () => {
    assert.equal((await write([])).subarray(0, 13).toString('hex'), `5d00008000${'ff'.repeat(8)}`);
  });

  it('is read back as the same messages, whatever their sizes and the chunks on either side', async () => {
    const anyChunkBytes = fc.oneof(fc.constantFrom(1, 511, 512, 1_000_000), fc.integer({ min: 1, max: 5_000 }));
    await fc.assert(fc.asyncProperty(fc.array(anyContent, { maxLength: 6 }), anyChunkBytes, anyChunkBytes, async (contents, out, back) => {
      const entries = await read(await write(contents.map((content, number) => messageOf(number, content, out))), {}, back);
      assert.deepEqual(entries, contents.map((content, number) => ({ name: `${uuidOf(number)}.xml`, bytes: content.length, content })));
    }), { numRuns: 25 });
  });

  it('gives the same bytes for the same messages, whatever chunks they come in', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyContent, { maxLength: 6 }), fc.integer({ min: 1, max: 3_000 }), async (contents, chunkBytes) => {
      const inOne = await write(contents.map((content, number) => messageOf(number, content)));
      assert.deepEqual(inOne, await write(contents.map((content, number) => messageOf(number, content, chunkBytes))));
    }), { numRuns: 25 });
  });

  it('asks for no more than it needs while nobody takes what is ready', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<ContainerMessage> {
      for (;;) yield { ...messageOf(given, noise(100_000 + given)), messageUUID: uuidOf(given++) };
    }
    const chunks = writeMemoContainer(endless(), { modifiedAt })[Symbol.asyncIterator]();
    await chunks.next();
    await new Promise(setImmediate);
    assert.ok(given < 30, `${given} messages`);
    await chunks.return?.();
  });

  it('closes the message it was reading when the reader of the container stops', async () => {
    const events: string[] = [];
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) yield Buffer.from(noise(65_536));
      } finally {
        events.push('content closed');
      }
    }
    function* messages(): Generator<ContainerMessage> {
      try {
        yield { messageUUID: uuidOf(1), bytes: 1_000_000_000, chunks: endless };
      } finally {
        events.push('messages closed');
      }
    }
    for await (const chunk of writeMemoContainer(messages(), { modifiedAt })) if (chunk.length > 1_000) break;
    assert.deepEqual(events, ['content closed', 'messages closed']);
  });

  it('passes on what a message throws', async () => {
    const broken: ContainerMessage = {
      messageUUID: uuidOf(2), bytes: 5,
      async *chunks() {
        throw new Error('the database is away');
      },
    };
    await assert.rejects(write([messageOf(1, Buffer.from('ok')), broken]), /the database is away/);
  });

  it('throws when a message has another size than it announced, or no UUID', async () => {
    const message = messageOf(1, Buffer.from('<memo/>'));
    await assert.rejects(write([{ ...message, bytes: 6 }]), /announced 6 bytes and yielded 7 or more/);
    await assert.rejects(write([{ ...message, bytes: 8 }]), /announced 8 bytes and yielded 7/);
    for (const messageUUID of ['', '../etc/passwd', `${uuidOf(1)}/x`]) {
      await assert.rejects(write([{ ...message, messageUUID }]), TypeError);
    }
  });
});

describe('readMemoContainer', () => {
  it('says of a container that is cut off anywhere that it is cut off', async () => {
    const whole = await write([1, 2, 3].map((number) => messageOf(number, Buffer.from(noise(700)))));
    for (let bytes = 0; bytes < whole.length; bytes += 37) await refuses(read(whole.subarray(0, bytes)), 'truncated', `${bytes} bytes`);
    await refuses(read(whole.subarray(0, whole.length - 1)), 'truncated');
  });

  it('refuses anything after the end', async () => {
    const whole = await write([messageOf(1, Buffer.from('<memo/>'))]);
    await refuses(read(Buffer.concat([whole, Buffer.from('x')])), 'trailing');
    await refuses(read(Buffer.concat([whole, Buffer.alloc(5_000)])), 'trailing');
    await refuses(read(Buffer.concat([whole, whole]), {}, 1), 'trailing');
  });

  it('refuses what is compressed otherwise or not at all', async () => {
    const xz = Buffer.from('fd377a585a000004e6d6b4460200210116000000742fe5a3', 'hex');
    for (const bytes of [xz, Buffer.from('1f8b0800000000000003', 'hex'), Buffer.from('<memo:Message>'), Buffer.from('PK\x03\x04')]) {
      await refuses(read(bytes), 'not-lzma');
    }
    await refuses(read(await compress(Buffer.from('<memo:Message/>'.repeat(100)))), 'tar');
    await refuses(read(await compress(Buffer.from('<memo:Message/>'))), 'truncated');
  });

  it('meets any bytes and any damage with its own error or with entries', async () => {
    const whole = await write([1, 2].map((number) => messageOf(number, Buffer.from(noise(900)))));
    const anyDamage = fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 20 }));
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      anyDamage.map(([at, bytes]) => Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + bytes.length)])),
    );
    await fc.assert(fc.asyncProperty(anyBytes, async (bytes) => {
      await read(bytes).catch((error: unknown) => assert.ok(error instanceof MemoContainerUnreadable, String(error)));
    }), { numRuns: 300 });
  });

  it('stops a container that unpacks to more than it may, having unpacked little more', async () => {
    const container = await collect(writeMemoContainer([{ messageUUID: uuidOf(1), bytes: 60_000_000, chunks: zeros }], { modifiedAt }));
    assert.ok(container.length < 50_000, `${container.length} bytes`);
    const before = process.memoryUsage().rss;
    await refuses(read(container, { entryBytesMax: 1_000_000 }), 'limit');
    await refuses(read(container, { entryBytesMax: 1e12, unpackedBytesMax: 1_000_000 }), 'limit');
    assert.ok(process.memoryUsage().rss - before < 120_000_000);
  });

  it('keeps to the number of entries and to the memory of the decoder', async () => {
    const container = await write([1, 2, 3].map((number) => messageOf(number, Buffer.from('<memo/>'))));
    assert.equal((await read(container, { entriesMax: 3 })).length, 3);
    await refuses(read(container, { entriesMax: 2 }), 'limit');
    const greedy = Buffer.from(container);
    greedy.writeUInt32LE(0x40000000, 1);
    await refuses(read(greedy), 'limit');
    greedy.writeUInt32LE(0x04000000, 1);
    assert.equal((await read(greedy)).length, 3);
  });

  it('closes its source when it fails and when its reader stops', async () => {
    const whole = await write([1, 2].map((number) => messageOf(number, Buffer.from(noise(50_000)))));
    let closed = 0;
    async function* watched(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
      try {
        yield* inChunks(bytes, 1_000);
        yield* inChunks(bytes, 1_000);
      } finally {
        closed += 1;
      }
    }
    await refuses(collectEntries(readMemoContainer(watched(whole))), 'trailing');
    for await (const entry of readMemoContainer(watched(whole))) if (entry.bytes > 0) break;
    assert.equal(closed, 2);
  });
});

async function* zeros(): AsyncGenerator<Buffer> {
  for (let index = 0; index < 60; index++) yield Buffer.alloc(1_000_000);
}

/** Bytes that hardly pack, the same each time (xorshift). */
function noise(bytes: number): Uint8Array {
  let state = 2_463_534_242 ^ bytes;
  return Uint8Array.from({ length: bytes }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0xff;
  });
}

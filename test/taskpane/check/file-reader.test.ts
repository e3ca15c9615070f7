import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileReader, type FileSources, type ReadingOf } from '../../../src/taskpane/check/file-reader.ts';
import type { Answer } from '../../../src/taskpane/gateway/gateway.ts';
import type { FileContent, ItemAttachment } from '../../../src/taskpane/office/outlook.ts';

const file = (name: string, bytes = 3): ItemAttachment => ({ id: `id-${name}`, name, bytes, isInline: false, kind: 'file' });
const problem = (code: string): { type: string; code: string; title: string; detail: string; parameters: Record<string, unknown> } =>
  ({ type: '', code, title: '', detail: '', parameters: {} });

interface World extends FileSources {
  readonly calls: string[];
  contents: Record<string, FileContent>;
  gateway: Answer<null>;
}

function world(): World {
  const calls: string[] = [];
  const self: World = {
    calls,
    contents: {},
    gateway: { kind: 'answer', value: null },
    content: (id) => {
      calls.push(`content ${id}`);
      return Promise.resolve(self.contents[id] ?? { kind: 'content', base64: btoa(id) });
    },
    check: ({ files }) => {
      calls.push(`check ${files.map(({ name }) => name).join()}`);
      return Promise.resolve(self.gateway.kind === 'answer' ? { kind: 'answer', value: { problems: [problem('file-encrypted')], files: [] } } : self.gateway);
    },
    read: (files) => {
      calls.push(`read ${files.map(({ name }) => name).join()}`);
      return Promise.resolve(self.gateway.kind === 'answer' ? { kind: 'answer', value: files.map(() => ['side 1']) } : self.gateway);
    },
  };
  return self;
}

const reading = (attachments: readonly ItemAttachment[], over: Partial<ReadingOf> = {}): ReadingOf =>
  ({ attachments, channels: ['ngdp'], gatewayThere: true, bodyBytesMax: 1_000_000, ...over });
const ignore = (): void => undefined;

describe('what is in the files of a draft', () => {
  it('is asked for one file at a time, and once', async () => {
    const sources = world();
    const files = new FileReader(sources);
    const told: number[] = [];
    await files.read(reading([file('a.pdf'), file('b.pdf')]), () => told.push(sources.calls.length));
    assert.deepEqual(sources.calls, ['content id-a.pdf', 'check a.pdf', 'read a.pdf', 'content id-b.pdf', 'check b.pdf', 'read b.pdf']);
    assert.deepEqual(told, [3, 6]);
    assert.deepEqual(files.known(file('a.pdf'), ['ngdp']), { emptied: false, link: null, problems: ['file-encrypted'], text: { kind: 'pages', pages: ['side 1'] }, listText: null });
    await files.read(reading([file('a.pdf'), file('b.pdf')]), ignore);
    assert.equal(sources.calls.length, 6);
  });

  it('is asked for once also by two who ask at the same time', async () => {
    const sources = world();
    const files = new FileReader(sources);
    await Promise.all([files.read(reading([file('a.pdf'), file('b.pdf')]), ignore), files.read(reading([file('a.pdf'), file('b.pdf')]), ignore)]);
    assert.deepEqual(sources.calls, ['content id-a.pdf', 'check a.pdf', 'read a.pdf', 'content id-b.pdf', 'check b.pdf', 'read b.pdf']);
  });

  it('is asked for again where the file is another, or another channel takes it', async () => {
    const sources = world();
    const files = new FileReader(sources);
    await files.read(reading([file('a.pdf', 3)]), ignore);
    assert.equal(files.known(file('a.pdf', 4), ['ngdp']), null);
    assert.equal(files.known(file('a.pdf', 3), ['eboks']), null);
  });

  it('without the gateway is only whether Outlook gives it; with it, the rest follows', async () => {
    const sources = world();
    const files = new FileReader(sources);
    sources.contents['id-b.pdf'] = { kind: 'emptied' };
    await files.read(reading([file('a.pdf'), file('b.pdf')], { gatewayThere: false }), ignore);
    assert.equal(files.known(file('a.pdf'), ['ngdp'])?.problems, null);
    assert.equal(files.known(file('b.pdf'), ['ngdp'])?.emptied, true);
    await files.read(reading([file('a.pdf'), file('b.pdf')], { gatewayThere: false }), ignore);
    assert.equal(sources.calls.length, 2);
    await files.read(reading([file('a.pdf'), file('b.pdf')]), ignore);
    assert.deepEqual(files.known(file('a.pdf'), ['ngdp'])?.problems, ['file-encrypted']);
  });

  it('asks the gateway no more once it does not answer, and asks again the next time', async () => {
    const sources = world();
    const files = new FileReader(sources);
    sources.gateway = { kind: 'away' };
    assert.deepEqual(await files.read(reading([file('a.pdf'), file('b.pdf')]), ignore), { kind: 'away' });
    assert.deepEqual(sources.calls, ['content id-a.pdf', 'check a.pdf', 'content id-b.pdf']);
    sources.gateway = { kind: 'answer', value: null };
    assert.equal(await files.read(reading([file('a.pdf'), file('b.pdf')]), ignore), null);
    assert.equal(files.known(file('b.pdf'), ['ngdp'])?.text.kind, 'pages');
  });

  it('that it refuses to look into is unread, until somebody asks again', async () => {
    const sources = world();
    const files = new FileReader(sources);
    sources.gateway = { kind: 'refused', code: 'x', text: '' };
    await files.read(reading([file('a.pdf')]), ignore);
    await files.read(reading([file('a.pdf')]), ignore);
    assert.equal(sources.calls.length, 3);
    assert.equal(files.known(file('a.pdf'), ['ngdp'])?.text.kind, 'unread');
    files.forgetFailures();
    sources.gateway = { kind: 'answer', value: null };
    await files.read(reading([file('a.pdf')]), ignore);
    assert.equal(files.known(file('a.pdf'), ['ngdp'])?.text.kind, 'pages');
  });

  it('too big for a question is not fetched, and is unread', async () => {
    const sources = world();
    const files = new FileReader(sources);
    await files.read(reading([file('a.pdf', 900_000)]), ignore);
    assert.deepEqual(sources.calls, []);
    assert.equal(files.known(file('a.pdf', 900_000), ['ngdp'])?.text.kind, 'unread');
  });

  it('a list of recipients is read here and shown to nobody', async () => {
    const sources = world();
    const files = new FileReader(sources);
    sources.contents['id-masseforsendelse.txt'] = { kind: 'content', base64: btoa('2512489996\r\n') };
    await files.read(reading([file('masseforsendelse.txt')]), ignore);
    assert.equal(files.known(file('masseforsendelse.txt'), ['ngdp'])?.listText, '2512489996\r\n');
    assert.deepEqual(sources.calls, ['content id-masseforsendelse.txt']);
  });

  it('never rejects', async () => {
    const sources = world();
    const files = new FileReader({ ...sources, content: () => Promise.reject(new Error('timeout')) });
    assert.equal(await files.read(reading([file('a.pdf')]), ignore), null);
    assert.equal(files.known(file('a.pdf'), ['ngdp'])?.text.kind, 'unread');
  });
});

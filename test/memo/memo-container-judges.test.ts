import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readMemoContainer, writeMemoContainer } from '../../src/memo/memo-container.ts';
import { readMemo } from '../../src/memo/read-memo.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';
import type { ContainerMessage } from '../../src/memo/write-memo-tar.ts';
import { collectEntries, uuidOf } from './container-examples.ts';
import { collect, exampleFile, exampleMemo, inChunks } from './memo-examples.ts';

const judge = fileURLToPath(new URL('../../../shared/tools/judge/TarLzmaJudge.java', import.meta.url));
const counts = [1, 100, 500];

/** Where Debian and Maven keep the two libraries that the official memo-lib reads containers with. */
const classPaths = [
  ['/usr/share/java/commons-compress.jar', '/usr/share/java/xz.jar'],
  [inMaven('org/apache/commons/commons-compress/1.21/commons-compress-1.21.jar'), inMaven('org/tukaani/xz/1.9/xz-1.9.jar')],
];
const classPath = classPaths.find((jars) => jars.every((jar) => existsSync(jar)))?.join(':');

describe('containers before other programs', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'memo-container-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('the libraries of memo-lib read containers of 1, 100 and 500 messages', async (t) => {
    if (!existsSync(judge)) return t.skip('the judge is not on this machine');
    if (classPath === undefined || !isInstalled('java')) return t.skip('Java, commons-compress or xz for Java is not installed');
    for (const count of counts) {
      const file = path.join(folder, `java-${count}.tar.lzma`);
      const messages = makeMessages(count);
      writeFileSync(file, await collect(writeMemoContainer(messages, { modifiedAt: new Date() })));
      const lines: readonly string[] = execFileSync('java', ['-cp', classPath, judge, 'read', file], { encoding: 'utf8' }).trim().split('\n');
      const expected = messages.map(({ messageUUID, bytes }) => `${messageUUID}.xml\t${bytes}\ttrue\thas Message`);
      assert.deepEqual(lines, [...expected, `entries=${count}`]);
    }
  });

  it('reads a container that the libraries of memo-lib wrote', async (t) => {
    if (!existsSync(judge)) return t.skip('the judge is not on this machine');
    if (classPath === undefined || !isInstalled('java')) return t.skip('Java, commons-compress or xz for Java is not installed');
    const file = path.join(folder, 'from-java.tar.lzma');
    const xml = await collect(writeMemo(exampleMemo()).chunks());
    const names = ['a.xml', 'b.xml'].map((name) => path.join(folder, name));
    for (const name of names) writeFileSync(name, xml);
    execFileSync('java', ['-cp', classPath, judge, 'write', file, ...names]);
    const entries = await collectEntries(readMemoContainer(inChunks(readFileSync(file))));
    assert.deepEqual(entries.map((entry) => [entry.name, entry.content.equals(xml)]), [['a.xml', true], ['b.xml', true]]);
  });

  it('xz and tar read containers of 1, 100 and 500 messages', async (t) => {
    if (!isInstalled('xz') || !isInstalled('tar')) return t.skip('xz or tar is not installed');
    for (const count of counts) {
      const messages = makeMessages(count);
      const input = await collect(writeMemoContainer(messages, { modifiedAt: new Date() }));
      const tar = execFileSync('xz', ['--format=lzma', '-dc'], { input, maxBuffer: 1e9 });
      const listed = execFileSync('tar', ['-t'], { input: tar, encoding: 'utf8' }).trim().split('\n');
      assert.deepEqual(listed, messages.map(({ messageUUID }) => `${messageUUID}.xml`));
    }
  });

  it('reads what xz packed of the tars that tar makes, in each of its formats', async (t) => {
    if (!isInstalled('xz') || !isInstalled('tar')) return t.skip('xz or tar is not installed');
    const name = `${uuidOf(1)}.xml`;
    writeFileSync(path.join(folder, name), await collect(writeMemo(exampleMemo()).chunks()));
    for (const format of ['v7', 'ustar', 'gnu', 'oldgnu', 'posix']) {
      for (const named of [name, `./${name}`]) {
        const tar = execFileSync('tar', ['-c', `--format=${format}`, '-C', folder, named]);
        const container = execFileSync('xz', ['--format=lzma', '-9', '-c'], { input: tar });
        for await (const entry of readMemoContainer(inChunks(container, 100))) {
          assert.equal(entry.name, name, format);
          assert.equal((await readMemo(entry.chunks)).header.label, 'Pladsanvisning');
        }
      }
    }
  });
});

/** Messages as a mass send has them: one letter, as many recipients. */
function makeMessages(count: number): readonly ContainerMessage[] {
  const letter = exampleFile('brev.pdf', Buffer.from(Array.from({ length: 6_000 }, (_, at) => (at * at) & 0xff)));
  return Array.from({ length: count }, (_, index) => {
    const messageUUID = uuidOf(index);
    return { messageUUID, ...writeMemo(exampleMemo({ header: { messageUUID }, body: { mainDocument: { files: [letter] } } })) };
  });
}

function inMaven(jar: string): string {
  return path.join(homedir(), '.m2', 'repository', jar);
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

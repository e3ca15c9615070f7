import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { decode } from 'fast-png';
import { validateXML } from 'xmllint-wasm';
import { ownManifest } from '../../src/gateway/api/own-manifest.ts';
import { all, readManifest, type ManifestElement } from './read-manifest.ts';

const url = 'https://post.kommune.example';
const template = readFileSync(new URL('../../manifest.xml', import.meta.url), 'utf8');
const made = await ownManifest({ url, providerName: 'Eksempel Kommune' });
const own = made.kind === 'manifest' ? made.xml : assert.fail(made.reason);
const schemas = new URL('../../../shared/data/manifest/xsd-current/', import.meta.url);

/** The two that take each other's place, each with all that belongs to it and nothing of the other's. */
function overridesOf(manifest: ManifestElement): readonly { readonly name: string; readonly find: (name: string) => readonly ManifestElement[] }[] {
  return all(manifest, 'VersionOverrides').map((overrides) => ({
    name: overrides.attributes['type'] ?? '',
    find: (name) => all(overrides, name, (child) => child.name !== 'VersionOverrides'),
  }));
}

async function schemaFaults(...documents: readonly string[]): Promise<readonly string[]> {
  const schema = 'OfficeAppManifestV1_1.xsd';
  const read = (fileName: string) => ({ fileName, contents: readFileSync(new URL(fileName, schemas), 'utf8') });
  const { errors } = await validateXML({
    xml: documents.map((contents, n) => ({ fileName: `${String(n)}.xml`, contents })),
    schema: [read(schema)],
    preload: readdirSync(schemas).filter((name) => name.endsWith('.xsd') && name !== schema).map(read),
  });
  return errors.map(({ message }) => message);
}

describe('the manifest, by the XSD', () => {
  it('is valid as it stands, and as it is made for an own host', async (t) => {
    if (!existsSync(schemas)) return t.skip('the XSDs are not on this machine');
    assert.deepEqual(await schemaFaults(template, own), []);
  });

  it('would not be with a send mode or an order that Outlook does not know', async (t) => {
    if (!existsSync(schemas)) return t.skip('the XSDs are not on this machine');
    const shared = '<SupportsSharedFolders>true</SupportsSharedFolders>';
    const functionFile = '<FunctionFile resid="Events.Page"/>';
    assert.notDeepEqual(await schemaFaults(own.replace('SendMode="SoftBlock"', 'SendMode="softBlock"')), []);
    assert.notDeepEqual(await schemaFaults(own.replace(new RegExp(`${shared}\\s*${functionFile}`), functionFile + shared)), []);
  });
});

describe('the manifest, by what the XSD does not see', () => {
  const manifest = readManifest(own);
  const overrides = overridesOf(manifest);

  it('begins at Mailbox 1.5, adds buttons by VersionOverrides 1.0, and events of 1.12 by 1.1', () => {
    const [base] = all(manifest, 'Set', ({ name }) => name !== 'VersionOverrides');
    assert.deepEqual(base?.attributes, { Name: 'Mailbox', MinVersion: '1.5' });
    assert.deepEqual(overrides.map(({ name }) => name), ['VersionOverridesV1_0', 'VersionOverridesV1_1']);
    assert.deepEqual(overrides.map(({ find }) => find('Sets').map(({ attributes }) => attributes['DefaultMinVersion'])), [['1.5'], ['1.12']]);
    assert.deepEqual(all(manifest, 'Permissions').map(({ text }) => text), ['ReadWriteItem']);
    assert.deepEqual(all(manifest, 'Form').map(({ attributes }) => attributes['type']), ['ItemRead', 'ItemEdit']);
  });

  it('is sent for at Send as SoftBlock alone, and knows shared mailboxes and a pinned pane', () => {
    const [, newest] = overrides;
    assert.deepEqual(newest?.find('LaunchEvent').map(({ attributes }) => attributes), [{ Type: 'OnMessageSend', FunctionName: 'onMessageSend', SendMode: 'SoftBlock' }]);
    assert.deepEqual(newest?.find('SupportsSharedFolders').map(({ text }) => text), ['true']);
    assert.deepEqual(newest?.find('SupportsPinning').map(({ text }) => text), ['true']);
  });

  it('has every resource that it names, none twice, and none too many, in each of the two', () => {
    for (const { name, find } of overrides) {
      const ids = [...find('Image'), ...find('Url'), ...find('String')].flatMap(({ attributes }) => attributes['id'] ?? []);
      assert.deepEqual(ids, [...new Set(ids)], name);
      const wanted = ['Label', 'Title', 'Description', 'SourceLocation', 'FunctionFile', 'Runtime', 'Override', 'Image']
        .flatMap((element) => find(element).flatMap(({ attributes }) => attributes['resid'] ?? []));
      assert.deepEqual([...new Set(wanted)].sort(), [...ids].sort(), name);
      assert.deepEqual(ids.filter((id) => id.length > 32), [], name);
    }
  });

  it('gives groups and buttons ids of their own, the same in both, so that a pinned button stays', () => {
    const idsOf = (find: (name: string) => readonly ManifestElement[]) => [...find('Group'), ...find('Control')].map(({ attributes }) => attributes['id'] ?? '');
    const [older = [], newer = []] = overrides.map(({ find }) => idsOf(find));
    assert.deepEqual(older, newer);
    assert.deepEqual(older, [...new Set(older)]);
  });

  it('runs the events where the launch events say', () => {
    for (const { name, find } of overrides) {
      const events = find('ExtensionPoint').filter(({ attributes }) => attributes['type'] === 'LaunchEvent');
      const locations = events.flatMap((point) => all(point, 'SourceLocation').map(({ attributes }) => attributes['resid']));
      assert.deepEqual(locations, find('Runtime').map(({ attributes }) => attributes['resid']), name);
    }
    const [, newest] = overrides;
    const script = newest?.find('Runtime').flatMap((runtime) => all(runtime, 'Override'))[0]?.attributes;
    assert.deepEqual([script?.['type'], newest?.find('Url').find(({ attributes }) => attributes['id'] === script?.['resid'])?.attributes['DefaultValue']], ['javascript', `${url}/addin/events.js`]);
  });

  it('asks its own host alone, by https, and names it as its own', () => {
    const addresses = [...own.matchAll(/(?:DefaultValue|Value)="([a-z]+:[^"]*)"/g)].map((match) => match[1] ?? '');
    assert.ok(addresses.length > 10);
    assert.deepEqual(addresses.filter((address) => !address.startsWith(`${url}/`)), []);
    assert.deepEqual(all(manifest, 'AppDomain').map(({ text }) => text), [url, 'https://login.microsoftonline.com']);
    assert.doesNotMatch(own, /postbro\.example/);
  });

  it('has its icons in the sizes that it says', () => {
    const wanted = new Map<string, number>();
    for (const { find } of overrides) {
      for (const icon of find('Icon')) {
        const images = icon.children.map(({ attributes }) => ({ size: Number(attributes['size']), resid: attributes['resid'] }));
        assert.deepEqual(images.map(({ size }) => size), [16, 32, 80]);
        for (const { size, resid } of images) {
          const [image] = find('Image').filter(({ attributes }) => attributes['id'] === resid);
          wanted.set(image?.attributes['DefaultValue'] ?? '', size);
        }
      }
    }
    wanted.set(all(manifest, 'IconUrl')[0]?.attributes['DefaultValue'] ?? '', 64);
    wanted.set(all(manifest, 'HighResolutionIconUrl')[0]?.attributes['DefaultValue'] ?? '', 128);
    assert.equal(wanted.size, 5);
    for (const [address, size] of wanted) {
      const name = address.replace(`${url}/addin/assets/`, '');
      assert.match(name, /^icon-\d+\.png$/);
      const { width, height } = decode(readFileSync(new URL(`../../assets/${name}`, import.meta.url)));
      assert.deepEqual([width, height], [size, size], name);
    }
  });

  it('says everything in Danish, and in English beside it, within the lengths that Office takes', () => {
    const spoken = [all(manifest, 'DisplayName'), all(manifest, 'Description').filter(({ attributes }) => 'DefaultValue' in attributes), ...overrides.map(({ find }) => find('String'))].flat();
    assert.ok(spoken.length >= 8);
    assert.equal(all(manifest, 'DefaultLocale')[0]?.text, 'da-DK');
    for (const { attributes, children } of spoken) {
      assert.deepEqual(children.map((child) => child.attributes['Locale']), ['en-US'], attributes['DefaultValue']);
      assert.notEqual(children[0]?.attributes['Value'] ?? '', '');
    }
    const longest = (elements: readonly ManifestElement[]) => Math.max(...elements.flatMap(({ attributes, children }) => [attributes, ...children.map((child) => child.attributes)].map((texts) => (texts['DefaultValue'] ?? texts['Value'] ?? '').length)));
    assert.ok(longest(all(manifest, 'DisplayName')) <= 125);
    for (const { find } of overrides) {
      for (const [group, max] of [['ShortStrings', 125], ['LongStrings', 250]] as const) assert.ok(longest(find(group).flatMap((strings) => all(strings, 'String'))) <= max);
    }
    assert.ok(Buffer.byteLength(own) <= 256_000);
  });
});

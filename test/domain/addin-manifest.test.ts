import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addinManifest, type ManifestChoices } from '../../src/domain/addin-manifest.ts';

const template = readFileSync(new URL('../../manifest.xml', import.meta.url), 'utf8');
const made = (choices: Partial<ManifestChoices>) => addinManifest(template, { url: 'https://post.kommune.dk', version: '1.2.3', ...choices });

function xmlOf(choices: Partial<ManifestChoices>): string {
  const answer = made(choices);
  assert.ok(answer.kind === 'manifest', JSON.stringify(answer));
  return answer.xml;
}

function reasonOf(choices: Partial<ManifestChoices>): string {
  const answer = made(choices);
  assert.ok(answer.kind === 'refused', 'not refused');
  return answer.reason;
}

describe('addinManifest', () => {
  it('puts the own host in every address, whatever way it is written', () => {
    const expected = xmlOf({});
    assert.ok(expected.includes('DefaultValue="https://post.kommune.dk/addin/pane.html"'));
    assert.ok(!expected.includes('postbro.example'));
    for (const url of ['https://post.kommune.dk/', ' HTTPS://Post.Kommune.dk ', 'https://post.kommune.dk:443']) assert.equal(xmlOf({ url }), expected, url);
  });

  it('keeps a port', () => {
    assert.ok(xmlOf({ url: 'https://post.kommune.dk:8443' }).includes('"https://post.kommune.dk:8443/addin/events.js"'));
  });

  it('takes http on this machine only', () => {
    for (const url of ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000']) assert.ok(xmlOf({ url }).includes(`"${url}/addin/pane.html"`));
    assert.equal(reasonOf({ url: 'http://post.kommune.dk' }), 'Outlook kræver https. Skriv https://post.kommune.dk, og giv gatewayen et certifikat. Kun localhost må bruge http.');
    assert.match(reasonOf({ url: 'http://localhost.evil.example' }), /kræver https/);
    assert.match(reasonOf({ url: 'ftp://localhost' }), /kræver https/);
  });

  it('refuses, in Danish, an address that is not a host', () => {
    assert.match(reasonOf({ url: '' }), /mangler/);
    for (const url of ['post.kommune.dk', 'localhost:3000', 'https://', 'https://post kommune.dk']) assert.match(reasonOf({ url }), /ikke en adresse/, url);
    for (const url of ['https://post.kommune.dk/addin', 'https://post.kommune.dk/?a=1', 'https://post.kommune.dk/#a']) {
      assert.equal(reasonOf({ url }), 'Efter værten må intet stå, for gatewayen har sine sider øverst på den: skriv https://post.kommune.dk');
    }
    assert.match(reasonOf({ url: 'https://anna:kode@post.kommune.dk' }), /brugernavn/);
  });

  it('makes a version of four numbers that is at least 1.0 and grows with ours', () => {
    assert.ok(xmlOf({ version: '0.1.0' }).includes('<Version>1.0.1.0</Version>'));
    assert.ok(xmlOf({ version: '2.10.3' }).includes('<Version>1.2.10.3</Version>'));
    assert.match(reasonOf({ version: '1.2.3-beta' }), /tre tal/);
  });

  it('has the own id and provider where they are given', () => {
    const xml = xmlOf({ id: 'AAAAAAAA-1111-2222-3333-444444444444', providerName: ' Ø & <Søn> $& ' });
    assert.ok(xml.includes('<Id>aaaaaaaa-1111-2222-3333-444444444444</Id>'));
    assert.ok(xml.includes('<ProviderName>Ø &amp; &lt;Søn&gt; $&amp;</ProviderName>'));
    assert.match(reasonOf({ id: '1234' }), /ikke et id/);
    assert.match(reasonOf({ providerName: ' ' }), /tomt/);
    assert.match(reasonOf({ providerName: 'x'.repeat(126) }), /126 tegn/);
    assert.match(reasonOf({ providerName: 'a\u0001b' }), /tegn, der ikke/);
  });

  it('never throws, and changes nothing but addresses, version, id and provider', () => {
    const lines = template.split('\n').length;
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), fc.string(), (url, providerName) => {
        const answer = made({ url, providerName });
        if (answer.kind === 'manifest') assert.equal(answer.xml.split('\n').length, lines);
        else assert.match(answer.reason, /\S/);
      }),
    );
  });
});

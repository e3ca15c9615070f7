import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { validateXML } from 'xmllint-wasm';
import { releaseNotes } from '../../../src/domain/release-notes.ts';
import { newsFeed } from '../../../src/gateway/api/news-feed.ts';

/** What RFC 4287 demands of a feed and its entries, for the elements that ours has. */
const ATOM = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.w3.org/2005/Atom" targetNamespace="http://www.w3.org/2005/Atom" elementFormDefault="qualified">
<xs:import namespace="http://www.w3.org/XML/1998/namespace"/>
<xs:simpleType name="id"><xs:restriction base="xs:anyURI"><xs:pattern value="urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"/></xs:restriction></xs:simpleType>
<xs:complexType name="link"><xs:attribute name="rel" use="required"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="self"/><xs:enumeration value="alternate"/></xs:restriction></xs:simpleType></xs:attribute>
<xs:attribute name="type" type="xs:string" use="required"/><xs:attribute name="hreflang" type="xs:language"/><xs:attribute name="href" type="xs:anyURI" use="required"/></xs:complexType>
<xs:complexType name="category"><xs:attribute name="term" type="xs:string" use="required"/><xs:attribute name="label" type="xs:string"/></xs:complexType>
<xs:complexType name="content"><xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="type" type="xs:string" fixed="text"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:complexType name="entry"><xs:sequence><xs:element name="id" type="id"/><xs:element name="title" type="xs:string"/><xs:element name="published" type="xs:dateTime"/><xs:element name="updated" type="xs:dateTime"/>
<xs:element name="category" type="category"/><xs:element name="link" type="link"/><xs:element name="content" type="content"/></xs:sequence></xs:complexType>
<xs:element name="feed"><xs:complexType><xs:sequence><xs:element name="id" type="id"/><xs:element name="title" type="xs:string"/><xs:element name="updated" type="xs:dateTime"/>
<xs:element name="author"><xs:complexType><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="link" type="link" maxOccurs="unbounded"/><xs:element name="entry" type="entry" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute namespace="http://www.w3.org/XML/1998/namespace" processContents="skip"/></xs:complexType></xs:element>
</xs:schema>`;

const PUBLIC_URL = 'https://post.kommune.example';
const feeds = { da: newsFeed(releaseNotes, { language: 'da', publicUrl: PUBLIC_URL }), en: newsFeed(releaseNotes, { language: 'en', publicUrl: PUBLIC_URL }) };
const idsOf = (feed: string): readonly string[] => [...feed.matchAll(/<id>([^<]+)<\/id>/g)].map(([, id]) => id ?? '');

describe('the feed of news', () => {
  for (const [language, feed] of Object.entries(feeds)) {
    it(`is an Atom feed by its structure, in ${language}`, async () => {
      const told = await validateXML({ xml: { fileName: 'feed.atom', contents: feed }, schema: ATOM });
      assert.deepEqual([told.valid, told.errors], [true, []]);
      const broken = feed.replace(/<updated>[^<]*<\/updated>\n<category/, '<category');
      assert.equal((await validateXML({ xml: { fileName: 'feed.atom', contents: broken }, schema: ATOM })).valid, false);
      assert.match(feed, new RegExp(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`));
      assert.equal([...feed.matchAll(/<entry>/g)].length, releaseNotes.length);
    });
  }

  it('names itself and the page by whole addresses, each in its own language', () => {
    assert.ok(feeds.da.includes(`<link rel="self" type="application/atom+xml" href="${PUBLIC_URL}/nyheder/feed.atom"/>`));
    assert.ok(feeds.en.includes(`<link rel="self" type="application/atom+xml" href="${PUBLIC_URL}/nyheder/feed.atom?sprog=en"/>`));
    assert.ok(feeds.en.includes(`href="${PUBLIC_URL}/nyheder?sprog=en#panelet"`));
  });

  it('has ids that are all different and stay, wherever the gateway is and whatever is new', () => {
    const all = [...idsOf(feeds.da), ...idsOf(feeds.en)];
    assert.equal(new Set(all).size, all.length);
    assert.deepEqual(idsOf(newsFeed(releaseNotes, { language: 'da', publicUrl: 'https://new.example' })), idsOf(feeds.da));
    assert.deepEqual(idsOf(newsFeed(releaseNotes.slice(1), { language: 'da', publicUrl: PUBLIC_URL })).slice(1), idsOf(feeds.da).slice(2));
    // As readers of the feed have them since the first version.
    assert.deepEqual([idsOf(feeds.da)[0], idsOf(feeds.da).at(-1)], FIRST_IDS);
  });

  it('was updated when its newest note came', () => {
    assert.match(feeds.da, new RegExp(`</title>\n<updated>${releaseNotes[0]?.date}T12:00:00Z</updated>`));
  });

  it('writes every sign as XML has it', () => {
    const [note] = releaseNotes;
    assert.ok(note);
    const odd = { ...note, words: { da: { title: 'A < B & "C"', text: '<b>' }, en: { title: 'x', text: 'x' } } };
    const feed = newsFeed([odd], { language: 'da', publicUrl: '' });
    assert.match(feed, /<title>A &lt; B &amp; &quot;C&quot;<\/title>/);
    assert.match(feed, /&lt;b&gt;/);
  });
});

/** Of the feed itself and of the first note that was ever written. */
const FIRST_IDS = ['urn:uuid:050f80ee-ed81-5de1-bfe1-66b5b7d9723b', 'urn:uuid:99583d3e-80a6-54f6-af43-b9d213b1bfa4'];

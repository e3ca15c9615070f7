import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cloudLinksIn, placeOf } from '../../../src/taskpane/check/cloud-links.ts';
import type { BodyText } from '../../../src/taskpane/check/text-of-body.ts';

/** A body in which [words](address) are links. */
function bodyWith(marked: string): BodyText {
  const links: { href: string; start: number; end: number }[] = [];
  let text = '';
  for (const part of marked.split(/(\[[^\]]*\]\([^)]*\))/)) {
    const [, words, href] = /^\[(.*)\]\((.*)\)$/.exec(part) ?? [];
    if (href !== undefined) links.push({ href, start: text.length, end: text.length + (words ?? '').length });
    text += words ?? part;
  }
  return { text, links, hasPictures: false };
}

describe('links to files in the cloud', () => {
  it('are found by the place they lead to', () => {
    const places = [
      ['https://kommune-my.sharepoint.com/:w:/g/personal/lh/EX', 'OneDrive'],
      ['https://1drv.ms/w/s!A', 'OneDrive'],
      ['https://onedrive.live.com/edit?id=1', 'OneDrive'],
      ['https://kommune.sharepoint.com/sites/x/Delte/a.docx', 'SharePoint'],
      ['https://teams.microsoft.com/l/file/ABC', 'Teams'],
      ['https://drive.google.com/file/d/1/view', 'Google Drev'],
      ['https://docs.google.com/document/d/1', 'Google Drev'],
      ['https://www.dropbox.com/scl/fi/x', 'Dropbox'],
    ] as const;
    for (const [url, place] of places) assert.equal(placeOf(new URL(url)), place, url);
  });

  it('are not meetings, forms, public pages, and hosts that only resemble', () => {
    for (const url of [
      'https://teams.microsoft.com/l/meetup-join/19', 'https://docs.google.com/forms/d/e/x', 'https://www.borger.dk/', 'https://www.dropbox.com/',
      'https://sharepoint.com.example.org/x', 'https://notsharepoint.com/x', 'https://forms.office.com/e/x',
    ]) assert.equal(placeOf(new URL(url)), null, url);
  });

  it('are quoted with the words that they stand under, or with their host', () => {
    const [titled, bare] = cloudLinksIn(bodyWith(
      'Se [skemaet](https://a-my.sharepoint.com/x?d=1).\nOg https://kommune-my.sharepoint.com/:w:/g/personal/lh/EX. Tak.'));
    assert.deepEqual([titled?.quote.before.trim(), titled?.quote.found], ['Se', 'skemaet']);
    assert.equal(bare?.quote.found, 'kommune-my.sharepoint.com/…');
  });

  it('are told once each, also where Safe Links has wrapped them', () => {
    const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent('https://1drv.ms/a')}&data=x`;
    const links = cloudLinksIn(bodyWith(`[a](https://1drv.ms/a) [b](${wrapped}) [c](https://1drv.ms/b) [d](mailto:x@y.z) [e](https://)`));
    assert.deepEqual(links.map(({ href }) => href), ['https://1drv.ms/a', 'https://1drv.ms/b']);
  });

  it('show no CPR number of the words around them', () => {
    const [link] = cloudLinksIn(bodyWith('251248-9996: [2512489996.docx](https://1drv.ms/a) 25.12.48-9996'));
    assert.doesNotMatch(JSON.stringify(link?.quote), /9996/);
  });
});

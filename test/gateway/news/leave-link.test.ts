import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leaveUrl, subscriberOfLink } from '../../../src/gateway/news/leave-link.ts';
import { testKeys } from '../test-keys.ts';

const keys = testKeys();
const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

describe('the link by which one leaves the news', () => {
  it('begins with the gateway’s address, and tells the number of the sign-up and nothing else', () => {
    const url = leaveUrl('https://post.kommune.example/', keys, 17);
    assert.match(url, /^https:\/\/post\.kommune\.example\/nyheder\/framelding\/17\.[A-Za-z0-9_-]{43}$/);
    assert.equal(subscriberOfLink(keys, tokenOf(url)), 17);
  });

  it('is taken as it was made only', () => {
    const token = tokenOf(leaveUrl('', keys, 17));
    const [, mark = ''] = token.split('.');
    const changed = mark.startsWith('A') ? `B${mark.slice(1)}` : `A${mark.slice(1)}`;
    for (const forged of [`18.${mark}`, `017.${mark}a`, `17.${changed}`, `17.${mark.slice(1)}`, '17.', '17', '', `${token}x`, ` ${token}`, `-17.${mark}`, `1e1.${mark}`, `${'9'.repeat(20)}.${mark}`]) {
      assert.equal(subscriberOfLink(keys, forged), null, forged);
    }
  });
});

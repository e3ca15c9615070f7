import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { consentTextOf, NEWS_CONSENT_VERSION, newsConsent } from '../../src/domain/news-consent.ts';
import { news as da } from '../../src/taskpane/texts/da.ts';
import { news as en } from '../../src/taskpane/texts/en.ts';
import { news as kl } from '../../src/taskpane/texts/kl.ts';

/** What each version of the words is; a change of them is another version, and its line is added here. */
const VERSIONS: Readonly<Record<number, string>> = { 1: '8ab07da5bb146831' };

describe('the words that one consents to', () => {
  it('are the same in the pane as on the public page', () => {
    assert.deepEqual(newsConsent, {
      da: { consent: da['news.consent'], privacy: da['news.privacy'] },
      en: { consent: en['news.consent'], privacy: en['news.privacy'] },
    });
  });

  it('have another version when they change, in any language', () => {
    const words = [da, en, kl].flatMap((texts) => [texts['news.consent'], texts['news.privacy']]).join('\n');
    assert.equal(createHash('sha256').update(words).digest('hex').slice(0, 16), VERSIONS[NEWS_CONSENT_VERSION]);
  });

  it('are named by language and version', () => {
    assert.equal(consentTextOf('kl'), `kl-${NEWS_CONSENT_VERSION}`);
  });
});

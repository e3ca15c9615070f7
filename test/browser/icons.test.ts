import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { decode } from 'fast-png';
import type { Browser } from 'playwright-core';
import { drawIcon, iconFile, iconSizes } from './draw-icons.ts';
import { openBrowser } from './open-browser.ts';

/** Another Chromium may draw the edge of a line a little lighter or darker: of 255. */
const MEAN_DIFFERENCE_MAX = 4;

describe('the icons', () => {
  let opened: Awaited<ReturnType<typeof openBrowser>> = { missing: '' };
  const browser = (): Browser | null => ('browser' in opened ? opened.browser : null);
  before(async () => {
    opened = await openBrowser();
  });
  after(async () => await browser()?.close());

  for (const size of iconSizes) {
    it(`are as their drawing says at ${String(size)} pixels`, async (t) => {
      const open = browser();
      if (!open) return t.skip('missing' in opened ? opened.missing : '');
      const kept = decode(await readFile(iconFile(`icon-${String(size)}.png`)));
      const drawn = decode(await drawIcon(open, size));
      assert.deepEqual([kept.width, kept.height, kept.channels], [drawn.width, drawn.height, drawn.channels]);
      const [before, now] = [Array.from(kept.data), Array.from(drawn.data)];
      const difference = before.reduce((sum, value, place) => sum + Math.abs(value - (now[place] ?? 0)), 0) / before.length;
      assert.ok(difference <= MEAN_DIFFERENCE_MAX, `mean difference ${String(difference)}`);
    });
  }
});

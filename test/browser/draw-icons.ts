import { readFile, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { openBrowser } from './open-browser.ts';

/** Which drawing each icon is made from: what is small has fewer lines. */
const drawings: Readonly<Record<number, string>> = { 16: 'icon-small.svg', 32: 'icon-small.svg', 64: 'icon.svg', 80: 'icon.svg', 128: 'icon.svg' };
export const iconSizes = Object.keys(drawings).map(Number);

export const iconFile = (name: string): URL => new URL(`../../assets/${name}`, import.meta.url);

/** An icon as PNG, of so many pixels on each side, drawn by Chromium on nothing. */
export async function drawIcon(browser: Browser, size: number): Promise<Buffer> {
  const svg = await readFile(iconFile(drawings[size] ?? ''), 'utf8');
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  try {
    await page.setContent(`<style>body{margin:0;background:none}svg{display:block;width:${String(size)}px;height:${String(size)}px}</style>${svg}`);
    return await page.screenshot({ omitBackground: true });
  } finally {
    await page.close();
  }
}

/** Draws all icons anew into assets/: `node test/browser/draw-icons.ts`. */
async function drawAll(): Promise<void> {
  const opened = await openBrowser();
  if ('missing' in opened) throw new Error(opened.missing);
  for (const size of iconSizes) await writeFile(iconFile(`icon-${String(size)}.png`), await drawIcon(opened.browser, size));
  await opened.browser.close();
}

if (import.meta.main) await drawAll();

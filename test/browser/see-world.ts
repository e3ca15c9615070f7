import type { Frame, Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { addRecipients, rowOf, type OutlookWithPane } from './pane-in-outlook.ts';

/** A page as it is drawn: its size in pixels, and the sum of every pixel. */
export interface DrawnPage {
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
  /** The words above it, blanks folded. */
  readonly words: string;
}

/** Every page that a document shows, each brought into sight first. */
export async function drawnPages(shown: Frame | Page): Promise<readonly DrawnPage[]> {
  await shown.locator('.letter-page[data-drawn]').first().waitFor();
  const pages: DrawnPage[] = [];
  for (let n = 0; n < await shown.locator('.letter-page').count(); n += 1) {
    const page = shown.locator('.letter-page').nth(n);
    await page.scrollIntoViewIfNeeded();
    await shown.locator(`.letter-page:nth-child(${String(n + 1)})[data-drawn]`).waitFor();
    pages.push(await page.evaluate(async (element) => {
      const canvas = element.querySelector('canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', pixels ?? new Uint8Array()));
      return {
        width: canvas?.width ?? 0, height: canvas?.height ?? 0,
        pixels: Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join(''),
        words: (element.querySelector('.letter-words')?.textContent ?? '').replace(/\s+/g, ' ').trim(),
      };
    }));
  }
  return pages;
}

/** Opens Se som modtageren from Tjek, in a mail to Nancy, and waits for the letter. */
export async function openSee({ pane }: OutlookWithPane): Promise<void> {
  await addRecipients(pane, '2512489996');
  await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
  await pane.getByRole('button', { name: 'Se som modtageren' }).click();
  await letterIsShown(pane);
}

export async function letterIsShown(pane: OutlookWithPane['pane']): Promise<void> {
  await pane.getByText('Det er præcis det brev, der bliver sendt.').first().waitFor();
  await pane.locator('.letter-page[data-drawn]').first().waitFor();
}

/** The checksum that the pane shows. */
export async function shownSum({ pane }: OutlookWithPane): Promise<string> {
  return await eventually(async () => /[0-9a-f]{64}/.exec(await pane.getByText(/^Kontroltal/).innerText())?.[0] ?? null);
}

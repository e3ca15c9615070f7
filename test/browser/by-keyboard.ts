import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';

/** More stops than any screen has. */
const TABS_MAX = 60;

export interface PaneByKeyboard {
  readonly page: Page;
  readonly pane: FrameLocator;
}

/** What has focus in the pane, by its label or its words in one line; empty where focus is elsewhere, or nowhere. */
export async function focused(pane: FrameLocator): Promise<string> {
  return await pane.locator('body').evaluate(() => {
    const element = document.activeElement;
    if (!document.hasFocus() || !(element instanceof HTMLElement) || element === document.body) return '';
    const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.innerText : undefined;
    return (element.getAttribute('aria-label') ?? label ?? element.innerText).replace(/\s+/g, ' ').trim();
  });
}

/** Waits until this has focus. */
export async function focusComesTo(pane: FrameLocator, name: string | RegExp): Promise<void> {
  await eventually(async () => (isNamed(await focused(pane), name) ? true : null)).catch(async () => assert.fail(`focus is on "${await focused(pane)}", and not on ${String(name)}`));
}

/** Presses Tab until this has focus. */
export async function tabTo({ page, pane }: PaneByKeyboard, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    if (isNamed(await focused(pane), name)) return;
    await press({ page, pane }, key);
  }
  throw new Error(`Tab does not come to ${String(name)}`);
}

/** Presses a key that moves focus, and waits until it has moved: out of a frame it goes by way of the browser, a moment later. */
async function press({ page, pane }: PaneByKeyboard, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  const body = pane.locator('body');
  const last = await body.evaluateHandle(() => (document.hasFocus() ? document.activeElement : null));
  await page.keyboard.press(key);
  const hasMoved = async () => await body.evaluate((_body, element) => element === null || !document.hasFocus() || document.activeElement !== element, last);
  // Where it cannot move, whoever asked comes to the same stop again.
  await eventually(async () => ((await hasMoved()) ? true : null), MOVED_MS).catch(() => null);
  await last.dispose();
}

const MOVED_MS = 3_000;

/** Every stop of Tab from what has focus now to the end of the pane; so there is none that holds the focus. */
export async function stopsFromHere({ page, pane }: PaneByKeyboard): Promise<readonly string[]> {
  const stops: string[] = [];
  for (let now = await focused(pane); now !== ''; now = await focused(pane)) {
    stops.push(now);
    if (stops.length > TABS_MAX) throw new Error(`Tab does not leave the pane: ${stops.slice(-5).join(', ')}`);
    await press({ page, pane }, 'Tab');
  }
  return stops;
}

function isNamed(now: string, name: string | RegExp): boolean {
  return typeof name === 'string' ? now === name : name.test(now);
}

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { scripted } from './outlook-world.ts';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** How a person has set their computer and Outlook. */
export const sights = ['light', 'dark', 'forced colours'] as const;
export type Sight = (typeof sights)[number];

/** The pane's own frame. */
export async function paneFrame(page: Page): Promise<Frame> {
  return await eventually(async () => page.frames().find((frame) => frame.url().includes('/addin/pane.html')) ?? null);
}

/** Sets Outlook and the browser so, and waits until the pane has followed. */
export async function setSight(page: Page, sight: Sight): Promise<void> {
  await page.emulateMedia({ colorScheme: sight === 'dark' ? 'dark' : 'light', forcedColors: sight === 'forced colours' ? 'active' : 'none' });
  await scripted(page, 'client', { theme: sight === 'dark' ? 'dark' : 'light' });
  const pane = page.frames().find((frame) => frame.url().includes('/addin/pane.html'));
  if (!pane || sight === 'forced colours') return;
  await pane.waitForFunction((dark) => {
    const root = document.querySelector('main')?.parentElement;
    const [red = 0] = (root ? getComputedStyle(root).backgroundColor.match(/\d+/g) ?? [] : []).map(Number);
    return dark ? red < 128 : red > 128;
  }, sight === 'dark');
}

/** What axe finds against WCAG 2.0–2.2 A and AA in a frame, without the frames in it. In forced colours the colours are the person's own. */
export async function axeFindings(frame: Frame, sight: Sight): Promise<readonly string[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axeSource);
  return await frame.evaluate(async ([tags, contrast]) => {
    const { axe } = window as unknown as { readonly axe: { run(root: Document, options: object): Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[] }[] }> } };
    const { violations } = await axe.run(document, { iframes: false, runOnly: tags, rules: { 'color-contrast': { enabled: contrast } } });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.replace(/\s+/g, ' ')}`));
  }, [WCAG, sight !== 'forced colours'] as const);
}

/** What is cut off, or makes the frame scroll sideways. Fields scroll what is typed, and a list of choices is the browser's. */
export async function cutOff(frame: Frame): Promise<readonly string[]> {
  return await frame.evaluate(() => {
    const root = document.documentElement;
    const wideIn = (element: Element, tolerance: number): string => (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + tolerance ? `is ${element.scrollWidth} wide in ${element.clientWidth}` : '');
    const highIn = (element: Element): string =>
      (/hidden|clip/.test(getComputedStyle(element).overflowY) && element.clientHeight > 0 && element.scrollHeight > element.clientHeight + 1 ? `is ${element.scrollHeight} high in ${element.clientHeight}` : '');
    const outside = (element: Element): string => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > root.clientWidth + 1 || left < -1) ? `stands outside, from ${left} to ${right}` : '';
    };
    const seen = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) =>
      element.checkVisibility() && !element.matches('input, select, textarea, option, svg *, iframe'));
    const faults = seen.filter((element) => !isHeardOnly(element)).flatMap((element) => [wideIn(element, 1), highIn(element), outside(element)].filter((fault) => fault !== '')
      .map((fault) => `${element.tagName.toLowerCase()} »${(element.innerText ?? '').slice(0, 60).replace(/\s+/g, ' ')}« ${fault}`));
    const page = wideIn(root, 0);
    return [...(page === '' ? [] : [`the page ${page}`]), ...new Set(faults)];

    /** In a place that is there for those who listen. */
    function isHeardOnly(element: Element): boolean {
      for (let one: Element | null = element; one; one = one.parentElement) if (getComputedStyle(one).clipPath !== 'none') return true;
      return false;
    }
  });
}

/** Icons without a word beside them; those of buttons are named by the button, which axe looks at. */
export async function wordlessIcons(frame: Frame): Promise<readonly string[]> {
  return await frame.evaluate(() => [...document.querySelectorAll('svg')]
    .filter((icon) => icon.checkVisibility() && icon.closest('button, a') === null)
    .filter((icon) => icon.getAttribute('aria-hidden') !== 'true' || !/\p{L}{2}/u.test(icon.parentElement?.innerText ?? ''))
    .map((icon) => icon.parentElement?.outerHTML.slice(0, 200) ?? ''));
}

/** Fields that are wrong, and what is said at once, without an icon beside the words that say so. */
export async function iconlessFaults(frame: Frame): Promise<readonly string[]> {
  return await frame.evaluate(() => {
    const ofFields = [...document.querySelectorAll('[aria-invalid=true]')].map((field) => document.getElementById((field.getAttribute('aria-describedby') ?? '').split(' ')[0] ?? ''));
    const told = [...document.querySelectorAll<HTMLElement>('[role=alert]')].filter(({ innerText }) => innerText.trim() !== '');
    return [...ofFields, ...told].filter((place) => !place?.querySelector('svg')).map((place) => `no icon: ${place?.outerHTML.slice(0, 200) ?? 'nothing is said of the field'}`);
  });
}

/** Everything that would move: for who has asked that nothing does, there is none. */
export async function moving(frame: Frame): Promise<readonly string[]> {
  return await frame.evaluate(() => {
    const seconds = (text: string): number => Math.max(...text.split(',').map((part) => Number.parseFloat(part) * (part.trim().endsWith('ms') ? 0.001 : 1)));
    const moves = (element: Element, part: string | null): boolean => {
      const { animationName, animationDuration, transitionDuration, transitionProperty } = getComputedStyle(element, part);
      return (animationName !== 'none' && seconds(animationDuration) > 0.01) || (transitionProperty !== 'none' && seconds(transitionDuration) > 0.01);
    };
    return [...document.querySelectorAll('body, body *')].flatMap((element) =>
      [null, '::before', '::after'].filter((part) => moves(element, part)).map((part) => `${element.outerHTML.slice(0, 120)}${part ?? ''}`));
  });
}

/** WCAG 1.4.12: so much room between lines, paragraphs, words and letters a person may ask for. */
export async function spaceText(frame: Frame, on: boolean): Promise<void> {
  await frame.evaluate((wanted) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = wanted ? [...document.adoptedStyleSheets, sheet] : document.adoptedStyleSheets.slice(0, -1);
  }, on);
}

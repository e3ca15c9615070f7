import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { median, skippedRow, type BenchRow } from './bench-row.ts';
import { letterHtml } from './letter-html.ts';

const SETTER = new URL('./set-letters.ts', import.meta.url);
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const WHAT = 'body.pdf/s, one-page letter, all cores';
const GOAL = { atLeast: 15 };
const ROUNDS = 5;
const OURS_A_ROUND = 200;
const THEIRS_A_ROUND = 20;

/**
 * One-page letters as PDF on all cores, everything warm: as many typesetting processes as cores, against one browser
 * that is kept open, with as many pages at work at once. Two baselines: a new page for each letter, as a server must
 * that keeps strangers' mails apart, and pages that are used again, which is the kindest to Chromium.
 */
export async function lettersPerSecond(): Promise<readonly BenchRow[]> {
  const executablePath = CHROMIUM.find((file) => existsSync(file));
  if (!executablePath) return [skippedRow(WHAT, GOAL, 'Chromium is not installed')];
  const setters = Array.from({ length: availableParallelism() }, () => fork(SETTER, { stdio: 'inherit' }));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    return [await compare(setters, browser, 'a new page each'), await compare(setters, browser, 'pages used again')];
  } finally {
    await browser.close();
    for (const setter of setters) setter.disconnect();
  }
}

async function compare(
  setters: readonly ChildProcess[],
  browser: Browser,
  pages: 'a new page each' | 'pages used again',
): Promise<BenchRow> {
  const context = await browser.newContext();
  const ours = () => Promise.all(setters.map((setter) => setLetters(setter, OURS_A_ROUND)));
  const theirs = () => Promise.all(setters.map(() => printLetters(context, pages === 'pages used again')));
  const rounds: { readonly ours: number; readonly theirs: number }[] = [];
  // The first round warms both up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    const figures = {
      ours: (setters.length * OURS_A_ROUND) / (await seconds(ours)),
      theirs: (setters.length * THEIRS_A_ROUND) / (await seconds(theirs)),
    };
    if (round > 0) rounds.push(figures);
  }
  await context.close();
  return {
    what: WHAT,
    ours: `${median(rounds.map((round) => round.ours)).toFixed(0)}/s`,
    baseline: `Chromium ${browser.version().split('.')[0]}, ${pages}, ${median(rounds.map((round) => round.theirs)).toFixed(1)}/s`,
    ratio: median(rounds.map((round) => round.ours / round.theirs)),
    goal: GOAL,
  };
}

let letters = 0;

async function printLetters(context: BrowserContext, usesPageAgain: boolean): Promise<void> {
  let page = await context.newPage();
  for (let n = 0; n < THEIRS_A_ROUND; n++) {
    await page.setContent(letterHtml(letters++));
    await page.pdf({ format: 'A4', tagged: true });
    if (usesPageAgain) continue;
    await page.close();
    page = await context.newPage();
  }
  await page.close();
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

async function setLetters(setter: ChildProcess, count: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const ended = () => reject(new Error('the typesetting process ended'));
    setter.once('exit', ended).once('message', () => {
      setter.off('exit', ended);
      resolve();
    });
    setter.send(count);
  });
}

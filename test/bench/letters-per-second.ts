import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { chromium } from 'playwright-core';
import { median, skippedRow, type BenchRow } from './bench-row.ts';
import { letterHtml } from './letter-html.ts';

const SETTER = new URL('./set-letters.ts', import.meta.url);
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ROUNDS = 5;
const OURS_A_ROUND = 200;
const THEIRS_A_ROUND = 20;

/**
 * One-page letters as PDF on all cores, everything warm: as many typesetting processes as cores, against one browser
 * that is kept open, with as many pages at work at once: a new page for each letter, for strangers' mails must not meet.
 */
export async function lettersPerSecond(): Promise<readonly BenchRow[]> {
  const what = 'body.pdf/s, one-page letter, all cores';
  const goal = { atLeast: 15 };
  const executablePath = CHROMIUM.find((file) => existsSync(file));
  if (!executablePath) return [skippedRow(what, goal, 'Chromium is not installed')];
  const cores = availableParallelism();
  const setters = Array.from({ length: cores }, () => fork(SETTER, { stdio: 'inherit' }));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const context = await browser.newContext();
    let number = 0;
    const ours = () => Promise.all(setters.map((setter) => setLetters(setter, OURS_A_ROUND)));
    const theirs = () => Promise.all(setters.map(async () => {
      for (let n = 0; n < THEIRS_A_ROUND; n++) {
        const page = await context.newPage();
        await page.setContent(letterHtml(number++));
        await page.pdf({ format: 'A4', tagged: true });
        await page.close();
      }
    }));
    const rounds: { readonly ours: number; readonly theirs: number }[] = [];
    // The first round warms both up and does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      const figures = { ours: cores * OURS_A_ROUND / await seconds(ours), theirs: cores * THEIRS_A_ROUND / await seconds(theirs) };
      if (round > 0) rounds.push(figures);
    }
    return [{
      what,
      ours: `${median(rounds.map((round) => round.ours)).toFixed(0)}/s`,
      baseline: `Chromium ${browser.version().split('.')[0]}, a new page each, ${median(rounds.map((round) => round.theirs)).toFixed(1)}/s`,
      ratio: median(rounds.map((round) => round.ours / round.theirs)),
      goal,
    }];
  } finally {
    await browser.close();
    for (const setter of setters) setter.disconnect();
  }
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

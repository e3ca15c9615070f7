import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { bodyPdf } from '../../src/pdf/body-pdf.ts';
import { median, skippedRow, type BenchRow } from './bench-row.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const WARM_UP = 20;
const ROUNDS = 5;
const OURS_A_ROUND = 60;
const THEIRS_A_ROUND = 12;

/** One-page letters as PDF, one at a time and warm: the typesetter against one browser that is kept open. */
export async function lettersPerSecond(): Promise<readonly BenchRow[]> {
  const what = 'body.pdf/s, one-page letter';
  const goal = { atLeast: 15 };
  const executablePath = CHROMIUM.find((file) => existsSync(file));
  if (!executablePath) return [skippedRow(what, goal, 'Chromium is not installed')];
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    let number = 0;
    const ours = async () => {
      const { pages } = bodyPdf({ subject: 'Pladsanvisning', html: letterHtml(++number), text: null, images: [], createdAt: new Date() });
      if (pages !== 1) throw new Error('not one page');
    };
    const theirs = async () => {
      await page.setContent(letterHtml(++number));
      await page.pdf({ format: 'A4', tagged: true });
    };
    await rate(ours, WARM_UP);
    await rate(theirs, WARM_UP);
    const rounds: { readonly ours: number; readonly theirs: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      rounds.push({ ours: await rate(ours, OURS_A_ROUND), theirs: await rate(theirs, THEIRS_A_ROUND) });
    }
    return [{
      what,
      ours: `${median(rounds.map((round) => round.ours)).toFixed(0)}/s`,
      baseline: `Chromium ${browser.version()}, ${median(rounds.map((round) => round.theirs)).toFixed(1)}/s`,
      ratio: median(rounds.map((round) => round.ours / round.theirs)),
      goal,
    }];
  } finally {
    await browser.close();
  }
}

async function rate(work: () => Promise<void>, times: number): Promise<number> {
  const begin = performance.now();
  for (let n = 0; n < times; n++) await work();
  return times / ((performance.now() - begin) / 1000);
}

/** A letter as Outlook writes it; each one differs, as letters do. */
function letterHtml(number: number): string {
  const paragraph = (text: string) => `<p class="MsoNormal" style="font-size:11.0pt;font-family:Calibri,sans-serif">${text}</p>`;
  return `<html><head><meta charset="utf-8"><title>Pladsanvisning</title></head><body lang="DA">${[
    `Kære forælder nr. ${number}`,
    'Vi har glæden at tilbyde dit barn en plads i <b>Børnehaven Solsikken</b>, Søndergade 12, fra den 1. januar 2027.',
    'Du skal svare senest den 12. december 2026. Svar direkte på dette brev, så når svaret os, eller brug <a href="https://kommune.example/plads">selvbetjeningen</a>.',
    'Taksten er 2.145 kr. om måneden. Har du spørgsmål, er du velkommen til at ringe på 12 34 56 78 mellem kl. 9 og 14.',
  ].map(paragraph).join('')}<ul><li>Medbring sundhedskort</li><li>Udfyld samtykke til fotografering</li><li>Aftal indkøring</li></ul>
  ${paragraph('Med venlig hilsen')}${paragraph('Pladsanvisningen<br>Eksempel Kommune')}</body></html>`;
}

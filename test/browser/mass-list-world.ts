import type { FrameLocator, Locator } from 'playwright-core';
import { writeMail, type OutlookWithPane } from './pane-in-outlook.ts';

/** Opens Send til mange from a new mail. */
export async function openSendToMany(outlook: OutlookWithPane): Promise<void> {
  await writeMail(outlook);
  await outlook.pane.getByRole('button', { name: 'Send samme besked til mange' }).click();
  await pasteBox(outlook.pane).waitFor();
}

export function pasteBox(pane: FrameLocator): Locator {
  return pane.getByRole('textbox', { name: 'Indsæt listen' });
}

/** Puts a list into the box and reads it. */
export async function readList(pane: FrameLocator, text: string): Promise<void> {
  await pasteBox(pane).fill(text);
  await pane.getByRole('button', { name: 'Læs listen' }).click();
}

/** Every number has been checked. */
export async function allChecked(pane: FrameLocator): Promise<void> {
  await pane.getByRole('table').waitFor();
  await pane.locator('main:not(:has-text("Tjekker "))').waitFor();
}

/** The row of a line, where it is drawn. */
export function lineOf(pane: FrameLocator, line: number): Locator {
  return pane.locator('tr[data-place]').filter({ has: pane.getByRole('cell', { name: String(line), exact: true }) });
}

export function filterOf(pane: FrameLocator, name: RegExp): Locator {
  return pane.getByRole('group', { name: 'Vis' }).getByRole('button', { name });
}

/** So many citizens, as somebody copies them from Excel with a heading and a case. */
export function manyRows(count: number): string {
  return ['CPR-nr.\tNavn\tSag', ...Array.from({ length: count }, (_, n) => `${numberOf(n)}\tPerson ${String(n)}\t2026-${String(1_000 + n)}`)].join('\r\n');
}

/** A number of its own for each of many, all of the exercise's invented citizens; those that end in 99 have no Digital Post. */
export function numberOf(n: number): string {
  const [day, month] = [1 + (n % DAYS), 1 + (Math.floor(n / DAYS) % MONTHS)].map((part) => String(part).padStart(2, '0'));
  return `${String(day)}${String(month)}01${String(FIRST_SERIAL + Math.floor(n / (DAYS * MONTHS))).padStart(4, '0')}`;
}

const DAYS = 28;
const MONTHS = 12;
const FIRST_SERIAL = 1_090;

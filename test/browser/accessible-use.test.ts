import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserContextOptions, Frame } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { axeFindings, cutOff, paneFrame, setSight, sights } from './look-closely.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, bar, recipientField, rowOf, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import { checkStates, composeStates, openedOn, otherStates, type PaneState } from './pane-states.ts';

/** 1280 × 1024 at 400 %, in CSS pixels (WCAG 1.4.10). */
const ZOOMED = { width: 320, height: 256 };
/** So many stops of Tab are walked; enough for the fullest screen. */
const STOPS_MAX = 60;

/** What a person meets around the pane. */
const outlookStates: Readonly<Record<string, (outlook: OutlookWithPane) => Promise<void>>> = {
  'a mail being written, with files': async (outlook) => {
    await writeMail(outlook);
    await scripted(outlook.page, 'set', { to: ['Nora Nabo <nora@firma.example>', 'ikke en adresse'], subject: 'Hej', bodyHtml: '<p>Hej</p>', attachments: [{ name: 'kort.txt', text: 'Find vej' }] });
  },
  'a mail being read': async ({ page }) => {
    await scripted(page, 'set', { to: ['jobcenter@kommune.example'], subject: 'Frokost onsdag', bodyHtml: '<p>Hej</p>', attachments: [{ name: 'menu.txt', text: 'Rugbrød' }] });
    await scripted(page, 'send');
    await page.getByRole('button', { name: /Frokost onsdag/ }).click();
    await page.getByRole('button', { name: 'Besvar', exact: true }).waitFor();
  },
  'stopped by the Smart Alert': async (outlook) => {
    await writeMail(outlook);
    await scripted(outlook.page, 'set', { to: ['2512489996@35833684.ngdp.digital-post.dk'], subject: 'Om 251248-9996', bodyHtml: '<p>Hej</p>' });
    await outlook.page.getByRole('button', { name: 'Send', exact: true }).click();
    await outlook.page.getByRole('button', { name: 'Åbn Digital Post' }).waitFor();
  },
};

describe('the pane in use, for everybody', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  const withOutlook = async (options: BrowserContextOptions, test: (outlook: OutlookWithPane) => Promise<void>): Promise<void> => {
    const outlook = await openedOn(browser, sandbox, options);
    try {
      await test(outlook);
      assert.deepEqual(outlook.cspReports, []);
    } finally {
      await outlook.context.close();
    }
  };

  it('says aloud who came and how it stands, what Send does now, who went, and what is to be done, also when it is only more of the same kind', async () => await withOutlook({}, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await scripted(page, 'set', { subject: 'Møde', bodyHtml: '<p>Kære Nancy Ann</p>' });
    const { heard, from } = await listenIn(await paneFrame(page));
    await addRecipients(pane, '2512489996');
    await heard(/^Nancy Ann Test Berggren er tilføjet\. Kan få Digital Post\.?$/);
    await heard(/^Du sender Digital Post til Nancy Ann Test Berggren som Jobcenter, og modtageren kan svare\.$/);
    await heard(/^Klar\. Tryk Send i Outlook\.$/);
    await scripted(page, 'set', { subject: '' });
    await heard(/^Klar, men se 1 ting efter/);
    await scripted(page, 'set', { bodyHtml: '' });
    await heard(/^Klar, men se 2 ting efter/);
    await scripted(page, 'set', { bodyHtml: '<p>Kære Nancy Ann</p>' });
    await scripted(page, 'set', { subject: 'Om 251248-9996' });
    await heard(/^1 ting skal rettes\. Så kan du sende\.$/);
    await pane.getByRole('button', { name: 'Fjern nummeret fra emnet' }).click();
    await heard(/^Rettet: Emnet\.$/);
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    await eventually(async () => ((await from(/^Rettet: /)).length > 1 ? true : null));
    assert.deepEqual(await from(/^Rettet: /), ['Rettet: Emnet.', 'Klar. Tryk Send i Outlook.'], 'the bar as it is now, and not as it was');
    await pane.getByRole('switch').click();
    await heard(/Modtageren kan ikke svare\.$/);
    await addRecipients(pane, '1509819996');
    await heard(/^Tove Test Lund er tilføjet\. Ikke tilmeldt Digital Post\. Får ikke beskeden\.$/);
    await rowOf(pane, 'Tove Test Lund').getByRole('button', { name: 'Fjern' }).click();
    await heard(/^Tove Test Lund er fjernet\.$/);
    await recipientField(pane).pressSequentially('tømrer');
    await heard(/^1 forslag\. Brug pil ned\.$/);
  }));

  it('shows where one is, at every stop of Tab', async () => await withOutlook({}, async (outlook) => {
    for (const state of [stateOf(composeStates, 'Skriv, recipients of every sort, unfolded'), stateOf(checkStates, 'Tjek, what to look at'), stateOf(otherStates, 'Slå op, several one after the other')]) {
      await state.arrange(outlook);
      const frame = await paneFrame(outlook.page);
      await frame.evaluate(() => document.querySelector<HTMLElement>('nav button')?.focus());
      // A ring is drawn for whoever uses the keys.
      await outlook.page.keyboard.press('Tab');
      await outlook.page.keyboard.press('Shift+Tab');
      const faults = await walk(outlook, frame);
      assert.ok(faults.stops > 5, `${state.name}: ${faults.stops} stops`);
      assert.deepEqual([state.name, faults.unseen], [state.name, []]);
    }
  }));

  for (const state of [stateOf(composeStates, 'Skriv, recipients of every sort'), stateOf(composeStates, 'Skriv, names, files and addresses that are long'), stateOf(checkStates, 'Tjek, what to look at'), stateOf(otherStates, 'Sendt, with recipients')]) {
    it(`fits at 400 %: ${state.name}`, async () => await withOutlook({}, async (outlook) => {
      await state.arrange(outlook);
      await outlook.page.setViewportSize(ZOOMED);
      const pane = await paneFrame(outlook.page);
      assert.deepEqual([await cutOff(pane), await cutOff(outlook.page.mainFrame())], [[], []]);
    }));
  }

  it('keeps what has focus clear of the bar', async () => await withOutlook({}, async (outlook) => {
    await stateOf(checkStates, 'Tjek, what to look at').arrange(outlook);
    const frame = await paneFrame(outlook.page);
    await outlook.page.setViewportSize({ width: 1366, height: 500 });
    await bar(outlook.pane).getByRole('button', { name: 'Vis' }).click();
    const hidden = await frame.evaluate(() => (document.activeElement?.getBoundingClientRect().bottom ?? 0) - (document.querySelector('[data-bar]')?.getBoundingClientRect().top ?? 0));
    assert.ok(hidden <= 0, `${hidden} pixels are behind the bar`);
  }));

  for (const [name, arrange] of Object.entries(outlookStates)) {
    it(`Outlook, ${name}: nothing for axe, and nothing cut at 320 pixels`, async () => await withOutlook({}, async (outlook) => {
      await arrange(outlook);
      const findings: string[] = [];
      for (const sight of sights) {
        await setSight(outlook.page, sight);
        findings.push(...(await axeFindings(outlook.page.mainFrame(), sight)).map((finding) => `${sight}: ${finding}`));
      }
      await outlook.page.setViewportSize(ZOOMED);
      findings.push(...await cutOff(outlook.page.mainFrame()));
      assert.deepEqual(findings, []);
    }));
  }
});

function stateOf(states: readonly PaneState[], name: string): PaneState {
  const state = states.find((one) => one.name === name);
  assert.ok(state, name);
  return state;
}

interface Listener {
  /** Waits until something has been said. */
  readonly heard: (wanted: RegExp) => Promise<void>;
  /** What was said last, from the sentence on that begins so; the sentence on what Send does is left out. */
  readonly from: (begins: RegExp) => Promise<readonly string[]>;
}

/** Keeps what the live regions say from now on. */
async function listenIn(frame: Frame): Promise<Listener> {
  await frame.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.parentElement?.closest('[aria-live="polite"]')) said.push((node.textContent ?? '').replaceAll('\u00a0', ' '));
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
  const said = async (): Promise<readonly string[]> => await frame.evaluate(() => (window as unknown as { readonly said: readonly string[] }).said);
  const from = async (begins: RegExp): Promise<readonly string[]> => {
    const all = (await said()).filter((one) => !/^Du sender /.test(one));
    return all.slice(all.findLastIndex((one) => begins.test(one)));
  };
  return {
    from,
    heard: async (wanted) => void await eventually(async () => ((await said()).some((one) => wanted.test(one)) ? true : null), 15_000)
      .catch(async () => assert.fail(`not said: ${wanted.source}; but ${JSON.stringify(await said())}`)),
  };
}

/** Walks through the pane by Tab; `unseen`: stops that look the same with and without focus. */
async function walk({ page }: OutlookWithPane, frame: Frame): Promise<{ readonly stops: number; readonly unseen: readonly string[] }> {
  const unseen: string[] = [];
  const seen = new Set<string>();
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    const at = await frame.evaluate(() => {
      const element = document.activeElement;
      if (!document.hasFocus() || !(element instanceof HTMLElement) || element === document.body) return null;
      const { top, left } = element.getBoundingClientRect();
      return { mark: `${element.outerHTML.slice(0, 120)} ${Math.round(left)} ${Math.round(top + scrollY)}`, words: element.innerText || element.getAttribute('aria-label') || element.outerHTML.slice(0, 80) };
    });
    if (at === null || seen.has(at.mark)) break;
    seen.add(at.mark);
    if (!await isFocusSeen(frame)) unseen.push(at.words);
    await page.keyboard.press('Tab');
  }
  return { stops: seen.size, unseen };
}

/** Whether what has focus, or what stands around it, is drawn otherwise than without. */
async function isFocusSeen(frame: Frame): Promise<boolean> {
  return await frame.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const drawn = (): string => [element, element.parentElement, element.parentElement?.parentElement].flatMap((one) => (one ? [null, '::before', '::after'].map((part) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderTopColor, borderTopWidth, transform, content } = getComputedStyle(one, part);
      return [outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`, boxShadow, borderTopColor, borderTopWidth, transform, content].join();
    }) : [])).join();
    const focused = drawn();
    element.blur();
    const without = drawn();
    element.focus();
    return focused !== without;
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { axeFindings, cutOff, iconlessFaults, moving, paneFrame, setSight, sights, spaceText, wordlessIcons } from './look-closely.ts';
import { openedOn, type PaneState } from './pane-states.ts';

/** As wide as Outlook shows a pane at least, in CSS pixels. */
const PANE_WIDTH = 320;

/** Adds a test for each state: what nobody may meet in it, however they see. `settings`: of the gateway. */
export function lookAtStates(title: string, states: readonly PaneState[], settings: Readonly<Record<string, string>> = {}): void {
  describe(title, { skip: noBrowser }, () => {
    const { browser, sandbox } = useSandbox(settings);

    for (const { name, mailbox, arrange } of states) {
      it(`${name}: nothing for axe, nothing cut, no icon without words, nothing moves for who wants none`, async () => {
        const outlook = await openedOn(browser, sandbox, { reducedMotion: 'reduce', ...(mailbox === undefined ? {} : { mailbox }) });
        try {
          await arrange(outlook);
          const pane = await paneFrame(outlook.page);
          assert.equal(await pane.evaluate(() => innerWidth), PANE_WIDTH);
          const findings: string[] = [];
          for (const sight of sights) {
            await setSight(outlook.page, sight);
            findings.push(...(await axeFindings(pane, sight)).map((finding) => `${sight}: ${finding}`));
          }
          findings.push(...await cutOff(pane), ...await wordlessIcons(pane), ...await iconlessFaults(pane), ...await moving(pane));
          await spaceText(pane, true);
          findings.push(...(await cutOff(pane)).map((finding) => `with more room: ${finding}`));
          assert.deepEqual([findings, outlook.cspReports], [[], []]);
        } finally {
          await outlook.context.close();
        }
      });
    }
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, addressesIn, bar, callsFindNobody, fromDoor, inOutlook, pressSend, rowOf, sentence, toFill, tellDoor, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';

const POINT = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk';
const MEMBERS = '/sandbox/graph/members';
const JOBCENTER = 'jobcenter@kommune.example';

describe('the gateway is away, or says otherwise', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  const journey = async (play: (outlook: OutlookWithPane) => Promise<void>): Promise<void> => await inOutlook(browser, sandbox, { expected: callsFindNobody }, play);
  const takeGatewayAway = async (context: BrowserContext): Promise<void> => void await context.route('**/api/**', async (route) => await route.abort());

  it('what was learnt within a day is there without a call; the mail can be written and sent; all is well when it is back', async () => await journey(async (outlook) => {
    const { page, pane, context } = outlook;
    await writeMail(outlook);
    await addRecipients(pane, '2512489996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/recipients/')) asked.push(request.url());
    });

    await page.getByRole('button', { name: 'Ny mail' }).click();
    await writeMail(outlook);
    await addRecipients(pane, '2512489996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    assert.deepEqual(asked, [], 'remembered for a day: nobody is asked');

    await takeGatewayAway(context);
    await writeMail(outlook);
    await pane.getByText(/Ingen forbindelse til serveren\. Du kan skrive videre og sende\./).first().waitFor();
    await addRecipients(pane, '2512489996 2911829996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText(/^Tjekket /).waitFor();
    await rowOf(pane, '291182-xxxx').getByText('Ikke tjekket. Serveren tjekker, når du sender.').waitFor();
    await scripted(page, 'set', { subject: 'Uden forbindelse', bodyHtml: '<p>Goddag</p>' });
    await bar(pane).getByText('Du kan godt sende').waitFor();
    await bar(pane).getByText('Serveren tjekker, når du trykker Send.').waitFor();
    await pane.getByRole('switch', { name: 'Modtagerne kan svare' }).click();
    await toFill(page, [`2512489996@${POINT}`, `2911829996@${POINT}`]);
    await scripted(page, 'set', { subject: 'Sag om 251248-9996' });
    await pane.getByText('Der står et CPR-nummer i emnet.').first().waitFor();
    await scripted(page, 'set', { subject: 'Uden forbindelse' });

    await context.unroute('**/api/**');
    await pane.getByRole('button', { name: 'Prøv igen' }).click();
    await rowOf(pane, /^Kirsten/).getByText('Kan få Digital Post', { exact: true }).waitFor();
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    assert.equal(await pane.getByText('Ingen forbindelse til serveren.').count(), 0);
    await pressSend(page);
  }));

  it('Send needs no gateway to judge the mail, and the look-up and Sendt say what they cannot', async () => await journey(async (outlook) => {
    const { page, pane, context } = outlook;
    await writeMail(outlook);
    await takeGatewayAway(context);
    await pane.getByRole('navigation').getByRole('button', { name: 'Slå op' }).click();
    await pane.getByLabel('Hvilken sag drejer det sig om?').fill('2026-1');
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill('2911829996');
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').press('Enter');
    await pane.getByText('Der kan ikke slås op uden forbindelse til serveren.').waitFor();
    await scripted(page, 'set', { to: [`2512489996@${POINT}`], subject: 'Sag om 251248-9996' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alertdialog').getByText('Der står et CPR-nummer i emnet').waitFor();
    await page.getByRole('alertdialog').getByRole('button').click();
    await pane.getByText('Der står et CPR-nummer i emnet.').first().waitFor();
  }));

  it('on a machine that remembers nobody, numbers are kept without the gateway, and put into the mail when it is back', async () => await journey(async (outlook) => {
    const { page, pane, context } = outlook;
    await takeGatewayAway(context);
    await writeMail(outlook);
    await pane.getByText('Numre, du tilføjer her, kommer i mailen af sig selv, når forbindelsen er tilbage.').waitFor();
    await addRecipients(pane, '2512489996');
    await pane.getByText('Ikke i mailen endnu: Der er ingen forbindelse til serveren. Sættes ind af sig selv, når den er tilbage.').first().waitFor();
    await context.unroute('**/api/**');
    await pane.getByRole('button', { name: 'Prøv igen' }).click();
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    assert.match((await addressesIn(page)).join(), /2512489996/);
  }));

  it('nothing of a person can be read in what the browser keeps', async () => await journey(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await addRecipients(pane, '2512489996, 1111111118, 87654321');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    await rowOf(pane, 'Beskyttet navn').waitFor();
    await pane.getByRole('navigation').getByRole('button', { name: 'Slå op' }).click();
    await pane.getByLabel('Hvilken sag drejer det sig om?').fill('2026-4711');
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill('0107729995');
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').press('Enter');
    await pane.getByText(/^Max /).first().waitFor();
    await scripted(page, 'set', { subject: 'Om 251248-9996' });
    const kept = await eventually(async () => {
      const all = await keptInBrowser(page);
      return all.records >= 3 ? all : null;
    });
    for (const secret of [/2512489996|251248-9996|1111111118|0107729995|9996|9995/, /Nancy|Berggren|Max Test|Bergs/i]) assert.doesNotMatch(kept.text, secret);
  }));

  it('where one must log on, that is said, and one button does it', async () => await journey(async (outlook) => {
    const { page, pane, context } = outlook;
    await context.route('**/sandbox/entra/tokens', async (route) => await route.fulfill({ status: 503, body: '' }));
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await pane.getByText('Log på for at se navne og afsendere.').waitFor();
    await scripted(page, 'set', { to: [`2512489996@${POINT}`] });
    await pane.locator('[data-row]').getByText('Ikke tjekket. Serveren tjekker, når du sender.').waitFor();
    await context.unroute('**/sandbox/entra/tokens');
    await pane.getByRole('button', { name: 'Log på' }).click();
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    assert.equal(await pane.getByRole('button', { name: 'Log på' }).count(), 0);
  }));

  /** As the gateway tells anybody who asks with her token, beside the pane. */
  const mailboxesOfMette = async (): Promise<readonly string[]> => {
    const token = await fetch(`${sandbox.url}/sandbox/entra/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person: 'mette@kommune.example' }) });
    const { access_token } = await token.json() as { readonly access_token: string };
    const me = await fetch(`${sandbox.url}/api/v1/me`, { headers: { authorization: `Bearer ${access_token}` } });
    const { mailboxes } = await me.json() as { readonly mailboxes: readonly { readonly address: string }[] };
    return mailboxes.map(({ address }) => address);
  };

  /** Jobcenter's mailbox is taken out of the group while this is played, and is known to be back afterwards. */
  const withoutJobcenter = async (play: () => Promise<void>): Promise<void> => {
    const members = await fromDoor<{ readonly members: readonly string[] }>(sandbox, MEMBERS);
    await tellDoor(sandbox, 'PUT', MEMBERS, { members: members.members.filter((one) => one !== JOBCENTER) });
    try {
      await eventually(async () => ((await mailboxesOfMette()).includes(JOBCENTER) ? null : true), 20_000);
      await play();
    } finally {
      await tellDoor(sandbox, 'PUT', MEMBERS, members);
      await eventually(async () => ((await mailboxesOfMette()).includes(JOBCENTER) ? true : null), 20_000);
    }
  };

  it('a mailbox that is withdrawn while the pane stands open is found out with the first call that is refused', async () => await journey(async (outlook) => {
    const { pane } = outlook;
    await writeMail(outlook);
    await addRecipients(pane, '2911829996');
    await rowOf(pane, /^Kirsten/).waitFor();
    await withoutJobcenter(async () => {
      await addRecipients(pane, '2512489996');
      await pane.getByText(`Fra ${JOBCENTER} kan du ikke sende Digital Post.`).first().waitFor();
      assert.equal(await pane.getByText('Tryk Send i Outlook.').count(), 0);
    });
  }));

  it('a mailbox that is withdrawn is no sender any more, and what was remembered is dropped', async () => await journey(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await addRecipients(pane, '2911829996');
    await rowOf(pane, /^Kirsten/).waitFor();
    await withoutJobcenter(async () => {
      await pane.getByRole('button', { name: 'Systemoplysninger' }).click();
      await pane.getByRole('button', { name: 'Opdater nu' }).click();
      await pane.getByText(/^Opdateret\./).first().waitFor();
      await pane.getByRole('button', { name: 'Tilbage' }).click();
      await pane.getByText(`Fra ${JOBCENTER} kan du ikke sende Digital Post.`).first().waitFor();
      // A pane that stood while it was withdrawn may have seen from where Fra was changed, and then the sender follows.
      await page.getByRole('button', { name: 'Luk panelet' }).click();
      await pane.locator('main').waitFor({ state: 'detached' });
      await page.getByLabel('Fra').selectOption('borgerservice@kommune.example');
      await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
      // The draft that one comes back to names a sender that may not be used: that must be put right.
      await pane.getByText('Jobcenter må ikke længere bruges fra denne postkasse. Vælg en anden afsender.').waitFor();
      await pane.getByRole('radio', { name: /Borgerservice/ }).click();
      await sentence(pane).getByText('som Borgerservice').waitFor();
      await toFill(page, ['2911829996-reply@163710ae-5078-350c-0000-000000000440.ngdp.digital-post.dk']);
    });
  }));
});

/** Everything that stands in the storages of the page and its frames, as far as it is text or bytes. */
async function keptInBrowser(page: Page): Promise<{ readonly text: string; readonly records: number }> {
  return await page.evaluate(async () => {
    const done = async <Value>(request: IDBRequest<Value>): Promise<Value> => await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(String(request.error)));
    });
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
      if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
      if (Array.isArray(value)) return value.map(textOf).join(' ');
      if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, one]) => `${name}=${textOf(one)}`).join(' ');
      return String(value);
    };
    const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    let records = 0;
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const held = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([done(held.getAllKeys()), done(held.getAll())]);
        records += values.length;
        parts.push(textOf(keys), textOf(values));
      }
      database.close();
    }
    return { text: parts.join('\n'), records };
  });
}

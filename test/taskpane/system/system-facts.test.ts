import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientFacts } from '../../../src/taskpane/office/outlook.ts';
import { shownTime } from '../../../src/taskpane/parts/shown-time.ts';
import { systemFacts, systemText, type SystemFacts } from '../../../src/taskpane/system/system-facts.ts';
import { fillText, type TextParameters } from '../../../src/taskpane/texts/fill-text.ts';
import { system } from '../../../src/taskpane/texts/da.ts';
import type { MeAnswer } from '../../../src/domain/gateway-api.ts';
import { mailbox, me } from '../compose/compose-world.ts';

const web: ClientFacts = {
  name: 'OutlookWebApp', version: '16.0.1', platform: 'OfficeOnline', language: 'da-DK', mailboxSet: '1.16', checksOnSend: true,
  userAddress: 'mette@kommune.example', userName: 'Mette',
};

function facts(of: MeAnswer | null = me(), client: ClientFacts = web): SystemFacts {
  const say = (key: keyof typeof system, parameters?: TextParameters): string => fillText(system[key], parameters);
  return systemFacts({ version: '1.4.0', client, me: of, say, time: shownTime('da-DK', 'Europe/Copenhagen') });
}

const valueOf = (list: readonly (readonly [string, string])[], label: string): string | undefined => list.find(([one]) => one === label)?.[1];

describe('what whoever helps asks about', () => {
  it('is when the answers were fetched, and until when they are believed', () => {
    assert.deepEqual(facts().times, [['Hentet', '26. november 2026 kl. 09.00'], ['Udløber', '27. november 2026 kl. 09.00']]);
  });

  it('is every version, the client, and who one is', () => {
    assert.deepEqual(facts().versions, [
      ['Digital Post', '1.4.0'], ['Server', '0.1.0'], ['Outlook', 'På nettet, 16.0.1, Mailbox 1.16'], ['Bruger', 'mette@kommune.example'], ['Opslag', 'CPR og CVR'],
    ]);
  });

  it('calls Outlook by the name that its users know', () => {
    const outlook = (client: Partial<ClientFacts>): string | undefined => valueOf(facts(me(), { ...web, ...client }).versions, 'Outlook');
    assert.match(outlook({ name: 'Outlook', platform: 'PC' }) ?? '', /^Klassisk Outlook til Windows, /);
    assert.match(outlook({ name: 'newOutlookWindows', platform: 'OfficeOnline' }) ?? '', /^Ny Outlook til Windows, /);
    assert.match(outlook({ name: 'Outlook', platform: 'Mac' }) ?? '', /^Outlook til Mac, /);
    assert.equal(outlook({ name: 'Noget nyt', platform: 'x', version: '' }), 'Noget nyt, Mailbox 1.16');
  });

  it('is what may be looked up', () => {
    const lookup = (part: Partial<MeAnswer>): string | undefined => valueOf(facts(me(part)).versions, 'Opslag');
    assert.equal(lookup({ cprAccess: null }), 'CVR');
    assert.equal(lookup({ cvrAccess: false }), 'CPR');
    assert.equal(lookup({ cprAccess: null, cvrAccess: false }), 'Ingen');
  });

  it('is for each mailbox its methods and the contact points that it may send as', () => {
    const mailboxes = [mailbox(), mailbox({ address: 'hr@kommune.example', actions: [] }), mailbox({ address: 'borger@kommune.example', actions: ['send', 'mass-send'] })];
    assert.deepEqual(facts(me({ mailboxes })).mailboxes, [
      ['jobcenter@kommune.example', 'Digital Post, mit.dk · Jobcenter, Eksempel Kommune'],
      ['hr@kommune.example', 'Ikke Digital Post'],
      ['borger@kommune.example', 'Digital Post, mit.dk, masseforsendelse · Jobcenter, Eksempel Kommune'],
    ]);
  });

  it('is what Outlook knows, while the gateway has not said who one is', () => {
    const { times, versions, mailboxes } = facts(null);
    assert.deepEqual([times, mailboxes], [[], []]);
    assert.deepEqual(versions.map(([label]) => label), ['Digital Post', 'Outlook', 'Bruger']);
  });

  it('is copied as text, without CPR numbers', () => {
    const odd = mailbox();
    const labelled = me({ mailboxes: [{ ...odd, senders: odd.senders.map((sender) => ({ ...sender, label: 'Sag 251248-9996' })) }] });
    const text = systemText(facts(labelled), 'Postkasser');
    assert.match(text, /^Digital Post: 1\.4\.0\nServer: 0\.1\.0\nOutlook: /);
    assert.match(text, /\n\nPostkasser:\njobcenter@kommune\.example: Digital Post, mit\.dk · Sag 251248-xxxx/);
    assert.doesNotMatch(text, /9996/);
  });
});

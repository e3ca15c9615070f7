import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openedMailbox } from '../../../src/sandbox/outlook/outlook-user.ts';
import { worldMailboxes } from '../../../src/sandbox/world.ts';

const shown = (address: string): readonly [string | undefined, readonly string[] | undefined] => {
  const opened = openedMailbox(address);
  return [opened?.user.address, opened?.senders.map((one) => one.address)];
};

describe('a mailbox in Outlook', () => {
  it('is opened by the one who may use it, with their other mailboxes', () => {
    assert.deepEqual(shown('jobcenter@kommune.example'), ['mette@kommune.example', ['jobcenter@kommune.example', 'borgerservice@kommune.example', 'sikkerpost@kommune.example', 'mette@kommune.example']]);
    assert.deepEqual(shown('SIKKERPOST@kommune.example')[0], 'sagsbehandler@kommune.example');
    assert.deepEqual(shown('hr@kommune.example')[0], 'hanne@kommune.example');
    assert.deepEqual(shown('sikkerpost@nabo.example'), ['nina@nabo.example', ['sikkerpost@nabo.example', 'nina@nabo.example']]);
  });

  it('that may send is opened by somebody who may send from every one that may, so that Fra can be changed to each', () => {
    const able = ['jobcenter@kommune.example', 'borgerservice@kommune.example', 'sikkerpost@kommune.example'];
    for (const address of able) assert.deepEqual(able.filter((one) => !shown(address)[1]?.includes(one)), [], address);
  });

  it('of somebody’s own is opened by them, with the mailboxes that they may use', () => {
    assert.deepEqual(shown('sagsbehandler@kommune.example'), ['sagsbehandler@kommune.example', ['sagsbehandler@kommune.example', 'sikkerpost@kommune.example', 'borgerservice@kommune.example', 'jobcenter@kommune.example']]);
  });

  it('that nobody has is opened by itself; one from elsewhere is not opened', () => {
    assert.deepEqual(shown('arkiv@kommune.example'), ['arkiv@kommune.example', ['arkiv@kommune.example']]);
    assert.equal(openedMailbox('nogen@andetsteds.example'), null);
    assert.equal(openedMailbox(''), null);
  });

  it('knows its own colleagues, and nobody of the neighbours', () => {
    const colleagues = openedMailbox('jobcenter@kommune.example')?.colleagues.map((one) => one.address) ?? [];
    assert.ok(colleagues.includes('vikar@kommune.example') && colleagues.includes('overvaagning@kommune.example'));
    assert.ok(!colleagues.some((address) => address.endsWith('nabo.example')));
    for (const address of worldMailboxes()) assert.ok(openedMailbox(address), address);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRecipients } from '../../../src/taskpane/compose/read-recipients.ts';
import { viewersOf } from '../../../src/taskpane/see/viewers.ts';

const viewersFor = (...addresses: readonly string[]): readonly string[] => {
  const to = addresses.map((emailAddress) => ({ displayName: '', emailAddress }));
  return viewersOf(readRecipients({ to, cc: [], bcc: [] }, { own: { domains: ['kommune.example'], guessed: false }, header: null })).map(({ name }) => name);
};
const CITIZEN = '2512489996-reply@35833684.ngdp.digital-post.dk';
const COMPANY = '87654321@35833684.ngdp.digital-post.dk';

describe('where a message can be read', () => {
  it('is borger.dk for citizens and virk.dk for companies, first, and the two others', () => {
    assert.deepEqual(viewersFor(CITIZEN), ['borger.dk', 'mit.dk', 'e-Boks']);
    assert.deepEqual(viewersFor(COMPANY, 'mette@kommune.example'), ['virk.dk', 'mit.dk', 'e-Boks']);
    assert.deepEqual(viewersFor(COMPANY, CITIZEN), ['borger.dk', 'virk.dk', 'mit.dk', 'e-Boks']);
  });

  it('is anywhere for a list, and while there is nobody yet', () => {
    for (const addresses of [[], ['masseforsendelse-3@35833684.ngdp.digital-post.dk']]) assert.deepEqual(viewersFor(...addresses), ['borger.dk', 'virk.dk', 'mit.dk', 'e-Boks']);
  });

  it('is there alone where it is sent by mit.dk or e-Boks', () => {
    assert.deepEqual(viewersFor('2512489996@35833684.mitdk.digital-post.dk'), ['mit.dk']);
    assert.deepEqual(viewersFor('2512489996@35833684.eboks.digital-post.dk'), ['e-Boks']);
    assert.deepEqual(viewersFor('2512489996@35833684.mitdk.digital-post.dk', CITIZEN), ['borger.dk', 'mit.dk', 'e-Boks']);
  });
});

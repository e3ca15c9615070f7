import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerPath } from '../../../src/taskpane/read/answer-path.ts';
import { namedRecipients } from '../../../src/taskpane/read/sent-recipients.ts';
import { me } from '../compose/compose-world.ts';
import { recipient } from '../sent/sent-fixtures.ts';
import { JOBCENTER, mail } from './read-fixtures.ts';

const to = (number: string, displayName: string) => ({ displayName, emailAddress: `${number}@${JOBCENTER}.ngdp.digital-post.dk` });
const told = (position: number, shown: string) => recipient({ position, recipient: shown });

describe('recipients of a mail that I sent', () => {
  it('have the name that stands in the mail, and the number that is behind it', () => {
    const named = namedRecipients({ to: [to('2512489996', 'Nancy Ann Test Berggren (Digital Post)'), to('1111111118', '111111-xxxx (Digital Post)')], cc: [to('56781234', 'Tømrer Dahl ApS (Digital Post)')] },
      [told(1, '251248-xxxx'), told(2, '111111-xxxx'), told(3, '56781234')]);
    assert.deepEqual(named.map(({ name, cpr }) => [name, cpr]), [['Nancy Ann Test Berggren', '2512489996'], ['111111-xxxx', '1111111118'], ['Tømrer Dahl ApS', null]]);
  });

  it('are found though somebody in Bcc has moved their places', () => {
    const [named] = namedRecipients({ to: [{ displayName: 'Vera', emailAddress: 'vikar@kommune.example' }, to('2512489996', 'Nancy')], cc: [] }, [told(5, '251248-xxxx')]);
    assert.deepEqual([named?.name, named?.cpr], ['Nancy', '2512489996']);
  });

  it('are never taken for another with the same birthday', () => {
    const mailed = { to: [to('2512489996', 'Nancy'), to('2512489995', 'Nora')], cc: [] };
    assert.deepEqual(namedRecipients(mailed, [told(2, '251248-xxxx')]).map(({ name }) => name), ['Nora']);
    assert.deepEqual(namedRecipients(mailed, [told(3, '251248-xxxx')]).map(({ name, cpr }) => [name, cpr]), [['251248-xxxx', null]]);
  });

  it('are told as the gateway tells them where the mail does not hold them', () => {
    assert.deepEqual(namedRecipients({ to: [], cc: [] }, [told(1, '251248-xxxx'), told(2, 'ven@example.org')]).map(({ name }) => name), ['251248-xxxx', 'ven@example.org']);
  });

  it('have the name that the gateway kept where the mail that is read does not show them', () => {
    const named = namedRecipients({ to: [], cc: [] }, [recipient({ recipient: '251248-xxxx', name: 'Nancy Ann Test Berggren' }), recipient({ position: 2, recipient: '111111-xxxx', name: null })]);
    assert.deepEqual(named.map(({ name }) => name), ['Nancy Ann Test Berggren', '111111-xxxx']);
  });

  it('keep a company with one of its contact points', () => {
    const point = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
    const [named] = namedRecipients({ to: [to(`56781234.${point}`, 'Tømrer Dahl ApS (Digital Post)')], cc: [] }, [told(1, `56781234, kontaktpunkt ${point}`)]);
    assert.equal(named?.name, 'Tømrer Dahl ApS');
  });
});

describe('the answer path of a mail that I sent', () => {
  it('is the mailbox of the sender in its addresses', () => {
    assert.deepEqual(answerPath(mail(), me()), { kind: 'yes', mailbox: 'jobcenter@kommune.example' });
    assert.deepEqual(answerPath(mail(), null), { kind: 'yes', mailbox: null });
  });

  it('is none where nobody can answer', () => {
    assert.deepEqual(answerPath(mail({ to: [to('2512489996', 'Nancy')] }), me()), { kind: 'no' });
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OWN_CVR } from './citizens.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { arrivals, memoOf, refused, send, told } from './sent-mail.ts';

describe('mail to e-Boks', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  for (const number of ['1234567890', '87654321']) {
    for (const address of [`${number}@digital-post.dk`, `${number}@${OWN_CVR}.eboks.digital-post.dk`]) {
      it(`arrives from the organisation’s CVR number: ${address.replace(/^\d{10}/, 'a citizen')}`, async () => {
        const mail = await send(sandbox, [address], { subject: `Til ${address}`.slice(0, 60) });
        assert.match((await told(sandbox, mail)).text, /e-Boks/);
        const [row, ...more] = await arrivals(sandbox, mail, 'eboks');
        assert.ok(row && more.length === 0);
        const { header } = await memoOf(sandbox, row, 'eboks');
        assert.deepEqual([header.sender.id, header.sender.label, header.reply], [OWN_CVR, 'Eksempel Kommune', false]);
        assert.equal(header.recipient.id, number);
      });
    }
  }

  it('takes any file type, since e-Boks only counts', async () => {
    const attachments = [{ filename: 'tegning.dwg', content: 'AC1032 tegning' }];
    const mail = await send(sandbox, ['1234567890@digital-post.dk'], { subject: 'Tegning', attachments });
    await told(sandbox, mail);
    assert.equal((await arrivals(sandbox, mail, 'eboks')).length, 1);
  });

  it('is refused with e-Boks named when it has more than ten attachments', async () => {
    const attachments = Array.from({ length: 12 }, (_, n) => ({ filename: `${n}.txt`, content: 'x' }));
    const mail = await send(sandbox, ['1234567890@digital-post.dk'], { subject: 'Tolv', attachments });
    await refused(sandbox, mail, '12', '10', 'e-Boks');
  });

  it('says in the receipt who is not registered, in e-Boks’ name', async () => {
    const mail = await send(sandbox, ['1509819996@digital-post.dk'], { subject: 'Ukendt hos e-Boks' });
    assert.match((await told(sandbox, mail)).text, /ikke tilmeldt e-Boks/);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OWN_CVR } from './citizens.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { arrivals, COMPANY_POINT, JOBCENTER_POINT, memoOf, send, told } from './sent-mail.ts';

/** The twelve forms of the release notes (features.md A2, A3): recipient, whether it may be answered, contact points. */
const FORMS = ['1234567890', '87654321'].flatMap((number) =>
  [false, true].flatMap((reply) =>
    [OWN_CVR, JOBCENTER_POINT].flatMap((sender) =>
      (number.length === 8 ? [null, COMPANY_POINT] : [null]).map((point) => ({ number, reply, sender, point })),
    ),
  ),
);

describe('mail to mit.dk', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  for (const { number, reply, sender, point } of FORMS) {
    const address = `${number}${reply ? '-reply' : ''}${point ? `.${point}` : ''}@${sender}.mitdk.digital-post.dk`;
    it(`arrives from ${address.replace(/^\d{10}/, 'a citizen’s number')} as the address says`, async () => {
      const mail = await send(sandbox, [address], { subject: `Form ${address}`.slice(0, 100) });
      const notice = await told(sandbox, mail);
      assert.match(notice.subject, /1 leveret/);
      assert.match(notice.text, /mit\.dk/);
      const [row, ...more] = await arrivals(sandbox, mail, 'mitdk');
      assert.ok(row && more.length === 0);
      assert.deepEqual(await arrivals(sandbox, mail), []);
      const { header } = await memoOf(sandbox, row, 'mitdk');
      assert.equal(header.reply, reply);
      assert.equal(header.recipient.id, number);
      assert.equal(header.recipient.contactPoint?.id ?? null, point);
      assert.equal(header.sender.id, OWN_CVR);
      assert.equal(header.sender.label, sender === OWN_CVR ? 'Eksempel Kommune' : 'Jobcenter');
      assert.equal(header.sender.contactPoint?.id ?? null, sender === OWN_CVR ? null : sender);
    });
  }

  it('is tried again under the same UUID while mit.dk is down, and arrives once', async () => {
    await sandbox.post('/sandbox/mitdk/faults', { mode: 'reset', count: 1 });
    const mail = await send(sandbox, [`1234567890@${OWN_CVR}.mitdk.digital-post.dk`], { subject: 'Efter afbrudt svar' });
    await told(sandbox, mail);
    assert.equal((await arrivals(sandbox, mail, 'mitdk')).length, 1);
  });

  it('goes through while NgDP answers nothing', async () => {
    await sandbox.fault('timeout');
    const stuck = await send(sandbox, [`2911829996@${OWN_CVR}.ngdp.digital-post.dk`], { subject: 'Sidder fast' });
    const mail = await send(sandbox, [`2911829996@${OWN_CVR}.mitdk.digital-post.dk`], { subject: 'Går igennem' });
    await told(sandbox, mail);
    await sandbox.fault('none');
    await until(async () => (await arrivals(sandbox, stuck)).length === 1, 60_000, 'the message to NgDP');
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OWN_CVR } from './citizens.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { arrivals, refused, send, told } from './sent-mail.ts';

const COLLEAGUE = 'sagsbehandler@kommune.example';
const OUTSIDER = 'ven@example.org';
const DIGITAL = [`1234567890@${OWN_CVR}.ngdp.digital-post.dk`, `2512489996-reply@${OWN_CVR}.mitdk.digital-post.dk`, '2911829996@digital-post.dk'];

describe('one mail to NgDP, mit.dk, e-Boks, a colleague and an outsider', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('goes each its own way, once, and one receipt names them all', async () => {
    const mail = await send(sandbox, [...DIGITAL, COLLEAGUE, OUTSIDER], { subject: 'Til alle slags' });
    const notice = await told(sandbox, mail);
    assert.deepEqual(notice.copy?.counts.delivered, 5);
    assert.deepEqual(notice.copy.recipients.map(({ channel }) => channel), ['ngdp', 'mitdk', 'eboks', 'mail', 'mail']);
    for (const channel of ['ngdp', 'mitdk', 'eboks']) assert.equal((await arrivals(sandbox, mail, channel)).length, 1, channel);
    for (const mailbox of [COLLEAGUE, OUTSIDER]) {
      assert.equal((await sandbox.mailbox(mailbox)).filter(({ subject }) => subject === mail.subject).length, 1, mailbox);
    }
    const [row] = (await sandbox.mailbox(OUTSIDER)).filter(({ subject }) => subject === mail.subject);
    assert.ok(row);
    assert.doesNotMatch((await sandbox.mail(OUTSIDER, row.id)).toString('latin1'), /digital-post\.dk/);
  });

  it('is refused whole for what one of the channels does not take, with that channel named', async () => {
    const attachments = [{ filename: 'tegning.dwg', content: 'AC1032' }];
    const mail = await send(sandbox, [...DIGITAL, COLLEAGUE], { subject: 'En kan ikke', attachments });
    const notice = await refused(sandbox, mail, 'tegning.dwg', 'mit.dk', 'Digital Post');
    assert.doesNotMatch(notice.text, /understøttes ikke i e-Boks/);
    assert.equal((await sandbox.mailbox(COLLEAGUE)).filter(({ subject }) => subject === mail.subject).length, 0);
  });
});

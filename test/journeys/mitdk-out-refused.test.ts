import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OWN_CVR } from './citizens.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { arrivals, COMPANY_POINT, JOBCENTER_POINT, memoOf, refused, send, told } from './sent-mail.ts';

const mitdk = (number: string) => `${number}@${OWN_CVR}.mitdk.digital-post.dk`;

describe('mail that mit.dk does not take as it is', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start({ MITDK_CONTACT_STRUCTURE: 'off' });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  it('is refused with mit.dk named: eleven attachments with both numbers, bad types with every file', async () => {
    const eleven = Array.from({ length: 11 }, (_, n) => ({ filename: `${n}.txt`, content: 'x' }));
    await refused(sandbox, await send(sandbox, [mitdk('1234567890')], { subject: 'Elleve', attachments: eleven }), '11', '10', 'mit.dk');
    const bad = [{ filename: 'a.exe', content: 'MZ' }, { filename: 'b.heic', content: 'x' }];
    await refused(sandbox, await send(sandbox, [mitdk('1234567890')], { subject: 'Typer', attachments: bad }), 'a.exe', 'b.heic', 'mit.dk');
  });

  it('says in the receipt who cannot be reached, in mit.dk’s name', async () => {
    const notice = await told(sandbox, await send(sandbox, [mitdk('1509819996')], { subject: 'Ikke tilmeldt' }));
    assert.match(notice.text, /ikke tilmeldt mit\.dk/);
  });

  it('goes in the organisation’s name where mit.dk has no contact points, and the receipt says so', async () => {
    const to = [`87654321.${COMPANY_POINT}@${JOBCENTER_POINT}.mitdk.digital-post.dk`, `87654321.${COMPANY_POINT}@${JOBCENTER_POINT}.ngdp.digital-post.dk`];
    const mail = await send(sandbox, to, { subject: 'Uden kontaktpunkt' });
    const notice = await told(sandbox, mail);
    assert.match(notice.text, /mit\.dk viser endnu ikke kontaktpunkter.*Eksempel Kommune/);
    const [row] = await arrivals(sandbox, mail, 'mitdk');
    const [other] = await arrivals(sandbox, mail);
    assert.ok(row && other);
    const { header } = await memoOf(sandbox, row, 'mitdk');
    assert.deepEqual([header.sender.label, header.sender.contactPoint, header.recipient.contactPoint], ['Eksempel Kommune', undefined, undefined]);
    const ngdp = await memoOf(sandbox, other);
    assert.deepEqual([ngdp.header.sender.label, ngdp.header.recipient.contactPoint?.id], ['Jobcenter', COMPANY_POINT]);
  });

  it('is refused at the door when the mailbox may not use the contact point', async () => {
    const from = 'borgerservice@kommune.example';
    const answer = await sandbox.submit(
      `From: ${from}\r\nTo: x\r\nSubject: Fremmed\r\n\r\nHej`, from, [`1234567890@${JOBCENTER_POINT}.mitdk.digital-post.dk`],
    );
    assert.ok(answer.code >= 500, answer.text);
  });
});

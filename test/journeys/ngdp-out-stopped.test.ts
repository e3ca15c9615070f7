import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { writeMergeColumns } from '../../src/domain/merge-columns.ts';
import { pdfText } from '../../src/pdf/pdf-text.ts';
import { citizen, ngdp, OWN_CVR } from './citizens.ts';
import { attachmentOf, noticesOf, type NoticeRead } from './receipt-reading.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { arrivals, send, SIKKERPOST, type SentMail } from './sent-mail.ts';

const CHIEF = 'sagsbehandler@kommune.example';
const PATIENCE_MS = 30_000;

describe('a message that is taken back', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start({ HOLD_SINGLE_MS: '600000', HOLD_MASS_MS: '0', MASS_APPROVAL_OVER_RECIPIENTS: '20' });
  });
  after(() => sandbox[Symbol.asyncDispose]());

  const notice = async (mailbox: string, { messageId }: SentMail, subject: RegExp): Promise<NoticeRead> => {
    const found = async () => (await noticesOf(sandbox, mailbox, messageId)).find((one) => subject.test(one.subject));
    await until(async () => (await found()) !== undefined, PATIENCE_MS, `a mail like ${subject}`);
    const one = await found();
    assert.ok(one);
    return one;
  };
  const links = ({ text }: NoticeRead) => [...text.matchAll(/https?:\/\/\S+\/api\/links\/\S+/g)].map(([link]) => link);
  const press = async (link: string) => await (await fetch(link, { method: 'POST' })).text();

  it('by the link of the mail that says it waits goes to nobody, and its receipt says so', async () => {
    const colleague = 'arkiv@kommune.example';
    const mail = await send(sandbox, [ngdp(citizen(0)), colleague], { subject: 'Taget tilbage' });
    const [link = ''] = links(await notice(SIKKERPOST, mail, /^Din besked venter/));
    assert.ok(link.startsWith(sandbox.http));
    const looked = await (await fetch(link)).text();
    assert.match(looked, /<button type="submit">Stop beskeden/);
    assert.match(await press(link), /Ingen har fået den/);
    const receipt = await notice(SIKKERPOST, mail, /Taget tilbage/);
    assert.ok(receipt);
    await until(async () => (await noticesOf(sandbox, SIKKERPOST, mail.messageId)).length === 2, PATIENCE_MS, 'the receipt');
    const copy = (await noticesOf(sandbox, SIKKERPOST, mail.messageId))[1]?.copy;
    assert.deepEqual(copy?.recipients.map(({ status }) => status), ['stopped', 'stopped']);
    assert.deepEqual([await arrivals(sandbox, mail), await sandbox.mailbox(colleague)], [[], []]);
  });

  it('stays stopped, and one that waits still waits, when everything is killed and started again', async () => {
    const stopped = await send(sandbox, [ngdp(citizen(1))], { subject: 'Stoppet før' });
    await press(links(await notice(SIKKERPOST, stopped, /^Din besked venter/))[0] ?? '');
    const waiting = await send(sandbox, [ngdp(citizen(2))], { subject: 'Venter stadig' });
    const [link = ''] = links(await notice(SIKKERPOST, waiting, /^Din besked venter/));
    await sandbox.kill9();
    await sandbox.restart();
    const now = link.replace(/^https?:\/\/[^/]+/, sandbox.http);
    assert.match(await (await fetch(now)).text(), /Stop beskeden\?/);
    assert.match(await press(now), /Ingen har fået den/);
    assert.deepEqual([await arrivals(sandbox, stopped), await arrivals(sandbox, waiting)], [[], []]);
  });

  it('and a mass send over the number goes only when somebody else has approved it', async () => {
    const content = Array.from({ length: 21 }, (_, n) => citizen(n)).join('\r\n');
    const to = [`masseforsendelse-21@${OWN_CVR}.ngdp.digital-post.dk`];
    const attachments = [{ filename: 'masseforsendelse.txt', content }];
    const mail = await send(sandbox, to, { subject: 'Til enogtyve', attachments });
    const [approve = ''] = links(await notice(CHIEF, mail, /^Godkend masseforsendelse/));
    assert.deepEqual(await arrivals(sandbox, mail), []);
    assert.match(await press(approve), /er godkendt/);
    await notice(SIKKERPOST, mail, /^Kvittering: .*21 leveret/);
    assert.equal((await arrivals(sandbox, mail)).length, 21);
  });

  it('shows whoever approves it the first letter, where each recipient has their own', async () => {
    const rows = Array.from({ length: 21 }, (_, n) => [citizen(n), `Navn${String(n)}`]);
    const attachments = [
      { filename: 'masseforsendelse.txt', content: rows.map(([number]) => number).join('\r\n') },
      { filename: 'masseforsendelse.csv', content: Buffer.from(writeMergeColumns(['Nummer', 'Navn'], rows)) },
    ];
    const mail = await send(sandbox, [`masseforsendelse-21@${OWN_CVR}.ngdp.digital-post.dk`], { subject: 'Hver sit', html: '<p>Kære {Navn}</p>', attachments });
    const asked = await notice(CHIEF, mail, /^Godkend masseforsendelse/);
    assert.match(asked.text, /Hver modtager får sit eget brev\. Det første ligger vedhæftet, som modtageren får det\./);
    const pages = await pdfText(attachmentOf(asked.mail, 'Brev.pdf') ?? Buffer.alloc(0), { pagesMax: 2, charactersMax: 1_000 });
    assert.match(pages?.join() ?? '', /^\s*Kære Navn0\s*$/);
    assert.match(await (await fetch(links(asked)[0] ?? '')).text(), /det første ligger i mailen til dig/);
  });
});

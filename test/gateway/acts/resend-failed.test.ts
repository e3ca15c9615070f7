import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { writeMergeColumns } from '../../../src/domain/merge-columns.ts';
import { pdfText } from '../../../src/pdf/pdf-text.ts';
import { textLetter } from '../../pdf/letters.ts';
import { citizen, ngdp, OWN_CVR } from '../../journeys/citizens.ts';
import type { NoticeRead } from '../../journeys/receipt-reading.ts';
import { HoldWorld, linksIn, SIKKERPOST, type HandedMail } from '../hold-world.ts';

const NOT_REGISTERED = '1509819996';
const DEAD = '0101851001';
const JOBCENTER = 'jobcenter@kommune.example';
const BORGERSERVICE_POINT = '163710ae-5078-350c-0000-000000000440';

describe('sending again to those who did not get it', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({});
  });
  after(() => world[Symbol.asyncDispose]());

  const resent = async ({ id }: HandedMail): Promise<HandedMail> => {
    const { rows } = await world.inner.database.query<{ id: number; messageId: string; subject: string }>(
      'select id, message_id as "messageId", subject from submission where resend_of = $1', [id],
    );
    const [mail] = rows;
    assert.ok(mail);
    return { ...mail, id: Number(mail.id) };
  };
  const resendLink = (notice: NoticeRead): string => linksIn(notice).at(-1) ?? '';

  it('goes to the failed alone, under new ids, once however often it is pressed, with a receipt of its own', async () => {
    const mail = await world.hand([ngdp(citizen(0)), ngdp(NOT_REGISTERED), ngdp(DEAD)], { subject: 'Til tre' });
    const link = resendLink(await world.notice(SIKKERPOST, mail, /1 leveret, 2 fejlet/));
    assert.match((await world.follow(link)).html, /Send igen\?/);
    assert.equal(await world.inner.number('select count(*) from submission where resend_of is not null'), 0);
    const pressed = await Promise.all([1, 2, 3].map(() => world.follow(link, 'POST')));
    assert.equal(pressed.filter(({ html }) => /er sendt igen[\s\S]*2 modtagere/.test(html)).length, 1);
    assert.equal(pressed.filter(({ html }) => html.includes('allerede sendt igen')).length, 2);
    const again = await resent(mail);
    await world.untilStatus(again, 'refused', 2);
    const arrived = (await world.inner.ngdp.messages.list('ngdp')).filter(({ label }) => label === 'Til tre');
    assert.equal(arrived.filter(({ recipientID }) => recipientID === citizen(0)).length, 1);
    assert.equal(new Set(arrived.map(({ messageUUID }) => messageUUID)).size, arrived.length);
    assert.equal(arrived.length, 5);
    const receipt = await world.notice(SIKKERPOST, mail, /0 leveret, 2 fejlet/);
    assert.deepEqual(receipt.copy?.recipients.map(({ position }) => position), [2, 3]);
    // What failed again is sent again from the new receipt.
    assert.match((await world.follow(resendLink(receipt), 'POST')).html, /er sendt igen/);
    await world.untilStatus(await resent(again), 'refused', 2);
  });

  it('goes in containers again where a mass send failed for many', async () => {
    const lines = Array.from({ length: 110 }, (_, n) => citizen(n));
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const mail = await world.hand([`masseforsendelse-110@${OWN_CVR}.ngdp.digital-post.dk`], {
      subject: 'Til mange', attachments: [{ filename: 'masseforsendelse.txt', content: lines.join('\n') }],
    });
    await world.read(mail);
    world.turnBy(6 * 86_400_000);
    await world.untilStatus(mail, 'expired', 110);
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
    const link = resendLink(await world.notice(SIKKERPOST, mail, /110 fejlet/));
    assert.match((await world.follow(link, 'POST')).html, /110 modtagere/);
    const again = await resent(mail);
    await world.untilStatus(again, 'completed', 110);
    const rows = (await world.inner.ngdp.messages.list('ngdp')).filter(({ label }) => label === 'Til mange');
    assert.deepEqual(new Set(rows.map(({ recipientID }) => recipientID)), new Set(lines));
    assert.equal(rows.length, 110);
    assert.notEqual(rows[0]?.container, null);
  });

  it('leaves out what was stopped, and says so where nothing failed', async () => {
    const whole = await world.hand([ngdp(citizen(1))], { subject: 'Leveret' });
    await world.untilStatus(whole, 'completed', 1);
    const nothing = await world.follow(await world.link('resend', whole), 'POST');
    assert.deepEqual([nothing.status, /Ingen mangler beskeden/.test(nothing.html)], [409, true]);
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const stopped = await world.hand([ngdp(citizen(2))], { subject: 'Stoppet' });
    await world.read(stopped);
    const underWay = await world.follow(await world.link('resend', stopped), 'POST');
    assert.match(underWay.html, /1 modtager er stadig undervejs/);
    await world.stop(stopped);
    await world.untilStatus(stopped, 'stopped', 1);
    assert.equal((await world.follow(await world.link('resend', stopped), 'POST')).status, 409);
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
  });

  it('needs the right that the mailbox had', async () => {
    const mail = await world.hand([ngdp(NOT_REGISTERED)], { subject: 'Uden ret', from: JOBCENTER });
    const link = resendLink(await world.notice(JOBCENTER, mail, /1 fejlet/));
    await world.inner.database.query(`update submission set from_mailbox = 'hr@kommune.example' where id = ${mail.id}`);
    const pressed = await world.follow(link, 'POST');
    assert.deepEqual([pressed.status, /hr@kommune\.example/.test(pressed.html)], [403, true]);
    assert.equal(await world.inner.number(`select count(*) from submission where resend_of = ${mail.id}`), 0);
  });

  it('needs the right to the contact point that the mail named in MemoHeader.json', async () => {
    const attachments = [{ filename: 'MemoHeader.json', content: JSON.stringify({ version: 1, sender: { contactPoint: BORGERSERVICE_POINT } }) }];
    const mail = await world.hand([ngdp(NOT_REGISTERED)], { subject: 'Som kontaktpunkt', attachments });
    const link = resendLink(await world.notice(SIKKERPOST, mail, /1 fejlet/));
    await world.inner.database.query(`update submission set from_mailbox = '${JOBCENTER}' where id = ${mail.id}`);
    const pressed = await world.follow(link, 'POST');
    assert.deepEqual([pressed.status, /må ikke sende som Borgerservice/.test(pressed.html)], [403, true]);
  });
});

/** All that can be told of somebody's letter: its title, its pages, its case, and how it travelled. */
interface Arrived {
  readonly title: string;
  readonly page: string;
  readonly caseId: string | null;
  readonly inContainer: boolean;
}

const WORDS = new Map([[citizen(30), 'Anton'], [NOT_REGISTERED, 'Berta'], [citizen(31), 'Carlo'], [DEAD, 'Dagny']]);
const FAILED = [NOT_REGISTERED, DEAD];
const LIST = { filename: 'masseforsendelse.txt', content: [...WORDS.keys()].join('\n') };
const FILLED_IN = [LIST, {
  filename: 'masseforsendelse.csv',
  content: Buffer.from(writeMergeColumns(['Nummer', 'Navn', 'Sagsnummer'], [...WORDS].map(([number, word]) => [number, word, `26-${word}`]).toReversed())),
}];
const FINISHED = [LIST, ...Array.from(WORDS, ([number, word]) => ({ filename: `${number}.pdf`, content: Buffer.from(textLetter(`Kære ${word}`).pdf) }))];

for (const { how, recipientsMin } of [{ how: 'one by one', recipientsMin: '100' }, { how: 'in containers', recipientsMin: '2' }]) {
  describe(`sending again where each has a letter of their own, ${how}`, () => {
    let world: HoldWorld;
    before(async () => {
      world = await HoldWorld.start({ MASS_CONTAINER_RECIPIENTS_MIN: recipientsMin });
    });
    after(() => world[Symbol.asyncDispose]());

    /** What NgDP has got for a number, in the order in which it came. */
    const arrivedFor = async (number: string, messages: readonly string[]): Promise<readonly Arrived[]> => {
      const rows = (await world.inner.ngdp.messages.list('ngdp')).filter(({ recipientID, messageUUID }) => recipientID === number && messages.includes(messageUUID));
      return await Promise.all(rows.map(async ({ messageUUID, label, container }) => {
        const kept = await world.inner.ngdp.messages.find('ngdp', messageUUID);
        const pieces: Uint8Array[] = [];
        if (kept) for await (const piece of world.inner.ngdp.bodies.read(kept.body)) pieces.push(piece);
        const xml = Buffer.concat(pieces).toString('utf8');
        const pdf = Buffer.from(/<memo:content>([^<]+)/.exec(xml)?.[1] ?? '', 'base64');
        const page = (await pdfText(pdf, { pagesMax: 9, charactersMax: 9_999 }))?.join(' ') ?? '';
        return { title: label, page, caseId: /<memo:caseID>([^<]*)/.exec(xml)?.[1] ?? null, inContainer: container !== null };
      }));
    };
    const messagesOf = async (id: number): Promise<readonly string[]> =>
      (await world.inner.database.query<{ uuid: string }>('select message_uuid as uuid from delivery where submission_id = $1', [id])).rows.map(({ uuid }) => uuid);

    for (const { letters, attachments, subject, html } of [
      { letters: 'filled in', attachments: FILLED_IN, subject: 'Brev til {Navn}', html: '<p>Kære {Navn}</p>' },
      { letters: 'made beforehand', attachments: FINISHED, subject: 'Færdigt brev', html: '' },
    ]) {
      it(`those who failed get the very letter that was ${letters} for them, and nobody else gets anything`, async () => {
        const mail = await world.hand([`masseforsendelse-${String(WORDS.size)}@${OWN_CVR}.ngdp.digital-post.dk`], { subject, html, attachments: [...attachments] });
        await world.untilStatus(mail, 'refused', 2);
        await world.untilStatus(mail, 'completed', 2);
        const first = await messagesOf(mail.id);
        assert.match((await world.follow(await world.link('resend', mail), 'POST')).html, /2 modtagere/);
        const id = await world.inner.number(`select id from submission where resend_of = ${String(mail.id)}`);
        await world.untilStatus({ ...mail, id }, 'refused', 2);
        const second = await messagesOf(id);
        assert.equal(new Set([...first, ...second]).size, 6);
        for (const [number, word] of WORDS) {
          const [before, after] = [await arrivedFor(number, first), await arrivedFor(number, second)];
          assert.equal(before.length, 1);
          assert.deepEqual(after, FAILED.includes(number) ? before : []);
          const others = [...WORDS.values()].filter((other) => other !== word);
          for (const { title, page, caseId, inContainer } of [...before, ...after]) {
            assert.ok(page.includes(`Kære ${word}`) && others.every((other) => !page.includes(other) && !title.includes(other)), `${title}: ${page}`);
            assert.deepEqual([title, caseId], letters === 'filled in' ? [`Brev til ${word}`, `26-${word}`] : [subject, null]);
            assert.equal(inContainer, how === 'in containers');
          }
        }
      });
    }
  });
}

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { attachmentsAnswer, renderAnswer } from '../../src/domain/gateway-api.ts';
import { readMemo } from '../../src/memo/read-memo.ts';
import { outlookHtml, png } from '../pdf/letters.ts';
import { HoldWorld } from './hold-world.ts';

/** Takes two attachments and 0.1 MB. */
const SMALL_POINT = '7c3f0a52-0000-4000-8000-00000000000a';
const CITIZEN = '2512489996@35833684.ngdp.digital-post.dk';

describe('the letter that is shown before it is sent', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({ HOLD_SINGLE_MS: '0' });
  });
  after(() => world[Symbol.asyncDispose]());

  const call = async (path: string, body: unknown): Promise<{ readonly status: number; readonly json: unknown }> => {
    const headers = { 'content-type': 'application/json', ...(await world.inner.logOnAs('mette@kommune.example')) };
    const url = `http://127.0.0.1:${world.inner.gateway?.httpPort ?? 0}/api/v1/${path}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, json: await answer.json() };
  };
  const render = async (body: unknown): Promise<string> => renderAnswer.parse((await call('render', body)).json).sha256;

  /** SHA-256 of the main document in the MeMo that NgDP got. */
  const arrivedLetter = async (subject: string): Promise<string> => {
    const row = (await world.inner.ngdp.messages.list('ngdp')).find(({ label }) => label === subject);
    const message = await world.inner.ngdp.messages.find('ngdp', row?.messageUUID ?? '');
    assert.ok(message);
    const hash = createHash('sha256');
    let files = 0;
    await readMemo(world.inner.ngdp.bodies.read(message.body), () => (files++ === 0 ? (bytes) => void hash.update(bytes) : () => undefined));
    return hash.digest('hex');
  };

  const picture = png(40, 30);
  const withPicture = outlookHtml.replace('</body>', '<img src="cid:logo@kommune" alt="Kommunens våben"></body>');
  const cases = [
    ['HTML with a picture', { subject: 'Afgørelse om boligstøtte', html: withPicture }, [{ contentId: 'logo@kommune', type: 'image/png', content: picture.toString('base64') }]],
    ['plain text', { subject: 'Mødet på fredag', text: 'Kære Nancy\n\nVi ses kl. 10.\n\n- Ét\n- To\n\nHilsen\nMette\n' }, []],
    ['an e with an accent that is two signs', { subject: 'Cafe\u0301 – nyt', text: 'Cafe\u0301' }, []],
  ] as const;
  for (const [what, mail, pictures] of cases) {
    it(`is the very file that NgDP gets: ${what}`, async () => {
      const shown = await render({ ...mail, pictures });
      const attachments = pictures.map(({ contentId, type }) => ({ cid: contentId, contentType: type, content: picture, filename: 'logo.png' }));
      const handed = await world.hand([CITIZEN], { ...mail, text: 'text' in mail ? mail.text : 'Se HTML', attachments });
      await world.untilStatus(handed, 'completed', 1);
      assert.equal(await arrivedLetter(mail.subject.normalize('NFC')), shown);
      const { rows } = await world.inner.database.query<{ letter: { mainSha256?: string } }>('select letter from submission where id = $1', [handed.id]);
      assert.equal(rows[0]?.letter.mainSha256, shown);
    });
  }

  it('its attachments are judged by the limits of the contact point it goes to, for who may send from the mailbox', async () => {
    const files = (count: number, bytes: number) => Array.from({ length: count }, (_none, n) => ({
      name: `bilag${n}.txt`, content: Buffer.from(`bilag ${n} `.padEnd(bytes, 'x')).toString('base64'),
    }));
    const ask = (given: unknown, mailbox = 'jobcenter@kommune.example') =>
      call('attachments/check', { channels: ['ngdp'], files: given, recipient: { cvr: '87654321', contactPoint: SMALL_POINT, mailbox } });
    const codes = async (given: unknown) => attachmentsAnswer.parse((await ask(given)).json).problems.map(({ code }) => code);
    assert.deepEqual(await codes(files(2, 10)), []);
    assert.deepEqual(await codes(files(3, 10)), ['contact-point-too-many-attachments']);
    assert.deepEqual(await codes(files(1, 90_000)), ['contact-point-too-large']);
    assert.equal((await ask(files(1, 10), 'sikkerpost@nabo.example')).status, 403);
  });
});

import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { HoldWorld, SIKKERPOST } from './hold-world.ts';

const METTE = 'mette@kommune.example';
const SOEREN = 'sagsbehandler@kommune.example';
const ADMIN = 'admin@kommune.example';
/** Known, protected, dead, emigrated, unknown, a replacement number, and one with an impossible date. */
const NUMBERS = ['2512489996', '1111111118', '0101851001', '0108629996', '0202709999', '6712489996', '1234567890', citizen(40)];
const forms = (cpr: string): readonly string[] => {
  const [date, serial] = [cpr.slice(0, 6), cpr.slice(6)];
  return [cpr, `${date}-${serial}`, `${date} ${serial}`, `${date}–${serial}`, `${date} - ${serial}`, `${date}%20${serial}`];
};

describe('a CPR number', () => {
  let world: HoldWorld;
  /** Every URL that any server in this process was called with: the gateway’s own doors and all the stand-ins. */
  const urls: string[] = [];
  const noteUrl = (message: unknown) => void urls.push((message as { readonly request: IncomingMessage }).request.url ?? '');
  before(async () => {
    subscribe('http.server.request.start', noteUrl);
    world = await HoldWorld.start({ LOOKUPS_PER_USER_PER_MINUTE: '1000', LOOKUP_NOT_FOUND_ALARM: '2', LOG_SUBJECTS: 'on', LOG_SENDERS: 'on', LOG_ERROR_TEXTS: 'on' });
  });
  after(async () => {
    unsubscribe('http.server.request.start', noteUrl);
    await world[Symbol.asyncDispose]();
  });

  /** Where a number stands unmasked in a text, in whatever form. */
  const numbersIn = (text: string): readonly string[] => NUMBERS.flatMap(forms).filter((form) => text.includes(form));
  const call = async (who: string, path: string, body: unknown = null, headers: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly text: string }> => {
    const answer = await fetch(`http://127.0.0.1:${world.inner.gateway?.httpPort ?? 0}/api/${path}`, {
      method: body === null ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...(await world.inner.logOnAs(who)), ...headers },
      ...(body !== null && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };

  it('stands in no answer, log, metric or URL when numbers are looked up, checked and searched for in the audit', async () => {
    const answers: string[] = [];
    const ask = async (...asked: Parameters<typeof call>) => void answers.push((await call(...asked)).text);
    for (const number of NUMBERS) {
      for (const cpr of forms(number)) {
        await ask(METTE, 'v1/lookups/person', { cpr, purpose: `Sag om ${cpr}` });
        await ask(METTE, 'v1/lookups/company', { cvr: cpr });
        await ask(METTE, 'v1/lookups/company-search', { name: cpr });
      }
      await ask(SOEREN, 'v1/lookups/person', { cpr: number, purpose: 'uden ret' });
      await ask(METTE, 'v1/lookups/person', { cpr: number, [number]: number });
      await ask(METTE, 'v1/lookups/person', `{"cpr": "${number}`);
      await ask(METTE, 'v1/recipients/contact-points', { number, mailbox: 'jobcenter@kommune.example', channel: 'ngdp' });
      await ask(METTE, 'messages', { from: number, to: [ngdp(number), number, `${number}@x`], subject: number, text: number }, { 'idempotency-key': `${number}` });
    }
    for (const numbers of [NUMBERS, NUMBERS.flatMap(forms), [...NUMBERS, ...NUMBERS]]) {
      await ask(METTE, 'v1/recipients/check', { numbers, mailbox: 'jobcenter@kommune.example', channel: 'ngdp', names: true, purpose: 'prøve' });
      await ask(METTE, 'v1/recipients/check-batch', { numbers, mailbox: 'jobcenter@kommune.example', channel: 'ngdp', names: false });
    }
    for (const text of answers) assert.deepEqual(numbersIn(text), [], text);
    assert.ok(answers.some((text) => text.includes('"Nancy Ann Test Berggren"')), 'the questions were answered');
    assert.ok((await world.inner.number('select count(*) from audit')) >= NUMBERS.length);
    // The one who may read the audit sees whose number it is, and nobody else.
    for (const number of NUMBERS) await call(ADMIN, 'v1/audit/search', { number });
    await call(ADMIN, 'v1/audit/export', { number: NUMBERS[0] });
    const refused = await call(METTE, 'v1/audit/search', { number: NUMBERS[0] });
    assert.equal(refused.status, 403);
    assert.deepEqual(numbersIn(refused.text), []);
    assert.deepEqual(numbersIn(world.inner.logLines.join('')), []);
  });

  it('stands in no log, refusal or receipt when it is in addresses, subjects, names of files and the text of a mail', async () => {
    const errors: string[] = [];
    const from = { from: SIKKERPOST };
    for (const number of NUMBERS) {
      for (const cpr of forms(number)) {
        await world.hand([`${cpr.replaceAll(' ', '')}@${OWN_CVR}.forkert.digital-post.dk`], { ...from, subject: cpr }).catch((error: Error) => errors.push(error.message));
      }
    }
    assert.deepEqual(numbersIn(errors.join('\n')), []);
    const [known = '', , dead = ''] = NUMBERS;
    const mail = await world.hand([ngdp(known), ngdp(dead), `${known}@example.org`], {
      ...from, subject: `Vedr. ${forms(known).join(', ')}`, text: `Om ${known}`,
      attachments: [{ filename: `${known}.txt`, content: known }],
    });
    const refused = await world.hand([ngdp(known)], {
      ...from, subject: `Afvist om ${known}`, attachments: [{ filename: `brev ${known}.exe`, content: 'MZ' }],
    });
    await world.untilStatus(mail, 'refused', 1);
    const receipt = await world.notice(SIKKERPOST, mail, /fejlet/);
    const refusal = await world.notice(SIKKERPOST, refused, /ikke sendt/);
    for (const { subject, text } of [receipt, refusal]) assert.deepEqual(numbersIn(`${subject}\n${text}`), []);
    assert.deepEqual(numbersIn(JSON.stringify(receipt.copy)), []);
    for (const id of [mail.id, refused.id]) assert.deepEqual(numbersIn((await call(SOEREN, `submissions/s${id}`)).text), []);
  });

  it('is masked in what the log says of a call to a URL with one, and in what the call is answered', async () => {
    const before = urls.length;
    for (const [number = ''] of NUMBERS.map((one) => [one])) {
      for (const path of [`submissions/${number}`, `submissions?from=${number}`, `links/${number}`, number]) {
        assert.deepEqual(numbersIn((await call(METTE, path)).text), [], path);
      }
    }
    // Those are the test’s own.
    urls.splice(before);
    assert.deepEqual(numbersIn(world.inner.logLines.join('')), []);
  });

  it('is in clear in no table but those of the mails themselves', async () => {
    for (const table of ['audit', 'alarm', 'notice', 'receipt', 'register_answer', 'api_answer', 'handover', 'found_mailbox']) {
      const { rows } = await world.inner.database.query<{ row: string }>(`select row_to_json(t)::text as row from ${table} t`);
      for (const { row } of rows) assert.deepEqual(numbersIn(row), [], `${table}: ${row}`);
    }
  });

  it('was in no metric and in no URL that anybody was called with', async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${world.inner.gateway?.httpPort ?? 0}/metrics`)).text();
    assert.deepEqual(numbersIn(metrics), []);
    assert.ok(urls.length > 100);
    assert.deepEqual([...new Set(urls.filter((url) => numbersIn(decodeURIComponent(url)).length > 0).map((url) => url.replace(/\d{4,}/g, '…')))], []);
  });
});

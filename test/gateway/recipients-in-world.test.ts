import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  checkAnswer, checkLine, companyAnswer, companySearchAnswer, contactPointsAnswer, personAnswer, type CheckLine, type PersonAnswer,
} from '../../src/domain/gateway-api.ts';
import { citizen } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { pdfOf } from '../mail/inspect-samples.ts';
import { HoldWorld, SIKKERPOST } from './hold-world.ts';

const METTE = 'mette@kommune.example';
const SOEREN = 'sagsbehandler@kommune.example';
const VIKAR = 'vikar@kommune.example';
const NINA = 'nina@nabo.example';
const SECRET_NAME = 'Hemmelig';
const KUNDESERVICE = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
const LILLE = '7c3f0a52-0000-4000-8000-00000000000a';

describe('recipients, from the API to the registers and the networks', () => {
  let world: HoldWorld;
  before(async () => {
    // Answers are remembered as the product does; the sandbox asks each time, for its registers are told what to answer.
    const memory = { LOOKUP_PERSON_MEMORY_MS: '3600000', LOOKUP_COMPANY_MEMORY_MS: '3600000', LOOKUP_NOT_FOUND_MEMORY_MS: '3600000' };
    world = await HoldWorld.start({ ...memory, LOOKUPS_PER_USER_PER_MINUTE: '200', LOOKUP_NOT_FOUND_ALARM: '1000' });
  });
  after(() => world[Symbol.asyncDispose]());

  const call = async (who: string, path: string, body: unknown): Promise<{ readonly status: number; readonly text: string }> => {
    const headers = { 'content-type': 'application/json', ...(await world.inner.logOnAs(who)) };
    const url = `http://127.0.0.1:${world.inner.gateway?.httpPort ?? 0}/api/v1/${path}`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, text: await answer.text() };
  };
  const person = async (cpr: string, who = METTE): Promise<PersonAnswer> => {
    const { status, text } = await call(who, 'lookups/person', { cpr, purpose: 'Sag 2026-17' });
    assert.equal(status, 200, text);
    assert.ok(!text.includes(cpr), 'an answer that repeats the number asked about');
    return personAnswer.parse(JSON.parse(text));
  };
  const found = async (cpr: string, who = METTE): Promise<Extract<PersonAnswer, { readonly kind: 'found' }>> => {
    const answer = await person(cpr, who);
    assert.equal(answer.kind, 'found');
    return answer as Extract<PersonAnswer, { readonly kind: 'found' }>;
  };
  const company = async (cvr: string, who = METTE) =>
    companyAnswer.parse(JSON.parse((await call(who, 'lookups/company', { cvr })).text));
  const audited = async (where: string): Promise<number> => await world.inner.number(`select count(*) from audit where ${where}`);

  it('an authority is told who it is, and what the register says of them', async () => {
    assert.deepEqual(await found('2512489996'), {
      kind: 'found', name: 'Nancy Ann Test Berggren', nameState: 'shown', protected: false, state: 'alive', since: null, currentCpr: null,
    });
    const dead = await found('0101851001');
    assert.deepEqual([dead.state, dead.since], ['dead', '2025-03-01']);
    const emigrated = await found('0108629996');
    assert.deepEqual([emigrated.state, emigrated.since, emigrated.name], ['emigrated', '2024-06-01', 'Ulla Test Rejst']);
    const changed = await found('0201919990');
    assert.equal(changed.currentCpr, '0201919995');
    const marketing = await found('0104909989');
    assert.deepEqual([marketing.name, marketing.protected], ['Palle Test Reklame', false]);
    assert.deepEqual(await person('0202709999'), { kind: 'not-found' });
    // No check digit, and no date either: the documentation’s own example is somebody here.
    assert.equal((await found('1234567890')).name, 'Anna Test Andersen');
    assert.deepEqual(await person('6712489996'), { kind: 'not-found' });
    const unit = await person('1007256945');
    assert.deepEqual(unit.kind === 'p-number' && unit.cvr, '87654321');
  });

  it('a protected name is told to nobody, and is nowhere but in the register', async () => {
    const known = await found('1111111118');
    assert.deepEqual([known.name, known.nameState, known.protected], [null, 'protected', true]);
    const hidden = await found('1111111118', NINA);
    assert.equal(hidden.name, null);
    assert.notEqual(hidden.nameState, 'shown');
    assert.equal((await found('2512489996', NINA)).name, 'Nancy Ann Test Berggren');
    assert.ok(world.inner.logLines.every((line) => !line.includes(SECRET_NAME)));
    const { rows } = await world.inner.database.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'postbro'`);
    for (const { name } of rows) {
      assert.equal(await world.inner.number(`select count(*) from ${name} t where t::text like '%${SECRET_NAME}%'`), 0, name);
    }
    // Nor sealed: what is remembered of a protected person has no name in it.
    const { rows: kept } = await world.inner.database.query<{ sealed: Buffer }>('select sealed from register_answer');
    assert.ok(kept.length > 0);
    for (const { sealed } of kept) assert.ok(!(world.inner.keys.unseal('register-answer', sealed) ?? SECRET_NAME).includes(SECRET_NAME));
  });

  it('companies are active, in distress or ceased; only active ones are found by name', async () => {
    const active = await company('87654321');
    assert.ok(active.kind === 'found' && active.company.state === 'active' && active.company.name === 'Bergs Tømrer ApS');
    const ceased = await company('56781234');
    assert.ok(ceased.kind === 'found' && ceased.company.state === 'ceased' && ceased.company.ceasedOn === '2024-12-31');
    const bankrupt = await company('25052943');
    assert.ok(bankrupt.kind === 'found' && bankrupt.company.state === 'in-distress' && /konkurs/i.test(bankrupt.company.stateText ?? ''));
    assert.deepEqual(await company('99999999'), { kind: 'not-found' });
    const search = async (name: string) => companySearchAnswer.parse(JSON.parse((await call(METTE, 'lookups/company-search', { name })).text));
    assert.deepEqual((await search('bergs')).companies.map(({ cvr }) => cvr), ['87654321']);
    for (const name of ['Ophørt', 'Konkurs']) assert.deepEqual((await search(name)).companies, [], name);
  });

  it('twenty look-ups at once fetch one token, and each has its row in the audit', async () => {
    const numbers = Array.from({ length: 20 }, (_, n) => citizen(2_000 + n));
    const before = world.inner.registers.calls.countOf('token').calls;
    const rowsBefore = await audited(`action = 'lookup-person'`);
    const answers = await Promise.all(numbers.map((cpr) => found(cpr)));
    assert.ok(answers.every(({ name }) => name !== null));
    assert.ok(world.inner.registers.calls.countOf('token').calls - before <= 1);
    assert.equal(await audited(`action = 'lookup-person'`), rowsBefore + 20);
  });

  it('what was told a moment ago is told again without asking, and is kept in the audit all the same', async () => {
    await found('2911829996');
    const calls = world.inner.registers.calls.countOf('cpr').calls;
    const rows = await audited(`action = 'lookup-person' and outcome = 'found'`);
    await found('2911829996');
    assert.equal(world.inner.registers.calls.countOf('cpr').calls, calls);
    assert.equal(await audited(`action = 'lookup-person' and outcome = 'found'`), rows + 1);
  });

  it('nothing is told that cannot be kept', async () => {
    await world.inner.database.query(`create function no_audit() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$`);
    await world.inner.database.query('create trigger no_audit before insert on audit for each row execute function no_audit()');
    try {
      for (const [path, body] of [
        ['lookups/person', { cpr: '0107729995', purpose: 'Sag' }], ['lookups/company', { cvr: '12345678' }], ['lookups/company-search', { name: 'Smedjen' }],
        ['recipients/check', { channel: 'ngdp', mailbox: 'jobcenter@kommune.example', numbers: ['0107729995'], names: true, purpose: 'Sag' }],
      ] as const) {
        const { status, text } = await call(METTE, path, body);
        assert.ok(status >= 500, `${path}: ${status}`);
        assert.doesNotMatch(text, /Max Test|Smedjen|registered/);
      }
      const batch = await call(SOEREN, 'recipients/check-batch', { channel: 'ngdp', mailbox: SIKKERPOST, numbers: ['0107729995'] });
      assert.deepEqual(batch.text.trim().split('\n').map((line) => (JSON.parse(line) as CheckLine).kind), ['failed']);
    } finally {
      await world.inner.database.query('drop trigger no_audit on audit');
    }
  });

  it('a purpose is demanded for a citizen, and a right for either', async () => {
    for (const purpose of [undefined, '', '   ']) {
      assert.equal((await call(METTE, 'lookups/person', { cpr: '2512489996', purpose })).status, 400);
    }
    const refusedBefore = await audited(`outcome = 'right-missing'`);
    assert.equal((await call(VIKAR, 'lookups/person', { cpr: '2512489996', purpose: 'Sag' })).status, 403);
    assert.equal((await call(VIKAR, 'lookups/company', { cvr: '87654321' })).status, 403);
    assert.equal((await call(VIKAR, 'recipients/check-batch', { channel: 'ngdp', mailbox: 'jobcenter@kommune.example', numbers: ['2512489996'] })).status, 403);
    assert.equal(await audited(`outcome = 'right-missing'`), refusedBefore + 3);
  });

  it('a check says of each who can be reached, why not, who they are and what stands twice', async () => {
    const numbers = ['2512489996', '1509819996', '3103979995', '0101851001', '1111111118', '30303030', '87654321', '56781234', '2512489996'];
    const question = { channel: 'ngdp', mailbox: 'Jobcenter@kommune.example', numbers, names: true, purpose: 'Sag 17' };
    const { status, text } = await call(METTE, 'recipients/check', question);
    assert.equal(status, 200, text);
    for (const number of numbers.slice(0, 5)) assert.ok(!text.includes(number));
    const { recipients } = checkAnswer.parse(JSON.parse(text));
    assert.deepEqual(recipients.map(({ reach }) => reach.state), [
      'registered', 'not-registered', 'exempt', 'closed', 'registered', 'awaiting', 'registered', 'closed', 'registered',
    ]);
    assert.match(recipients[5]?.reach.from ?? '', /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(recipients.map(({ sameAs }) => sameAs), [null, null, null, null, null, null, null, null, 0]);
    assert.deepEqual(recipients.map(({ shown }) => shown).slice(3, 7), ['010185-xxxx', '111111-xxxx', '30303030', '87654321']);
    const names = recipients.map((one) => (one.person?.kind === 'found' ? one.person.name : one.company?.kind === 'found' ? one.company.company.name : undefined));
    assert.deepEqual(names, [
      'Nancy Ann Test Berggren', 'Tove Test Lund', 'Otto Test Friis', 'Else Test Holm', null, 'Ny Virksomhed ApS', 'Bergs Tømrer ApS',
      'Ophørt Handel ApS', 'Nancy Ann Test Berggren',
    ]);
    // Without a purpose no citizen is named; companies are.
    const { recipients: nameless } = checkAnswer.parse(JSON.parse((await call(METTE, 'recipients/check', { ...question, purpose: undefined })).text));
    assert.deepEqual(nameless.map((one) => one.person), nameless.map(() => null));
    assert.equal(nameless[6]?.company?.kind, 'found');
    // Somebody who may not look up is told who can be reached, and no names.
    const { recipients: unnamed } = checkAnswer.parse(JSON.parse((await call(VIKAR, 'recipients/check', question)).text));
    assert.ok(unnamed.every((one) => one.person === null && one.company === null));
    assert.deepEqual(unnamed.map(({ reach }) => reach.state), recipients.map(({ reach }) => reach.state));
  });

  it('a check is from a mailbox of one’s own that uses the network, and is the same at mit.dk and e-Boks', async () => {
    const ask = async (who: string, mailbox: string, channel = 'ngdp') =>
      await call(who, 'recipients/check', { channel, mailbox, numbers: ['3103979995'] });
    for (const [who, mailbox] of [[VIKAR, SIKKERPOST], [METTE, 'sikkerpost@nabo.example'], [NINA, SIKKERPOST], [METTE, 'findes@ikke.example']] as const) {
      assert.equal((await ask(who, mailbox)).status, 403, `${who} ${mailbox}`);
    }
    const unconnected = await ask('hanne@kommune.example', 'hr@kommune.example');
    assert.equal(unconnected.status, 403);
    assert.match(unconnected.text, /ikke koblet til Digital Post/);
    for (const channel of ['mitdk', 'eboks']) {
      assert.match((await ask(METTE, 'jobcenter@kommune.example', channel)).text, /"state":"exempt"/);
    }
    assert.equal((await call(METTE, 'recipients/check', { channel: 'ngdp', mailbox: 'jobcenter@kommune.example', numbers: Array(101).fill('2512489996') })).status, 400);
  });

  it('a list of five thousand is told as it becomes known, each recipient once, with a row in the audit for each', async () => {
    const numbers = Array.from({ length: 5_000 }, (_, n) => (n === 4_999 ? citizen(0) : citizen(n)));
    const rows = await audited(`action = 'check'`);
    const { status, text } = await call(SOEREN, 'recipients/check-batch', { channel: 'ngdp', mailbox: SIKKERPOST, numbers });
    assert.equal(status, 200);
    const lines = text.trim().split('\n').map((line) => checkLine.parse(JSON.parse(line)));
    const parts = lines.flatMap((line) => (line.kind === 'recipients' ? [line] : []));
    assert.ok(parts.length >= 50);
    assert.ok(parts.every(({ done, total }, n) => done > (parts[n - 1]?.done ?? 0) && total === 5_000));
    const recipients = parts.flatMap((line) => line.recipients).toSorted((a, b) => a.position - b.position);
    assert.deepEqual(recipients.map(({ position }) => position), numbers.map((_, n) => n));
    assert.ok(recipients.every(({ reach }, n) => reach.state === (numbers[n]?.endsWith('99') ? 'not-registered' : 'registered')));
    assert.equal(recipients[4_999]?.sameAs, 0);
    assert.deepEqual([lines.at(-1)?.kind, lines.at(-1)?.done], ['end', 5_000]);
    assert.equal(await audited(`action = 'check'`), rows + 4_999);
  });

  it('a check whose caller goes away stops, and the caller may ask again', async () => {
    const gone = new AbortController();
    const numbers = Array.from({ length: 10_000 }, (_, n) => citizen(10_000 + n));
    const looked = `action = 'lookup-person-batch' and outcome <> 'cancelled'`;
    const rows = await audited(looked);
    const answer = await fetch(`http://127.0.0.1:${world.inner.gateway?.httpPort ?? 0}/api/v1/recipients/check-batch`, {
      method: 'POST', signal: gone.signal, headers: { 'content-type': 'application/json', ...(await world.inner.logOnAs(NINA)) },
      body: JSON.stringify({ channel: 'ngdp', mailbox: 'sikkerpost@nabo.example', numbers, names: true, purpose: 'Sag' }),
    });
    assert.equal(answer.headers.get('content-type'), 'application/x-ndjson; charset=utf-8');
    const reader = answer.body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    assert.match(first, /"name":"/);
    gone.abort();
    const asked = () => world.inner.registers.calls.countOf('cpr').asked;
    let before = -1;
    await until(() => {
      const still = asked() === before;
      before = asked();
      return Promise.resolve(still);
    }, 10_000, 'no more calls');
    const checked = (await audited(looked)) - rows;
    assert.ok(checked > 0 && checked < 9_000, `${checked} of 10,000 were checked`);
    assert.equal((await call(NINA, 'recipients/check', { channel: 'ngdp', mailbox: 'sikkerpost@nabo.example', numbers: [citizen(1)] })).status, 200);
  });

  it('contact points are told with their limits', async () => {
    const ask = async (cvr: string, who = METTE, mailbox = 'jobcenter@kommune.example', channel = 'ngdp') =>
      await call(who, 'recipients/contact-points', { channel, mailbox, cvr });
    const { contactPoints } = contactPointsAnswer.parse(JSON.parse((await ask('87654321')).text));
    assert.deepEqual(contactPoints.map(({ id, memoBytesMax, attachmentsMax }) => [id, memoBytesMax, attachmentsMax]), [
      [KUNDESERVICE, 99_500_000, 10], [LILLE, 100_000, 2],
    ]);
    const own = contactPointsAnswer.parse(JSON.parse((await ask('35833684', NINA, 'sikkerpost@nabo.example')).text));
    assert.deepEqual(own.contactPoints.map(({ name }) => name), ['Jobcenter', 'Borgerservice', 'Byggesager']);
    for (const none of [await ask('12345678'), await ask('99999999'), await ask('87654321', METTE, 'jobcenter@kommune.example', 'eboks')]) {
      assert.deepEqual(contactPointsAnswer.parse(JSON.parse(none.text)).contactPoints, []);
    }
    assert.equal((await ask('87654321', NINA, SIKKERPOST)).status, 403);
  });

  it('a mail to a contact point keeps the recipient’s own limits; to another, or to none, the channel’s', async () => {
    const file = (n: number, bytes = 10) => ({
      filename: `bilag${n}.pdf`, contentType: 'application/pdf', content: pdfOf({ objects: [`<</Said (${'x'.repeat(bytes)})>>`] }),
    });
    const to = (point: string) => [`87654321${point === '' ? '' : `.${point}`}@35833684.ngdp.digital-post.dk`];
    const three = [file(1), file(2), file(3)];
    const many = await world.hand(to(LILLE), { subject: 'Tre bilag', attachments: three });
    assert.equal(await world.read(many), 'refused');
    const refusal = await world.notice(SIKKERPOST, many, /Beskeden er ikke sendt/);
    assert.match(refusal.text, /højst 2 vedhæftninger på »Lille postkasse« \(der er 3\)/);
    const large = await world.hand(to(LILLE), { subject: 'Et stort bilag', attachments: [file(1, 90_000)] });
    assert.equal(await world.read(large), 'refused');
    assert.match((await world.notice(SIKKERPOST, large, /Beskeden er ikke sendt/)).text, /modtageren tager højst 0,1 MB/);
    for (const point of [KUNDESERVICE, '']) {
      const mail = await world.hand(to(point), { subject: `Til ${point}`, attachments: [...three, file(4, 90_000)] });
      assert.equal(await world.read(mail), 'expanded', point);
    }
    const fits = await world.hand(to(LILLE), { subject: 'To små bilag', attachments: [file(1), file(2)] });
    assert.equal(await world.read(fits), 'expanded');
  });

  it('a number that the register says is gone for good is told to the watch mailbox once', async () => {
    await world.inner.registers.settings.setFault({ register: 'cpr', mode: 'status', status: 404 });
    try {
      for (let n = 0; n < 2; n++) {
        const answer = await person(citizen(9_000 + n));
        assert.deepEqual(answer.kind === 'unavailable' && answer.reason, 'retired');
      }
      const told = () => world.inner.number(`select count(*) from notice where kind = 'watch' and detail->>'subject' like '%CPR virker ikke mere%'`);
      await until(async () => (await told()) === 1, 10_000, 'an alarm');
    } finally {
      await world.inner.registers.settings.setFault({ register: 'cpr', mode: 'none' });
    }
  });

  it('no CPR number has been written in the log', () => {
    assert.ok(world.inner.logLines.length > 0);
    for (const line of world.inner.logLines) assert.doesNotMatch(line, /2512489996|1111111118|0101010000/);
  });
});

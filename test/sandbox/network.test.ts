import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { eventually } from './eventually.ts';
import {
  ask, memoXml, openOutsideWorld, removeFolder, SystemClient, temporaryFolder, type OutsideWorld,
} from './outside-world.ts';

interface Row {
  readonly messageUUID: string;
  readonly recipientID: string;
  readonly senderID: string;
  readonly label: string;
  readonly reply: boolean;
  readonly receivedAt: string;
  readonly container: string | null;
}

describe('the stand-in NgDP', () => {
  let folder: string;
  let world: OutsideWorld;
  let client: SystemClient;
  let ngdpAuthorization: string;

  before(async () => {
    folder = await temporaryFolder();
    world = await openOutsideWorld(folder);
    client = await SystemClient.open(world, 0);
    ngdpAuthorization = client.authorization;
  });
  after(async () => {
    await client[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
    await removeFolder(folder);
  });
  beforeEach(async () => {
    await ask(world, 'POST', '/sandbox/ngdp/faults', { mode: 'none' });
    await ask(world, 'POST', '/sandbox/ngdp/receipts', { delayMs: 0, withhold: false });
  });

  const rowsOf = async (messageUUID: string): Promise<Row[]> =>
    (await ask(world, 'GET', '/sandbox/ngdp/messages')).json<Row[]>().filter((row) => row.messageUUID === messageUUID);
  const receiptOf = (messageUUID: string, by: SystemClient = client) =>
    eventually(async () => (await by.receipts()).find((receipt) => receipt['messageUUID'] === messageUUID) ?? null);
  const setFault = (fault: object) => ask(world, 'POST', '/sandbox/ngdp/faults', fault);

  it('answers 201 with a technical receipt and lists the message with its bytes', async () => {
    const { xml, messageUUID } = memoXml({ label: 'Æblegrød &amp; fløde', reply: true });
    const answer = await client.send(xml, messageUUID);
    assert.equal(answer.status, 201);
    assert.equal(answer.json<Record<string, string>>()['receiptStatus'], 'RECEIVED');
    assert.equal(answer.json<Record<string, string>>()['messageUUID'], messageUUID);
    const [row] = await rowsOf(messageUUID);
    assert.deepEqual(
      { ...row, receivedAt: typeof row?.receivedAt },
      {
        messageUUID, recipientID: '1234567890', senderID: '35833684', label: 'Æblegrød & fløde', reply: true,
        receivedAt: 'string', container: null,
      },
    );
    assert.equal((await ask(world, 'GET', `/sandbox/ngdp/messages/${messageUUID.toUpperCase()}`)).text, xml);
  });

  it('answers 409 to a messageUUID that came before, in any letter case, and lists it once', async () => {
    const { xml, messageUUID } = memoXml();
    const again = xml.replace(messageUUID, messageUUID.toUpperCase());
    const answers = await Promise.all([client.send(xml, messageUUID), client.send(xml, messageUUID)]);
    assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [201, 409]);
    assert.equal((await client.send(again, messageUUID.toUpperCase())).status, 409);
    assert.equal((await rowsOf(messageUUID)).length, 1);
  });

  it('answers 400 with an ErrorMessage to what is no message, and keeps nothing', async () => {
    const { xml, messageUUID } = memoXml();
    const wrong = [
      await client.send(xml.slice(0, -20), messageUUID),
      await client.send('ikke xml', messageUUID),
      await client.send(xml, randomUUID()),
      await client.call('POST', 'memos/', { headers: { 'content-type': 'application/xml' }, body: xml }),
    ];
    for (const answer of wrong) {
      assert.equal(answer.status, 400);
      assert.equal(typeof answer.json<Record<string, unknown>>()['code'], 'string');
    }
    assert.deepEqual(await rowsOf(messageUUID), []);
  });

  it('demands the length and an XML type', async () => {
    const { xml, messageUUID } = memoXml();
    const chunked = async function* () { yield Buffer.from(xml); };
    assert.equal((await client.send('', messageUUID, { body: chunked() as never })).status, 411);
    assert.equal((await client.send(xml, messageUUID, { headers: { 'content-type': 'text/plain' } })).status, 415);
    assert.equal((await client.send(xml, messageUUID, { headers: { 'content-type': 'text/xml; charset=utf-8' } })).status, 201);
  });

  it('answers 401 without the right key, 403 with another system’s certificate, and nobody without one', async () => {
    const { xml, messageUUID } = memoXml();
    const other = await SystemClient.open(world, 0, { withCertificateOf: 1 });
    try {
      assert.equal((await other.send(xml, messageUUID)).status, 403);
      const headers = { 'content-type': 'application/xml', authorization: 'Basic eDp5' };
      assert.equal((await client.send(xml, messageUUID, { headers })).status, 401);
    } finally {
      await other[Symbol.asyncDispose]();
    }
    await assert.rejects(fetch(`https://localhost:${world.networks.ports.ngdp}/apis/v1/receipts/`));
  });

  it('decides business receipts by who the recipient is', async () => {
    const wanted = [
      ['1234567890', 'COMPLETED', undefined],
      ['0102010044', 'COMPLETED', undefined],
      ['87654321', 'COMPLETED', undefined],
      ['0102010099', 'INVALID', 'recipient.not.registered'],
      ['1509819996', 'INVALID', 'recipient.not.registered'],
      ['0101851001', 'INVALID', 'recipient.deceased'],
      ['56781234', 'INVALID', 'recipient.closed'],
      ['3103979995', 'NOT_ALLOWED', 'recipient.exempt'],
    ] as const;
    for (const [recipientId, status, code] of wanted) {
      const { xml, messageUUID } = memoXml({ recipientId });
      assert.equal((await client.send(xml, messageUUID)).status, 201);
      const receipt = await receiptOf(messageUUID);
      assert.deepEqual([receipt['receiptStatus'], receipt['errorCode']], [status, code], recipientId);
      assert.equal((await rowsOf(messageUUID)).length, 1);
    }
  });

  it('calls a message with an empty file INVALID by its code', async () => {
    const { xml, messageUUID } = memoXml({ files: [{ name: 'tom.pdf', type: 'application/pdf', content: Buffer.alloc(0) }] });
    assert.equal((await client.send(xml, messageUUID)).status, 201);
    const receipt = await receiptOf(messageUUID);
    assert.deepEqual([receipt['receiptStatus'], receipt['errorCode']], ['INVALID', 'file.empty.not.allowed']);
  });

  it('gives receipts to the system whose message it was, once it deletes them no more', async () => {
    const other = await SystemClient.open(world, 1);
    try {
      const { xml, messageUUID } = memoXml({ senderId: '97281536' });
      assert.equal((await other.send(xml, messageUUID)).status, 201);
      const { id } = await receiptOf(messageUUID, other);
      assert.equal((await client.receipts()).some((receipt) => receipt['id'] === id), false);
      assert.equal((await client.call('DELETE', `receipts/${id}`)).status, 404);
      assert.equal((await other.call('GET', `receipts/${id}?delete=false`)).json<Record<string, string>>()['messageUUID'], messageUUID);
      assert.equal((await other.call('DELETE', `receipts/${id}`)).status, 204);
      assert.equal((await other.call('GET', `receipts/${id}`)).status, 404);
    } finally {
      await other[Symbol.asyncDispose]();
    }
  });

  it('lists receipt ids page by page, and takes one away that is fetched with delete=true', async () => {
    const { xml, messageUUID } = memoXml();
    await client.send(xml, messageUUID);
    const { id } = await receiptOf(messageUUID);
    const page = (await client.call('GET', 'receipts/?page=0&size=1')).json<{ content: string[]; totalElements: number }>();
    assert.equal(page.content.length, 1);
    const all = (await client.call('GET', 'receipts/')).json<{ content: string[] }>().content;
    assert.equal(all.length, page.totalElements);
    assert.ok(all.includes(String(id)));
    assert.equal((await client.call('GET', `receipts/${id}?delete=true`)).status, 200);
    assert.equal((await client.call('GET', `receipts/${id}`)).status, 404);
  });

  it('holds receipts back while told to, but not those that a person gives', async () => {
    const changed = await ask(world, 'POST', '/sandbox/ngdp/receipts', { withhold: true });
    assert.deepEqual(changed.json(), { delayMs: 0, withhold: true, by: 'pull' });
    const { xml, messageUUID } = memoXml();
    await client.send(xml, messageUUID);
    assert.deepEqual(await client.receipts(), []);
    const own = { messageUUID, receiptStatus: 'COMPLETED', errorCode: 0, odd: { values: [1] } };
    await ask(world, 'POST', '/sandbox/ngdp/receipts/give', own);
    const [given, ...rest] = await client.receipts();
    assert.deepEqual(rest, []);
    assert.deepEqual({ ...given, id: null }, { ...own, id: null });
    await client.call('DELETE', `receipts/${given?.['id']}`);
    await ask(world, 'POST', '/sandbox/ngdp/receipts', { withhold: false });
    assert.equal((await receiptOf(messageUUID))['receiptStatus'], 'COMPLETED');
  });

  it('hands given receipts on as they are: unknown ids, twice, in the order given', async () => {
    for (const { id } of (await client.receipts()).map((receipt) => ({ id: receipt['id'] }))) await client.call('DELETE', `receipts/${id}`);
    const unknown = { messageUUID: randomUUID(), receiptStatus: 'INVALID', errorCode: 'x.y' };
    const given = [unknown, unknown, { receiptStatus: 'NOT_ALLOWED' }];
    for (const receipt of given) assert.equal((await ask(world, 'POST', '/sandbox/ngdp/receipts/give', receipt)).status, 200);
    assert.deepEqual((await client.receipts()).map(({ id: _id, ...receipt }) => receipt), given);
    assert.equal((await ask(world, 'POST', '/sandbox/ngdp/receipts/give', [1])).status, 400);
  });

  it('fault status: answers so as often as told, without storing', async () => {
    await setFault({ mode: 'status', status: 429, count: 2 });
    const { xml, messageUUID } = memoXml();
    assert.equal((await client.send(xml, messageUUID)).status, 429);
    assert.equal((await client.send(xml, messageUUID)).status, 429);
    assert.deepEqual(await rowsOf(messageUUID), []);
    assert.equal((await client.send(xml, messageUUID)).status, 201);
  });

  it('fault reset: stores, then cuts; the next try is a 409', async () => {
    await setFault({ mode: 'reset', count: 1 });
    const { xml, messageUUID } = memoXml();
    await assert.rejects(client.send(xml, messageUUID));
    assert.equal((await rowsOf(messageUUID)).length, 1);
    assert.equal((await client.send(xml, messageUUID)).status, 409);
  });

  it('fault timeout: reads, neither answers nor stores', async () => {
    await setFault({ mode: 'timeout', count: 1 });
    const { xml, messageUUID } = memoXml();
    await assert.rejects(client.send(xml, messageUUID, { headersTimeout: 300 }));
    assert.deepEqual(await rowsOf(messageUUID), []);
    assert.equal((await client.send(xml, messageUUID)).status, 201);
  });

  it('fault slow: answers rightly after 3 s', async () => {
    await setFault({ mode: 'slow', count: 1 });
    const began = Date.now();
    const { xml, messageUUID } = memoXml();
    assert.equal((await client.send(xml, messageUUID)).status, 201);
    assert.ok(Date.now() - began >= 2_900);
  });

  it('tells what is wrong with a fault or receipt setting', async () => {
    const wrong = [{ mode: 'stauts' }, { mode: 'status', status: 99 }, { mode: 'reset', count: -1 }, [], 'x'];
    for (const fault of wrong) assert.equal((await setFault(fault as object)).status, 400);
    for (const settings of [{ delayMs: -1 }, { withhold: 'yes' }, { by: 'pigeon' }]) {
      assert.equal((await ask(world, 'POST', '/sandbox/ngdp/receipts', settings)).status, 400);
    }
  });

  it('takes a large message without holding it', async () => {
    const content = Buffer.alloc(40_000_000, 7);
    const { xml, messageUUID } = memoXml({ files: [{ name: 'stor.pdf', type: 'application/pdf', content }] });
    const bytes = Buffer.from(xml);
    assert.equal((await client.send(bytes, messageUUID)).status, 201);
    const kept = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/ngdp/messages/${messageUUID}`);
    assert.ok(Buffer.from(await kept.arrayBuffer()).equals(bytes));
    assert.equal((await receiptOf(messageUUID))['receiptStatus'], 'COMPLETED');
    assert.equal((await client.send(bytes, messageUUID)).status, 409);
  });

  it('says where a citizen stands in the contact registry', async () => {
    const found = (await client.call('GET', 'contacts/?cprNumber=3103979995')).json<{ contacts: { mailboxSubscription: object }[] }>();
    assert.match(JSON.stringify(found.contacts[0]?.mailboxSubscription), /EXEMPT/);
    assert.deepEqual((await client.call('GET', 'contacts/?cprNumber=1509819996')).json<{ contacts: object[] }>().contacts, []);
  });

  it('says so of many at once, asked for in the body of the call, page by page', async () => {
    interface Contacts { readonly totalPages: number; readonly totalElements: number; readonly contacts: readonly Readonly<Record<string, unknown>>[] }
    const ask = (query: unknown, more = '', type = 'application/json') =>
      client.call('GET', `contacts/?isBulkLookup=true${more}`, { headers: { 'content-type': type }, body: typeof query === 'string' ? query : JSON.stringify(query) });
    const numbers = ['2512489996', '1509819996', '3103979995', '0101010001', '2512489996'];
    const first = (await ask({ cprNumber: numbers }, '&page=0&size=2')).json<Contacts>();
    assert.deepEqual([first.totalPages, first.totalElements, first.contacts.length], [2, 3, 2]);
    const second = (await ask({ cprNumber: numbers }, '&page=1&size=2')).json<Contacts>();
    assert.deepEqual([...first.contacts, ...second.contacts].map(({ cprNumber, type }) => [cprNumber, type]), [
      ['2512489996', 'CITIZEN'], ['3103979995', 'CITIZEN'], ['0101010001', 'CITIZEN'],
    ]);
    const young = (await ask({ cvrNumber: ['30303030'] })).json<Contacts>();
    assert.match(JSON.stringify(young.contacts), /"registrationStatus":"UNCONFIRMED_REGISTRATION"/);
    for (const wrong of ['', 'null', '[]', '{}', '{"cprNumber":["87654321"]}', 'cprNumber=2512489996']) assert.equal((await ask(wrong)).status, 400, wrong);
    assert.equal((await ask({ cprNumber: numbers }, '', 'text/plain')).status, 415);
    assert.equal((await ask({ cprNumber: Array(9_999).fill('2512489996') })).status, 413);
    assert.equal((await client.call('GET', 'contacts/')).status, 400);
    assert.equal((await client.call('GET', 'contacts/?cprNumber=2512489996,3103979995')).json<Contacts>().totalElements, 2);
  });

  it('has the contact points of organisations, with their limits', async () => {
    const { organisations } = (await client.call('GET', 'organisations/?cvrNumber=87654321')).json<{ organisations: { id: string; name: string }[] }>();
    assert.deepEqual(organisations.map(({ name }) => name), ['Bergs Tømrer ApS']);
    const path = `organisations/${organisations[0]?.id}/contact-points/`;
    const { contactPoints } = (await client.call('GET', path)).json<{ contactPoints: Record<string, unknown>[] }>();
    assert.deepEqual(contactPoints.map((point) => [point['memoSizeThresholdMB'], point['allowedNumberOfAttachments']]), [[99.5, 10], [0.1, 2]]);
    assert.equal(contactPoints[0]?.['id'], 'bdcc201c-600c-4254-92c4-bab15dc075b5');
    assert.equal((await client.call('GET', 'organisations/00000000-0000-4000-8000-000000000000/contact-points/')).status, 404);
  });

  it('is one of three: mit.dk and e-Boks have doors, lists, faults and receipts of their own', async () => {
    for (const network of ['mitdk', 'eboks'] as const) {
      const other = await SystemClient.open(world, 0, { network });
      try {
        const { xml, messageUUID } = memoXml({ recipientId: '1509819996' });
        const headers = { 'content-type': 'application/xml', authorization: ngdpAuthorization };
        assert.equal((await other.send(xml, messageUUID, { headers })).status, 401);
        await ask(world, 'POST', `/sandbox/${network}/faults`, { mode: 'status', status: 503, count: 1 });
        assert.equal((await other.send(xml, messageUUID)).status, 503);
        await ask(world, 'POST', `/sandbox/${network}/receipts`, { delayMs: 0 });
        assert.deepEqual([(await client.send(xml, messageUUID)).status, (await other.send(xml, messageUUID)).status], [201, 201]);
        const listed = (await ask(world, 'GET', `/sandbox/${network}/messages`)).json<Row[]>();
        assert.deepEqual(listed.map((row) => [row.messageUUID, row.container]), [[messageUUID, null]]);
        assert.equal((await ask(world, 'GET', `/sandbox/${network}/messages/${messageUUID}`)).text, xml);
        const receipt = await receiptOf(messageUUID, other);
        assert.deepEqual([receipt['receiptStatus'], receipt['errorCode']], ['INVALID', 'recipient.not.registered']);
        assert.equal((await other.call('DELETE', `receipts/${receipt['id']}`)).status, 204);
        assert.equal((await ask(world, 'POST', `/sandbox/${network}/receipts`, { by: 'push' })).status, 400);
      } finally {
        await other[Symbol.asyncDispose]();
      }
    }
  });

  it('e-Boks calls a message INVALID that can be answered', async () => {
    const eboks = await SystemClient.open(world, 0, { network: 'eboks' });
    try {
      const { xml, messageUUID } = memoXml({ reply: true });
      assert.equal((await eboks.send(xml, messageUUID)).status, 201);
      assert.equal((await receiptOf(messageUUID, eboks))['errorCode'], 'reply.not.allowed');
    } finally {
      await eboks[Symbol.asyncDispose]();
    }
  });

  it('logs no number of a citizen', () => {
    assert.doesNotMatch(world.log.lines.join('\n'), /\d{10}/);
  });

  it('goes on after a restart: messages, faults, settings and receipts that were due or not yet', async () => {
    await ask(world, 'POST', '/sandbox/ngdp/receipts', { delayMs: 600 });
    const { xml, messageUUID } = memoXml();
    await client.send(xml, messageUUID);
    await setFault({ mode: 'status', status: 503, count: 1 });
    await client[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
    world = await openOutsideWorld(folder);
    client = await SystemClient.open(world, 0);
    assert.equal((await rowsOf(messageUUID)).length, 1);
    assert.equal((await client.send(xml, messageUUID)).status, 503);
    assert.equal((await client.send(xml, messageUUID)).status, 409);
    assert.equal((await receiptOf(messageUUID))['receiptStatus'], 'COMPLETED');
  });
});

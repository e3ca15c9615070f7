import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import { inventedNumbers } from '../../src/sandbox/pages/mass-mail.ts';
import { registrationOf } from '../../src/sandbox/world.ts';
import {
  ask, containerOf, memoXml, noGateway, openOutsideWorld, removeFolder, SystemClient, temporaryFolder, type OutsideWorld,
} from './outside-world.ts';
import { SmtpDoor } from './smtp-door.ts';

interface MailRow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly receivedAt: string;
}

const SCRIPT = '<script>alert("x")</script>';

describe('the stand-in Exchange and the pages', () => {
  let folder: string;
  let world: OutsideWorld;
  let client: SystemClient;
  const smtpDoor = new SmtpDoor();

  before(async () => {
    folder = await temporaryFolder();
    world = await openOutsideWorld(folder, noGateway(await smtpDoor.open()));
    client = await SystemClient.open(world, 0);
  });
  after(async () => {
    await client[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
    await smtpDoor.close();
    await removeFolder(folder);
  });

  const deliver = async (raw: string | Buffer, to: readonly string[], from = 'sikkerpost@kommune.example'): Promise<void> => {
    const transport = createTransport({ host: '127.0.0.1', port: world.exchange.smtpPort, ignoreTLS: true });
    await transport.sendMail({ envelope: { from, to: [...to] }, raw });
    transport.close();
  };
  const rowsIn = async (address: string): Promise<MailRow[]> =>
    (await ask(world, 'GET', `/sandbox/mailboxes/${encodeURIComponent(address)}`)).json<MailRow[]>();
  const page = async (url: string): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${world.front.port}${url}`);
    assert.equal(response.status, 200, url);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    return response.text();
  };

  it('has each recipient’s copy, byte for byte, when it has said 250', async () => {
    const raw = 'From: =?utf-8?Q?S=C3=B8ren?= <sikkerpost@kommune.example>\r\nTo: a@kommune.example\r\n'
      + 'Subject: =?utf-8?B?w4ZibGVncsO4ZA==?=\r\n\r\n.en prik\r\n..to\r\n\x7fslut uden sidste linjeskift';
    await deliver(Buffer.from(raw), ['Lene@Kommune.Example', 'ven@example.org']);
    for (const address of ['lene@kommune.example', 'LENE@kommune.example', 'ven@example.org']) {
      const [row] = await rowsIn(address);
      assert.deepEqual(
        [row?.from, row?.to, row?.subject], ['Søren <sikkerpost@kommune.example>', 'a@kommune.example', 'Æblegrød'],
      );
      const mail = await ask(world, 'GET', `/sandbox/mailboxes/${encodeURIComponent(address)}/${row?.id}`);
      assert.equal(mail.text, `${raw}\r\n`);
    }
  });

  it('keeps a large mail without changing it', async () => {
    const raw = Buffer.concat([Buffer.from('Subject: stor\r\n\r\n'), Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(3_000))]);
    await deliver(raw, ['arkiv@kommune.example']);
    const [row] = await rowsIn('arkiv@kommune.example');
    const kept = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/mailboxes/arkiv%40kommune.example/${row?.id}`);
    assert.equal(kept.headers.get('content-type'), 'message/rfc822');
    assert.ok(Buffer.from(await kept.arrayBuffer()).equals(raw));
  });

  it('stores nothing of a mail whose connection broke', async () => {
    const socket = connect(world.exchange.smtpPort, '127.0.0.1');
    await say(socket, null);
    await say(socket, 'EHLO x');
    await say(socket, 'MAIL FROM:<a@kommune.example>');
    await say(socket, 'RCPT TO:<halv@kommune.example>');
    await say(socket, 'DATA');
    socket.write('Subject: halv\r\n\r\nhalv');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.destroy();
    await closed;
    assert.deepEqual(await rowsIn('halv@kommune.example'), []);
  });

  it('lists mails by the time that they say they came at, also of many handed over at once', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: world.exchange.smtpPort, ignoreTLS: true, pool: true, maxConnections: 20 });
    const to = ['travl@kommune.example'];
    await Promise.all(Array.from({ length: 400 }, (_, n) => transport.sendMail({ envelope: { from: 'a@kommune.example', to }, raw: `Subject: ${n}\r\n\r\n` })));
    transport.close();
    const times = (await rowsIn('travl@kommune.example')).map(({ receivedAt }) => receivedAt);
    assert.equal(times.length, 400);
    assert.deepEqual(times, times.toSorted());
  });

  it('lists the mailboxes of the world and those that got mail; an unknown one is empty', async () => {
    const addresses = (await ask(world, 'GET', '/sandbox/mailboxes')).json<{ address: string }[]>().map((row) => row.address);
    assert.ok(addresses.includes('hr@kommune.example'));
    assert.ok(addresses.includes('ven@example.org'));
    assert.deepEqual(await rowsIn('ingen@example.org'), []);
    assert.deepEqual(await rowsIn(`${'a'.repeat(300)}@example.org`), []);
    assert.equal((await ask(world, 'GET', '/sandbox/mailboxes/ingen%40example.org/1')).status, 404);
  });

  it('start page: says that this is an exercise, and where to begin', async () => {
    const text = await page('/sandbox/start/');
    assert.match(text, /<html lang="da">/);
    assert.match(text, /ØVELSE/);
    assert.match(text, /Nancy Ann Test Berggren/);
    assert.match(text, /<label for="subject">Emne<\/label>/);
    assert.doesNotMatch(text, /href="[^"]*\d{10}/);
  });

  it('start page: hands a first mail over by SMTP with its file, and says where to look', async () => {
    const form = new FormData();
    form.set('from', 'jobcenter@kommune.example');
    form.set('person', '2512489996');
    form.set('address', '');
    form.set('reply', 'yes');
    form.set('subject', 'Indkaldelse til samtale');
    form.set('text', 'Kære Nancy Ann');
    form.set('files', new File(['hej'], 'spørgeskema.txt', { type: 'text/plain' }));
    const response = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/first-mail`, { method: 'POST', body: form });
    assert.doesNotMatch(response.url, /(?<![\da-f-])\d{10}(?![\da-f-])/);
    const text = await response.text();
    assert.match(text, /Mailen er taget imod/);
    assert.ok(text.includes(`/sandbox/citizen/ngdp/${world.keys.keyOf('2512489996')}`));
    const [mail] = smtpDoor.mails;
    assert.deepEqual([mail?.from, mail?.to], [
      'jobcenter@kommune.example', ['2512489996-reply@dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk'],
    ]);
    assert.match(mail?.raw ?? '', /Subject: Indkaldelse til samtale/);
    assert.match(mail?.raw ?? '', /sp%C3%B8rgeskema\.txt|=\?UTF-8\?/i);
  });

  it('start page: shows the gateway’s own words when it refuses, and keeps what was written', async () => {
    smtpDoor.refusal = 'Adressen <b>findes ikke</b>';
    const form = new FormData();
    for (const [name, value] of Object.entries({ from: 'jobcenter@kommune.example', address: 'x@y.example', subject: SCRIPT, text: 'Hej' })) form.set(name, value);
    const response = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/first-mail`, { method: 'POST', body: form });
    smtpDoor.refusal = null;
    assert.equal(response.status, 422);
    const text = await response.text();
    assert.match(text, /Adressen &lt;b&gt;findes ikke/);
    assert.ok(!text.includes('<script'));
    assert.match(text, /value="&lt;script&gt;/);
  });

  it('start page: writes to several, over another network, with a full address beside', async () => {
    const form = new FormData();
    for (const [name, value] of [
      ['from', 'jobcenter@kommune.example'], ['network', 'eboks'], ['person', '2512489996'], ['person', '87654321'], ['reply', 'yes'],
      ['address', '010201-0044\nven@example.org'], ['subject', 'Til flere'], ['text', 'Hej'],
    ] as const) form.append(name, value);
    const response = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/first-mail`, { method: 'POST', body: form });
    assert.doesNotMatch(response.url, /\d{8}/);
    assert.ok((await response.text()).includes(`/sandbox/citizen/eboks/${world.keys.keyOf('87654321')}`));
    assert.deepEqual(smtpDoor.mails.at(-1)?.to, [
      '2512489996@35833684.eboks.digital-post.dk', '87654321@35833684.eboks.digital-post.dk',
      '0102010044@35833684.eboks.digital-post.dk', 'ven@example.org',
    ]);
  });

  it('mass send: hands list, letter and attachments over in one mail, and shows how far it has come', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ from: 'sikkerpost@kommune.example', subject: 'Nye åbningstider', list: '0102010044\n\n87654321\n' })) {
      form.set(name, value);
    }
    form.set('body-pdf', new File(['%PDF-1.4'], 'brev.pdf', { type: 'application/pdf' }));
    for (const name of ['0102010044.pdf', '87654321.pdf']) form.append('own-letters', new File(['%PDF-1.4'], name, { type: 'application/pdf' }));
    const response = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/mass-send/`, { method: 'POST', body: form });
    const mail = smtpDoor.mails.at(-1);
    assert.deepEqual(mail?.to, ['masseforsendelse-2@35833684.ngdp.digital-post.dk']);
    for (const name of ['masseforsendelse.txt', 'body.pdf', '0102010044.pdf', '87654321.pdf']) assert.ok(mail?.raw.includes(name), name);
    assert.ok(mail?.raw.includes(Buffer.from('0102010044\r\n\r\n87654321').toString('base64').slice(0, 20)));
    const path = new URL(response.url).pathname;
    const moving = await page(path);
    assert.match(moving, /0 af 2/);
    assert.match(moving, /http-equiv="refresh"/);
    assert.doesNotMatch(await page(`${path}?stop=1`), /http-equiv="refresh"/);
    const memos = ['0102010044', '87654321'].map((recipientId) => memoXml({ label: 'Nye åbningstider', recipientId }));
    assert.equal((await client.sendContainer(await containerOf(memos))).status, 201);
    assert.match(await page(path), /2 af 2/);
    assert.match(await page('/sandbox/mass-send/'), /Nye åbningstider/);
    assert.equal((await ask(world, 'GET', '/sandbox/mass-send/intet')).status, 404);
  });

  it('mass send: makes up as many citizens as wished, each registered, and keeps to a count of one’s own', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ from: 'sikkerpost@nabo.example', subject: 'x', text: 'y', invented: '700', count: '701' })) form.set(name, value);
    await fetch(`http://127.0.0.1:${world.front.port}/sandbox/mass-send/`, { method: 'POST', body: form });
    assert.deepEqual(smtpDoor.mails.at(-1)?.to, ['masseforsendelse-701@97281536.ngdp.digital-post.dk']);
    const numbers = inventedNumbers(700);
    assert.equal(new Set(numbers).size, 700);
    assert.ok(numbers.every((number) => registrationOf(number) === 'registered'));
  });

  it('takes no form from another site', async () => {
    const headers = { origin: 'https://ond.example', 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/ngdp/faults`, { method: 'POST', headers, body: '{"mode":"none"}' });
    assert.equal(response.status, 403);
    const own = { origin: 'null', 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const allowed = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/ngdp/faults`, { method: 'POST', headers: own, body: '{"mode":"none"}' });
    assert.equal(allowed.status, 200);
  });

  it('citizen’s inbox: sender, subject, whether it can be answered, letter and attachments; all escaped', async () => {
    const { xml, messageUUID } = memoXml({
      label: 'Hej &lt;script&gt;alert("x")&lt;/script&gt;', senderLabel: 'Jobcenter &amp; co', reply: true, recipientId: '0102010044',
      files: [
        { name: 'brev.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.4 brev') },
        { name: 'skema &lt;1&gt;.html', type: 'text/html', content: Buffer.from(SCRIPT) },
      ],
    });
    assert.equal((await client.send(xml, messageUUID)).status, 201);
    const opened = await fetch(`http://127.0.0.1:${world.front.port}/sandbox/citizen/ngdp/`, {
      method: 'POST', body: new URLSearchParams({ number: '010201-0044' }),
    });
    assert.doesNotMatch(opened.url, /0044/);
    const inbox = await opened.text();
    assert.match(inbox, /Jobcenter &amp; co/);
    assert.match(inbox, /Kan besvares/);
    const key = world.keys.keyOf('0102010044');
    const message = await page(`/sandbox/citizen/ngdp/${key}/${messageUUID}`);
    // The one script of our own draws the letter, from its address.
    const own = '<script defer src="/sandbox/outlook/letters.js"></script>';
    assert.equal(message.split(own).length, 2);
    for (const text of [inbox, message.replace(own, '')]) assert.ok(!text.includes('<script'));
    assert.match(message, new RegExp(`data-letter="/sandbox/citizen/ngdp/${key}/${messageUUID}/files/0"`));
    assert.match(message, /brev\.pdf/);
    assert.match(message, /skema &lt;1&gt;\.html/);

    const base = `http://127.0.0.1:${world.front.port}/sandbox/citizen/ngdp/${key}/${messageUUID}/files`;
    const letter = await fetch(`${base}/0`);
    assert.equal(letter.headers.get('content-type'), 'application/pdf');
    assert.match(letter.headers.get('content-disposition') ?? '', /^inline/);
    assert.equal(await letter.text(), '%PDF-1.4 brev');
    const attachment = await fetch(`${base}/1`);
    assert.match(attachment.headers.get('content-disposition') ?? '', /^attachment/);
    assert.match(attachment.headers.get('content-security-policy') ?? '', /^sandbox/);
    assert.equal(await attachment.text(), SCRIPT);
    assert.equal((await fetch(`${base}/2`)).status, 404);
    const others = `/sandbox/citizen/ngdp/${world.keys.keyOf('1234567890')}/${messageUUID}`;
    assert.equal((await ask(world, 'GET', others)).status, 404);
  });

  it('citizen’s inbox: each network has one of its own, under its own name', async () => {
    const mitdk = await SystemClient.open(world, 0, { network: 'mitdk' });
    try {
      const { xml, messageUUID } = memoXml({ label: 'Kun i mit.dk', recipientId: '2911829996' });
      assert.equal((await mitdk.send(xml, messageUUID)).status, 201);
      const key = world.keys.keyOf('2911829996');
      const inbox = await page(`/sandbox/citizen/mitdk/${key}`);
      assert.match(inbox, /class="network mitdk">mit\.dk/);
      assert.match(inbox, /Kun i mit\.dk/);
      assert.match(await page(`/sandbox/citizen/mitdk/${key}/${messageUUID}`), /brev\.pdf/);
      for (const network of ['ngdp', 'eboks']) assert.doesNotMatch(await page(`/sandbox/citizen/${network}/${key}`), /Kun i mit\.dk/);
      assert.match(await page('/sandbox/citizen/'), /href="\/sandbox\/citizen\/eboks\/"/);
      assert.equal((await ask(world, 'GET', `/sandbox/citizen/ngdp/${key}/${messageUUID}`)).status, 404);
      assert.equal((await ask(world, 'GET', '/sandbox/citizen/intet/')).status, 404);
    } finally {
      await mitdk[Symbol.asyncDispose]();
    }
  });

  it('citizen’s inbox: whoever has post can be chosen; whoever has none has an empty inbox', async () => {
    assert.match(await page('/sandbox/citizen/ngdp/'), /CPR 010201-0044/);
    assert.match(await page(`/sandbox/citizen/ngdp/${world.keys.keyOf('1509819996')}`), /ingen post/);
    assert.match(await page('/sandbox/citizen/ngdp/intet'), /ingen post/);
  });

  it('mailboxes: a mail is readable as text, with its attachments, and can be downloaded', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: world.exchange.smtpPort, ignoreTLS: true });
    await transport.sendMail({
      from: 'dpg@kommune.example', to: 'jobcenter@kommune.example', subject: `Kvittering ${SCRIPT}`, text: `3 leveret ${SCRIPT}`,
      html: `<p>3 leveret</p>${SCRIPT}`, attachments: [{ filename: 'Kvittering æ.json', content: '{"a":1}' }],
    });
    transport.close();
    const key = world.keys.keyOf('jobcenter@kommune.example');
    assert.match(await page('/sandbox/mail/'), new RegExp(`href="/sandbox/mail/${key}"`));
    const list = await page(`/sandbox/mail/${key}`);
    assert.match(list, /dpg@kommune\.example/);
    const [row] = await rowsIn('jobcenter@kommune.example');
    const base = `/sandbox/mail/${key}/${row?.id}`;
    const mail = await page(base);
    for (const text of [list, mail]) assert.ok(!text.includes('<script'));
    assert.match(mail, /3 leveret &lt;script&gt;/);
    assert.match(mail, /Kvittering æ\.json/);
    assert.equal((await ask(world, 'GET', `${base}/files/0`)).text, '{"a":1}');
    assert.match((await ask(world, 'GET', `${base}/mail.eml`)).text, /^From: dpg@kommune\.example/);
    const shown = await fetch(`http://127.0.0.1:${world.front.port}${base}/html`);
    assert.match(shown.headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
    assert.equal((await ask(world, 'GET', `/sandbox/mail/${key}/999999`)).status, 404);
  });

  it('mailboxes: the gateway’s links can be followed from a mail, on this very door; others cannot', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: world.exchange.smtpPort, ignoreTLS: true });
    await transport.sendMail({
      from: 'dpg@kommune.example', to: 'hr@kommune.example', subject: 'Venter',
      text: 'Stop den: http://localhost:3000/api/links/abc.DEF-1_2\nFrameld: http://localhost:3000/nyheder/framelding/1.aB-_\nEllers http://localhost:3000/nyhederne, https://ond.example/api/linksx',
      html: '<p><a style="x" href="http://localhost:3000/api/links/abc.DEF-1_2">Stop <b>den</b></a> <a href="https://ond.example/">her</a></p>',
    });
    transport.close();
    const [row] = await rowsIn('hr@kommune.example');
    const mail = await page(`/sandbox/mail/${world.keys.keyOf('hr@kommune.example')}/${row?.id}`);
    assert.match(mail, /<a href="\/api\/links\/abc\.DEF-1_2">http:\/\/localhost:3000\/api\/links\/abc\.DEF-1_2<\/a>/);
    assert.match(mail, /<a href="\/api\/links\/abc\.DEF-1_2">Stop den<\/a>/);
    assert.match(mail, /<a href="\/nyheder\/framelding\/1\.aB-_">/);
    assert.doesNotMatch(mail, /href="(https:\/\/ond|\/nyhederne)/);
  });

  it('faults can be practised from a page', async () => {
    const url = `http://127.0.0.1:${world.front.port}/sandbox/faults/`;
    await fetch(`${url}mitdk`, { method: 'POST', body: new URLSearchParams({ mode: 'slow', withhold: 'yes' }) });
    const text = await page('/sandbox/faults/');
    assert.match(text, /<option value="slow" selected>/);
    assert.match(text, /checked/);
    await fetch(`${url}mitdk`, { method: 'POST', body: new URLSearchParams({ mode: 'none' }) });
    assert.match(await page('/sandbox/faults/'), /<option value="none" selected>/);
  });

  it('is alive without a gateway, but not ready', async () => {
    assert.equal((await ask(world, 'GET', '/healthz')).status, 200);
    assert.deepEqual([(await ask(world, 'GET', '/readyz')).status, (await ask(world, 'GET', '/api/x')).status], [503, 502]);
    assert.equal((await ask(world, 'GET', '/findes/ikke')).status, 404);
  });
});

/** Says a line (null: nothing) and waits for the answer to be whole. */
async function say(socket: Socket, line: string | null): Promise<void> {
  if (line !== null) socket.write(`${line}\r\n`);
  let answer = '';
  while (!/^\d{3} .*\r\n$/m.test(answer)) answer += String(await new Promise((resolve) => socket.once('data', resolve)));
}

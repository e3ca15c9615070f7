import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask, memoXml, noGateway, openOutsideWorld, removeFolder, SystemClient, temporaryFolder, type OutsideWorld } from '../outside-world.ts';
import { SmtpDoor } from '../smtp-door.ts';

interface Row {
  readonly id: string;
  readonly subject: string;
}

interface Folders {
  readonly inbox: readonly Row[];
  readonly sent: readonly Row[];
  readonly drafts: readonly Row[];
}

const JOBCENTER = 'jobcenter%40kommune.example';
const CITIZEN = { displayName: 'Nancy', emailAddress: '2512489996@35833684.ngdp.digital-post.dk' };

describe('the server of the stand-in Outlook', () => {
  let folder: string;
  let world: OutsideWorld;
  const smtp = new SmtpDoor();

  before(async () => {
    folder = await temporaryFolder();
    world = await openOutsideWorld(folder, noGateway(await smtp.open()));
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await smtp.close();
    await removeFolder(folder);
  });

  const url = (path: string): string => `http://127.0.0.1:${world.front.port}${path}`;
  const folders = async (mailbox = JOBCENTER): Promise<Folders> => (await ask(world, 'GET', `/sandbox/outlook/mailboxes/${mailbox}`)).json<Folders>();
  const send = async (mail: object, files: readonly File[] = []): Promise<Response> => {
    const form = new FormData();
    form.set('mail', JSON.stringify({
      from: { displayName: 'Jobcenter', emailAddress: 'jobcenter@kommune.example' }, to: [CITIZEN], cc: [], bcc: [], subject: 'Hej', html: '<p>Hej</p>', text: 'Hej',
      headers: {}, inReplyTo: '', references: '', files: files.map(({ name, type }) => ({ name, type, contentId: null })), ...mail,
    }));
    for (const file of files) form.append('files', file);
    return await fetch(url('/sandbox/outlook/send'), { method: 'POST', body: form });
  };

  it('opens a mailbox in a page of scripts of its own alone, which no other page may frame', async () => {
    const answer = await fetch(url('/outlook/?mailbox=hr@kommune.example'));
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    const text = await answer.text();
    assert.match(text, /"address":"hanne@kommune\.example"/);
    assert.match(text, /ØVELSE/);
    assert.equal((await fetch(url('/outlook'))).status, 200);
  });

  it('gives out Office.js: the real one where it is installed, ours where it is asked for', async () => {
    const usual = await (await fetch(url('/sandbox/outlook/office.js'))).text();
    const standIn = await (await fetch(url('/sandbox/outlook/office.js'), { headers: { cookie: 'outlook-office-js=stand-in' } })).text();
    for (const script of [usual, standIn]) assert.match(script, /nestedAppAuthBridge/);
    assert.ok(standIn.length < 40_000);
    for (const path of ['telemetry/oteljs_agave.js', 'ariatelemetry/aria-web-telemetry.js']) {
      const answer = await fetch(url(`/sandbox/outlook/${path}`));
      assert.ok(answer.status === 404 || (await answer.text()) === '', path);
    }
    for (const path of ['..%2f..%2fpackage.json', 'da-dk/..%2foffice.js', 'da-dk/other.js', '%2e%2e/office_strings.js']) {
      assert.equal((await fetch(url(`/sandbox/outlook/${path}`))).status, 404, path);
    }
  });

  it('sends a mail with its files, keeps it, and knows whom it went to', async () => {
    const answer = await send({ bcc: [{ displayName: 'Arkiv', emailAddress: 'arkiv@kommune.example' }] }, [new File(['hej'], 'brev æ.txt', { type: 'text/plain' })]);
    assert.deepEqual([answer.status, ((await answer.json()) as { readonly taken: number }).taken], [200, 2]);
    assert.match(smtp.mails.at(-1)?.raw ?? '', /brev/);
    const [row] = (await folders()).sent;
    assert.equal(row?.subject, 'Hej');
    const mail = (await ask(world, 'GET', `/sandbox/outlook/mailboxes/${JOBCENTER}/mails/sent/${row?.id}`)).json<{ readonly files: readonly { readonly name: string }[]; readonly headers: string }>();
    assert.deepEqual(mail.files.map(({ name }) => name), ['brev æ.txt']);
    assert.match(mail.headers, /^bcc: Arkiv/m);
    assert.equal((await ask(world, 'GET', `/sandbox/outlook/mailboxes/${JOBCENTER}/mails/sent/${row?.id}/files/0`)).text, 'hej');
    assert.equal((await ask(world, 'GET', `/sandbox/outlook/mailboxes/hr%40kommune.example/mails/sent/${row?.id}`)).status, 404);
    const written = (await ask(world, 'GET', `/sandbox/outlook/mailboxes/${JOBCENTER}/written-to`)).json<readonly { readonly name: string }[]>();
    assert.deepEqual(written.map(({ name }) => name).sort(), ['Arkiv', 'Nancy']);
  });

  it('takes no mail from elsewhere, to nobody, or with a file that did not come', async () => {
    const count = smtp.mails.length;
    const refused = [
      { from: { displayName: 'x', emailAddress: 'x@andetsteds.example' } }, { to: [] }, { to: [{ displayName: 'uden adresse', emailAddress: 'x' }] },
      { files: [{ name: 'væk.txt', type: '', contentId: null }] },
    ];
    for (const mail of refused) assert.equal((await send(mail)).status, 400, JSON.stringify(mail));
    for (const body of [new URLSearchParams({ mail: '{' }), new URLSearchParams()]) {
      assert.equal((await fetch(url('/sandbox/outlook/send'), { method: 'POST', body })).status, 400);
    }
    assert.equal(smtp.mails.length, count);
  });

  it('puts a mail into the sender’s own mailbox when the gateway does not take theirs', async () => {
    smtp.refusal = '5.1.1 Adressen findes ikke';
    const answer = await send({ subject: 'Afvist' }).finally(() => {
      smtp.refusal = null;
    });
    assert.deepEqual([((await answer.json()) as { readonly refused: number }).refused], [1]);
    assert.equal((await folders()).inbox[0]?.subject, 'Kan ikke leveres: Afvist');
  });

  it('keeps drafts until they are thrown away', async () => {
    const path = `/sandbox/outlook/mailboxes/${JOBCENTER}/drafts/0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001`;
    const content = { subject: 'Halvt', bodyHtml: 'Kære\u0000 æ' };
    assert.equal((await ask(world, 'PUT', path, { recipients: 'Nancy', subject: 'Halvt', content })).status, 204);
    assert.equal((await ask(world, 'PUT', path, { recipients: 'Nancy', subject: 'Helt', content })).status, 204);
    assert.deepEqual((await folders()).drafts.map(({ subject }) => subject), ['Helt']);
    assert.deepEqual((await ask(world, 'GET', path)).json(), content);
    assert.equal((await ask(world, 'GET', path.replace('jobcenter', 'hr'))).status, 404);
    assert.equal((await ask(world, 'PUT', `/sandbox/outlook/mailboxes/${JOBCENTER}/drafts/x`, { recipients: '', subject: '', content })).status, 404);
    await ask(world, 'DELETE', path);
    assert.equal((await ask(world, 'GET', path)).status, 404);
  });

  it('takes no call from a page of another site', async () => {
    const answer = await fetch(url('/sandbox/outlook/send'), { method: 'POST', headers: { origin: 'https://ond.example' }, body: new URLSearchParams() });
    assert.equal(answer.status, 403);
  });

  it('ticks exercises off as they are done', async () => {
    const start = async (): Promise<string> => (await ask(world, 'GET', '/sandbox/start/')).text;
    assert.doesNotMatch(await start(), /Gennemført/);
    const client = await SystemClient.open(world, 0);
    try {
      const { xml, messageUUID } = memoXml({ recipientId: '2512489996' });
      await client.send(xml, messageUUID);
    } finally {
      await client[Symbol.asyncDispose]();
    }
    assert.equal([...(await start()).matchAll(/Gennemført/g)].length, 1);
    assert.equal((await ask(world, 'POST', '/sandbox/outlook/deeds/mended-after-alert')).status, 204);
    assert.equal((await ask(world, 'POST', '/sandbox/outlook/deeds/noget-andet')).status, 404);
    await ask(world, 'POST', '/sandbox/ngdp/faults', { mode: 'status', status: 503 });
    await send({ subject: 'Mens det er nede' });
    assert.equal([...(await start()).matchAll(/Gennemført/g)].length, 3);
  });

  it('has the Svar button in the citizen’s inbox where a message may be answered, and says that it comes', async () => {
    await ask(world, 'POST', '/sandbox/ngdp/faults', { mode: 'none' });
    const client = await SystemClient.open(world, 0);
    try {
      const pages = await Promise.all([true, false].map(async (reply) => {
        const { xml, messageUUID } = memoXml({ recipientId: '0107729995', reply });
        assert.equal((await client.send(xml, messageUUID)).status, 201);
        return (await ask(world, 'GET', `/sandbox/citizen/ngdp/${world.keys.keyOf('0107729995')}/${messageUUID}`)).text;
      }));
      assert.match(pages[0] ?? '', /<button type="button" disabled aria-describedby="answer-hint">Svar<\/button>[^]*når gatewayen også tager imod post/);
      assert.doesNotMatch(pages[1] ?? '', />Svar<\/button>/);
      assert.match(pages[1] ?? '', /Du kan ikke svare på denne besked/);
    } finally {
      await client[Symbol.asyncDispose]();
    }
  });
});

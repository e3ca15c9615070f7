import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { userWithAddress } from '../../src/sandbox/people.ts';
import { citizen, OWN_CVR } from '../journeys/citizens.ts';
import { attachmentOf } from '../journeys/receipt-reading.ts';
import { until } from '../sandbox/eventually.ts';
import { DAY_MS, HoldWorld, linksIn, MINUTE_MS, SIKKERPOST, type HandedMail } from './hold-world.ts';

const CHIEF = 'sagsbehandler@kommune.example';
const DEPUTY = 'arkiv@kommune.example';
const JOBCENTER = 'jobcenter@kommune.example';
const RECIPIENTS = 600;
const mass = (count: number) => [`masseforsendelse-${count}@${OWN_CVR}.ngdp.digital-post.dk`];
const list = (count: number, from = 0) => ({
  filename: 'masseforsendelse.txt',
  content: Array.from({ length: count }, (_, n) => citizen(from + n)).join('\r\n'),
});

// T21: a job for 600 recipients, its approvers, and a clock that the test turns.
describe('a mass send that somebody else must approve', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start(
      { HOLD_MASS_MS: String(10 * MINUTE_MS), MASS_APPROVAL_OVER_RECIPIENTS: '500' },
      (organisation) => ({
        ...organisation,
        approvers: [CHIEF, DEPUTY, JOBCENTER, SIKKERPOST],
        secureMailboxes: organisation.secureMailboxes.map((mailbox) =>
          mailbox.address === JOBCENTER ? { ...mailbox, users: mailbox.users.filter((id) => id !== userWithAddress(CHIEF)?.objectId) } : mailbox),
      }),
    );
  });
  after(() => world[Symbol.asyncDispose]());

  const handMass = async (subject: string, more: object = {}): Promise<HandedMail> => {
    const mail = await world.hand(mass(RECIPIENTS), { subject, attachments: [list(RECIPIENTS)], ...more });
    assert.equal(await world.read(mail), 'expanded');
    return mail;
  };
  const approvalLinks = async (mail: HandedMail, approver = CHIEF): Promise<readonly [string, string]> => {
    const [approve = '', reject = ''] = linksIn(await world.notice(approver, mail, /^Godkend masseforsendelse: /));
    return [approve, reject];
  };
  const nothingLeft = async (mail: HandedMail): Promise<void> => {
    await world.timeIsFollowed();
    assert.deepEqual([await world.counts(mail), await world.arrived(mail)], [{ waiting: RECIPIENTS }, 0]);
  };

  it('is approved in the add-in by one of the approvers, who sees nothing else of a mailbox that is another’s', async () => {
    const mail = await handMass('Godkendt i tilføjelsesprogrammet', { from: JOBCENTER });
    const call = async (who: string, path: string, body?: object) => {
      const headers = { ...(await world.inner.logOnAs(who)), 'content-type': 'application/json' };
      const url = `http://127.0.0.1:${world.inner.gateway?.httpPort}/api/submissions/s${mail.id}${path}`;
      const answer = await fetch(url, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
      return { status: answer.status, json: (answer.headers.get('content-type') ?? '').includes('json') ? ((await answer.json()) as Record<string, unknown>) : {} };
    };
    const seen = await call(CHIEF, '');
    assert.equal(seen.status, 200);
    const yes = { contentSha256: seen.json['contentSha256'] };
    assert.equal((await call(CHIEF, '/stop', {})).status, 404);
    assert.equal((await call(CHIEF, '/proof')).status, 404);
    assert.equal((await call('mette@kommune.example', '/approve', yes)).status, 403);
    assert.equal((await call('nina@nabo.example', '/approve', yes)).status, 403);
    assert.equal((await call(CHIEF, '/approve', { contentSha256: 'a'.repeat(64) })).status, 409);
    await nothingLeft(mail);
    const approved = await call(CHIEF, '/approve', yes);
    assert.deepEqual([approved.status, approved.json['outcome']], [200, 'approved']);
    assert.equal(await world.inner.number(`select count(*) from audit where action = 'approve' and outcome = 'done' and actor_name = '${CHIEF}'`), 1);
  });

  it('asks everyone who may but its author, with the letter and what there is to know of it', async () => {
    const mail = await handMass('Til seks hundrede', { sender: `Bo <${DEPUTY}>` });
    const notice = await world.notice(CHIEF, mail, /^Godkend masseforsendelse: Til seks hundrede$/);
    assert.match(notice.text, new RegExp(`Modtagere: ${RECIPIENTS}[\\s\\S]*Eksempel Kommune[\\s\\S]*Sendt fra: ${SIKKERPOST} \\(skrevet af ${DEPUTY}\\)`));
    assert.match(notice.text, /SHA-256\): [0-9a-f]{64}/);
    assert.match(attachmentOf(notice.mail, 'Brev.pdf')?.toString('latin1') ?? '', /^%PDF-/);
    assert.equal(linksIn(notice).length, 2);
    await world.notice(JOBCENTER, mail, /^Godkend masseforsendelse/);
    assert.deepEqual([await world.notices(DEPUTY, mail), (await world.notices(SIKKERPOST, mail)).length], [[], 1]);
    assert.match((await world.notices(SIKKERPOST, mail))[0]?.subject ?? '', /venter på godkendelse/);
    world.turnBy(DAY_MS / 2);
    await nothingLeft(mail);
    // Its author stops it instead.
    const [stop = ''] = linksIn(await world.notice(SIKKERPOST, mail, /venter på godkendelse/));
    const [approve] = await approvalLinks(mail);
    assert.match((await world.follow(stop, 'POST')).html, /Ingen har fået den/);
    const late = await world.follow(approve, 'POST');
    assert.deepEqual([late.status, /Masseforsendelsen er stoppet/.test(late.html)], [409, true]);
    assert.deepEqual(await world.counts(mail), { stopped: RECIPIENTS });
  });

  it('waits its ten minutes after the approval, which counts once, and then goes to all', async () => {
    const mail = await handMass('Godkendt');
    const [approve, reject] = await approvalLinks(mail);
    for (const method of ['GET', 'HEAD'] as const) await world.follow(approve, method);
    assert.match((await world.follow(approve)).html, /Godkend masseforsendelse[\s\S]*Der sendes Digital Post til 600 modtagere hver for sig som Eksempel Kommune\. De kan ikke svare\.[\s\S]*vil sende denne besked\. Se den igennem, før du godkender[\s\S]*Modtagere: 600/);
    await nothingLeft(mail);
    assert.match((await world.follow(approve, 'POST')).html, /er godkendt[\s\S]*Den sendes/);
    assert.match((await world.follow(approve, 'POST')).html, new RegExp(`allerede godkendt[\\s\\S]*${CHIEF}`));
    assert.match((await world.follow(reject, 'POST')).html, /allerede godkendt/);
    const [other] = await approvalLinks(mail, JOBCENTER);
    assert.match((await world.follow(other, 'POST')).html, /allerede godkendt/);
    world.turnBy(9 * MINUTE_MS + 50_000);
    await nothingLeft(mail);
    world.turnBy(MINUTE_MS);
    await world.untilStatus(mail, 'completed', RECIPIENTS);
    assert.equal(await world.arrived(mail), RECIPIENTS);
    await world.notice(SIKKERPOST, mail, /600 leveret/);
  });

  it('is stopped at any moment of its ten minutes, and then nobody gets it', async () => {
    const moments = [0, 4 * MINUTE_MS, 9 * MINUTE_MS + 57_000];
    for (const [n, moment] of moments.entries()) {
      const mail = await handMass(`Stoppet ${n}`);
      const [approve] = await approvalLinks(mail);
      await world.follow(approve, 'POST');
      const [stop = ''] = linksIn(await world.notice(SIKKERPOST, mail, /^Din besked venter/));
      world.turnBy(moment);
      assert.match((await world.follow(stop, 'POST')).html, /Ingen har fået den/, `after ${moment} ms`);
      world.turnBy(11 * MINUTE_MS);
      await world.timeIsFollowed();
      assert.deepEqual([await world.counts(mail), await world.arrived(mail)], [{ stopped: RECIPIENTS }, 0]);
    }
  });

  it('is void once its author has changed it: the new one needs an approval of its own', async () => {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const first = await handMass('Rettet', { messageId, text: 'Med en fejl' });
    const [approve, reject] = await approvalLinks(first);
    const second = await handMass('Rettet', { messageId, text: 'Uden fejl' });
    for (const link of [approve, reject]) {
      for (const method of ['GET', 'POST'] as const) {
        const page = await world.follow(link, method);
        assert.deepEqual([page.status, page.hasButton], [409, false]);
        assert.match(page.html, /ny udgave/);
      }
    }
    assert.deepEqual(await world.counts(first), { stopped: RECIPIENTS });
    await nothingLeft(second);
    await world.notice(SIKKERPOST, first, /^Den første udgave er stoppet/);
    const wanted = async () => (await world.notices(CHIEF, second)).length === 2;
    await until(wanted, 20_000, 'a request for each version');
  });

  it('that is rejected goes to nobody, and its author hears why', async () => {
    const mail = await handMass('Afvist');
    const [approve, reject] = await approvalLinks(mail, JOBCENTER);
    assert.match((await world.follow(reject)).html, /<textarea/);
    assert.match((await world.follow(reject, 'POST', { reason: 'Forkert bilag 2512489996' })).html, /er afvist/);
    assert.match((await world.follow(approve, 'POST')).html, /allerede afvist/);
    const notice = await world.notice(SIKKERPOST, mail, /^Masseforsendelsen er afvist: Afvist$/);
    assert.match(notice.text, /jobcenter@kommune\.example har afvist .*: Forkert bilag 251248-xxxx/);
    world.turnBy(DAY_MS);
    await world.timeIsFollowed();
    assert.deepEqual([await world.counts(mail), await world.arrived(mail)], [{ stopped: RECIPIENTS }, 0]);
    assert.equal((await world.notices(SIKKERPOST, mail)).length, 2);
  });

  it('reminds those who keep silent once, and is stopped in the end', async () => {
    const mail = await handMass('Glemt');
    world.turnBy(1.1 * DAY_MS);
    await world.notice(CHIEF, mail, /^Venter stadig: Godkend masseforsendelse/);
    world.turnBy(5 * DAY_MS);
    await world.timeIsFollowed();
    assert.deepEqual(await world.counts(mail), { waiting: RECIPIENTS });
    world.turnBy(1.5 * DAY_MS);
    await world.untilStatus(mail, 'stopped', RECIPIENTS);
    await world.notice(SIKKERPOST, mail, /^Masseforsendelsen er stoppet: Glemt$/);
    assert.equal((await world.notices(CHIEF, mail)).length, 2);
  });

  it('needs none at the number itself', async () => {
    const few = await world.hand(mass(500), { subject: 'Fem hundrede', attachments: [list(500)] });
    await world.read(few);
    await world.notice(SIKKERPOST, few, /^Din besked venter: Fem hundrede$/);
    assert.deepEqual(await world.notices(CHIEF, few), []);
  });
});

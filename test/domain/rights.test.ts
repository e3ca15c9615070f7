import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGatewayAddress, type GatewayAddress } from '../../src/domain/gateway-address.ts';
import type { Organisation } from '../../src/domain/organisation.ts';
import { actions, type Action } from '../../src/domain/action.ts';
import { actionsFrom, mailAuthor, mailboxesOfPerson, refuseAct, type Actor } from '../../src/domain/rights.ts';

const CVR = '35833684';
const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const BYGGESAGER = '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90';
const GROUP = '7a1e4b52-0d3f-4f6a-b1c2-1c5a3b7e2009';
const ids = { mette: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3001', soren: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3002' } as const;

const KOMMUNE: Organisation = {
  name: 'Eksempel Kommune', cvrNumbers: [CVR], mailDomains: ['k.example'], smtpOriginatorOrgs: [],
  mainMailbox: 'main@k.example', watchMailbox: 'main@k.example', helpContact: 'it@k.example', approvers: [],
  contactPoints: [{ id: JOBCENTER, name: 'Jobcenter', mailbox: 'job@k.example' }, { id: BYGGESAGER, name: 'Byggesager', mailbox: null }],
  secureMailboxes: [
    { address: 'main@k.example', channels: ['ngdp', 'mitdk', 'eboks'], senders: [CVR, JOBCENTER, BYGGESAGER], users: [ids.soren] },
    { address: 'job@k.example', channels: ['ngdp'], senders: [CVR, JOBCENTER], may: ['send'], users: [ids.mette, ids.soren] },
    { address: 'hr@k.example', channels: [], senders: [CVR], groups: [GROUP] },
  ],
};

const actor = (may: readonly Action[], mailboxes: readonly string[] | null): Actor => ({ may: new Set(may), mailboxes });
const ACTORS = {
  mail: mailAuthor,
  mette: actor(['send', 'stop', 'resend', 'lookup-cpr'], ['job@k.example']),
  soren: actor(['send', 'mass-send', 'approve', 'lookup-cvr'], ['main@k.example', 'job@k.example']),
  hanne: actor(['send'], ['hr@k.example']),
  admin: actor(['administer', 'read-audit'], []),
  program: actor(['send', 'mass-send'], null),
  nobody: actor([], []),
} as const;
type ActorName = keyof typeof ACTORS;

const addressOf = (text: string): GatewayAddress => {
  const parsed = parseGatewayAddress(text);
  assert.ok(parsed.kind === 'gateway-address', text);
  return parsed.address;
};
const ADDRESSES = {
  ngdp: addressOf(`2512489996@${CVR}.ngdp.digital-post.dk`),
  jobcenter: addressOf(`2512489996@${JOBCENTER}.ngdp.digital-post.dk`),
  byggesager: addressOf(`2512489996@${BYGGESAGER}.ngdp.digital-post.dk`),
  mitdk: addressOf(`2512489996@${CVR}.mitdk.digital-post.dk`),
  foreign: addressOf('2512489996@97281536.ngdp.digital-post.dk'),
  mass: addressOf(`masseforsendelse-7@${CVR}.ngdp.digital-post.dk`),
} as const;
type AddressName = keyof typeof ADDRESSES;
const MAILBOXES = ['main@k.example', 'job@k.example', 'hr@k.example', 'almindelig@k.example'] as const;

// One line for each who and mailbox: what stands against sending to each of the six addresses. "-": nothing;
// R: the right itself is missing, M: another's mailbox; else the Problem's code in short.
const CODES: Readonly<Record<string, string>> = {
  S: 'mailbox-not-secure', C: 'mailbox-not-connected', N: 'mailbox-may-not', F: 'sender-not-allowed', R: 'right-missing', M: 'mailbox-foreign', '-': '-',
};
//                      ngdp jobcenter byggesager mitdk foreign mass
const TABLE = `
  mail    main@k.example        -  -  -  -  F  -
  mail    job@k.example         -  -  F  C  F  N
  mail    hr@k.example          C  C  C  C  C  C
  mail    almindelig@k.example  S  S  S  S  S  S
  mette   main@k.example        M  M  M  M  M  R
  mette   job@k.example         -  -  F  C  F  R
  mette   hr@k.example          M  M  M  M  M  R
  mette   almindelig@k.example  M  M  M  M  M  R
  soren   main@k.example        -  -  -  -  F  -
  soren   job@k.example         -  -  F  C  F  N
  soren   hr@k.example          M  M  M  M  M  M
  soren   almindelig@k.example  M  M  M  M  M  M
  hanne   main@k.example        M  M  M  M  M  R
  hanne   job@k.example         M  M  M  M  M  R
  hanne   hr@k.example          C  C  C  C  C  R
  hanne   almindelig@k.example  M  M  M  M  M  R
  admin   main@k.example        R  R  R  R  R  R
  admin   job@k.example         R  R  R  R  R  R
  admin   hr@k.example          R  R  R  R  R  R
  admin   almindelig@k.example  R  R  R  R  R  R
  program main@k.example        -  -  -  -  F  -
  program job@k.example         -  -  F  C  F  N
  program hr@k.example          C  C  C  C  C  C
  program almindelig@k.example  S  S  S  S  S  S
  nobody  main@k.example        R  R  R  R  R  R
  nobody  job@k.example         R  R  R  R  R  R
  nobody  hr@k.example          R  R  R  R  R  R
  nobody  almindelig@k.example  R  R  R  R  R  R
`;

describe('who may send from which mailbox, by which channel, as whom', () => {
  const rows = TABLE.trim().split('\n').map((line) => line.trim().split(/\s+/));

  it('stands in the table for each who and mailbox', () => {
    assert.equal(rows.length, Object.keys(ACTORS).length * MAILBOXES.length);
  });

  for (const [who = '', mailbox = '', ...expected] of rows) {
    it(`${who} from ${mailbox}`, () => {
      const found = (Object.keys(ADDRESSES) as AddressName[]).map((name) => {
        const address = ADDRESSES[name];
        const action = address.kind === 'mass' ? 'mass-send' : 'send';
        const refusal = refuseAct(KOMMUNE, ACTORS[who as ActorName], { action, mailbox, to: address });
        return refusal === null ? '-' : refusal.kind === 'problem' ? refusal.problem.code : refusal.kind;
      });
      assert.deepEqual(found, expected.map((short) => CODES[short]));
    });
  }

  it('says from which mailboxes one may instead', () => {
    const refusal = refuseAct(KOMMUNE, mailAuthor, { action: 'send', mailbox: 'job@k.example', to: ADDRESSES.byggesager });
    assert.ok(refusal?.kind === 'problem' && refusal.problem.code === 'sender-not-allowed');
    assert.deepEqual(refusal.problem.parameters.allowedMailboxes, ['main@k.example']);
  });
});

describe('who may send from which mailbox over a network as such', () => {
  const rows = [
    ['mette', 'job@k.example', 'send', 'ngdp', '-'],
    ['mette', 'job@k.example', 'send', 'mitdk', 'mailbox-not-connected'],
    ['mette', 'main@k.example', 'send', 'ngdp', 'mailbox-foreign'],
    ['mette', 'job@k.example', 'lookup-cpr', 'ngdp', '-'],
    ['mette', 'job@k.example', 'lookup-cvr', 'ngdp', 'right-missing'],
    ['soren', 'job@k.example', 'mass-send', 'ngdp', 'mailbox-may-not'],
    ['soren', 'main@k.example', 'mass-send', 'ngdp', '-'],
    ['hanne', 'hr@k.example', 'send', 'ngdp', 'mailbox-not-connected'],
    ['program', 'almindelig@k.example', 'send', 'eboks', 'mailbox-not-secure'],
    ['admin', 'main@k.example', 'send', 'ngdp', 'right-missing'],
  ] as const;
  for (const [who, mailbox, action, to, expected] of rows) {
    it(`${who} from ${mailbox}: ${action} by ${to}`, () => {
      const refusal = refuseAct(KOMMUNE, ACTORS[who], { action, mailbox, to });
      assert.equal(refusal === null ? '-' : refusal.kind === 'problem' ? refusal.problem.code : refusal.kind, expected);
    });
  }
});

describe('what needs no mailbox', () => {
  it('hangs on the right alone', () => {
    for (const [name, one] of Object.entries(ACTORS)) {
      for (const action of actions) {
        const refusal = refuseAct(KOMMUNE, one, { action, mailbox: null, to: null });
        assert.deepEqual(refusal, one.may.has(action) ? null : { kind: 'right-missing', action }, `${name} ${action}`);
      }
    }
  });

  it('is bound to own mailboxes where one is named', () => {
    assert.deepEqual(refuseAct(KOMMUNE, ACTORS.mette, { action: 'stop', mailbox: 'main@k.example', to: null }), { kind: 'mailbox-foreign', mailbox: 'main@k.example' });
    assert.equal(refuseAct(KOMMUNE, ACTORS.mette, { action: 'stop', mailbox: 'job@k.example', to: null }), null);
  });
});

describe('a person\'s mailboxes', () => {
  const mailboxesOf = (objectId: string, groups: readonly string[] = []) => mailboxesOfPerson(KOMMUNE, { objectId, groups }).map(({ address }) => address);

  it('are those that name the person or a group of the person\'s', () => {
    assert.deepEqual(mailboxesOf(ids.mette), ['job@k.example']);
    assert.deepEqual(mailboxesOf(ids.soren), ['main@k.example', 'job@k.example']);
    assert.deepEqual(mailboxesOf(ids.mette, [GROUP]), ['job@k.example', 'hr@k.example']);
    assert.deepEqual(mailboxesOf('00000000-0000-0000-0000-000000000000', [ids.mette]), []);
    assert.deepEqual(mailboxesOf('', ['']), []);
  });
});

describe('what one may do from a mailbox', () => {
  const [main, job, hr] = KOMMUNE.secureMailboxes;
  assert.ok(main && job && hr);
  const rows = [
    ['mette', job, ['send', 'stop', 'resend', 'lookup-cpr']],
    ['soren', main, ['send', 'mass-send', 'approve', 'lookup-cvr']],
    ['soren', job, ['send', 'approve', 'lookup-cvr']],
    ['hanne', hr, []],
    ['admin', main, ['read-audit', 'administer']],
    ['program', main, ['send', 'mass-send']],
    ['program', hr, []],
    ['nobody', main, []],
  ] as const;
  for (const [who, mailbox, expected] of rows) {
    it(`${who} from ${mailbox.address}`, () => assert.deepEqual(actionsFrom(ACTORS[who], mailbox), expected));
  }
});

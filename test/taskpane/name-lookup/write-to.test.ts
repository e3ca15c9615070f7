import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EarlierRecipient } from '../../../src/taskpane/memory/remembered.ts';
import { WISH_STATE, writeWish } from '../../../src/taskpane/compose/sending-as.ts';
import { addToDraft, openDraftTo, type WriteToParts } from '../../../src/taskpane/name-lookup/write-to.ts';
import { OutlookFailure, type Draft, type MailRecipient } from '../../../src/taskpane/office/outlook.ts';
import { EKSEMPEL, JOBCENTER, draft, me } from '../compose/compose-world.ts';

const NANCY = { number: '2512489996', name: 'Nancy Ann Test Berggren' };
const FROM = 'jobcenter@kommune.example';

interface World extends WriteToParts {
  draft: Draft;
  readonly opened: (readonly MailRecipient[])[];
  readonly earlier: EarlierRecipient[];
}

function world(to: readonly MailRecipient[] = [], takes: (recipient: MailRecipient) => boolean = () => true): World {
  const opened: (readonly MailRecipient[])[] = [];
  const earlier: EarlierRecipient[] = [];
  const made: World = {
    draft: draft({ to }),
    opened, earlier, me: me(), now: new Date('2026-11-25T09:00:00Z'),
    outlook: {
      async changeRecipients(change) {
        const { to: wanted = made.draft.to } = change(made.draft);
        made.draft = { ...made.draft, to: wanted.filter(takes) };
        return made.draft;
      },
      draftState: async () => null,
      async openDraft(recipients) {
        opened.push(recipients);
      },
    },
    remembered: {
      choice: async () => null,
      async keepEarlier(recipient) {
        earlier.push(recipient);
      },
    },
  };
  return made;
}

describe('"Skriv til" of a result', () => {
  it('puts them into Til, answerable, as the mailbox usually sends', async () => {
    const of = world();
    assert.deepEqual(await addToDraft(of, FROM, NANCY), { kind: 'added' });
    assert.deepEqual(of.draft.to, [{ displayName: 'Nancy Ann Test Berggren (Digital Post)', emailAddress: `2512489996-reply@${JOBCENTER}.ngdp.digital-post.dk` }]);
    assert.deepEqual(of.earlier, [{ number: NANCY.number, name: NANCY.name, lastAt: '2026-11-25T09:00:00.000Z' }]);
  });

  it('sends to the next as to those who are there', async () => {
    const of = world([{ displayName: 'x', emailAddress: `0101010101@${EKSEMPEL}.ngdp.digital-post.dk` }]);
    await addToDraft(of, FROM, NANCY);
    assert.equal(of.draft.to[1]?.emailAddress, `2512489996@${EKSEMPEL}.ngdp.digital-post.dk`);
  });

  it('takes the sender that was used last from this mailbox', async () => {
    const of = world();
    await addToDraft({ ...of, remembered: { ...of.remembered, choice: async () => EKSEMPEL } }, FROM, NANCY);
    assert.equal(of.draft.to[0]?.emailAddress, `2512489996-reply@${EKSEMPEL}.ngdp.digital-post.dk`);
  });

  it('is sent as, by and with what was chosen in Skriv, before there is an address to carry it', async () => {
    const of = world();
    const outlook = { ...of.outlook, draftState: async (key: string) => (key === WISH_STATE ? writeWish({ sender: EKSEMPEL, channel: 'mitdk', replyable: false }) : null) };
    await addToDraft({ ...of, outlook }, FROM, NANCY);
    assert.deepEqual(of.draft.to, [{ displayName: 'Nancy Ann Test Berggren (mit.dk)', emailAddress: `2512489996@${EKSEMPEL}.mitdk.digital-post.dk` }]);
    const failing = { ...outlook, draftState: async () => await Promise.reject(new OutlookFailure('draftState', 'timeout')) };
    of.draft = draft();
    assert.deepEqual(await addToDraft({ ...of, outlook: failing }, FROM, NANCY), { kind: 'added' });
  });

  it('writes no name of somebody who is protected or unknown, and remembers nobody', async () => {
    const of = world();
    await addToDraft(of, FROM, { ...NANCY, name: null });
    assert.equal(of.draft.to[0]?.displayName, '251248-xxxx (Digital Post)');
    assert.deepEqual(of.earlier, []);
  });

  it('puts nobody in twice, however they are addressed', async () => {
    const of = world([{ displayName: 'x', emailAddress: `2512489996@${EKSEMPEL}.ngdp.digital-post.dk` }]);
    assert.deepEqual(await addToDraft(of, FROM, NANCY), { kind: 'already' });
    assert.equal(of.draft.to.length, 1);
  });

  it('believes only what Outlook then holds', async () => {
    assert.deepEqual(await addToDraft(world([], () => false), FROM, NANCY), { kind: 'not-taken' });
    const of = world();
    const failing = { ...of.outlook, changeRecipients: async () => await Promise.reject(new OutlookFailure('to', 'timeout')) };
    assert.deepEqual(await addToDraft({ ...of, outlook: failing }, FROM, NANCY), { kind: 'not-taken' });
  });

  it('says from which mailbox it cannot be done', async () => {
    assert.deepEqual(await addToDraft(world(), 'hr@kommune.example', NANCY), { kind: 'no-right', mailbox: 'hr@kommune.example' });
  });

  it('opens a new draft where none is being written', async () => {
    const of = world();
    assert.deepEqual(await openDraftTo(of, NANCY), { kind: 'opened' });
    assert.deepEqual(of.opened, [[{ displayName: 'Nancy Ann Test Berggren (Digital Post)', emailAddress: `2512489996-reply@${JOBCENTER}.ngdp.digital-post.dk` }]]);
  });

  it('writes to a company by its CVR number', async () => {
    const of = world();
    await addToDraft(of, FROM, { number: '56781234', name: 'Tømrer Dahl ApS' });
    assert.deepEqual(of.draft.to, [{ displayName: 'Tømrer Dahl ApS (Digital Post)', emailAddress: `56781234-reply@${JOBCENTER}.ngdp.digital-post.dk` }]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { draftStops } from '../../src/domain/draft-check.ts';
import { isMassRecipient, massDraft, massFixes, recipientsOfList, type MassDraftFile, type MassDraftQuestion, type MassFault } from '../../src/domain/mass-draft.ts';
import { readMassSendList } from '../../src/domain/mass-send-list.ts';

const sum = (sign: string): string => sign.repeat(64);
const to = (...addresses: readonly string[]) => addresses.map((emailAddress) => ({ displayName: '', emailAddress }));
const massOf = (n: number): string => `masseforsendelse-${String(n)}@35833684.ngdp.digital-post.dk`;
const single = '2512489996@35833684.ngdp.digital-post.dk';
const file = (name: string, listText: string | null = null): MassDraftFile => ({ name, isInline: false, kind: 'file', listText });
const list = (text: string | null): MassDraftFile => file('masseforsendelse.txt', text);
const two = '2512489996\r\n87654321\r\n';
const noLetter = { mark: null, pdfSha256: null, sourceSha256: null };
const draft = (more: Partial<MassDraftQuestion> = {}): MassDraftQuestion => ({ to: to(massOf(2)), cc: [], bcc: [], files: [list(two)], letter: noLetter, ...more });
const faultsOf = (more: Partial<MassDraftQuestion>): readonly MassFault[] => {
  const found = massDraft(draft(more));
  return found.kind === 'faults' ? found.faults : [];
};

describe('a draft as a mass send', () => {
  it('is none without an address for a list and without a list', () => {
    for (const recipients of [to(), to('kollega@kommune.example', single, 'forkert@35833684.ngdp.digital-post.dk')]) {
      assert.deepEqual(massDraft(draft({ to: recipients, files: [file('brev.pdf'), file('body.pdf')] })), { kind: 'none' });
    }
  });

  it('agrees where the address says as many as are on the list, colleagues and other files beside it', () => {
    assert.deepEqual(massDraft(draft({ cc: to('kollega@kommune.example'), files: [file('Takster.pdf'), list(two), file('body.pdf')] })), { kind: 'agrees', count: 2 });
    assert.deepEqual(massDraft(draft({ to: [], bcc: to(massOf(2).toUpperCase()) })), { kind: 'agrees', count: 2 });
  });

  it('is not at fault for what nobody knows yet: the files, or what stands in them', () => {
    assert.deepEqual(massDraft(draft({ files: null })), { kind: 'agrees', count: 2 });
    assert.deepEqual(massDraft(draft({ files: [list(null)] })), { kind: 'agrees', count: 2 });
  });

  it('tells an address and a list that differ, whichever of them was changed', () => {
    assert.deepEqual(faultsOf({ to: to(massOf(396)) }), [{ code: 'count', a: 396, b: 2 }]);
    assert.deepEqual(faultsOf({ files: [list(`${two}2512489996`)] }), [{ code: 'lines', n: 1 }]);
  });

  it('tells a list without an address, and an address without a list', () => {
    assert.deepEqual(faultsOf({ to: to('kollega@kommune.example') }), [{ code: 'no-address', b: 2 }]);
    assert.deepEqual(faultsOf({ to: [], files: [list(null)] }), [{ code: 'no-address', b: null }]);
    assert.deepEqual(faultsOf({ files: [file('body.pdf')] }), [{ code: 'no-list', n: 2 }]);
  });

  it('keeps of two lists the one that fits the address, else the last one', () => {
    assert.deepEqual(faultsOf({ files: [list(two), file('a.pdf'), list('2512489996')] }), [{ code: 'lists', n: 2, keep: 0, b: 2 }]);
    assert.deepEqual(faultsOf({ files: [list('2512489996'), file('masseforsendelse (1).txt', two)] }), [{ code: 'lists', n: 2, keep: 1, b: 2 }]);
    assert.deepEqual(faultsOf({ files: [list(two), list(two)] }), [{ code: 'lists', n: 2, keep: 1, b: 2 }]);
    assert.deepEqual(faultsOf({ files: [list('1'), list(null)] }), [{ code: 'lists', n: 2, keep: 1, b: null }]);
  });

  it('tells an address that can be answered, one for mit.dk, one without a count, and several', () => {
    const wrong = {
      'masseforsendelse-2-reply@35833684.ngdp.digital-post.dk': 'massReply', 'masseforsendelse-2@35833684.mitdk.digital-post.dk': 'massMitdk',
      'masseforsendelse@35833684.ngdp.digital-post.dk': 'count', 'masseforsendelse-02@35833684.ngdp.digital-post.dk': 'countForm',
    };
    for (const [address, reason] of Object.entries(wrong)) assert.deepEqual(faultsOf({ to: to(address) }), [{ code: 'address-form', reason, b: 2 }], address);
    assert.deepEqual(faultsOf({ to: to(massOf(2), massOf(3)) }), [{ code: 'addresses', n: 2, b: 2 }]);
  });

  it('tells who else gets Digital Post from it, each once', () => {
    const others = [{ kind: 'cpr', number: '2512489996' }];
    assert.deepEqual(faultsOf({ cc: to(single, single.replace('@', '-reply@'), 'kollega@kommune.example') }), [{ code: 'not-alone', others }]);
  });

  it('tells a mail that was written on since its letter was made, and two letters', () => {
    const mark = { pdfSha256: sum('a'), sourceSha256: sum('b') };
    const files = [list(two), file('body.pdf')];
    assert.deepEqual(faultsOf({ files, letter: { mark, pdfSha256: sum('a'), sourceSha256: sum('c') } }), [{ code: 'letter-changed' }]);
    assert.deepEqual(faultsOf({ files, letter: { mark, pdfSha256: sum('d'), sourceSha256: sum('c') } }), []);
    assert.deepEqual(faultsOf({ files: [...files, file('Body.PDF')] }), [{ code: 'letters', n: 2 }]);
  });

  it('tells everything at once, in the order in which it is put right', () => {
    const faults = faultsOf({ to: to(massOf(7), single), files: [list(two), file('body.pdf'), file('body.pdf')] });
    assert.deepEqual(faults.map(({ code }) => [code, massFixes[code]]), [['count', 'address'], ['not-alone', 'into-list'], ['letters', 'letter']]);
  });

  it('agrees only with what the Smart Alert lets pass and the gateway reads', () => {
    const line = fc.constantFrom('2512489996', '251248-9996', '87654321', '0101010101;', '', 'Hansen', '12345');
    fc.assert(fc.property(fc.array(line, { maxLength: 6 }), fc.integer({ min: 1, max: 4 }), (lines, count) => {
      const text = lines.join('\r\n');
      const found = massDraft(draft({ to: to(massOf(count)), files: [list(text)] }));
      const stops = draftStops({
        to: to(massOf(count)), cc: [], bcc: [], subject: '', bodyText: '', massListText: text,
        attachments: [{ name: 'masseforsendelse.txt', bytes: 10, isInline: false, kind: 'file' }],
      }, { domains: [], guessed: false });
      assert.equal(found.kind === 'agrees', stops.length === 0);
      if (found.kind === 'agrees') assert.equal(readMassSendList(new TextEncoder().encode(text), count).kind, 'list');
    }));
  });
});

describe('who is on a list in a mail', () => {
  it('is each number once, in order; nobody where a line cannot be used', () => {
    assert.deepEqual(recipientsOfList('251248-9996\n\n87654321,\n2512489996'), [{ kind: 'cpr', number: '2512489996' }, { kind: 'cvr', number: '87654321' }]);
    assert.equal(recipientsOfList('2512489996\nHansen'), null);
    assert.deepEqual(recipientsOfList(''), []);
  });
});

describe('an address for a list', () => {
  it('is one that is rightly written, and one that was meant so', () => {
    const is = (emailAddress: string): boolean => isMassRecipient({ displayName: '', emailAddress });
    assert.deepEqual([massOf(3), 'masseforsendelse-3-reply@35833684.ngdp.digital-post.dk', single, 'masseforsendelse-3@kommune.example', ''].map(is), [true, true, false, false, false]);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttachmentFacts } from '../../../src/domain/attachment-facts.ts';
import { makeDirectory } from '../../../src/domain/organisation.ts';
import { mailProblems, sortAttachments, type MailQuestion } from '../../../src/gateway/assess/mail-problems.ts';
import { ORGANISATIONS } from '../../../src/sandbox/world.ts';

const organisation = makeDirectory(ORGANISATIONS.map(({ cvr, ...rest }) => ({ ...rest, cvrNumbers: [cvr], smtpOriginatorOrgs: [] }))).organisations[0];
if (!organisation) throw new Error('a world without organisations');
const own = organisation;

const file = (name: string, more: Partial<AttachmentFacts> = {}): AttachmentFacts => ({
  name, declaredType: 'application/pdf', bytes: 1_000, detectedType: 'application/pdf', detectedExtension: 'pdf', readsAsText: false,
  hasMacros: false, encrypted: false, active: false, damaged: false, unreadableTnef: false, memoHeaderPaths: [], ...more,
});
const memoHeader = (name: string, memoHeaderPaths = [name]): AttachmentFacts => file(name, {
  declaredType: 'application/json', detectedType: null, detectedExtension: null, readsAsText: true, memoHeaderPaths,
});
const question = (files: readonly AttachmentFacts[], more: Partial<MailQuestion> = {}): MailQuestion => ({
  organisation: own, files: files.map((facts, index) => ({ index, facts })), channels: ['ngdp'], mailRecipients: [],
  isMassSend: false, ownLetters: new Set(), eboksChecksFileTypes: false, calendarNamesCitizens: false,
  ...more,
});
const codes = (asked: MailQuestion): readonly string[] => mailProblems(asked).map(({ code }) => code);

describe('the verdict on a mail’s files', () => {
  it('is empty for what may go, and names everything wrong at once', () => {
    assert.deepEqual(codes(question([file('brev.pdf'), file('body.pdf')])), []);
    const found = codes(question([file('brev.pdf', { encrypted: true }), file('tom.pdf', { bytes: 0 }), file('sej.exe', { detectedType: null, detectedExtension: null })]));
    assert.deepEqual(found.toSorted(), ['file-empty', 'file-encrypted', 'file-type-not-allowed']);
  });

  it('MemoHeader files are no attachments of a message: they are neither counted nor sent', () => {
    const ten = Array.from({ length: 10 }, (_, n) => file(`bilag${n}.pdf`));
    assert.deepEqual(codes(question([...ten, memoHeader('MemoHeader.json'), memoHeader('MemoHeaderInfo.json'), file('body.pdf')])), []);
    assert.deepEqual(codes(question([...ten, file('den ellevte.pdf')])), ['too-many-attachments']);
    const sorted = sortAttachments(question([file('a.pdf'), memoHeader('memoheader.JSON'), file('Body.PDF')]).files);
    assert.deepEqual(sorted.attachments.map(({ index }) => index), [0]);
    assert.deepEqual(sorted.bodyPdfs.map(({ index }) => index), [2]);
  });

  it('MemoHeader files may go to mailboxes of the organisation, and to nobody else, also hidden in an archive', () => {
    const to = (...mailRecipients: readonly string[]): Partial<MailQuestion> => ({ channels: [], mailRecipients });
    const inside = file('arkiv.zip', { memoHeaderPaths: ['arkiv.zip/MemoHeader.json'] });
    for (const leak of [memoHeader('MemoHeader.json'), inside]) {
      assert.ok(!codes(question([leak], to('arkiv@kommune.example', 'ARKIV@Kommune.TEST'))).includes('memo-header-leak'));
      for (const outsider of ['x@nabo.example', 'x@sub.kommune.example', 'x@evil-kommune.example', 'x@kommune.example.org']) {
        const [problem] = mailProblems(question([leak], to('arkiv@kommune.example', outsider)));
        assert.equal(problem?.code, 'memo-header-leak', outsider);
        assert.deepEqual(problem.parameters['addresses'], [outsider]);
      }
    }
  });

  it('a calendar that names a citizen may go to mailboxes of the organisation, and to nobody else', () => {
    const to = (...mailRecipients: readonly string[]) => codes(question([], { mailRecipients, calendarNamesCitizens: true }));
    assert.deepEqual(to('arkiv@kommune.example'), []);
    assert.deepEqual(to('arkiv@kommune.example', 'ven@example.org'), ['calendar-number-leak']);
    assert.deepEqual(codes(question([], { mailRecipients: ['ven@example.org'] })), []);
  });
});

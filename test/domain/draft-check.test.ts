import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AttachmentFacts } from '../../src/domain/attachment-facts.ts';
import { assessAttachments } from '../../src/domain/attachment-limits.ts';
import { memoChannelIds } from '../../src/domain/channel.ts';
import { draftStops, isAmongColleagues, type CheckedDraft } from '../../src/domain/draft-check.ts';
import type { CheckedFile } from '../../src/domain/draft-files.ts';
import { guessedOwnMail, sortDraftRecipients, type OwnMail } from '../../src/domain/draft-recipients.ts';
import type { DraftStop } from '../../src/domain/draft-stop.ts';
import { allowedFileTypes, isRefusedByName } from '../../src/domain/file-type.ts';
import { addressProblem, parseGatewayAddress } from '../../src/domain/gateway-address.ts';
import { readMassSendList } from '../../src/domain/mass-send-list.ts';

const own: OwnMail = { domains: ['kommune.example', 'kommune.test'], guessed: false };
const point = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const nancy = '2512489996@35833684.ngdp.digital-post.dk';
const company = '87654321@35833684.ngdp.digital-post.dk';
const outsider = 'ven@example.org';
const colleague = 'kollega@kommune.example';
const massOf = (n: number) => `masseforsendelse-${String(n)}@35833684.ngdp.digital-post.dk`;

const to = (...addresses: readonly string[]) => addresses.map((emailAddress) => ({ displayName: '', emailAddress }));
const file = (name: string, more: Partial<CheckedFile> = {}): CheckedFile => ({ name, bytes: 1000, isInline: false, kind: 'file', ...more });
const draft = (more: Partial<CheckedDraft>): CheckedDraft => ({
  to: [], cc: [], bcc: [], subject: 'Møde', attachments: [], bodyText: 'Kære du', massListText: null, ...more,
});
const stopsOf = (more: Partial<CheckedDraft>, mail = own): readonly DraftStop[] => draftStops(draft(more), mail);
const codesOf = (more: Partial<CheckedDraft>, mail = own): readonly string[] => stopsOf(more, mail).map(({ code }) => code);
const files = (n: number): readonly CheckedFile[] => Array.from({ length: n }, (_, i) => file(`${String(i)}.pdf`));

describe('draftStops: a mail that may go', () => {
  it('among colleagues is never looked into, whatever it holds', () => {
    const mail = {
      to: to(colleague, 'b@KOMMUNE.test', '/o=Exchange/cn=anna'), cc: [{ displayName: 'Anna', emailAddress: '' }],
      subject: 'CPR 251248-9996', bodyText: '251248-9996', attachments: [file('MemoHeader.json'), file('a.exe'), ...files(12)],
    };
    assert.deepEqual(stopsOf(mail), []);
    assert.equal(isAmongColleagues(sortDraftRecipients(draft(mail), own)), true);
  });

  it('in Digital Post with ten files, a body.pdf, pictures, a link and a MemoHeader file has nothing to put right', () => {
    assert.deepEqual(stopsOf({
      to: to(nancy, colleague),
      attachments: [...files(10), file('body.pdf'), file('image001.png', { isInline: true }), file('Plan.docx', { kind: 'link' }), file('MemoHeader.json')],
      bodyText: 'Dit nummer er 251248-9996.',
    }), []);
  });

  it('to an outsider without a CPR number in it is ordinary mail', () => {
    assert.deepEqual(stopsOf({ to: to(outsider, colleague), attachments: [file('a.exe'), ...files(30)], subject: 'Sagsnr. 2512489996', bodyText: 'tlf. 12 34 56 78' }), []);
  });

  it('to an outsider with a CPR number in it is stopped whatever the number is called there', () => {
    assert.deepEqual(codesOf({ to: to(outsider), bodyText: 'Sag 251248-9996' }), ['outsideCpr']);
    assert.deepEqual(codesOf({ to: to(outsider), bodyText: 'Mærk betalingen 251248-9996' }), ['outsideCpr']);
  });

  it('of which little is known yet is stopped for what is known alone', () => {
    assert.deepEqual(stopsOf({ to: to(nancy, outsider), subject: null, attachments: null, bodyText: null }).map(({ code }) => code), ['outsideCpr']);
    assert.deepEqual(codesOf({ to: to(massOf(3)), attachments: null }), []);
    assert.deepEqual(codesOf({ to: to(massOf(3)), attachments: [file('masseforsendelse.txt')], massListText: null }), []);
  });
});

describe('draftStops: recipients', () => {
  it('stops a number that stands where an address should, wherever Outlook keeps it, and masks it', () => {
    const typed = ['2512489996', '251248-9996', ' 251248 9996 ', 'CPR: 251248-9996', '2512489996-reply', '2512489996@'];
    for (const text of typed) {
      assert.deepEqual(stopsOf({ cc: to(text) }), [
        { code: 'bareNumber', grade: 'stop', parameters: { masked: '251248-xxxx' }, place: { at: 'recipient', field: 'cc', index: 0 } },
      ], text);
    }
    assert.deepEqual(codesOf({ to: [{ displayName: '2512489996', emailAddress: '' }] }), ['bareNumber']);
    assert.deepEqual(stopsOf({ to: to('87654321') })[0]?.parameters, { masked: '87654321' });
  });

  it('stops addresses like ours that are not', () => {
    const alike = [
      '2512489996@35833684.ngdp.digitalpost.dk', '2512489996@35833684.ngdp.digital-post.com', '87654321-reply@35833684.ngdp.digital-posts.dk',
      '87654321@digtal-post.dk', '2512489996@borger.dk', 'masseforsendelse-25@35833684.ngdp.digital.post.dk', '12345678@35833684.ngdp.dk',
      '2512489996@35833684.ngdp.digital-post.dk.evil.example', '2512489996@35833684.ngdp.ԁigital-post.dk', 'a@digita1-post.dk', '251248-9996@gmail.com',
    ];
    for (const address of alike) assert.deepEqual(codesOf({ to: to(address) }), ['lookalike'], address);
    for (const stop of alike.flatMap((address) => stopsOf({ to: to(address) }))) assert.doesNotMatch(JSON.stringify(stop.parameters), /9996/);
  });

  it('leaves alone what only has a number in it', () => {
    for (const address of ['12345678@sms.example', '4520123456@sms.example', 'info@digitalpost.example', '2512489996@kommune.example', 'jens-251248@example.org', 'post@digst.dk']) {
      assert.deepEqual(codesOf({ to: to(address) }), [], address);
    }
  });

  it('stops an address that is written wrong, and says in short why', () => {
    const reasons: readonly (readonly [string, string])[] = [
      ['251248999@35833684.ngdp.digital-post.dk', 'digits'],
      ['251248-9996@35833684.ngdp.digital-post.dk', 'hyphen'],
      [`87654321.${point}-reply@35833684.ngdp.digital-post.dk`, 'reply'],
      ['87654321.bdcc201c@35833684.ngdp.digital-post.dk', 'point'],
      [`87654321. ${point}@35833684.ngdp.digital-post.dk`, 'signs'],
      ['2512489996@3583368.ngdp.digital-post.dk', 'sender'],
      ['2512489996@35833684.digital-post.dk', 'channel'],
      ['2512489996-svar@35833684.ngdp.digital-post.dk', 'rest'],
      ['masseforsendelse-@35833684.ngdp.digital-post.dk', 'count'],
      ['masseforsendelse-007@35833684.ngdp.digital-post.dk', 'countForm'],
      ['masseforsendelse-5@35833684.mitdk.digital-post.dk', 'massMitdk'],
      ['masseforsendelse-5-reply@35833684.ngdp.digital-post.dk', 'massReply'],
      ['2512489996-reply@digital-post.dk', 'eboks'],
      [`2512489996.${point}@35833684.ngdp.digital-post.dk`, 'citizenPoint'],
    ];
    for (const [address, reason] of reasons) {
      const [stop, ...more] = stopsOf({ bcc: to(colleague, address) });
      assert.deepEqual([stop?.code, more], ['badAddress', []], address);
      assert.ok(stop?.code === 'badAddress');
      assert.equal(stop.parameters.reason, reason, address);
      assert.doesNotMatch(stop.parameters.address, /2512489996|251248-9996/);
      assert.deepEqual(stop.place, { at: 'recipient', field: 'bcc', index: 1 });
    }
  });

  it('wants a mass send alone in Digital Post', () => {
    const stops = stopsOf({ to: to(massOf(1), nancy), cc: to(colleague), attachments: [file('masseforsendelse.txt')], massListText: '2512489996' });
    assert.deepEqual(stops.map(({ code, place }) => [code, place]), [['massNotAlone', { at: 'recipient', field: 'to', index: 1 }]]);
    assert.deepEqual(codesOf({ to: to(massOf(1)), bcc: to(massOf(1)), attachments: [file('masseforsendelse.txt')], massListText: '2512489996' }), []);
  });

  it('takes neighbours of the From mailbox for colleagues only while nobody has told the own domains', () => {
    const mail = { to: to('a@skole.kommune.dk', 'b@kommune.dk'), subject: 'CPR 251248-9996' };
    assert.deepEqual(codesOf(mail, guessedOwnMail([null, 'c@kommune.dk'])), []);
    assert.deepEqual(codesOf(mail, { domains: ['kommune.dk'], guessed: false }), ['subjectCpr', 'outsideCpr']);
    assert.deepEqual(codesOf({ to: to('a@nabo.dk'), subject: 'CPR 251248-9996' }, guessedOwnMail(['c@kommune.dk'])), ['subjectCpr', 'outsideCpr']);
  });
});

describe('draftStops: files', () => {
  it('stops more than a channel takes, in each channel', () => {
    for (const [channel, name] of [['ngdp', 'Digital Post'], ['mitdk', 'mit.dk'], ['eboks', 'e-Boks']] as const) {
      assert.deepEqual(stopsOf({ to: to(`2512489996@35833684.${channel}.digital-post.dk`), attachments: files(12) }), [
        { code: 'tooMany', grade: 'stop', parameters: { n: 12, max: 10, channel: name }, place: { at: 'files' } },
      ]);
    }
  });

  it('stops more bytes than a message holds', () => {
    assert.deepEqual(stopsOf({ to: to(nancy), attachments: [file('a.pdf', { bytes: 40_000_000 }), file('b.pdf', { bytes: 40_000_000 })] }), [
      { code: 'tooBig', grade: 'stop', parameters: { bytes: 80_000_000, max: 74_625_000, channel: 'Digital Post' }, place: { at: 'files' } },
    ]);
  });

  it('stops forbidden, empty and emptied files one by one where the channel checks them', () => {
    const attachments = [
      file('a.pdf'), file('Budget 2027.xlsm'), file('b.exe'), file('c.pdf', { bytes: 0 }), file('d.pdf', { emptied: true }),
      file('Vedr. møde', { kind: 'item' }), file('e.zip', { bytes: 0 }), file('uden'),
    ];
    assert.deepEqual(stopsOf({ to: to(nancy), attachments }).map(({ code, parameters, place }) => [code, 'file' in parameters ? parameters.file : '', place]), [
      ['macro', 'Budget 2027.xlsm', { at: 'file', index: 1 }],
      ['types', 'b.exe', { at: 'file', index: 2 }],
      ['emptyFile', 'c.pdf', { at: 'file', index: 3 }],
      ['dlp', 'd.pdf', { at: 'file', index: 4 }],
      ['types', 'Vedr. møde', { at: 'file', index: 5 }],
      ['emptyFile', 'e.zip', { at: 'file', index: 6 }],
    ]);
    assert.deepEqual(codesOf({ to: to('2512489996@digital-post.dk'), attachments }), ['emptyFile', 'dlp', 'emptyFile']);
  });

  it('stops MemoHeader files to outsiders, and a list to anybody', () => {
    assert.deepEqual(stopsOf({ to: to(outsider), attachments: [file('memoheaderinfo (1).JSON')] }), [
      { code: 'memoHeader', grade: 'stop', parameters: { file: 'memoheaderinfo (1).JSON', address: outsider }, place: { at: 'file', index: 0 } },
    ]);
    assert.deepEqual(stopsOf({ to: to(nancy), attachments: [file('masseforsendelse.txt')] })[0]?.parameters, { file: 'masseforsendelse.txt', address: '251248-xxxx@35833684.ngdp.digital-post.dk' });
    assert.deepEqual(codesOf({ to: to(massOf(1)), cc: to(outsider), attachments: [file('masseforsendelse.txt')], massListText: '2512489996' }), ['memoHeader']);
    const columns = file('Masseforsendelse (1).csv');
    assert.deepEqual(stopsOf({ to: to(nancy), attachments: [columns] })[0]?.parameters, { file: 'Masseforsendelse (1).csv', address: '251248-xxxx@35833684.ngdp.digital-post.dk' });
    assert.deepEqual(codesOf({ to: to(massOf(1)), cc: to(outsider), attachments: [file('masseforsendelse.txt'), columns], massListText: '2512489996' }), ['memoHeader', 'memoHeader']);
    assert.deepEqual(codesOf({ to: to(massOf(1)), attachments: [file('masseforsendelse.txt'), columns], massListText: '2512489996' }), []);
    assert.deepEqual(codesOf({ to: to(massOf(1)), attachments: [columns] }), ['massNoList']);
  });

  it('masks numbers in the names of files, and takes out signs that cannot be seen', () => {
    assert.deepEqual(stopsOf({ to: to(nancy), attachments: [file('251248-9996\u202e.exe')] })[0]?.parameters, { file: '251248-xxxx .exe', channel: 'Digital Post' });
  });
});

describe('draftStops: CPR numbers', () => {
  it('stops one in the subject that somebody in Digital Post gets', () => {
    assert.deepEqual(stopsOf({ to: to(company), subject: 'Vedr. 251248-9996' }), [{ code: 'subjectCpr', grade: 'stop', parameters: {}, place: { at: 'subject' } }]);
    assert.deepEqual(codesOf({ to: to(company), subject: 'Vedr. sag 2512-489996' }), []);
  });

  it('stops those that an outsider would see, once for each outsider, and says where they stand', () => {
    const where = (more: Partial<CheckedDraft>) => stopsOf({ to: to(outsider), ...more }).flatMap(({ code, parameters }) => (code === 'outsideCpr' ? [parameters] : []));
    assert.deepEqual(where({ bodyText: 'Hun hedder 251248-9996.' }), [{ address: outsider, where: ['text'] }]);
    assert.deepEqual(where({ attachments: [file('251248-9996.pdf')] }), [{ address: outsider, where: ['file-names'] }]);
    assert.deepEqual(where({ subject: '251248-9996', bodyText: '251248-9996' }), [{ address: outsider, where: ['subject', 'text'] }]);
    assert.deepEqual(where({ to: to(outsider, 'en@anden.example'), bodyText: '251248-9996' }).map(({ address }) => address), [outsider, 'en@anden.example']);
  });

  it('counts the addresses in Til and Cc among them, and not those in Bcc', () => {
    assert.deepEqual(stopsOf({ to: to(nancy), bcc: to(outsider) }), [
      { code: 'outsideCpr', grade: 'stop', parameters: { address: outsider, where: ['recipients'] }, place: { at: 'recipient', field: 'bcc', index: 0 } },
    ]);
    assert.deepEqual(codesOf({ to: to(outsider), bcc: to(nancy) }), []);
    assert.deepEqual(codesOf({ to: to(outsider, company) }), []);
  });

  it('counts the names in Til and Cc among them, whoever has them, and not those in Bcc', () => {
    const named = (displayName: string, emailAddress = outsider) => [{ displayName, emailAddress }];
    for (const name of ['010180-1234 Ole', 'Ole (0101801234)', 'CPR: 010180 1234', '010180\u20111234', '０１０１８０-１２３４']) {
      assert.deepEqual(codesOf({ to: named(name) }), ['outsideCpr'], name);
      assert.deepEqual(codesOf({ cc: named(name, colleague), bcc: to(outsider) }), ['outsideCpr'], name);
      assert.deepEqual(codesOf({ to: named(name, colleague) }), [], name);
      assert.deepEqual(codesOf({ to: to(colleague), bcc: named(name) }), [], name);
    }
    for (const name of ['010180-xxxx (Digital Post)', 'Tlf. 4540404040', 'Sag 24/12345', 'Ole', '']) assert.deepEqual(codesOf({ to: named(name) }), [], name);
  });
});

describe('draftStops: mass sends', () => {
  const mass = (n: number, massListText: string | null, attachments: readonly CheckedFile[] = [file('Masseforsendelse.TXT')]) =>
    stopsOf({ to: to(massOf(n)), massListText, attachments }).map(({ code, parameters }) => [code, parameters]);

  it('wants as many on the list as the address tells', () => {
    assert.deepEqual(mass(2, '\ufeff2512489996\r\n\r\n87654321;\r\n'), []);
    assert.deepEqual(mass(3, '2512489996\n87654321'), [['mass', { a: 3, b: 2 }]]);
    assert.deepEqual(mass(3, ''), [['mass', { a: 3, b: 0 }]]);
  });

  it('wants one list whose every line can be used, once', () => {
    assert.deepEqual(mass(2, null, []), [['massNoList', { n: 2 }]]);
    assert.deepEqual(mass(2, null, [file('masseforsendelse.txt'), file('masseforsendelse (1).txt')]), [['massLists', { n: 2 }]]);
    assert.deepEqual(mass(3, '2512489996\nNancy\n251248-9996\n'), [['massLines', { n: 2 }]]);
  });

  it('does not count files that are one recipient’s letter', () => {
    const letters = Array.from({ length: 12 }, (_, i) => file(`25124800${String(10 + i)}.pdf`));
    assert.deepEqual(mass(1, '2512489996', [file('masseforsendelse.txt'), ...letters]), []);
    assert.deepEqual(codesOf({ to: to(nancy), attachments: letters }), ['tooMany']);
  });
});

describe('draftStops', () => {
  it('tells everything at once, addresses first, in the order in which it is put right', () => {
    assert.deepEqual(codesOf({
      to: to('2512489996', massOf(3), outsider), cc: to('25124899@35833684.ngdp.digital-post', 'x@35833684.ngdp.digital-post.dk'), subject: '251248-9996',
      attachments: [...files(11), file('a.exe'), file('MemoHeader.json'), file('b.pdf', { bytes: 0 })],
    }), ['bareNumber', 'lookalike', 'badAddress', 'tooMany', 'types', 'emptyFile', 'memoHeader', 'subjectCpr', 'outsideCpr', 'massNoList']);
  });

  it('never throws, and lets no CPR number out', () => {
    const piece = fc.constantFrom('2512489996', '251248-9996', '-reply', '.', '@', 'masseforsendelse-', '35833684', 'ngdp', '.digital-post.dk', ' ', 'kommune.example', 'MemoHeader.json', '.pdf', '\ud800', 'ø');
    const text = fc.oneof(fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')), fc.string({ unit: 'binary' }));
    const someone = fc.record({ displayName: text, emailAddress: text });
    const some = fc.array(someone, { maxLength: 4 });
    const anyDraft = fc.record({ to: some, cc: some, bcc: some, subject: text, bodyText: text, massListText: fc.option(text), attachments: fc.array(text.map((name) => file(name)), { maxLength: 4 }) });
    fc.assert(fc.property(anyDraft, (mail) => {
      const stops = draftStops(mail, own);
      assert.doesNotMatch(JSON.stringify(stops), /(?<!\d)251248-?9996(?!\d)/);
      if (isAmongColleagues(sortDraftRecipients(mail, own))) assert.deepEqual(stops, []);
    }));
  });
});

describe('draftStops agrees with the gateway', () => {
  it('on addresses: what the gateway refuses is stopped, and nothing else under digital-post.dk', () => {
    const piece = fc.constantFrom('2512489996', '87654321', '251248', '-reply', '.', '@', 'masseforsendelse-', '12', '0', '35833684', point, 'ngdp', 'mitdk', 'eboks', 'digital-post.dk', '.digital-post.dk', '.ngdp.digital-post.dk', 'x', 'ø');
    fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom('', '.ngdp.digital-post.dk', '@35833684.mitdk.digital-post.dk'), (pieces, end) => {
      const address = pieces.join('') + end;
      const parsed = parseGatewayAddress(address);
      if (parsed.kind === 'elsewhere' || !address.includes('@')) return;
      const refused = parsed.kind === 'malformed' || addressProblem(parsed.address) !== null;
      const codes = codesOf({ to: to(address), attachments: null });
      assert.equal(codes.some((code) => ['badAddress', 'lookalike', 'bareNumber'].includes(code)), refused, address);
    }), { numRuns: 2000 });
  });

  it('on the number and the names of files', () => {
    const extension = fc.oneof(fc.constantFrom(...allowedFileTypes.map((type) => type.extension), 'exe', 'docm', 'xlsm', 'PDF', 'Zip', 'md', '7z'), fc.stringMatching(/^[a-z]{1,10}$/));
    const name = fc.tuple(fc.string({ minLength: 1 }), extension).map(([stem, end]) => `${stem}.${end}`);
    fc.assert(fc.property(fc.array(name, { maxLength: 13 }), fc.constantFrom(...memoChannelIds), (names, channel) => {
      const problems = assessAttachments({ attachments: names.map(factsOf), bodyPdfs: [], channels: [channel] });
      const codes = problems.map(({ code }) => code);
      const stops = codesOf({ to: to(`2512489996@35833684.${channel}.digital-post.dk`), attachments: names.map((each) => file(each)) });
      assert.equal(stops.includes('tooMany'), codes.includes('too-many-attachments'));
      assert.equal(stops.includes('types') || stops.includes('macro'), codes.includes('file-type-not-allowed'));
      const refused = problems.find(({ code }) => code === 'file-type-not-allowed')?.parameters['files'] ?? [];
      assert.deepEqual(channel === 'eboks' ? [] : names.filter((each) => isRefusedByName(each, channel)).length, Array.isArray(refused) && channel === 'eboks' ? [] : [refused].flat().length);
    }));
  });

  it('on lists', () => {
    const line = fc.constantFrom('2512489996', '251248-9996', '2911829996', '87654321', '12345678;', '', '  ', 'Nancy', '123', '251248 9996');
    fc.assert(fc.property(fc.array(line, { maxLength: 6 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, wanted, end) => {
      const text = lines.join(end);
      const gateway = readMassSendList(Buffer.from(text), wanted);
      const stops = codesOf({ to: to(massOf(wanted)), attachments: [file('masseforsendelse.txt')], massListText: text });
      assert.equal(stops.length > 0, gateway.kind === 'problems', text);
    }));
  });
});

function factsOf(name: string): AttachmentFacts {
  const type = allowedFileTypes.find(({ extension }) => name.toLowerCase().endsWith(`.${extension}`));
  return {
    name, declaredType: type?.mime ?? '', bytes: 1000, detectedType: type?.text === false ? type.mime : null, detectedExtension: null, readsAsText: true,
    hasMacros: false, encrypted: false, active: false, damaged: false, unreadableTnef: false, memoHeaderPaths: [],
  };
}

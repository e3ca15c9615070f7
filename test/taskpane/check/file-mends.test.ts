import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileFindings } from '../../../src/taskpane/check/file-findings.ts';
import { groupsOf, joinedCount, mendLabel, withMends } from '../../../src/taskpane/check/file-mends.ts';
import { filesOfDraft } from '../../../src/taskpane/check/file-of-draft.ts';
import type { FileFacts, FileMending } from '../../../src/taskpane/check/file-reader.ts';
import { said, type Finding } from '../../../src/taskpane/check/finding.ts';
import { nameToAsk } from '../../../src/taskpane/check/name-to-ask.ts';
import { sayText } from '../../../src/taskpane/check/say-finding.ts';
import type { ItemAttachment } from '../../../src/taskpane/office/outlook.ts';
import { check } from '../../../src/taskpane/texts/da.ts';
import { fillText } from '../../../src/taskpane/texts/fill-text.ts';

const speech = { say: (key: keyof typeof check, parameters = {}) => fillText(check[key], parameters), locale: 'da-DK' };
const file = (name: string, bytes = 1_000): ItemAttachment => ({ id: `id ${name}`, name, bytes, isInline: false, kind: 'file' });
const ways = (...all: readonly ('to-pdf' | 'unpack' | 'shrink' | 'join' | 'remove-macros')[]): FileMending => ({ kind: 'ways', ways: all, trueName: null });
const BODY_BYTES_MAX = 40_000_000;

interface Attached {
  readonly bytes?: number;
  readonly mending?: FileMending;
  readonly problems?: readonly string[] | null;
}

/** The cards of a draft with these files: what its button says, or its advice. */
function cardsOf(attached: Readonly<Record<string, Attached>>, extra: readonly Finding[] = [], bodyBytesMax = BODY_BYTES_MAX): readonly string[] {
  const facts = (name: string): FileFacts => ({ emptied: false, link: null, text: { kind: 'unread' }, listText: null, ...attached[name], problems: attached[name]?.problems ?? (attached[name]?.problems === null ? null : []) });
  const files = filesOfDraft(Object.entries(attached).map(([name, { bytes }]) => file(name, bytes)), false, ({ name }) => facts(name));
  const findings = [...fileFindings({ files, channels: ['ngdp'], points: [], unfit: new Set() }), ...extra];
  return withMends(findings, files, bodyBytesMax).map(({ text, fileMends = [], advice }) =>
    `${sayText(text, speech)} ${fileMends.length > 0 ? fileMends.map((mend) => `[${sayText(mendLabel(mend, files.counted.length), speech)}]`).join('') : advice ? sayText(advice, speech) : '-'}`);
}

const tooMany = (n: number, max = 10): Finding => ({ key: 'too-many', grade: 'stop', about: { kind: 'files' }, text: said('check.tooMany', { n, max, channel: 'Digital Post' }), advice: said('check.tooMany.do', { k: n - max }), quote: null });
const tooBig: Finding = { key: 'too-big', grade: 'stop', about: { kind: 'files' }, text: said('check.tooBig', { size: { bytes: 1 }, max: { bytes: 1 } }), advice: said('check.tooBig.do'), quote: null };
const notAllowed = ['file-type-not-allowed'];

describe('what can be done to the files of a draft', () => {
  it('is a button on the card of each, the best way first', () => {
    assert.deepEqual(cardsOf({
      'Billede.heic': { problems: notAllowed, mending: ways('to-pdf', 'join') },
      'arkiv.zip': { problems: notAllowed, mending: ways('unpack') },
      'Budget.xlsm': { problems: ['file-macros'], mending: ways('remove-macros') },
      'Brev.docm': { problems: ['file-macros'], mending: ways('to-pdf', 'join', 'remove-macros') },
      '2512489996.pdf': { problems: ['file-disguised'], mending: { kind: 'ways', ways: ['to-pdf', 'join'], trueName: '2512489996.png' } },
    }), [
      'Billede.heic kan ikke sendes med Digital Post. [Lav om til PDF]', 'arkiv.zip kan ikke sendes med Digital Post. [Pak ud]',
      'Budget.xlsm kan indeholde makroer og bliver afvist. [Fjern makroerne]', 'Brev.docm kan indeholde makroer og bliver afvist. [Lav om til PDF][Fjern makroerne]',
      '251248-xxxx.pdf er ikke den slags fil, som navnet siger. [Omdøb til 251248-xxxx.png][Lav om til PDF]',
    ]);
  });

  it('or why it is nothing, and what else to do', () => {
    assert.deepEqual(cardsOf({
      'a.pdf': { problems: ['file-encrypted'], mending: ways() }, 'b.pdf': { problems: ['file-damaged'], mending: ways() }, 'c.pdf': { problems: ['file-active'], mending: ways() },
      'd.exe': { problems: notAllowed, mending: ways() }, 'e.pages': { problems: notAllowed, mending: ways() }, 'f.heic': { problems: notAllowed, mending: ways() },
    }).map((card) => card.replace(/^.*\. Kan/, 'Kan')), [
      'Kan ikke rettes: filen er låst med adgangskode. Fjern adgangskoden, og vedhæft den igen.',
      'Kan ikke rettes: filen er ødelagt. Bed om at få den igen, og vedhæft den nye.',
      'Kan ikke rettes: filen indeholder programkode. Åbn den, udskriv den som PDF, og vedhæft den i stedet.',
      'Kan ikke rettes: filen er et program. Fjern den; programmer kan ikke sendes.',
      'Kan ikke rettes: vi kan ikke læse den slags filer. Gem den som PDF i det program, den er lavet i.',
      'Kan ikke rettes: vi kan ikke læse den slags filer. Gem billedet som JPEG, og vedhæft det i stedet.',
    ]);
  });

  it('is told to be done by hand where the gateway is away, Outlook gives nothing, or the file is too big', () => {
    const files = filesOfDraft([file('a.zip')], false, () => null);
    const [found] = files.counted;
    assert.ok(found);
    const stop: Finding = { key: 'x', grade: 'stop', about: { kind: 'file', attachmentId: 'id a.zip', name: 'a.zip', bytes: 1 }, text: said('check.type', { file: 'a.zip', channel: '' }), advice: null, quote: null };
    const adviceWith = (facts: Partial<FileFacts>): string => {
      const known = filesOfDraft([file('a.zip')], false, () => ({ emptied: false, link: null, problems: [], text: { kind: 'unread' }, listText: null, ...facts }));
      const advice = withMends([stop], known, BODY_BYTES_MAX)[0]?.advice;
      return advice ? sayText(advice, speech) : '-';
    };
    assert.match(adviceWith({ problems: null }), /der er ingen forbindelse\. Gem den som PDF/);
    assert.match(adviceWith({ mending: { kind: 'unreadable' } }), /Outlook lader os ikke læse filen\. Hent den til computeren/);
    assert.match(adviceWith({ mending: { kind: 'too-big' } }), /filen er for stor\. Gør den mindre/);
    // Nobody has looked yet: nothing is said of it.
    assert.deepEqual(withMends([stop], files, BODY_BYTES_MAX), [stop]);
  });

  it('is to join too many, all that can be, with how many that leaves', () => {
    const pdfs = (n: number): Record<string, Attached> => Object.fromEntries(Array.from({ length: n }, (_, at) => [`${String(at)}.pdf`, { mending: ways('join') }]));
    const two = { 'a.docx': { mending: ways() }, 'b.docx': { mending: ways() } };
    assert.match(cardsOf({ ...pdfs(12), ...two }, [tooMany(14)]).at(-1) ?? '', /\[Saml dem i 3 filer\]$/);
    assert.match(cardsOf(pdfs(12), [tooMany(12)]).at(-1) ?? '', /\[Saml dem i én fil\]$/);
    // What must be mended first is not joined as it is.
    assert.match(cardsOf({ ...pdfs(11), 'x.eml': { problems: notAllowed, mending: ways('to-pdf', 'join') } }, [tooMany(12)]).at(-1) ?? '', /\[Saml dem i 2 filer\]$/);
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`${String(at)}.docx`, { mending: ways() }]));
    assert.match(cardsOf({ ...many, ...pdfs(1) }, [tooMany(12)]).at(-1) ?? '', /Fjern 2, eller saml nogle af dem i én PDF\.$/);
    // The gateway takes 40 MB at a time, as base64.
    const big = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${String(at)}.pdf`, { bytes: 4_000_000, mending: ways('join') }]));
    assert.match(cardsOf(big, [tooMany(12)]).at(-1) ?? '', /\[Saml dem i 2 filer\]$/);
  });

  it('is to shrink pictures where all are too big together', () => {
    const picture = { bytes: 12_000_000, mending: ways('to-pdf', 'shrink', 'join') };
    assert.match(cardsOf({ 'a.jpg': picture, 'b.pdf': { mending: ways('join') } }, [tooBig]).at(-1) ?? '', /\[Gør billederne mindre\]$/);
    assert.match(cardsOf({ 'a.jpg': { ...picture, bytes: 200_000 } }, [tooBig]).at(-1) ?? '', /Gør filerne mindre, eller del beskeden i to\.$/);
  });

  it('is to shrink pictures before they are joined where the mail has no room for both', () => {
    const pictures = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`${String(at)}.jpg`, { bytes: 1_500_000, mending: ways('to-pdf', 'shrink', 'join') }]));
    assert.match(cardsOf(pictures, [tooMany(11)]).at(-1) ?? '', /\[Gør billederne mindre\]\[Saml dem i én fil\]$/);
  });

  it('parts files that are too much for one question, in their order', () => {
    const files = [3, 9, 1, 5].map((megabytes) => ({ attachment: file(`${String(megabytes)}.pdf`, megabytes * 1_000_000), shownName: '' }));
    const parts = groupsOf(files, 17_000_000);
    assert.deepEqual(parts.map((part) => part.map(({ attachment: { name } }) => name).join(' ')), ['3.pdf 9.pdf', '1.pdf 5.pdf']);
    assert.equal(joinedCount(parts, 6), 4);
  });

  it('an attached mail or meeting is asked about under a name that says so', () => {
    assert.equal(nameToAsk({ name: 'Sagen', kind: 'item' }, btoa('From: a')), 'Sagen.eml');
    assert.equal(nameToAsk({ name: 'Møde', kind: 'item' }, btoa('BEGIN:VCALENDAR\r\n')), 'Møde.ics');
    assert.equal(nameToAsk({ name: 'Sagen.eml', kind: 'item' }, ''), 'Sagen.eml');
    assert.equal(nameToAsk({ name: 'Sagen', kind: 'file' }, ''), 'Sagen');
  });
});

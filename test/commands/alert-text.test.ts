import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { alertText, wordsOf, type AlertWords } from '../../src/commands/alert-text.ts';
import { draftStops, type CheckedDraft } from '../../src/domain/draft-check.ts';
import type { DraftStop, StopCode, StopParameters } from '../../src/domain/draft-stop.ts';
import * as da from '../../src/taskpane/texts/da.ts';
import * as en from '../../src/taskpane/texts/en.ts';
import * as kl from '../../src/taskpane/texts/kl.ts';

const languages: Readonly<Record<string, AlertWords>> = Object.fromEntries(Object.entries({ da, en, kl }).map(([name, texts]) => [name, { ...texts.alert, ...texts.address }]));
const words = wordsOf({ home: '', mailDomains: [] }, 'da-DK');
const files = (...names: readonly string[]): readonly DraftStop[] =>
  names.map((file, index) => ({ code: 'types', grade: 'stop', parameters: { file, channel: 'Digital Post' }, place: { at: 'file', index } }));

/** One stop of each code, as long as they come. */
const long = 'x'.repeat(300);
const longest: StopParameters = {
  bareNumber: { masked: long }, lookalike: { address: long }, badAddress: { address: long, reason: 'channel' }, massNotAlone: { address: long },
  tooMany: { n: 9_999_999, max: 10, channel: 'Digital Post' }, tooBig: { bytes: 10 ** 12, max: 10 ** 9, channel: 'Digital Post' }, types: { file: long, channel: 'Digital Post' },
  macro: { file: long, channel: 'Digital Post' }, emptyFile: { file: long }, dlp: { file: long }, memoHeader: { file: long, address: long }, subjectCpr: {},
  outsideCpr: { address: long, where: ['text'] }, mass: { a: 9_999_999, b: 9_999_999 }, massLines: { n: 9_999_999 }, massLists: { n: 9_999 }, massNoList: { n: 9_999_999 },
};
const longestStops = (Object.keys(longest) as StopCode[]).map((code) => ({ code, grade: 'stop', parameters: longest[code], place: { at: 'files' } }) as DraftStop);

describe('alertText', () => {
  it('says one fault in full, with what is known of it', () => {
    assert.equal(alertText(files('a.exe'), '', words), 'Beskeden er ikke sendt. Digital Post tager ikke imod: a.exe. Åbn Digital Post, og fjern filen.');
  });

  it('names as many files as there is room for, then how many more', () => {
    const text = alertText(files(...Array.from({ length: 40 }, (_, i) => `Bilag nummer ${String(i)}.exe`)), '', words);
    assert.match(text, /: Bilag nummer 0\.exe, Bilag nummer 1\.exe, .* og 32 flere\. /);
  });

  it('says why addresses are wrong, each reason once', () => {
    const wrong = (['digits', 'reply', 'digits'] as const).map((reason, index): DraftStop => ({ code: 'badAddress', grade: 'stop', parameters: { address: String(index), reason }, place: { at: 'recipient', field: 'to', index } }));
    assert.equal(alertText(wrong, '', words), 'Beskeden er ikke sendt. Adressen 0, 1, 2 er skrevet forkert: nummeret skal have 10 eller 8 cifre, -reply skal stå lige efter nummeret. Åbn Digital Post for at rette den.');
  });

  it('keeps within what Outlook takes, in every language', () => {
    for (const [name, said] of Object.entries(languages)) {
      for (const stop of longestStops) {
        const text = alertText([stop], long, said);
        assert.ok(text.length <= 500 && !text.endsWith('…'), `${name} ${stop.code}: ${String(text.length)}`);
        assert.doesNotMatch(text, /\{\w+\}/, `${name} ${stop.code}`);
      }
      const all = alertText(longestStops, long, said);
      assert.ok(all.length <= 500 && !all.endsWith('…'), `${name}: ${String(all.length)}`);
      assert.ok(said['alert.button'].length <= 20, `${name}: ${said['alert.button']}`);
    }
  });

  it('lets nothing out that the stops have masked, whatever the draft is', () => {
    const text = fc.oneof(fc.constantFrom('2512489996', '251248-9996.exe', '2512489996@35833684.ngdp.digital-post.dk', 'a@example.org', '{home}', 'MemoHeader.json'), fc.string());
    const people = fc.array(text.map((emailAddress) => ({ displayName: '', emailAddress })), { maxLength: 5 });
    const attachments = fc.array(text.map((name) => ({ name, bytes: 0, isInline: false, kind: 'file' as const })), { maxLength: 13 });
    const draft: fc.Arbitrary<CheckedDraft> = fc.record({ to: people, cc: people, bcc: people, subject: text, bodyText: text, massListText: fc.option(text), attachments });
    fc.assert(fc.property(draft, (mail) => {
      const stops = draftStops(mail, { domains: ['kommune.example'], guessed: false });
      if (stops.length === 0) return;
      const said = alertText(stops, 'kommunen', words);
      assert.ok(said.length <= 500);
      assert.doesNotMatch(said, /(?<!\d)251248-?9996(?!\d)/);
    }));
  });
});

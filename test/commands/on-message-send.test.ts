import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { associatedNames, bundle, raiseOnMessageSend, type Completion, type FakeDraft, type FakeOutlook } from './event-runtime.ts';

const nancy = '2512489996@35833684.ngdp.digital-post.dk';
const company = '87654321@35833684.ngdp.digital-post.dk';
const outsider = 'ven@example.org';
const colleague = 'kollega@kommune.example';
const massOf = (n: number) => `masseforsendelse-${String(n)}@35833684.ngdp.digital-post.dk`;
const files = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `${String(i)}.pdf` }));
const kept = { home: 'kommunen', mailDomains: ['kommune.example', 'kommune.test'] };

async function completionOf(draft: FakeDraft, outlook: FakeOutlook = {}): Promise<Completion> {
  const run = raiseOnMessageSend(draft, { kept, ...outlook });
  await run.ended();
  const [completion, ...more] = run.completions;
  assert.ok(completion, 'not completed');
  assert.deepEqual(more, [], 'completed more than once');
  assert.ok(run.mostCallsAtOnce <= 3, `${String(run.mostCallsAtOnce)} calls at once`);
  assert.deepEqual(run.calls.filter((name) => name.startsWith('forbidden')), []);
  run.passTime();
  assert.equal(run.completions.length, 1, 'completed again by its guard');
  return completion;
}

const shownBy = ({ contextData = '{}' }: Completion): string => String((JSON.parse(contextData) as { readonly show?: unknown }).show);

/** The truth table at the head of src/commands/on-message-send.ts, row by row. */
const goes: readonly (readonly [string, FakeDraft])[] = [
  ['to colleagues, whatever it holds', { to: [colleague, 'b@kommune.test'], subject: '251248-9996', files: [{ name: 'MemoHeader.json' }, ...files(20)] }],
  ['to nobody yet', {}],
  ['in Digital Post with nothing to put right', { to: [nancy], subject: 'Møde', files: [...files(10), { name: 'body.pdf' }, { name: 'a.png', isInline: true }] }],
  ['to an outsider without CPR numbers', { to: [outsider], subject: 'Sag 12', html: '<p>Ring på 12 34 56 78</p>', files: [{ name: 'a.exe' }] }],
  ['to an outsider, with masked numbers, telephones and cases in names', { to: [['251248-xxxx', outsider], ['Sag 24/12345', 'a@example.org'], ['4540404040@sms.example', '4540404040@sms.example']], bcc: [['010180-1234 Ole', 'b@example.org']] }],
  ['as a mass send whose list fits', { to: [massOf(2)], files: [{ name: 'masseforsendelse.txt', content: '2512489996\r\n87654321\r\n' }] }],
];

const stays: readonly (readonly [string, FakeDraft, RegExp])[] = [
  ['bareNumber', { to: ['2512489996'] }, /^Beskeden er ikke sendt\. I Til står 251248-xxxx, som ikke er en mailadresse\./],
  ['lookalike', { cc: ['2512489996@35833684.ngdp.digitalpost.dk'] }, /251248-xxxx@35833684\.ngdp\.digitalpost\.dk ligner en adresse til Digital Post/],
  ['badAddress', { to: ['251248@35833684.ngdp.digital-post.dk'] }, /er skrevet forkert: nummeret skal have 10 eller 8 cifre\./],
  ['badAddress', { to: ['2512489996.dfebd0ca-e211-47e4-af3a-f0d3344f018e@35833684.ngdp.digital-post.dk'] }, /en borger har ikke kontaktpunkter/],
  ['badAddress', { to: ['masseforsendelse-3@35833684.mitdk.digital-post.dk'] }, /masseforsendelse findes kun i Digital Post/],
  ['badAddress', { to: ['masseforsendelse-3-reply@35833684.ngdp.digital-post.dk'] }, /kan ikke besvares/],
  ['massNotAlone', { to: [massOf(1), nancy], files: [{ name: 'masseforsendelse.txt', content: '2512489996' }] }, /kan ikke stå sammen med en masseforsendelse/],
  ['tooMany', { to: [nancy], files: files(12) }, /Den har 12 vedhæftninger, og Digital Post tager højst 10\./],
  ['tooMany', { to: ['2512489996@digital-post.dk'], files: files(11) }, /e-Boks tager højst 10/],
  ['tooBig', { to: [nancy], files: [{ name: 'a.pdf', size: 80_000_000 }] }, /Vedhæftningerne fylder 80 MB \(højst 74\)/],
  ['emptyFile', { to: [nancy], files: [{ name: 'a.pdf', size: 0 }] }, /a\.pdf er tom\./i],
  ['types', { to: [nancy], files: [{ name: 'a.exe' }, { name: 'b.zip' }] }, /Digital Post tager ikke imod: a\.exe, b\.zip\./],
  ['macro', { to: [nancy], files: [{ name: 'budget 2027.xlsm' }] }, /sendt\. budget 2027\.xlsm kan indeholde makroer\./],
  ['memoHeader', { to: [outsider], files: [{ name: 'MemoHeaderInfo.json' }] }, /MemoHeaderInfo\.json indeholder oplysninger om en borger og må ikke sendes til ven@example\.org/],
  ['memoHeader', { to: [nancy], files: [{ name: 'masseforsendelse.txt' }] }, /må ikke sendes til 251248-xxxx@/],
  ['subjectCpr', { to: [company], subject: 'Vedr. 251248-9996' }, /Der står et CPR-nummer i emnet/],
  ['outsideCpr', { to: [outsider], html: '<p>Hun er <b>251248</b>-9996</p>' }, /CPR-numre i en mail til ven@example\.org, som er uden for kommunen\./],
  ['outsideCpr', { to: [outsider], html: '<p>Borgeren 2512489996 ringede i dag.</p>' }, /CPR-numre i en mail til ven@example\.org/],
  ['outsideCpr', { to: [outsider], html: '<p>Vedr. 2512489996</p>' }, /CPR-numre i en mail til ven@example\.org/],
  ['outsideCpr', { to: [outsider], files: [{ name: '251248-9996.pdf' }] }, /CPR-numre i en mail til ven@example\.org/],
  ['outsideCpr', { to: [['010180-1234 Ole', outsider]] }, /CPR-numre i en mail til ven@example\.org/],
  ['outsideCpr', { cc: [['Ole (CPR 0101801234)', colleague]], bcc: [outsider] }, /CPR-numre i en mail til ven@example\.org/],
  ['outsideCpr', { to: [nancy], bcc: [outsider] }, /CPR-numre i en mail til ven@example\.org/],
  ['massNoList', { to: [massOf(3)] }, /Listen masseforsendelse\.txt mangler\./],
  ['massLists', { to: [massOf(3)], files: [{ name: 'masseforsendelse.txt' }, { name: 'masseforsendelse (1).txt' }] }, /Der er 2 lister/],
  ['massLines', { to: [massOf(3)], files: [{ name: 'masseforsendelse.txt', content: '2512489996\nNancy\n2512489996' }] }, /2 linjer i listen kan ikke bruges/],
  ['mass', { to: [massOf(3)], files: [{ name: 'masseforsendelse.txt', content: '\ufeff2512489996\r\n87654321\r\n' }] }, /Adressen siger 3 modtagere, men listen har 2\./],
];

describe('the Smart Alert, run without a page', () => {
  for (const oldEngine of [false, true]) {
    describe(oldEngine ? 'in an engine of 2016' : 'in a new engine', () => {
      for (const [name, draft] of goes) {
        it(`lets a mail ${name} go`, async () => assert.deepEqual(await completionOf(draft, { oldEngine }), { allowEvent: true }));
      }

      for (const [code, draft, text] of stays) {
        it(`stops ${code}: ${text.source}`, async () => {
          const completion = await completionOf(draft, { oldEngine });
          assert.equal(completion.allowEvent, false);
          assert.match(completion.errorMessage ?? '', text);
          assert.equal(shownBy(completion), code);
          assert.equal(completion.cancelLabel, 'Åbn Digital Post');
          assert.doesNotMatch(JSON.stringify(completion), /(?<!\d)251248-?9996|\{\w+\}/);
        });
      }
    });
  }

  it('names several faults in one box, and shows the first', async () => {
    const completion = await completionOf({ to: [nancy], subject: 'Vedr. 251248-9996, opfølgning', files: [{ name: 'Budget 2027.xlsm' }] });
    assert.equal(completion.errorMessage, 'Beskeden er ikke sendt. 2 ting skal rettes: Budget 2027.xlsm kan indeholde makroer, og CPR-nummer i emnet. Åbn Digital Post: Dér står de, og hvordan de rettes.');
    assert.equal(shownBy(completion), 'macro');
  });

  it('reads nothing but the recipients of a mail among colleagues', async () => {
    const run = raiseOnMessageSend({ to: [colleague], subject: '251248-9996' }, { kept });
    await run.ended();
    assert.deepEqual(run.calls, ['to', 'cc', 'bcc']);
  });

  it('reads the body only where somebody is outside, and files only where a list must be counted', async () => {
    const callsFor = async (draft: FakeDraft) => {
      const run = raiseOnMessageSend(draft, { kept });
      await run.ended();
      return run.calls.slice(3);
    };
    assert.deepEqual(await callsFor({ to: [nancy], files: files(2) }), ['subject', 'attachments']);
    assert.deepEqual(await callsFor({ to: [outsider], files: files(2) }), ['subject', 'attachments', 'body']);
    assert.deepEqual(await callsFor({ to: [massOf(1)], files: [{ name: 'masseforsendelse.txt', content: '2512489996' }] }), ['subject', 'attachments', 'content']);
    assert.deepEqual(await callsFor({ to: [massOf(1)], files: [{ name: 'masseforsendelse.txt', size: 3_000_000 }] }), ['subject', 'attachments']);
  });

  it('guesses the own mail domains from the From mailbox until the pane has told them', async () => {
    const draft = { to: ['a@skole.nabo.example', 'b@kommune.example'], subject: 'CPR 251248-9996', from: 'c@nabo.example' };
    assert.deepEqual(await completionOf(draft, { kept: undefined }), { allowEvent: true });
    assert.equal((await completionOf(draft)).allowEvent, false);
    const { errorMessage } = await completionOf({ to: [outsider], html: 'CPR 251248-9996' }, { kept: undefined });
    assert.match(errorMessage ?? '', /uden for organisationen/);
  });

  it('speaks the language that the pane has kept, where it is Outlook’s', async () => {
    const words = { 'alert.tooMany': 'Not sent. {n} attachments, {channel} takes {max}.', 'alert.button': 'Open Digital Post' };
    const draft = { to: [nancy], files: files(12) };
    const english = await completionOf(draft, { language: 'en-GB', kept: { ...kept, language: 'en', words } });
    assert.deepEqual([english.errorMessage, english.cancelLabel], ['Not sent. 12 attachments, Digital Post takes 10.', 'Open Digital Post']);
    assert.match((await completionOf(draft, { language: 'da-DK', kept: { ...kept, language: 'en', words } })).errorMessage ?? '', /^Beskeden/);
    assert.match((await completionOf(draft, { language: 'en-GB' })).errorMessage ?? '', /^Beskeden/);
  });
});

describe('the Smart Alert, where Outlook or we fail', () => {
  const draft: FakeDraft = { to: [nancy, outsider], bcc: ['2512489996'], subject: '251248-9996', html: '251248-9996', files: files(12) };

  it('judges by what it could read, and lets go what that tells nothing of', async () => {
    const codeWith = async (troubles: NonNullable<FakeOutlook['troubles']>) => {
      const completion = await completionOf({ ...draft, bcc: [] }, { troubles });
      return completion.allowEvent ? 'goes' : shownBy(completion);
    };
    for (const trouble of ['fails', 'throws', 'missing'] as const) {
      assert.equal(await codeWith({ attachments: trouble }), 'subjectCpr', trouble);
      assert.equal(await codeWith({ subject: trouble, attachments: trouble }), 'outsideCpr', trouble);
      assert.equal(await codeWith({ to: trouble }), 'goes', trouble);
    }
  });

  it('completes by its guard, once, where a call never answers', async () => {
    for (const silent of ['to', 'subject', 'attachments', 'body']) {
      const run = raiseOnMessageSend(draft, { kept, troubles: { [silent]: 'silent' } });
      await run.ended();
      assert.equal(run.completions.length, 0, silent);
      run.passTime();
      run.passTime();
      assert.equal(run.completions.length, 1, silent);
      assert.equal(run.completions[0]?.allowEvent, false, silent);
      assert.equal(run.guardMs, 4_000);
    }
    const nothing = raiseOnMessageSend({ to: [outsider] }, { kept, troubles: { body: 'silent' } });
    await nothing.ended();
    nothing.passTime();
    assert.deepEqual(nothing.completions, [{ allowEvent: true }]);
  });

  it('lets the mail go where there is no item, and where what the pane has kept is broken', async () => {
    assert.deepEqual(await completionOf(draft, { noItem: true }), { allowEvent: true });
    for (const broken of ['text', 7, { mailDomains: 'kommune.example' }, { mailDomains: [7] }, { home: null }]) {
      const run = raiseOnMessageSend({ to: [colleague] }, { kept: broken });
      await run.ended();
      assert.deepEqual(run.completions, [{ allowEvent: true }], JSON.stringify(broken));
    }
  });
});

/** Nobody stops the first; the others stay for this. */
const hostile: readonly (readonly [string, FakeDraft, string | null])[] = [
  ['a group of Exchange’s, and one of one’s own without an address', { to: [['Alle', '/o=ExchangeLabs/ou=Group/cn=Recipients/cn=alle'], ['Min gruppe', ''], ['Alle ledere', 'ledere@kommune.example']], subject: '251248-9996' }, null],
  ['a group written out, with somebody in Digital Post', { to: [`Borgere: ${nancy};`] }, 'lookalike'],
  ['two addresses in one', { to: [`${colleague}; ${nancy}`] }, 'badAddress'],
  ['plus addressing at home', { to: ['kollega+sag@kommune.example'], subject: '251248-9996' }, null],
  ['plus addressing in Digital Post', { to: ['2512489996+sag@35833684.ngdp.digital-post.dk'] }, 'badAddress'],
  ['the domain in capitals, at home', { to: ['KOLLEGA@KOMMUNE.EXAMPLE'], subject: '251248-9996' }, null],
  ['the domain in capitals, in Digital Post', { to: ['2512489996@35833684.NGDP.DIGITAL-POST.DK'], subject: '251248-9996' }, 'subjectCpr'],
  ['a domain that ends as the home domain does', { to: ['a@ond-kommune.example'], subject: '251248-9996' }, 'subjectCpr'],
  ['a Greek o', { to: ['2512489996@35833684.ngdp.digital-p\u03bfst.dk'] }, 'lookalike'],
  ['the same in Punycode', { to: ['2512489996@35833684.ngdp.xn--digital-pst-yjk.dk'] }, 'lookalike'],
  ['signs that cannot be seen', { to: ['2512489996@35833684.ngdp.digital\u200b-post.dk'] }, 'lookalike'],
  ['Bcc alone, in Digital Post', { bcc: [nancy], subject: '251248-9996' }, 'subjectCpr'],
  ['Bcc alone, a bare number', { bcc: ['251248-9996'] }, 'bareNumber'],
  ['Bcc alone, an outsider and a citizen', { bcc: [nancy, outsider] }, null],
  ['500 recipients', { to: Array.from({ length: 500 }, (_, n): [string, string] => [`Navn ${String(n)}`, `n${String(n)}@example${String(n)}.org`]), cc: [nancy] }, 'outsideCpr'],
  ['500 colleagues', { to: Array.from({ length: 500 }, (_, n) => `n${String(n)}@kommune.example`), subject: '251248-9996' }, null],
  ['names that have no end', { to: [['1 '.repeat(100_000), outsider], ['\u0301'.repeat(100_000), 'a@example.org']], files: [{ name: `${'('.repeat(50_000)}.pdf` }, { name: '12 '.repeat(50_000) }] }, null],
  ['an address that has no end', { to: [`${'2'.repeat(100_000)}@digital-post.dk`] }, 'badAddress'],
  ['a body that has no end', { to: [outsider], html: `${'<p '.repeat(50_000)}${'251248 '.repeat(100_000)}` }, null],
];

describe('the Smart Alert, with drafts that nobody expects', () => {
  for (const [name, draft, code] of hostile) {
    it(`completes with ${name}`, async () => {
      const completion = await completionOf(draft);
      assert.equal(completion.allowEvent ? null : shownBy(completion), code);
      assert.ok((completion.errorMessage ?? '').length <= 500);
    });
  }

  it('takes an answer that is none as no answer, for that call alone', async () => {
    const draft: FakeDraft = { to: [outsider], cc: [nancy], subject: '251248-9996', html: '251248-9996' };
    for (const [trouble, code] of [['to', 'subjectCpr'], ['bcc', 'subjectCpr'], ['subject', 'outsideCpr'], ['attachments', 'subjectCpr'], ['body', 'subjectCpr']] as const) {
      assert.equal(shownBy(await completionOf(draft, { troubles: { [trouble]: 'nothing' } })), code, trouble);
    }
  });

  it('completes each of two events by itself, also where nothing answers', async () => {
    for (const troubles of [{}, { to: 'silent', cc: 'silent', bcc: 'silent' }] as const) {
      const run = raiseOnMessageSend({ to: ['2512489996'] }, { kept, troubles });
      run.again();
      await run.ended();
      run.passTime();
      assert.deepEqual(run.completions.map(({ allowEvent }) => allowEvent), 'to' in troubles ? [true, true] : [false, false]);
    }
  });
});

describe('the script of the Smart Alert', () => {
  it('weighs at most 10 kB', (t) => {
    const bytes = gzipSync(bundle, { level: 9 }).length;
    t.diagnostic(`${String(bytes)} bytes, gzip`);
    assert.ok(bytes <= 10_000, `${String(bytes)} bytes`);
  });

  it('is one file in the language of 2016, without anything of a page or a network', () => {
    assert.doesNotThrow(() => parse(bundle, { ecmaVersion: 2016, sourceType: 'script' }));
    assert.doesNotMatch(bundle, /\b(?:window|document|localStorage|sessionStorage|navigator|fetch|XMLHttpRequest|import|require|importScripts)\b/);
    assert.doesNotMatch(bundle, /\b\w*(?:set|save|add|remove|prepend|append|close|display)\w*Async\b/);
  });

  it('registers every name that the manifest has, and opens a button that is there', async () => {
    const manifest = readFileSync(new URL('../../manifest.xml', import.meta.url), 'utf8');
    const wanted = [...manifest.matchAll(/FunctionName="(\w+)"/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...associatedNames()].sort(), [...new Set(wanted)].sort());
    const { commandId = '' } = await completionOf({ to: ['2512489996'] });
    assert.match(manifest, new RegExp(`<Control xsi:type="Button" id="${commandId}">`));
  });
});

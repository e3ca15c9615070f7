import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GatewayAddress, RecipientId } from '../../src/domain/gateway-address.ts';
import { parseGatewayAddress } from '../../src/domain/gateway-address.ts';
import {
  massListFileProblem, massNotAloneProblem, readMassSendList, writeMassSendList, type MassSendList,
} from '../../src/domain/mass-send-list.ts';
import { problemHeadline, problemRemedy, type ProblemCode } from '../../src/domain/problem.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, order: 'le' | 'be', bom = true): Uint8Array => {
  const bytes = Buffer.from(bom ? `\ufeff${text}` : text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

function linesOf(list: MassSendList): readonly string[] {
  if (list.kind === 'problems') assert.fail(JSON.stringify(list.problems));
  return list.recipients.map(({ line, id }) => `${String(line)} ${id.kind} ${id.number}`);
}

function told(list: MassSendList): { readonly codes: readonly ProblemCode[]; readonly text: string } {
  if (list.kind === 'list') assert.fail('the list was taken');
  const texts = list.problems.map((problem) => `${problemHeadline(problem)}. ${problemRemedy(problem)}`);
  return { codes: list.problems.map(({ code }) => code), text: texts.join('\n') };
}

const expected = ['1 cpr 2512489996', '2 cvr 12345678', '3 cpr 1111111118'];
const plain = '2512489996\r\n12345678\r\n1111111118\r\n';

describe('a list of recipients', () => {
  const spellings: [string, Uint8Array][] = [
    ['UTF-8', utf8(plain)],
    ['UTF-8 with BOM', utf8(`\ufeff${plain}`)],
    ['UTF-16 LE', utf16(plain, 'le')],
    ['UTF-16 BE', utf16(plain, 'be')],
    ['UTF-16 LE without BOM', utf16(plain, 'le', false)],
    ['UTF-16 BE without BOM', utf16(plain, 'be', false)],
    ['LF', utf8(plain.replaceAll('\r', ''))],
    ['CR', utf8(plain.replaceAll('\n', ''))],
    ['LF and CRLF mixed, the last line open', utf8('2512489996\n12345678\r\n1111111118')],
    ['blanks, tabs and hard blanks around', utf8(' 2512489996\t\r\n\u00a012345678\u00a0\r\n\t 1111111118  \r\n')],
    ['a hard blank of Windows-1252', new Uint8Array([...utf8('2512489996'), 0xa0, ...utf8('\r\n12345678\r\n1111111118')])],
    ['hyphens', utf8('251248-9996\n12345678\n111111-1118\n')],
    ['one semicolon or comma after', utf8('2512489996;\r\n12345678,\r\n111111-1118 ; \r\n')],
  ];
  for (const [name, bytes] of spellings) {
    it(`is read from ${name}`, () => assert.deepEqual(linesOf(readMassSendList(bytes, 3)), expected));
  }

  it('counts physical lines from 1, blank ones too', () => {
    const list = readMassSendList(utf8('\r\n  \r\n2512489996\n\n\r\r12345678\n\n'), 2);
    assert.deepEqual(linesOf(list), ['3 cpr 2512489996', '7 cvr 12345678']);
  });

  it('takes numbers that no register would: neither date nor check digits are looked at', () => {
    assert.deepEqual(linesOf(readMassSendList(utf8('0000000000\n9999999999\n00000000'), 3)).length, 3);
  });

  it('may have a hundred thousand lines and hangs nothing', () => {
    const text = Array.from({ length: 100_000 }, (_, n) => String(1_000_000_000 + n)).join('\r\n');
    const bytes = utf8(text);
    withoutHanging(() => assert.equal(linesOf(readMassSendList(bytes, 100_000)).length, 100_000));
  });
});

describe('a line that is no number', () => {
  const bad: [string, string, RegExp][] = [
    ['letters', 'Nancy Berggren', /»Nancy Berggren« \(ikke et nummer\)/],
    ['a heading', 'CPR-nummer', /»CPR-nummer«/],
    ['nine digits', '251248999', /\(9 cifre\)/],
    ['seven digits', '1234567', /\(7 cifre\)/],
    ['eleven digits', '25124899961', /\(11 cifre\)/],
    ['two numbers', '2512489996 1111111118', /251248-xxxx.*mere end ét nummer/],
    ['two numbers with a comma', '2512489996,1111111118', /mere end ét nummer/],
    ['quotes', '"2512489996"', /»"251248-xxxx"«/],
    ['blanks inside', '1234 5678', /mellemrum eller bindestreg/],
    ['a hyphen in the wrong place', '25-12489996', /mellemrum eller bindestreg/],
    ['a hyphen in a CVR number', '1234-5678', /mellemrum eller bindestreg/],
    ['two semicolons', '2512489996;;', /251248-xxxx/],
    ['a semicolon before', ';2512489996', /251248-xxxx/],
    ['a name after', '2512489996;Nancy', /»251248-xxxx;Nancy« \(andet end et nummer\)/],
    ['other digits', '２５１２４８９９９６', /kun ligner cifre/],
    ['Arabic digits', '٢٥١٢٤٨٩٩٩٦', /kun ligner cifre/],
    ['a dash of Word', '251248–9996', /kun ligner cifre/],
    ['a plus', '+12345678', /andet end et nummer/],
    ['a decimal', '2512489996.0', /andet end et nummer/],
    ['an exponent', '2,51249E+09', /andet end et nummer/],
    ['a semicolon alone', ';', /»;«/],
    ['an address', '2512489996@35833684.ngdp.digital-post.dk', /251248-xxxx@/],
  ];
  for (const [name, text, says] of bad) {
    it(`${name} refuses the whole send with its line`, () => {
      const answer = told(readMassSendList(utf8(`12345678\r\n\r\n${text}\r\n`), 2));
      assert.deepEqual(answer.codes, ['mass-list-lines']);
      assert.match(answer.text, /1 linje i masseforsendelse\.txt.*Linje 3: /);
      assert.match(answer.text, says);
      assert.doesNotMatch(answer.text.normalize('NFKC'), /9996|\d{7}/);
    });
  }

  it('is told with every other one, before a wrong count and with its duplicates', () => {
    const answer = told(readMassSendList(utf8('CPR\n2512489996\n\nx\n251248-9996\n'), 17));
    assert.deepEqual(answer.codes, ['mass-list-lines', 'mass-list-duplicates']);
    assert.match(answer.text, /Linje 1: .*linje 4: /);
    assert.match(answer.text, /linje 2 og 5/);
  });

  it('is told among the first of many', () => {
    const answer = told(readMassSendList(utf8('x\n'.repeat(5000)), 5000));
    assert.match(answer.text, /5000 linjer/);
    assert.match(answer.text, /linje 99: »x«.*; 4901 flere\./);
    assert.doesNotMatch(answer.text, /linje 100:/);
  });

  it('of a million signs is shown by its beginning', () => {
    const answer = told(readMassSendList(utf8(`${'1 2'.repeat(400_000)}\n`), 1));
    assert.ok(answer.text.length < 500);
  });

  it('shows at most six digits of what may be part of a number', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 -.;x/٣'), minLength: 1, maxLength: 40 }), (line) => {
        const list = readMassSendList(utf8(line), 1);
        if (list.kind === 'list') return;
        const shown = /»([^«]*)«/.exec(JSON.stringify(list.problems))?.[1] ?? '';
        const rest = shown.replace(/\d{6}-xxxx/g, '');
        assert.ok((rest.match(/\p{Nd}/gu)?.length ?? 0) <= 6, shown);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a list that cannot be meant', () => {
  it('has another count than the address says', () => {
    const answer = told(readMassSendList(utf8(plain), 2));
    assert.deepEqual(answer.codes, ['mass-list-count']);
    assert.match(answer.text, /adressen siger 2, men listen har 3/);
  });

  it('names someone twice, also in two spellings', () => {
    const answer = told(readMassSendList(utf8('2512489996\n12345678\n\n251248-9996;\n12345678\n12345678'), 5));
    assert.deepEqual(answer.codes, ['mass-list-duplicates']);
    assert.match(answer.text, /3 numre står flere gange.*linje 1 og 4; linje 2 og 5; linje 2 og 6\./);
  });

  it('is empty', () => {
    for (const text of ['', '\r\n', ' \t\n\u00a0\n', '\ufeff']) {
      assert.deepEqual(told(readMassSendList(utf8(text), 2)).codes, ['mass-list-empty']);
    }
    assert.deepEqual(told(readMassSendList(new Uint8Array([0xff, 0xfe]), 2)).codes, ['mass-list-empty']);
  });

  it('is no text', () => {
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0, 1, 2, 3]);
    assert.deepEqual(told(readMassSendList(zip, 2)).codes, ['mass-list-wrong-type']);
  });

  it('has more recipients, or bytes, than the limit', () => {
    const limits = { recipientsMax: 2, bytesMax: 40 };
    const answer = told(readMassSendList(utf8(plain), 3, limits));
    assert.deepEqual(answer.codes, ['mass-too-many-recipients']);
    assert.match(answer.text, /3 modtagere \(højst 2\)/);
    assert.deepEqual(told(readMassSendList(utf8(plain.repeat(2)), 6, limits)).codes, ['mass-list-too-large']);
  });
});

const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${String(length)}}$`));
const ids: fc.Arbitrary<readonly RecipientId[]> = fc.uniqueArray(
  fc.oneof(
    digits(10).map((number): RecipientId => ({ kind: 'cpr', number })),
    digits(8).map((number): RecipientId => ({ kind: 'cvr', number })),
  ),
  { selector: ({ number }) => number, minLength: 1, maxLength: 50 },
);

describe('reading a list', () => {
  it('is the inverse of writing it', () => {
    fc.assert(
      fc.property(ids, (given) => {
        const bytes = writeMassSendList(given);
        const list = readMassSendList(bytes, given.length);
        if (list.kind === 'problems') assert.fail(JSON.stringify(list.problems));
        assert.deepEqual(list.recipients, given.map((id, n) => ({ line: n + 1, id })));
        assert.match(Buffer.from(bytes).toString('latin1'), /^(?:\d+\r\n)+$/);
      }),
      { numRuns: 500 },
    );
  });

  it('does not mind how lines are dressed, nor in which coding they come', () => {
    const blank = fc.stringMatching(/^[ \t\u00a0]{0,3}$/);
    const dress = fc.record({ before: blank, after: blank, hyphen: fc.boolean(), tail: fc.constantFrom('', ';', ','), blanks: fc.nat(3) });
    const coding = fc.constantFrom(utf8, (text: string) => utf16(text, 'le'), (text: string) => utf16(text, 'be'));
    const dressed = ids.chain((given) => fc.tuple(fc.constant(given), fc.array(dress, { minLength: given.length, maxLength: given.length })));
    fc.assert(
      fc.property(dressed, fc.constantFrom('\n', '\r\n', '\r'), coding, ([given, dresses], end, encode) => {
        const lines = given.map(({ kind, number }, n) => {
          const { before = '', after = '', hyphen = false, tail = '', blanks = 0 } = dresses[n] ?? {};
          const shown = hyphen && kind === 'cpr' ? `${number.slice(0, 6)}-${number.slice(6)}` : number;
          return `${end.repeat(blanks)}${before}${shown}${after}${tail}`;
        });
        const list = readMassSendList(encode(lines.join(end)), given.length);
        if (list.kind === 'problems') assert.fail(JSON.stringify(list.problems));
        assert.deepEqual(list.recipients.map(({ id }) => id), given);
        const text = lines.join(end).split(end);
        for (const { line, id } of list.recipients) assert.ok(text[line - 1]?.replace('-', '').includes(id.number));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readMassSendList(bytes, 1)), { numRuns: 2000 });
  });
});

describe('the mail of a mass send', () => {
  const address = (text: string): GatewayAddress => {
    const parsed = parseGatewayAddress(text);
    if (parsed.kind !== 'gateway-address') assert.fail(text);
    return parsed.address;
  };
  const mass = address('masseforsendelse-2@35833684.ngdp.digital-post.dk');
  const single = address('2512489996@35833684.mitdk.digital-post.dk');

  it('has just one list, whatever the letter case of its name', () => {
    assert.equal(massListFileProblem(['Masseforsendelse.TXT', 'body.pdf']), null);
    assert.equal(massListFileProblem(['body.pdf'])?.code, 'mass-list-missing');
    const twice = massListFileProblem(['masseforsendelse.txt', 'bilag.pdf', 'masseforsendelse (1).txt']);
    assert.equal(twice?.code, 'mass-list-twice');
  });

  it('has no other recipient in Digital Post', () => {
    assert.equal(massNotAloneProblem([mass]), null);
    assert.equal(massNotAloneProblem([mass, mass]), null);
    assert.equal(massNotAloneProblem([single, single]), null);
    assert.equal(massNotAloneProblem([]), null);
    assert.equal(massNotAloneProblem([single, mass])?.code, 'mass-not-alone');
    const two = massNotAloneProblem([mass, address('masseforsendelse-3@35833684.ngdp.digital-post.dk')]);
    assert.equal(two?.code, 'mass-not-alone');
    assert.match(two === null ? '' : problemHeadline(two), /masseforsendelse-2@.*masseforsendelse-3@/);
  });
});

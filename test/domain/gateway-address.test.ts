import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { GatewayAddress, SenderReference } from '../../src/domain/gateway-address.ts';
import {
  addressProblem,
  isUnderGatewayDomain,
  parseGatewayAddress,
  parseTypedGatewayAddress,
  printGatewayAddress,
} from '../../src/domain/gateway-address.ts';
import { problemHeadline, problemRemedy } from '../../src/domain/problem.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

const point = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const theirPoint = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
const ngdp = '35833684.ngdp.digital-post.dk';

function parsed(text: string): GatewayAddress {
  const result = parseGatewayAddress(text);
  assert.equal(result.kind, 'gateway-address', text);
  return result.kind === 'gateway-address' ? result.address : assert.fail();
}

function malformed(text: string): string {
  const result = parseGatewayAddress(text);
  assert.equal(result.kind, 'malformed', text);
  if (result.kind !== 'malformed') return assert.fail();
  assert.equal(result.problem.code, 'address-malformed');
  return `${problemHeadline(result.problem)} · ${problemRemedy(result.problem)}`;
}

describe('gateway addresses of the documentation', () => {
  for (const channel of ['ngdp', 'mitdk'] as const) {
    for (const number of ['1234567890', '87654321']) {
      for (const reply of ['', '-reply']) {
        for (const their of ['', `.${theirPoint}`]) {
          for (const sender of ['35833684', point]) {
            const text = `${number}${reply}${their}@${sender}.${channel}.digital-post.dk`;
            it(`${text} is read part by part`, () => {
              assert.deepEqual(parsed(text), {
                kind: 'single',
                channel,
                recipient: { kind: number.length === 10 ? 'cpr' : 'cvr', number },
                replyable: reply !== '',
                recipientContactPoint: their === '' ? null : theirPoint,
                sender: sender === point ? { kind: 'contact-point', id: point } : { kind: 'cvr', cvr: sender },
              });
              assert.equal(printGatewayAddress(parsed(text)), text);
            });
          }
        }
      }
    }
  }

  it('include mass sends to a count, from a CVR number or a contact point', () => {
    assert.deepEqual(parsed(`masseforsendelse-2@${ngdp}`), {
      kind: 'mass', channel: 'ngdp', recipientCount: 2, sender: { kind: 'cvr', cvr: '35833684' },
    });
    assert.deepEqual(parsed(`masseforsendelse-10000@${point}.ngdp.digital-post.dk`), {
      kind: 'mass', channel: 'ngdp', recipientCount: 10_000, sender: { kind: 'contact-point', id: point },
    });
  });

  it('include both forms of e-Boks, which is never answerable', () => {
    assert.deepEqual(parsed('1234567890@digital-post.dk'), {
      kind: 'single', channel: 'eboks', recipient: { kind: 'cpr', number: '1234567890' }, replyable: false,
      recipientContactPoint: null, sender: { kind: 'own-cvr' },
    });
    assert.deepEqual(parsed('87654321@35833684.eboks.digital-post.dk'), {
      kind: 'single', channel: 'eboks', recipient: { kind: 'cvr', number: '87654321' }, replyable: false,
      recipientContactPoint: null, sender: { kind: 'cvr', cvr: '35833684' },
    });
  });

  it('are read without regard to letter case and the trailing dot of the domain', () => {
    const upper = `87654321-REPLY.${theirPoint.toUpperCase()}@${point.toUpperCase()}.NGDP.Digital-Post.DK.`;
    assert.equal(printGatewayAddress(parsed(upper)), `87654321-reply.${theirPoint}@${point}.ngdp.digital-post.dk`);
    assert.equal(printGatewayAddress(parsed(`Masseforsendelse-3@${ngdp}`)), `masseforsendelse-3@${ngdp}`);
  });

  it('may have a blank after the dot where a person types them, but not at the door', () => {
    const text = `87654321. ${theirPoint}@${point}.ngdp.digital-post.dk`;
    assert.match(malformed(text), /mellemrum/);
    assert.match(malformed(`"87654321. ${theirPoint}"@${point}.ngdp.digital-post.dk`), /mellemrum/);
    const typed = parseTypedGatewayAddress(text);
    assert.deepEqual(typed, parseGatewayAddress(text.replace(' ', '')));
    assert.equal(typed.kind, 'gateway-address');
  });

  it('may be typed with a name, brackets, blanks or a scheme around them', () => {
    for (const text of [
      `Nancy (Digital Post) <1234567890@${ngdp}>`, ` 1234567890@${ngdp} `, `SMTP:1234567890@${ngdp}`,
      `mailto:1234567890@${ngdp}`, `1234567890 @ ${ngdp}`,
    ]) {
      assert.equal(parseTypedGatewayAddress(text).kind, 'gateway-address', text);
      assert.notEqual(parseGatewayAddress(text).kind, 'elsewhere', text);
    }
  });
});

describe('a citizen with a contact point', () => {
  it('is read and then refused by name', () => {
    const address = parsed(`1234567890.${theirPoint}@${ngdp}`);
    assert.equal(addressProblem(address)?.code, 'citizen-contact-point');
  });

  it('is the only fault of a rightly written address', () => {
    for (const text of [`1234567890@${ngdp}`, `87654321.${theirPoint}@${ngdp}`, `masseforsendelse-2@${ngdp}`]) {
      assert.equal(addressProblem(parsed(text)), null);
    }
  });
});

describe('malformed addresses are told what is wrong', () => {
  const told: [string, RegExp][] = [
    [`12345678901@${ngdp}`, /har 11\..*Rigtigt er fx 12345678@35833684\.ngdp/],
    [`123456789@${ngdp}`, /har 9\./],
    [`1234567@${ngdp}`, /har 7\./],
    [`borger@${ngdp}`, /nummer mangler/],
    [`@${ngdp}`, /nummer mangler/],
    [`123456-7890@${ngdp}`, /uden bindestreg/],
    [`1234567890-svar@${ngdp}`, /efter nummeret må kun stå -reply/i],
    [`1234567890-replyx@${ngdp}`, /-reply skal stå lige efter nummeret/],
    [`87654321.${theirPoint}-reply@${ngdp}`, /-reply skal stå lige efter nummeret/],
    [`87654321.${theirPoint.slice(1)}@${ngdp}`, /kontaktpunkt.*ikke skrevet helt/],
    [`87654321.@${ngdp}`, /kontaktpunkt.*ikke skrevet helt/],
    [`1234567890+sag@${ngdp}`, /tegnet \+/i],
    [`"1234567890"@${ngdp}`, /tegnet "/i],
    [`1234567890%40x@${ngdp}`, /tegnet %/i],
    [`1234567890@x@${ngdp}`, /ét @/],
    ['1234567890.35833684.ngdp.digital-post.dk', /mangler et @/],
    ['1234567890@3583368.ngdp.digital-post.dk', /8 cifre, men har 7/],
    [`1234567890@${point.slice(1)}.ngdp.digital-post.dk`, /afsenderens kontaktpunkt/i],
    ['1234567890@jobcenter.ngdp.digital-post.dk', /afsenderen efter @ skal være/i],
    ['1234567890@ngdp.digital-post.dk', /afsenderen mangler/i],
    [`1234567890@x.${ngdp}`, /afsenderen efter @ skal være/i],
    ['1234567890@35833684.borger.digital-post.dk', /den skal ende på ngdp/i],
    ['1234567890@35833684.digital-post.dk', /den skal ende på ngdp/i],
    [`1234567890@${ngdp}..`, /den skal ende på ngdp/i],
    [`１２３４５６７８９０@${ngdp}`, /andre tegn/],
    ['1234567890@35833684.ngdp.digital‐post.dk', /andre tegn/],
    [`1234567890\n@${ngdp}`, /mellemrum/],
    ['1234567890-reply@digital-post.dk', /e-Boks kan ikke besvares/],
    [`87654321.${theirPoint}@35833684.eboks.digital-post.dk`, /kontaktpunkter findes ikke i e-Boks/i],
    [`87654321@${point}.eboks.digital-post.dk`, /kontaktpunkter findes ikke i e-Boks/i],
    ['support@digital-post.dk', /nummer mangler/],
    [`masseforsendelse-@${ngdp}`, /antallet af modtagere mangler/i],
    [`masseforsendelse--@${ngdp}`, /bindestreg for meget/],
    [`masseforsendelse--5@${ngdp}`, /minus foran/],
    [`masseforsendelse-0@${ngdp}`, /må ikke være 0/],
    [`masseforsendelse-007@${ngdp}`, /nuller foran/],
    [`masseforsendelse-12a@${ngdp}`, /helt tal/],
    [`masseforsendelse-10.000@${ngdp}`, /helt tal/],
    [`masseforsendelse-2.${theirPoint}@${ngdp}`, /bestemt kontaktpunkt/],
    [`masseforsendelse.${theirPoint}@${ngdp}`, /antallet af modtagere foran @/],
    ['masseforsendelse-2-reply@35833684.mitdk.digital-post.dk', /ikke i mit\.dk/],
    [`masseforsendelse-99999999@${ngdp}`, /for stort/],
    [`masseforsendelse@${ngdp}`, /antallet af modtagere foran @/],
    [`masseforsendelse-2-reply@${ngdp}`, /masseforsendelse kan ikke besvares/],
    ['masseforsendelse-2@35833684.mitdk.digital-post.dk', /ikke i mit\.dk/],
    ['masseforsendelse-2@35833684.eboks.digital-post.dk', /ikke i e-Boks/],
    ['masseforsendelse-2@digital-post.dk', /ikke i e-Boks/],
    [`${'1'.repeat(10_000)}@${ngdp}`, /alt for lang/],
  ];
  for (const [text, reason] of told) {
    it(`${JSON.stringify(text.slice(0, 90))} ${String(reason)}`, () => {
      assert.match(malformed(text), reason);
    });
  }

  it('without letting a CPR number through, however it is mistyped', () => {
    const wrong = ['12345678901', '123456789', '123456-7890', '123456 7890', '"1234567890"', '1234567890+x', '12345-67890'];
    for (const local of [...wrong, '１２３４５６７８９０', '1234567890.12', '12 34 56 78 90']) {
      assert.doesNotMatch(malformed(`${local}@${ngdp}`).replaceAll('12345678@', '').normalize('NFKC'), /78.?9/, local);
    }
  });

  it('and are told the domain as it was written', () => {
    assert.match(malformed(`123@${point}.ngdp.digital-post.dk`), new RegExp(point));
  });
});

describe('what looks like digital-post.dk is never ordinary mail', () => {
  const disguises = [
    '1234567890@35833684.ngdp.digitаl-post.dk', // Cyrillic а
    '1234567890@35833684.ngdp.digital-ροst.dk', // Greek ρ and ο
    '1234567890@35833684.ngdp.digital-post。dk',
    '1234567890@35833684．ngdp．digital-post．dk',
    '1234567890＠35833684.ngdp.digital-post.dk',
    '1234567890@35833684.ngdp.ｄｉｇｉｔａｌ-ｐｏｓｔ.ｄｋ',
    '1234567890@35833684.ngdp.digital−post.dk',
    '1234567890@35833684.ngdp.digital\u00ad-post.dk',
    '1234567890@35833684.ngdp.digital-\u200bpost.dk',
    '1234567890@35833684.ngdp.dígital-pöst.dk',
    '1234567890@35833684.ngdp.𝐝igital-post.dk',
    '1234567890@35833684.ngdp.digital-post.d\u212a',
    '1234567890@35833684.ngdp.digita1-p0st.dk',
    '1234567890@35833684.ngdp.xn--digitl-post-2ij.dk', // punycode of the first
    '1234567890@35833684.ngdp.XN--DIGITL-POST-2IJ.DK',
    '@relay.example:1234567890@35833684.ngdp.digital-post.dk',
    '<@relay.example,@b.example:1234567890@35833684.ngdp.digital-post.dk>',
    '1234567890%35833684.ngdp.digital-post.dk@relay.example',
    '35833684.ngdp.digital-post.dk!1234567890@relay.example',
    '"1234567890@35833684.ngdp.digital-post.dk"@relay.example',
    '1234567890@(kommentar)35833684.ngdp.digital-post.dk',
    '1234567890@35833684.ngdp.digital-post(kommentar (i en kommentar)).dk',
    '1234567890@35833684.ngdp.digital-post.dk(kommentar)',
    '1234567890@35833684.ngdp.digital-post .dk',
    '1234567890@35833684.ngdp.digital-post.\r\n dk',
    '1234567890@[35833684.ngdp.digital-post.dk]',
    '1234567890@35833684.ngdp.digital-post.dk\0',
    '1234567890@35833684.ngdp.digital-post.dk-',
    '1234567890@35833684.ngdp.digital-post..dk',
    '1234567890@35833684.ngdp.digital-post.dk.evil.example',
    '/o=ExchangeLabs/cn=Recipients/1234567890@digital-post.dk',
    'IMCEAX400-1234567890@digital-post.dk',
  ];
  for (const text of disguises) {
    it(JSON.stringify(text), () => {
      assert.equal(parseGatewayAddress(text).kind, 'malformed');
      assert.notEqual(parseTypedGatewayAddress(text).kind, 'elsewhere');
    });
  }

  it('and so is what is longer than any address, wherever the domain stands in it', () => {
    const long = '\ufdfa'.repeat(1_000_000);
    for (const text of [long, `${long}@x.dk`, `x@${long}`, `${'x'.repeat(1_000)}@kommune.example`, `1234567890@35833684.ngdp.digital-post.dk${' '.repeat(2_000)}`]) {
      assert.equal(isUnderGatewayDomain(text), true);
      assert.match(malformed(text), /alt for lang/);
    }
    assert.equal(parseGatewayAddress(`${'x'.repeat(300)}@kommune.example`).kind, 'elsewhere');
  });

  it('while other domains are elsewhere', () => {
    for (const text of [
      'kollega@kommune.example', 'x@notdigital-post.dk', 'x@digital-post.dk-mail.example', 'x@digitalpost.dk',
      'x@digital-post.com', 'x@post.dk', 'blåbær@rødgrød.dk', 'x@xn--rdgrd-vuad.dk', '', '@', 'x', '1234567890@borger.dk',
    ]) {
      assert.equal(parseGatewayAddress(text).kind, 'elsewhere', text);
      assert.equal(isUnderGatewayDomain(text), false, text);
    }
  });
});

const hex = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${String(length)}}$`));
const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9]{${String(length)}}$`));
const guids = fc.uuid();
const cvrSenders = digits(8).map((cvr): SenderReference => ({ kind: 'cvr', cvr }));
const senders = fc.oneof(cvrSenders, guids.map((id): SenderReference => ({ kind: 'contact-point', id })));
const recipients = fc.oneof(
  digits(10).map((number) => ({ kind: 'cpr' as const, number })),
  digits(8).map((number) => ({ kind: 'cvr' as const, number })),
);
const addresses: fc.Arbitrary<GatewayAddress> = fc.oneof(
  fc.record({
    kind: fc.constant('single' as const),
    channel: fc.constantFrom('ngdp' as const, 'mitdk' as const),
    recipient: recipients,
    replyable: fc.boolean(),
    recipientContactPoint: fc.option(guids),
    sender: senders,
  }, { noNullPrototype: true }),
  fc.record({
    kind: fc.constant('mass' as const),
    channel: fc.constant('ngdp' as const),
    recipientCount: fc.integer({ min: 1, max: 9_999_999 }),
    sender: senders,
  }, { noNullPrototype: true }),
  fc.record({
    kind: fc.constant('single' as const),
    channel: fc.constant('eboks' as const),
    recipient: recipients,
    replyable: fc.constant(false),
    recipientContactPoint: fc.constant(null),
    sender: fc.oneof(cvrSenders, fc.constant<SenderReference>({ kind: 'own-cvr' })),
  }, { noNullPrototype: true }),
);

describe('reading addresses', () => {
  it('is the inverse of printing them, over 100,000 addresses', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        assert.deepEqual(parsed(printGatewayAddress(address)), address);
      }),
      { numRuns: 100_000 },
    );
  });

  it('gives either an address that prints as written, or a reason', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789abcdef-.@reply') });
    fc.assert(
      fc.property(fc.oneof(signs, fc.string({ unit: 'binary' }), hex(10)), (local) => {
        const text = `${local}@${ngdp}`;
        const result = parseGatewayAddress(text);
        assert.notEqual(result.kind, 'elsewhere');
        if (result.kind === 'gateway-address') assert.equal(printGatewayAddress(result.address), text.toLowerCase());
      }),
      { numRuns: 20_000 },
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      parseGatewayAddress(text);
      parseTypedGatewayAddress(text);
    }), { numRuns: 5000 });
  });

  it('hangs nothing, however long it is', () => {
    const units = ['1', '1.', '(', '()', '.', '-', '@', '%', ' ', '<', 'xn--', 'а', '"', '\\', 'digital-post.dk', '@ ', '. ', '\u0323\u0301'];
    for (const unit of units) {
      const many = unit.repeat(100_000 / unit.length);
      for (const text of [`${many}@x`, `a${many}b`, `<a${many}b@35833684.ngdp.digital-post.dk`]) {
        withoutHanging(() => parseGatewayAddress(text));
        withoutHanging(() => parseTypedGatewayAddress(text));
      }
    }
  });
});

describe('the isemail corpus under digital-post.dk', () => {
  const corpus = new URL('../../../shared/data/mime/isemail/test/tests.xml', import.meta.url);

  it('is never ordinary mail', (t) => {
    if (!existsSync(corpus)) {
      t.skip('the isemail corpus is not beside the project');
      return;
    }
    const texts = Array.from(readFileSync(corpus, 'utf8').matchAll(/<address>([^<]*)<\/address>/g), (match) =>
      (match[1] ?? '').replace(/&#x([0-9a-f]+);|&(lt|gt|quot|amp);/gi, (_, code: string | undefined, name: string) =>
        code === undefined
          ? ({ lt: '<', gt: '>', quot: '"', amp: '&' }[name] ?? '')
          : String.fromCodePoint(parseInt(code, 16) >= 0x2400 && parseInt(code, 16) < 0x2420
            ? parseInt(code, 16) - 0x2400
            : parseInt(code, 16)),
      ),
    );
    assert.ok(texts.length > 150);
    for (const text of texts) {
      const at = text.lastIndexOf('@');
      const moved = [`${text.slice(0, at + 1)}${ngdp}`, text.replaceAll('iana.org', ngdp)];
      for (const address of moved.filter((candidate) => candidate.includes('digital-post.dk') && candidate.includes('@'))) {
        assert.notEqual(parseGatewayAddress(address).kind, 'elsewhere', JSON.stringify(address));
      }
    }
  });
});

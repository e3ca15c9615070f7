import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import * as gatewayApi from '../../src/domain/gateway-api.ts';
import { listSchema, submissionSchema } from '../../src/gateway/api/submission-schemas.ts';

/** What add-ins of version 1 were built with; grows with each release, by `RECORD_GATEWAY_API=1` and a look at the difference. */
const RECORDED = new URL('../fixtures/gateway-api-1.json', import.meta.url);

interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}
type Contract = Readonly<Record<string, Schema>>;

/** Every question and answer as JSON Schema, as it travels. */
function presentContract(): Contract {
  const schemas = Object.entries(gatewayApi).filter(([, value]) => typeof value === 'object' && '_zod' in value);
  return JSON.parse(
    JSON.stringify(
      Object.fromEntries(schemas.map(([name, schema]) => [name, z.toJSONSchema(schema as z.ZodMiniType, { io: 'input', unrepresentable: 'any' })])),
    ),
  ) as Contract;
}

/** Two versions of one place in the contract. */
interface Place {
  readonly kind: 'question' | 'answer';
  readonly path: string;
  readonly then: Schema;
  readonly now: Schema | undefined;
}

/** What an add-in of the recorded contract would meet that it cannot take. */
function breaks({ kind, path, then, now }: Place): readonly string[] {
  if (now === undefined) return [`${path} is gone`];
  const inside = (step: string, before: Schema, after: Schema | undefined) => breaks({ kind, path: `${path}${step}`, then: before, now: after });
  const variants = now.anyOf ?? now.oneOf ?? [];
  return [
    ...ownFaults({ kind, path, then }, now),
    ...Object.entries(then.properties ?? {}).flatMap(([name, field]) => inside(`.${name}`, field, now.properties?.[name])),
    ...(then.items ? inside('[]', then.items, now.items) : []),
    ...(then.anyOf ?? then.oneOf ?? []).flatMap((one, n) => inside(`|${n}`, one, variants[n])),
  ];
}

/** What a question takes may not shrink, and what it demands not grow; of an answer, what is certain may not shrink. */
function ownFaults({ kind, path, then }: Omit<Place, 'now'>, now: Schema): readonly string[] {
  const question = kind === 'question';
  const [demanded, given] = question ? [now.required, then.required] : [then.required, now.required];
  const lostWords = question && (then.enum ?? []).some((value) => !now.enum?.includes(value));
  return [
    ...(JSON.stringify(then.type) === JSON.stringify(now.type) ? [] : [`${path} has another type`]),
    ...(lostWords ? [`${path} no longer takes every word`] : []),
    ...(demanded ?? []).filter((name) => !given?.includes(name)).map((name) => `${path}.${name} is not there for certain`),
  ];
}

describe('the contract of the add-in’s API', () => {
  it('only grows: what an add-in of this version was built with still holds', async () => {
    const now = presentContract();
    if (process.env['RECORD_GATEWAY_API'] === '1') await writeFile(RECORDED, `${JSON.stringify(now, null, 1)}\n`);
    const then = JSON.parse(await readFile(RECORDED, 'utf8')) as Contract;
    const faults = Object.entries(then).flatMap(([name, schema]) => breaks({ kind: /Question$/.test(name) ? 'question' : 'answer', path: name, then: schema, now: now[name] }));
    assert.deepEqual(faults, []);
    assert.ok(Object.keys(then).length >= 15);
  });

  it('would notice a field that is gone, one that is demanded now, and another type', () => {
    const then: Schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] };
    const faults = (kind: Place['kind'], now: Schema) => breaks({ kind, path: 'x', then, now }).length;
    assert.equal(faults('answer', { type: 'object', properties: { b: { type: 'string' } }, required: [] }), 2);
    assert.equal(faults('question', { ...then, required: ['a', 'b'] }), 1);
    assert.equal(faults('answer', { ...then, properties: { a: { type: 'number' }, b: { type: 'string' } } }), 1);
    assert.equal(faults('answer', { ...then, properties: { ...then.properties, c: { type: 'string' } } }), 0);
  });

  it('reads of one’s own messages what programs are told of theirs', () => {
    const asSchema = (schema: z.core.$ZodType): Schema => {
      const written = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      // A part with a name of its own stands once, and is pointed at.
      const inline = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
        typeof part === 'object' && part !== null && '$ref' in part ? inline(written.$defs?.[String(part.$ref).replace('#/$defs/', '')]) : part);
      return inline(written) as Schema;
    };
    const pairs = [['sentList', gatewayApi.sentList, listSchema], ['sentSubmission', gatewayApi.sentSubmission, submissionSchema]] as const;
    const faults = pairs.flatMap(([path, read, told]) => breaks({ kind: 'answer', path, then: asSchema(read), now: asSchema(told) }));
    assert.deepEqual(faults, []);
  });

  it('lets an add-in read an answer of a later gateway: unknown fields are passed over, unknown words read as the last', () => {
    const later = { state: 'moved-to-the-moon', from: null, phase: 3 };
    assert.deepEqual(gatewayApi.reach.parse(later), { state: 'not-known', from: null });
    const line = { kind: 'end', done: 1, total: 1, checkedAt: '2026-11-25T12:00:00Z', more: true };
    assert.deepEqual(gatewayApi.checkLine.parse(line), { kind: 'end', done: 1, total: 1, checkedAt: '2026-11-25T12:00:00Z' });
  });

  it('lets an add-in read what was sent of a gateway that kept no names yet', () => {
    const recipient = {
      position: 1, recipient: '251248-xxxx', channel: 'ngdp', outcome: 'delivered', status: 'completed', messageUUID: null, handedOverAt: null,
      settledAt: null, errorCode: null, errorText: null,
    };
    assert.deepEqual(gatewayApi.sentRecipient.parse(recipient), recipient);
    assert.deepEqual(gatewayApi.sentRecipient.parse({ ...recipient, name: 'Nancy' }).name, 'Nancy');
  });

  it('refuses a question with a field that it does not know, so that nothing asked for is passed over in silence', () => {
    const question = { cpr: '2512489996', purpose: 'sag 12', names: true };
    assert.equal(gatewayApi.personQuestion.safeParse(question).success, false);
  });

  it('demands a purpose for a person’s name', () => {
    assert.equal(gatewayApi.personQuestion.safeParse({ cpr: '2512489996', purpose: '  ' }).success, false);
    assert.equal(gatewayApi.personQuestion.safeParse({ cpr: '2512489996', purpose: ' sag 12 ' }).data?.purpose, 'sag 12');
    assert.equal(gatewayApi.personQuestion.safeParse({ cpr: '251248-9996', purpose: 'sag 12' }).success, false);
  });
});

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import * as z from 'zod/mini';
import * as gatewayApi from '../../src/domain/gateway-api.ts';

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

/** What an add-in of the recorded contract would meet that it cannot take. */
function breaks(kind: 'question' | 'answer', then: Schema, now: Schema | undefined, path: string): readonly string[] {
  if (now === undefined) return [`${path} is gone`];
  const faults: string[] = [];
  if (JSON.stringify(then.type) !== JSON.stringify(now.type)) faults.push(`${path} has another type`);
  const [kept, among] = kind === 'question' ? [then.enum, now.enum] : [now.enum, then.enum];
  if (kept && kind === 'question' && kept.some((value) => !among?.includes(value))) faults.push(`${path} no longer takes every word`);
  const [demanded, given] = kind === 'question' ? [now.required ?? [], then.required ?? []] : [then.required ?? [], now.required ?? []];
  for (const name of demanded) if (!given.includes(name)) faults.push(`${path}.${name} is not there for certain`);
  for (const [name, field] of Object.entries(then.properties ?? {})) {
    faults.push(...breaks(kind, field, now.properties?.[name], `${path}.${name}`));
  }
  if (then.items) faults.push(...breaks(kind, then.items, now.items, `${path}[]`));
  const [before, after] = [then.anyOf ?? then.oneOf ?? [], now.anyOf ?? now.oneOf ?? []];
  for (const [n, one] of before.entries()) faults.push(...breaks(kind, one, after[n], `${path}|${n}`));
  return faults;
}

describe('the contract of the add-in’s API', () => {
  it('only grows: what an add-in of this version was built with still holds', async () => {
    const now = presentContract();
    if (process.env['RECORD_GATEWAY_API'] === '1') await writeFile(RECORDED, `${JSON.stringify(now, null, 1)}\n`);
    const then = JSON.parse(await readFile(RECORDED, 'utf8')) as Contract;
    const faults = Object.entries(then).flatMap(([name, schema]) => breaks(/Question$/.test(name) ? 'question' : 'answer', schema, now[name], name));
    assert.deepEqual(faults, []);
    assert.ok(Object.keys(then).length >= 15);
  });

  it('would notice a field that is gone, one that is demanded now, and another type', () => {
    const then: Schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] };
    assert.equal(breaks('answer', then, { type: 'object', properties: { b: { type: 'string' } }, required: [] }, 'x').length, 2);
    assert.equal(breaks('question', then, { ...then, required: ['a', 'b'] }, 'x').length, 1);
    assert.equal(breaks('answer', then, { ...then, properties: { a: { type: 'number' }, b: { type: 'string' } } }, 'x').length, 1);
    assert.deepEqual(breaks('answer', then, { ...then, properties: { ...then.properties, c: { type: 'string' } } }, 'x'), []);
  });

  it('lets an add-in read an answer of a later gateway: unknown fields are passed over, unknown words read as the last', () => {
    const later = { state: 'moved-to-the-moon', from: null, phase: 3 };
    assert.deepEqual(gatewayApi.reach.parse(later), { state: 'not-known', from: null });
    const line = { kind: 'end', done: 1, total: 1, checkedAt: '2026-11-25T12:00:00Z', more: true };
    assert.deepEqual(gatewayApi.checkLine.parse(line), { kind: 'end', done: 1, total: 1, checkedAt: '2026-11-25T12:00:00Z' });
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

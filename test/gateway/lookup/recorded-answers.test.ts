import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import {
  openDatafordeler, openRegisterWorld, organisationWith, recorded, SKIP_RECORDED, type Datafordeler, type RegisterWorld,
} from './register-stand-in.ts';

const one = (text: string): string => text.replace(/#.*$/gm, '').replace(/\s+/g, ' ').trim();

describe('the recorded answers of the registers', { skip: SKIP_RECORDED }, () => {
  let world: RegisterWorld;
  let datafordeler: Datafordeler;
  before(async () => {
    world = await openRegisterWorld();
    datafordeler = await openDatafordeler(world);
  });
  after(() => world[Symbol.asyncDispose]());

  const constructed = (name: string): object => {
    const all = z.record(z.string(), z.unknown()).parse(JSON.parse(recorded('cpr-graphql-public.constructed-responses.json')));
    return z.object({}).loose().parse(all[name]);
  };
  const person = async (name: string, cpr: string) => {
    datafordeler.data.answer = () => ({ body: constructed(name) });
    return await world.registers(datafordeler.settings).person(datafordeler.bySecret(), cpr);
  };

  it('the question to the public sector is the one that was confirmed live, and whether there are more pages', async () => {
    await person('not_found', '2512489996');
    const { query, variables } = z.object({ query: z.string(), variables: z.unknown() }).parse(JSON.parse(datafordeler.data.asked.at(-1)?.body ?? ''));
    assert.equal(one(query), one(recorded('cpr-graphql-public.query.graphql')).replace(/ \} \}$/, ' pageInfo { hasNextPage endCursor } } }'));
    assert.deepEqual(variables, { cpr: ['2512489996'] });
  });

  it('a person with a name', async () => {
    assert.deepEqual(await person('found', '2512489996'), {
      kind: 'found', name: 'Nancy Ann Test Berggren', nameState: 'shown', protected: false, state: 'alive', since: '1948-12-25', currentCpr: null,
    });
  });

  it('a protected person has no name', async () => {
    assert.deepEqual(await person('protected', '2911829996'), {
      kind: 'found', name: null, nameState: 'protected', protected: true, state: 'alive', since: '1982-11-29', currentCpr: null,
    });
  });

  it('a dead person, since when', async () => {
    const answer = await person('dead', '2509479989');
    assert.ok(answer.kind === 'found');
    assert.deepEqual([answer.state, answer.since, answer.name], ['dead', '2025-03-01', 'Simulator Død']);
  });

  it('a changed number leads to the one that holds now, asked by either', async () => {
    const old = await person('changed_number', '0201919990');
    const now = await person('changed_number', '0201919995');
    assert.ok(old.kind === 'found' && now.kind === 'found');
    assert.deepEqual([old.name, old.currentCpr], ['Nyt Nummer', '0201919995']);
    assert.deepEqual([now.name, now.currentCpr], ['Nyt Nummer', null]);
  });

  it('nobody, no right, and a question that forgot the protections', async () => {
    assert.deepEqual(await person('not_found', '2512489996'), { kind: 'not-found' });
    const noRight = await person('not_authorized', '2512489996');
    assert.ok(noRight.kind === 'unavailable');
    assert.equal(noRight.reason, 'no-access');
    const forgotten = await person('missing_beskyttelser', '2512489996');
    assert.equal(forgotten.kind, 'unavailable');
  });

  it('the old public REST', async () => {
    datafordeler.data.answer = () => ({ body: recorded('cpr-rest-public.constructed.json') });
    const organisation = organisationWith({ access: 'authority', cpr: { adapter: 'datafordeler-rest', ...(await world.certificate('rest')) } });
    const answer = await world.registers(datafordeler.settings).person(organisation, '2512489996');
    assert.ok(answer.kind === 'found');
    assert.deepEqual([answer.name, answer.protected, answer.state], ['Nancy Ann Test Berggren', false, 'alive']);
  });

  it('the old private REST, with a person and without', async () => {
    const organisation = organisationWith({ access: 'company', cpr: { adapter: 'datafordeler-rest', ...(await world.certificate('rest')) } });
    const registers = world.registers(datafordeler.settings);
    datafordeler.data.answer = () => ({ body: cassetteBody('cpr-private-rest-person.cassette.yml') });
    assert.deepEqual(await registers.person(organisation, '0101851001'), {
      kind: 'found', name: 'Hans Hansen', nameState: 'shown', protected: false, state: 'alive', since: null, currentCpr: null,
    });
    datafordeler.data.answer = () => ({ body: cassetteBody('cpr-private-rest-nonexisting.cassette.yml') });
    assert.deepEqual(await registers.person(organisation, '0101851001'), { kind: 'not-found' });
  });

  it('a company at Datafordeleren, one root a call', async () => {
    const { interactions } = z.object({ interactions: z.array(z.object({ name: z.string(), response: z.object({}).loose() })) })
      .parse(JSON.parse(recorded('cvr-graphql-v2-recorded.json')));
    const answerOf = (root: string) => interactions.find(({ response }) => JSON.stringify(response).includes(`{"data":{"${root}"`))?.response ?? {};
    datafordeler.data.asked.length = 0;
    datafordeler.data.answer = ({ body }) => ({ body: answerOf(/CVR_\w+/.exec(body)?.[0] ?? '') });
    const organisation = organisationWith({ cvr: { adapter: 'datafordeler', apiKeyFile: await world.file('key', 'noegle') } });
    const registers = world.registers(datafordeler.settings);
    assert.deepEqual(await registers.company(organisation, '47458714'), {
      kind: 'found',
      company: {
        cvr: '47458714', name: 'LEGO SYSTEM A/S', state: 'active', stateText: null, ceasedOn: null,
        address: ['Åstvej 1', '7190 Billund'], phone: null, email: null,
      },
    });
    const roots = datafordeler.data.asked.map(({ body }) => /CVR_\w+/.exec(body)?.[0]);
    assert.equal(roots[0], 'CVR_Virksomhed');
    assert.deepEqual(roots.slice(1).toSorted(), ['CVR_Adressering', 'CVR_Navn', 'CVR_Telefonnummer', 'CVR_e_mailadresse']);
    assert.ok(datafordeler.data.asked.every(({ body }) => !body.includes('registreringstid')));
    const missing = interactions.find(({ name }) => name === 'missing_required_filter')?.response ?? {};
    datafordeler.data.answer = () => ({ body: missing });
    const refused = await registers.company(organisation, '47458714');
    assert.equal(refused.kind, 'unavailable');
    assert.ok(registers.lines.some((line) => line.includes('DAF-GQL-0009')));
  });

  it('a company at Virk', async () => {
    datafordeler.data.answer = () => ({ body: recorded('cvr-es-company-trimmed.json') });
    const organisation = organisationWith({ cvr: { adapter: 'virk', user: 'u', passwordFile: await world.file('virk', 'p') } });
    assert.deepEqual(await world.registers({ VIRK_URL: `${datafordeler.data.url}/cvr-permanent` }).company(organisation, '25052943'), {
      kind: 'found',
      company: {
        cvr: '25052943', name: 'MAGENTA ApS', state: 'active', stateText: null, ceasedOn: null,
        address: ['Pilestræde 43, 3.', '1112 København K'], phone: '33369696', email: 'info@magenta.dk',
      },
    });
  });
});

/** The body out of a recorded call: a YAML text in single quotes, folded. */
function cassetteBody(name: string): string {
  const [, body = ''] = /response:[\s\S]*?string: '([\s\S]*?)'\n/.exec(recorded(name)) ?? [];
  return body.replace(/\n\s+/g, ' ').replaceAll("''", "'");
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gatewayOver } from '../../../src/taskpane/gateway/open-gateway.ts';
import { json, scriptedGateway } from './scripted-gateway.ts';

describe('the call that splits one PDF', () => {
  it('asks in the body, and reads a doubt that it does not know as one', async () => {
    const question = { file: { name: 'alle.pdf', content: 'UERG' }, numbers: ['2512489996'], make: { from: 0, count: 100 } };
    const answer = { letters: [{ position: 1, firstPage: 1, pages: 2 }], faults: [{ kind: 'unheard-of', page: 1, pages: 1, numbers: [] }], tagged: true, files: [] };
    const parts = scriptedGateway([json(answer)]);
    assert.deepEqual(await gatewayOver(parts).splitLetters(question), { kind: 'answer', value: { ...answer, faults: [{ kind: 'other', page: 1, pages: 1, numbers: [] }] } });
    assert.deepEqual(parts.seen.map(({ url, method, body }) => ({ url, method, body })), [{ url: '/api/v1/letters/split', method: 'POST', body: question }]);
  });
});

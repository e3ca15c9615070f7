import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDatabaseTrouble } from '../../../src/gateway/store/database.ts';

describe('trouble with the database', () => {
  it('is also what node-postgres says without a code', () => {
    for (const message of [
      'Connection terminated unexpectedly',
      'timeout exceeded when trying to connect',
      'Query read timeout',
      'Client has encountered a connection error and is not queryable',
      'Client was closed and is not queryable',
    ]) {
      assert.equal(isDatabaseTrouble(new Error(message)), true, message);
    }
  });

  it('is not what is wrong with a mail', () => {
    assert.equal(isDatabaseTrouble(new Error('a mail without a letter')), false);
    assert.equal(isDatabaseTrouble(new TypeError('Client is not a function')), false);
  });
});

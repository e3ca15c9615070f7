import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGatewayAddress, printGatewayAddress } from '../../src/domain/gateway-address.ts';
import { addressWithHeader } from '../../src/domain/memo-header-address.ts';

const POINT = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const DESK = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
const header = { senderContactPoint: POINT, recipientContactPoints: [{ cvr: '87654321', contactPoint: DESK }] };

function withHeader(text: string, carried: typeof header | null = header): string {
  const parsed = parseGatewayAddress(text);
  assert.equal(parsed.kind, 'gateway-address');
  return parsed.kind === 'gateway-address' ? printGatewayAddress(addressWithHeader(parsed.address, carried)) : '';
}

describe('contact points of MemoHeader.json', () => {
  it('stand as if they were in the address, where it names none', () => {
    assert.equal(withHeader('87654321-reply@35833684.ngdp.digital-post.dk'), `87654321-reply.${DESK}@${POINT}.ngdp.digital-post.dk`);
    assert.equal(withHeader('87654321@35833684.mitdk.digital-post.dk'), `87654321.${DESK}@${POINT}.mitdk.digital-post.dk`);
    assert.equal(withHeader('masseforsendelse-3@35833684.ngdp.digital-post.dk'), `masseforsendelse-3@${POINT}.ngdp.digital-post.dk`);
  });

  it('give way to those of the address', () => {
    const named = `87654321.${POINT}@${DESK}.ngdp.digital-post.dk`;
    assert.equal(withHeader(named), named);
  });

  it('are not for citizens, other companies, or a network that has none', () => {
    assert.equal(withHeader('2512489996@35833684.ngdp.digital-post.dk'), `2512489996@${POINT}.ngdp.digital-post.dk`);
    assert.equal(withHeader('12345678@35833684.ngdp.digital-post.dk'), `12345678@${POINT}.ngdp.digital-post.dk`);
    for (const address of ['87654321@35833684.eboks.digital-post.dk', '87654321@digital-post.dk']) assert.equal(withHeader(address), address);
  });

  it('change nothing where the mail carries none', () => {
    const address = '87654321@35833684.ngdp.digital-post.dk';
    assert.equal(withHeader(address, null), address);
  });
});

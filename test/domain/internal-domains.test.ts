import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isInDomains, mailDomainOf } from '../../src/domain/mail-address.ts';
import { makeDirectory, type Organisation } from '../../src/domain/organisation.ts';

const kommune: Organisation = {
  name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example', 'kommune.test', 'xn--rdgrd-vuad.example'], smtpOriginatorOrgs: [],
  mainMailbox: '', watchMailbox: '', helpContact: '', contactPoints: [], secureMailboxes: [], approvers: [],
};

describe('what is inside an organisation', () => {
  const directory = makeDirectory([kommune]);

  // The one question by which ordinary mail, MemoHeader.json and calendar files are judged, and the one by which a sender is found.
  it('is the same wherever it is asked: every domain on its list, in any spelling, and no other', () => {
    const inside = ['a@kommune.example', 'b@KOMMUNE.test', 'c@kommune.example.', 'd@rødgrød.example', 'e@XN--RDGRD-VUAD.example'];
    const outside = ['f@nabo.example', 'g@sub.kommune.example', 'h@evil-kommune.example', 'i@kommune.example.org', 'j'];
    for (const address of inside) {
      assert.ok(isInDomains(address, kommune.mailDomains), address);
      assert.equal(directory.organisationOfDomain(mailDomainOf(address)), kommune, address);
    }
    for (const address of outside) {
      assert.ok(!isInDomains(address, kommune.mailDomains), address);
      assert.equal(directory.organisationOfDomain(mailDomainOf(address)), null, address);
    }
  });
});

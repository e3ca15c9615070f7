import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calendarNamesCitizens } from '../../src/mail/calendar-names-citizens.ts';
import type { CalendarPart } from '../../src/mail/mail.ts';
import { calendar, tuesday } from './calendar-fixtures.ts';

const part = (text: string, encoding: BufferEncoding = 'utf8', charset: string | null = 'utf-8'): CalendarPart => ({
  index: null, inBody: true, disposition: null, method: 'REQUEST', charset, bytes: Buffer.from(text, encoding),
});
const invites = (attendee: string) => calendar({ event: [...tuesday, `ATTENDEE;RSVP=TRUE:mailto:${attendee}`] });

describe('a calendar', () => {
  it('names a citizen by any form of the Digital Post address, folded lines and wide texts included', () => {
    for (const address of [
      '1234567890@35833684.ngdp.digital-post.dk', '1234567890-reply@35833684.MITDK.digital-post.dk', '1234567890@digital-post.dk',
      '12345\r\n 67890@35833684.ngdp.digital-\r\n\tpost.dk', '1234567890%4035833684.ngdp.digital-post.dk',
    ]) {
      assert.ok(calendarNamesCitizens([part(invites('kollega@kommune.example')), part(invites(address))]), address);
    }
    assert.ok(calendarNamesCitizens([part(invites('1234567890@digital-post.dk'), 'utf16le', 'UTF-16LE')]));
  });

  it('of colleagues, companies and numbers alone names none', () => {
    for (const attendee of ['kollega@kommune.example', '87654321@35833684.ngdp.digital-post.dk', '1234567890@example.org']) {
      assert.ok(!calendarNamesCitizens([part(invites(attendee))]), attendee);
    }
    assert.ok(!calendarNamesCitizens([{ ...part(''), bytes: null }]));
  });
});

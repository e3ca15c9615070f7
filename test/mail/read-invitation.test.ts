import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readInvitation, type Invitation } from '../../src/mail/read-invitation.ts';
import { relayHeader } from '../../src/mail/relay-header.ts';
import { calendar, googleInvitation, outlookInvitation, tuesday, zimbraReply } from './calendar-fixtures.ts';
import { lines, readMail } from './mail-fixtures.ts';

const now = new Date('2026-11-25T09:00:00Z');
const head = ['From: Sikker Post <sikkerpost@kommune.example>', 'Subject: Samtale', 'MIME-Version: 1.0'];

interface Part {
  readonly type: string;
  readonly more?: readonly string[];
  readonly body: string;
}

const text: Part = { type: 'text/plain; charset=utf-8', body: 'Hej' };
const request: Part = { type: 'text/calendar; method=REQUEST; charset=utf-8', body: outlookInvitation };
const asFile = (body: string, type = 'text/calendar', name = 'invite.ics'): Part => ({
  type: `${type}; name=${name}`, more: [`Content-Disposition: attachment; filename=${name}`], body,
});

function inMultipart(kind: string, ...parts: readonly Part[]): string {
  const written = parts.flatMap(({ type, more = [], body }) => ['--b', `Content-Type: ${type}`, ...more, '', body]);
  return lines(...head, `Content-Type: multipart/${kind}; boundary=b`, '', ...written, '--b--', '');
}

async function invitationIn(mail: string): Promise<Invitation> {
  return readInvitation(await readMail(mail), now);
}

describe('an invitation among the parts of a mail', () => {
  const whole: Readonly<Record<string, { readonly mail: string; readonly parts: readonly number[] }>> = {
    'is a form of the body (Outlook, Exchange)': { mail: inMultipart('alternative', text, request), parts: [0] },
    'is the body and a file beside it (Google)': {
      mail: inMultipart('mixed', text, { ...request, body: googleInvitation }, asFile(googleInvitation, 'application/ics')), parts: [0, 1],
    },
    'is a file that asks for an answer': { mail: inMultipart('mixed', text, asFile(outlookInvitation)), parts: [0] },
    'is a file of no type with that name': { mail: inMultipart('mixed', text, asFile(outlookInvitation, 'application/octet-stream')), parts: [0] },
    'is the whole mail': { mail: lines(...head, 'Content-Type: text/calendar; method=REQUEST', '', outlookInvitation), parts: [0] },
    'is in base64': {
      mail: inMultipart('alternative', text, { ...request, more: ['Content-Transfer-Encoding: base64'], body: Buffer.from(outlookInvitation).toString('base64') }), parts: [0],
    },
    'is an answer (Zimbra)': { mail: inMultipart('alternative', text, { type: 'text/calendar; method=REPLY', body: zimbraReply }), parts: [0] },
    'has its method in the mail’s header alone': { mail: inMultipart('alternative', text, { ...request, body: calendar({ method: '', event: tuesday }) }), parts: [0] },
    'is told from another file beside it': {
      mail: inMultipart('mixed', text, asFile(calendar({ method: 'PUBLISH', event: ['UID:andet', ...tuesday] }).replace(/UID:0400.*\r\n/, '')), asFile(outlookInvitation)), parts: [1],
    },
  };
  for (const [how, { mail, parts }] of Object.entries(whole)) {
    it(how, async () => {
      const invitation = await invitationIn(mail);
      assert.equal(invitation.kind, 'meetings');
      assert.deepEqual(invitation.parts, parts);
      assert.equal(invitation.meetings.length, 1);
    });
  }

  it('is none where a calendar file only publishes something, or is broken', async () => {
    const files = [calendar({ method: 'PUBLISH', event: tuesday }), calendar({ method: '', event: tuesday }), 'volapyk'];
    for (const file of files) assert.deepEqual(await invitationIn(inMultipart('mixed', text, asFile(file))), { kind: 'none' });
    assert.deepEqual(await invitationIn(inMultipart('mixed', text)), { kind: 'none' });
  });

  it('that cannot be read is known as one, with the copy of it that lies beside', async () => {
    const mail = inMultipart('mixed', text, { ...request, body: 'BEGIN:VCALENDAR\r\nvolapyk' }, asFile('volapyk'));
    assert.deepEqual(await invitationIn(mail), { kind: 'unreadable', parts: [0, 1] });
    const large = inMultipart('alternative', text, { ...request, body: `${outlookInvitation}${'X-A:b\r\n'.repeat(400_000)}` });
    assert.deepEqual(await invitationIn(large), { kind: 'unreadable', parts: [0] });
  });

  it('without organiser and link takes them from the mail', async () => {
    const body = outlookInvitation.replace(/ORGANIZER.*\r\n/, '');
    const link = 'https://teams.microsoft.com/meet/123?p=abc';
    const invitation = await invitationIn(inMultipart('alternative', { ...text, body: `Deltag: ${link}.` }, { ...request, body }));
    const [meeting] = invitation.kind === 'meetings' ? invitation.meetings : [];
    assert.deepEqual(meeting?.organizer, { name: 'Sikker Post', address: 'sikkerpost@kommune.example' });
    assert.equal(meeting.link, link);
  });
});

describe('a meeting in a winmail.dat', () => {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const name = (lid: number) => Buffer.concat([Buffer.alloc(16, 2), number(0), number(lid)]);
  const unicode = (text: string) => {
    const value = Buffer.from(`${text}\0`, 'utf16le');
    return Buffer.concat([number(1), number(value.length), value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
  };
  const fileTime = (date: string) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(Date.parse(date) - Date.UTC(1601, 0, 1)) * 10_000n);
    return bytes;
  };
  const attribute = (id: number, data: Buffer) => Buffer.concat([Buffer.from([1]), number(id), number(data.length), data, Buffer.alloc(2)]);
  const winmail = (messageClass: string, allDay = false) => {
    const properties = [
      Buffer.concat([number(0x0037001f), unicode('Samtale; om sag')]), Buffer.concat([number(0x8000001f), name(0x8208), unicode('Rådhuset')]),
      Buffer.concat([number(0x80010040), name(0x820d), fileTime(allDay ? '2026-11-30T23:00:00Z' : '2026-12-01T09:00:00Z')]),
      Buffer.concat([number(0x80020040), name(0x820e), fileTime(allDay ? '2026-12-01T23:00:00Z' : '2026-12-01T10:00:00Z')]),
      Buffer.concat([number(0x8003000b), name(0x8215), number(allDay ? 1 : 0)]),
    ];
    const bytes = Buffer.concat([
      number(0x223e9f78), Buffer.from([1, 0]), attribute(0x00078008, Buffer.from(`${messageClass}\0`)),
      attribute(0x00069003, Buffer.concat([number(properties.length), ...properties])),
    ]);
    return inMultipart('mixed', text, {
      type: 'application/ms-tnef; name=winmail.dat', more: ['Content-Transfer-Encoding: base64'], body: bytes.toString('base64'),
    });
  };

  it('is read as any other', async () => {
    const invitation = await invitationIn(winmail('IPM.Microsoft Schedule.MtgReq'));
    assert.ok(invitation.kind === 'meetings');
    assert.deepEqual(invitation.parts, []);
    const [meeting] = invitation.meetings;
    assert.deepEqual(meeting?.span, { kind: 'timed', start: new Date('2026-12-01T09:00:00Z'), end: new Date('2026-12-01T10:00:00Z') });
    assert.deepEqual([meeting.method, meeting.summary, meeting.location], ['request', 'Samtale; om sag', 'Rådhuset']);
    const wholeDay = await invitationIn(winmail('IPM.Schedule.Meeting.Canceled', true));
    assert.ok(wholeDay.kind === 'meetings');
    assert.deepEqual(wholeDay.meetings[0]?.span, { kind: 'all-day', firstDay: '2026-12-01', lastDay: '2026-12-01' });
    assert.equal(wholeDay.meetings[0].method, 'cancel');
  });

  it('that answers says who: the author of the mail', async () => {
    const invitation = await invitationIn(winmail('IPM.Schedule.Meeting.Resp.Neg'));
    const [meeting] = invitation.kind === 'meetings' ? invitation.meetings : [];
    assert.deepEqual(meeting?.answer, { from: { name: 'Sikker Post', address: 'sikkerpost@kommune.example' }, status: 'declined', comment: '' });
  });

  it('is none in an ordinary mail', async () => {
    assert.deepEqual(await invitationIn(winmail('IPM.Microsoft Mail.Note')), { kind: 'none' });
  });
});

describe('an invitation to ordinary recipients', () => {
  it('is relayed byte for byte, whatever form it has', () => {
    const mails = [
      inMultipart('alternative', text, request), inMultipart('mixed', text, asFile(outlookInvitation)), lines(...head, 'Content-Type: text/calendar; method=REQUEST', '', outlookInvitation),
      inMultipart('mixed', text, { ...asFile(''), more: ['Content-Transfer-Encoding: base64'], body: Buffer.from(outlookInvitation).toString('base64') }),
      inMultipart('mixed', text, { type: 'application/ms-tnef; name=winmail.dat', more: ['Content-Transfer-Encoding: base64'], body: 'eJ8+IgEAAQeQBgAEAAAAAAAB' }),
      inMultipart('alternative', text, { ...request, more: ['Content-Transfer-Encoding: 8bit'], body: calendar({ method: 'CANCEL', event: [...tuesday, 'LOCATION:Ærø'] }) }),
    ];
    for (const mail of mails) {
      const bytes = Buffer.from(mail);
      const relayed = relayHeader(bytes, { top: ['Received: x'], dropBcc: true, dropAddressesUnder: ['digital-post.dk'] });
      assert.ok(Buffer.from(relayed).equals(Buffer.concat([Buffer.from('Received: x\r\n'), bytes])));
    }
  });
});

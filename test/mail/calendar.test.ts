import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Meeting } from '../../src/mail/meeting.ts';
import { meetingLetterHtml, meetingTitle } from '../../src/mail/meeting-letter.ts';
import { reservationOf } from '../../src/mail/meeting-reservation.ts';
import { readMeetings } from '../../src/mail/read-meetings.ts';
import {
  calendar, googleInvitation, lines, outlookInvitation, romance, tuesday, zimbraReply, type EventParts,
} from './calendar-fixtures.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

const now = new Date('2026-11-25T09:00:00Z');

function meetingsIn(text: string | Buffer, charset: string | null = null): readonly Meeting[] {
  return readMeetings({ bytes: Buffer.from(text), charset, method: null }, now)?.meetings ?? [];
}

function onlyMeeting(text: string | Buffer, charset: string | null = null): Meeting {
  const [meeting, ...more] = meetingsIn(text, charset);
  assert.ok(meeting, 'a meeting');
  assert.deepEqual(more, []);
  return meeting;
}

/** The letter as its reader sees it, a line for each paragraph or item. */
function letterOf(parts: EventParts | string): string {
  const meetings = meetingsIn(typeof parts === 'string' ? parts : calendar(parts));
  assert.ok(meetings.length > 0, 'a meeting');
  const html = meetingLetterHtml(meetings, { html: null, text: null });
  const text = html.replace(/<\/(?:p|li|h1)>/g, '\n').replace(/<[^>]*>/g, '');
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/\n+/g, '\n').trim();
}

function says(parts: EventParts | string, ...wanted: readonly string[]): void {
  const letter = letterOf(parts);
  for (const text of wanted) assert.ok(letter.includes(text), `«${text}» in:\n${letter}`);
}

function timesOf(text: string): readonly [start: string, end: string] {
  const { span } = onlyMeeting(text);
  assert.equal(span?.kind, 'timed');
  return [span.start.toISOString(), span.end.toISOString()];
}

const tuesdayAtTen = ['2026-12-01T09:00:00.000Z', '2026-12-01T10:00:00.000Z'];

describe('an invitation', () => {
  it('of Outlook says what, when, where and who calls, escapes and folds taken off', () => {
    says(
      outlookInvitation, 'Mødeindkaldelse: Samtale om din sag', 'Hvornår: tirsdag den 1. december 2026 kl. 10.00–11.00 (dansk tid)',
      'Hvor: Rådhuset, lokale 3; 2. sal', 'Indkaldt af: Hansen, Anna (Jobcenter), anna@kommune.example', 'Kære Bo',
    );
    assert.ok(!letterOf(outlookInvitation).includes('Reminder'));
  });

  it('of Google names its online meeting and the rule', () => {
    says(
      googleInvitation, 'Første gang: tirsdag den 1. december 2026', 'Online: https://meet.google.com/abc-defg-hij',
      'Gentages: hver tirsdag til og med tirsdag den 22. december 2026, kl. 10.00–11.00',
    );
  });

  it('of Teams names its link, from the property or from the text', () => {
    const link = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_abc%40thread.v2/0?context=%7b%22Tid%22%7d';
    const found = [
      [...tuesday, `X-MICROSOFT-SKYPETEAMSMEETINGURL:${link}`],
      [...tuesday, `DESCRIPTION:Hej\\n________________\\nDeltag <${link}>\\n`],
    ].map((event) => onlyMeeting(calendar({ event })).link);
    assert.deepEqual(found, [link, link]);
  });

  it('of Apple and Exchange reads whole days, one or several', () => {
    says({ event: ['DTSTART;VALUE=DATE:20261201', 'DTEND;VALUE=DATE:20261202'] }, 'tirsdag den 1. december 2026 (hele dagen)');
    says({ event: ['DTSTART;VALUE=DATE:20261201'] }, 'tirsdag den 1. december 2026 (hele dagen)');
    says(
      { event: ['DTSTART;VALUE=DATE:20261201', 'DTEND;VALUE=DATE:20261204'] },
      'fra tirsdag den 1. december 2026 til og med torsdag den 3. december 2026 (hele dage)',
    );
    says(
      { event: ['DTSTART:20261201T000000', 'DTEND:20261202T000000', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'] },
      'Hvornår: tirsdag den 1. december 2026 (hele dagen)',
    );
    says(
      { event: ['DTSTART:20261130T230000Z', 'DTEND:20261201T230000Z', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE'] },
      'Hvornår: tirsdag den 1. december 2026 (hele dagen)',
    );
  });

  it('that goes over midnight or days names both ends', () => {
    says(
      { event: ['DTSTART:20261201T220000', 'DTEND:20261202T010000'] },
      'fra tirsdag den 1. december 2026 kl. 22.00 til onsdag den 2. december 2026 kl. 01.00',
    );
    says({ event: ['DTSTART:20261201T220000', 'DTEND:20261202T000000'] }, 'tirsdag den 1. december 2026 kl. 22.00–24.00');
    says({ event: ['DTSTART:20261201T090000', 'DTEND:20261203T150000'] }, 'til torsdag den 3. december 2026 kl. 15.00');
  });

  it('may have a DURATION, or no end at all', () => {
    says({ event: ['DTSTART:20261201T100000', 'DURATION:PT1H30M'] }, 'kl. 10.00–11.30');
    says({ event: ['DTSTART:20261201T100000'] }, 'tirsdag den 1. december 2026 kl. 10.00 (dansk tid)');
    says({ event: ['DTSTART:20261201T100000', 'DTEND:20261201T090000'] }, 'tirsdag den 1. december 2026 kl. 10.00 (dansk tid)');
    says({ event: ['DTSTART;VALUE=DATE:20261201', 'DURATION:P2D'] }, 'til og med onsdag den 2. december 2026');
  });

  it('that is sent again says that it is changed', () => {
    says({ event: [...tuesday, 'SEQUENCE:2'] }, 'Ændret mødeindkaldelse: Samtale om din sag', 'Mødet er ændret');
  });

  it('without text or with broken lines in its text keeps what it has', () => {
    const broken = calendar({ event: [...tuesday, 'DESCRIPTION:Linje et', 'Tid: husk papirer', 'og pas'] });
    says(broken, 'Linje et', 'Tid: husk papirer', 'og pas');
    says({ event: [...tuesday, 'SUMMARY:'] }, 'Mødeindkaldelse: Møde');
  });

  it('is read in the charset that it has, folds within a letter included', () => {
    const text = calendar({ event: [...tuesday, 'LOCATION:Rådhuset på Ærø'] });
    assert.equal(onlyMeeting(Buffer.from(text, 'latin1'), 'iso-8859-1').location, 'Rådhuset på Ærø');
    assert.equal(onlyMeeting(Buffer.from(text, 'latin1')).location, 'Rådhuset på Ærø');
    const bytes = Buffer.from(text);
    const at = bytes.indexOf(Buffer.from('å')) + 1;
    const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)]);
    assert.equal(onlyMeeting(folded, 'utf-8').location, 'Rådhuset på Ærø');
    assert.equal(onlyMeeting(Buffer.from(`\uFEFF${text}`)).location, 'Rådhuset på Ærø');
    assert.equal(onlyMeeting(text.replaceAll('\r\n', '\n')).location, 'Rådhuset på Ærø');
  });

  it('cannot bring markup into the letter', () => {
    const html = meetingLetterHtml(meetingsIn(calendar({ event: [...tuesday, 'SUMMARY:<b onclick=x>&', 'LOCATION:"<i>"'] })), { html: null, text: null });
    assert.ok(!html.includes('<b onclick') && !html.includes('<i>'), html);
  });

  it('puts the mail’s own text under it, and only the mail’s where it has one', () => {
    const meetings = meetingsIn(outlookInvitation);
    const withText = meetingLetterHtml(meetings, { html: null, text: { text: 'Kære alle\n\nTag < & > med', flowed: false, delSp: false } });
    assert.ok(withText.includes('Tag &lt; &amp; &gt; med') && !withText.includes('Vi ses'), withText);
    assert.ok(meetingLetterHtml(meetings, { html: '<p>Fra mailen</p>', text: null }).endsWith('<p>Fra mailen</p>'));
  });
});

describe('the clock of a meeting', () => {
  const atTen = (tzid: string, zone: readonly string[] = []) =>
    timesOf(calendar({ zone, event: [`DTSTART;TZID=${tzid}:20261201T100000`, `DTEND;TZID=${tzid}:20261201T110000`] }));

  for (const tzid of [
    'Romance Standard Time', '"Romance Standard Time"', 'W. Europe Standard Time', 'Europe/Copenhagen', '/mozilla.org/20070129_1/Europe/Copenhagen',
    '/freeassociation.sourceforge.net/Tzfile/Europe/Copenhagen', '"(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris"',
    'CET', 'Ukendt zone', '',
  ]) {
    it(`is Danish for the zone «${tzid}», described or not`, () => assert.deepEqual(atTen(tzid), tuesdayAtTen));
  }

  it('is of the zone’s own name where the description that comes with it is wrong', () => {
    const wrong = ['BEGIN:VTIMEZONE', 'TZID:Europe/Copenhagen', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:-0500', 'TZOFFSETTO:-0500', 'END:STANDARD', 'END:VTIMEZONE'];
    assert.deepEqual(atTen('Europe/Copenhagen', wrong), tuesdayAtTen);
  });

  it('is as described for a zone of an invented name, in winter and in summer', () => {
    const zone = romance.map((line) => line.replace('Romance Standard Time', 'Customized Time Zone').replace('0200', '0400').replace('+0100', '+0300'));
    assert.equal(atTen('Customized Time Zone', zone)[0], '2026-12-01T07:00:00.000Z');
    const summer = calendar({ zone, event: ['DTSTART;TZID=Customized Time Zone:20260701T100000'] });
    assert.equal(timesOf(summer)[0], '2026-07-01T06:00:00.000Z');
  });

  it('is Danish time for a description that says nothing', () => {
    assert.deepEqual(atTen('Egen', ['BEGIN:VTIMEZONE', 'TZID:Egen', 'END:VTIMEZONE']), tuesdayAtTen);
  });

  it('follows other places: UTC, New York, an offset', () => {
    assert.equal(timesOf(calendar({ event: ['DTSTART:20261201T090000Z'] }))[0], tuesdayAtTen[0]);
    assert.equal(atTen('Eastern Standard Time')[0], '2026-12-01T15:00:00.000Z');
    assert.equal(atTen('America/Argentina/Buenos_Aires')[0], '2026-12-01T13:00:00.000Z');
    assert.equal(atTen('UTC')[0], '2026-12-01T10:00:00.000Z');
    assert.equal(atTen('GMT+0200')[0], '2026-12-01T08:00:00.000Z');
    assert.equal(timesOf(calendar({ event: ['DTSTART:2026-12-01T10:00:00+01:00'] }))[0], tuesdayAtTen[0]);
  });

  it('is right in summer and about both nights when it changes', () => {
    assert.equal(timesOf(calendar({ event: ['DTSTART:20260701T100000'] }))[0], '2026-07-01T08:00:00.000Z');
    assert.deepEqual(
      timesOf(calendar({ event: ['DTSTART:20260329T010000', 'DTEND:20260329T040000'] })),
      ['2026-03-29T00:00:00.000Z', '2026-03-29T02:00:00.000Z'],
    );
    // 02.30 does not come that night (RFC 5545 3.3.5: as if clocks had not moved yet).
    assert.equal(timesOf(calendar({ event: ['DTSTART:20260329T023000'] }))[0], '2026-03-29T01:30:00.000Z');
    says({ event: ['DTSTART:20261025T003000Z', 'DTEND:20261025T013000Z'] }, 'kl. 02.30 (sommertid)–02.30 (normaltid)');
    assert.equal(timesOf(calendar({ event: ['DTSTART:20261025T023000'] }))[0], '2026-10-25T00:30:00.000Z');
  });
});

describe('a meeting that comes back', () => {
  const words: Readonly<Record<string, string>> = {
    'FREQ=DAILY;COUNT=5': 'hver dag til og med lørdag den 5. december 2026 (5 gange)',
    'FREQ=DAILY;INTERVAL=2;COUNT=2': 'hver anden dag til og med torsdag den 3. december 2026',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR': 'hver hverdag (mandag til fredag) uden slutdato',
    'FREQ=WEEKLY;UNTIL=20261215T090000Z': 'hver tirsdag til og med tirsdag den 15. december 2026',
    'FREQ=WEEKLY;UNTIL=20261215': 'hver tirsdag til og med tirsdag den 15. december 2026',
    'FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3': 'hver tirsdag og torsdag til og med tirsdag den 8. december 2026 (3 gange)',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU': 'hver anden uge om tirsdagen uden slutdato',
    'FREQ=MONTHLY;BYMONTHDAY=1;COUNT=2': 'den 1. i hver måned til og med fredag den 1. januar 2027',
    'FREQ=MONTHLY;BYMONTHDAY=-1': 'den sidste dag i hver måned',
    'FREQ=MONTHLY;BYDAY=1TU;INTERVAL=3': 'den første tirsdag i hver 3. måned',
    'FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1': 'den sidste fredag i hver måned',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1': 'den sidste hverdag (mandag til fredag) i hver måned',
    'FREQ=YEARLY': 'den 1. december hvert år',
    'FREQ=YEARLY;BYMONTH=9;BYDAY=1MO': 'den første mandag i september hvert år',
    'FREQ=DAILY;UNTIL=21500101T000000Z': 'hver dag til og med torsdag den 1. januar 2150',
  };
  for (const [rule, text] of Object.entries(words)) {
    it(`${rule} is «${text}»`, () => says({ zone: romance, event: [...tuesday, `RRULE:${rule}`] }, `Gentages: ${text}`));
  }

  it('names what is left out, by date, by time and by UTC', () => {
    for (const exdate of ['EXDATE;TZID=Romance Standard Time:20261208T100000', 'EXDATE:20261208T090000Z', 'EXDATE;VALUE=DATE:20261208']) {
      says({ zone: romance, event: [...tuesday, 'RRULE:FREQ=WEEKLY;COUNT=3', exdate] }, 'Mødet bliver ikke holdt:\ntirsdag den 8. december 2026');
    }
  });

  it('names what is moved, cancelled and added', () => {
    const own = (...event: readonly string[]) => ['BEGIN:VEVENT', 'UID:040000008200E00074C5B7101A82E0080000000010', ...event, 'END:VEVENT'];
    says(
      {
        zone: romance,
        event: [...tuesday, 'RRULE:FREQ=WEEKLY;COUNT=4', 'RDATE;TZID=Romance Standard Time:20261203T100000', 'LOCATION:Lokale 1'],
        more: [
          ...own('RECURRENCE-ID;TZID=Romance Standard Time:20261208T100000', 'DTSTART:20261209T120000Z', 'DTEND:20261209T130000Z', 'SUMMARY:Samtale om din sag', 'LOCATION:Lokale 5'),
          ...own('RECURRENCE-ID:20261215T090000Z', 'STATUS:CANCELLED'),
        ],
      },
      'Gentages: hver tirsdag til og med tirsdag den 22. december 2026 (4 gange)',
      'Mødet tirsdag den 8. december 2026 kl. 10.00–11.00 er flyttet til onsdag den 9. december 2026 kl. 13.00–14.00 og bliver holdt her: Lokale 5',
      'Mødet bliver ikke holdt:\ntirsdag den 15. december 2026', 'Desuden:\ntorsdag den 3. december 2026 kl. 10.00–11.00',
    );
  });

  it('is listed where words would not be true: by UTC over summer time, and by rules that have no words', () => {
    says(
      { event: ['DTSTART:20270301T090000Z', 'DTEND:20270301T100000Z', 'RRULE:FREQ=MONTHLY;COUNT=2'] },
      'De næste møder:\nmandag den 1. marts 2027 kl. 10.00–11.00\ntorsdag den 1. april 2027 kl. 11.00–12.00',
    );
    assert.ok(!letterOf({ event: ['DTSTART:20270301T090000Z', 'RRULE:FREQ=MONTHLY;COUNT=2'] }).includes('Gentages'));
    says({ event: [...tuesday, 'RRULE:FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=2'] }, 'onsdag den 6. januar 2027 kl. 10.00–11.00', 'Derefter fortsætter');
  });

  it('keeps its Danish hour when summer time comes', () => {
    const { series } = onlyMeeting(calendar({ event: ['DTSTART:20270316T100000', 'RRULE:FREQ=WEEKLY;COUNT=3'] }));
    const starts = series?.next.map((span) => (span.kind === 'timed' ? span.start.toISOString() : ''));
    assert.deepEqual(starts, ['2027-03-16T09:00:00.000Z', '2027-03-23T09:00:00.000Z', '2027-03-30T08:00:00.000Z']);
  });

  it('that began long ago says when the next one is', () => {
    says({ event: ['DTSTART:20100105T100000', 'RRULE:FREQ=WEEKLY'] }, 'Næste gang: tirsdag den 1. december 2026 kl. 10.00');
  });

  it('by a rule that cannot be followed is said to come back, at once', () => {
    for (const rule of ['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=SECONDLY;BYMONTH=2', 'FREQ=DAILY;INTERVAL=99999999999', 'FREQ=YEARLY;BYWEEKNO=20', 'volapyk']) {
      says({ event: [...tuesday, `RRULE:${rule}`] }, 'Mødet gentages.');
    }
  });
});

describe('what else a calendar may say', () => {
  it('a cancellation says so and nothing can be booked', () => {
    const cancelled = calendar({ method: 'CANCEL', event: [...tuesday, 'SUMMARY:Aflyst: Samtale om din sag', 'STATUS:CANCELLED', 'SEQUENCE:1'] });
    says(cancelled, 'Aflyst: Samtale om din sag', 'Mødet er aflyst', 'tirsdag den 1. december 2026 kl. 10.00–11.00');
    assert.equal(reservationOf(onlyMeeting(cancelled), now), null);
    const byStatus = onlyMeeting(calendar({ event: [...tuesday, 'STATUS:CANCELLED'] }));
    assert.equal(meetingTitle(byStatus), 'Aflyst: Samtale om din sag');
    assert.equal(reservationOf(byStatus, now), null);
  });

  it('one meeting of a series is cancelled or changed by itself', () => {
    says(
      { method: 'CANCEL', event: [...tuesday, 'RECURRENCE-ID;TZID=Romance Standard Time:20261201T100000'] },
      'Det gælder kun mødet tirsdag den 1. december 2026 kl. 10.00–11.00',
    );
    says(
      { event: ['DTSTART:20261202T130000', 'DTEND:20261202T140000', 'RECURRENCE-ID:20261201T090000Z'] },
      'Ændret mødeindkaldelse', 'onsdag den 2. december 2026 kl. 13.00–14.00', 'Det gælder kun mødet tirsdag den 1. december 2026 kl. 10.00–11.00',
    );
  });

  it('an answer says who and what', () => {
    says(zimbraReply, 'Svar på mødeindkaldelse: Samtale', 'Bo Jensen har accepteret mødeindkaldelsen.', 'Jeg kommer gerne');
    says(zimbraReply.replace('ACCEPTED', 'DECLINED'), 'Bo Jensen har afslået');
    says(zimbraReply.replace('ACCEPTED', 'TENTATIVE'), 'Bo Jensen har foreløbigt accepteret');
    says(zimbraReply.replace('METHOD:REPLY', 'METHOD:COUNTER'), 'Bo Jensen foreslår', 'Det er ikke aftalt endnu');
    for (const method of ['REPLY', 'COUNTER', 'REFRESH', 'DECLINECOUNTER']) {
      assert.equal(reservationOf(onlyMeeting(zimbraReply.replace('METHOD:REPLY', `METHOD:${method}`)), now), null, method);
    }
  });

  it('the method of the mail counts where the calendar has none', () => {
    const bytes = Buffer.from(calendar({ method: '', event: tuesday }));
    assert.equal(readMeetings({ bytes, charset: null, method: 'CANCEL' }, now)?.meetings[0]?.method, 'cancel');
    assert.equal(readMeetings({ bytes, charset: null, method: null }, now)?.method, null);
  });

  it('what is no meeting is none: tasks, free-busy, no start, another file, too much', () => {
    const nothing = [
      '', 'hej', lines('BEGIN:VCALENDAR', 'END:VCALENDAR'), lines('BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VTODO', 'UID:1', 'END:VTODO', 'END:VCALENDAR'),
      calendar({ event: [] }), calendar({ event: ['DTSTART:20261301T100000'] }), calendar({ event: ['DTSTART:i morgen'] }),
      calendar({ event: [...tuesday, ...Array.from({ length: 25_000 }, () => 'X-A:b')] }),
      lines('BEGIN:VCALENDAR', ...Array.from({ length: 30 }, (_, n) => `BEGIN:VEVENT\r\nUID:${n}\r\nDTSTART:20261201T100000\r\nEND:VEVENT`), 'END:VCALENDAR'),
    ];
    for (const text of nothing) assert.deepEqual(meetingsIn(text), [], text.slice(0, 100));
  });

  it('a calendar that ends in the middle is read as far as it goes', () => {
    assert.deepEqual(timesOf(outlookInvitation.slice(0, outlookInvitation.indexOf('BEGIN:VALARM'))), tuesdayAtTen);
  });
});

describe('the reservation of a meeting', () => {
  const uuidV4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
  const reserved = (text: string) => {
    const reservation = reservationOf(onlyMeeting(text), now);
    assert.ok(reservation);
    return reservation;
  };

  it('holds all that MeMo demands, the same for an update, another for another meeting', () => {
    const first = reserved(outlookInvitation);
    assert.match(first.reservationUuid, uuidV4);
    assert.deepEqual(
      { ...first, reservationUuid: '' },
      {
        label: 'Opret aftale i kalender', description: 'Samtale om din sag. Kære Bo Vi ses til samtale, tag papirerne med.', reservationUuid: '',
        abstract: 'Samtale om din sag', location: 'Rådhuset, lokale 3; 2. sal', start: tuesdayAtTen[0], end: tuesdayAtTen[1],
        organizerMail: 'anna@kommune.example', organizerName: 'Hansen, Anna (Jobcenter)',
      },
    );
    const update = outlookInvitation.replace('SEQUENCE:0', 'SEQUENCE:1').replaceAll('T100000', 'T130000').replaceAll('T110000', 'T140000');
    assert.equal(reserved(update).reservationUuid, first.reservationUuid);
    assert.notEqual(reserved(googleInvitation).reservationUuid, first.reservationUuid);
    const instance = reserved(calendar({ event: [...tuesday, 'RECURRENCE-ID:20261201T090000Z'] }));
    assert.notEqual(instance.reservationUuid, reserved(calendar({ event: tuesday })).reservationUuid);
  });

  it('is of the next meeting of a series that is held, and of none when all are over', () => {
    const next = reserved(calendar({ event: ['DTSTART:20261117T100000', 'RRULE:FREQ=WEEKLY', 'EXDATE:20261201T100000'] }));
    assert.equal(next.start, '2026-12-08T09:00:00.000Z');
    assert.equal(reservationOf(onlyMeeting(calendar({ event: ['DTSTART:20200101T100000', 'RRULE:FREQ=DAILY;COUNT=3'] })), now), null);
  });

  it('of whole days goes from Danish midnight to midnight', () => {
    const { start, end } = reserved(calendar({ event: ['DTSTART;VALUE=DATE:20270328'] }));
    assert.deepEqual([start, end], ['2027-03-27T23:00:00.000Z', '2027-03-28T22:00:00.000Z']);
  });

  it('never holds more than 256 letters in a field, or an empty one', () => {
    const long = 'æ'.repeat(2_000);
    const reservation = reserved(calendar({ event: [...tuesday, `SUMMARY:${long}`, `LOCATION:${long}`, `DESCRIPTION:${long}`] }));
    const empty = reserved(calendar({ event: [...tuesday, 'SUMMARY:', 'LOCATION: '] }));
    for (const { label, description, abstract, location } of [reservation, empty]) {
      for (const text of [label, description, abstract, location]) assert.ok(text.length > 0 && Array.from(text).length <= 256, text);
    }
    assert.equal(empty.location, 'Ikke oplyst');
  });
});

describe('reading any calendar', () => {
  const line = fc.constantFrom(
    ...outlookInvitation.split('\r\n'), ...googleInvitation.split('\r\n'), 'BEGIN:VEVENT', 'END:VEVENT', 'BEGIN:VCALENDAR', 'END:VCALENDAR',
    'RRULE:FREQ=MONTHLY;BYDAY=-5MO;BYSETPOS=-1', 'DTSTART:00000000T000000', 'DTSTART;TZID=:99991231T235959Z', 'EXDATE:,,,', 'RDATE;VALUE=PERIOD:x/y',
    'DURATION:P99999999W', 'RECURRENCE-ID;RANGE=THISANDFUTURE:20261208T100000', 'ORGANIZER;CN="a:b', 'METHOD:', ';', ':', ' ',
  );

  it('never throws, whatever its lines are, and always makes a letter of what it finds', () => {
    fc.assert(fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: line }, fc.string({ unit: 'binary' })), { maxLength: 60 }), (all) => {
      const text = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n${all.join('\r\n')}`;
      const meetings = meetingsIn(text);
      if (meetings.length > 0) assert.ok(meetingLetterHtml(meetings, { html: null, text: null }).includes('<h1>'));
      for (const meeting of meetings) reservationOf(meeting, now);
    }), { numRuns: 400 });
  });

  it('never throws on bytes, and ends by any rule', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readMeetings({ bytes, charset: null, method: null }, now)), { numRuns: 200 });
    const list = (max: number) => fc.array(fc.integer({ min: -max, max }), { maxLength: 3 }).map(String);
    const weekdays = fc.array(fc.tuple(fc.constantFrom('', '1', '-1', '5', '-5'), fc.constantFrom('MO', 'TU', 'SA', 'SU')), { maxLength: 3 });
    const rule = fc.record({
      FREQ: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'), INTERVAL: fc.integer({ min: 0, max: 1_200 }).map(String),
      COUNT: fc.constantFrom('', '3', '999999'), BYMONTH: list(13), BYMONTHDAY: list(32), BYSETPOS: list(8),
      BYDAY: weekdays.map((all) => all.map((day) => day.join('')).join()),
    }).map((parts) => Object.entries(parts).filter(([, value]) => value !== '').map((part) => part.join('=')).join(';'));
    fc.assert(fc.property(rule, (written) => {
      withoutHanging(() => assert.equal(meetingsIn(calendar({ event: [...tuesday, `RRULE:${written}`] })).length, 1));
    }), { numRuns: 150 });
  });
});

/** Calendars as the programs write them, made here for the tests. Lines are joined with CRLF. */

export function lines(...all: readonly string[]): string {
  return `${all.join('\r\n')}\r\n`;
}

/** Outlook's and Exchange's description of the zone in which Denmark is. */
export const romance = [
  'BEGIN:VTIMEZONE', 'TZID:Romance Standard Time',
  'BEGIN:STANDARD', 'DTSTART:16010101T030000', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD',
  'BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE',
];

export interface EventParts {
  readonly method?: string;
  readonly zone?: readonly string[];
  /** Lines of the event beside UID, ORGANIZER and SUMMARY. */
  readonly event: readonly string[];
  /** Further whole components. */
  readonly more?: readonly string[];
}

export const head = ['UID:040000008200E00074C5B7101A82E0080000000010', 'ORGANIZER;CN=Anna Hansen:mailto:anna@kommune.example'];

/** A calendar with one event. */
export function calendar({ method = 'REQUEST', zone = [], event, more = [] }: EventParts): string {
  const summary = event.some((line) => line.startsWith('SUMMARY')) ? [] : ['SUMMARY:Samtale om din sag'];
  return lines(
    'BEGIN:VCALENDAR', ...(method === '' ? [] : [`METHOD:${method}`]), 'PRODID:Microsoft Exchange Server 2010', 'VERSION:2.0', ...zone,
    'BEGIN:VEVENT', ...head, ...summary, ...event, 'END:VEVENT', ...more, 'END:VCALENDAR',
  );
}

/** An event from 10 to 11 on Tuesday 1 December 2026, in Outlook's words. */
export const tuesday = [
  'DTSTART;TZID=Romance Standard Time:20261201T100000', 'DTEND;TZID=Romance Standard Time:20261201T110000',
];

export const outlookInvitation = lines(
  'BEGIN:VCALENDAR', 'PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN', 'VERSION:2.0', 'METHOD:REQUEST',
  'X-MS-OLK-FORCEINSPECTOROPEN:TRUE', ...romance,
  'BEGIN:VEVENT', 'ATTENDEE;CN="Borger, Bo";RSVP=TRUE:mailto:bo@example.org', 'CLASS:PUBLIC', 'CREATED:20261120T080000Z',
  'DESCRIPTION:Kære Bo\\n\\nVi ses til samtale\\, tag papirerne med.\\n', 'DTEND;TZID="Romance Standard Time":20261201T110000',
  'DTSTAMP:20261120T080000Z', 'DTSTART;TZID="Romance Standard Time":20261201T100000', 'LAST-MODIFIED:20261120T080000Z',
  'LOCATION:Rådhuset\\, lokale 3\\; 2. sal', 'ORGANIZER;CN="Hansen, Anna (Jobcenter)":mailto:anna@kommune.example', 'PRIORITY:5',
  'SEQUENCE:0', 'SUMMARY;LANGUAGE=da:Samtale om din sag', 'TRANSP:OPAQUE', 'UID:040000008200E00074C5B7101A82E008',
  'X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Kære Bo</p>\\n<p>Vi ses</p></body></html>',
  'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE', 'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE', 'BEGIN:VALARM', 'TRIGGER:-PT15M',
  'ACTION:DISPLAY', 'DESCRIPTION:Reminder', 'END:VALARM', 'END:VEVENT', 'END:VCALENDAR',
);

export const googleInvitation = lines(
  'BEGIN:VCALENDAR', 'PRODID:-//Google Inc//Google Calendar 70.9054//EN', 'VERSION:2.0', 'CALSCALE:GREGORIAN', 'METHOD:REQUEST',
  'BEGIN:VTIMEZONE', 'TZID:Europe/Copenhagen', 'X-LIC-LOCATION:Europe/Copenhagen', 'BEGIN:DAYLIGHT', 'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200', 'TZNAME:CEST', 'DTSTART:19700329T020000', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT',
  'BEGIN:STANDARD', 'TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'TZNAME:CET', 'DTSTART:19701025T030000',
  'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU', 'END:STANDARD', 'END:VTIMEZONE',
  'BEGIN:VEVENT', 'DTSTART;TZID=Europe/Copenhagen:20261201T100000', 'DTEND;TZID=Europe/Copenhagen:20261201T110000',
  'RRULE:FREQ=WEEKLY;UNTIL=20261222T225959Z;BYDAY=TU', 'DTSTAMP:20261120T080000Z', 'ORGANIZER;CN=anna@kommune.example:mailto:anna@kommune.example',
  'UID:6ip3acb26sr3eb9m@google.com', 'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=', ' TRUE;CN=bo@example.org;X-NUM-GUESTS=0:mailto:bo@example.org',
  'X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij', 'SEQUENCE:0', 'STATUS:CONFIRMED', 'SUMMARY:Træning i hold',
  'DESCRIPTION:-::~:~::~:~:~\\nDeltag via Google Meet: https://meet.google.com/abc-defg-hij', 'TRANSP:OPAQUE', 'END:VEVENT', 'END:VCALENDAR',
);

export const zimbraReply = lines(
  'BEGIN:VCALENDAR', 'PRODID:Zimbra-Calendar-Provider', 'VERSION:2.0', 'METHOD:REPLY', 'BEGIN:VEVENT', 'UID:zimbra-1',
  'SUMMARY:Accept: Samtale', 'ATTENDEE;CN=Bo Jensen;PARTSTAT=ACCEPTED:mailto:bo@kommune.example',
  'DTSTART;TZID="Europe/Brussels":20261201T100000', 'DTEND;TZID="Europe/Brussels":20261201T110000',
  'ORGANIZER;CN=Anna:mailto:anna@kommune.example', 'SEQUENCE:0', 'COMMENT:Jeg kommer gerne', 'END:VEVENT', 'END:VCALENDAR',
);

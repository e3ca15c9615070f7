import { decodeFlowed } from './decode-flowed.ts';
import type { MailText } from './mail.ts';
import type { Meeting, MeetingSeries, MeetingSpan, MovedMeeting } from './meeting.ts';
import { clockSpanInWords, dayInWords, isLong, spanInWords } from './meeting-words.ts';
import { recurrenceInWords } from './recurrence-words.ts';

/** The body of the mail that brought the invitation. */
export interface MeetingLetterBody {
  readonly html: string | null;
  readonly text: MailText | null;
}

/**
 * Says in Danish what a citizen or a company must know of the meetings of an invitation, as HTML: what, when, where,
 * who calls; then the mail's own text, or where it has none the calendar's.
 */
export function meetingLetterHtml(meetings: readonly Meeting[], body: MeetingLetterBody): string {
  const parts = meetings.map(meetingHtml);
  return [...parts, '<hr>', bodyHtml(meetings, body)].filter((part) => part !== '').join('\n').replace(/<hr>$/, '');
}

/** What the letter is, in one line: "Mødeindkaldelse: Samtale", "Aflyst: Samtale". */
export function meetingTitle(meeting: Meeting): string {
  const summary = meeting.summary.replace(programPrefix, '');
  return `${titleWord(meeting)}: ${summary === '' ? 'Møde' : summary}`;
}

/** What programs put before the summary of an answer or a cancellation. */
const programPrefix = new RegExp(
  '^(?:(?:aflyst|annulleret|cancell?ed|opdateret|updated|accept|accepted|accepteret|afslået|afvist|decline|declined|' +
    'foreløbig|foreløbigt accepteret|tentative|nyt tidspunkt foreslået|new time proposed)\\s*:\\s*)+',
  'i',
);

function titleWord(meeting: Meeting): string {
  return meeting.method === 'request' && isChange(meeting) ? 'Ændret mødeindkaldelse' : titleWords[meeting.method];
}

const titleWords: Readonly<Record<Meeting['method'], string>> = {
  request: 'Mødeindkaldelse',
  publish: 'Møde',
  add: 'Et møde mere',
  cancel: 'Aflyst',
  reply: 'Svar på mødeindkaldelse',
  counter: 'Forslag om et andet tidspunkt',
  declinecounter: 'Nej til et andet tidspunkt',
  refresh: 'Spørgsmål om mødet',
};

function meetingHtml(meeting: Meeting): string {
  return [
    `<h1>${escaped(meetingTitle(meeting))}</h1>`,
    ...statements(meeting).map((text) => `<p>${escaped(text)}</p>`),
    ...facts(meeting).map(([name, text]) => `<p><b>${name}:</b> ${escaped(text)}</p>`),
    ...(meeting.method === 'cancel' ? [] : linkHtml(meeting)),
    ...seriesHtml(meeting),
  ].join('\n');
}

/** What has happened, in whole sentences. */
function statements(meeting: Meeting): readonly string[] {
  const { instance } = meeting;
  const only = instance === null ? [] : [`Det gælder kun mødet ${spanInWords(instance)}. Resten af rækken af møder er som før.`];
  return [happened(meeting), ...commentOf(meeting), ...only].filter((text) => text !== '');
}

function happened(meeting: Meeting): string {
  const who = nameOf(meeting.answer?.from ?? meeting.organizer) || 'Modtageren';
  switch (meeting.method) {
    case 'cancel':
      return meeting.series === null ? 'Mødet er aflyst og bliver ikke holdt.' : 'Alle møder i rækken er aflyst og bliver ikke holdt.';
    case 'reply':
      return `${who} ${answerInWords(meeting)}.`;
    case 'counter':
      return `${who} foreslår, at mødet bliver holdt på dette tidspunkt i stedet. Det er ikke aftalt endnu.`;
    case 'declinecounter':
      return 'Forslaget om et andet tidspunkt er ikke godtaget. Mødet bliver holdt som aftalt før.';
    case 'refresh':
      return `${who} beder om den seneste mødeindkaldelse.`;
    case 'request':
      return isChange(meeting) ? 'Mødet er ændret. Det, der står her, gælder nu.' : '';
    default:
      return '';
  }
}

function isChange({ sequence, instance }: Meeting): boolean {
  return sequence > 0 || instance !== null;
}

function commentOf({ answer }: Meeting): readonly string[] {
  return answer === null || answer.comment === '' ? [] : [`Bemærkning: ${answer.comment}`];
}

function answerInWords({ answer }: Meeting): string {
  return answersInWords[answer?.status ?? 'unanswered'];
}

const answersInWords: Readonly<Record<NonNullable<Meeting['answer']>['status'], string>> = {
  accepted: 'har accepteret mødeindkaldelsen',
  declined: 'har afslået mødeindkaldelsen',
  tentative: 'har foreløbigt accepteret mødeindkaldelsen',
  delegated: 'har givet mødeindkaldelsen videre til en anden',
  unanswered: 'har ikke svaret endeligt på mødeindkaldelsen',
};

function facts(meeting: Meeting): readonly (readonly [name: string, text: string])[] {
  const { span, location, organizer, series } = meeting;
  const when = span === null ? '' : spanInWords(span);
  const comesBack = series !== null;
  const [next] = series?.next ?? [];
  const isUnderWay = next !== undefined && span !== null && !sameSpan(next, span);
  return ([
    [comesBack ? 'Første gang' : 'Hvornår', when === '' ? '' : `${when}${when.includes('kl.') ? ' (dansk tid)' : ''}`],
    ['Næste gang', isUnderWay ? spanInWords(next) : ''],
    ['Hvor', location],
    ['Indkaldt af', organizer === null ? '' : [organizer.name, organizer.address].filter((part) => part !== '').join(', ')],
  ] as const).filter(([, text]) => text !== '');
}

function linkHtml({ link }: Meeting): readonly string[] {
  return link === null ? [] : [`<p><b>Online:</b> <a href="${escaped(link)}">${escaped(link)}</a></p>`];
}

const listedMax = 50;

/** How a meeting comes back; where words would not be true, on which dates. */
function seriesHtml(meeting: Meeting): readonly string[] {
  const { series, span } = meeting;
  if (series === null || span === null) return [];
  const words = recurrenceInWords(series, span);
  const clock = isLong(span) || words === null ? '' : clockSpanInWords(span);
  const told = words === null ? [] : [`<p><b>Gentages:</b> ${escaped(`${words}${clock === '' ? '' : `, ${clock}`}`)}</p>`];
  if (meeting.method === 'cancel') return told;
  return [
    ...told,
    ...listHtml('Mødet bliver ikke holdt', series.cancelled.map(dayInWords)),
    ...listHtml('Ændret i rækken', series.moved.map(movedInWords)),
    ...(words === null ? datesHtml(series) : listHtml('Desuden', series.extra.map(spanInWords))),
  ];
}

function datesHtml({ next, more, expanded }: MeetingSeries): readonly string[] {
  if (!expanded) return ['<p>Mødet gentages. Spørg den, der har indkaldt, hvornår de næste møder er.</p>'];
  if (next.length === 0) return ['<p>Alle møder i rækken er overstået.</p>'];
  return [...listHtml('De næste møder', next.map(spanInWords)), ...(more ? ['<p>Derefter fortsætter rækken af møder.</p>'] : [])];
}

function movedInWords({ from, to, location, summary }: MovedMeeting): string {
  const changes = [
    sameSpan(from, to) ? '' : `er flyttet til ${spanInWords(to)}`,
    location === '' ? '' : `bliver holdt her: ${location}`,
    summary === '' ? '' : `handler om: ${summary}`,
  ].filter((change) => change !== '');
  const last = changes.pop() ?? 'har andre oplysninger end de øvrige';
  return `Mødet ${spanInWords(from)} ${changes.length === 0 ? last : `${changes.join(', ')} og ${last}`}`;
}

function sameSpan(one: MeetingSpan, other: MeetingSpan): boolean {
  return spanInWords(one) === spanInWords(other);
}

function listHtml(name: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, listedMax).map((item) => `<li>${escaped(item)}</li>`);
  if (items.length > listedMax) shown.push(`<li>og ${items.length - listedMax} flere</li>`);
  return [`<p><b>${name}:</b></p>`, `<ul>${shown.join('')}</ul>`];
}

function bodyHtml(meetings: readonly Meeting[], { html, text }: MeetingLetterBody): string {
  if (html !== null && html.trim() !== '') return html;
  if (text !== null && text.text.trim() !== '') return textHtml(text.flowed ? decodeFlowed(text.text, text.delSp) : text.text);
  return meetings.map((meeting) => meeting.html ?? (meeting.description === '' ? '' : textHtml(meeting.description))).join('\n').trim();
}

/** Blank lines part paragraphs, as a reader of plain text sees them. */
function textHtml(text: string): string {
  const paragraphs = text.replace(/\r\n?/g, '\n').trim().split(/\n[ \t]*(?:\n[ \t]*)+/);
  return paragraphs.map((paragraph) => `<p>${escaped(paragraph).replace(/\n/g, '<br>\n')}</p>`).join('\n');
}

function nameOf(person: Meeting['organizer']): string {
  return person === null ? '' : person.name || person.address;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

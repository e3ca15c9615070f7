import type { CalendarPart } from './mail.ts';

// RFC 5545 3.1: a line goes on where the next begins with a blank, also in the middle of a number.
const fold = /\r?\n[ \t]/g;
const citizensAddress = /(?<!\d)\d{10}(?:-reply)?(?:\.[0-9a-f-]{36})?@[0-9a-z.-]*digital-post\.dk/i;

/**
 * Whether a mail's calendar data hold the Digital Post address of a citizen: Outlook writes everyone who is invited into
 * it, and whoever gets the file can read the CPR number there.
 */
export function calendarNamesCitizens(calendars: readonly CalendarPart[]): boolean {
  return calendars.some(({ bytes, charset }) => {
    if (bytes === null) return false;
    const wide = /^utf-?16/i.test(charset ?? '');
    const text = Buffer.from(bytes).toString(wide ? 'utf16le' : 'latin1');
    return citizensAddress.test(text.replace(fold, '').replace(/%40/g, '@'));
  });
}

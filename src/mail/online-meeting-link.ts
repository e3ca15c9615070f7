import { textOf, type CalendarComponent } from './calendar-components.ts';

const linkCharactersMax = 1_000;

/** Properties in which programs write the address of the online meeting, the surest first. */
const linkProperties = [
  'X-MICROSOFT-SKYPETEAMSMEETINGURL', 'X-MICROSOFT-ONLINEMEETINGEXTERNALLINK', 'X-MICROSOFT-ONLINEMEETINGCONFLINK',
  'X-GOOGLE-CONFERENCE', 'CONFERENCE', 'LOCATION',
];

/** Addresses that can be nothing but an online meeting, for a look into running text. */
const meetingAddress =
  /https:\/\/(?:teams\.(?:microsoft|live)\.com\/(?:l\/meetup-join|meet)\/|(?:[\w-]+\.)?zoom\.us\/[jw]\/|meet\.google\.com\/|[\w-]+\.webex\.com\/|video\.[\w.-]+\/|[\w-]+\.vconf\.[\w.-]+\/|whereby\.com\/)[^\s<>"'\\]+/i;

/**
 * Finds where an online meeting is held: https addresses only.
 * @param text the invitation's own text, looked into last
 * @returns null when there is none
 */
export function onlineLinkOf(component: CalendarComponent, text: string): string | null {
  for (const name of linkProperties) {
    const found = /https:\/\/[^\s<>"'\\]+/i.exec(textOf(component, name))?.[0];
    if (found !== undefined && found.length <= linkCharactersMax) return found;
  }
  return linkInText(text);
}

/** The address of an online meeting in running text or HTML; null when there is none. */
export function linkInText(text: string): string | null {
  const found = meetingAddress.exec(text.slice(0, 200_000))?.[0].replace(/[).,;>]+$/, '') ?? null;
  return found === null || found.length > linkCharactersMax ? null : found.replace(/&amp;/g, '&');
}

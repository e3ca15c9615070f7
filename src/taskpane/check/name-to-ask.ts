import type { ItemAttachment } from '../office/outlook.ts';

/** "BEGIN:VCALENDAR" in base64. */
const CALENDAR_START = 'QkVHSU46VkNBTEVOREFS';

/** By which name the gateway is asked about a file: a mail or a meeting is attached under its subject, without an ending. */
export function nameToAsk({ name, kind }: Pick<ItemAttachment, 'name' | 'kind'>, base64: string): string {
  if (kind !== 'item' || /\.(?:eml|ics)$/i.test(name)) return name;
  return `${name === '' ? 'Besked' : name}.${base64.startsWith(CALENDAR_START) ? 'ics' : 'eml'}`;
}

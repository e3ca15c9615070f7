import { recordOf } from '../host/conversation.ts';
import { callOutlook, outOfRange, readLastArguments, type LastArguments } from './async-call.ts';
import type { OutlookLine } from './outlook-line.ts';

const COERCION: Readonly<Record<string, number>> = { text: 0, html: 3 };
const NOTIFICATION_TYPES = ['informationalMessage', 'progressIndicator', 'errorMessage', 'insightMessage'];
const ATTACHMENT_TYPES = ['file', 'item', 'cloud'];
const RECIPIENT_TYPES = ['other', 'distributionList', 'user', 'externalUser'];
const MESSAGE_LENGTH_MAX = 150;
const KEY_LENGTH_MAX = 32;

/** Outlook's addresses as Office.js gives them. */
export function recipientsOf(data: unknown): readonly { readonly emailAddress: string; readonly displayName: string; readonly recipientType: string }[] {
  return listOf(data).map((one) => {
    const { address, name, recipientType } = recordOf(one);
    return { emailAddress: String(address ?? ''), displayName: String(name ?? ''), recipientType: RECIPIENT_TYPES[Number(recipientType)] ?? 'other' };
  });
}

export function attachmentsOf(data: unknown): readonly object[] {
  return listOf(data).map((one) => ({ ...recordOf(one), attachmentType: ATTACHMENT_TYPES[Number(recordOf(one)['attachmentType'])] ?? 'file' }));
}

export function bodyOf(line: OutlookLine): object {
  return {
    getTypeAsync: (...last: LastArguments) => callOutlook(line, { dispatchId: 14, last }),
    getAsync: (coercionType: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 37, parameters: { coercionType: COERCION[coercionType] }, last }),
    setAsync: (data: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 38, parameters: { data, coercionType: coercionIn(last) }, last }),
    prependAsync: (data: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 23, parameters: { data, coercionType: coercionIn(last) }, last }),
  };
}

function coercionIn(last: LastArguments): number | undefined {
  return COERCION[String(readLastArguments(last).options['coercionType'] ?? 'text')];
}

export function infoBarOf(line: OutlookLine): object {
  const write = (dispatchId: number) => (key: string, message: Readonly<Record<string, unknown>>, ...last: LastArguments): void => {
    if (key.length > KEY_LENGTH_MAX) outOfRange('key');
    if (String(message['message']).length > MESSAGE_LENGTH_MAX) outOfRange('message');
    callOutlook(line, { dispatchId, parameters: { ...message, key, type: NOTIFICATION_TYPES.indexOf(String(message['type'])) }, last });
  };
  return {
    addAsync: write(33),
    replaceAsync: write(35),
    removeAsync: (key: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 36, parameters: { key }, last }),
    getAllAsync: (...last: LastArguments) => callOutlook(line, {
      dispatchId: 34, last, toValue: (data) => listOf(data).map((one) => ({ ...recordOf(one), type: NOTIFICATION_TYPES[Number(recordOf(one)['type'])] })),
    }),
  };
}

export function customPropertiesLoader(line: OutlookLine) {
  return (...last: LastArguments): void => callOutlook(line, {
    dispatchId: 3, last,
    toValue: (_data, answer) => {
      const kept = new Map(Object.entries(recordOf(JSON.parse(String(answer['customProperties'] ?? '{}')))));
      return {
        get: (name: string) => kept.get(name),
        set: (name: string, value: unknown) => void kept.set(name, value),
        remove: (name: string) => void kept.delete(name),
        getAll: () => Object.fromEntries(kept),
        saveAsync: (...more: LastArguments) => callOutlook(line, { dispatchId: 4, parameters: { customProperties: Object.fromEntries(kept) }, last: more }),
      };
    },
  });
}

function listOf(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}

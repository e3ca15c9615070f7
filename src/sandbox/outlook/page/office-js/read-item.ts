import { callOutlook, type LastArguments } from './async-call.ts';
import { eventArguments, eventSource } from './event-source.ts';
import { attachmentsOf, bodyOf, customPropertiesLoader, infoBarOf, recipientsOf } from './item-parts.ts';
import type { OutlookLine } from './outlook-line.ts';

/** `Office.context.mailbox.item` while a mail is read; `data`: what Outlook told of it. */
export function readItem(line: OutlookLine, data: Readonly<Record<string, unknown>>): object {
  const get = (dispatchId: number) => (...last: LastArguments): void => callOutlook(line, { dispatchId, last });
  const dateOf = (name: string): Date => new Date(Number(data[name]));
  return {
    itemType: 'message',
    ...eventSource(line, eventArguments),
    itemId: data['id'], itemClass: data['itemClass'], conversationId: data['conversationId'], internetMessageId: data['internetMessageId'],
    subject: data['subject'], normalizedSubject: data['normalizedSubject'],
    from: recipientsOf([data['from']])[0], sender: recipientsOf([data['sender']])[0],
    to: recipientsOf(data['to']), cc: recipientsOf(data['cc']), bcc: recipientsOf(data['bcc']),
    dateTimeCreated: dateOf('dateTimeCreated'), dateTimeModified: dateOf('dateTimeModified'),
    attachments: attachmentsOf(data['attachments']),
    body: bodyOf(line),
    notificationMessages: infoBarOf(line),
    loadCustomPropertiesAsync: customPropertiesLoader(line),
    getAttachmentContentAsync: (id: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 150, parameters: { id }, last }),
    getInitializationContextAsync: get(99), getAllInternetHeadersAsync: get(168), getAsFileAsync: get(9001),
  };
}

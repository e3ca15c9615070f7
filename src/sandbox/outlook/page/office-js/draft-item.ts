import { callOutlook, outOfRange, readLastArguments, wrongArgument, type LastArguments } from './async-call.ts';
import { eventArguments, eventSource } from './event-source.ts';
import { attachmentsOf, bodyOf, customPropertiesLoader, infoBarOf, recipientsOf } from './item-parts.ts';
import type { OutlookLine } from './outlook-line.ts';

const RECIPIENTS_PER_CALL = 100;
const SUBJECT_LENGTH_MAX = 255;
const FILE_NAME_LENGTH_MAX = 255;
const BASE64_LENGTH_MAX = 27_892_122;

/** `Office.context.mailbox.item` while a mail is written. */
export function draftItem(line: OutlookLine): object {
  const get = (dispatchId: number, toValue?: (data: unknown) => unknown) => (...last: LastArguments): void =>
    callOutlook(line, { dispatchId, last, ...(toValue && { toValue }) });
  return {
    itemType: 'message',
    ...eventSource(line, eventArguments),
    to: recipientField(line, 0), cc: recipientField(line, 1), bcc: recipientField(line, 2),
    from: { getAsync: get(107, (data) => (data === null ? null : recipientsOf([data])[0])) },
    subject: {
      getAsync: get(18),
      setAsync: (subject: string, ...last: LastArguments) => {
        if (subject.length > SUBJECT_LENGTH_MAX) outOfRange('subject');
        callOutlook(line, { dispatchId: 17, parameters: { subject }, last });
      },
    },
    body: bodyOf(line),
    notificationMessages: infoBarOf(line),
    internetHeaders: {
      getAsync: (internetHeaderKeys: string[], ...last: LastArguments) => callOutlook(line, { dispatchId: 151, parameters: { internetHeaderKeys }, last }),
      setAsync: (internetHeaderNameValuePairs: object, ...last: LastArguments) => callOutlook(line, { dispatchId: 152, parameters: { internetHeaderNameValuePairs }, last }),
      removeAsync: (internetHeaderKeys: string[], ...last: LastArguments) => callOutlook(line, { dispatchId: 153, parameters: { internetHeaderKeys }, last }),
    },
    sessionData: {
      setAsync: (name: string, value: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 185, parameters: { name, value }, last }),
      getAsync: (name: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 186, parameters: { name }, last }),
      getAllAsync: get(187), clearAsync: get(188),
      removeAsync: (name: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 189, parameters: { name }, last }),
    },
    ...draftFiles(line),
    loadCustomPropertiesAsync: customPropertiesLoader(line),
    saveAsync: get(32), getItemIdAsync: get(164), getComposeTypeAsync: get(174), getInitializationContextAsync: get(99), sendAsync: get(9002),
    close: () => void line.method(41, undefined),
  };
}

function draftFiles(line: OutlookLine): object {
  return {
    addFileAttachmentFromBase64Async: (base64String: string, name: string, ...last: LastArguments) => {
      if (base64String.length > BASE64_LENGTH_MAX) outOfRange('base64File');
      if (name === '') wrongArgument('attachmentName');
      if (name.length > FILE_NAME_LENGTH_MAX) outOfRange('attachmentName');
      const isInline = readLastArguments(last).options['isInline'] === true;
      callOutlook(line, { dispatchId: 148, parameters: { base64String, name, isInline }, last });
    },
    getAttachmentsAsync: (...last: LastArguments) => callOutlook(line, { dispatchId: 149, last, toValue: attachmentsOf }),
    getAttachmentContentAsync: (id: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 150, parameters: { id }, last }),
    removeAttachmentAsync: (attachmentIndex: string, ...last: LastArguments) => callOutlook(line, { dispatchId: 20, parameters: { attachmentIndex }, last }),
  };
}

function recipientField(line: OutlookLine, field: number): object {
  const write = (dispatchId: number) => (recipients: readonly (string | { readonly displayName?: string; readonly emailAddress?: string })[], ...last: LastArguments): void => {
    if (!Array.isArray(recipients)) wrongArgument('recipients');
    if (recipients.length > RECIPIENTS_PER_CALL) outOfRange('recipients');
    const recipientArray = recipients.map((one) => (typeof one === 'string' ? { address: one, name: one } : { address: one.emailAddress, name: one.displayName }));
    callOutlook(line, { dispatchId, parameters: { recipientField: field, recipientArray }, last });
  };
  return {
    getAsync: (...last: LastArguments) => callOutlook(line, { dispatchId: 15, parameters: { recipientField: field }, last, toValue: recipientsOf }),
    setAsync: write(21),
    addAsync: write(22),
  };
}

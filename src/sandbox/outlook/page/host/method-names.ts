/**
 * The methods of Office.js by the numbers that office.js sends them under (the add-in's name of them, without its object).
 * Source: @microsoft/office-js 1.1.110, outlook-web-16.01; those of newer requirement sets, which that file has not, have
 * numbers of our own from 9000.
 */
export const methodNames: Readonly<Record<number, string>> = {
  1: 'initialData', 3: 'loadCustomPropertiesAsync', 4: 'customProperties.saveAsync', 12: 'getCallbackTokenAsync',
  14: 'body.getTypeAsync', 15: 'recipients.getAsync', 16: 'addFileAttachmentAsync', 17: 'subject.setAsync', 18: 'subject.getAsync',
  19: 'addItemAttachmentAsync', 20: 'removeAttachmentAsync', 21: 'recipients.setAsync', 22: 'recipients.addAsync',
  23: 'body.prependAsync', 28: 'getSelectedDataAsync', 29: 'setSelectedDataAsync', 32: 'saveAsync',
  33: 'notificationMessages.addAsync', 34: 'notificationMessages.getAllAsync', 35: 'notificationMessages.replaceAsync',
  36: 'notificationMessages.removeAsync', 37: 'body.getAsync', 38: 'body.setAsync', 41: 'close', 42: 'closeApp',
  44: 'displayNewMessageForm', 94: 'event.completed', 97: 'closeContainer', 99: 'getInitializationContextAsync',
  100: 'body.appendOnSendAsync', 102: 'openBrowserWindow', 107: 'from.getAsync', 108: 'getSharedPropertiesAsync',
  148: 'addFileAttachmentFromBase64Async', 149: 'getAttachmentsAsync', 150: 'getAttachmentContentAsync',
  151: 'internetHeaders.getAsync', 152: 'internetHeaders.setAsync', 153: 'internetHeaders.removeAsync',
  163: 'logTelemetry', 164: 'getItemIdAsync', 168: 'getAllInternetHeadersAsync', 174: 'getComposeTypeAsync',
  178: 'displayNewMessageFormAsync', 185: 'sessionData.setAsync', 186: 'sessionData.getAsync', 187: 'sessionData.getAllAsync',
  188: 'sessionData.clearAsync', 189: 'sessionData.removeAsync', 404: 'roamingSettings.saveAsync',
  9001: 'getAsFileAsync', 9002: 'sendAsync',
};

export function methodName(dispatchId: number | null, action: string): string {
  return dispatchId === null ? action : methodNames[dispatchId] ?? `method ${dispatchId}`;
}

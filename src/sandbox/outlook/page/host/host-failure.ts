/** Codes by which Office.js says what went wrong, as far as this Outlook says it (outlook.md 4; names as Office.js has them). */
export const failureCodes = {
  AttachmentSizeExceeded: 9000,
  NumberOfAttachmentsExceeded: 9001,
  InternalFormatError: 9002,
  InvalidAttachmentId: 9003,
  AttachmentToDeleteDoesNotExist: 9008,
  NumberOfRecipientsExceeded: 9012,
  NoValidRecipientsProvided: 9013,
  AccessRestricted: 9017,
  GenericSettingsError: 9019,
  GenericResponseError: 9020,
  DuplicateNotificationKey: 9023,
  NotificationKeyNotFound: 9024,
  NumberOfNotificationsExceeded: 9025,
  InvalidParameterValueError: 9031,
  ApiCallNotSupportedByExtensionPoint: 9032,
  InternalServerError: 9042,
  ItemNotSaved: 9046,
  ItemNotFound: 9049,
  KeyNotFound: 9050,
  SessionObjectMaxLengthExceeded: 9051,
  APINotSupportedForSharedFolders: 9055,
  OperationNotSupported: 5000,
} as const;

/** Outlook does not do what an add-in asks; the add-in gets the code. */
export class HostFailure extends Error {
  readonly code: number;

  constructor(code: keyof typeof failureCodes | number) {
    super(`Outlook answers ${code}`);
    this.code = typeof code === 'number' ? code : failureCodes[code];
  }
}

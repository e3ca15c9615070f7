/** What the files of a mail may take together in most organisations' Outlook, in bytes (outlook.md 1). */
export const MAIL_BYTES_MAX = 25_000_000;
/** Most files of a mail in Outlook on the web and the new Outlook (outlook.md 1). */
export const MAIL_FILES_MAX = 499;

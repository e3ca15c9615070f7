/**
 * What a Problem of each code tells about the case at hand. The codes are the headings of docs/fejlkatalog.md.
 * `channel` and `channels` are the names that people see; a name of a file is as the mail gave it.
 */
export interface ProblemParameters {
  // The address, the sender, the envelope.
  readonly 'address-malformed': { readonly address: string; readonly reason: string; readonly example: string };
  readonly 'citizen-contact-point': { readonly address: string };
  readonly 'channel-not-available': { readonly address: string; readonly channel: string };
  readonly 'sender-unknown': { readonly address: string; readonly sender: string };
  readonly 'sender-not-allowed': {
    readonly mailbox: string;
    readonly sender: string;
    /** Mailboxes that may send as it; empty when nobody may, or it is not told. */
    readonly allowedMailboxes: readonly string[];
  };
  readonly 'mailbox-not-secure': { readonly mailbox: string };
  /** `what`: "beskeder" or "masseforsendelser". */
  readonly 'mailbox-may-not': { readonly mailbox: string; readonly what: string };
  readonly 'mailbox-not-connected': { readonly mailbox: string; readonly channel: string };
  /** `addresses`: what the From headers hold, none to many. */
  readonly 'from-ambiguous': { readonly addresses: readonly string[] };
  readonly 'envelope-foreign': { readonly envelopeFrom: string; readonly from: string };
  /** `originator`: the tenant that the mail says it comes from. */
  readonly 'originator-foreign': { readonly originator: string };
  readonly 'empty-envelope-sender': { readonly address: string };
  readonly 'too-many-recipients': { readonly count: number; readonly max: number };
  // The attachments.
  readonly 'too-many-attachments': {
    readonly count: number;
    readonly max: number;
    readonly channels: readonly string[];
  };
  readonly 'file-type-not-allowed': { readonly files: readonly string[]; readonly channel: string };
  readonly 'file-macros': { readonly files: readonly string[] };
  readonly 'file-disguised': { readonly files: readonly string[] };
  readonly 'file-encrypted': { readonly files: readonly string[] };
  readonly 'file-active': { readonly files: readonly string[] };
  readonly 'file-empty': { readonly files: readonly string[] };
  readonly 'file-damaged': { readonly files: readonly string[] };
  readonly 'body-pdf-not-pdf': { readonly file: string };
  readonly 'body-pdf-twice': { readonly count: number };
  readonly 'tnef-unreadable': { readonly files: readonly string[] };
  readonly 'memo-header-leak': { readonly file: string; readonly addresses: readonly string[] };
  /** `field` as people call it; `reason`: a Danish sentence that says how it is written. */
  readonly 'memo-header-wrong': { readonly file: string; readonly field: string; readonly value: string; readonly reason: string };
  /** Files that say different things of one mail. */
  readonly 'memo-header-twice': { readonly files: readonly string[] };
  /** A list of CPR numbers in a mail that is no mass send; `addresses`: outsiders who would get it, empty when none. */
  readonly 'mass-list-leak': { readonly file: string; readonly addresses: readonly string[] };
  // The mass send.
  /** `file`: the name that the list must have. */
  readonly 'mass-list-missing': { readonly file: string };
  readonly 'mass-list-twice': { readonly files: readonly string[] };
  readonly 'mass-list-empty': { readonly file: string };
  readonly 'mass-list-wrong-type': { readonly file: string };
  readonly 'mass-list-too-large': { readonly bytes: number; readonly max: number };
  /** `lines`: "linje 3: »abc« (ikke et nummer)", the first of `count`. */
  readonly 'mass-list-lines': { readonly count: number; readonly lines: readonly string[] };
  /** `lines`: "linje 3 og 7", the first of `count`. */
  readonly 'mass-list-duplicates': { readonly count: number; readonly lines: readonly string[] };
  readonly 'mass-list-count': { readonly addressCount: number; readonly listCount: number };
  readonly 'mass-too-many-recipients': { readonly count: number; readonly max: number };
  /** `others`: what else in Digital Post the mail is addressed to. */
  readonly 'mass-not-alone': { readonly address: string; readonly others: readonly string[] };
  /** Rows as "linje 3 (251248-xxxx)", files as "»navn«"; the first of many. */
  readonly 'own-letter-mismatch': {
    readonly rowsWithoutFile: readonly string[];
    readonly filesWithoutRow: readonly string[];
    readonly filesTwice: readonly string[];
  };
  readonly 'own-letter-and-body-pdf': { readonly file: string };
  // One letter each, filled in from columns.
  /** `reason`: Danish sentences. */
  readonly 'merge-file': { readonly file: string; readonly reason: string };
  /** `files`: letters that stand beside masseforsendelse.csv. */
  readonly 'merge-and-letters': { readonly files: readonly string[] };
  /** Lines as "linje 3 (251248-xxxx)", rows as "række 4 (12345678)", "række 4 og 7", "række 5: »abc«"; the first of many. */
  readonly 'merge-mismatch': {
    readonly linesWithoutRow: readonly string[];
    readonly rowsWithoutLine: readonly string[];
    readonly rowsTwice: readonly string[];
    readonly unreadable: readonly string[];
  };
  /** `reasons`: Danish sentences; `columns`: headings that fields may name. */
  readonly 'merge-fields': { readonly reasons: readonly string[]; readonly columns: readonly string[] };
  /** `rows`: "række 3: Navn, Dato", the first of `count`. */
  readonly 'merge-values': { readonly count: number; readonly rows: readonly string[] };
  // The time at which it goes, and who must say yes to it.
  /** `written`: what the header says, as written. */
  readonly 'send-at-unreadable': { readonly written: string };
  readonly 'send-at-too-far': { readonly written: string; readonly days: number };
  readonly 'approval-nobody': { readonly count: number; readonly max: number };
  /** `addresses`: outsiders without approval; `home`: what the organisation is called. */
  readonly 'mail-guard': { readonly addresses: readonly string[]; readonly home: string };
  /** `findings`: sentences with the place quoted, CPR numbers masked; the first of `count`. */
  readonly 'letter-mismatch': { readonly count: number; readonly findings: readonly string[] };
  // The message as a whole.
  /** `bytes` and `max` count MeMo XML. */
  readonly 'memo-too-large': { readonly bytes: number; readonly max: number };
  /** The recipient's own limits at the contact point that the address names; `contactPoint` is its name. */
  readonly 'contact-point-too-many-attachments': {
    readonly contactPoint: string;
    readonly count: number;
    readonly max: number;
    readonly channel: string;
  };
  readonly 'contact-point-too-large': { readonly contactPoint: string; readonly bytes: number; readonly max: number };
  readonly 'message-empty': { readonly subject: string };
  readonly 'calendar-unreadable': { readonly files: readonly string[] };
  /** `addresses`: outsiders who would read a citizen's CPR number in the calendar file. */
  readonly 'calendar-number-leak': { readonly addresses: readonly string[] };
  readonly 'conversion-failed': { readonly what: string };
  readonly 'mail-unreadable': { readonly what: string };
  readonly 'mail-too-large': { readonly bytes: number; readonly max: number };
  readonly 'header-too-long': { readonly bytes: number; readonly max: number };
  readonly 'line-too-long': { readonly bytes: number; readonly max: number };
  readonly 'too-many-received': { readonly count: number; readonly max: number };
}

export type ProblemCode = keyof ProblemParameters;

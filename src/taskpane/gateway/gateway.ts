import type {
  AttachmentsAnswer, AttachmentsQuestion, CheckQuestion, CompanyAnswer, CompanySearchAnswer, ContactPointsAnswer, ConvertAnswer, ConvertQuestion,
  GuardApprovalAnswer, GuardApprovalQuestion, GuardCheckAnswer, GuardCheckQuestion, MeAnswer, NewsAnswer, NewsSignUpQuestion, PersonAnswer, ReadFilesAnswer,
  ReadFilesQuestion, RecipientCheck, RenderAnswer, RenderQuestion, ResendAnswer, SentEvent, SentList, SentSubmission, SplitAnswer, SplitQuestion, StopAnswer,
} from '../../domain/gateway-api.ts';

/** Why there is no answer. Each has its own words on the screen (texts net, auth, err). */
export type NoAnswer =
  /** The gateway is there, and whom it must ask for this, e.g. a register, is not just now; with Danish words of its own. */
  | { readonly kind: 'unavailable'; readonly text: string }
  /** No connection, no answer in time, or 502–504 from something in between. */
  | { readonly kind: 'away' }
  /** Nobody is logged on, and it takes a press to do so. */
  | { readonly kind: 'log-on-needed' }
  /** Logged on, and without the right: 403. */
  | { readonly kind: 'no-right'; readonly text: string }
  /** Too many calls: 429. */
  | { readonly kind: 'too-many'; readonly retryAt: Date }
  /** The gateway refuses, with Danish words of its own: 4xx. */
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  /** A fault of ours: 500, or an answer that is not what the contract says. */
  | { readonly kind: 'fault' };

export type Answer<Value> = { readonly kind: 'answer'; readonly value: Value } | NoAnswer;

/** Which of my messages: `failed` and `open` as the filters of Sendt. */
export type SentFilter = 'all' | 'failed' | 'open';

/** Mine, with what nobody knows the writer of, or all of the mailboxes that I use. */
export type SentWhose = 'mine' | 'mailboxes';

/** Who follows what is sent. */
export interface SentListener {
  readonly onEvent: (event: SentEvent) => void;
  /** The line stands (`answer`), or why it does not: whatever is shown may be old as long as it does not. */
  readonly onLine: (line: { readonly kind: 'answer' } | NoAnswer) => void;
}

/** What is new, and a mail when more is. */
export interface NewsCalls {
  news(): Promise<Answer<NewsAnswer>>;
  signUp(question: NewsSignUpQuestion): Promise<Answer<{ readonly signedUp: boolean }>>;
}

/**
 * The gateway, as the pane uses it: the calls of domain/gateway-api.ts, answers checked by its schemas. Never throws.
 * MSAL is loaded with the first call that needs a token; `logOn` may open a window, the others never do.
 */
export interface Gateway {
  logOn(): Promise<Answer<null>>;
  me(): Promise<Answer<MeAnswer>>;
  check(question: CheckQuestion): Promise<Answer<{ readonly recipients: readonly RecipientCheck[]; readonly checkedAt: string }>>;
  /** The same of a whole list, some at a time as they become known; `signal` breaks it off. */
  checkBatch(asked: { readonly question: CheckQuestion; readonly signal: AbortSignal }, onChecks: (some: readonly RecipientCheck[]) => void): Promise<Answer<null>>;
  contactPoints(question: { readonly channel: CheckQuestion['channel']; readonly mailbox: string; readonly cvr: string }): Promise<Answer<ContactPointsAnswer>>;
  person(question: { readonly cpr: string; readonly purpose: string }): Promise<Answer<PersonAnswer>>;
  company(question: { readonly cvr: string; readonly purpose?: string }): Promise<Answer<CompanyAnswer>>;
  companies(question: { readonly name: string; readonly max: number }): Promise<Answer<CompanySearchAnswer>>;
  checkFiles(question: AttachmentsQuestion): Promise<Answer<AttachmentsAnswer>>;
  /** What stands in files, page by page. */
  readFiles(question: ReadFilesQuestion): Promise<Answer<ReadFilesAnswer>>;
  /** The letter that a text would become: the very PDF. */
  render(question: RenderQuestion): Promise<Answer<RenderAnswer>>;
  /** Makes other files of some; loaded with its first use. */
  convertFiles(question: ConvertQuestion): Promise<Answer<ConvertAnswer>>;
  /** Whose the pages of one PDF are, and the letters that are asked for; loaded with its first use. */
  splitLetters(question: SplitQuestion): Promise<Answer<SplitAnswer>>;
  /** Of these outsiders: who gets ordinary mail as it is, and who must be approved. */
  guardCheck(question: GuardCheckQuestion): Promise<Answer<GuardCheckAnswer>>;
  guardApprove(question: GuardApprovalQuestion): Promise<Answer<GuardApprovalAnswer>>;
  /** True where there was one to withdraw. */
  guardWithdraw(approval: string): Promise<Answer<boolean>>;
  /** My messages, or those of my mailboxes, newest first, a page at a time; with how many each filter has. */
  sent(of: { readonly filter: SentFilter; readonly whose: SentWhose }, after: string | null): Promise<Answer<SentList>>;
  /** What was sent from a mailbox since then, oldest first, by whomever: one page, to find a mail that Outlook shows. */
  sentFrom(mailbox: string, since: Date): Promise<Answer<SentList>>;
  /** One of them, with a page of its recipients, or of those alone who did not get it. */
  submission(id: string, afterRecipient?: number | null, failedOnly?: boolean): Promise<Answer<SentSubmission>>;
  stop(id: string): Promise<Answer<StopAnswer>>;
  /** Safe to press twice: it is sent once. */
  resendFailed(id: string): Promise<Answer<ResendAnswer>>;
  /** The proof as a zip; `misdelivered`: with a draft of what to do about a message that went to the wrong one. */
  proof(id: string, misdelivered?: boolean): Promise<Answer<Blob>>;
  /** Those who did not get it, with whole numbers, for Excel; each number in it goes into the audit. */
  failures(id: string): Promise<Answer<Blob>>;
  /** The calls of Nyheder, which few open; rejects where its files cannot be fetched. */
  newsCalls(): Promise<NewsCalls>;
  /** Tells everything that happens to my messages, over breaks of the line, until `signal` ends it. */
  followSent(listener: SentListener, signal: AbortSignal): Promise<void>;
}

import type {
  AttachmentsAnswer, AttachmentsQuestion, ConvertAnswer, ConvertQuestion, ReadFilesAnswer, ReadFilesQuestion, RenderAnswer, RenderQuestion,
  SplitAnswer, SplitQuestion,
} from '../../domain/gateway-api.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Refusal } from '../../domain/rights.ts';
import type { ApiCaller } from './api-caller.ts';

/** A question, who asks it, and for how long there is somebody to answer. */
export interface DocumentCall<Question> {
  readonly caller: ApiCaller;
  readonly question: Question;
  readonly signal: AbortSignal;
}

/** What the add-in asks about documents while a message is written; handed in, for no step knows a story. */
export interface DocumentActions {
  /** The letter that the gateway would make of this subject and body, byte for byte. */
  render(call: DocumentCall<RenderQuestion>): Promise<DocumentAnswer<RenderAnswer>>;
  /** What is wrong with attachments, as the gateway will judge them, and what can be done to each. */
  check(call: DocumentCall<AttachmentsQuestion>): Promise<DocumentAnswer<AttachmentsChecked>>;
  /** The text of attachments, page by page; null for those that cannot be read. */
  read(call: DocumentCall<ReadFilesQuestion>): Promise<DocumentAnswer<ReadFilesAnswer>>;
  /** Whose the letters in one file are, and those that are asked for as files of their own. */
  split(call: DocumentCall<SplitQuestion>): Promise<DocumentAnswer<SplitAnswer>>;
  /** Mends attachments; what could not be is told, file by file. */
  convert(call: DocumentCall<ConvertQuestion>): Promise<DocumentAnswer<ConvertAnswer>>;
}

export interface AttachmentsChecked {
  readonly problems: readonly Problem[];
  readonly files: AttachmentsAnswer['files'];
}

export type DocumentAnswer<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** It cannot be done; `text` says in Danish why. */
  | { readonly kind: 'failed'; readonly text: string }
  /** The mailbox is not the caller's; `text` is Danish. */
  | { readonly kind: 'not-allowed'; readonly refusal: Refusal }
  /** Too many wait, or this caller has as many calls under way as one may: ask again in a while. */
  | { readonly kind: 'busy' | 'share-spent' };

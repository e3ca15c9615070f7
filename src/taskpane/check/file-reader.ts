import type { Mending } from '../../domain/attachment-mending.ts';
import { decodeText } from '../../domain/decode-text.ts';
import { isMassSendListName } from '../../domain/memo-header-file.ts';
import type { MemoChannelId } from '../../domain/channel.ts';
import type { AttachmentsAnswer } from '../../domain/gateway-api.ts';
import type { Answer } from '../gateway/gateway.ts';
import type { FileContent, ItemAttachment } from '../office/outlook.ts';
import { fileKey } from './file-key.ts';
import { nameToAsk } from './name-to-ask.ts';

/** What is known of what is in a file. */
export interface FileFacts {
  /** Outlook tells a size and gives nothing: data protection has emptied it. */
  readonly emptied: boolean;
  /** Where it is, for a file of which only a link travels. */
  readonly link: string | null;
  /** Codes of what the gateway finds wrong with the contents; null: it has not been asked yet. */
  readonly problems: readonly string[] | null;
  /** The text of each page; `unread`: nobody can read it; `not-yet`: nobody has tried. */
  readonly text: { readonly kind: 'pages'; readonly pages: readonly string[] } | { readonly kind: 'unread' | 'not-yet' };
  /** What stands in a list of recipients, which never goes to anybody who looks into files; null for other files. */
  readonly listText: string | null;
  /** What can be done to it; left out: nobody has said. */
  readonly mending?: FileMending;
}

/** `too-big` for one question; `unreadable`: Outlook gives no content. */
export type FileMending =
  | { readonly kind: 'ways'; readonly ways: readonly (Mending | 'other')[]; readonly trueName: string | null }
  | { readonly kind: 'too-big' | 'unreadable' };

interface AskedFile {
  readonly name: string;
  readonly content: string;
}

/** Where contents come from, and who looks into them. */
export interface FileSources {
  content(attachmentId: string): Promise<FileContent>;
  check(question: { readonly channels: readonly MemoChannelId[]; readonly files: readonly AskedFile[] }): Promise<Answer<AttachmentsAnswer>>;
  /** The pages of each file; null for one that cannot be read. */
  read(files: readonly AskedFile[]): Promise<Answer<readonly (readonly string[] | null)[]>>;
}

export interface ReadingOf {
  readonly attachments: readonly ItemAttachment[];
  readonly channels: readonly MemoChannelId[];
  /** Whether the gateway can be asked now. */
  readonly gatewayThere: boolean;
  /** Most bytes of one question to the gateway. */
  readonly bodyBytesMax: number;
}

const nothingToRead = { problems: [], text: { kind: 'pages', pages: [] } } as const;
const unknownFacts: FileFacts = { emptied: false, link: null, problems: null, text: { kind: 'not-yet' }, listText: null };

/** Looks into the files of a draft. What it has learnt of a file holds as long as its key does (file-key.ts). */
export class FileReader {
  private readonly sources: FileSources;
  private readonly facts = new Map<string, FileFacts>();
  private readonly failed = new Set<string>();
  private readonly underWay = new Map<string, Promise<Answer<unknown> | null>>();
  private changes = 0;

  constructor(sources: FileSources) {
    this.sources = sources;
  }

  /** Goes up with everything that is learnt. */
  get version(): number {
    return this.changes;
  }

  /** What is known of a file, at once. */
  known(attachment: ItemAttachment, channels: readonly MemoChannelId[]): FileFacts | null {
    return this.facts.get(keyOf(attachment, channels)) ?? null;
  }

  /**
   * Finds out what is not known yet, one file at a time, so that no more than one is held in memory; tells after each.
   * Resolves with what keeps the gateway from answering, or null. Never rejects.
   */
  async read(of: ReadingOf, onFile: () => void): Promise<Answer<unknown> | null> {
    let failure: Answer<unknown> | null = null;
    for (const attachment of of.attachments) {
      const gatewayThere = of.gatewayThere && !(failure && isForLater(failure));
      const met = await this.readFile(attachment, { ...of, gatewayThere });
      failure = failure ?? met;
      onFile();
    }
    return failure;
  }

  /** Forgets what could not be had, so that it is asked for again. */
  forgetFailures(): void {
    for (const key of this.failed) this.facts.delete(key);
    this.failed.clear();
    this.changes += 1;
  }

  /** Who asks for a file while somebody else does gets the same answer. */
  private async readFile(attachment: ItemAttachment, of: ReadingOf): Promise<Answer<unknown> | null> {
    const key = keyOf(attachment, of.channels);
    const known = this.facts.get(key);
    if (isWhole(known) || (known && !of.gatewayThere)) return null;
    const reading = this.underWay.get(key) ?? this.findOut(key, attachment, of).finally(() => this.underWay.delete(key));
    this.underWay.set(key, reading);
    return await reading;
  }

  private async findOut(key: string, attachment: ItemAttachment, of: ReadingOf): Promise<Answer<unknown> | null> {
    if (questionBytes(attachment) > of.bodyBytesMax) {
      this.learn(key, { problems: [], text: { kind: 'unread' }, mending: { kind: 'too-big' } });
      return null;
    }
    const content = await this.sources.content(attachment.id).catch(() => ({ kind: 'unreadable' as const }));
    if (content.kind === 'content') return await this.lookInto(key, { name: nameToAsk(attachment, content.base64), content: content.base64 }, of);
    this.learn(key, factsWithoutContent(content));
    if (content.kind === 'unreadable') this.failed.add(key);
    return null;
  }

  private async lookInto(key: string, file: AskedFile, { channels, gatewayThere }: ReadingOf): Promise<Answer<unknown> | null> {
    if (isMassSendListName(file.name)) {
      this.learn(key, { ...nothingToRead, listText: decodeText(bytesOf(file.content)) });
      return null;
    }
    this.learn(key, {});
    return gatewayThere ? await this.askGateway(key, file, channels) : null;
  }

  private async askGateway(key: string, file: AskedFile, channels: readonly MemoChannelId[]): Promise<Answer<unknown> | null> {
    const checked = await this.sources.check({ channels, files: [file] });
    if (isForLater(checked)) return checked;
    const read = await this.sources.read([file]);
    if (isForLater(read)) return read;
    const pages = read.kind === 'answer' ? (read.value[0] ?? null) : null;
    this.learn(key, {
      problems: checked.kind === 'answer' ? checked.value.problems.map(({ code }) => code) : [],
      text: pages === null ? { kind: 'unread' } : { kind: 'pages', pages },
      ...mendingIn(checked),
    });
    const failure = [checked, read].find((answer) => answer.kind !== 'answer') ?? null;
    if (failure) this.failed.add(key);
    return failure;
  }

  private learn(key: string, part: Partial<FileFacts>): void {
    this.changes += 1;
    this.facts.set(key, { ...(this.facts.get(key) ?? unknownFacts), ...part });
  }
}

function mendingIn(checked: Answer<AttachmentsAnswer>): Pick<FileFacts, 'mending'> {
  const file = checked.kind === 'answer' ? checked.value.files[0] : undefined;
  return file ? { mending: { kind: 'ways', ways: file.mending, trueName: file.trueName ?? null } } : {};
}

/** Nothing is wrong with the file: the next check asks again by itself. */
function isForLater(answer: Answer<unknown>): boolean {
  return answer.kind === 'away' || answer.kind === 'log-on-needed' || answer.kind === 'too-many' || answer.kind === 'unavailable';
}

function factsWithoutContent(content: Exclude<FileContent, { readonly kind: 'content' }>): FileFacts {
  return {
    emptied: content.kind === 'emptied',
    link: content.kind === 'link' ? content.url : null,
    // What is no file, or is empty, has nothing to read.
    ...(content.kind === 'unreadable' ? { problems: [], text: { kind: 'unread' }, mending: { kind: 'unreadable' } } : nothingToRead),
    listText: null,
  };
}

function isWhole(facts: FileFacts | undefined): boolean {
  return facts !== undefined && facts.problems !== null && facts.text.kind !== 'not-yet';
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

/** What a question holds beside the file itself. */
const QUESTION_FRAME_BYTES = 2_000;

/** How long a question about a file is. */
export function questionBytes({ bytes, name }: Pick<ItemAttachment, 'bytes' | 'name'>): number {
  return Math.ceil(bytes / 3) * 4 + name.length * 6 + QUESTION_FRAME_BYTES;
}

function keyOf(attachment: ItemAttachment, channels: readonly MemoChannelId[]): string {
  return `${fileKey(attachment)} ${channels.join(' ')}`;
}

import { draftStops } from '../../domain/draft-check.ts';
import type { LetterNow } from '../../domain/letter-mark.ts';
import { textSign } from '../../domain/letter-quote.ts';
import type { ColumnsFault } from '../mass/columns-now.ts';
import type { Draft, ItemAttachment } from '../office/outlook.ts';
import type { CheckInput } from './check-input.ts';
import { cloudLinksIn } from './cloud-links.ts';
import type { DraftRecipients } from './draft-recipients.ts';
import { fileFindings } from './file-findings.ts';
import { withMends } from './file-mends.ts';
import { filesOfDraft, filesToRead, type FileOfDraft, type FilesOfDraft } from './file-of-draft.ts';
import type { FileFacts } from './file-reader.ts';
import { said, type Finding, type Said } from './finding.ts';
import { letterFindings } from './letter-findings.ts';
import { massFindings } from './mass-findings.ts';
import { stopFindings } from './stop-findings.ts';
import type { BodyText } from './text-of-body.ts';

/** Everything that Tjek knows of a draft at one moment. */
export interface DraftQuestion {
  readonly draft: Draft;
  readonly body: BodyText;
  readonly recipients: DraftRecipients;
  readonly own: CheckInput['own'];
  readonly people: CheckInput['people'];
  readonly points: CheckInput['points'];
  readonly factsOf: (attachment: ItemAttachment) => FileFacts | null;
  /** The contents of every file have been looked into, or cannot be now. */
  readonly filesRead: boolean;
  /** Of a mass send: what is known of its letter. */
  readonly letter: LetterNow;
  /** Of a mass send: what is wrong with the columns that letters are filled in from. */
  readonly columns: ColumnsFault | null;
  readonly rightNames: readonly string[];
  /** What the organisation is called in a sentence. */
  readonly home: string;
  readonly today: Date;
  /** Most bytes of one question to the gateway. */
  readonly bodyBytesMax: number;
}

export interface DraftOutcome {
  /** Stops first; else subject, text, files. No two have the same key. */
  readonly findings: readonly Finding[];
  /** What is well, a line each. */
  readonly well: readonly Said[];
  /** What only the gateway can look at, and does when the mail is sent; null: nothing. */
  readonly notSeen: Said | null;
}

/**
 * Looks a draft through: one finding for each problem, none twice. Pure; the same draft gives the same keys in the same
 * order. What is wrong with an address is told on its row, and not here.
 */
export function checkDraft(question: DraftQuestion): DraftOutcome {
  const { draft: { attachments }, recipients } = question;
  const files = filesOfDraft(attachments, recipients.mass, question.factsOf);
  const stopped = stopFindings({ ...question, ...question.draft, text: question.body.text, files: files.all, stops: stopsOf(question, files) });
  const { to, cc, bcc } = question.draft;
  // A list that goes to a colleague is an ordinary file; in a mail to nobody it waits for its address.
  const mass = recipients.mass || to.length + cc.length + bcc.length === 0 ? massFindings({ ...question, files: files.all }) : [];
  const found = [...stopped, ...mass, ...(recipients.channels.length > 0 ? digitalFindings(question, files, stopped) : [])];
  const findings = withMends(inOrder(withOwnKeys(found)), files, question.bodyBytesMax);
  const notSeen = notSeenOf(question, files);
  return { findings, well: wellOf(question, files, { findings, notSeen }), notSeen };
}

/** What is wrong with the files of a draft alone, as `checkDraft` says it, without reading what stands in the letter. */
export function checkFiles(question: FileQuestions): readonly Finding[] {
  const { draft, recipients: { mass, channels }, factsOf, points, bodyBytesMax } = question;
  const files = filesOfDraft(draft.attachments, mass, factsOf);
  const body = { text: '', links: [], hasPictures: false };
  const stopped = stopFindings({ stops: stopsOf({ ...question, body }, files), files: files.all, subject: '', text: '', home: '' });
  const found = channels.length > 0 ? [...stopped, ...fileFindings({ files, channels, points, unfit: unfitIn(stopped) })] : stopped;
  return withMends(inOrder(withOwnKeys(found)), files, bodyBytesMax);
}

type FileQuestions = Pick<DraftQuestion, 'draft' | 'recipients' | 'own' | 'points' | 'factsOf' | 'bodyBytesMax'>;

function stopsOf({ draft, body, own }: Pick<DraftQuestion, 'draft' | 'body' | 'own'>, { all, massLists }: FilesOfDraft): ReturnType<typeof draftStops> {
  return draftStops({
    ...draft,
    attachments: all.map(({ attachment, facts }) => ({ ...attachment, emptied: facts?.emptied ?? false })),
    bodyText: body.text,
    massListText: massLists[0]?.facts?.listText ?? null,
  }, own);
}

/** What else can be wrong with subject, text and files for somebody in Digital Post. */
function digitalFindings(question: DraftQuestion, files: FilesOfDraft, stopped: readonly Finding[]): readonly Finding[] {
  const { draft: { subject, attachmentsUnknown = false }, body, recipients, people, points, rightNames, today } = question;
  const unfit = unfitIn(stopped);
  const ofFiles = fileFindings({ files, channels: recipients.channels, points, unfit });
  const readable = (file: FileOfDraft): boolean => !unfit.has(file.attachment.id) && !unfitIn(ofFiles).has(file.attachment.id);
  return [
    ...(subject.trim() === '' ? [look('no-subject', 'subject', said('check.noSubject'))] : []),
    ...(subject.length > SUBJECT_CHARACTERS_MAX ? [look('subject-long', 'subject', said('check.subjectLong'))] : []),
    ...(isEmpty(body) && files.letters.length === 0 && !attachmentsUnknown ? [look('no-text', 'text', said('check.noText'))] : []),
    ...letterFindings({ subject, text: body.text, files: [...files.letters, ...files.counted].filter(readable), recipients, people, rightNames, today }),
    ...cloudLinksIn(body).map(({ place, href, quote }) => ({
      ...look(`cloud:${textSign(href)}`, 'text', said('check.cloud', { place })), advice: said('check.cloud.do'), quote,
    })),
    ...ofFiles,
  ];
}

/** MeMo's label (memo-ngdp.md 1.2): what is longer is cut. */
const SUBJECT_CHARACTERS_MAX = 256;

function look(key: string, about: 'subject' | 'text', text: Said): Finding {
  return { key, grade: 'look', about: { kind: about }, text, advice: null, quote: null };
}

function isEmpty({ text, hasPictures }: BodyText): boolean {
  return text.trim() === '' && !hasPictures;
}

function unfitIn(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.flatMap(({ about, grade }) => (about.kind === 'file' && grade === 'stop' ? [about.attachmentId] : [])));
}

/** Two findings about the same thing are one; two alike in different places have keys of their own. */
function withOwnKeys(findings: readonly Finding[]): readonly Finding[] {
  const taken = new Set<string>();
  return findings.flatMap((finding) => {
    if (finding.key === 'subject-cpr' && taken.has(finding.key)) return [];
    let key = finding.key;
    for (let nth = 2; taken.has(key); nth += 1) key = `${finding.key}:${String(nth)}`;
    taken.add(key);
    return [{ ...finding, key }];
  });
}

const placeOrder: readonly Finding['about']['kind'][] = ['subject', 'text', 'files', 'file'];

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return (['stop', 'look'] as const).flatMap((grade) =>
    placeOrder.flatMap((kind) => findings.filter((finding) => finding.grade === grade && finding.about.kind === kind)));
}

/** Files that the client does not tell of, or that the gateway could not be asked about. */
function notSeenOf({ draft: { attachmentsUnknown = false }, recipients: { channels, mass }, factsOf }: DraftQuestion, files: FilesOfDraft): Said | null {
  if (attachmentsUnknown) return said('check.files.unknown');
  const unasked = channels.length > 0 && filesToRead(files, mass).some((file) => factsOf(file)?.problems === null);
  return unasked ? said('check.files.unasked') : null;
}

/** Nothing is said to be well that was not looked at. */
function wellOf({ recipients, people, filesRead }: DraftQuestion, files: FilesOfDraft, { findings, notSeen }: Pick<DraftOutcome, 'findings' | 'notSeen'>): readonly Said[] {
  const isWell = (...kinds: readonly Finding['about']['kind'][]): boolean => !findings.some(({ about }) => kinds.includes(about.kind));
  const known = recipients.mass ? [] : recipients.numbers.map(({ number }) => people.get(number));
  const named = known.length > 0 && known.every((person) => person !== undefined && person.name !== null);
  return [
    ...(isWell('subject') ? [said('check.ok.subject')] : []),
    ...(isWell('text') && !known.includes(undefined) ? [said(named ? 'check.ok.text' : 'check.ok.text0')] : []),
    ...(recipients.channels.length > 0 && filesRead && notSeen === null && isWell('file', 'files') ? filesWell(files, recipients.mass) : []),
  ];
}

/** The letter itself is no attachment; the single letters of a mass send are not looked into here. */
function filesWell({ counted, letters }: FilesOfDraft, isMassSend: boolean): readonly Said[] {
  const ofLetters = isMassSend ? [] : letters.map((file) => said('check.ok.letter', { file: file.shownName, size: sizeOf([file]) }));
  if (counted.length === 0) return letters.length === 0 ? [said('check.ok.noFiles')] : ofLetters;
  const size = sizeOf(counted);
  return [...ofLetters, counted.length === 1 ? said('check.ok.files1', { size }) : said('check.ok.files', { n: counted.length, size })];
}

function sizeOf(files: readonly FileOfDraft[]): { readonly bytes: number } {
  return { bytes: files.reduce((sum, { attachment }) => sum + attachment.bytes, 0) };
}

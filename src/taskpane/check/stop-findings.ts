import { cprNumbersIn, maskWrittenCprNumbers } from '../../domain/cpr-in-text.ts';
import type { DraftStop } from '../../domain/draft-stop.ts';
import { fileExtensionOf } from '../../domain/file-name.ts';
import { quoteOf } from '../../domain/letter-quote.ts';
import { readableText } from '../../domain/letter-text.ts';
import { isMassSendFileName } from '../../domain/memo-header-file.ts';
import type { Quote } from '../parts/card.tsx';
import { aboutFile, type FileOfDraft } from './file-of-draft.ts';
import { said, type Finding, type Said } from './finding.ts';

export interface StoppedDraft {
  readonly stops: readonly DraftStop[];
  /** All files, at their places in the draft. */
  readonly files: readonly FileOfDraft[];
  readonly subject: string;
  readonly text: string;
  /** What the organisation is called in a sentence. */
  readonly home: string;
}

/**
 * What the Smart Alert would stop (domain/draft-check.ts), as cards of Tjek. What is wrong with an address, and numbers
 * that stand in addresses, are told on the rows, and what is wrong with a mass send by mass-findings.ts.
 */
export function stopFindings(draft: StoppedDraft): readonly Finding[] {
  return [...draft.stops.flatMap((stop) => findingOf(stop, draft) ?? []), ...outsideCpr(draft)];
}

function findingOf(stop: DraftStop, draft: StoppedDraft): Finding | null {
  switch (stop.code) {
    case 'subjectCpr':
      return { ...ofAll('subject-cpr', said('check.subjectCpr')), about: { kind: 'subject' }, quote: cprQuote(draft.subject) };
    case 'tooMany': {
      const { n, max, channel } = stop.parameters;
      return { ...ofAll('too-many', said('check.tooMany', { n, max, channel })), advice: said('check.tooMany.do', { k: n - max }) };
    }
    case 'tooBig': {
      const { bytes, max } = stop.parameters;
      return { ...ofAll('too-big', said('check.tooBig', { size: { bytes }, max: { bytes: max } })), advice: said('check.tooBig.do') };
    }
    case 'types': case 'macro': case 'emptyFile': case 'dlp': case 'memoHeader':
      return fileStop(stop, draft);
    default:
      return null;
  }
}

function ofAll(key: string, text: Said): Finding {
  return { key, grade: 'stop', about: { kind: 'files' }, text, advice: null, quote: null };
}

type FileStop = Extract<DraftStop, { readonly code: 'types' | 'macro' | 'emptyFile' | 'dlp' | 'memoHeader' }>;

function fileStop(stop: FileStop, { files, home }: StoppedDraft): Finding | null {
  const file = stop.place.at === 'file' ? files[stop.place.index] : undefined;
  if (!file) return null;
  return { key: `${file.key}:${stop.code}`, grade: 'stop', about: aboutFile(file), text: fileText(stop, file, home), advice: null, quote: null };
}

function fileText(stop: FileStop, { attachment: { name }, shownName: file }: FileOfDraft, home: string): Said {
  switch (stop.code) {
    case 'types': {
      const { channel } = stop.parameters;
      return fileExtensionOf(name) === 'ics' ? said('check.meeting', { channel }) : said('check.type', { file, channel });
    }
    case 'macro':
      return said('check.macro', { file });
    case 'emptyFile':
      return said('check.emptyFile', { file });
    case 'dlp':
      return said('check.dlp', { file, home });
    case 'memoHeader':
      return isMassSendFileName(name) ? said('check.massList', { file }) : said('check.memoHeader', { file, home });
  }
}

/** Outsiders of a card whose addresses are told. */
const OUTSIDERS_TOLD_MAX = 3;

/**
 * One card for all outsiders: the numbers are in one place. A number in the subject has its own card, and numbers that
 * stand in addresses are told on the rows.
 */
function outsideCpr({ stops, text, files, home }: StoppedDraft): readonly Finding[] {
  const outside = stops.flatMap((stop) => (stop.code === 'outsideCpr' ? [stop.parameters] : []));
  if (!outside.some(({ where }) => where.includes('text') || where.includes('file-names'))) return [];
  const address = { list: outside.slice(0, OUTSIDERS_TOLD_MAX).map((told) => told.address) };
  return [{
    key: 'outside-cpr', grade: 'stop', about: { kind: 'text' }, text: said('check.outsideCpr', { address, home }),
    advice: said('check.outsideCpr.do'), quote: cprQuote(text) ?? nameQuote(files),
  }];
}

function cprQuote(text: string): Quote | null {
  const readable = readableText(text);
  const [place] = cprNumbersIn(readable);
  return place ? quoteOf(readable, place) : null;
}

function nameQuote(files: readonly FileOfDraft[]): Quote | null {
  const file = files.find(({ attachment: { name } }) => cprNumbersIn(readableText(name)).length > 0);
  return file ? { before: '', found: maskWrittenCprNumbers(file.shownName), after: '' } : null;
}

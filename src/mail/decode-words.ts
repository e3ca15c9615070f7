import { decodeShortText } from './decode-charset.ts';

/** One encoded word, `=?charset?B|Q?text?=`, and where it ends. */
interface EncodedWord {
  readonly charset: string;
  readonly encoding: 'B' | 'Q';
  readonly text: string;
  readonly end: number;
}

/** Longest charset name with its language tag; longer ones are no encoded word. */
const charsetLengthMax = 80;

/**
 * Decodes the encoded words of RFC 2047 in a header text, also as they are wrongly made: inside quotes, longer than 75
 * signs, with blanks in them, and with a sign's bytes or a base64 group cut between two words.
 * @param text an unfolded header value, or a piece of one
 * @returns the text with every well-formed word decoded and all else unchanged; time is linear in the length
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const pieces: string[] = [];
  const find = wordFinder(text);
  let run: EncodedWord[] = [];
  let plainStart = 0;
  let start = text.indexOf('=?');
  while (start !== -1) {
    const word = find(start);
    if (word === null) {
      start = text.indexOf('=?', start + 2);
      continue;
    }
    const between = text.slice(plainStart, start);
    // RFC 2047 section 6.2: blanks between two encoded words are no part of the text.
    if (run.length === 0 || between.trim() !== '') {
      pieces.push(decodeRun(run), between);
      run = [];
    }
    run.push(word);
    plainStart = word.end;
    start = text.indexOf('=?', word.end);
  }
  pieces.push(decodeRun(run), text.slice(plainStart));
  return pieces.join('');
}

/** Makes a finder that looks for each closing `?=` only once, however many openings stand before it. */
function wordFinder(text: string): (start: number) => EncodedWord | null {
  let close = 0;
  return (start) => {
    const head = /^=\?([\w.:+()-]+)(?:\*[^?]*)?\?([BbQq])\?/.exec(text.slice(start, start + charsetLengthMax));
    if (head === null) return null;
    const textStart = start + head[0].length;
    if (close !== -1 && close < textStart) close = text.indexOf('?=', textStart);
    if (close === -1) return null;
    const body = text.slice(textStart, close);
    const encoding = head[2]?.toUpperCase() === 'B' ? 'B' : 'Q';
    if (body.includes('=?')) return null;
    return { charset: head[1] ?? '', encoding, text: body, end: close + 2 };
  };
}

/** Decodes words that stand side by side; the bytes of neighbours in one charset are joined before they are read. */
function decodeRun(run: readonly EncodedWord[]): string {
  const decoded: string[] = [];
  let index = 0;
  while (index < run.length) {
    const first = run[index] as EncodedWord;
    let end = index + 1;
    while (end < run.length && run[end]?.charset.toLowerCase() === first.charset.toLowerCase()) end += 1;
    decoded.push(decodeShortText(joinBytes(run.slice(index, end)), first.charset));
    index = end;
  }
  return decoded.join('');
}

function joinBytes(words: readonly EncodedWord[]): Uint8Array {
  const bytes: Uint8Array[] = [];
  let pending = '';
  for (const word of words) {
    if (word.encoding === 'Q') {
      bytes.push(Buffer.from(pending, 'base64'), decodeQ(word.text));
      pending = '';
      continue;
    }
    pending += word.text.replace(/\s/g, '');
    // A whole number of base64 groups stands alone; what is left over goes on in the next word.
    if (pending.length % 4 === 0 || pending.endsWith('=')) {
      bytes.push(Buffer.from(pending, 'base64'));
      pending = '';
    }
  }
  bytes.push(Buffer.from(pending, 'base64'));
  return Buffer.concat(bytes);
}

/** RFC 2047 section 4.2: "_" is a blank, "=HH" a byte; signs outside ASCII, which are wrong here, pass as UTF-8. */
function decodeQ(text: string): Uint8Array {
  const raw = Buffer.from(text.replace(/_/g, ' '), 'utf8');
  const out = Buffer.alloc(raw.length);
  let length = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const hex = raw[at] === 0x3d ? raw.toString('latin1', at + 1, at + 3) : '';
    const isEscape = /^[0-9A-Fa-f]{2}$/.test(hex);
    out[length] = isEscape ? Number.parseInt(hex, 16) : (raw[at] ?? 0);
    length += 1;
    if (isEscape) at += 2;
  }
  return out.subarray(0, length);
}

/**
 * Makes ordinary text of `format=flowed` (RFC 3676): soft line ends are taken out, stuffed blanks removed.
 * @param text lines ended by LF or CRLF
 * @param delSp whether the blank at a soft line end goes too
 * @returns lines ended by LF; quoted lines keep their marks ("> "), the signature line "-- " stays a line of its own
 */
export function decodeFlowed(text: string, delSp: boolean): string {
  const lines: string[] = [];
  let open: FlowedLine | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const next = readLine(raw, delSp);
    // A soft line end counts only where the next line is as deep; a signature line never goes on (RFC 3676 4.3, 4.5).
    if (open !== null && (open.depth !== next.depth || next.content === signatureLine)) {
      lines.push(quoteLine(open));
      open = null;
    }
    const joined: FlowedLine = { ...next, content: (open?.content ?? '') + next.content };
    if (!next.isSoft) lines.push(quoteLine(joined));
    open = next.isSoft ? joined : null;
  }
  if (open !== null) lines.push(quoteLine(open));
  return lines.join('\n');
}

const signatureLine = '-- ';

interface FlowedLine {
  readonly depth: number;
  readonly content: string;
  readonly isSoft: boolean;
}

function readLine(raw: string, delSp: boolean): FlowedLine {
  const depth = /^>*/.exec(raw)?.[0].length ?? 0;
  const content = raw.slice(depth).replace(/^ /, '');
  const isSoft = content.endsWith(' ') && content !== signatureLine;
  return { depth, content: isSoft && delSp ? content.slice(0, -1) : content, isSoft };
}

function quoteLine({ depth, content }: FlowedLine): string {
  return depth === 0 ? content : `${'>'.repeat(depth)} ${content}`;
}

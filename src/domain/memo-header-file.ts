import { maskCprNumbersIn } from './cpr-number.ts';
import { skeletonOf } from './look-alike.ts';

/**
 * True for MemoHeader.json and MemoHeaderInfo.json under any disguise that leaves the name recognisable: letter case,
 * letters of other scripts, invisible signs, blanks and dots around, folders, and the copies that Windows, browsers
 * and Outlook make ("MemoHeader (1).json", "MemoHeader - Kopi.json"). These files hold CPR numbers and case data.
 */
export function isMemoHeaderFileName(name: string): boolean {
  return memoHeaderName.test(plainName(name));
}

/** True for masseforsendelse.txt under the same disguises: a list of CPR numbers must never reach a citizen as a file. */
export function isMassSendListName(name: string): boolean {
  return isMassSendFileName(name) && !plainName(name).includes('csv');
}

/** True for masseforsendelse.csv under the same disguises: the columns that letters of a mass send are filled in from. */
export function isMergeColumnsName(name: string): boolean {
  return isMassSendFileName(name) && plainName(name).includes('csv');
}

/** True for either of them: both hold CPR numbers and are for the gateway alone. */
export function isMassSendFileName(name: string): boolean {
  return massSendFileName.test(plainName(name));
}

/** True for body.pdf, letter case, blanks and folders aside. A copy ("body (1).pdf") is an ordinary attachment. */
export function isBodyPdfName(name: string): boolean {
  return plainName(name) === 'body.pdf';
}

/**
 * True when a text has the shape of a MemoHeader.json or MemoHeaderInfo.json (formats.md), received or written here,
 * whatever its name: JSON with their tell-tale keys at the top or at most three levels down. So does NgDPKvittering.json where
 * it holds whole numbers (formats.md, "Receipt"); masked, as it usually is, it may be forwarded. Text over `charactersMax` is
 * not looked into.
 */
export function looksLikeMemoHeader(text: string, charactersMax = 1_000_000): boolean {
  if (text.length > charactersMax) return false;
  const json = text.replace(/^\ufeff/, '').trim();
  if (!json.startsWith('{') && !json.startsWith('[')) return false;
  if (json.includes('"recipientsListed"')) return maskCprNumbersIn(json) !== json;
  try {
    return holdsMemoHeader(JSON.parse(json), levelsMax);
  } catch {
    return namesMemoHeaderKeys(json);
  }
}

const levelsMax = 3;

const copyMark = String.raw`(?:[-_]?(?:kopi|copy)|[-_]?\(\d+\)|\[\d+\]|[-_]?\d{1,3})*`;
const memoHeaderName = new RegExp(
  String.raw`^(?:kopiaf|copyof)?memoheader(?:info)?${copyMark}\.json(?:~|\.(?:json|txt|bak|old|tmp|log))*$`,
);
const massSendFileName = new RegExp(String.raw`^(?:kopiaf|copyof)?masseforsendelse${copyMark}(?:\.(?:txt|csv))+$`);

const nameCharactersMax = 1000;

function plainName(name: string): string {
  // The end decides; a name of megabytes is a trick.
  const skeleton = skeletonOf(name.slice(-nameCharactersMax)).replace(/[\s"'<>]+/gu, '');
  const decoded = skeleton.replace(/%([2-7][0-9a-f])/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const lastStep = decoded.toLowerCase().split(/[/\\]/).reverse().find((step) => /[^.]/.test(step)) || '';
  // "name:stream" opens the same file on Windows, and so does a drive in front.
  const withoutStream = lastStep.replace(/^[a-z]:|:[^]*$/g, '');
  return withoutStream.replace(/^[.\s]+|[.\s]+$/g, '');
}

function holdsMemoHeader(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (hasMemoHeaderKeys(new Set(Object.keys(value)))) return true;
  return levels > 1 && Object.values(value).some((inner) => holdsMemoHeader(inner, levels - 1));
}

function hasMemoHeaderKeys(keys: ReadonlySet<string>): boolean {
  const isHeader = keys.has('messageUUID') && keys.has('recipient') && (keys.has('sender') || keys.has('channel'));
  const isInfo = keys.has('transmissionId') && keys.has('files') && (keys.has('memoVersion') || keys.has('receivedAt'));
  // What the add-in and line-of-business systems write of a mail (domain/memo-header-json.ts).
  const isOutbound = keys.has('version') && ['contentData', 'replyByDateTime', 'recipients'].some((key) => keys.has(key));
  return isHeader || isInfo || isOutbound;
}

/** For JSON that does not parse, because it was cut or edited by hand. */
function namesMemoHeaderKeys(json: string): boolean {
  return hasMemoHeaderKeys(new Set(Array.from(json.matchAll(/"([A-Za-z]{1,20})"\s*:/g), (match) => match[1] ?? '')));
}

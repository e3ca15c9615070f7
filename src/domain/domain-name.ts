import { wellFormed } from './unicode-pattern.ts';

/**
 * One spelling for every way to write a mail domain: lower case, composed (NFKC), without the root's trailing dot,
 * international labels in their own letters ("xn--blbrgrd-…" → "blåbærgrød"). Used to compare, not to look up.
 * A label that is no valid punycode stays as it is.
 */
export function canonicalDomain(domain: string): string {
  // No domain is this long (RFC 1035), and normalize takes quadratic time on a run of accents.
  if (domain.length > domainCharactersExamined) return domain.toLowerCase();
  return wellFormed(domain)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[。｡]/gu, '.')
    .replace(/\.$/, '')
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.');
}

const domainCharactersExamined = 1000;

// RFC 3492 section 5.
const base = 36;
const smallest = 1;
const largest = 26;
const skew = 38;
const damp = 700;
/** RFC 1035 gives a label 63 signs; longer ones are not decoded, which also bounds the work. */
const labelCharactersMax = 63;

/** The letters behind a punycode label without its "xn--" (RFC 3492 section 6.2); null when it is not valid. */
export function decodePunycode(label: string): string | null {
  if (label.length > labelCharactersMax || !/^[\x20-\x7e]*$/.test(label)) return null;
  const delimiter = label.lastIndexOf('-');
  const output = Array.from(label.slice(0, Math.max(delimiter, 0)), (sign) => sign.codePointAt(0) ?? 0);
  const state = { code: 128, place: 0, bias: 72, first: true };
  for (let position = delimiter + 1; position < label.length; ) {
    const delta = readDelta(label, position, state.bias);
    if (delta === null) return null;
    position = delta.next;
    const length = output.length + 1;
    const place = state.place + delta.value;
    state.bias = adaptBias(delta.value, length, state.first);
    state.first = false;
    state.code += Math.floor(place / length);
    if (state.code > 0x10ffff) return null;
    output.splice(place % length, 0, state.code);
    state.place = (place % length) + 1;
  }
  return wellFormed(String.fromCodePoint(...output));
}

function readDelta(label: string, start: number, bias: number): { value: number; next: number } | null {
  let value = 0;
  let weight = 1;
  for (let position = start, k = base; position < label.length; position += 1, k += base) {
    const digit = digitValue(label.charCodeAt(position));
    if (digit === null) return null;
    value += digit * weight;
    if (value > 0x7fffffff) return null;
    const threshold = k <= bias ? smallest : Math.min(k - bias, largest);
    if (digit < threshold) return { value, next: position + 1 };
    weight *= base - threshold;
  }
  return null;
}

function digitValue(code: number): number | null {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a ? letter - 0x61 : null;
}

function adaptBias(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((base - smallest) * largest) >> 1; k += base) rest = Math.floor(rest / (base - smallest));
  return k + Math.floor(((base - smallest + 1) * rest) / (rest + skew));
}

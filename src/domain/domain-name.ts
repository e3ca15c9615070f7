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
    .map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) || label : label))
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
  const output = Array.from(label.slice(0, Math.max(delimiter, 0)));
  // "a" to "z" are 0 to 25, "0" to "9" are 26 to 35.
  const digits = Array.from(label.slice(delimiter + 1), (sign) => (parseInt(sign, base) + largest) % base);
  let code = 128;
  let place = 0;
  for (let bias = 72, damping = damp; digits.length > 0; damping = 2) {
    const delta = takeDelta(digits, bias);
    if (delta === null) return null;
    const length = output.length + 1;
    bias = adaptedBias(Math.floor(delta / damping), length);
    code += Math.floor((place + delta) / length);
    if (code > 0x10ffff) return null;
    place = (place + delta) % length;
    output.splice(place, 0, String.fromCodePoint(code));
    place += 1;
  }
  return wellFormed(output.join(''));
}

/** The number that stands first among the digits, which are taken away; null when there is none. */
function takeDelta(digits: number[], bias: number): number | null {
  let delta = 0;
  let weight = 1;
  for (let k = base; ; k += base) {
    const [digit = NaN] = digits.splice(0, 1);
    delta += digit * weight;
    if (!(delta <= 0x7fffffff)) return null;
    const threshold = Math.max(smallest, Math.min(k - bias, largest));
    if (digit < threshold) return delta;
    weight *= base - threshold;
  }
}

function adaptedBias(delta: number, length: number): number {
  let rest = delta + Math.floor(delta / length);
  let k = 0;
  for (; rest > ((base - smallest) * largest) >> 1; k += base) rest = Math.floor(rest / (base - smallest));
  return k + Math.floor(((base - smallest + 1) * rest) / (rest + skew));
}

import { decodePunycode } from './domain-name.ts';
import { skeletonOf } from './look-alike.ts';
import { unicodePattern } from './unicode-pattern.ts';

/**
 * True when a text names digital-post.dk, or something that can be taken for it, anywhere: as the domain, in a source
 * route, behind a "%", in quotes, with comments or control signs inside, in punycode or in letters of other scripts.
 * Such an address must never leave as ordinary mail, for it probably holds a CPR number. What is longer than any address
 * (RFC 5321 allows 256 signs) is taken for one too: nobody looks through megabytes for a disguise. Linear in the text.
 */
export function isUnderGatewayDomain(text: string): boolean {
  if (text.length > examinedCharactersMax) return true;
  const skeleton = skeletonOf(text);
  return namesGatewayDomain(skeleton) || namesGatewayDomain(withoutComments(skeleton));
}

const examinedCharactersMax = 1000;

const betweenNames = unicodePattern(String.raw`[^\p{L}\p{N}.-]+`, 'u');

// Blanks, quotes, brackets and backslashes may stand inside a name by RFC 5322's old syntax, or by accident; every
// other sign parts names from each other.
function namesGatewayDomain(skeleton: string): boolean {
  return skeleton
    .replace(/[\s\u2400-\u243f()<>[\]"'`\\]+/gu, '')
    .split(betweenNames)
    .some((name) => hasGatewayLabels(name));
}

function hasGatewayLabels(name: string): boolean {
  const labels = name.split('.').map(plainLabel).filter((label) => label !== '');
  return labels.some((label, place) => label === 'digital-post' && labels[place + 1] === 'dk');
}

function plainLabel(label: string): string {
  const inner = withoutOuterHyphens(label);
  const letters = inner.startsWith('xn--') ? skeletonOf(decodePunycode(inner.slice(4)) || inner) : inner;
  return letters.replace(/0/g, 'o').replace(/1/g, 'l');
}

// By hand, since the pattern /-+$/ takes quadratic time.
function withoutOuterHyphens(label: string): string {
  let start = 0;
  let end = label.length;
  while (start < end && label[start] === '-') start += 1;
  while (end > start && label[end - 1] === '-') end -= 1;
  return label.slice(start, end);
}

/** Takes out "(…)", nested too; an unclosed one reaches to the end (RFC 5322 section 3.2.2). */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let kept = '';
  for (const sign of text) {
    if (sign === '(') depth += 1;
    else if (sign === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += sign;
  }
  return kept;
}

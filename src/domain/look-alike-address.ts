import { cprShape } from './cpr-number.ts';
import { skeletonOf } from './look-alike.ts';
import { mailDomainOf } from './mail-address.ts';

/**
 * True for an address that goes to the internet and was plainly meant for Digital Post: a CPR number as its name in any
 * domain, or a number or a mass send at a domain that resembles digital-post.dk. It would carry the number to whoever has
 * that domain. Ordinary addresses are left alone, also at such a domain; so are numbers at a telephone company's (mail to SMS).
 */
export function looksLikeGatewayAddress(text: string): boolean {
  const name = skeletonOf(text.slice(0, Math.max(text.lastIndexOf('@'), 0)));
  const parts = /^(?:(\d{6})-?(\d{4})|\d{8}|masse?forsendelse-?\d*)(?:-?reply)?(?:\.[0-9a-f-]+)?$/.exec(name);
  if (parts === null) return false;
  const [, birth, serial] = parts;
  const isCpr = birth !== undefined && serial !== undefined && cprShape(birth + serial) !== 'no-date';
  return isCpr || resemblesGatewayDomain(mailDomainOf(text));
}

const WRONG_SIGNS_MAX = 2;
const guarded = 'digitalpost';

function resemblesGatewayDomain(domain: string): boolean {
  const labels = skeletonOf(domain).replace(/0/g, 'o').replace(/1/g, 'l').split('.');
  // "digital.post.dk", "digitalpostdk".
  if (labels.join('').replace(/-/g, '').includes(guarded)) return true;
  return labels.some((label) => ['ngdp', 'mitdk'].includes(label) || distance(label.replace(/-/g, ''), guarded) <= WRONG_SIGNS_MAX);
}

/** How many signs must be added, left out or changed to make one word of the other (Levenshtein); a rough answer above the most allowed. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > WRONG_SIGNS_MAX) return WRONG_SIGNS_MAX + 1;
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

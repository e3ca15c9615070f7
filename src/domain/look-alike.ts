import { unicodePattern, wellFormed } from './unicode-pattern.ts';

/**
 * What a text looks like to a hurried reader: lower-case Latin letters for the signs of other scripts that resemble
 * them, full-width forms made narrow, accents and invisible signs gone. For recognising disguises, never for storing.
 * After Unicode TS 39's skeleton, kept to the letters of the names that we guard; linear in the text.
 */
export function skeletonOf(text: string): string {
  // Accents go before as well as after: sorting a long run of them, as normalize does, takes quadratic time.
  const plain = wellFormed(text).replace(unseen, '').normalize('NFKD').replace(unseen, '');
  return plain.replace(/[^\0-\x7f]/gu, (sign) => latinOf.get(sign) || sign).toLowerCase();
}

const unseen = unicodePattern(String.raw`[\p{M}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]`, 'gu');

// Upper case stands by itself where it resembles another letter than its lower case does (Η as H, η as n).
const resembling: Readonly<Record<string, string>> = {
  a: 'аАαΑɑᴀ',
  b: 'ВΒЬ',
  d: 'ԁđĐɗᴅ',
  e: 'еЕεΕҽєᴇ',
  f: 'ƒғϝꞙ',
  g: 'ɡցɢԍ',
  h: 'һҺНΗнʜ',
  i: 'іІıιΙɩɪ',
  j: 'јЈϳʝ',
  k: 'кКκΚᴋĸ',
  l: 'ӏӀłŁǀʟ',
  m: 'мМΜᴍ',
  n: 'ոռηΝɴпП',
  o: 'оОοΟօσøØᴏ',
  p: 'рРρΡϱᴘ',
  r: 'гʀᴦ',
  s: 'ѕЅꜱʂ',
  t: 'тТτΤŧŦᴛ',
  y: 'уУγ',
  '-': '‐‑‒–—―−⁃﹘𐆑',
  '.': '。۔ꓸ܁܂｡',
};

const latinOf: ReadonlyMap<string, string> = new Map(
  Object.keys(resembling).reduce<[string, string][]>(
    (pairs, latin) => pairs.concat(Array.from(resembling[latin] || '', (sign): [string, string] => [sign, latin])),
    [],
  ),
);

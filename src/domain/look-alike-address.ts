import { cprShape } from './cpr-number.ts';
import { skeletonOf } from './look-alike.ts';
import { mailDomainOf } from './mail-address.ts';

/**
 * True for an address that goes to the internet and was plainly meant for Digital Post: a CPR number as its name in any
 * domain, or a number or a mass send at a domain that resembles digital-post.dk. It would carry the number to whoever has
 * that domain. Ordinary addresses are left alone, also at such a domain; so are numbers at a telephone company's (mail to SMS).
 * What is longer than any address is no ordinary one.
 */
export function looksLikeGatewayAddress(text: string): boolean {
  if (text.length > examinedCharactersMax) return true;
  const name = skeletonOf(text.slice(0, Math.max(text.lastIndexOf('@'), 0)));
  const parts = /^(?:(\d{6})-?(\d{4})|\d{8}|masse?forsendelse-?\d*)(?:-?reply)?(?:\.[0-9a-f-]+)?$/.exec(name);
  if (parts === null) return false;
  const [, birth, serial] = parts;
  const isCpr = birth !== undefined && serial !== undefined && cprShape(birth + serial) !== 'no-date';
  return isCpr || resemblesGatewayDomain(mailDomainOf(text));
}

const examinedCharactersMax = 1000;

/** digitalpost, digital.post, digital-posts, digtal-post, …; or the name of a network of ours. */
const alike = /d.{0,2}g.{0,2}t.{0,2}l?.?p.{0,2}s|(?:^|\.)(?:ngdp|mitdk)\./;

function resemblesGatewayDomain(domain: string): boolean {
  return alike.test(skeletonOf(domain).replace(/0/g, 'o').replace(/1/g, 'l'));
}

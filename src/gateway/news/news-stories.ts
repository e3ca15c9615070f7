import { mailDomainOf, normaliseMailAddress } from '../../domain/mail-address.ts';
import { openCallBudget } from '../api/call-budget.ts';
import type { NewsActions, SignUpOutcome, SignUpWish } from '../api/news-actions.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { deleteSubscriber, insertSubscriber } from '../store/news.ts';
import { subscriberOfLink } from './leave-link.ts';

export type NewsParts = Pick<GatewayParts, 'settings' | 'database' | 'keys' | 'now' | 'directory'>;

/** Whether one can sign up: every mail has a link by which one leaves, and links need an address that they begin with. */
export function offersSignUp({ NEWS, PUBLIC_URL }: Pick<GatewayParts['settings'], 'NEWS' | 'PUBLIC_URL'>): boolean {
  return NEWS === 'on' && PUBLIC_URL !== '';
}

/** News by mail: signing up with consent, and leaving by one link. */
export function newsStories(parts: NewsParts): NewsActions {
  const { settings, database, keys, now } = parts;
  const budget = openCallBudget(settings.NEWS_SIGNUPS_PER_MINUTE, now);
  return {
    signUpOffered: offersSignUp(settings),
    async signUp(wish) {
      if (budget.isSpent(wish.from)) return { kind: 'too-many', retryAfterS: budget.retryAfterS() };
      budget.spend(wish.from);
      return await signUp(parts, wish);
    },
    isLeaveToken: (token) => subscriberOfLink(keys, token) !== null,
    async leave(token) {
      const subscriber = subscriberOfLink(keys, token);
      if (subscriber === null) return false;
      await deleteSubscriber(database, subscriber);
      return true;
    },
  };
}

/** Only addresses of the organisations here: nobody uses the gateway to write to strangers. */
async function signUp({ settings, database, now, directory }: NewsParts, { address: given, consentText }: SignUpWish): Promise<SignUpOutcome> {
  if (!offersSignUp(settings)) return { kind: 'not-offered' };
  if (consentText === null) return { kind: 'no-consent' };
  const address = normaliseMailAddress(given);
  if (!isOneAddress(address)) return { kind: 'no-address' };
  if (directory.organisationOfDomain(mailDomainOf(address)) === null) return { kind: 'elsewhere' };
  await insertSubscriber(database, { address, consentText, now: now() });
  return { kind: 'signed-up' };
}

const ADDRESS_CHARACTERS_MAX = 254;

/** As people have them; what would need quotation marks is none here. */
function isOneAddress(address: string): boolean {
  return address.length <= ADDRESS_CHARACTERS_MAX && /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address);
}

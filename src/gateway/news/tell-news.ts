import { canonicalDomain } from '../../domain/domain-name.ts';
import { releaseNotes } from '../../domain/release-notes.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { tellSubscribers, untoldNotes, type DomainOwner } from '../store/news.ts';
import { offersSignUp } from './news-stories.ts';

/**
 * The story of what is new: notes that this version brings are mailed, all in one mail, to everybody who has signed up when
 * the gateway first runs with them, each note once to each.
 */
export async function tellNews({ database, directory, settings, log, now, wake }: GatewayParts): Promise<void> {
  if (!offersSignUp(settings)) return;
  const notes = await untoldNotes(database, releaseNotes.map(({ id }) => id));
  if (notes.length === 0) return;
  const mails = await tellSubscribers(database, { notes, owners: ownersOf(directory), now: now() });
  log.info({ state: 'news-told', count: notes.length, mails });
  if (mails > 0) wake();
}

function ownersOf(directory: GatewayParts['directory']): readonly DomainOwner[] {
  const domains = directory.organisations.flatMap(({ mailDomains }) => mailDomains.map((domain) => canonicalDomain(domain.trim())));
  return [...new Set(domains)].flatMap((domain) => {
    const organisationCvr = directory.organisationOfDomain(domain)?.cvrNumbers[0];
    return organisationCvr === undefined ? [] : [{ domain, organisationCvr }];
  });
}

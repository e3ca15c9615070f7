import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { mailDomainOf } from '../../domain/mail-address.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { labelFromSubject } from '../../domain/subject-label.ts';
import type { LinkDoor, LinkPage } from '../api/link-pages.ts';
import { approvalObstacle, approveSubmission } from './approve-submission.ts';
import { LINK_KEY, readLinkToken, type Link } from './link.ts';
import { approvePage, EXPIRED_PAGE, FORGED_PAGE, resendPage, stopPage } from './link-outcomes.ts';
import { holdMsOf } from './hold-submission.ts';
import { danishDayAndTime } from '../notify/danish-time.ts';
import { resendFailed, resendObstacle, type ResendParts } from './resend-failed.ts';
import { stopObstacle, stopSubmission } from './stop-submission.ts';
import { actedOn, countDeliveries, type ActedOn } from '../store/holds.ts';
import { letterOfSubmission } from '../store/resends.ts';

/** What is behind the links in mails: each page asks, and on the press of its button one story is told. */
export function linkDoor(parts: ResendParts): LinkDoor {
  return {
    show: async (token) => await withLink(parts, token, (link, mail) => question(parts, link, mail)),
    act: async (token, reason) => await withLink(parts, token, (link, mail) => act(parts, link, { mail, reason })),
  };
}

async function withLink(
  parts: ResendParts,
  token: string,
  use: (link: Link, mail: OwnedMail) => Promise<LinkPage>,
): Promise<LinkPage> {
  const read = readLinkToken(parts.keys.all(LINK_KEY), token, parts.now());
  if (read.kind === 'forged') return FORGED_PAGE;
  if (read.kind === 'expired') return EXPIRED_PAGE;
  const mail = await actedOn(parts.database, read.link.submissionId);
  // Before it is read, a mail is known by its envelope alone.
  const organisationCvr = mail && (mail.organisationCvr ?? ownerOf(parts, mail));
  return organisationCvr ? await use(read.link, { ...mail, organisationCvr }) : FORGED_PAGE;
}

type OwnedMail = ActedOn & { readonly organisationCvr: string };

function ownerOf({ directory }: ResendParts, { mailFrom }: ActedOn): string | null {
  return directory.organisationOfDomain(mailDomainOf(mailFrom))?.cvrNumbers[0] ?? null;
}

async function act(
  parts: ResendParts,
  link: Link,
  { mail, reason }: { readonly mail: OwnedMail; readonly reason: string | null },
): Promise<LinkPage> {
  const done = { submissionId: mail.id, organisationCvr: mail.organisationCvr, by: link.person };
  switch (link.action) {
    case 'stop':
      return stopPage(await stopSubmission(parts, done));
    case 'resend':
      return resendPage(await resendFailed(parts, done));
    case 'approve':
    case 'reject': {
      const contentSha256 = link.contentSha256 ?? '';
      return approvePage(await approveSubmission(parts, { ...done, client: null, person: null, decision: link.action, contentSha256, reason }), parts.now());
    }
  }
}

/** The page before the press: what would be done, or why nothing can be. */
async function question(parts: ResendParts, link: Link, mail: OwnedMail): Promise<LinkPage> {
  switch (link.action) {
    case 'stop': {
      const obstacle = await stopObstacle(parts.database, mail);
      if (obstacle) return stopPage(obstacle);
      return ask(await factsOf(parts, mail), { title: 'Stop beskeden?', text: 'Det, der ikke er sendt endnu, bliver ikke sendt.', label: 'Stop beskeden' });
    }
    case 'resend': {
      const obstacle = await resendObstacle(parts, parts.database, mail);
      if (obstacle) return resendPage(obstacle);
      return ask(await factsOf(parts, mail), { title: 'Send igen?', text: 'Kun de modtagere, der ikke fik beskeden, får den igen.', label: 'Send igen kun til de fejlede' });
    }
    case 'approve':
    case 'reject':
      return await approvalQuestion(parts, link, mail);
  }
}

async function approvalQuestion(parts: ResendParts, link: Link, mail: OwnedMail): Promise<LinkPage> {
  const organisation = parts.directory.organisationOfCvr(mail.organisationCvr);
  if (!organisation) return FORGED_PAGE;
  const word = { by: link.person, client: null, person: null, contentSha256: link.contentSha256 ?? '' };
  const obstacle = approvalObstacle(mail, organisation, word);
  if (obstacle) return approvePage(obstacle, parts.now());
  const facts = await factsOf(parts, mail);
  const writer = mail.writtenBy ?? mail.fromMailbox ?? 'Afsenderen';
  if (link.action === 'approve') {
    const { texts, more, look } = await approvalWords(parts, mail, organisation);
    return { status: 200, title: 'Godkend masseforsendelse', texts: [...texts, `${writer} vil sende denne besked. ${look}`], facts: [...facts, ...more], button: { label: 'Godkend, og send', reason: null } };
  }
  const reason = `Skriv til ${writer}, hvorfor du afviser`;
  return ask(facts, { title: 'Afvis masseforsendelse', text: 'Ingen får den.', label: 'Afvis', reason });
}

const MINUTE_MS = 60_000;

/** What would happen, in the words of the pane (ux.md 5.10), and what the mail has besides; nothing of a letter that is gone. */
async function approvalWords(parts: ResendParts, mail: OwnedMail, organisation: Organisation): Promise<{ readonly texts: readonly string[]; readonly look: string; readonly more: readonly string[] }> {
  const letter = await letterOfSubmission(parts.database, mail.id);
  if (!letter) return { texts: [], look: '', more: [] };
  const { digital } = await countDeliveries(parts.database, mail.id);
  const senders = [...new Set(Object.values(letter.senders).map(({ label }) => label))].join(' og ');
  const files = letter.attachments.map(({ filename }) => filename).join(', ');
  const minutes = Math.ceil(holdMsOf(parts, { organisation, mailbox: mail.fromMailbox ?? '', mass: mail.mass }) / MINUTE_MS);
  return {
    texts: [`Der sendes Digital Post til ${String(digital)} modtagere hver for sig som ${senders}. De kan ikke svare.`],
    look: letter.main
      ? 'Se den igennem, før du godkender: brevet ligger i mailen til dig.'
      : 'Hver modtager får sit eget brev. Se det igennem, før du godkender: det første ligger i mailen til dig.',
    more: [
      ...(files === '' ? [] : [`Bilag: ${maskCprNumbersIn(files)}`]),
      ...(minutes === 0 ? [] : [`Venter: ${String(minutes)} ${minutes === 1 ? 'minut' : 'minutter'}, så den kan stoppes`]),
    ],
  };
}

interface Asking {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly reason?: string;
}

function ask(facts: readonly string[], { title, text, label, reason = '' }: Asking): LinkPage {
  return { status: 200, title, texts: [text], facts, button: { label, reason: reason === '' ? null : reason } };
}

async function factsOf(parts: ResendParts, mail: ActedOn): Promise<readonly string[]> {
  const { byStatus } = await countDeliveries(parts.database, mail.id);
  const recipients = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  return [
    ...(mail.contentDeletedAt === null ? [`Emne: ${maskCprNumbersIn(labelFromSubject(mail.subject ?? ''))}`] : []),
    `Fra: ${mail.fromMailbox ?? ''}`,
    ...(recipients > 0 ? [`Modtagere: ${recipients}`] : []),
    `Modtaget: ${danishDayAndTime(mail.receivedAt)}`,
  ];
}

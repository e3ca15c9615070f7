import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { problemHeadline } from '../../domain/problem.ts';
import type { LinkPage } from '../api/link-pages.ts';
import type { ApproveOutcome } from './approve-submission.ts';
import { danishDayAndTime } from '../notify/danish-time.ts';
import type { ResendOutcome } from './resend-failed.ts';
import type { StopCounts, StopOutcome } from './stop-submission.ts';

/** A page that only tells something. */
export function tellingPage(status: number, title: string, ...texts: readonly string[]): LinkPage {
  return { status, title, texts: texts.filter((text) => text !== '').map(maskCprNumbersIn), facts: [], button: null };
}

/** Not ours, or of a mail that is not known: neither tells more than the other. */
export const FORGED_PAGE: LinkPage = tellingPage(
  404, 'Linket virker ikke', 'Det er måske ikke kommet helt med. Åbn det direkte fra mailen. Der er ikke sket noget.',
);

/** One of ours, whose time is over. */
export const EXPIRED_PAGE: LinkPage = tellingPage(410, 'Linket er udløbet', 'Der er ikke sket noget. Skriv til hjælpen nederst i mailen.');

/** What came of a stop. */
export function stopPage(outcome: StopOutcome): LinkPage {
  switch (outcome.kind) {
    case 'stopped':
      return tellingPage(200, 'Beskeden er stoppet', ...whoGotIt(outcome.counts));
    case 'stopped-unread':
      return tellingPage(200, 'Beskeden er stoppet', 'Ingen har fået den.');
    case 'already-stopped':
      return tellingPage(200, 'Beskeden er allerede stoppet', ...whoGotIt(outcome.counts));
    case 'too-late': {
      const when = outcome.lastLeftAt === null ? '' : ` ${danishDayAndTime(outcome.lastLeftAt)}`;
      const text = outcome.counts.left === 0 ? 'Der er ikke mere at stoppe.' : `Beskeden var allerede afleveret${when}. ${people(outcome.counts.left)} har fået den.`;
      return tellingPage(409, 'For sent', text);
    }
    case 'not-sent':
      return tellingPage(409, 'Beskeden blev ikke sendt', 'Ingen har fået den. Der er ikke noget at stoppe.');
    case 'not-found':
      return FORGED_PAGE;
  }
}

function whoGotIt({ left, inTheAir, stopped }: StopCounts): readonly string[] {
  const air = inTheAir === 0 ? '' : `${people(inTheAir)} var på vej i det øjeblik. Kvitteringen viser, hvad der blev af dem.`;
  if (left + inTheAir === 0) return ['Ingen har fået den.'];
  return [`${people(left)} har fået den, ${people(stopped)} får den ikke.`, air];
}

function people(count: number): string {
  return count === 1 ? '1 modtager' : `${count} modtagere`;
}

/** What came of an approval or a rejection. */
export function approvePage(outcome: ApproveOutcome, now: Date): LinkPage {
  switch (outcome.kind) {
    case 'approved': {
      const text = outcome.releaseAt > now ? `Den sendes ${danishDayAndTime(outcome.releaseAt)}.` : 'Den bliver sendt nu.';
      return tellingPage(200, 'Masseforsendelsen er godkendt', text);
    }
    case 'rejected':
      return tellingPage(200, 'Masseforsendelsen er afvist', 'Ingen får den. Afsenderen får besked.');
    case 'already-approved':
      return tellingPage(200, 'Den er allerede godkendt', `${outcome.by} godkendte den${at(outcome.at)}.`);
    case 'already-rejected':
      return tellingPage(200, 'Den er allerede afvist', `${outcome.by} afviste den${at(outcome.at)}.`);
    case 'stopped':
      return voidPage(outcome.by);
    case 'not-found':
      return FORGED_PAGE;
    default: {
      const [status, title, text] = NO_APPROVAL[outcome.kind];
      return tellingPage(status, title, text);
    }
  }
}

/** An approval was asked for, and is of no use any more: the mail was stopped, or a newer version took its place. */
function voidPage(stoppedBy: string): LinkPage {
  return /^s\d+$/.test(stoppedBy)
    ? tellingPage(409, 'Der er kommet en ny udgave', 'Den, du fik at se, er stoppet. Den nye skal godkendes for sig; der er sendt en ny mail om den.')
    : tellingPage(409, 'Masseforsendelsen er stoppet', 'Den skal ikke godkendes. Ingen får den.');
}

const NO_APPROVAL = {
  changed: [409, 'Indholdet er et andet', 'Det er ikke det, du fik at se. Der er ikke sket noget.'],
  'not-pending': [409, 'Den skal ikke godkendes', 'Der er ikke sket noget.'],
  'not-approver': [403, 'Du må ikke godkende', 'Du står ikke længere på listen over dem, der må godkende. Der er ikke sket noget.'],
  'perhaps-self': [403, 'Du må ikke godkende', 'Det kan ikke ses, hvem der har skrevet den, og du bruger selv postkassen. Der er ikke sket noget.'],
  self: [403, 'Du må ikke godkende', 'Du kan ikke godkende din egen masseforsendelse. Der er ikke sket noget.'],
} as const;

function at(date: Date | null): string {
  return date === null ? '' : ` ${danishDayAndTime(date)}`;
}

/** What came of sending again. */
export function resendPage(outcome: ResendOutcome): LinkPage {
  switch (outcome.kind) {
    case 'sent':
      return tellingPage(200, 'Beskeden er sendt igen', `Den er på vej til ${people(outcome.messages)}. Du får en ny kvittering.`);
    case 'already-sent':
      return tellingPage(200, 'Den er allerede sendt igen', `Den er sendt igen som s${outcome.submissionId}. Det har sin egen kvittering.`);
    case 'nothing-failed':
      return tellingPage(409, 'Ingen mangler beskeden', 'Der er ikke nogen at sende igen til.');
    case 'not-finished':
      return tellingPage(409, 'Vent lidt', `${people(outcome.openDeliveries)} er stadig undervejs. Prøv igen, når kvitteringen er kommet.`);
    case 'content-gone':
      return tellingPage(410, 'Den kan ikke sendes igen', `Brevet og dets filer blev slettet ${danishDayAndTime(outcome.at)}, fordi de ikke gemmes længere. Skriv en ny besked.`);
    case 'not-allowed':
      return tellingPage(403, 'Den kan ikke sendes igen', `${problemHeadline(outcome.problem)}.`);
    case 'not-found':
      return FORGED_PAGE;
  }
}

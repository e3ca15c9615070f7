import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { problemHeadline, problemRemedy, type Problem } from '../../domain/problem.ts';
import type { NoticeBlock, NoticePage } from './notice-page.ts';

export interface RefusalQuestion {
  readonly subject: string;
  readonly problems: readonly Problem[];
  /** Ordinary recipients who did not get the mail either; those in Bcc are not among them. */
  readonly alsoNot: readonly string[];
  readonly originalAttached: boolean;
  readonly helpContact: string;
}

export interface NoticeMail {
  readonly subject: string;
  readonly page: NoticePage;
}

/** Why a mail was not sent: what, why, which file or address, what to do, and that nothing was sent (ux.md section 6). */
export function refusalMail(question: RefusalQuestion): NoticeMail {
  const { problems } = question;
  const [first] = problems;
  const title =
    problems.length === 1 && first
      ? problemHeadline(first)
      : `Beskeden er ikke sendt: ${problems.length} ting skal rettes`;
  const subject = maskCprNumbersIn(question.subject);
  const steps = [
    ...(question.originalAttached ? ['Åbn den vedhæftede mail.'] : []),
    // Two channels that refuse the same file are mended in one step.
    ...new Set(problems.map(problemRemedy)),
    'Send mailen igen.',
  ];
  const blocks: NoticeBlock[] = [
    { kind: 'paragraph', text: `Ingen af modtagerne har fået »${subject}«.` },
    { kind: 'heading', text: 'Hvorfor' },
    { kind: 'list', ordered: false, items: problems.map(reasonOf) },
    { kind: 'heading', text: 'Gør sådan' },
    { kind: 'list', ordered: true, items: steps },
  ];
  if (question.alsoNot.length > 0) {
    const text = `Heller ikke ${question.alsoNot.join(', ')} har fået mailen. Alle får den på én gang, når du sender igen.`;
    blocks.push({ kind: 'paragraph', text });
  }
  return { subject: title, page: { title, heading: 'Beskeden er ikke sendt', blocks, helpContact: question.helpContact } };
}

function reasonOf(problem: Problem): string {
  const reason = problemHeadline(problem).replace(/^Beskeden er ikke sendt: /, '');
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}

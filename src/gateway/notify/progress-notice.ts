import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { ReceiptCounts } from '../store/receipt-rows.ts';
import { danishDayAndTime } from './danish-time.ts';
import type { NoticeMail } from './refusal-notice.ts';

export interface ProgressQuestion {
  readonly subject: string;
  readonly receivedAt: Date;
  readonly counts: ReceiptCounts;
  readonly helpContact: string;
}

/** How far a mass send is that takes its time; the sender need do nothing. */
export function progressMail({ subject, receivedAt, counts, helpContact }: ProgressQuestion): NoticeMail {
  const { delivered, failed, stopped, pending, all } = counts;
  const shown = maskCprNumbersIn(subject);
  const title = `Status på masseforsendelsen: ${shown} – ${danishNumber(delivered)} af ${danishNumber(all)} leveret`;
  const figures = [
    `${danishNumber(delivered)} af ${danishNumber(all)} leveret`,
    ...(failed > 0 ? [`${danishNumber(failed)} fejlet`] : []),
    ...(stopped > 0 ? [`${danishNumber(stopped)} stoppet`] : []),
    `${danishNumber(pending)} undervejs`,
  ];
  const blocks = [
    { kind: 'paragraph', text: `Du sendte masseforsendelsen »${shown}« ${danishDayAndTime(receivedAt)}.` },
    { kind: 'list', ordered: false, items: figures },
    { kind: 'paragraph', text: 'Du behøver ikke gøre noget. Du får en kvittering, når alle er færdige.' },
  ] as const;
  return { subject: title, page: { title, heading: 'Masseforsendelsen er i gang', blocks, helpContact } };
}

/** "4.211", as Danes write it. */
function danishNumber(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, '.');
}

import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { enumerated } from '../../domain/shown-text.ts';
import type { NoticeBlock } from './notice-page.ts';
import type { NoticeMail } from './refusal-notice.ts';

export interface GuardQuestion {
  readonly subject: string;
  /** Who did not get the mail. */
  readonly addresses: readonly string[];
  /** What the organisation is called. */
  readonly home: string;
  /** Whether others got it, or get it when its time has come. */
  readonly others: 'sent' | 'later' | null;
  readonly originalAttached: boolean;
  readonly helpContact: string;
}

/** To whom Mail Guard did not let a mail go, and how to approve (ux.md, mail.r.guard). */
export function guardNotice({ subject, addresses, home, others, originalAttached, helpContact }: GuardQuestion): NoticeMail {
  const named = enumerated(addresses);
  const several = addresses.length > 1;
  const title = `Mailen til ${named} er stoppet`;
  const blocks: NoticeBlock[] = [
    { kind: 'paragraph', text: `»${maskCprNumbersIn(subject)}« er ikke sendt til ${named}.` },
    { kind: 'heading', text: 'Hvorfor' },
    { kind: 'paragraph', text: `${several ? 'Adresserne' : 'Adressen'} er uden for ${home} og ikke godkendt.` },
    { kind: 'heading', text: 'Gør sådan' },
    {
      kind: 'list',
      ordered: true,
      items: [
        originalAttached ? 'Åbn den vedhæftede mail.' : 'Åbn mailen i Sendt post.',
        `Godkend ${several ? 'adresserne' : 'adressen'} i Digital Post.`,
        others === null ? 'Send mailen igen.' : `Send mailen igen, kun til ${several ? 'dem' : 'den'}.`,
      ],
    },
  ];
  if (others !== null) blocks.push({ kind: 'paragraph', text: others === 'sent' ? 'De andre har fået mailen.' : 'De andre får mailen.' });
  return { subject: title, page: { title, heading: 'Mailen er stoppet', blocks, helpContact } };
}

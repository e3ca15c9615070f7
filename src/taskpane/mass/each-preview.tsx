import { makeStyles } from '@fluentui/react-components';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { shownTime } from '../parts/shown-time.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { LetterPages } from '../see/letter-pages.tsx';
import { frame, mass } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { filledFor, type MergeSource } from './each-letters.ts';
import { readPictures } from './make-letter.ts';
import type { MassList } from './mass-list.ts';
import { useMassStyles } from './mass-styles.ts';
import { picturesInBody } from './pictures-in-body.ts';
import { bytesOfBase64 } from './sha256.ts';
import { useCount } from './use-mass-book.ts';

const useStyles = makeStyles({ pages: { marginTop: '8px', border: `1px solid ${tokens.colorNeutralStroke2}` } });

interface PreviewProps {
  readonly list: MassList;
  readonly source: MergeSource;
}

type Seen = { readonly kind: 'making' } | { readonly kind: 'pdf'; readonly pdf: Uint8Array } | { readonly kind: 'failed'; readonly why: string };

/** The letter of one recipient after another, as the gateway makes it. */
export function EachPreview({ list, source }: PreviewProps): ReactElement {
  const styles = useStyles();
  const shared = useMassStyles();
  const say = useText(mass);
  const count = useCount();
  const [place, setPlace] = useState(0);
  const all = list.recipients.length;
  const n = Math.min(place, all - 1);
  const seen = useLetterTo(list, source, n);
  const [isFailed, setFailed] = useState(false);
  const onFault = useCallback(() => setFailed(true), []);
  return (
    <div>
      <div className={shared.row}>
        <Button size="small" disabledFocusable={n === 0} onClick={() => setPlace(Math.max(n - 1, 0))}>{say('mass.each.prev')}</Button>
        <span aria-live="polite">{say('mass.each.nth', { k: count(n + 1), n: count(all) })}</span>
        <Button size="small" disabledFocusable={n === all - 1} onClick={() => setPlace(Math.min(n + 1, all - 1))}>{say('mass.each.next')}</Button>
      </div>
      <div role="alert">
        {(seen.kind === 'failed' || isFailed) && <p className={shared.look}><StateIcon state="look" /><span>{seen.kind === 'failed' ? seen.why : say('mass.each.notSeen')}</span></p>}
      </div>
      {seen.kind === 'pdf' && !isFailed && <div className={styles.pages}><LetterPages pdf={seen.pdf} onFault={onFault} /></div>}
    </div>
  );
}

function useLetterTo(list: MassList, source: MergeSource, n: number): Seen {
  const { outlook, gateway, item, noteAnswer } = usePaneParts();
  const say = useText(mass);
  const sayFrame = useText(frame);
  const locale = useLocale();
  const [seen, setSeen] = useState<Seen>({ kind: 'making' });
  const { subject, html } = filledFor(source, list, n);
  const attachments = item.kind === 'draft' ? item.attachments : [];
  useEffect(() => {
    let over = false;
    const make = async (): Promise<Seen> => {
      const pictures = await readPictures(outlook, picturesInBody(html, attachments));
      if (pictures === null) return { kind: 'failed', why: say('mass.each.notSeen') };
      const made = await gateway.render({ subject, html, ...(pictures.length > 0 && { pictures }) });
      if (made.kind === 'answer') return { kind: 'pdf', pdf: bytesOfBase64(made.value.pdf) };
      noteAnswer(made);
      return { kind: 'failed', why: noAnswerText(made, sayFrame, shownTime(locale)) ?? say('mass.each.notSeen') };
    };
    make().catch((): Seen => ({ kind: 'failed', why: say('mass.each.notSeen') })).then((next) => !over && setSeen(next), () => undefined);
    return () => {
      over = true;
    };
  }, [outlook, gateway, noteAnswer, subject, html, say, sayFrame, locale]);
  return seen;
}

import { useEffect, useRef, useState, type ReactElement } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { shownTime } from '../parts/shown-time.ts';
import { frame, mass } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { filledFor, type MergeSource } from './each-letters.ts';
import { LetterViewer, type SeenLetter } from './letter-viewer.tsx';
import { readPictures } from './make-letter.ts';
import type { MassList } from './mass-list.ts';
import { picturesInBody } from './pictures-in-body.ts';
import { bytesOfBase64 } from './sha256.ts';

interface PreviewProps {
  readonly list: MassList;
  readonly source: MergeSource;
  readonly close: () => void;
}

/** The letter of one recipient after another, as the gateway makes it. It has the focus when it comes, as what was pressed for it goes. */
export function EachPreview({ list, source, close }: PreviewProps): ReactElement {
  const [place, setPlace] = useState(0);
  const viewer = useRef<HTMLDivElement>(null);
  useEffect(() => viewer.current?.focus(), []);
  const all = list.recipients.length;
  const n = Math.min(place, all - 1);
  return <LetterViewer ref={viewer} n={n} all={all} go={setPlace} seen={useLetterTo(list, source, n)} close={close} />;
}

function useLetterTo(list: MassList, source: MergeSource, n: number): SeenLetter {
  const { outlook, gateway, item, noteAnswer } = usePaneParts();
  const say = useText(mass);
  const sayFrame = useText(frame);
  const locale = useLocale();
  const [seen, setSeen] = useState<SeenLetter>({ kind: 'making' });
  const { subject, html } = filledFor(source, list, n);
  const attachments = item.kind === 'draft' ? item.attachments : [];
  useEffect(() => {
    let over = false;
    const make = async (): Promise<SeenLetter> => {
      const pictures = await readPictures(outlook, picturesInBody(html, attachments));
      if (pictures === null) return { kind: 'failed', why: say('mass.each.notSeen') };
      const made = await gateway.render({ subject, html, ...(pictures.length > 0 && { pictures }) });
      if (made.kind === 'answer') return { kind: 'pdf', pdf: bytesOfBase64(made.value.pdf) };
      noteAnswer(made);
      return { kind: 'failed', why: noAnswerText(made, sayFrame, shownTime(locale)) ?? say('mass.each.notSeen') };
    };
    make().catch((): SeenLetter => ({ kind: 'failed', why: say('mass.each.notSeen') })).then((next) => !over && setSeen(next), () => undefined);
    return () => {
      over = true;
    };
  }, [outlook, gateway, noteAnswer, subject, html, say, sayFrame, locale]);
  return seen;
}

import type { Fix, ShownCard } from '../parts/card.tsx';
import { useNextCard } from '../parts/use-next-card.ts';
import { usePaneParts } from '../pane-parts.ts';
import { said, type Finding, type MassMend, type Said } from './finding.ts';
import { placeName, sayText, type Speech } from './say-finding.ts';
import type { CheckState } from './use-check.ts';

/** The cards of Tjek with their ways out: the mending one first. */
export function useFindingCards(state: CheckState, speech: Speech): (finding: Finding) => ShownCard {
  const nextCard = useNextCard();
  const { say } = speech;
  const { go } = usePaneParts();

  /** Does it, and leads on when it is done. */
  const fixing = (finding: Finding, act: () => Promise<boolean>) => (): void => {
    const leadOn = nextCard(finding.key, placeName(finding.about, speech));
    void act().then((done) => {
      if (done) leadOn();
    });
  };
  const fixesOf = (finding: Finding): readonly Fix[] => {
    const { about, grade, text, mend } = finding;
    const accept = fixing(finding, () => {
      state.accept(finding, true);
      return Promise.resolve(true);
    });
    return [
      ...(text.key === 'check.subjectCpr' ? [{ label: say('check.fix.subjectCpr'), act: fixing(finding, state.mendSubject) }] : []),
      ...(mend ? [{ label: sayText(massFix(mend), speech), act: massAct(finding, mend) }] : []),
      ...(about.kind === 'file' ? [{ label: say('check.fix.remove'), act: fixing(finding, async () => await state.removeFile(about)) }] : []),
      ...(grade === 'look' ? [{ label: say(text.key === 'check.cloud' ? 'check.keepLink' : 'check.correct'), act: accept }] : []),
    ];
  };
  function massAct(finding: Finding, { fix, keptId = '' }: MassMend): () => void {
    if (fix === 'put-list' || fix === 'open-list') return () => go('mass');
    return fixing(finding, async () => await state.mendMass(fix === 'one-list' ? { fix, keptId } : { fix }));
  }
  return (finding) => ({
    key: finding.key,
    grade: finding.grade,
    gradeText: say(`check.${finding.grade}`),
    text: sayText(finding.text, speech),
    quote: finding.quote,
    advice: finding.advice && sayText(finding.advice, speech),
    fixes: fixesOf(finding),
  });
}

function massFix({ fix, n }: MassMend): Said {
  const known = n === null ? {} : { b: n };
  switch (fix) {
    case 'address':
      return n === null ? said('check.fix.massAddress') : said('check.fix.massCount', known);
    case 'put-list':
      return said('check.fix.massPut');
    case 'one-list':
      return n === null ? said('check.fix.massLast') : said('check.fix.massKeep', known);
    case 'open-list':
      return said('check.fix.massOpen');
    case 'letter':
      return said('check.fix.massLetter');
  }
}

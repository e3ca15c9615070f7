import type { Fix, ShownCard } from '../parts/card.tsx';
import { useNextCard } from '../parts/use-next-card.ts';
import { usePaneParts } from '../pane-parts.ts';
import { mendLabel } from './file-mends.ts';
import { said, type Finding, type MassMend, type Said } from './finding.ts';
import type { Mend } from './mend.ts';
import { placeName, sayText, type Speech } from './say-finding.ts';
import type { CheckState } from './use-check.ts';

/** The card on which one chooses the order of files to be joined; null: none. */
export interface OpenJoin {
  readonly key: string | null;
  readonly toggle: (key: string) => void;
}

/** The cards of Tjek with their ways out: the mending one first. */
export function useFindingCards(state: CheckState, speech: Speech, join: OpenJoin): (finding: Finding) => ShownCard {
  const nextCard = useNextCard();
  const { say } = speech;
  const { go } = usePaneParts();
  const mendFiles = useMendFiles(state, speech);
  const { busy, failures } = state.mending;

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
      ...(finding.fileMends ?? []).map((one) => ({
        label: sayText(mendLabel(one, countOf(finding)), speech), waiting: busy !== null,
        ...(one.kind === 'join' ? { act: () => join.toggle(finding.key), expanded: join.key === finding.key } : { act: mendFiles(finding, one) }),
      })),
      ...(about.kind === 'file' ? [{ label: say('check.fix.remove'), act: fixing(finding, async () => await state.removeFile(about)) }] : []),
      ...(grade === 'look' ? [{ label: say(text.key === 'check.cloud' ? 'check.keepLink' : 'check.correct'), act: accept }] : []),
    ];
  };
  function massAct(finding: Finding, { fix, keptId = '' }: MassMend): () => void {
    if (fix === 'put-list' || fix === 'open-list') return () => go('mass');
    return fixing(finding, async () => await state.mendMass(fix === 'one-list' ? { fix, keptId } : { fix }));
  }
  const adviceOf = ({ key, advice }: Finding): string | null => {
    if (busy?.key === key) return say('mend.busy', { n: busy.n, total: busy.total });
    const shown = failures.get(key) ?? advice;
    return shown && sayText(shown, speech);
  };
  return (finding) => ({
    key: finding.key,
    grade: finding.grade,
    gradeText: say(`check.${finding.grade}`),
    text: sayText(finding.text, speech),
    quote: finding.quote,
    advice: adviceOf(finding),
    fixes: fixesOf(finding),
  });
}

/** Lets the mender put a card right, leads on when that is done, and says why where it is not. */
export function useMendFiles({ mending: { use } }: CheckState, speech: Speech): (finding: Finding, mend: Mend) => () => void {
  const nextCard = useNextCard();
  const { announce } = usePaneParts();
  return (finding, mend) => () => {
    const leadOn = nextCard(finding.key, finding.about.kind === 'file' ? finding.about.name : sayText(finding.text, speech));
    void use(async (mender) => await mender.mend(finding, mend)).then(({ n, why }) => {
      if (why) announce(sayText(why, speech));
      else if (n > 0) leadOn();
    });
  };
}

/** How many files a card of all of them counts. */
function countOf({ text: { parameters: { n } } }: Finding): number {
  return typeof n === 'number' ? n : 0;
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

import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react';
import { Choices } from '../compose/choices.tsx';
import type { Draft } from '../office/outlook.ts';
import { Link } from '../parts/link.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { mass } from '../texts/da.ts';
import { useText, type Say } from '../texts/use-text.ts';
import type { EachFault, EachKind, MergeSource } from './each-letters.ts';
import type { MassList } from './mass-list.ts';
import { useMassStyles } from './mass-styles.ts';
import { NamedFiles } from './named-files.tsx';
import type { EachState } from './use-each.ts';

const EachPreview = lazy(async () => ({ default: (await import(/* webpackChunkName: "each-preview" */ './each-preview.tsx')).EachPreview }));
const SplitStep = lazy(async () => ({ default: (await import(/* webpackChunkName: "mass-split" */ './split-step.tsx')).SplitStep }));

/** One letter for all, or one each: what is missing for it, and what each recipient's letter looks like. */
export function EachStep({ each, list, draft }: { readonly each: EachState; readonly list: MassList; readonly draft: Draft }): ReactElement {
  const say = useText(mass);
  const { kind, choose, source, faults, named } = each;
  const columns = list.columns.filter((heading) => heading.trim() !== '');
  const field = `{${columns[0] ?? 'Navn'}}`;
  const choices = [
    { value: 'same', label: say('mass.each.same'), hint: '' },
    { value: 'merge', label: say('mass.each.merge', { field }), hint: columns.length === 0 ? say('mass.each.noColumns') : columns.join(', '), disabled: columns.length === 0 },
    { value: 'files', label: say('mass.each.files'), hint: say('mass.each.files.hint') },
    { value: 'split', label: say('mass.each.split'), hint: say('mass.split.hint') },
  ];
  return (
    <section aria-label={say('mass.b.letter')}>
      <Choices label={say('mass.b.letter')} groups={[{ title: say('mass.b.letter'), choices }]} chosen={kind} choose={(value) => choose(value as EachKind)} />
      <div role="status"><Faults faults={faults} field={field} /></div>
      {(kind === 'same' || kind === 'merge') && <NamedFiles key={kind} files={named} />}
      {kind === 'merge' && faults.length === 0 && source !== null && <MergedLetters list={list} source={source} />}
      {kind === 'split' && <Suspense fallback={null}><SplitStep split={each.split} list={list} draft={draft} /></Suspense>}
    </section>
  );
}

/** The way to the letters as they are filled in; Esc leads back to it. */
function MergedLetters({ list, source }: { readonly list: MassList; readonly source: MergeSource }): ReactElement {
  const shared = useMassStyles();
  const say = useText(mass);
  const link = useRef<HTMLButtonElement>(null);
  const [seen, setSeen] = useState<'not-yet' | 'open' | 'shut'>('not-yet');
  useEffect(() => {
    if (seen === 'shut') link.current?.focus();
  }, [seen]);
  if (seen === 'open') return <Suspense fallback={null}><EachPreview list={list} source={source} close={() => setSeen('shut')} /></Suspense>;
  return <p className={shared.text}><Link ref={link} onClick={() => setSeen('open')}>{say('mass.each.see')}</Link></p>;
}

function Faults({ faults, field }: { readonly faults: readonly EachFault[]; readonly field: string }): ReactElement {
  const shared = useMassStyles();
  const say = useText(mass);
  return <>{faults.map((fault, n) => <p key={n} className={shared.look}><StateIcon state="look" /><span>{faultText(fault, say, field)}</span></p>)}</>;
}

function faultText(fault: EachFault, say: Say<typeof mass>, field: string): string {
  switch (fault.code) {
    case 'none': return say('mass.each.none', { field });
    case 'body': return say('mass.each.body');
    case 'unknown': return say('mass.each.unknown', { field: fault.field });
    case 'alike': return say('mass.each.alike', { field: fault.field });
    case 'broken': return say('mass.each.broken', { text: fault.field, field });
    case 'empty': return say(fault.n === 1 ? 'mass.each.empty1' : 'mass.each.empty', { n: fault.n, field: fault.field });
    case 'missing': case 'extra': case 'named': return say(fault.n === 1 ? `mass.each.${fault.code}1` : `mass.each.${fault.code}`, { n: fault.n });
  }
}

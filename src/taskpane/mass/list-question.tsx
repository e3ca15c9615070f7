import { useRef, useState, type ReactElement } from 'react';
import { chooseNumberColumn, sheetSamples } from '../../domain/recipient-sheet-column.ts';
import { Choices, type Choice } from '../compose/choices.tsx';
import { Button } from '../parts/button.tsx';
import { mass } from '../texts/da.ts';
import { useText, type Say } from '../texts/use-text.ts';
import type { MassBook, MassState } from './mass-book.ts';
import { useMassStyles } from './mass-styles.ts';

/** Which sheet, or which column, where several may be meant; each by its first values, masked. Nothing is chosen beforehand. */
export function ListQuestion({ book, state }: { readonly book: MassBook; readonly state: MassState }): ReactElement {
  const shared = useMassStyles();
  const say = useText(mass);
  const [chosen, setChosen] = useState('');
  const content = useRef<HTMLDivElement>(null);
  const { sheet, sheets } = state;
  const title = sheet === null ? say('mass.sheet') : say('mass.column');
  const choices = sheet === null ? sheets.map((one, n): Choice => ({ value: String(n), label: one.name, hint: samplesText(sheetSamples(one)) })) : columnChoices(sheet, say);
  const goOn = (): void => {
    if (chosen === '') {
      content.current?.querySelector('input')?.focus();
      return;
    }
    const place = Number(chosen);
    if (sheet !== null) book.chooseColumn(place);
    else if (sheets[place]) book.chooseSheet(sheets[place]);
  };
  return (
    <>
      <div className={shared.content} ref={content}>
        <p className={shared.text}>{title}</p>
        <Choices label={title} groups={[{ title: null, choices }]} chosen={chosen} choose={setChosen} />
      </div>
      <div className={shared.foot}><Button appearance="primary" onClick={goOn}>{say('mass.read')}</Button></div>
    </>
  );
}

function columnChoices(sheet: NonNullable<MassState['sheet']>, say: Say<typeof mass>): readonly Choice[] {
  const choice = chooseNumberColumn(sheet);
  const columns = choice.kind === 'ask' ? choice.columns : [];
  return columns.map(({ column, heading, samples }) => ({ value: String(column), label: heading ?? say('mass.columnNo', { n: column + 1 }), hint: samplesText(samples) }));
}

function samplesText(samples: readonly string[]): string {
  return samples.join(', ');
}

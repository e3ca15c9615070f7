import type { StopCode } from '../../domain/draft-stop.ts';
import { inLeadingOrder } from './bar-state.ts';
import type { CardMark } from './card-mark.ts';

/** Where the card of a stop of the Smart Alert stands, by the beginning or the end of its key. */
const places: Readonly<Record<StopCode, { readonly begins?: string; readonly ends?: string }>> = {
  bareNumber: { begins: 'row-' }, lookalike: { begins: 'row-' }, badAddress: { begins: 'row-' }, massNotAlone: { begins: 'row-' },
  subjectCpr: { begins: 'subject-cpr' }, outsideCpr: { begins: 'outside-cpr' }, tooMany: { begins: 'too-many' }, tooBig: { begins: 'too-big' },
  types: { ends: ':types' }, macro: { ends: ':macro' }, emptyFile: { ends: ':emptyFile' }, dlp: { ends: ':dlp' }, memoHeader: { ends: ':memoHeader' },
  mass: { begins: 'mass' }, massLines: { begins: 'mass' }, massLists: { begins: 'mass' }, massNoList: { begins: 'mass' },
};

/**
 * The card that a Smart Alert wants shown: of what it stopped the mail for, else the first that must be put right. Null: none
 * is there. `wish`: what its button gave, `{"show":"<code>"}`; anything else is no code.
 */
export function alertCard(wish: string, marks: readonly CardMark[]): string | null {
  const stops = inLeadingOrder(marks).filter(({ grade }) => grade === 'stop');
  const { begins, ends } = placeOf(wish);
  const wanted = stops.find(({ key }) => (begins !== undefined && key.startsWith(begins)) || (ends !== undefined && key.endsWith(ends)));
  return (wanted ?? stops[0])?.key ?? null;
}

function placeOf(wish: string): (typeof places)[StopCode] {
  return Object.entries(places).find(([code]) => wish === JSON.stringify({ show: code }))?.[1] ?? {};
}

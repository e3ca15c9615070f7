import { useContext, useMemo } from 'react';
import { sentence } from '../../domain/shown-text.ts';
import { noonOf, shownTime } from '../parts/shown-time.ts';
import { address, compose } from '../texts/da.ts';
import { textParts, type TextPart } from '../texts/fill-text.ts';
import { localeOf } from '../texts/language.ts';
import { shownParameters, WordsContext } from '../texts/use-text.ts';
import type { TextRef } from './text-ref.ts';

const danish: Readonly<Record<string, string>> = { ...address, ...compose };

/** The pieces of a text that a pure function has chosen, filled in. */
export function useSayParts(): (text: TextRef) => readonly TextPart[] {
  const { language, texts } = useContext(WordsContext);
  return useMemo(() => {
    const time = shownTime(localeOf(language));
    const template = (key: string): string => texts?.[key] ?? danish[key] ?? key;
    return ({ key, parameters = {}, texts: said = {}, days = {}, moments = {} }) => textParts(template(key), {
      ...shownParameters(parameters, language),
      ...mapped(said, (text) => template(text.key)),
      ...mapped(days, (day) => time.day(noonOf(day))),
      ...mapped(moments, (moment) => time.point(new Date(moment), new Date())),
    });
  }, [language, texts]);
}

/** Says such a text; what the draft or a register says stands as it is. */
export function useSayRef(): (text: TextRef | string) => string {
  const sayParts = useSayParts();
  return useMemo(() => (text) => {
    if (typeof text === 'string') return text;
    const said = sayParts(text).map((part) => part.text).join('');
    // Why an address is wrong is written to follow a colon.
    return text.key.startsWith('addr.') ? sentence(said) : said;
  }, [sayParts]);
}

function mapped<Value>(values: Readonly<Record<string, Value>>, become: (value: Value) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, become(value)]));
}

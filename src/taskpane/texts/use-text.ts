import { createContext, useCallback, useContext } from 'react';
import { fillText, textParts, type TextParameters, type TextPart } from './fill-text.ts';
import { localeOf, type Language } from './language.ts';

export interface Words {
  readonly language: Language;
  /** The words of another language than Danish, all screens in one; null: Danish. */
  readonly texts: Readonly<Record<string, string>> | null;
}

export const WordsContext = createContext<Words>({ language: 'da', texts: null });

/** Says a text of this screen in the language of the pane, parameters filled in. */
export type Say<Section> = (key: keyof Section & string, parameters?: TextParameters) => string;

/** `section` is the screen's own part of da.ts. */
export function useText<Section extends Readonly<Record<string, string>>>(section: Section): Say<Section> {
  const { language, texts } = useContext(WordsContext);
  return useCallback((key, parameters) => fillText(texts?.[key] ?? section[key] ?? key, shownParameters(parameters, language)), [language, texts, section]);
}

/** The same in pieces, for screens that show what was filled in in bold. */
export function useTextParts<Section extends Readonly<Record<string, string>>>(section: Section): (key: keyof Section & string, parameters: TextParameters) => readonly TextPart[] {
  const { language, texts } = useContext(WordsContext);
  return useCallback((key, parameters) => textParts(texts?.[key] ?? section[key] ?? key, shownParameters(parameters, language)), [language, texts, section]);
}

/** Numbers as the language writes them, 5.000; what names a place, as a line does, is given as text. */
export function shownParameters(parameters: TextParameters = {}, language: Language): TextParameters {
  const format = formats[language];
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typeof value === 'number' ? format.format(value) : value]));
}

const formats: Readonly<Record<Language, Intl.NumberFormat>> = {
  da: new Intl.NumberFormat(localeOf('da')), en: new Intl.NumberFormat(localeOf('en')), kl: new Intl.NumberFormat(localeOf('kl')),
};

/** For Intl: dates, times and numbers. */
export function useLocale(): string {
  return localeOf(useContext(WordsContext).language);
}

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
  const { texts } = useContext(WordsContext);
  return useCallback((key, parameters) => fillText(texts?.[key] ?? section[key] ?? key, parameters), [texts, section]);
}

/** The same in pieces, for screens that show what was filled in in bold. */
export function useTextParts<Section extends Readonly<Record<string, string>>>(section: Section): (key: keyof Section & string, parameters: TextParameters) => readonly TextPart[] {
  const { texts } = useContext(WordsContext);
  return useCallback((key, parameters) => textParts(texts?.[key] ?? section[key] ?? key, parameters), [texts, section]);
}

/** For Intl: dates, times and numbers. */
export function useLocale(): string {
  return localeOf(useContext(WordsContext).language);
}

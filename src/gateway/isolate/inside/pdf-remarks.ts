/** What setting a PDF has left out or changed (pdf/set-document.ts), in Danish for the one who looks at it. */
export function remarksOf(warnings: readonly string[]): readonly string[] {
  return warnings.flatMap((warning) => {
    const [code = '', details = ''] = warning.split(': ');
    const text = texts[code]?.(details);
    return text === undefined ? [] : [text];
  });
}

const texts: Readonly<Record<string, (details: string) => string>> = {
  'empty-body': () => 'Der er ingen tekst i filen; siden viser kun titlen.',
  'missing-glyphs': (details) => `Nogle tegn kan ikke vises og står som □: ${details}.`,
  'pictures-left-out': (details) => `Billeder, der ikke kan vises: ${details}. Deres tekst står i stedet.`,
  'pictures-without-alt': (details) => `Billeder uden beskrivelse for den, der ikke kan se dem: ${details}.`,
  simplified: () => 'Nogle sjældne tegn er sat uden deres mærker.',
};

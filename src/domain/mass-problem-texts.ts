import type { ProblemParameters } from './problem-parameters.ts';
import type { ProblemTexts } from './problem-text.ts';
import { enumerated, enumeratedFiles, listed, megabytes, shown, firstUpper } from './shown-text.ts';

type MassCode = Extract<keyof ProblemParameters, `mass-${string}` | `own-letter-${string}` | `merge-${string}`>;

/** The words of what may be wrong with a mass send: its list, its letters, its columns. */
export const massProblemTexts: { readonly [Code in Exclude<MassCode, 'mass-list-leak'>]: ProblemTexts<ProblemParameters[Code]> } = {
  'mass-list-missing': {
    headline: ({ file }) => `listen ${file} mangler i masseforsendelsen`,
    remedy: ({ file }) => `Vedhæft listen med CPR- og CVR-numre som ren tekst, ét nummer på hver linje, med navnet ${file}.`,
  },
  'mass-list-twice': {
    headline: ({ files }) => `mailen har ${String(files.length)} lister: ${enumeratedFiles(files)}`,
    remedy: () => 'En masseforsendelse har kun én liste, og vi gætter ikke hvilken. Saml numrene i én masseforsendelse.txt.',
  },
  'mass-list-empty': {
    headline: ({ file }) => `${file} er tom`,
    remedy: ({ file }) => `Skriv modtagernes numre i ${file}, ét på hver linje, og vedhæft den igen.`,
  },
  'mass-list-wrong-type': {
    headline: ({ file }) => `${file} er ikke en tekstfil`,
    remedy: ({ file }) => `Gem listen som ren tekst fra fx Excel eller Notesblok, ét nummer på hver linje, med navnet ${file}.`,
  },
  'mass-list-too-large': {
    headline: ({ bytes, max }) => `masseforsendelse.txt fylder ${megabytes(bytes)} (højst ${megabytes(max)})`,
    remedy: () => 'Se efter, at filen kun har numre, ét på hver linje, eller del modtagerne i flere masseforsendelser.',
  },
  'mass-list-lines': {
    headline: ({ count }) =>
      `${String(count)} ${count === 1 ? 'linje' : 'linjer'} i masseforsendelse.txt kan ikke bruges`,
    remedy: ({ lines }) =>
      `${firstUpper(listed(lines))}. Hver linje skal være ét nummer: 10 cifre for en borger, 8 for en virksomhed. ` +
      'Ret eller slet linjerne. Tomme linjer er talt med.',
  },
  'mass-list-duplicates': {
    headline: ({ count }) =>
      `${String(count)} ${count === 1 ? 'nummer står' : 'numre står'} flere gange i masseforsendelse.txt`,
    remedy: ({ lines }) =>
      `Det samme nummer står på ${listed(lines)}. Slet de overskydende linjer, og ret tallet i adressen, så ingen får brevet to gange.`,
  },
  'mass-list-count': {
    headline: ({ addressCount, listCount }) => `adressen siger ${String(addressCount)}, men listen har ${String(listCount)}`,
    remedy: ({ listCount }) =>
      `Ret masseforsendelse.txt, eller ret tallet i adressen til ${String(listCount)}, hvis listen er rigtig.`,
  },
  'mass-too-many-recipients': {
    headline: ({ count, max }) => `masseforsendelsen har ${String(count)} modtagere (højst ${String(max)})`,
    remedy: () => 'Del modtagerne i flere masseforsendelser.',
  },
  'mass-not-alone': {
    headline: ({ address, others }) => `en masseforsendelse skal sendes alene: ${enumerated([address, ...others])}`,
    remedy: ({ address }) =>
      `Send én mail til ${shown(address)} uden andre modtagere i Digital Post, mit.dk og e-Boks, og en anden mail til dem.`,
  },
  'own-letter-mismatch': {
    headline: () => 'brevene passer ikke til linjerne i masseforsendelse.txt',
    remedy: ({ rowsWithoutFile, filesWithoutRow, filesTwice }) =>
      [
        ...(rowsWithoutFile.length > 0 ? [`Mangler brev: ${listed(rowsWithoutFile)}.`] : []),
        ...(filesTwice.length > 0 ? [`Har mere end ét brev: ${listed(filesTwice)}.`] : []),
        ...(filesWithoutRow.length > 0 ? [`Hører ikke til nogen linje: ${listed(filesWithoutRow)}.`] : []),
        'Når hver modtager skal have sit eget brev, skal hver linje have præcis én PDF, der hedder nummeret og .pdf.',
      ].join(' '),
  },
  'own-letter-and-body-pdf': {
    headline: ({ file }) => `mailen har både »${shown(file)}« og breve til de enkelte modtagere`,
    remedy: ({ file }) =>
      `»${shown(file)}« er det samme brev til alle. Fjern den, så hver får sit eget, eller fjern filerne, der hedder et CPR- eller CVR-nummer.`,
  },
  'merge-file': {
    headline: ({ file }) => `»${shown(file)}« kan ikke bruges`,
    remedy: ({ reason }) =>
      `${reason} Filen skal have semikolon mellem kolonnerne, overskrifter i første linje og modtagernes numre i første kolonne.`,
  },
  'merge-and-letters': {
    headline: ({ files }) => `mailen har både masseforsendelse.csv og et færdigt brev: ${enumeratedFiles(files)}`,
    remedy: () => 'Med masseforsendelse.csv bliver brevet lavet af mailens tekst. Fjern den eller de færdige breve.',
  },
  'merge-mismatch': {
    headline: () => 'rækkerne i masseforsendelse.csv passer ikke til linjerne i masseforsendelse.txt',
    remedy: ({ linesWithoutRow, rowsWithoutLine, rowsTwice, unreadable }) =>
      [
        ...(unreadable.length > 0 ? [`Er ikke et nummer: ${listed(unreadable)}.`] : []),
        ...(linesWithoutRow.length > 0 ? [`Mangler række: ${listed(linesWithoutRow)}.`] : []),
        ...(rowsTwice.length > 0 ? [`Samme nummer: ${listed(rowsTwice)}.`] : []),
        ...(rowsWithoutLine.length > 0 ? [`Står ikke på listen: ${listed(rowsWithoutLine)}.`] : []),
        'Hvert nummer skal stå én gang i hver fil.',
      ].join(' '),
  },
  'merge-fields': {
    headline: () => 'felterne i brevet passer ikke til kolonnerne i masseforsendelse.csv',
    remedy: ({ reasons, columns }) =>
      `${reasons.join(' ')}${columns.length > 0 ? ` Kolonnerne er: ${listed(columns)}.` : ''} Et felt skrives som {Navn}.`,
  },
  'merge-values': {
    headline: ({ count }) => (count === 1 ? '1 række i masseforsendelse.csv mangler noget, som brevet skal bruge' : `${String(count)} rækker i masseforsendelse.csv mangler noget, som brevet skal bruge`),
    remedy: ({ rows }) => `Udfyld cellerne, eller tag feltet ud af brevet: ${listed(rows)}.`,
  },
};

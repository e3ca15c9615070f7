import { inOneLine } from '../letter-text.ts';
import { companyForm, isCompanyOf } from './addressee.ts';
import { isBusiness } from './placed-companies.ts';
import { isAuthority, type KnownCompanies, type StrangeCompany } from './strange-companies.ts';

/**
 * Companies in a subject, or in a file's name, that are no recipient's and that the letter itself does not name: whoever has a
 * part in the case is named there too.
 * @param letter message and files
 */
export function companiesInTitle(title: string, { names }: KnownCompanies, letter: string): readonly StrangeCompany[] {
  const line = inOneLine(letter);
  // "Smedie og Maskinfabrik A/S" is one name.
  const ownAway = names.reduce((rest, own) => rest.replaceAll(own, ' '.repeat(own.length)), title.slice(0, TITLE_CHARACTERS_MAX));
  return Array.from(ownAway.replace(formInFileName, ' $1/S').matchAll(capitalWords), ({ 0: name, index }) => ({ name, start: index, end: index + name.length }))
    .map((place) => ({ ...place, name: place.name.replace(/ Ap S$/, ' ApS') }))
    .filter(({ name }) => (isBusiness(name) || / [AIKP]S$/.test(name)) && !isAuthority(name) && !names.some((own) => isNamedIn(name, own)) && !line.includes(lastWords(name).toLowerCase()))
    .map(({ start, end }) => ({ kind: 'name', start, end }));
}

/** Each name is looked for in the whole letter. */
const TITLE_CHARACTERS_MAX = 400;
/** "Holm Byg I S", as a file's name is read; as long as it. */
const formInFileName = / ([AIKP]) S(?!\p{L})/gu;
const capitalWords = /\p{Lu}[\p{L}&.'/-]{0,40}(?: (?:\p{Lu}[\p{L}&.'/-]{0,40}|&)){1,7}/gu;

/** "Bageri ApS" at the end of another's name is not yet "Holm Bageri ApS". */
function isNamedIn(name: string, own: string): boolean {
  const [first = ''] = own.toLowerCase().split(' ');
  return name.toLowerCase().includes(first) && endsOf(name).some((end) => isCompanyOf(end, own));
}

/** The name, and what of it is left without its first words, which may be of the title: "Rykker Holm Byg ApS". */
function endsOf(name: string): readonly string[] {
  const words = name.split(' ');
  return words.map((_word, n) => words.slice(n).join(' ')).filter((end) => !companyForm.test(` ${end}`) || end.includes(' '));
}

/** Two words, without the form. */
function lastWords(name: string): string {
  return name.replace(companyForm, '').split(' ').slice(-2).join(' ');
}

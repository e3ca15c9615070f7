import { isFirstName } from '../first-names.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { authority, notPerson } from './words.ts';

/** A line that says to whom a letter goes: the first of an address, or behind "Til:". */
export interface AddresseeLine {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Behind "Til:" or its like. */
  readonly isLabelled: boolean;
}

/** No sentence: "Din hæk ud for Østerled 103, 8600 Silkeborg …". */
const street = String.raw`(?!(?:[^\n\d ]+ ){0,4}(?:der|som|din|dit|du|ud|er|har|vi|ejer|bor|ejendommen) )[\p{Lu}\d][\p{L}\d.' -]{2,40} \d{1,4} ?[A-Za-z]?(?:,[^\n]{0,24})?`;
const town = String.raw`(?:DK-? ?)?\d{4} \p{Lu}`;
const line = String.raw`([^\n:,]{3,60})`;
const underEachOther = new RegExp(String.raw`(?:^|\n)${line}\n(?:(?:c\/o|att)[^\n]{2,40}\n){0,2}${street}(?:\n(?:[^\n\d]{2,30}\n)?|, ?)${town}`, 'giu');
const inOneLine = new RegExp(String.raw`(?:^|\n)${line}, ?${street}, ?${town}`, 'giu');
const behindLabel = new RegExp(String.raw`(?:^|\n)(?:til|modtager|navn|virksomhed|virksomhedens navn|kunde|debitor|ansøger|ansøgende virksomhed)(?: ?: ?\n?|\n| )${line}`, 'giu');

/** The form of a company at the end of its name. */
export const companyForm = /(?:^|\s)(?:aps|a\/s|i\/s|k\/s|p\/s|ivs|amba|a\.m\.b\.a\.?|f\.m\.b\.a\.?)\.?$/i;

/** The beginning of a letter, where addresses stand. */
const HEAD_CHARACTERS = 1_200;

/**
 * Companies that a letter is addressed to, and lines above an address, at the beginning of a text. To a company, what is
 * no person behind "Til" is a company too; a person is somebody there.
 */
export function addresseeLines(text: string, toCompany: boolean): readonly AddresseeLine[] {
  const head = text.slice(0, HEAD_CHARACTERS);
  const found = [underEachOther, inOneLine, behindLabel].flatMap((pattern) => Array.from(head.matchAll(pattern), (match) => {
    const name = (match[1] ?? '').trim().replace(/!+$/, '');
    const start = match.index + match[0].indexOf(name);
    return { name, start, end: start + name.length, isLabelled: pattern === behindLabel };
  }));
  return found.filter(({ name, start, isLabelled }) => {
    if (noAddressee.test(name) || endOfSentence.test(name) || (isLabelled ? onBehalf.test(name) : isOfSender(name, head.slice(0, start)) || head.startsWith(', den ', start + name.length))) return false;
    if (companyForm.test(name)) return true;
    if (inSentence.test(name)) return false;
    if (hasAuthority(name)) return false;
    const isHouse = isCompany(name);
    return isLabelled ? toCompany && isHouse : toCompany || !isHouse;
  });
}

/**
 * Companies, clubs and houses that are greeted alone in a line: "Til Kroen ved Åen", "Kære Bodega Ankeret". Neither people nor
 * authorities; "Til" counts as a label, for it says to whom the letter goes.
 */
export function greetedHouses(letter: string): readonly AddresseeLine[] {
  return Array.from(letter.slice(0, HEAD_CHARACTERS).matchAll(greetedHouse), ({ 0: all, 1: name = '', index }) => ({ name, start: index + all.length - name.length, end: index + all.length, isLabelled: true }))
    .filter(({ name }) => !isFirstName(name.split(/[ -]/)[0] ?? '') && !hasAuthority(name));
}

const greetedHouse = /(?:^|\n)(?:[Tt]il|[Kk]ære|[Gg]oddag|[Hh]ej) ((?:\p{Lu}[\p{L}\d.'&-]*|\d+)(?: (?:og |& |i |på |ved |af |for |den |det )?(?:\p{Lu}[\p{L}\d.'&/-]*|v\/[^\n]{3,40}|\d+)){1,6})(?=[,.:!]?\n)/gu;

/** "Herning Kommune", and below it what department writes, where its street is. */
function isOfSender(name: string, above: string): boolean {
  return (underAuthority.test(above) && !isCompany(name)) || department.test(name) || streetLine.test(name);
}

const department = /^\S*(?:service|centret|center|afdelingen|forvaltningen|kontoret|sekretariatet|gruppen|hus)$/iu;
const streetLine = /\p{L}\.? \d{1,3} ?[A-Z]?$|^(?:tlf|telefon|mobil)\b/iu;
const underAuthority = /kommune\n+$/i;
/** "Afgørelsen kan påklages til Nævnenes Hus" before its street. */
const inSentence = /(?: \p{Ll}{3,}){2}/u;
const endOfSentence = /\p{Ll}{4}\.$/u;
/** "Ansøger: Holm Ingeniører A/S ved Hans Nielsen", for somebody else. */
const onBehalf = / ved \p{Lu}/u;
/** "Dækningsafgift for 2026"; "v/ Hans Nielsen" below a company; its form alone. */
const noAddressee = / (?:for|af|om|i) (?:19|20)\d\d$|^v\/ ?\p{L}|^(?:aps|[aikp]\/s)$/iu;

/** True when a line means the company that is called `own`: without its form, and what stands behind "v/". */
export function isCompanyOf(written: string, own: string): boolean {
  const [owner] = Array.from(own.matchAll(/ v\/ ?(.*)$/gi), ([, name = '']) => name);
  return isPartOf(bareName(written), bareName(own)) || isPartOf(bareName(own), bareName(written)) || (owner !== undefined && isNameOf(written.replace(/^v\/ ?/i, ''), owner));
}

/** Each word of the one is one of the other's: "Holm & Søn" is not "Friis & Søn", however they begin and end. */
function isPartOf(one: string, other: string): boolean {
  const words = new Set(nameWords(other).flatMap((word) => [word, `${word}s`]));
  return isNameOf(one, other) && nameWords(one).every((word) => word === 'og' || word.length === 1 || words.has(word) || words.has(`${word}s`));
}

/** A company above the text of a message, with its number or somebody there under it. */
export function companyHead(text: string): AddresseeLine | null {
  const [all, name = ''] = /^\s*(?!(?:hej|goddag|kære|til|dear|hi)(?!\p{L}))([^\n:]{3,60})\n(?:[^\n]{2,60}\n){0,3}?(?:cvr|att)(?!\p{L})/iu.exec(text) ?? [];
  if (all === undefined || /^til rette/i.test(name) || (hasAuthority(name) && !companyForm.test(name)) || !(isCompany(name) || overNumber.test(all))) return null;
  const start = text.indexOf(name);
  return { name, start, end: start + name.length, isLabelled: false };
}

/** Whoever has a CVR number is a company. */
const overNumber = /^[^\n\d]+\ncvr/i;

/** Without its form and its owner. */
export function bareName(name: string): string {
  return name.replace(companyForm, '').replace(/ v\/.*$/i, '').trim();
}

/** True for a name that can only be a company's, a club's or a house's. */
export function isCompany(name: string): boolean {
  return companyForm.test(name) || /&| v\/|sens \p{Lu}/u.test(name) || hasWord(name, notPerson);
}

/** "Skive Kommune", "Jobcenter Syd". */
export function hasAuthority(name: string): boolean {
  return hasWord(name, authority);
}

function hasWord(name: string, kind: RegExp): boolean {
  return name.toLowerCase().split(/[\s-]+/).some((word) => kind.test(word));
}

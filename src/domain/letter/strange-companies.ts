import { isFirstName } from '../first-names.ts';
import { inOneLine } from '../letter-text.ts';
import { bareName, companyForm, isCompany, isCompanyOf } from './addressee.ts';
import { isBusiness, placedCompanies } from './placed-companies.ts';
import { isTransposed } from './strange-numbers.ts';
import { authority } from './words.ts';

/** Companies that a letter goes to. */
export interface KnownCompanies {
  /** CVR numbers. */
  readonly numbers: readonly string[];
  readonly names: readonly string[];
}

/** Something in a text that is no recipient's: a CVR number, or a company's name beside the recipient's own number. */
export interface StrangeCompany {
  readonly kind: 'number' | 'name';
  readonly start: number;
  readonly end: number;
}

/**
 * CVR numbers in a letter to companies that are said to be the recipient's and are not, and names beside the recipient's
 * number that are another's; in a file that does not name the recipient, any company's number. Others have numbers too: the authority, a supplier; theirs stand beside their own names.
 */
export function strangeCompanies(text: string, known: KnownCompanies, isOwnPaper: boolean): readonly StrangeCompany[] {
  const places = Array.from(text.matchAll(cvrNumber), ({ 0: all, 1: written = '', index }) => ({ label: index, start: index + all.length - written.length, end: index + all.length, cvr: written.replace(/ /g, '') }));
  const isMistyped = (cvr: string) => known.numbers.some((own) => isTransposed(cvr, own));
  const isTold = places.some(({ cvr }) => known.numbers.includes(cvr));
  const placed = placedCompanies(text).filter(({ name }) => isBusiness(name) && !isAuthority(name) && !known.names.some((own) => isCompanyOf(name, own)))
    .filter(({ start }) => !isInFormOf(text.slice(Math.max(0, start - FORM_CHARACTERS), start), known)).map(({ start, end }) => ({ kind: 'name' as const, start, end }));
  const numbered = places.filter((place) => !isAtFoot(text, place) && !ofFooter.test(text.slice(place.end, place.end + SENDER_CHARACTERS))).filter(({ label }) => !ofSender.test(text.slice(Math.max(0, label - SENDER_CHARACTERS), label)) && !behindContact.test(text.slice(Math.max(0, label - CONTACT_CHARACTERS), label))).flatMap((place): readonly StrangeCompany[] => {
    const { label, start, end, cvr } = place;
    const owner = ofReader.test(text.slice(Math.max(0, label - SENDER_CHARACTERS), label + 1)) ? 'own' : ownerBefore(text, label, known);
    if (known.numbers.includes(cvr)) return owner === null || owner === 'own' || !isNameOfCompany(owner.name) ? [] : [{ kind: 'name', start: owner.start, end: owner.end }];
    const isOthers = owner === null ? isTold && isOwnPaper && !isAlone(text, place) : isOfOther(owner, isOwnPaper);
    return isOthers && !isMistyped(cvr) ? [] : [{ kind: 'number', start, end }];
  });
  return [...numbered, ...placed, ...besideOwnName(text, known)];
}

/** The line that runs along the top of the pages of a file: "Sag 24/5606 vedr. Holm Byg ApS   Side 2/2". Takes a page but the first. */
export function runningCompany(page: string, { names }: KnownCompanies): StrangeCompany | null {
  const { 0: all = '', 1: name = '' } = runningHead.exec(page) ?? [];
  if (name === '' || !isBusiness(name) || isAuthority(name) || names.some((own) => isCompanyOf(name, own))) return null;
  const start = all.lastIndexOf(name);
  return { kind: 'name', start, end: start + name.length };
}

const runningHead = /^\s*(?:[^\n]{3,60} · )?(?:(?:Sag [^\n]{4,24}|[\p{L}\d./-]*\d{4,}[\p{L}\d./-]*) (?:vedr\.|[–-]) )?((?:\p{Lu}[\p{L}&.'/-]{0,40}|&)(?: (?:\p{Lu}[\p{L}&.'/-]{0,40}|&)){1,6})(?: {2,}| ?\n| [-–·] | Side )/u;

/** "Kunde: Holm Byg ApS, 20304050" at the end of a line, or in parentheses: a number that needs no label, and is another's. */
function besideOwnName(text: string, { numbers, names }: KnownCompanies): readonly StrangeCompany[] {
  const own = names.map((name) => bareName(name).toLowerCase());
  return Array.from(text.matchAll(bareNumber)).flatMap(({ 0: all, index: at }) => {
    const written = all.replace(/[^\d ]/g, '').trim();
    const isBesideOwn = own.some((name) => bareName(text.slice(Math.max(0, at - name.length - COMPANY_FORM_CHARACTERS_MAX), at)).toLowerCase().endsWith(name));
    const start = at + all.indexOf(written);
    return isBesideOwn && !numbers.includes(written.replace(/ /g, '')) ? [{ kind: 'number' as const, start, end: start + written.length }] : [];
  });
}

const bareNumber = / \((?:\d{8}|\d\d(?: \d\d){3})\)|, \d{8}(?=\n|$)/g;
/** A company's form behind its name, ", A.M.B.A." at the longest. */
const COMPANY_FORM_CHARACTERS_MAX = 12;

/** "Vores CVR: …". */
const ofSender = /(?:^|[^\p{L}])(?:vores|vor|kommunens|our)$/iu;
const ofReader = /(?:^|[^\p{L}])jeres ?$/iu;
const SENDER_CHARACTERS = 12;
/** "www.lejre.dk · CVR 29188165 · EAN 5798…" at the foot of the sender's paper. */
const ofFooter = /^ ?[·|,-]? ?EAN/;
/** The sender's own, behind where it can be found: "7100 Vejle · ", "www.lejre.dk", "EAN 5798…". */
const behindContact = /\d{4} \p{Lu}[\p{L} .]{1,24} · $|(?:(?:^|\n)(?:www\.)?[\p{L}\d.-]+\.dk|EAN[^\n\p{L}]{12,24})\n?$/u;
const CONTACT_CHARACTERS = 40;

/** "Entreprenør: Holm Byg ApS", and a line or more below "Bygherre: Nordisk Tag A/S": each has a part of its own. */
function isInFormOf(before: string, { names }: KnownCompanies): boolean {
  const lines = before.replace(/: ?\n/g, ': ').split('\n');
  if (!/^\p{L}[\p{L} ]{2,30}: ?$/u.test(lines.pop() ?? '')) return false;
  return lines.some((line) => {
    const [, label = '', name = ''] = /^(\p{L}[\p{L} ]{2,30}): ?([^\n]{3,80})$/u.exec(line) ?? [];
    return !generalLabel.test(label) && names.some((own) => isCompanyOf(name, own));
  });
}

const FORM_CHARACTERS = 260;
/** Over a letter stands to whom it goes. */
const generalLabel = /^(?:til|modtager|virksomhed|kunde|navn)$/i;

/** The authority has its number everywhere, others in the recipient's own papers. */
function isOfOther(owner: Owner | 'own', isOwnPaper: boolean): boolean {
  return owner !== 'own' && (isOwnPaper || isAuthority(owner.name));
}

/** A label and a number in a line, or two, of their own. */
function isAlone(text: string, { label, end }: { readonly label: number; readonly end: number }): boolean {
  return (label === 0 || text.startsWith('\n', label)) && /^ ?(?:\n|$)/.test(text.slice(end, end + 2));
}

/** Alone in the last line of a page, below some sentences: whose paper it is. */
function isAtFoot(text: string, place: { readonly label: number; readonly end: number }): boolean {
  return isAlone(text, place) && text.slice(place.end).trim() === '' && /\.\n+$/.test(text.slice(Math.max(0, place.label - CONTACT_CHARACTERS), place.label + 1));
}

/** True where a text holds the name or the number of one of them. */
export function namesCompany(text: string, { numbers, names }: KnownCompanies): boolean {
  const line = inOneLine(text);
  return names.some((own) => line.includes(bareName(own).toLowerCase())) || Array.from(text.matchAll(cvrForm), ([written]) => written.replace(/ /g, '')).some((cvr) => numbers.includes(cvr));
}

const cvrForm = /\d{8}|\d\d(?: \d\d){3}|\d{4} \d{4}/g;

/** The first company in a text that is no recipient's. */
export function firstStrangeCompany(text: string, { names }: KnownCompanies): StrangeCompany | null {
  for (const { 0: name, index } of text.matchAll(formedName)) {
    if (!isAuthority(name) && !names.some((own) => isCompanyOf(name, own)) && !byOther.test(text.slice(Math.max(0, index - OTHER_CHARACTERS), index)) && !withRole.test(name)) return { kind: 'name', start: index, end: index + name.length };
  }
  return null;
}

/** "Affaldet hentes af Nordisk Tag A/S": whoever is named so has a part of its own. */
const byOther = /(?:^|[^\p{L}])(?:af|fra|med|indgangen til|tilbudsgivere? (?:er|var)(?: [\p{Lu}&][\p{L}&.'-]*)*)[ \n]?$/iu;
const withRole = /^(?:rådgiver|entreprenør|leverandør)(?:en)? /iu;
const OTHER_CHARACTERS = 48;

/** A name that ends in a company's form. */
const formedName = /(?:\p{Lu}[\p{L}&.'-]{0,40} |& |og |i |v\/){0,5}\p{Lu}[\p{L}&.'-]{0,40},? (?:[Aa]p[Ss]|APS|[AIKP]\/[Ss]|IVS|AMBA|[Aa]mba)(?![\p{L}])/gu;

const cvrNumber = /(?:^|[^\p{L}\d])cvr(?:[-. ]{0,2}(?:nr|nummer|no|number))?\.?(?: på \p{L}{3,20})?[ .:]{0,3}\n?(?:er )?(?:DK[ -]?)?(\d{8}|\d\d(?: \d\d){3}|\d{4} \d{4})(?![\d-])/giu;

interface Owner {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const OWNER_LINES_MAX = 4;
const OWNER_CHARACTERS_MAX = 240;

/** Whose name stands before a number, on its line or on one above it; null: nobody's. */
function ownerBefore(text: string, at: number, { names }: KnownCompanies): Owner | 'own' | null {
  const from = Math.max(0, at - OWNER_CHARACTERS_MAX);
  let end = at;
  for (const [n, line] of text.slice(from, at).split('\n').reverse().slice(0, OWNER_LINES_MAX).entries()) {
    // "Tilladelsen er knyttet til CVR-nr. …": who stands above is not meant.
    if (n > 0 && sentenceBegun.test(text.slice(end + 1, at))) return null;
    const start = end - line.length;
    const name = nameAtEnd(line);
    const isOwn = name !== null && names.some((own) => isCompanyOf(name, own) || name.toLowerCase().includes(own.toLowerCase()));
    // "…, Nordisk Tag A/S, fik ikke opgaven. Den går til Holm Byg ApS, CVR …": the last name is the number's.
    if (isOwn || (!(name !== null && companyForm.test(name)) && names.some((own) => line.toLowerCase().includes(own.toLowerCase())))) return 'own';
    if (name !== null && isDepartment(name, text.slice(from, start))) return null;
    if (name !== null) return { name, start: start + line.lastIndexOf(name), end: start + line.lastIndexOf(name) + name.length };
    end = start - 1;
  }
  return null;
}

/** "Viborg Kommune" over "Vej og Park". */
function isDepartment(name: string, above: string): boolean {
  return !companyForm.test(name) && isAuthority(above.trimEnd().split('\n').at(-1) ?? '');
}

/** What is called by the last words with capitals of a line; null for a label, a street, a plain sentence. */
function nameAtEnd(line: string): string | null {
  if (/^\s*(?:att|hej|hejsa|goddag|sagsbehandler|kontaktperson)(?!\p{L})|matr\.? ?nr/iu.test(line)) return null;
  const words = line.replace(/[\s,;:(·|-]+$/, '').replace(/ (?:for|til|med|af|hos|på)$/, '').replace(/,[^,.\n]*\d[^,\n]{0,24}$/, '');
  const last = words.split(/(?:^|[\s,;])(?:hos|fra|for|til|med|af|vedr\.?|vedrørende|om|at|att\.?|kære|virksomhed|kunde|navn)[\s:]+|[,;:·|] /i).at(-1)?.trim() ?? '';
  if (/^\p{Lu}/u.test(last) && authority.test(last.toLowerCase())) return last;
  if (/(?: \p{Ll}{3,}){2}/u.test(last)) return nameBehindWords.exec(last)?.[0] ?? null;
  return (/^\p{Lu}(?=.* (?:\p{Lu}|&|v\/))[^\d:]{2,60}$/u.exec(last) ?? nameBehindWords.exec(last))?.[0] ?? null;
}

/** "… givet Nordisk Tag A/S". */
const nameBehindWords = /(?<=\p{Ll} )\p{Lu}[\p{L}&.'/-]{0,40}(?: (?:\p{Lu}[\p{L}&.'/-]{0,40}|&)){1,5}$/u;

/** Some words of a sentence. */
const sentenceBegun = /^\p{Lu}\p{Ll}+(?: \p{Ll}+){2,}/u;

/** True for a name of an authority, which no company form ends. */
export function isAuthority(name: string): boolean {
  return !companyForm.test(name) && name.toLowerCase().split(/[\s-]+/).some((word) => authority.test(word));
}

function isNameOfCompany(name: string): boolean {
  return !isAuthority(name) && !/(?:vej|gade|allé|stræde|plads|torv)$/i.test(name) && (isCompany(name) || !isFirstName(name.split(' ')[0] ?? ''));
}

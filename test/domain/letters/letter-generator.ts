import type { LetterQuestion } from '../../../src/domain/letter-check.ts';
import { nameSet, personOf, randomOf, type NameSet, type Person, type Random } from './letter-people.ts';
import { asPdfText, writtenCpr, writtenGreeting, writtenName, writtenAddress } from './letter-writing.ts';

/** A letter with places for people; what each place means stands in `slots`. */
export interface LetterTemplate {
  readonly subject: string;
  readonly text: string;
  /** Attached PDFs of one letter: the text of each page. */
  readonly pages?: readonly string[];
  readonly to?: 'company';
  /** About somebody else than the one who gets it, so that other names are rightly in it. */
  readonly relative?: true;
  /** Its subject may name somebody else too: a caseworker, a child. */
  readonly mayNameOther?: true;
}

const wrongSorts = ['shifted', 'greeting', 'address', 'name', 'number', 'attachment', 'subject-number', 'subject-name'] as const;
export type WrongSort = (typeof wrongSorts)[number];

/** A letter as it would be sent, and what is wrong with it; null: nothing is. */
export interface LetterCase {
  readonly question: LetterQuestion;
  readonly wrong: WrongSort | null;
}

export interface LetterSource {
  readonly templates: readonly LetterTemplate[];
  readonly names?: NameSet;
  readonly seed: number;
}

/** Letters to the one they are written to; other people are rightly named in many. */
export function rightLetters(source: LetterSource, count: number): readonly LetterCase[] {
  return Array.from({ length: count }, (_, n) => makeLetter(source, n, null));
}

/** Letters that are written to somebody else than they go to, in whole or in one place, or that tell a number in the subject. */
export function wrongLetters(source: LetterSource, count: number): readonly LetterCase[] {
  return Array.from({ length: count }, (_, n) => {
    const template = templateOf(source, n);
    const sorts = sortsOf(template);
    const random = randomOf(source.seed * 7919 + n);
    return makeLetter(source, n, random.pick(sorts));
  });
}

function templateOf({ templates }: LetterSource, n: number): LetterTemplate {
  const template = templates[n % templates.length];
  if (!template) throw new Error('no templates');
  return template;
}

/** In what ways a letter of this template can be wrong so that its reader would see it. */
function sortsOf({ subject, text, pages = [], to, relative, mayNameOther }: LetterTemplate): readonly WrongSort[] {
  const all = [text, ...pages].join('\n');
  const possible: Readonly<Record<WrongSort, boolean>> = {
    'subject-number': true,
    shifted: /\{(hilsen|blok|navn|cpr|cprd|fuldt|fornavn)\}/.test(all),
    greeting: /\{(hilsen|fornavn)\}/.test(all) && to !== 'company',
    address: all.includes('{blok}'),
    name: /\{(navn|navn-ejes|fuldt)\}/.test(text) && !relative,
    number: /\{cprd?\}/.test(all),
    attachment: /\{(navn|blok|cpr|cprd|fuldt)\}/.test(pages.join('\n')),
    'subject-name': to !== 'company' && !relative && !mayNameOther && !aboutChild.test(subject),
  };
  return wrongSorts.filter((sort) => possible[sort]);
}

const aboutChild = /barn|børn|plads|klasse|plejefamilie|sundhedsplej|tandpleje|samvær/i;

function makeLetter(source: LetterSource, n: number, wrong: WrongSort | null): LetterCase {
  const { names = nameSet, seed } = source;
  const random = randomOf(seed * 104_729 + n * 2 + (wrong === null ? 0 : 1));
  const template = templateOf(source, n);
  const people = castOf(random, names, template.to === 'company');
  const fill = (text: string, section: 'text' | 'page') => filled(text, { random, names, people, wrong, section });
  const subject = fill(template.subject, 'text');
  const text = fill(template.text, 'text');
  const pages = (template.pages ?? []).map((page) => asPdfText(random, fill(page, 'page')));
  const { recipient, stranger, staff } = people;
  return {
    wrong,
    question: {
      recipients: [{ kind: template.to === 'company' ? 'cvr' : 'cpr', number: recipient.number, name: registered(random, recipient.name, template), protected: false }],
      rightNames: [`${recipient.town.replace(/^\d+ /, '')} Kommune`, 'Borgerservice', ...(random.chance(0.5) ? [staff.name] : [])],
      subject: wrongSubject(random, { subject, wrong, recipient, stranger }),
      text,
      files: pages.length > 0 ? [{ name: 'Brev.pdf', pages }] : [],
      today: new Date('2026-08-20T10:00:00Z'),
    },
  };
}

/** Registers give names in either order. */
function registered(random: Random, name: string, { to }: LetterTemplate): string {
  const words = name.split(' ');
  return to !== 'company' && random.chance(0.15) ? `${words.at(-1) ?? ''}, ${words.slice(0, -1).join(' ')}` : name;
}

function wrongSubject(random: Random, { subject, wrong, recipient, stranger }: { subject: string; wrong: WrongSort | null; recipient: Person; stranger: Person }): string {
  if (wrong === 'subject-name') return random.pick([`${subject} - ${stranger.name}`, `${subject} til ${stranger.name}`, `${stranger.name}: ${subject}`, `${subject} (${stranger.name})`]);
  if (wrong !== 'subject-number') return subject;
  const cpr = writtenCpr(random, random.pick([recipient, stranger]).number.padEnd(10, '1').replace(/^\d{4}/, '2511'), 'subject');
  return random.pick([`${subject} ${cpr}`, `${cpr} ${subject}`, `${subject}, CPR ${cpr}`, `${subject} (${cpr})`]);
}

interface Cast {
  readonly recipient: Person;
  /** Somebody whom the letter does not go to. */
  readonly stranger: Person;
  readonly child: Person;
  readonly partner: Person;
  readonly mother: Person;
  readonly staff: Person;
  readonly colleague: Person;
  readonly doctor: Person;
}

function castOf(random: Random, names: NameSet, isCompany: boolean): Cast {
  const recipient = isCompany ? companyOf(random, names) : personOf(random, names, [1945, 2004]);
  const bornAround = isCompany ? 1980 : 1900 + ((Number(recipient.number.slice(4, 6)) + 100) % 100);
  const family = isCompany ? null : random.pick([recipient.last, null]);
  const born = bornAround < 1940 ? bornAround + 100 : bornAround;
  const staffOf = () => differs(() => personOf(random, names, [1960, 2000]), recipient);
  return {
    recipient,
    stranger: differs(() => (isCompany ? companyOf(random, names) : personOf(random, names, [1945, 2004])), recipient),
    child: relativeOf(() => personOf(random, names, [Math.max(2008, born + 18), Math.max(2025, born + 18)], family), recipient),
    partner: relativeOf(() => personOf(random, names, [born - 5, born + 5], random.pick([family, null])), recipient),
    mother: relativeOf(() => personOf(random, names, [born - 38, born - 20], family), recipient),
    staff: staffOf(),
    colleague: staffOf(),
    doctor: staffOf(),
  };
}

function companyOf(random: Random, names: NameSet): Person {
  const name = random.pick(names.companies);
  return { ...personOf(random, names, [1980, 1990]), name, first: name, last: name, number: String(10_000_000 + random.int(89_999_999)) };
}

/** Relatives share a surname, and seldom the first name. */
function relativeOf(make: () => Person, { first }: Person): Person {
  for (;;) {
    const person = make();
    if (person.first !== first) return person;
  }
}

/** Somebody of whose name no word is the other's. */
function differs(make: () => Person, other: Person): Person {
  const words = new Set(other.name.toLowerCase().split(/[^\p{L}]+/u));
  for (;;) {
    const person = make();
    if (!person.name.toLowerCase().split(/[^\p{L}]+/u).some((word) => words.has(word))) return person;
  }
}

interface Filling {
  readonly random: Random;
  readonly names: NameSet;
  readonly people: Cast;
  readonly wrong: WrongSort | null;
  readonly section: 'text' | 'page';
}

/** Which of the recipient's places holds somebody else. */
const wrongPlaces: Readonly<Record<WrongSort, RegExp>> = {
  shifted: /./,
  greeting: /^(hilsen|fornavn|efternavn)$/,
  address: /^blok$/,
  name: /^(navn|fuldt)/,
  number: /^cprd?$/,
  attachment: /./,
  'subject-number': /^$/,
  'subject-name': /^$/,
};

function filled(template: string, filling: Filling): string {
  return template.replace(/\{([a-z0-9-]+)\}/g, (_all, slot: string) => writeSlot(slot, filling));
}

function writeSlot(slot: string, { random, names, people, wrong, section }: Filling): string {
  const isWrong = wrong !== null && wrongPlaces[wrong].test(slot) && (wrong !== 'attachment' || section === 'page') && (wrong !== 'name' || section === 'text');
  const own = isWrong ? people.stranger : people.recipient;
  const { child, partner, mother, staff, colleague, doctor } = people;
  const number = () => String(random.int(90_000_000) + 10_000_000);
  const slots: Readonly<Record<string, () => string>> = {
    hilsen: () => writtenGreeting(random, own, { mustName: isWrong, contact: colleague }),
    blok: () => writtenAddress(random, own),
    navn: () => writtenName(random, own),
    modtager: () => people.recipient.name,
    'navn-ejes': () => `${own.name.replace(/,.*/, '')}${own.name.endsWith('s') ? "'" : 's'}`,
    fornavn: () => own.first, efternavn: () => own.last, fuldt: () => own.name, cprd: () => `${own.number.slice(0, 6)}-${own.number.slice(6)}`,
    cpr: () => writtenCpr(random, own.number, section),
    cvr: () => own.number,
    adresse: () => `${own.street}, ${own.town}`,
    barn2: () => `${colleague.first} ${child.last}`, barn2fornavn: () => colleague.first, barn2cpr: () => writtenCpr(random, child.number.replace(/^../, (day) => (day === '07' ? '08' : '07')), section),
    partnerfornavn: () => partner.first, morfornavn: () => mother.first, sbefternavn: () => staff.last,
    barn: () => child.name, barnfornavn: () => child.first, barncpr: () => writtenCpr(random, child.number, section),
    partner: () => partner.name, partnercpr: () => writtenCpr(random, partner.number, section),
    mor: () => mother.name, morcpr: () => writtenCpr(random, mother.number, section),
    sb: () => staff.name, sbfornavn: () => staff.first, sb2: () => colleague.name, laege: () => doctor.name,
    'firma-selv': () => own.name,
    firma: () => random.pick(names.companies), institution: () => random.pick(names.institutions), skole: () => random.pick(names.schools),
    plejehjem: () => random.pick(names.careHomes), hospital: () => random.pick(names.hospitals),
    vej: () => `${random.pick(names.streets)} ${String(1 + random.int(99))}`,
    by: () => people.recipient.town.replace(/^\d+ /, '').replace(/ C$/, ''),
    dato: () => random.pick([`${String(1 + random.int(28))}. ${random.pick(['maj', 'juni', 'oktober'])} 2026`, `${String(1 + random.int(28)).padStart(2, '0')}-0${String(1 + random.int(9))}-2026`, '12.10.2026']),
    sagsnr: () => random.pick([`26/${number().slice(0, 6)}`, `2026-${number().slice(0, 5)}`, `S2026-${number()}`, `${number()}12`]),
    faktura: () => random.pick([`${number()}12`, number(), `25${number()}`]),
    ean: () => `57980${number()}`,
    tlf: () => random.pick([number().replace(/(\d\d)(?=\d)/g, '$1 '), `+45 ${number()}`, number()]),
    fik: () => `${number()}${number().slice(0, 7)}`,
    slut: () => random.pick([
      `Venlig hilsen\n${staff.name}\nSocialrådgiver`, `Med venlig hilsen\n\n${staff.name}\n${people.recipient.town.replace(/^\d+ /, '')} Kommune\nDirekte tlf. ${number()}`,
      `Mvh\n${staff.first}`, `De bedste hilsner\n${staff.name}`, `Venlig hilsen\nBorgerservice\n${random.pick(names.streets)} 2\n${people.recipient.town}`,
    ]),
  };
  const write = slots[slot];
  if (!write) throw new Error(`no place is called ${slot}`);
  return write();
}

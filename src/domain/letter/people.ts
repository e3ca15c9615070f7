import { betweenNameAndNumber, cprNumbersIn } from '../cpr-in-text.ts';
import { isFirstName } from '../first-names.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { greetingsIn } from './greeting.ts';
import { namesRecipient, type KnownNames, type NamedText } from './known-names.ts';
import type { KnownNumbers } from './known-numbers.ts';
import type { NameInText } from './name-in-text.ts';
import { isLabelled } from './name-place.ts';
import { NamePool } from './name-pool.ts';
import { isParty } from './party.ts';
import { introducedIn, introductionOf, namesBehindLabels, namesBesideAny, namesBesideNumbers, saidRelativesIn } from './relatives.ts';
import { namesCompany, type KnownCompanies } from './strange-companies.ts';
import { isWithin, ownPart, signatureOf } from './text-part.ts';
import { aboutChild, aboutOther, childWords } from './words.ts';

/** A text and the names in it, which are looked for once. */
export interface ReadText {
  readonly text: string;
  readonly names: readonly NameInText[];
}

/** Whose names and numbers may stand in a letter. */
export interface LetterPeople {
  /** Null where a recipient's name is not known: then no name can be told to be wrong. */
  readonly names: KnownNames | null;
  readonly numbers: KnownNumbers;
  /** Null where no company gets it. */
  readonly companies: KnownCompanies | null;
}

/** To whom a letter goes, and who else is known beforehand. */
export interface KnownPeople {
  readonly recipients: readonly { readonly kind: 'cpr' | 'cvr'; readonly number: string; readonly name: string | null }[];
  readonly rightNames: readonly string[];
  /** Tells who is a child. */
  readonly today: Date;
}

/**
 * Who may be named in a letter: its recipients, and whom it says to be somebody else.
 * @param texts the subject first
 */
export function peopleOf({ recipients, rightNames, today }: KnownPeople, texts: readonly ReadText[]): LetterPeople {
  const names = recipients.flatMap(({ name }) => name ?? []);
  const companies = recipients.every(({ kind }) => kind === 'cvr');
  const all = joinedTexts(texts);
  const [isAboutChild, isAboutOther] = [aboutChild.test(all), aboutOther.test(all)];
  const own = recipients.flatMap(({ kind, number }) => (kind === 'cpr' ? [number] : []));
  const said = [...texts.slice(1).flatMap(saidRelativesIn), ...subjectsOf(texts, own, names)];
  const numbers = { recipients: own, names, companies, aboutChild: isAboutChild, aboutOther: isAboutOther, relatives: new NamePool(said), namesRecipient: true, isNamedAnywhere: true, isNamedElsewhere: () => true, contradicted: contradictedIn(texts, own), year: yearOf(all, today) };
  const houses = recipients.filter(({ kind }) => kind === 'cvr');
  const company = houses.length === 0 ? null : { numbers: houses.map(({ number }) => number), names: houses.flatMap(({ name }) => name ?? []) };
  if (names.length < recipients.length) return { names: null, numbers, companies: company };
  const parties = texts.slice(1).flatMap(({ names: inText }) => introducedIn(inText, 'party'));
  const relatives = new NamePool([...said, ...parties, ...texts.slice(1).flatMap(({ text }) => namesBesideNumbers(ownPart(text), numbers))]);
  const mentioned = new Set(texts.slice(1).flatMap((read) => notInHeading(read, texts[0]?.text ?? '').flatMap(({ name }) => nameWords(name))));
  const explained = new NamePool(texts.slice(1).flatMap((read) => [...explainedIn(read), ...(companies ? namesBehindLabels(read.names) : [])]));
  return { names: { recipients: names, numbers: own, right: rightNames, companies, hasCompany: houses.length > 0, aboutOther: isAboutChild || isAboutOther, isUnnamed: isAboutOther || childWords.test(all.toLowerCase()), relatives, explained, mentioned, attention: new NamePool(companies ? texts.flatMap(({ names: inText }) => inText.filter((name) => name.words > 1 && attentionBefore.test(name.before)).map(({ name }) => name)) : []), citizens: new NamePool(companies ? texts.slice(1).flatMap(({ text }) => namesBesideAny(text, cprNumbersIn(text))) : []), hearsNeighbours: hearsNeighbours.test(all), isReply: isReply.test(texts[0]?.text ?? ''), bringsCopy: bringsCopy.test(texts[1]?.text ?? '') }, numbers, companies: company };
}

/** The names of a text but for those in a line that repeats the subject. */
function notInHeading({ text, names }: ReadText, subject: string): readonly NameInText[] {
  const title = subject.trim().toLowerCase();
  const start = title === '' ? -1 : text.toLowerCase().indexOf(title);
  return start === -1 ? names : names.filter((name) => name.end <= start || name.start >= start + title.length);
}

/** Two numbers beside one full name, or two names beside one number, in any of the texts: of one nobody knows whose it is. */
function contradictedIn(texts: readonly ReadText[], own: readonly string[]): ReadonlySet<string> {
  const numbers = new Map<string, Set<string>>();
  const bearers = new Map<string, string>();
  const shared = new Set<string>();
  for (const { text } of texts) {
    for (const place of cprNumbersIn(text)) {
      if (own.includes(place.cpr)) continue;
      for (const name of namesBesideAny(text, [place])) {
        const key = nameWords(name).join(' ');
        const bearer = bearers.get(place.cpr) ?? name;
        bearers.set(place.cpr, bearer);
        if (name.includes(' ') && bearer.includes(' ') && !isNameOf(name, bearer) && !isNameOf(bearer, name)) shared.add(place.cpr);
        if (key.includes(' ')) numbers.set(key, (numbers.get(key) ?? new Set()).add(place.cpr));
      }
    }
  }
  return new Set([...shared, ...Array.from(numbers.values(), (of) => (of.size > 1 ? [...of] : [])).flat()]);
}

/**
 * Of the latest date above a letter or its papers that is not to come, for a letter may be an old one. Dates in its sentences
 * say nothing of when it is written.
 */
function yearOf(letter: string, today: Date): number {
  let latest = 0;
  for (const [, written] of letter.matchAll(dateAbove)) if (Number(written) <= today.getFullYear()) latest = Math.max(latest, Number(written));
  return latest === 0 ? today.getFullYear() : latest;
}

/** "Dato: 3. maj 2024", "Silkeborg, den 03-05-2024", "3. maj 2024   Silkeborg Kommune". */
const dateAbove = /(?:^|\n) *(?:[^\n]{0,40}(?:[Dd]ato:?|,? [Dd]en) +)?\d{1,2}(?:[.-]\d{1,2}[.-]|\. \p{L}{3,9} )(20\d\d)(?= *(?:\n|$)| +\p{Lu}[^\n.]{0,40}(?:\n|$))/gu;

const attentionBefore = /(?:^|\n)att(?:n|ention)?\.?:? ?$/u;

const hearsNeighbours = /[Nn]abo(?:orientering|høring)(?!en)/;

/** Also where it is sent on: "VS: SV: …". */
const isReply = /^(?:\p{L}{2,3}: )*(?:sv|re|svar): /iu;

/** "… du får hermed kopi af det brev, vi har sendt til hende". */
const bringsCopy = /(?:^|[^\p{L}])[Kk]opi af (?:det |et |den |en |vores )?\p{L}*(?:brev|afgørelse|indkaldelse|svar)/u;

/**
 * Others whom the letter is about: named with a number in a message that is plainly written to its recipient, and again in
 * the subject or by first name. A name that has strayed in stands in one place, or behind a label for the recipient's.
 */
function subjectsOf([subject, message]: readonly ReadText[], own: readonly string[], recipients: readonly string[]): readonly string[] {
  if (subject === undefined || message === undefined) return [];
  const isOwn = (name: string) => recipients.some((recipient) => isNameOf(name, recipient));
  const numbers = cprNumbersIn(message.text.slice(0, SUBJECT_CHARACTERS));
  if (!greetingsIn(ownPart(message.text)).some(({ names }) => names.some(isOwn)) && !numbers.some(({ cpr }) => own.includes(cpr))) return [];
  return numbers.filter(({ cpr }) => !own.includes(cpr)).slice(0, SUBJECTS_MAX).flatMap(({ start }) => {
    const name = message.names.findLast(({ end }) => end <= start);
    if (name === undefined || name.words < 2 || isOwn(name.name) || isLabelled(name) || isParty(name) || start - name.end > BESIDE_CHARACTERS || !betweenNameAndNumber.test(message.text.slice(name.end, start))) return [];
    const [first] = nameWords(name.name);
    const isAgain = ({ words, name: other, start: at }: NameInText) => words === 1 && at > start && nameWords(other).some((word) => word === first || word === `${first ?? ''}s`);
    return subject.names.some((other) => isNameOf(other.name, name.name)) || message.names.some(isAgain) ? [name.name] : [];
  });
}

const SUBJECTS_MAX = 5;
const SUBJECT_CHARACTERS = 20_000;
const BESIDE_CHARACTERS = 60;

/** Who is named for the work they do, or signs. */
function explainedIn({ text, names }: ReadText): readonly string[] {
  const signature = signatureOf(ownPart(text));
  return names.filter((name) => name.words > 1 && (isWithin(name, signature) || introductionOf(name) === 'staff')).map(({ name }) => name);
}

/** Whether any of the texts names a recipient, or holds a recipient's number. */
export function namesAny({ names, numbers, companies }: LetterPeople, texts: readonly ReadText[]): boolean {
  return texts.some(({ text, names: inText }) =>
    names !== null && namesRecipient(text, inText, names) || cprNumbersIn(text).some(({ cpr }) => numbers.recipients.includes(cpr)) || (companies !== null && namesCompany(text, companies)));
}

export function joinedTexts(texts: readonly ReadText[]): string {
  return texts.map(({ text }) => text).join('\n\n');
}

export interface NamedFirstNames {
  /** The recipient is named in any of the letter's texts. */
  readonly recipient: boolean;
  readonly subject: string;
  /** Message and files. */
  readonly body: string;
  /** Those that stand in other texts than these. */
  elsewhere(texts: readonly ReadText[]): NamedText['namedElsewhere'];
}

/** In how many of the letter's texts each first name stands; the same text twice is one. */
export function namedFirstNames(texts: readonly ReadText[], people: LetterPeople): NamedFirstNames {
  const known = people.names;
  const named = new Map<string, ReadonlySet<string>>();
  for (const read of texts) if (!named.has(read.text)) named.set(read.text, new Set(othersIn(read, known)));
  const countIn = (sets: Iterable<ReadonlySet<string>>) => {
    const count = new Map<string, number>();
    for (const first of Array.from(sets, (set) => [...set]).flat()) count.set(first, (count.get(first) ?? 0) + 1);
    return count;
  };
  const inAll = countIn(named.values());
  return {
    recipient: namesAny(people, texts),
    subject: texts[0]?.text ?? '',
    body: joinedTexts(texts.slice(1)),
    elsewhere(own) {
      const inOwn = countIn([...new Set(own.map(({ text }) => text))].map((text) => named.get(text) ?? new Set()));
      const has = (first: string) => (inAll.get(first) ?? 0) > (inOwn.get(first) ?? 0);
      return { has, isNobody: () => ![...inAll.keys()].some(has) };
    },
  };
}

/** First names of those who are no recipients and not named for their work, folded, also without the s of a genitive. */
function othersIn({ names }: ReadText, known: KnownNames | null): readonly string[] {
  const others = names.filter((name) => (name.sure || isFirstName(name.name)) && introductionOf(name) !== 'staff');
  return others.flatMap(({ name }) => {
    const [first = ''] = nameWords(name);
    if (known?.recipients.some((own) => nameWords(own).includes(first)) === true || known?.right.some((right) => isNameOf(name, right)) === true) return [];
    return first.endsWith('s') ? [first, first.slice(0, -1)] : [first];
  });
}

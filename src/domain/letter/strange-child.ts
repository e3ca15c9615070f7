import { isFirstName } from '../first-names.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { isKnown, sharesSurname, type KnownNames, type TextOfFamily } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { isNamedAgain } from './named-again.ts';

/**
 * "Elev: Emma Holm" in a letter that calls the child Oscar: a full name that stands once in the whole letter, in a place for
 * the child that the letter is about, while another child is called by first name.
 */
export function strangeChild(names: readonly NameInText[], text: TextOfFamily, known: KnownNames): readonly NameInText[] {
  if (known.companies) return [];
  const children = childrenIn(text);
  const isChild = (word: string) => children.size === 0 || children.has(word) || children.has(`${word}s`);
  return [...names.filter((name) => !isKnown(name, known) && name.listedWith === null && !/^,? (?:og|samt) /.test(name.after) && !callNames(name.name).some(isChild) && isFieldOfOther(name, names, text)), ...strayChild(names, text, known)];
}

/** "Er Clara syg, …", once in a letter about Tilde Holm, who has the reader's surname. */
function strayChild(names: readonly NameInText[], text: TextOfFamily, { recipients, relatives }: KnownNames): readonly NameInText[] {
  const words = text.text.toLowerCase();
  if (!text.isAboutOther || severalChildren.test(words)) return [];
  const others = names.filter((name) => name.words > 1 && !recipients.some((own) => isNameOf(name.name, own)) && recipients.some((own) => sharesSurname(nameWords(name.name), own, true)));
  const [first, ...more] = others;
  if (first === undefined || !more.every((other) => firstOf(other.name) === firstOf(first.name))) return [];
  const isCalledSo = (name: NameInText) => callNames(first.name).some((word) => word === firstOf(name.name) || `${word}s` === firstOf(name.name));
  return text.children.filter((name) => !isCalledSo(name) && !isNamedAgain(name, names) && !text.namedOnOtherPage(firstOf(name.name)) && !relatives.hasEither(name.name) && childsDeed(name)).slice(0, 1);
}

function childsDeed({ before, after }: NameInText): boolean {
  return childBefore.test(before) || (/(?:^|\n|[.!?] )(?:er |tillykke med )?$/.test(before) && /^(?: (?:bliver|er|har|får|skal|kan|starter|begynder|vil|går|møder|syg|trives|viser|deltager|leger|følges)(?!\p{L})|!)/u.test(after));
}

/** "… før jeg observerer Clara i klassen". */
const childBefore = /(?:^|[^\p{L}])(?:observere?r?|undersøge?r?|tale?r? med|besøge?r?) $/u;
const severalChildren = /(?:^|[^\p{L}])(?:søskende\p{L}*|bror|søster|tvilling\p{L}*|(?:dine|jeres) børn|børnene|husstand\p{L}*)(?!\p{L})/u;

/** Whom the text calls by first name, folded, as it stands there. */
function childrenIn({ children, text }: TextOfFamily): ReadonlySet<string> {
  const called = children.filter(({ name, start, end, before }) => isFirstName(name) && !sibling.test(before) && aloneBefore.test(text.slice(Math.max(0, start - CHARACTERS_BEFORE), start)) && !/^[ \n]\p{Lu}/u.test(text.slice(end, end + 2)));
  return new Set(called.map(({ name }) => firstOf(name)));
}

const sibling = /(?:søskende|bror|søster|tvilling)[^.\n]*$/u;
/** No part of another name: "Vuggestuen Lille Peter", as "Thorvald Stauningsgade". */
const aloneBefore = /(?:^|[\n.!?] ?|(?:^|[\n.!?] ?)(?:Er|Har|Kan|Skal|Når|Hvis|Til|For|Hos) |(?:^|[ \n])\p{Ll}[^ \n]*[ \n])$/u;
const CHARACTERS_BEFORE = 30;

/** By which somebody may be called: all but the last, and all where the last stands first. */
function callNames(name: string): readonly string[] {
  const words = nameWords(name);
  return name.includes(',') || words.length === 1 ? words : words.slice(0, -1);
}

function firstOf(name: string): string {
  return nameWords(name)[0] ?? '';
}

/** A full name where the child's is, and nowhere else. */
function isFieldOfOther(name: NameInText, names: readonly NameInText[], text: TextOfFamily): boolean {
  return name.words > 1 && name.sure && isOfChild(name) && !callNames(name.name).some((word) => text.namedOnOtherPage(word)) && !isNamedAgain(name, names);
}

function isOfChild({ before, after }: NameInText): boolean {
  return field.test(before) || (placeBefore.test(before) && !/^,? (?:og|samt)/.test(after)) || (/(?:^|\n|[.!?] )$/.test(before) && placeAfter.test(after));
}

const field = /(?:^|\n)(?:elev|barn|barnets navn|elevens navn|patient|plejebarn)(?: ?: ?\n?|\n)$/u;
const placeBefore = /(?:skriver til dig, fordi|samtykke indstillet|bekræfter(?: hermed)?,? at|(?:plads|tid|skolestart|kørsel) (?:til|for)) $/u;
const placeAfter = /^ (?:har (?:fået (?:en )?plads|tid|fået tid)|er (?:hermed )?(?:bevilget|optaget|indskrevet|indmeldt|tilmeldt))(?!\p{L})/u;

import { isFirstName } from '../first-names.ts';
import { nameWords } from '../person-name.ts';
import { isKnown, type KnownNames, type TextOfFamily } from './known-names.ts';
import type { NameInText } from './name-in-text.ts';
import { isNamedAgain } from './named-again.ts';

/**
 * "Elev: Emma Holm" in a letter that calls the child Oscar: a full name that stands once in the whole letter, in a place for
 * the child that the letter is about, while another child is called by first name.
 */
export function strangeChild(names: readonly NameInText[], text: TextOfFamily, known: KnownNames): readonly NameInText[] {
  if (known.companies) return [];
  const children = childrenIn(text);
  if (children.size === 0) return [];
  const isChild = (word: string) => children.has(word) || children.has(`${word}s`);
  return names.filter((name) => !isKnown(name, known) && name.listedWith === null && !/^,? (?:og|samt) /.test(name.after) && !callNames(name.name).some(isChild) && isFieldOfOther(name, names, text));
}

/** Whom the text calls by first name, folded, as it stands there. */
function childrenIn({ children, text }: TextOfFamily): ReadonlySet<string> {
  const called = children.filter(({ name, start, end, before }) => isFirstName(name) && !sibling.test(before) && aloneBefore.test(text.slice(Math.max(0, start - CHARACTERS_BEFORE), start)) && !/^[ \n]\p{Lu}/u.test(text.slice(end, end + 2)));
  return new Set(called.map(({ name }) => firstOf(name)));
}

const sibling = /(?:søskende|bror|søster|tvilling)[^.\n]*$/u;
/** No part of another name: "Vuggestuen Lille Peter", as "Thorvald Stauningsgade". */
const aloneBefore = /(?:^|[\n.!?] ?|(?:^|[ \n])\p{Ll}[^ \n]*[ \n])$/u;
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

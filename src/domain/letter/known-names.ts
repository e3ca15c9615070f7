import { isFirstName } from '../first-names.ts';
import { inOneLine } from '../letter-text.ts';
import { isNameOf, nameWords } from '../person-name.ts';
import { greetingIn } from './greeting.ts';
import type { NameInText } from './name-in-text.ts';
import type { NamePool } from './name-pool.ts';
import { ownPart } from './text-part.ts';

// Whose names may stand in a letter, and whether a name is one of them.

/** Whose names may stand in a letter. */
export interface KnownNames {
  /** Each recipient's name. */
  readonly recipients: readonly string[];
  readonly numbers: readonly string[];
  readonly right: readonly string[];
  /** Every recipient is a company: it is written to about other people, by way of other people. */
  readonly companies: boolean;
  /** One of them is. */
  readonly hasCompany: boolean;
  /** The letter is about a child, or somebody else; who that is may be told in text or files. */
  readonly aboutOther: boolean;
  /** It tells of a child, or of somebody else, by what they are, and may name them in the subject alone. */
  readonly isUnnamed: boolean;
  /** Relatives of the recipient who are named as such. */
  readonly relatives: NamePool;
  /** Every word of every name in text and files, folded; but for headings that say what the subject says. */
  readonly mentioned: ReadonlySet<string>;
  /** Others of whom the letter says why they are named: for their work, or because they sign it. */
  readonly explained: NamePool;
  /** Letters to companies: who stands beside a CPR number. */
  readonly citizens: NamePool;
  /** Letters to companies: whom it is meant for there, "Att.: Hans Nielsen". */
  readonly attention: NamePool;
  /** It tells neighbours of what somebody has applied for. */
  readonly hearsNeighbours: boolean;
  /** Its subject says that it answers: "SV: …". */
  readonly isReply: boolean;
  /** The message says that a copy of what was sent to somebody else goes with it. */
  readonly bringsCopy: boolean;
}

/** A subject, a message, or one page of a file. */
export interface NamedText {
  readonly text: string;
  readonly names: readonly NameInText[];
  readonly kind: 'subject' | 'message' | 'page';
  /** The recipient's name or number stands somewhere in it (in a file: on some page). */
  readonly namesRecipient: boolean;
  /** … or anywhere in the letter. */
  readonly isNamedAnywhere: boolean;
  /** This very text, or its file, is about a child, or somebody else. */
  readonly isAboutOther: boolean;
  /** First names that stand elsewhere in the letter, folded. */
  readonly namedElsewhere: { has(first: string): boolean; isNobody(): boolean };
  /** The same, counted on the file's other pages too. */
  readonly namedOnOtherPage: (first: string) => boolean;
  /** The beginning of a letter, where the address stands. */
  readonly isFirst: boolean;
}

/** A text with the first names alone in it, which may be children's. */
export interface TextOfFamily extends NamedText {
  readonly children: readonly NameInText[];
}

/**
 * In a run of words without lines the street or the trade may follow the name: its first words are enough, where a surname is
 * among them.
 */
export function isOwnLoosely(name: string, own: string): boolean {
  if (isNameOf(name, own)) return true;
  const words = nameWords(name);
  const ownWords = nameWords(own);
  const isSurname = (word: string) => ownWords.includes(word) && !isFirstName(word);
  const hasSurname = ownWords.some((word) => !isFirstName(word));
  return words.slice(0, NAME_WORDS_MAX + 1).some((_word, n) => n >= 2 && (!hasSurname || words.slice(0, n).some(isSurname)) && isNameOf(words.slice(0, n).join(' '), own));
}

/** A name has at most so many words. */
const NAME_WORDS_MAX = 6;

/** The name of a recipient, or one that is rightly there. */
export function isKnown({ name }: Pick<NameInText, 'name'>, { recipients, right }: KnownNames): boolean {
  return recipients.some((own) => isOwnLoosely(name, own)) || right.some((own) => isNameOf(name, own));
}

/** "Ansættelsesbrev Beata": the first word has its capital for where it stands. */
export function isKnownBehindWord({ name }: NameInText, { recipients, relatives }: KnownNames): boolean {
  const [first = '', ...more] = name.split(' ');
  const rest = more.join(' ');
  return rest !== '' && !isFirstName(first) && (relatives.has(rest) || recipients.some((own) => isNameOf(rest, own)));
}

/** Named for the work they do, or as who signs. */
export function isExplained({ name }: NameInText, { explained }: KnownNames): boolean {
  return explained.has(name);
}

/**
 * In a letter about a child or a relative, a name may be theirs: where it is said so anywhere, where it shares a surname
 * with the recipient, where it is named elsewhere too, or where nobody else is named at all.
 */
export function mayBeOther({ name }: Pick<NameInText, 'name'>, text: TextOfFamily, known: KnownNames): boolean {
  const words = nameWords(name);
  const [first = ''] = words;
  const isNamedElsewhere = text.namedElsewhere.has(first);
  if (known.relatives.hasEither(name)) return true;
  if ((text.kind !== 'subject' || known.isUnnamed || isNamedElsewhere) && known.recipients.some((own) => sharesSurname(words, own, known.aboutOther))) return true;
  return known.aboutOther && (isNamedElsewhere || isOnlyOther(name, text, known));
}

/** Nobody else is named in a text that is about somebody else. */
function isOnlyOther(name: string, text: TextOfFamily, { relatives, isUnnamed }: KnownNames): boolean {
  if (!relatives.isEmpty || !text.children.every((child) => isNameOf(child.name, name))) return false;
  return text.kind === 'subject' ? isUnnamed && text.namedElsewhere.isNobody() : text.isAboutOther;
}

/** A surname that few have tells of the family; Hansen of nothing, but where a letter is about somebody else. */
export function sharesSurname(words: readonly string[], own: string, aboutOther: boolean): boolean {
  return nameWords(own).slice(1).some((word) => words.includes(word) && (aboutOther || !word.endsWith('sen')));
}

/** True when a text names a recipient: by two words of the name, as a company, or in the greeting. */
export function namesRecipient(text: string, names: readonly NameInText[], { recipients, companies }: KnownNames): boolean {
  const isOwn = (name: string) => recipients.some((own) => isOwnLoosely(name, own));
  const line = companies ? inOneLine(text) : '';
  if (companies && recipients.some((own) => line.includes(own.toLowerCase()))) return true;
  if (names.some(({ name, words }) => words > 1 && isOwn(name))) return true;
  return (greetingIn(ownPart(text))?.names ?? []).some(isOwn);
}

import { isFirstName } from '../first-names.ts';
import { isParticle } from '../person-name.ts';
import { authority, isPlainWord, isTrade, notPerson } from './words.ts';

/** Words with capitals that may be a person's name, and what stands around them. */
export interface NameInText {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** True where the words themselves tell that it is a person: a known first name, or a surname's ending. */
  readonly sure: boolean;
  readonly words: number;
  /** The name before it, where the two stand in one list: "Mette Holm, Lars Friis og Anne Lund". */
  readonly listedWith: NameInText | null;
  /** Where somebody works follows: "Mette Holm i Borgerservice". */
  readonly isPlaced: boolean;
  /** What stands before and after, in lower case. */
  readonly before: string;
  readonly after: string;
  /** As `before`, without words that have a capital too and may be of the name. */
  readonly beforeAll: string;
}

/**
 * Everything in a text that may be a person's name: words with capitals that follow each other, with particles between them
 * and without what is no part of a name. Companies, authorities, houses and streets named after people are left out. Takes a
 * text that `readableText` has made plain; linear in it.
 */
export function namesIn(text: string): readonly NameInText[] {
  const found: NameInText[] = [];
  for (const match of text.matchAll(run)) {
    for (const words of nameParts(text, wordsOf(match[0], match.index))) {
      const last = found.at(-1) ?? null;
      const name = nameOf(text, words, last);
      if (last !== null && isLastNameOf(last, name, text)) found.splice(-1, 1, joinedName(text, last, name));
      else found.push(name);
    }
  }
  return found;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const initials = String.raw`(?:\p{Lu}\.){1,3}`;
const word = String.raw`(?:(?:al|el|d|o)['-])?\p{Lu}[\p{L}\p{M}]*(?:'\p{L}+|-\p{L}[\p{L}\p{M}]*)*`;
const particle = '(?:von|van|der|den|de|del|della|di|da|das|do|dos|du|des|af|av|á|í|vid|við|undir|la|le|el|al|bin|bint|ibn|ter|ten|zu|zur) ';
const part = `(?:${initials}|${word})`;
const run = new RegExp(`${part}(?:[ \\n](?:${particle}){0,2}${part})*`, 'gu');
const wordInRun = new RegExp(part, 'gu');

function wordsOf(text: string, offset: number): readonly Word[] {
  return Array.from(text.matchAll(wordInRun), ({ 0: found, index }) => ({ text: found, start: offset + index, end: offset + index + found.length }));
}

/** The names in words with capitals that follow each other: parted by plain words, authorities, and line ends that end a line. */
function nameParts(text: string, words: readonly Word[]): readonly (readonly Word[])[] {
  const parts: Word[][] = [[]];
  for (const [n, one] of words.entries()) {
    const last = words[n - 1];
    if (last && endsLine(text, last.end, one.start)) parts.push([]);
    const part = parts.at(-1) ?? [];
    if (isOfName(text, one, part.length > 0)) part.push(one);
    else parts.push([]);
  }
  return parts.map((some) => withoutStreet(text, some)).filter((some) => some.length > 0 && !some.some(({ text: it, start }) => notPerson.test(it.toLowerCase()) && !behindParticle.test(text.slice(Math.max(0, start - 4), start))) && !isOrganisation(text, some));
}

/** "Åse von Haven". */
const behindParticle = /(?:von|van) $/;

function isOfName(text: string, one: Word, isBegun: boolean): boolean {
  const lower = one.text.toLowerCase();
  // "DE" of "AMALIE DE NEERGAARD"; alone it is a word.
  if (isBegun && isParticle(lower) && (/^\p{Lu}{2,}$/u.test(one.text) || /^ \p{Lu}/u.test(text.slice(one.end, one.end + 2)))) return true;
  // The end of "I/S".
  if (/^\p{Lu}\.?$/u.test(one.text) && text.charAt(one.start - 1) === '/') return false;
  if (isBegun && /^\p{Lu}\.$/u.test(one.text)) return true;
  return !(isPlainWord(one.text) || authority.test(lower) || isStreet(text, one, lower) || isLabel(text, one, lower));
}

/** A line that is broken in the middle of a sentence is a long one. */
function endsLine(text: string, end: number, start: number): boolean {
  if (!text.slice(end, start).includes('\n')) return false;
  return nounBegins.test(text.slice(start, start + TOWN_CHARACTERS)) || end - text.lastIndexOf('\n', end - 1) <= WRAPPED_LINE_CHARACTERS_MIN || townAtEnd.test(text.slice(Math.max(0, end - TOWN_CHARACTERS), end));
}

/** "Ansøgningen er indsendt …" begins a sentence. */
const nounBegins = /^\p{Lu}\p{Ll}+(?:ningen|elsen|heden|tionen|beløbet|kravet|mødet|tilsynet) \p{Ll}/u;

/** "…, 8900 Randers C": a row of a table, or an address in one line. */
const townAtEnd = /, \d{4} \p{Lu}[^,\n]*$/u;
const TOWN_CHARACTERS = 36;

const WRAPPED_LINE_CHARACTERS_MIN = 50;

/** "Personnummer:" behind a name whose line was lost. */
function isLabel(text: string, { text: word, end }: Word, lower: string): boolean {
  if (inCapitals.test(word) && partOf.test(lower)) return true;
  const behind = text.slice(end, end + 24);
  if (/^ (?!sag ?:)(?:\p{Ll}+ ?:|(?:cpr|CPR|person)-?)/u.test(behind) && lower.endsWith('s')) return true;
  return /^ ?:/.test(behind) && /(?:nummer|nr|dato|navn|adresse|kode|periode|beløb|person|bopæl|stilling|status|vedr)$/.test(lower);
}

/** "LÅNTAGER BIRK CHRISTENSEN", in two columns. */
const inCapitals = /^\p{Lu}{4,}$/u;
const partOf = /(?:tager|haver|søger|søgende|betaler|modtager|ejer|lejer|giver|borger|klager|anmelder|ægtefælle|patient|navn|barn|kunde)$/u;

/** "Birkevej 12": the street behind a name that stands on the same line. */
function isStreet(text: string, { end }: Word, lower: string): boolean {
  return streetEnding.test(lower) && /^ \d{1,3}(?![\d.,-]*\d)/.test(text.slice(end, end + 8));
}

const streetEnding = /\p{L}(?:vej|gade|allé|alle|vænge|vænget|stræde|torv|plads|boulevard|parken|park|haven|have|bakken|bakke|kaj|kajen|engen|toften|toft|lunden|krogen|svinget|stien|sti|marken|højen|høj|gangen|ringen|dalen|kæret|vangen|hegnet|skellet|bo|gården|gaarden|ager|ageren|strand|skrænten|brinken|leddet|dammen|bækken|åsen)$/u;

/** "Else Brandt Sct. Jørgens Vej 118", "Hans Nygaard Peder Skrams Gade 8": a name, and behind it a street that is called after somebody. */
function withoutStreet(text: string, words: readonly Word[]): readonly Word[] {
  // "Poul Martin Møllers Vej" is all street.
  const endsName = (last: Word | undefined) => last !== undefined && last.text.length > 2 && !last.text.endsWith('.') && !isFirstName(last.text);
  const street = words.findIndex((one, n) => n >= NAME_WORDS_MIN && endsName(words[n - 1]) && streetAhead.test(text.slice(one.start, one.start + STREET_CHARACTERS)) && beginsStreet(one.text));
  return street === -1 ? words : words.slice(0, street);
}

function beginsStreet(word: string): boolean {
  return isFirstName(word) || /^(?:sct|skt|st|sankt|kong|dronning|prins|prinsesse|kronprins)$/i.test(word) || /[sx]$/.test(word);
}

const NAME_WORDS_MIN = 2;
const STREET_CHARACTERS = 60;
const streetAhead = /^(?:\p{Lu}[\p{L}.]*\.? ){0,3}\p{Lu}\p{L}*(?:[sx]|'s?) (?:Vej|Gade|All[eé]|Plads|Torv|Boulevard|Stræde|Vænge|Park|Have|Toft|Bakke) \d/u;

/** "Hansen & Søn", "Jensen ApS", "Hans Broges Gade": what follows tells that it is no person. */
function isOrganisation(text: string, words: readonly Word[]): boolean {
  const end = words.at(-1)?.end ?? 0;
  const start = words[0]?.start ?? 0;
  return (
    /^(?:\/s|(?:'s)? ?(?:& |og søn|eftf|a\/s|aps|i\/s|k\/s|vej|gade|all[eé]|plads(?! (?:i|på|til|fra|hos) )|torv|boulevard|fond|legat|skole|tømrer|murer|vvs|byg|maler|auto|el-| (?:regions)?kommune| region(?!\p{L})))/iu.test(text.slice(end, end + 16))
    // A town behind its postal code.
    || isInStreet.test(text.slice(start, end + 3))
    || isShop.test(text.slice(start, end))
    || /(?:(?:^|[^\d-])\d{4} |& |"|«|»|restaurant |firmaet |\p{L}skolen |hotel |sankt |sct\. )$/iu.test(text.slice(Math.max(0, start - 14), start))
  );
}

/** "Hans Broges Gade", "Store Torv 37": where the same word is a surname, no number follows. */
const isInStreet = /(?:s|'s|x) (?:vej|gade|all[eé]|plads|torv|boulevard|stræde)|\b(?:vej|gade|all[eé]|plads|torv|boulevard|stræde) \d/i;
/** "Bent Andersens Auto". */
const isShop = /sens \p{Lu}/u;

const CONTEXT_CHARACTERS = 120;

function nameOf(text: string, words: readonly Word[], last: NameInText | null): NameInText {
  const { words: own, sure } = surePart(text, words);
  const start = own[0]?.start ?? 0;
  const end = own.at(-1)?.end ?? 0;
  const isPlaced = /^,? (?:fra|hos|ved|i|på|from|at|in) \p{Lu}/u.test(text.slice(end, end + 8));
  const listedWith = last !== null && start - last.end <= LISTED_CHARACTERS_MAX && betweenListed.test(text.slice(last.end, start)) ? last : null;
  return new FoundName(text, { name: text.slice(start, end).replace(/\s+/g, ' '), start, end, sure, words: own.length, listedWith, isPlaced }, words[0]?.start ?? 0);
}

const LISTED_CHARACTERS_MAX = 50;
/** Between the names of a list, each of which may be said to be something: "Mette Holm (formand), Lars Friis og". */
const betweenListed = /^(?: ?\([^()\n]{2,40}\)|, \p{Ll}{4,}(?: \p{Ll}+)?(?=,))?(?:,| og|, og| samt| eller| and)(?: \p{Ll}{4,})? $/u;

/** "Berggren, Nancy Ann", "la Cour, Ib", "Lieth, Charlotte von der", alone in a line or behind a label. */
function isLastNameOf(last: NameInText, next: NameInText, text: string): boolean {
  const { start, end, words } = next;
  if (last.words > 2 || words > 3 || start !== last.end + 2 || !text.startsWith(', ', last.end)) return false;
  if (!beginsWithFirstName(next) || isPart(last.name.toLowerCase()) || ofPaper.test(last.name) || (beginsWithFirstName(last) && !overStreet.test(text.slice(end, end + 48)))) return false;
  const ahead = text.slice(Math.max(0, last.start - LAST_NAME_AHEAD_CHARACTERS), last.start).replace(particlesAtEnd, '');
  const behind = text.slice(end, end + LAST_NAME_BEHIND_CHARACTERS).replace(particlesAtStart, '');
  return aroundTurned.some(([before, after]) => before.test(ahead) && after.test(behind));
}

/** "Uddannelsesplan, Nancy Berggren". */
const ofPaper = /(?:plan|bevis|attest|bevilling|afgørelse|bekræftelse|kvittering|faktura|journal|referat|notat|skema|erklæring|høring|krav)(?:en|et)?$|\p{L}{8}(?:ing|else)$/iu;

/** What stands before a name with its last word first, and behind it. */
const aroundTurned: readonly (readonly [RegExp, RegExp])[] = [[/(?:^|\n|: ?|[Dd](?:u|ig), )$/, /^ ?(?:$|\n|,|\(|-|\.)/], [/: $/, /^ og /], [/ (?:for|til|af|hos) $/, /^ ?(?:,|\(|\.)/], [/ til $/, /^ ?(?:$|\n)/]];

function beginsWithFirstName({ name }: NameInText): boolean {
  return isFirstName(name.split(' ')[0] ?? '');
}

const particlesAtEnd = new RegExp(`(?<![^ \\n])(?:${particle}){1,2}$`, 'u');
const particlesAtStart = new RegExp(`^(?: ${particle.trim()}(?!\\p{L})){1,2}`, 'u');

/** "Udlejer, Nancy Berggren", "Ejeren, …", "Viceværten, …". */
function isPart(word: string): boolean {
  return partOf.test(word.replace(/en$/, '')) || isTrade.test(word) || /(?:vært(?:en|inden)?|værgen?)$/.test(word);
}

/** "von der" may stand before or behind. */
const LAST_NAME_AHEAD_CHARACTERS = 13;
const LAST_NAME_BEHIND_CHARACTERS = 13;
const overStreet = /^\n[^\n]{3,40} \d/;

function joinedName(text: string, last: NameInText, { end: lastEnd, words }: NameInText): NameInText {
  const start = last.start - (particlesAtEnd.exec(text.slice(Math.max(0, last.start - LAST_NAME_AHEAD_CHARACTERS), last.start))?.[0].length ?? 0);
  const end = lastEnd + (particlesAtStart.exec(text.slice(lastEnd, lastEnd + LAST_NAME_BEHIND_CHARACTERS))?.[0].length ?? 0);
  return new FoundName(text, { name: text.slice(start, end), start, end, sure: true, words: last.words + words, listedWith: null, isPlaced: false }, start);
}

/** What stands around it is made when it is asked for: of many names nobody asks. */
class FoundName implements NameInText {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly sure: boolean;
  readonly words: number;
  readonly listedWith: NameInText | null;
  readonly isPlaced: boolean;
  readonly #text: string;
  readonly #first: number;
  #before: string | undefined;
  #after: string | undefined;

  constructor(text: string, { name, start, end, sure, words, listedWith, isPlaced }: Omit<NameInText, 'before' | 'beforeAll' | 'after'>, first: number) {
    [this.name, this.start, this.end] = [name, start, end];
    [this.sure, this.words, this.listedWith, this.isPlaced] = [sure, words, listedWith, isPlaced];
    [this.#text, this.#first] = [text, first];
  }

  get before(): string {
    return (this.#before ??= this.#until(this.start));
  }

  get beforeAll(): string {
    return this.#first === this.start ? this.before : this.#until(this.#first);
  }

  get after(): string {
    return (this.#after ??= this.#text.slice(this.end, this.end + CONTEXT_CHARACTERS).toLowerCase());
  }

  #until(place: number): string {
    return this.#text.slice(Math.max(0, place - CONTEXT_CHARACTERS), place).toLowerCase();
  }
}

/** From the first name on; without one, a surname's ending tells, or nothing does. */
function surePart(text: string, found: readonly Word[]): { readonly words: readonly Word[]; readonly sure: boolean } {
  const words = withoutNoun(text, found);
  const first = words.findIndex(({ text }) => isFirstName(text));
  if (first !== -1 && first < words.length - 1) return { words: words.slice(first, first + NAME_WORDS_MAX), sure: true };
  const last = words.at(-1)?.text ?? '';
  const isForeign = foreign.test(text.slice(words[0]?.start, words.at(-1)?.end));
  if (beginsWithNoun(text, words)) return { words: words.slice(1), sure: false };
  const sure = words.length >= 2 && words.length <= NAME_WORDS_MAX && (isForeign || surnameEnding.test(last.toLowerCase()));
  return { words, sure };
}

/** "Befordring af Luna", "Læge Thilini Perera": the first word is of no name, nor is "af". */
function withoutNoun(text: string, words: readonly Word[]): readonly Word[] {
  const [first, second] = words;
  if (!first || !second || isFirstName(first.text)) return words;
  const isNoun = (/^ af (?:\p{Ll}{2,3} )?$/u.test(text.slice(first.end, second.start)) && noun.test(first.text)) || (words.length > 2 && isTrade.test(first.text.toLowerCase()));
  return isNoun ? words.slice(1) : words;
}

/** What is done, by its ending. */
const noun = /^\p{Lu}\p{Ll}+(?:else|ing|tion|skab|hed|sel|kørsel|gang|skift)$|^(?:Bestilt|Ansøgt|Indsendt|Udfyldt|Underskrevet|Oprettet|Tilmeldt|Udmeldt|Anmeldt|Betalt|Skrevet|Godkendt|Reserveret)$/u;

function beginsWithNoun(text: string, words: readonly Word[]): boolean {
  const [first] = words;
  return first !== undefined && words.length === 2 && definite.test(first.text) && /(?:^|\n|[.!?:] )$/.test(text.slice(Math.max(0, first.start - 2), first.start));
}

const NAME_WORDS_MAX = 6;
/** "Hunden Rex": a noun that begins a sentence. */
const definite = /^\p{Lu}\p{Ll}{3,}(?:en|et|erne)$/u;
/** Letters and endings that Danish words seldom have, and what stands before names elsewhere. */
const foreign = /^(?:Nguyen|Tran|Le|Pham|Hoang|Huynh|Phan|Vu|Vo|Dang|Bui|Ngo|Duong) \p{L}+ \p{L}+$|[^\sa-vyæøå'.-]|[aiou](?= |$)|(?:^| )(?:al|el|o|d)['-]\p{L}| (?:von|van|der|bin|ibn|el|al|de|da|dos|di) |(?:^| )Mc\p{Lu}/iu;
const surnameEnding = /(?:sen|^(?:pham|tran|khan|singh|kaur|chen|wang|zhang|yilmaz|demir|celik|öztürk|müller|smith|nowak|garcia|lopez|silva|santos|schmidt)|sson|gaard|gård|[ck]i|ska|enko|chuk|ova|vić|vic|vich|oglu|zadeh|poulos|escu|dóttir|dottir)s?$/;

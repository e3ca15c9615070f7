import { isFirstName } from '../first-names.ts';
import { isParticle } from '../person-name.ts';

/** Whom a letter greets. */
export interface Greeting {
  readonly start: number;
  readonly end: number;
  /** "Nancy og Kirsten" greets two. None: "Kære borger". */
  readonly names: readonly string[];
  /** All that stands there, to the end of its line. */
  readonly line: string;
}

const salutation = String.raw`(?:kære|kaere|kjære|hejsa|hej(?: igen)?|hallo|goddag|god (?:dag|morgen|formiddag|eftermiddag|aften)|godmorgen|davs|dear|hello|hi|good (?:morning|afternoon|evening)|til (?:hr|fru|frk)\.?|hr\.?\/fru)`;
const atLineStart = new RegExp(String.raw`(?:^|\n|[.!?:;] ?)${salutation}(?![\p{L}-])`, 'iu');
/** Some PDFs tell no lines. */
const inLine = /(?:^|[^\p{L}])(?:Kære|KÆRE|Dear)(?![\p{L}-])/u;
const GREETING_CHARACTERS_MAX = 90;

/** The first greeting of a text; null when it greets nobody. A greeting of a letter that is quoted below does not count. */
export function greetingIn(text: string): Greeting | null {
  const [match] = [atLineStart.exec(text), inLine.exec(text)].filter((found) => found !== null).sort((one, other) => one.index - other.index);
  if (match === undefined) return titledGreeting(text) ?? lineGreeting(text) ?? calledGreeting(text) ?? attentionIn(text);
  const start = match.index + match[0].length;
  const greeted = greetedIn(text.slice(start, start + GREETING_CHARACTERS_MAX));
  const line = text.slice(start, start + GREETING_CHARACTERS_MAX).split(/[,!\n]/)[0]?.trim() ?? '';
  return { start: start + greeted.start, end: start + greeted.end, names: greeted.names, line };
}

/** Every greeting of a message: its own, and one that an older letter has left below. */
export function greetingsIn(text: string): readonly Greeting[] {
  const found: Greeting[] = [];
  let rest = 0;
  for (let greeting = greetingIn(text); greeting !== null && found.length < GREETINGS_MAX; greeting = againIn(text.slice(rest))) {
    found.push({ ...greeting, start: greeting.start + rest, end: greeting.end + rest });
    rest += Math.max(greeting.start, greeting.end);
  }
  return found;
}

const GREETINGS_MAX = 5;
const againAtLineStart = new RegExp(String.raw`\n(?:kære|hej|dear)(?![\p{L}-])`, 'iu');

function againIn(text: string): Greeting | null {
  const at = againAtLineStart.exec(text)?.index;
  if (at === undefined) return null;
  const greeting = greetingIn(text.slice(at));
  return greeting && { ...greeting, start: greeting.start + at, end: greeting.end + at };
}

/** "Att. Hanne Madsen" alone in a line, where nobody is greeted: at the top, or in a letter that says "you"; another goes to somebody else. */
function attentionIn(text: string): Greeting | null {
  const [all, name] = /(?:^|[^,\n]\n|\n\n)att\.?:? (\p{L}[\p{L}'.-]{0,30}(?: \p{L}[\p{L}'.-]{0,30}){0,5})(?=,?\n)/iu.exec(text) ?? [];
  if (all === undefined || name === undefined || !/^\p{Lu}/u.test(name) || !(text.slice(0, text.indexOf(all)).trim() === '' || saysYou.test(text))) return null;
  const greeted = greetedIn(`${name}\n`);
  const start = text.indexOf(all) + all.length - name.length;
  return { start: start + greeted.start, end: start + greeted.end, names: greeted.names, line: name.trim() };
}

const saysYou = /(?:^|[^\p{L}])(?:[Dd](?:u|ig|in|it|ine)|De(?:m|res)?|[Jj]er(?:es)?|I)(?!\p{L})/u;

/** "Hanne Madsen,", "Hanne Madsen:" alone in the first line. */
function lineGreeting(text: string): Greeting | null {
  const [all, name] = /^\s*(\p{Lu}[\p{L}'. -]{1,50}?)(?:[,:]| -)\s*\n/u.exec(text) ?? [];
  if (all === undefined || name === undefined || !isFirstName(name.split(' ')[0] ?? '')) return null;
  const start = all.indexOf(name);
  return { start, end: start + name.length, names: [name], line: name };
}

/** "Hr. Hans Nielsen" alone in a line. */
function titledGreeting(text: string): Greeting | null {
  const [all, name] = /(?:^|\n)(?:hr|fru|frk)\.? (\p{Lu}[\p{L}'. -]{1,50}?)[,:]?\n/iu.exec(text.slice(0, HEAD_CHARACTERS)) ?? [];
  if (all === undefined || name === undefined || !/^\p{Lu}/u.test(name)) return null;
  const start = text.indexOf(all) + all.lastIndexOf(name);
  return { start, end: start + name.length, names: [name], line: name };
}

/** "Hanne," alone in a line at the head of a letter. */
function calledGreeting(text: string): Greeting | null {
  const [all, name] = /\n(\p{Lu}[\p{L}'-]{2,20}(?: \p{Lu}[\p{L}'-]{1,20}){0,2}),\n+(?=\p{Lu}\p{L}* \p{Ll})/u.exec(text.slice(0, HEAD_CHARACTERS)) ?? [];
  if (all === undefined || name === undefined || !isFirstName(name.split(' ')[0] ?? '')) return null;
  const start = text.indexOf(all) + 1;
  return { start, end: start + name.length, names: [name], line: name };
}

const HEAD_CHARACTERS = 700;

interface Greeted {
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
}

const token = /(?<word>[\p{L}\p{M}][\p{L}\p{M}'.-]*)|(?<sign>\S|\n)/gu;

type Meaning = 'name' | 'and' | 'nothing' | 'end';

/** Names at the beginning of what follows the salutation: to the end of the line, or of the names. */
function greetedIn(rest: string): Greeted {
  const groups: string[][] = [[]];
  let [start, end] = [0, 0];
  for (const match of rest.matchAll(token)) {
    const { word = '', sign = '' } = match.groups ?? {};
    const behind = rest.slice(match.index + match[0].length);
    const isNamed = groups.flat().length > 0;
    const meaning = word === '' ? meaningOfSign(sign, behind, isNamed) : meaningOfWord(word, behind, isNamed);
    if (meaning === 'end') break;
    if (meaning === 'and') groups.push([]);
    if (meaning !== 'name') continue;
    if (!isNamed) start = match.index;
    end = match.index + word.replace(/\.$/, '').length;
    groups.at(-1)?.push(word.replace(/[.,]$/, word.length <= 2 ? '.' : ''));
  }
  return { start, end, names: namesOf(groups, rest, end) };
}

function namesOf(groups: readonly (readonly string[])[], rest: string, end: number): readonly string[] {
  // "Kære Emmas forældre" greets nobody by name.
  if (ofSomebody.test(rest.slice(Math.max(0, end - 1)))) return [];
  return withoutSentenceStart(groups.map((group) => group.join(' ')).filter((name) => name !== ''), rest.slice(end));
}

const ofSomebody = /^[s'] (?:forældre|mor|far|familie|værge|pårørende|parents)(?!\p{L})/u;

function meaningOfSign(sign: string, behind: string, isNamed: boolean): Meaning {
  if (/[,/&+]/.test(sign) && goesOn(behind)) return 'and';
  return sign === ',' && !isNamed ? 'nothing' : 'end';
}

function meaningOfWord(word: string, behind: string, isNamed: boolean): Meaning {
  if (/^(?:og|samt|and)$/i.test(word)) return 'and';
  if (isNamed && isParticle(word) && isNameLike(word, behind)) return 'name';
  if (isRole(word, isNamed)) {
    // "Kære forældre til Emma" greets nobody by name.
    return isNamed || /^\s+(?:til|for|of|på|i|af|ved|hos)\s/i.test(behind) ? 'end' : 'nothing';
  }
  return isNameLike(word, behind) ? 'name' : 'end';
}

/** "Kære Nancy, Kirsten og Ole": a comma between names. */
function goesOn(rest: string): boolean {
  return /^ ?\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)*(?:,| og | & |\/| and )/u.test(rest) || /^ ?\p{Lu}[\p{L}'. -]*,?\n/u.test(rest);
}

function isNameLike(word: string, behind: string): boolean {
  if (/^(?:(?:al|el|d|o)['-])?\p{Lu}/u.test(word)) return true;
  // Somebody in a hurry writes names small; a particle stands before a name.
  if (isParticle(word)) return /^ ?\p{L}+[ ,]*\p{Lu}|^ ?\p{Lu}/u.test(behind);
  return isFirstName(word) && word.length > 2;
}

/** Where no sign ends the greeting, its last word may be the first of the letter: "Kære Hanne Hermed sendes". */
function withoutSentenceStart(names: readonly string[], after: string): readonly string[] {
  const last = names.at(-1) ?? '';
  if (!/^ \p{Ll}/u.test(after) || !last.includes(' ')) return names;
  return [...names.slice(0, -1), last.slice(0, last.lastIndexOf(' '))];
}

/** What people are called who are greeted without a name. */
function isRole(word: string, afterName: boolean): boolean {
  const lower = word.toLowerCase().replace(/\.$/, '');
  if (title.test(lower) || role.test(lower)) return true;
  return !afterName && !isFirstName(word) && roleEnding.test(lower);
}

const title = /^(?:hr|herr|fru|frk|frøken|dr|prof|professor|mr|mrs|ms|familien?|igen|der|dig|du|jer|i|alle|alles|sammen|to|begge|du|nye|tidligere|kommende|kollega|kolleger|allesammen|med|all|everyone|sir|madam|både)$/;
const role =
  /^(?:borgere?n?|forældre|forælder|mor|far|værge|pårørende|ansøgere?|kunder?|medarbejdere?|modtagere?|beboere?|lejere?|ejere?|elev|elever|studerende|deltagere?|medlem|medlemmer|pensionist|patient|patienter|klient|nabo|naboer|genbo|vælgere?|virksomheden?|team|familie|bestyrelse|bestyrelsen|brugere?|gæst|gæster|ven|venner|læser|læsere|personale|leder|ledere|afdeling|formand|forening|foreningen|citizen|parent|parents|applicant|resident|customer|student)$/;
const roleEnding = /(?:ejere?n?|brugere?|tagere?|søgere?|givere?|havere?|boere?|ende|ister?|anter?|ling|linge|folk|ledere?|lærere?|hjælpere?|forældre|forælder|medlem|medlemmer|kunder?|gæster?|parter?|virksomhed|virksomheder|forening|foreningen|bestyrelse|bestyrelsen|udvalg|råd|team|borgere?|ansøgere?|beboere?|familie|person|personer|arbejdere?|elever?|patienter?|formand|mester)$/;

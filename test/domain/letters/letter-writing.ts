import type { Person, Random } from './letter-people.ts';

// The ways in which the same name, number, greeting and address are written.

export function writtenCpr(random: Random, cpr: string, section: 'text' | 'page' | 'subject'): string {
  const [six, four] = [cpr.slice(0, 6), cpr.slice(6)];
  const common = [`${six}-${four}`, `${six}-${four}`, `${six}-${four}`, cpr, `${six} ${four}`, `${six} - ${four}`, `${six}\u2011${four}`, `${six}\u2013${four}`, `${six}\u00a0${four}`];
  const overLines = [`${six}-\n${four}`, `${six} -\n${four}`];
  const wide = Array.from(`${six}-${four}`, (sign) => (/\d/.test(sign) ? String.fromCodePoint(0xff10 + Number(sign)) : sign)).join('');
  if (section === 'subject') return random.pick([...common, wide]);
  return random.pick(section === 'page' ? [...common, ...overLines, `${six}  -  ${four}`, Array.from(`${six}-${four}`).join(' ')] : [...common, ...overLines, wide]);
}

/** The whole name, shorter, in capitals, or last name first. */
export function writtenName(random: Random, { name, first, last }: Person): string {
  const words = name.split(' ');
  const middleInitial = words.length > 2 ? `${first} ${words.slice(1, -1).map((word) => `${word.charAt(0)}.`).join(' ')} ${last}` : name;
  const lastFirst = words.length > 1 && !/[&/]|ApS/.test(name) ? `${last}, ${words.slice(0, -1).join(' ')}` : name;
  return random.pick([name, name, name, name.toUpperCase(), lastFirst, middleInitial, `${first} ${last}` === `${name} ${name}` ? name : `${first} ${last}`]);
}

interface Greeted {
  readonly mustName: boolean;
  /** Somebody in a company. */
  readonly contact: Person;
}

export function writtenGreeting(random: Random, { name, first, last, number }: Person, { mustName, contact }: Greeted): string {
  const isCompany = number.length === 8;
  const nobody = ['Kære borger', 'Hej', 'Kære ansøger,', 'Goddag', 'Til rette vedkommende', 'Kære modtager,', 'Hej igen,'];
  if (isCompany) return random.pick(mustName ? [`Kære ${name}`, `Til ${name}`, `Hej ${name},`] : [`Kære ${name}`, `Til ${name}`, `Hej ${contact.first},`, `Kære ${contact.first}`, 'Hej', 'Kære virksomhed']);
  const title = random.pick(['Hr.', 'Fru', 'hr.', 'fru']);
  const greetings = [
    `Kære ${name}`, `Kære ${name},`, `Kære ${first}`, `Kære ${first},`, `Hej ${first},`, `Hej ${first}`, `Hej ${name}!`, `Kære ${title} ${last}`, `Kære ${first} ${last}`,
    `Kære ${name.toUpperCase()}`, `Goddag ${first} ${last},`, `Kære ${title} ${name},`,
  ];
  return !mustName && random.chance(0.2) ? random.pick(nobody) : random.pick(greetings);
}

export function writtenAddress(random: Random, { name, street, town }: Person): string {
  return random.pick([
    `${name}\n${street}\n${town}`, `${name}\n${street}\n${town}`, `${name.toUpperCase()}\n${street.toUpperCase()}\n${town.toUpperCase()}`, `Til:\n${name}\n${street}\n${town}`,
    `${name}, ${street}, ${town}`, `Navn: ${name}\nAdresse: ${street}, ${town}`, `${name}\nc/o Jensen\n${street}\n${town}`,
  ]);
}

/** As text comes out of a PDF: lines broken anywhere or lost, blanks doubled. */
export function asPdfText(random: Random, text: string): string {
  const way = random.int(4);
  if (way === 0) return text;
  if (way === 1) return text.replace(/ /g, () => (random.chance(0.15) ? '  ' : ' '));
  if (way === 2) return text.split('\n').map((line) => wrapped(line, 60 + random.int(30))).join('\n');
  return text.replace(/\n{2,}/g, '\n').replace(/\n/g, () => (random.chance(0.3) ? ' ' : '\n'));
}

function wrapped(line: string, width: number): string {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= 0) break;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...lines, rest].join('\n');
}

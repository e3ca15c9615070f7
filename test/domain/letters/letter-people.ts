/** Names from which people are made; a set of its own for letters that the check was not written by. */
export interface NameSet {
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly surnames: readonly string[];
  readonly middleNames: readonly string[];
  /** Whole names with particles, from abroad, with signs. */
  readonly whole: readonly string[];
  readonly streets: readonly string[];
  readonly towns: readonly string[];
  readonly companies: readonly string[];
  readonly institutions: readonly string[];
  readonly schools: readonly string[];
  readonly careHomes: readonly string[];
  readonly hospitals: readonly string[];
}

export const nameSet: NameSet = {
  women: ['Nancy', 'Kirsten', 'Hanne', 'Anne', 'Mette', 'Anne-Marie', 'Sofie', 'Karen', 'Åse', 'Inger', 'Lærke', 'Freja', 'Fatima', 'Dorthe', 'Birgit', 'Charlotte', 'Signe', 'Emma', 'Ida', 'Ulla'],
  men: ['Peter', 'Hans', 'Lars', 'Jens', 'Søren', 'Mads', 'Niels', 'Per', 'Hans Christian', 'Jørgen', 'Bo', 'Mikkel', 'Ali', 'Mohammed', 'Oliver', 'William', 'Kaj', 'Erik', 'Thomas', 'Aage'],
  surnames: ['Nielsen', 'Hansen', 'Jensen', 'Berggren', 'Møller', 'Madsen', 'Holm', 'Kjær', 'Kirkegaard', 'Lund', 'Schmidt', 'Thomsen', 'Friis', 'Bæk', 'Winther', 'Dahl', 'Skov', 'Damgaard', 'Holst', 'Vestergaard'],
  middleNames: ['Møller', 'Bech', 'Ann', 'Lund', 'Test', 'Marie', 'Juul', 'Krogh', 'Emil', 'Brandt'],
  whole: [
    'Ludwig von Trapp', 'Marieke van der Berg', 'Charlotte de la Cour', 'Omar el-Sayed', 'Nancy Ann Test Berggren', "Sinéad O'Connor", 'José García López', 'Nguyen Thi Lan', 'Zeynep Yıldız',
    'Kwame Mensah', 'Oleksandra Kovalenko', 'Ahmad bin Khalid', 'Paninnguaq Møller-Lund', 'Anne-Sofie Bille Brahe', 'Jean-Pierre Dubois', 'Flemming Juul af Rosen', 'Agnieszka Kowalska', 'Ravi Chandrasekhar',
  ],
  streets: ['Birkevej', 'Nørregade', 'H.C. Andersens Boulevard', 'Hans Broges Gade', 'Peter Bangs Vej', 'Skolegade', 'Østre Allé', 'Gl. Landevej', 'Niels Ebbesens Vej', 'Rosenhaven', 'Torvet', 'Karen Blixens Plads'],
  towns: ['8000 Aarhus C', '5000 Odense C', '9000 Aalborg', '4700 Næstved', '6700 Esbjerg', '3000 Helsingør', '7400 Herning'],
  companies: ['Hansen & Søn ApS', 'Tømrermester Lars Holm', 'Nordisk Tag A/S', 'Jensens Bøfhus', 'Rengøring Danmark ApS', 'Byggefirmaet Kurt Madsen A/S', 'Café Emma', 'Advokatfirmaet Friis & Lund', 'Peter Larsen Kaffe A/S'],
  institutions: ['Børnehuset Solsikken', 'Børnehaven Anna Ancher', 'Vuggestuen Mælkevejen', 'Børnehuset Emma Gad', 'Hovedbiblioteket'],
  schools: ['Skovbakkeskolen', 'N. Zahles Skole', 'Ingrid Jespersens Gymnasieskole', 'Katrine Skole', 'Niels Steensens Gymnasium'],
  careHomes: ['Plejehjemmet Karen Marie', 'Lokalcenter Bjerggården', 'Plejecenter Solhjem', 'Otto Mønsteds Kollegium'],
  hospitals: ['Rigshospitalet', 'Aarhus Universitetshospital', 'Sydvestjysk Sygehus', 'Dronning Ingrids Hospital'],
};

/** Somebody, or a company. */
export interface Person {
  readonly name: string;
  readonly first: string;
  readonly last: string;
  readonly number: string;
  readonly street: string;
  readonly town: string;
}

export interface Random {
  /** A whole number from 0 up to `below`, without it. */
  int(below: number): number;
  pick<T>(values: readonly T[]): T;
  chance(probability: number): boolean;
}

/** Random numbers that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    pick(values) {
      const value = values[int(values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
    chance: (probability) => next() < probability,
  };
}

/** A person born in a year of this range; a surname of its own, or the one given. */
export function personOf(random: Random, names: NameSet, born: readonly [number, number], surname: string | null = null): Person {
  const at = { street: `${random.pick(names.streets)} ${String(1 + random.int(120))}${random.pick(['', '', 'A', ', 2. tv', ', st. th'])}`, town: random.pick(names.towns) };
  const number = cprOf(random, born);
  if (surname === null && random.chance(0.2)) {
    const name = random.pick(names.whole);
    const words = name.split(' ');
    return { name, first: words[0] ?? '', last: words.at(-1) ?? '', number, ...at };
  }
  const first = random.pick(random.chance(0.5) ? names.women : names.men);
  const last = surname ?? random.pick(names.surnames);
  const middle = random.chance(0.35) ? [random.pick(names.middleNames)] : [];
  const lastName = random.chance(0.1) ? `${last}-${random.pick(names.surnames)}` : last;
  return { name: [first, ...middle, lastName].join(' '), first, last: lastName, number, ...at };
}

function cprOf(random: Random, [from, to]: readonly [number, number]): string {
  const year = from + random.int(to - from + 1);
  const two = (value: number) => String(value).padStart(2, '0');
  const seventh = year >= 2000 ? random.pick(year <= 2036 ? ['4', '5', '6', '7', '8', '9'] : ['5']) : random.pick(['0', '1', '2', '3']);
  return `${two(1 + random.int(28))}${two(1 + random.int(12))}${two(year % 100)}${seventh}${String(random.int(1000)).padStart(3, '0')}`;
}

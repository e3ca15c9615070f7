type Field = string | number | null | undefined;

/** The parts of an address in CVR, whichever register names them. */
export interface CompanyAddress {
  readonly careOf: Field;
  readonly road: Field;
  /** With its letter, e.g. "51B". */
  readonly house: Field;
  readonly floor: Field;
  readonly door: Field;
  readonly place: Field;
  readonly postBox: Field;
  readonly postCode: Field;
  readonly town: Field;
  /** Foreign addresses are written as one text. */
  readonly freeText: Field;
}

const LINES_MAX = 6;
const LINE_MAX_LENGTH = 120;

/** An address in the lines in which it is written on a letter; empty where there is none. */
export function addressLines(address: CompanyAddress): string[] {
  const { careOf, road, house, floor, door, place, postBox, postCode, town, freeText } = fieldsOf(address);
  const storey = floor === '' ? '' : `, ${/^\d+$/.test(floor) ? `${floor}.` : floor}${door === '' ? '' : ` ${door}`}`;
  const lines = [
    careOf === '' ? '' : /^c\/o\b/i.test(careOf) ? careOf : `c/o ${careOf}`,
    road === '' ? '' : `${road} ${house}`.trim() + storey,
    place,
    postBox === '' ? '' : `Postboks ${postBox}`,
    `${postCode} ${town}`.trim(),
    ...freeText.split('\n'),
  ];
  return lines.map((line) => line.replace(/\s+/g, ' ').trim().slice(0, LINE_MAX_LENGTH)).filter(Boolean).slice(0, LINES_MAX);
}

function fieldsOf(address: CompanyAddress): Readonly<Record<keyof CompanyAddress, string>> {
  const entries = Object.entries(address).map(([name, value]) => [name, String(value ?? '').trim()]);
  return Object.fromEntries(entries) as Record<keyof CompanyAddress, string>;
}

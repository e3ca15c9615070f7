import { parseTypedGatewayAddress, type RecipientId } from '../../domain/gateway-address.ts';

/** Why a piece of what was typed is not understood. */
export type TypedFault =
  /** So many digits, which is neither a CPR nor a CVR number. */
  | { readonly kind: 'digits'; readonly count: number; readonly withZero: string | null }
  /** No number at all. */
  | { readonly kind: 'text' };

export interface TypedNumbers {
  /** Each number once, in the order in which they stand. */
  readonly numbers: readonly RecipientId[];
  /** What was not understood, as it was typed; stays in the field. */
  readonly rest: string;
  /** Of the first piece that was not understood; null: all was. */
  readonly fault: TypedFault | null;
}

/** A paste longer than this is no list of recipients; the rest is not looked at. */
const TYPED_CHARACTERS_MAX = 100_000;

/**
 * Reads what somebody typed or pasted: CPR and CVR numbers with or without hyphen and blanks, one or many, parted by
 * blanks, commas or lines. Words beside a number are the person's name and passed over; an address of ours counts as its
 * number. Neither date nor modulus is a reason to refuse (formats.md, corner case 4). Never throws; linear in the text.
 */
export function readTypedNumbers(text: string): TypedNumbers {
  const pieces = text.slice(0, TYPED_CHARACTERS_MAX).normalize('NFKC').split(/[\r\n,]+/).flatMap(readPiece);
  const found = new Map(pieces.flatMap(({ numbers }) => numbers.map((one) => [one.number, one] as const)));
  const wrong = pieces.filter(({ fault }) => fault !== null);
  return { numbers: [...found.values()], rest: wrong.map((piece) => piece.text).join(', '), fault: wrong[0]?.fault ?? null };
}

interface Piece {
  readonly text: string;
  readonly numbers: readonly RecipientId[];
  readonly fault: TypedFault | null;
}

function readPiece(typed: string): readonly Piece[] {
  const text = typed.trim();
  if (text === '') return [];
  if (text.includes('@')) return [readAddress(text)];
  const runs = [...text.matchAll(digitRun)].map(([run]) => readRun(run));
  const numbers = runs.flatMap((run) => run.numbers);
  const wrong = runs.find(({ fault }) => fault !== null);
  if (wrong) return [{ text: wrong.text, numbers, fault: wrong.fault }];
  return [{ text, numbers, fault: numbers.length === 0 ? { kind: 'text' } : null }];
}

function readAddress(text: string): Piece {
  const parsed = parseTypedGatewayAddress(text);
  if (parsed.kind === 'gateway-address' && parsed.address.kind === 'single') return { text, numbers: [parsed.address.recipient], fault: null };
  return { text, numbers: [], fault: { kind: 'text' } };
}

/** Groups of digits with at most one blank, hyphen or dash between them. */
const digitRun = /\d+(?:(?: ?[-\u2010-\u2015] ?| )\d+)*/g;

/** The lengths of groups that make one number. */
const shapes: readonly (readonly number[])[] = [[10], [8], [6, 4], [2, 2, 2, 2], [4, 4]];

function readRun(run: string): Piece {
  const groups = run.match(/\d+/g) ?? [];
  const numbers: RecipientId[] = [];
  for (let at = 0; at < groups.length; ) {
    const shape = shapes.find((lengths) => lengths.every((length, n) => groups[at + n]?.length === length));
    if (!shape) {
      const digits = groups.slice(at).join('');
      const withZero = digits.length === 9 ? `0${digits}` : null;
      return { text: groups.slice(at).join(' '), numbers, fault: { kind: 'digits', count: digits.length, withZero } };
    }
    const number = groups.slice(at, at + shape.length).join('');
    numbers.push({ kind: number.length === 10 ? 'cpr' : 'cvr', number });
    at += shape.length;
  }
  return { text: run, numbers, fault: null };
}

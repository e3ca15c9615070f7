import type { Company, RecipientCheck } from '../../domain/gateway-api.ts';
import type { RecipientRow, RecipientRows } from '../../domain/recipient-sheet-rows.ts';
import type { mass } from '../texts/da.ts';
import type { TextParameters } from '../texts/fill-text.ts';
import type { MassList, TakenOut } from './mass-list.ts';

/** How a row stands: it gets the letter, cannot, is there twice, is no number; or nobody has said. */
export type RowKind = 'ok' | 'no' | 'twice' | 'bad' | 'unchecked';

/** What stands in the column Status; said in the language of the pane. */
export interface StatusText {
  readonly key: keyof typeof mass;
  readonly parameters?: TextParameters;
  /** YYYY-MM-DD, for {date}. */
  readonly day?: string;
}

export interface TableRow {
  readonly row: RecipientRow;
  readonly kind: RowKind;
  readonly status: StatusText;
}

export interface MassTable {
  /** In the order of the list. */
  readonly rows: readonly TableRow[];
  readonly counts: Readonly<Record<RowKind, number>>;
  /** Places of the rows that may have lost a zero. */
  readonly zeros: readonly number[];
}

/** What is known of the numbers. */
export type KnownChecks = ReadonlyMap<string, RecipientCheck>;

/** How each row stands, by what the gateway has said until now. */
export function massTable(rows: readonly RecipientRow[], checks: KnownChecks): MassTable {
  const counts: Record<RowKind, number> = { ok: 0, no: 0, twice: 0, bad: 0, unchecked: 0 };
  const zeros: number[] = [];
  const table = rows.map((row) => {
    const told = { row, ...stateOf(row, checks) };
    counts[told.kind] += 1;
    if (row.read.kind === 'lost-zero') zeros.push(row.place);
    return told;
  });
  return { rows: table, counts, zeros };
}

export type RowFilter = 'all' | 'ok' | 'no' | 'twice' | 'bad';

/** The rows of a filter: what is wrong first, then the list's own order. */
export function shownRows({ rows }: MassTable, filter: RowFilter): readonly TableRow[] {
  if (filter !== 'all') return rows.filter(({ kind }) => kind === filter);
  const isWrong = ({ kind }: TableRow): boolean => kind === 'no' || kind === 'twice' || kind === 'bad';
  return [...rows.filter(isWrong), ...rows.filter((row) => !isWrong(row))];
}

/** Who goes on: those that can receive, and those that nobody has said anything about. */
export function massListOf({ rows, counts }: MassTable, { columns }: Pick<RecipientRows, 'columns'>): MassList {
  const recipients = rows.flatMap(({ row, kind }) =>
    (kind === 'ok' || kind === 'unchecked') && row.read.kind === 'number' ? [{ id: row.read.id, line: row.line, cells: row.cells }] : []);
  const takenOut = rows.flatMap(({ row: { line, shown }, kind }): readonly TakenOut[] => {
    const why = reasons[kind];
    return why === null ? [] : [{ line, shown, why }];
  });
  const fromMail = rows.flatMap(({ row }) => (row.line === null && row.read.kind === 'number' ? [row.read.id] : []));
  return { recipients, columns, takenOut, unchecked: counts.unchecked, fromMail };
}

const reasons: Readonly<Record<RowKind, TakenOut['why'] | null>> = { ok: null, unchecked: null, no: 'cannot-receive', twice: 'twice', bad: 'no-number' };

type RowState = Pick<TableRow, 'kind' | 'status'>;

function stateOf({ read, sameAs }: RecipientRow, checks: KnownChecks): RowState {
  switch (read.kind) {
    case 'number':
      return sameAs === null ? reachOf(checks.get(read.id.number)) : { kind: 'twice', status: twiceText(sameAs) };
    case 'lost-zero':
      return bad({ key: 'mass.bad.zero' });
    case 'changed':
      return bad({ key: 'mass.bad.exp' });
    case 'digits':
      // As many digits as a number has, but written as a date or a case: how many there are is then not what is wrong.
      return bad(read.count === 8 || read.count === 10 ? { key: 'mass.bad.text' } : { key: 'mass.bad.digits', parameters: { n: read.count } });
    case 'no-number':
      return bad({ key: 'mass.bad.text' });
    case 'blank':
      return bad({ key: 'mass.bad.missing' });
  }
}

function bad(status: StatusText): RowState {
  return { kind: 'bad', status };
}

function twiceText({ line }: RecipientRow): StatusText {
  return line === null ? { key: 'mass.twice.mail' } : { key: 'mass.twice', parameters: { line: String(line) } };
}

/** What a register says settles it, whatever the contact registry says; as in Skriv (compose/recipient-states.ts). */
function reachOf(check: RecipientCheck | undefined): RowState {
  if (!check) return { kind: 'unchecked', status: { key: 'mass.r.unchecked' } };
  return registerState(check) ?? networkState(check);
}

function registerState({ person, company, reach }: RecipientCheck): RowState | null {
  if ([person, company].some((one) => one?.kind === 'not-found')) return reach.state === 'registered' ? null : no({ key: 'mass.r.unknown' });
  if (person?.kind === 'p-number') return no({ key: 'mass.r.pNumber' });
  if (person?.kind === 'found' && person.state === 'dead') return no(dated('mass.r.dead', person.since));
  return company?.kind === 'found' ? companyState(company.company) : null;
}

function companyState({ state, ceasedOn }: Company): RowState | null {
  return state === 'ceased' ? no(dated('mass.r.ceased', ceasedOn)) : null;
}

function networkState({ reach, person }: RecipientCheck): RowState {
  switch (reach.state) {
    case 'registered':
      return { kind: 'ok', status: { key: person?.kind === 'found' && person.state === 'disappeared' ? 'mass.r.gone' : 'mass.f.ok' } };
    case 'awaiting':
      return { kind: 'ok', status: dated('mass.r.awaiting', reach.from) };
    case 'exempt':
      return no({ key: 'mass.r.exempt' });
    case 'closed':
      return no({ key: 'mass.r.closed' });
    case 'not-registered':
      return no({ key: 'mass.r.notRegistered' });
    case 'not-known':
      return { kind: 'unchecked', status: { key: 'mass.r.unchecked' } };
  }
}

function no(status: StatusText): RowState {
  return { kind: 'no', status };
}

const undated = { 'mass.r.dead': 'mass.r.dead.undated', 'mass.r.ceased': 'mass.r.ceased.undated', 'mass.r.awaiting': 'mass.r.awaiting.undated' } as const;

function dated(key: keyof typeof undated, day: string | null): StatusText {
  return day === null ? { key: undated[key] } : { key, day };
}

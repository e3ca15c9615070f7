/** A state of a company as Virk writes it in `sammensatStatus`, with what GraphQL says of it. */
export const COMPANY_STATUSES = [
  'NORMAL', 'Aktiv', 'FREMTID', 'UDENRETSVIRKNING', 'UNDERFRIVILLIGLIKVIDATION', 'UNDERREASSUMERING', 'UNDERREASUMMERING',
  'UNDERKONKURS', 'UNDERTVANGSOPLØSNING', 'UNDERREKONSTRUKTION', 'TVANGSOPLØST', 'OPLØSTEFTERKONKURS', 'Ophørt', 'OPLØST',
  'OPLØSTEFTERERKLÆRING', 'OPLØSTEFTERFRIVILLIGLIKVIDATION', 'OPLØSTEFTERFUSION', 'OPLØSTEFTERGRÆNSEOVERSKRIDENDEFUSION',
  'OPLØSTEFTERSPALTNING', 'SLETTET',
] as const;

export interface CompanyAddress {
  readonly street: string;
  readonly houseNumber: string;
  readonly postCode: string;
  readonly city: string;
}

export interface CompanyName {
  readonly name: string;
  /** Days on which it began and ceased to be the name; null: still. */
  readonly from: string;
  readonly to: string | null;
  /** 0 for the name, 1 and up for secondary names. */
  readonly sequence: number;
}

export interface ProductionUnit {
  readonly pNumber: string;
  readonly name: string;
}

/** One company in the CVR register. */
export interface CompanyRecord {
  readonly cvr: string;
  /** The unit's own id (enhedsnummer), by which names and addresses hang on it. */
  readonly unitId: string;
  readonly names: readonly CompanyName[];
  /** As Virk writes it; usually one of COMPANY_STATUSES. */
  readonly status: string;
  /** As GraphQL writes it. */
  readonly graphqlStatus: string;
  readonly form: string;
  readonly startedOn: string;
  readonly ceasedOn: string | null;
  readonly address: CompanyAddress | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly units: readonly ProductionUnit[];
  /** A whole Elasticsearch source, where somebody has given one; Virk then answers with it as it is. */
  readonly source: Readonly<Record<string, unknown>> | null;
}

/** What makes a record of a company of which little is said. */
export interface CompanyFacts {
  readonly cvr: string;
  readonly name: string;
  readonly formerName?: string;
  readonly status?: string;
  readonly ceasedOn?: string | null;
  readonly form?: string;
  readonly address?: CompanyAddress | null;
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly pNumbers?: readonly string[];
}

const STARTED_ON = '1999-11-15';
const RENAMED_ON = '2015-06-01';
const DAY_BEFORE_RENAMED = '2015-05-31';
const STREETS = ['Industrivej', 'Havnegade', 'Torvet', 'Smedestræde', 'Østre Ringvej'] as const;

/** A whole record: what is not given is invented from the number, the same each time. */
export function companyRecord(facts: CompanyFacts): CompanyRecord {
  const { cvr, name, formerName } = facts;
  const status = facts.status ?? 'NORMAL';
  return {
    cvr,
    unitId: `40${cvr}`,
    names: [
      ...(formerName === undefined ? [] : [{ name: formerName, from: STARTED_ON, to: DAY_BEFORE_RENAMED, sequence: 0 }]),
      { name, from: formerName === undefined ? STARTED_ON : RENAMED_ON, to: null, sequence: 0 },
    ],
    status,
    graphqlStatus: graphqlStatusOf(status),
    form: facts.form ?? 'APS',
    startedOn: STARTED_ON,
    ceasedOn: facts.ceasedOn ?? null,
    address: facts.address === undefined ? inventedAddress(cvr) : facts.address,
    phone: facts.phone === undefined ? `00${cvr.slice(2)}` : facts.phone,
    email: facts.email === undefined ? `post@${cvr}.example` : facts.email,
    units: (facts.pNumbers ?? []).map((pNumber) => ({ pNumber, name })),
    source: null,
  };
}

/** The word of GraphQL; only "aktiv" has been seen of the real one, the others are presumed (registers-identity.md 2.1). */
export function graphqlStatusOf(status: string): string {
  return status === 'NORMAL' || status === 'Aktiv' ? 'aktiv' : status.toLowerCase();
}

/** The name that holds now; the last one for a company that has none any more. */
export function currentName({ names }: CompanyRecord): string {
  const first = names.filter(({ sequence }) => sequence === 0);
  return (first.find(({ to }) => to === null) ?? first.at(-1) ?? names.at(-1))?.name ?? '';
}

function inventedAddress(cvr: string): CompanyAddress {
  const digits = Number(cvr);
  return { street: STREETS[digits % STREETS.length] ?? '', houseNumber: String(1 + (digits % 89)), postCode: '9999', city: 'Øvelse' };
}

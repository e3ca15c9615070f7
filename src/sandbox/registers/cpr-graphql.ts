import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { connectionOf, type PageArguments } from './graphql-connection.ts';
import { checkLists, refusal, selectedNodeFields } from './graphql-rules.ts';
import { connectionSdl } from './graphql-schema.ts';
import { currentOf, isProtected, type PersonRecord } from './person-record.ts';
import type { RegisterCalls } from './register-calls.ts';
import type { CprSector, RegisterClient } from './register-clients.ts';
import type { RegisterBook } from './register-book.ts';
import type { RegisterSettings, RegisterSwitches } from './register-settings.ts';

/** Whom a query of CPR is asked by, and of what. */
export interface CprContext {
  readonly client: RegisterClient;
  readonly sector: CprSector;
  readonly book: RegisterBook;
  readonly calls: RegisterCalls;
  readonly settings: RegisterSettings;
}

/**
 * The schema of one of CPR's two custom services: the fields that the gateway could want, in the names that live clients
 * use (registers-identity.md 1.4). Whether the private one says `navn` or `navne` nobody has seen; here it has what
 * `privateNames` says.
 */
export function cprSdl(sector: CprSector, privateNames: RegisterSwitches['privateNames']): string {
  const person = `CPRCustom_${sector}Person`;
  return `
type Query { ${person}(first: Int after: String input: ${person}Input): ${person}Connection }
input ${person}Input { personnummer: CPRCustom_PersonnummerInput }
input CPRCustom_PersonnummerInput { personnummer: DafStringOperationFilterInput }
input DafStringOperationFilterInput { eq: String in: [String!] }
type ${person} {
  id: String!
  status: String
  statusdato: DafDateTime
  foedselsdato: DafDateTime
  koen: String
  ${sector === 'PrivateSector' && privateNames === 'navn' ? '' : 'navne: [CPRCustom_Navn!]'}
  ${sector === 'PrivateSector' && privateNames !== 'navne' ? 'navn: CPRCustom_Navn' : ''}
  personnumre: [CPRCustom_Personnummer!]
  beskyttelser: [CPRCustom_Beskyttelse!]
  adresseoplysninger: [CPRCustom_Adresseoplysninger!]
}
type CPRCustom_Navn {
  adresseringsnavn: String fornavne: String mellemnavn: String efternavn: String
  status: String virkningfra: DafDateTime virkningtil: DafDateTime
}
type CPRCustom_Personnummer { personnummer: String! status: String virkningfra: DafDateTime virkningtil: DafDateTime }
type CPRCustom_Beskyttelse { beskyttelsestype: String! status: String virkningfra: DafDateTime virkningtil: DafDateTime }
type CPRCustom_Adresseoplysninger {
  vejadresseringsnavn: String husnummer: String postnummer: String postdistrikt: String
  status: String virkningfra: DafDateTime virkningtil: DafDateTime
}
${connectionSdl(person)}`;
}

interface CprArguments extends PageArguments {
  readonly input?: { readonly personnummer?: { readonly personnummer?: NumberFilter | null } | null } | null;
}

interface NumberFilter {
  readonly eq?: string | null;
  readonly in?: readonly string[] | null;
}

/** The one root field. Throws refusals as Datafordeleren gives them; else a page of persons, each once. */
export function resolvePersons(context: CprContext, asked: CprArguments, info: GraphQLResolveInfo): object {
  const { client, sector, book, calls, settings } = context;
  if (!settings.switches.addressAllowed) throw refusal('The IP address of the caller is not on the allow list.', 'DAF-AUTH-0005');
  if (client.sector !== sector || !settings.switches.cprGranted) {
    throw refusal('The current user is not authorized to access this resource.', 'DAF-AUTH-0001');
  }
  const fields = selectedNodeFields(info);
  if (sector === 'PublicSector' && fields.size > 0 && !fields.has('beskyttelser')) {
    throw refusal('Required fields are missing in query selection: beskyttelser', 'UNKNOWN-CODE');
  }
  const numbers = numbersIn(asked);
  calls.addAsked('cpr', numbers.length);
  for (const number of numbers) throwErrorsOf(book, number);
  const persons = book.persons(numbers).map((person) => (sector === 'PrivateSector' ? asPrivate(person) : person));
  return connectionOf(persons, asked, settings.switches.pageSize);
}

function numbersIn({ input }: CprArguments): readonly string[] {
  checkLists(input);
  const filter = input?.personnummer?.personnummer;
  const numbers = filter?.in ?? (filter?.eq ? [filter.eq] : null);
  if (numbers !== null) return numbers;
  throw refusal(
    'When retrieving data for this entity, a filter on at least one of the following fields must be specified: personnummer', 'DAF-GQL-0009',
  );
}

/** Errors that somebody has told the register to answer about a number. */
function throwErrorsOf(book: RegisterBook, number: string): void {
  const told = book.person(number);
  if (told.kind !== 'errors') return;
  const [first] = told.errors as readonly { readonly message?: unknown; readonly extensions?: Record<string, unknown> }[];
  throw new GraphQLError(String(first?.message ?? 'Unexpected Execution Error'), { extensions: { ...first?.extensions } });
}

const TOLD_TO_PRIVATE: ReadonlySet<string> = new Set(['markedsfoering', 'kreditadvarsel', 'lokal_vejviser']);

/**
 * A person as private access has it: name, address and emigration of a protected person are left out, and that he is
 * protected is not said (registers-identity.md 1.1, 1.5).
 */
export function asPrivate(person: PersonRecord): object {
  const beskyttelser = person.beskyttelser.filter(({ beskyttelsestype }) => TOLD_TO_PRIVATE.has(beskyttelsestype));
  if (!isProtected(person)) return { ...person, navn: currentOf(person.navne), beskyttelser };
  const isEmigrated = person.status === 'udrejst';
  return {
    ...person, navne: null, navn: null, adresseoplysninger: null, beskyttelser,
    ...(isEmigrated ? { status: null, statusdato: null } : {}),
  };
}

import { z } from 'zod';
import { isCprNumber } from '../../domain/cpr-number.ts';
import type { LookupSettings, OrganisationLookup } from '../settings/lookup-settings.ts';
import { danishDateIn } from './danish-date.ts';
import { parseJson } from './parse-json.ts';
import {
  currentOf, hasNameProtection, nameOf, ownersOf, personOfOwners, stateOfStatus, type CprAccess, type PersonNumber, type RegisterPerson,
} from './person-of-register.ts';
import { safeAddressOf } from './register-address.ts';
import type { PersonRegister } from './register-adapters.ts';
import { openRegisterDoor, type DoorSettings, type RegisterReply } from './register-door.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';
import { openSecretFile, readSecret } from './secret-files.ts';
import { faultOfStatus } from './status-fault.ts';

export type CprRestSettings = DoorSettings & Pick<LookupSettings, 'DATAFORDELER_REST_URL' | 'REGISTER_PAUSE_MS'>;
type RestEntry = Extract<NonNullable<OrganisationLookup['cpr']>, { readonly adapter: 'datafordeler-rest' }>;

const WORDS: DoorWords = {
  register: 'CPR', host: 'Datafordelerens REST', address: 'DATAFORDELER_REST_URL',
  credentials: 'certifikatet, eller user og adgangskoden i passwordFile', version: null,
};

const SERVICES = {
  public: { path: '/CPR/CprPersonFullSimple/1/REST/PersonFullListSimple', version: '1', numbersMax: 100 },
  private: { path: '/CPR/CprPrivatePNR/2.0.0/rest/PrivatePersonCurrentPNR', version: '2.0.0', numbersMax: 1 },
} as const;

/**
 * CPR at Datafordeleren's old REST, which is shut in 2026 (registers-identity.md 1.2, 1.5): the public service with a
 * certificate for an authority, the private one with a certificate or a name and password for everybody else. The numbers
 * and the password stand in the address, for the register has no other way: the address is told to nobody else, in no
 * log and no error.
 */
export function openCprRest({ settings, entry, access, retryDelayMs }: {
  readonly settings: CprRestSettings;
  readonly entry: RestEntry;
  readonly access: CprAccess;
  readonly retryDelayMs?: number | undefined;
}): PersonRegister {
  const { path, version, numbersMax } = access === 'authority' ? SERVICES.public : SERVICES.private;
  const { certificateFile, keyFile, user } = entry;
  const password = entry.passwordFile === null ? null : openSecretFile(entry.passwordFile);
  const door = openRegisterDoor({
    settings, words: WORDS, certificate: certificateFile !== null && keyFile !== null ? { certificateFile, keyFile } : null,
    retryDelayMs, pauseMs: settings.REGISTER_PAUSE_MS,
  });
  const urlOf = (cprNumbers: readonly string[]): URL => {
    const url = safeAddressOf(`${settings.DATAFORDELER_REST_URL.replace(/\/+$/, '')}${path}`, WORDS);
    url.searchParams.set(cprNumbers.length === 1 ? 'pnr.personnummer.eq' : 'pnr.personnummer.wi', cprNumbers.join('|'));
    if (user !== null && password !== null) {
      url.searchParams.set('username', user);
      url.searchParams.set('password', readSecret(password, WORDS));
    }
    return url;
  };
  return {
    version,
    access,
    numbersMax,
    async find(cprNumbers, signal) {
      const headers = { accept: 'application/json' };
      const reply = await door.call({ method: 'GET', url: urlOf(cprNumbers), headers, body: null }, signal);
      return personsByNumber(personsOf(reply), cprNumbers);
    },
    close: () => door.close(),
  };
}

const text = z.string().nullish();
const nameSchema = z.object({ status: text, adresseringsnavn: text, fornavne: text, mellemnavn: text, efternavn: text });
const personSchema = z.object({
  status: text,
  statusdato: text,
  Personnumre: z.array(z.object({ Personnummer: z.object({ personnummer: z.string(), status: text }) })).nullish(),
  /** Lists of the public service, one object of the private (recorded 2022). */
  Navne: z.array(z.object({ Navn: nameSchema })).nullish(),
  Navn: nameSchema.nullish(),
  Beskyttelser: z.array(z.object({ Beskyttelse: z.object({ beskyttelsestype: text, status: text }) })).nullish(),
});
type Person = z.infer<typeof personSchema>;
const replySchema = z.object({ Personer: z.array(z.object({ Person: personSchema })) });

function personsOf({ status, text: body }: RegisterReply): readonly Person[] {
  const read = replySchema.safeParse(parseJson(body));
  // A person who is not there is an empty list; older versions answer 404 with one. Any other 404 is no service.
  if (status !== 200 && !(status === 404 && read.success)) throw faultOfStatus(status, WORDS);
  if (!read.success) throw new RegisterFault('unreadable', WORDS);
  return read.data.Personer.map(({ Person: person }) => person);
}

function personsByNumber(persons: readonly Person[], cprNumbers: readonly string[]): ReadonlyMap<string, RegisterPerson> {
  const found = new Map<string, RegisterPerson>();
  for (const cpr of cprNumbers) {
    const owners = ownersOf(persons, numbersOf, cpr);
    const person = personOfOwners((owners.length > 0 ? owners : onlyPerson(persons, cprNumbers)).map(personOf));
    if (person) found.set(cpr, person);
  }
  return found;
}

/** The private service names no numbers: it is asked about one at a time, and answers with none or one. */
function onlyPerson(persons: readonly Person[], cprNumbers: readonly string[]): readonly Person[] {
  const isTheirs = persons.length === 1 && cprNumbers.length === 1;
  return isTheirs ? persons.filter((person) => numbersOf(person).length === 0) : [];
}

function numbersOf({ Personnumre }: Person): readonly PersonNumber[] {
  return (Personnumre ?? []).map(({ Personnummer }) => Personnummer);
}

function personOf(person: Person): RegisterPerson {
  const name = currentOf(person.Navne?.map(({ Navn }) => Navn) ?? (person.Navn ? [person.Navn] : []));
  const number = currentOf(numbersOf(person))?.personnummer;
  return {
    state: stateOfStatus(person.status),
    since: danishDateIn(person.statusdato),
    name: name && nameOf(name),
    // The register leaves lists out that are empty.
    protected: hasNameProtection((person.Beskyttelser ?? []).map(({ Beskyttelse }) => Beskyttelse)),
    currentCpr: number !== undefined && isCprNumber(number) ? number : null,
  };
}

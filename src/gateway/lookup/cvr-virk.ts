import { z } from 'zod';
import type { Company } from '../../domain/gateway-api.ts';
import type { LookupSettings } from '../settings/lookup-settings.ts';
import { addressLines } from './company-address.ts';
import { ACTIVE_STATUSES, companyStateOf, type CompanyLife } from './company-state.ts';
import { cvrNumberOf } from './cvr-number-of.ts';
import { danishDateIn, danishDateOf } from './danish-date.ts';
import { parseJson } from './parse-json.ts';
import { addressOf, isInTheClear } from './register-address.ts';
import type { CompanyRegister } from './register-adapters.ts';
import { openRegisterDoor, type DoorSettings, type RegisterReply } from './register-door.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';
import { openSecretFile, readSecret } from './secret-files.ts';
import { faultOfStatus } from './status-fault.ts';

export type CvrVirkSettings = DoorSettings & Pick<LookupSettings, 'VIRK_URL' | 'VIRK_ENCRYPTED_ALL_THE_WAY' | 'REGISTER_PAUSE_MS'>;

const WORDS: DoorWords = {
  register: 'CVR', host: 'Virk', address: 'VIRK_URL', credentials: 'user og adgangskoden i passwordFile', version: null,
};

/** Hits asked for beyond those shown, since some of them turn out to have ceased. */
const SPARE_HITS = 20;
const WORDS_MAX = 10;
const NUMBERS_MAX = 100;

/**
 * CVR at Virk's system-to-system access (registers-identity.md 2.2): Elasticsearch of versions from 1.7 to 6.8, basic
 * authentication, finds companies by parts of their names. Its own address is plain HTTP, and so is the rest of the way behind
 * a proxy with TLS, or one on this machine: what goes there counts as sent in the clear unless somebody has said otherwise.
 */
export function openCvrVirk({ settings, user, passwordFile, now, retryDelayMs }: {
  readonly settings: CvrVirkSettings;
  readonly user: string;
  readonly passwordFile: string;
  readonly now: () => Date;
  readonly retryDelayMs?: number | undefined;
}): CompanyRegister {
  const password = openSecretFile(passwordFile);
  const door = openRegisterDoor({ settings, words: WORDS, certificate: null, retryDelayMs, pauseMs: settings.REGISTER_PAUSE_MS });
  const search = async (index: 'virksomhed' | 'produktionsenhed', question: object, signal?: AbortSignal): Promise<Hits> => hitsOf(await door.call({
    method: 'POST',
    url: addressOf(`${settings.VIRK_URL.replace(/\/+$/, '')}/${index}/_search`, WORDS),
    headers: {
      'content-type': 'application/json', accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${user}:${readSecret(password, WORDS)}`).toString('base64')}`,
    },
    body: JSON.stringify(question),
  }, signal));
  const today = (): string => danishDateOf(now());
  return {
    version: 'cvr-permanent',
    isInTheClear: settings.VIRK_ENCRYPTED_ALL_THE_WAY === 'off' || isInTheClear(settings.VIRK_URL),
    numbersMax: NUMBERS_MAX,
    async find(cvrNumbers, signal) {
      const { sources } = await search('virksomhed', companyQuestion(cvrNumbers.map(Number)), signal);
      return new Map(companiesOf(sources, today()).map((company) => [company.cvr, company]));
    },
    async search(name, max, signal) {
      const words = wordsOf(name);
      if (words.length === 0) return { companies: [], more: false };
      const { sources, total } = await search('virksomhed', nameQuestion(words, max + SPARE_HITS), signal);
      const active = companiesOf(sources, today()).filter(({ state }) => state === 'active');
      const best = active.toSorted((a, b) => rankOf(a.name, name) - rankOf(b.name, name));
      return { companies: best.slice(0, max), more: active.length > max || total > sources.length };
    },
    async productionUnit(pNumber, signal) {
      const { sources } = await search('produktionsenhed', unitQuestion(Number(pNumber)), signal);
      return unitOf(sources[0]);
    },
    close: () => door.close(),
  };
}

const COMPANY = 'Vrvirksomhed';
const METADATA = `${COMPANY}.virksomhedMetadata`;
const UNIT = 'VrproduktionsEnhed';

/** No more than is read: whoever asks for whole companies risks to be shut out. */
const COMPANY_FIELDS = [
  `${COMPANY}.cvrNummer`, `${COMPANY}.livsforloeb`, `${COMPANY}.telefonNummer`, `${COMPANY}.elektroniskPost`,
  `${METADATA}.nyesteNavn`, `${METADATA}.sammensatStatus`, `${METADATA}.nyesteBeliggenhedsadresse`,
];
const UNIT_METADATA = `${UNIT}.produktionsEnhedMetadata`;
const UNIT_FIELDS = [`${UNIT}.pNummer`, `${UNIT_METADATA}.nyesteNavn`, `${UNIT_METADATA}.nyesteCvrNummerRelation`];

function companyQuestion(cvrNumbers: readonly number[]): object {
  const field = `${COMPANY}.cvrNummer`;
  const clause = cvrNumbers.length === 1 ? { term: { [field]: cvrNumbers[0] } } : { terms: { [field]: cvrNumbers } };
  return { _source: COMPANY_FIELDS, query: { bool: { must: [clause] } }, size: cvrNumbers.length };
}

/**
 * Every word must be a word of the newest name or begin one; the bare word too, because the index may write its words
 * otherwise than they are typed, and what ends in a star is compared as it is. The status is analysed text, so `match`.
 */
function nameQuestion(words: readonly string[], size: number): object {
  const query = words.map((word) => (word.length === 1 ? word : `(${word} OR ${word}*)`)).join(' ');
  return {
    _source: COMPANY_FIELDS,
    query: {
      bool: {
        must: [
          { query_string: { default_field: `${METADATA}.nyesteNavn.navn`, default_operator: 'AND', query } },
          { match: { [`${METADATA}.sammensatStatus`]: ACTIVE_STATUSES.join(' ') } },
        ],
      },
    },
    size,
  };
}

function unitQuestion(pNumber: number): object {
  return { _source: UNIT_FIELDS, query: { bool: { must: [{ term: { [`${UNIT}.pNummer`]: pNumber } }] } }, size: 1 };
}

/**
 * The words of a name as the search engine cuts them, in lower case. Only letters, digits and what may stand inside a word
 * are left, so nothing of the query language can be said.
 */
function wordsOf(name: string): readonly string[] {
  const words = name.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu);
  return (words ?? []).slice(0, WORDS_MAX);
}

/** The very name first, then names that begin with it, then those that hold it. */
function rankOf(name: string, asked: string): number {
  const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
  const at = plain(name).indexOf(plain(asked));
  if (plain(name) === plain(asked)) return 0;
  return at === 0 ? 1 : at > 0 ? 2 : 3;
}

interface Hits {
  /** The `_source` of each hit. */
  readonly sources: readonly unknown[];
  readonly total: number;
}

/** `hits.total` is a number, and an object from Elasticsearch 7 on. */
const replySchema = z.object({
  timed_out: z.boolean().nullish(),
  _shards: z.object({ failed: z.number().nullish() }).nullish(),
  hits: z.object({
    total: z.union([z.number(), z.object({ value: z.number() })]),
    hits: z.array(z.object({ _source: z.unknown() })),
  }),
});

function hitsOf({ status, text }: RegisterReply): Hits {
  if (status !== 200) throw faultOfStatus(status, WORDS);
  const read = replySchema.safeParse(parseJson(text));
  if (!read.success) throw new RegisterFault('unreadable', WORDS);
  const { timed_out: isLate, _shards: shards, hits: { total, hits } } = read.data;
  // Then it has looked through a part only: what is missing may be there all the same.
  if (isLate === true || (shards?.failed ?? 0) > 0) throw new RegisterFault('broken', WORDS, 'PARTIAL ANSWER');
  return { sources: hits.map(({ _source }) => _source), total: typeof total === 'number' ? total : total.value };
}

const text = z.string().nullish();
const field = z.union([z.string(), z.number()]).nullish();
const period = z.object({ gyldigFra: text, gyldigTil: text }).nullish();
const contact = z.array(z.object({ kontaktoplysning: text, hemmelig: z.boolean().nullish(), periode: period })).nullish();
const companySchema = z.object({
  [COMPANY]: z.object({
    cvrNummer: z.union([z.number(), z.string()]),
    livsforloeb: z.array(z.object({ periode: period })).nullish(),
    telefonNummer: contact,
    elektroniskPost: contact,
    virksomhedMetadata: z.object({
      nyesteNavn: z.object({ navn: text }).nullish(),
      sammensatStatus: text,
      nyesteBeliggenhedsadresse: z.object({
        fritekst: text, conavn: text, vejnavn: text, husnummerFra: field, bogstavFra: text, etage: field, sidedoer: field,
        bynavn: text, postboks: field, postnummer: field, postdistrikt: text,
      }).nullish(),
    }),
  }),
});
type CompanySource = z.infer<typeof companySchema>['Vrvirksomhed'];
const unitSchema = z.object({
  [UNIT]: z.object({
    produktionsEnhedMetadata: z.object({ nyesteNavn: z.object({ navn: text }).nullish(), nyesteCvrNummerRelation: field }),
  }),
});

function companiesOf(sources: readonly unknown[], today: string): readonly Company[] {
  return sources.map((source) => {
    const read = companySchema.safeParse(source);
    const cvr = read.success ? cvrNumberOf(read.data.Vrvirksomhed.cvrNummer) : null;
    if (!read.success || cvr === null) throw new RegisterFault('unreadable', WORDS);
    return companyOf(read.data.Vrvirksomhed, cvr, today);
  });
}

function companyOf(source: CompanySource, cvr: string, today: string): Company {
  const { nyesteNavn, nyesteBeliggenhedsadresse: address } = source.virksomhedMetadata;
  return {
    cvr,
    name: nyesteNavn?.navn?.trim() ?? '',
    ...companyStateOf(lifeOf(source), today),
    address: address
      ? addressLines({
        careOf: address.conavn, road: address.vejnavn, house: `${address.husnummerFra ?? ''}${address.bogstavFra ?? ''}`,
        floor: address.etage, door: address.sidedoer, place: address.bynavn, postBox: address.postboks,
        postCode: address.postnummer, town: address.postdistrikt, freeText: address.fritekst,
      })
      : [],
    phone: contactOf(source.telefonNummer),
    email: contactOf(source.elektroniskPost),
  };
}

/** The newest period of the life counts: a company may have ended and begun again. */
function lifeOf({ livsforloeb, virksomhedMetadata: { sammensatStatus } }: CompanySource): CompanyLife {
  const lives = (livsforloeb ?? []).map(({ periode }) => ({ from: periode?.gyldigFra ?? '', until: periode?.gyldigTil ?? null }));
  const newest = lives.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)).at(-1);
  return {
    status: sammensatStatus ?? null, startedOn: danishDateIn(newest?.from), endedOn: danishDateIn(newest?.until), isTold: newest !== undefined,
  };
}

/** What holds now and is not secret. */
function contactOf(contacts: z.infer<typeof contact>): string | null {
  const current = contacts?.find(({ hemmelig, periode }) => hemmelig !== true && (periode?.gyldigTil ?? null) === null);
  return current?.kontaktoplysning?.trim() || null;
}

function unitOf(source: unknown): { readonly cvr: string; readonly name: string | null } | null {
  const read = unitSchema.safeParse(source);
  if (!read.success) return null;
  const { nyesteNavn, nyesteCvrNummerRelation } = read.data.VrproduktionsEnhed.produktionsEnhedMetadata;
  const cvr = cvrNumberOf(nyesteCvrNummerRelation);
  return cvr === null ? null : { cvr, name: nyesteNavn?.navn?.trim() ?? null };
}

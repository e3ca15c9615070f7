import { currentName, type CompanyAddress, type CompanyRecord } from './company-record.ts';

/** One document of Virk's index: its id there, and its source. */
export interface VirkDocument {
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}

/** A company as Virk's Elasticsearch has it (registers-identity.md 2.2): the parts that the gateway could want. */
export function companyDocument(company: CompanyRecord): VirkDocument {
  return { id: company.unitId, source: { Vrvirksomhed: company.source ?? companySource(company) } };
}

/** Its places of business, each a document of its own. */
export function unitDocuments(company: CompanyRecord): readonly VirkDocument[] {
  return company.units.map(({ pNumber, name }) => {
    const period = { gyldigFra: company.startedOn, gyldigTil: company.ceasedOn };
    const unit = {
      pNummer: Number(pNumber),
      navne: [{ navn: name, periode: period }],
      livsforloeb: [{ periode: period }],
      virksomhedsrelation: [{ cvrNummer: Number(company.cvr), periode: period }],
      produktionsEnhedMetadata: {
        nyesteNavn: { navn: name, periode: period },
        nyesteBeliggenhedsadresse: addressOf(company.address),
        nyesteCvrNummerRelation: Number(company.cvr),
        sammensatStatus: company.ceasedOn === null ? 'Aktiv' : 'Ophørt',
      },
    };
    return { id: `40${pNumber.slice(2)}`, source: { VrproduktionsEnhed: unit } };
  });
}

function companySource(company: CompanyRecord): Readonly<Record<string, unknown>> {
  const { cvr, names, status, form, startedOn, ceasedOn, address, phone, email, units } = company;
  const life = { gyldigFra: startedOn, gyldigTil: ceasedOn };
  const contact = (text: string | null) => (text === null ? [] : [{ kontaktoplysning: text, hemmelig: false, periode: life }]);
  const navne = names.map(({ name, from, to }) => ({ navn: name, periode: { gyldigFra: from, gyldigTil: to ?? ceasedOn } }));
  return {
    cvrNummer: Number(cvr),
    reklamebeskyttet: false,
    navne,
    binavne: [],
    beliggenhedsadresse: address === null ? [] : [{ ...addressOf(address), periode: life }],
    telefonNummer: contact(phone),
    elektroniskPost: contact(email),
    livsforloeb: [{ periode: life }],
    status: [],
    virksomhedsstatus: [{ status, periode: { gyldigFra: startedOn, gyldigTil: null } }],
    penheder: units.map(({ pNumber }) => ({ pNummer: Number(pNumber), periode: life })),
    enhedsNummer: Number(company.unitId),
    enhedstype: 'VIRKSOMHED',
    virksomhedMetadata: {
      nyesteNavn: navne.find(({ navn }) => navn === currentName(company)) ?? null,
      nyesteVirksomhedsform: { kortBeskrivelse: form },
      nyesteBeliggenhedsadresse: addressOf(address),
      sammensatStatus: status,
      stiftelsesDato: startedOn,
    },
  };
}

function addressOf(address: CompanyAddress | null): object | null {
  if (address === null) return null;
  const [, number, letter] = /^(\d+)\s*([A-Za-z])?$/.exec(address.houseNumber) ?? [];
  return {
    landekode: 'DK', vejnavn: address.street, husnummerFra: number === undefined ? null : Number(number), husnummerTil: null,
    bogstavFra: letter ?? null, bogstavTil: null, etage: null, sidedoer: null, conavn: null, postboks: null, bynavn: null,
    postnummer: /^\d+$/.test(address.postCode) ? Number(address.postCode) : null, postdistrikt: address.city, fritekst: null,
  };
}

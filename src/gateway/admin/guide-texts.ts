import type { Settings } from '../config.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';

/** What the gateway itself can see of how far an organisation has come. */
export interface GuideFacts {
  readonly settings: Settings;
  readonly organisation: OrganisationEntry;
  /** Whether its CVR number stands in PUBLIC_SENDERS_FILE; null: there is no such list. */
  readonly listed: boolean | null;
  /** The connections that were right at the last test, and when that was. */
  readonly tested: ReadonlyMap<string, Date>;
}

/** One thing to do. */
export interface GuideStep {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  /** Whether it is one of this organisation's; absent: everybody's. */
  readonly applies?: (facts: GuideFacts) => boolean;
  /** Whether it is done, where that can be seen; null: it cannot, and somebody ticks it. */
  readonly seen?: (facts: GuideFacts) => boolean | null;
  /** What can be seen of it, in Danish. */
  readonly hint?: (facts: GuideFacts) => string | null;
}

export interface GuideText {
  readonly title: string;
  readonly intro: string;
  readonly steps: readonly GuideStep[];
}

const PORTAL = { title: 'Datafordelerens portal', url: 'https://portal.datafordeler.dk' };
const CPR_DESK = { title: 'CPR’s servicedesk', url: 'https://cprservicedesk.atlassian.net' };
const VIRK = { title: 'Virk', url: 'https://virk.dk' };
const ENTRA_PORTAL = { title: 'Microsoft Entra', url: 'https://entra.microsoft.com' };

const accessOf = ({ organisation }: GuideFacts) => organisation.lookup.access;
const adapterOf = ({ organisation }: GuideFacts) => organisation.lookup.cpr?.adapter ?? null;
/** Serviceplatformen has an agreement of its own, and none of Datafordeleren's steps. */
const byDatafordeler = (facts: GuideFacts) => adapterOf(facts) !== 'sf1520';

function tested(id: string): Pick<GuideStep, 'seen' | 'hint'> {
  return {
    seen: (facts) => facts.tested.has(id),
    hint: (facts) => {
      const at = facts.tested.get(id);
      return at ? `Testet og i orden ${at.toISOString().slice(0, 10)}.` : 'Testen er ikke lavet, eller den fandt en fejl sidst.';
    },
  };
}

const HIDDEN_NAMES =
  'Som offentlig afsender og som virksomhed får man aldrig navn og adresse på personer med navne- og adressebeskyttelse, heller ikke ' +
  'hvis ansøgningen godkendes. Der står så »navnet gives ikke«, og der kan sendes til nummeret som ellers.';

const cpr: GuideText = {
  title: 'Slå navne op i CPR',
  intro:
    'Trinnene fra ansøgning til første opslag. Regn med nogle uger: flere af dem venter på andre. Vælg først jeres slags adgang; de trin, ' +
    `der ikke er jeres, forsvinder så. ${HIDDEN_NAMES}`,
  steps: [
    {
      id: 'access',
      title: 'Find ud af, hvilken adgang I skal have',
      text:
        'Myndighed (»authority«): ret til opslag, som aftales med CPR. Organisation godkendt som offentlig afsender (»public-sender«) og ' +
        `virksomhed (»company«): samme fremgangsmåde, men en mindre adgang. ${HIDDEN_NAMES} Skriv valget som access under lookup i ORGANISATIONS_FILE.`,
      seen: (facts) => accessOf(facts) !== null,
      hint: (facts) => ACCESS_HINTS[accessOf(facts) ?? 'none'],
    },
    {
      id: 'listed',
      title: 'Se efter, om I står på listen over offentlige afsendere',
      text:
        'Digitaliseringsstyrelsen har en liste over organisationer, der er godkendt som offentlige afsendere i Digital Post. I skal stå på den; ' +
        'det er nødvendigt, men ikke nok. Gem listen som en fil (et CVR-nummer på hver linje, eller CSV), og skriv filen i PUBLIC_SENDERS_FILE, så tjekkes det her.',
      links: [{ title: 'Digitaliseringsstyrelsen om Digital Post', url: 'https://digst.dk/it-loesninger/digital-post/' }],
      applies: (facts) => accessOf(facts) === 'public-sender',
      seen: ({ listed }) => listed,
      hint: ({ listed, organisation }) => LISTED_HINTS[String(listed) as keyof typeof LISTED_HINTS].replace('{cvr}', organisation.cvrNumbers.join(', ')),
    },
    {
      id: 'portal-user',
      title: 'Log på Datafordelerens selvbetjening',
      text: 'Log på med MitID Erhverv som jeres organisation. Den, der gør det, skal have ret til at bestille på organisationens vegne.',
      links: [PORTAL],
      applies: byDatafordeler,
    },
    {
      id: 'it-system',
      title: 'Opret et it-system med en hemmelighed eller et certifikat',
      text:
        'Opret et it-system til gatewayen. Vælg enten en delt hemmelighed eller et OCES3-systemcertifikat (eller organisationscertifikat). Begge gælder højst 730 dage; ' +
        'skriv datoen ned, så minder gatewayen om den. Produktion og hvert testmiljø oprettes for sig.',
      links: [PORTAL],
      applies: byDatafordeler,
    },
    {
      id: 'ip-address',
      title: 'Skriv gatewayens IP-adresse på listen',
      text: 'Kun IPv4, og én adresse ad gangen (/32). Det er den adresse, gatewayen kalder ud fra. Uden den kan der ikke bedes om dataadgang.',
      links: [PORTAL],
      applies: byDatafordeler,
    },
    {
      id: 'data-access-authority',
      title: 'Bed om dataadgang til CPR for myndigheder',
      text: 'Bed på portalen om tjenesten CustomPublicSectorPerson. De to CPR-tjenester (for myndigheder og for private) kan ikke bruges i samme it-system.',
      links: [PORTAL],
      applies: (facts) => byDatafordeler(facts) && accessOf(facts) === 'authority',
    },
    {
      id: 'data-access-private',
      title: 'Bed om dataadgang til CPR for private og offentlige afsendere',
      text: `Bed på portalen om tjenesten CustomPrivateSectorPerson. Virksomheder betaler for den. ${HIDDEN_NAMES}`,
      links: [PORTAL],
      applies: (facts) => byDatafordeler(facts) && accessOf(facts) !== 'authority',
    },
    {
      id: 'cpr-ticket',
      title: 'Skriv til CPR’s servicedesk',
      text:
        'Opret en sag af typen »Ansøgning«. Skriv, hvem I er, hvad opslagene skal bruges til (navnet på den, der skal have Digital Post), og at der kun ' +
        'slås op på ét kendt CPR-nummer ad gangen. Myndigheder har i princippet ret til opslag; det bekræftes her.',
      links: [CPR_DESK],
      applies: byDatafordeler,
    },
    {
      id: 'virk-application',
      title: 'Ansøg på Virk',
      text: 'Udfyld ansøgningen til CPR, produktet »Datafordeler GraphQL og Fildownload«. Nævn it-systemet fra portalen.',
      links: [VIRK],
      applies: byDatafordeler,
    },
    {
      id: 'approved',
      title: 'Svar på spørgsmål, til adgangen er godkendt',
      text: 'Datafordelerens support og CPR skriver til jer. Adgangen virker, når dataadgangen på portalen står som godkendt.',
      links: [PORTAL, CPR_DESK],
      applies: byDatafordeler,
    },
    {
      id: 'serviceplatform',
      title: 'Indgå serviceaftale om SF1520 på Serviceplatformen',
      text: 'Anvendersystem, serviceaftale og et OCES3-certifikat; aftalens tre UUID’er skal bruges i opsætningen.',
      links: [{ title: 'Digitaliseringskataloget', url: 'https://digitaliseringskataloget.dk' }],
      applies: (facts) => !byDatafordeler(facts),
    },
    {
      id: 'set-up',
      title: 'Skriv adgangen i opsætningen',
      text: 'Under lookup.cpr i ORGANISATIONS_FILE; docs/navneopslag.md har et eksempel på hver. Den nye opsætning tages i brug uden genstart.',
      seen: ({ organisation }) => organisation.lookup.cpr !== null,
    },
    {
      id: 'test',
      title: 'Test forbindelsen',
      text: 'Tryk »Test forbindelser«, eller kør npm run connections. Der spørges om et nummer, som ingen har. Svaret siger, hvilken del der er forkert.',
      ...tested('cpr'),
    },
    {
      id: 'first-look-up',
      title: 'Slå et navn op i ruden',
      text: 'Slå jer selv op. Står navnet der, er alt i orden. Opslaget står i loggen, som alle andre.',
    },
    {
      id: 'tell-staff',
      title: 'Fortæl medarbejderne, at opslag logges',
      text:
        'Hvert opslag gemmes med hvem, hvornår og hvilken sag, i seks måneder. Borgeren har ret til at få at vide, hvornår og hvorfor der er slået op. ' +
        'Opslag er kun til at sende Digital Post i en sag, man har.',
    },
  ],
};

const ACCESS_HINTS = {
  authority: 'Valgt: myndighed. Det ses, hvem der er beskyttet; deres navn vises ikke.',
  'public-sender': 'Valgt: offentlig afsender. Beskyttede navne gives ikke.',
  company: 'Valgt: virksomhed. Beskyttede navne gives ikke.',
  none: 'Ikke valgt endnu.',
} as const;

const LISTED_HINTS = {
  true: '{cvr} står på listen.',
  false: '{cvr} står ikke på listen. Er den af ny dato?',
  null: 'Der er ingen liste i PUBLIC_SENDERS_FILE; se selv efter.',
} as const;

const cvr: GuideText = {
  title: 'Slå virksomheder op i CVR',
  intro: 'To veje. Virk kan søge på navn og er gratis. Datafordeleren kan kun slå ét CVR-nummer op ad gangen. Ophørte virksomheder er aldrig med i en søgning.',
  steps: [
    {
      id: 'way',
      title: 'Vælg vej',
      text: 'Virk (»virk«), hvis medarbejdere skal kunne søge på navn. Datafordeleren (»datafordeler«), hvis I allerede er der og kun slår numre op.',
      seen: ({ organisation }) => (organisation.lookup.cvr ? true : null),
      hint: ({ organisation }) => (organisation.lookup.cvr ? `Valgt: ${organisation.lookup.cvr.adapter}.` : null),
    },
    {
      id: 'virk-declaration',
      title: 'Bed om adgang til Virks system-til-system',
      text: 'Skriv til cvrselvbetjening@erst.dk, udfyld og underskriv den erklæring, de sender, og få brugernavn og kode. Forbindelsen er ukrypteret HTTP; der sendes kun CVR-numre og navne på virksomheder.',
      links: [{ title: 'Virk Data', url: 'https://datahub.virk.dk' }],
      applies: ({ organisation }) => organisation.lookup.cvr?.adapter !== 'datafordeler',
    },
    {
      id: 'api-key',
      title: 'Lav en API-nøgle på Datafordeleren',
      text: 'CVR er åbne data, så der skal kun en nøgle til. Den gælder i to år, og den virker efter et kvarters tid.',
      links: [PORTAL],
      applies: ({ organisation }) => organisation.lookup.cvr?.adapter !== 'virk',
    },
    {
      id: 'set-up',
      title: 'Skriv adgangen i opsætningen',
      text: 'Under lookup.cvr i ORGANISATIONS_FILE, med koden eller nøglen i en fil for sig; docs/navneopslag.md har et eksempel på begge.',
      seen: ({ organisation }) => organisation.lookup.cvr !== null,
    },
    { id: 'test', title: 'Test forbindelsen', text: 'Tryk »Test forbindelser«, eller kør npm run connections.', ...tested('cvr') },
    { id: 'first-look-up', title: 'Slå en virksomhed op i ruden', text: 'Slå jeres eget CVR-nummer op; det skal give jeres navn.' },
  ],
};

const logOn: GuideText = {
  title: 'Logon med Microsoft Entra',
  intro: 'Medarbejderne logger på tilføjelsesprogrammet med deres almindelige konto. Det kræver en appregistrering i jeres egen tenant. docs/logon.md har det hele med kommandoer.',
  steps: [
    {
      id: 'registration',
      title: 'Opret appregistreringen',
      text: 'Kør docs/app-registrering.ps1 med jeres tenant-id og webstedet for tilføjelsesprogrammet, eller gør det i hånden efter docs/logon.md. Scriptet kan køres igen; det ændrer kun det, der mangler.',
      links: [ENTRA_PORTAL],
    },
    {
      id: 'audience',
      title: 'Giv driften klient-id’et',
      text: 'Scriptet skriver klient-id og tenant-id. Klient-id’et skal stå i ENTRA_AUDIENCE.',
      seen: ({ settings }) => settings.ENTRA_AUDIENCE !== '',
    },
    {
      id: 'tenant',
      title: 'Skriv jeres tenant-id i opsætningen',
      text: 'Under entraTenants i ORGANISATIONS_FILE. Kun folk fra de tenants kan logge på hos jer.',
      seen: ({ organisation }) => organisation.entraTenants.length > 0,
    },
    {
      id: 'consent',
      title: 'Giv samtykke for hele organisationen',
      text: 'En global administrator (eller privilegeret rolleadministrator) giver administratorsamtykke til appen, så ingen bliver spurgt.',
      links: [ENTRA_PORTAL],
    },
    {
      id: 'roles',
      title: 'Giv medarbejderne roller',
      text: 'Under virksomhedsprogrammet, »Brugere og grupper«: Dpg.Send, Dpg.MassSend, Dpg.Approve, Dpg.LookupCpr, Dpg.LookupCvr, Dpg.AuditRead, Dpg.Admin. Uden en rolle kan man kun logge på.',
      links: [ENTRA_PORTAL],
    },
    {
      id: 'mailboxes',
      title: 'Skriv, hvem der må bruge hvilke postkasser',
      text: 'Under users og groups på hver postkasse i ORGANISATIONS_FILE: objekt-id’er fra Entra. De skal også have Fuld adgang og Send på vegne af i Exchange.',
      seen: ({ organisation }) => organisation.secureMailboxes.some(({ users, groups }) => users.length + groups.length > 0),
    },
    {
      id: 'group',
      title: 'Lad postkasserne blive fundet i en gruppe (hvis I vil)',
      text: 'En mailaktiveret sikkerhedsgruppe i Exchange med alle sikre postkasser, og en app med GroupMember.Read.All og User.Read.All; under mailboxGroup i ORGANISATIONS_FILE. En postkasse, der tages ud af gruppen, kan ikke sende mere.',
      seen: ({ organisation, tested: passed }) => (organisation.mailboxGroup === null ? null : passed.has('group')),
    },
    { id: 'test', title: 'Test forbindelsen', text: 'Tryk »Test forbindelser«, eller kør npm run connections. Den ser, om Entras nøgler kan hentes.', ...tested('entra') },
    { id: 'first-log-on', title: 'Log på', text: 'Åbn tilføjelsesprogrammet i Outlook. Nederst under Systemoplysninger står, hvem du er, og hvad du må.' },
  ],
};

/** The guides by their names in the API: the real steps (registers-identity.md 1.1 and 2; peers.md 4.3; features M24, M26). */
export const GUIDES: Readonly<Record<string, GuideText>> = { cpr, cvr, 'log-on': logOn };

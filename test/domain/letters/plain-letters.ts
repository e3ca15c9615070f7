import type { LetterFile, LetterQuestion } from '../../../src/domain/letter-check.ts';
import { randomOf, type Random } from './letter-people.ts';

// Letters by another hand: plain sentences, and mistakes that are put into a right letter afterwards.

const firstNames = ['Mette', 'Camilla', 'Louise', 'Trine', 'Susanne', 'Jytte', 'Ingrid', 'Maja', 'Sara', 'Julie', 'Amina', 'Olga', 'Rasmus', 'Martin', 'Kristian', 'Flemming', 'Allan', 'Jesper', 'Simon', 'Emil', 'Victor', 'Hassan', 'Tomasz', 'Aksel', 'Birthe', 'Kurt', 'Line', 'Stine', 'Finn', 'Gitte'];
const surnames = ['Sørensen', 'Petersen', 'Larsen', 'Lauritsen', 'Kristensen', 'Bertelsen', 'Dalgaard', 'Krogh', 'Bech', 'Vinther', 'Clausen', 'Lassen', 'Simonsen', 'Svendsen', 'Bjerre', 'Buch', 'Carlsen', 'Mogensen', 'Nørgaard', 'Brandt', 'Jacobsen', 'Fischer', 'Hedegaard', 'Khan', 'Ali', 'Nowak', 'Petrov', 'Hussain'];
const middles = ['Kjær', 'Maria', 'Holm', 'Østergaard', 'Louise', 'Boel', 'Nør', 'Skovgaard'];
const special = ['Anne Sofie von Holstein', 'Peter de Fønss', 'Yasmin El-Ghazi', 'Abdullahi bin Omar', 'Carl Johan Lindgren-Bech', 'Kirstine van Dam', 'María José Fernández', 'Hoa Thi Nguyen', 'Søren Ærø Åkesen', 'Mads-Peter Friis Hald', 'Shanti Devi Patel', 'Jóannes Eiðsgarð', 'Arnarulunnguaq Petersen', 'Rosa af Ugglas'];

interface Somebody { readonly full: string; readonly first: string; readonly last: string; readonly cpr: string }

/** Everything that stands in a letter by itself. */
interface Scene {
  readonly me: Somebody;
  readonly child: Somebody;
  readonly spouse: Somebody;
  readonly parent: Somebody;
  readonly caseworker: Somebody;
  readonly colleague: Somebody;
  readonly number: string;
  readonly date: string;
  readonly c: (cpr: string) => string;
}

interface Plain { readonly subject: string; readonly text: string; readonly pdf?: string; readonly companyName?: string }

/** Letters to one citizen, as their writers would send them. */
const letters: readonly ((scene: Scene) => Plain)[] = [
  ({ me, caseworker, date, c }) => ({
    subject: 'Din ansøgning om kontanthjælp',
    text: `Kære ${me.full}\n\nVedr. din ansøgning om kontanthjælp, CPR-nr. ${c(me.cpr)}\n\nVi har modtaget din ansøgning den ${date}. Din sagsbehandler er ${caseworker.full}, som du kan kontakte på telefon 89 40 20 00.\n\nVenlig hilsen\n${caseworker.full}\nJobcentret`,
  }),
  ({ me, child, caseworker, c }) => ({
    subject: 'Skoleplads',
    text: `Kære ${me.first}\n\nDit barn ${child.full} (CPR ${c(child.cpr)}) har fået plads på Møllevangskolen fra august.\n\nHar du spørgsmål, kan du skrive til skolesekretær ${caseworker.full}.\n\nMed venlig hilsen\nPladsanvisningen`,
  }),
  ({ me, spouse, caseworker, c }) => ({
    subject: 'Boligstøtte – genberegning',
    text: `Hej ${me.first}\n\nDa du bor sammen med din ægtefælle ${spouse.full}, cpr-nr. ${c(spouse.cpr)}, har vi genberegnet støtten.\n\nVenlig hilsen\n${caseworker.full}`,
    pdf: `Genberegning af boligstøtte\nNavn: ${me.full}\nCPR-nr.: ${c(me.cpr)}\nÆgtefælle: ${spouse.full}\nCPR-nr.: ${c(spouse.cpr)}\nNy ydelse: 1.204 kr. pr. måned`,
  }),
  ({ me, number, date }) => ({
    subject: 'Afgørelse om byggetilladelse',
    text: `Kære ${me.full}\n\nKommunen giver tilladelse til at opføre et skur på Hans Tavsens Gade 14. Sagsnummer ${number}. Tegningerne er lavet af Arkitektfirmaet Bo Jensen ApS.\n\nTilladelsen gælder til ${date}.\n\nVenlig hilsen\nByg og Miljø`,
    pdf: `BYGGETILLADELSE\n${me.full}\nHans Tavsens Gade 14\n2200 København N\n\nJournalnr. ${number}\nDer gives tilladelse til opførelse af skur.`,
  }),
  ({ me, caseworker, colleague }) => ({
    subject: 'Møde om din sag',
    text: `Kære ${me.first} ${me.last}\n\nTak for samtalen i går. Som aftalt mødes vi igen på onsdag. Min kollega ${colleague.full} fra Socialpsykiatrien deltager, og hun tager referat.\n\nDe bedste hilsner\n${caseworker.full}\nSocialrådgiver`,
  }),
  ({ me, date, number }) => ({
    subject: 'Kontrolafgift',
    text: `Kære ${me.full}\n\nDen ${date} fik køretøjet AB 12 345 en afgift på Peter Fabers Vej. Afgift ${number}. Betal til konto 2121 ${number}.\n\nVenlig hilsen\nParkering`,
  }),
  ({ me, date, caseworker }) => ({
    subject: 'Tid til fornyelse af pas',
    text: `Hej ${me.full}\n\nDu har en tid i Borgerservice den ${date} kl. 14.20. ${caseworker.first} tager imod dig ved skranke 3.\n\nVh Borgerservice`,
  }),
  ({ me, parent, caseworker, c }) => ({
    subject: 'Din mors plejebolig',
    text: `Kære ${me.full}\n\nDin mor, ${parent.full} (${c(parent.cpr)}), er tilbudt en bolig på Plejecenter Rosengården.\n\nDu er velkommen til at ringe til ${caseworker.full}.\n\nVenlig hilsen\nVisitationen`,
  }),
  ({ me, date, colleague, c }) => ({
    subject: 'Sygedagpenge ophører',
    text: `Kære ${me.full}\n\nDine sygedagpenge stopper den ${date}. Lægen ${colleague.full} vurderer, at du kan arbejde igen.\n\nCPR-nummer: ${c(me.cpr)}\n\nVenlig hilsen\nYdelsesservice`,
    pdf: `Afgørelse til ${me.full}\n\n${me.full}, CPR ${c(me.cpr)}, har ikke længere ret til sygedagpenge efter den ${date}.\n\nLægekonsulent ${colleague.full} har udtalt sig i sagen.`,
  }),
  ({ me, child, spouse, caseworker }) => ({
    subject: 'Opstart i vuggestue',
    text: `Kære ${me.first} og ${spouse.first}\n\nVi glæder os til at se jer og ${child.first} i Vuggestuen Viggo Stuckenberg. Stueleder ${caseworker.full} viser jer rundt.\n\nMange hilsner\nVuggestuen`,
  }),
  ({ me, date, number }) => ({
    subject: 'Regning for dagrenovation',
    text: `Kære ${me.full}\n\nVedhæftet er regning ${number}. Den skal betales senest ${date}.\n\nVenlig hilsen\nAffald og Genbrug`,
    pdf: `REGNING\nAffald og Genbrug, CVR 29 18 98 46\n\n${me.full}\nGrønnegade 3, 1. tv.\n8000 Aarhus C\n\nRegningsnr. ${number}\nForfalder ${date}\nI alt 1.912,50 kr.\nBetales til reg. 0216 konto ${number}`,
  }),
  ({ me, colleague, caseworker, c }) => ({
    subject: 'Bevilling af støttekontaktperson',
    text: `Hej ${me.first},\n\nDu har fået bevilget en støttekontaktperson. Hun hedder ${colleague.full} og ringer til dig i næste uge.\n\nHilsen ${caseworker.first}`,
    pdf: `Bevilling efter § 99\n\nBorger: ${me.full}\nCPR: ${c(me.cpr)}\nStøttekontaktperson: ${colleague.full}\nBevilget af: ${caseworker.full}`,
  }),
  ({ me, child, c, date }) => ({
    subject: 'Tandregulering',
    text: `Kære ${me.full}\n\n${child.full}, født ${date}, CPR ${c(child.cpr)}, skal til specialtandlæge. Jeres barn skal være fastende.\n\nVenlig hilsen\nTandplejen`,
  }),
  ({ me, caseworker }) => ({
    subject: 'Svar på din klage',
    text: `Kære ${me.full}\n\nDu har klaget over kommunens afgørelse. Vi har genvurderet sagen og fastholder afgørelsen.\n\nSagen er behandlet af ${caseworker.full}, jurist.\n\nVenlig hilsen\nJura og Klager`,
    pdf: `Genvurdering\n\nKlager: ${me.full}\n\nKommunen fastholder afgørelsen. Klagen sendes til Ankestyrelsen.`,
  }),
  ({ me, spouse, c }) => ({
    subject: 'Skilsmisse: ny bopæl',
    text: `Kære ${me.full}\n\nVi har registreret, at du og din tidligere ægtefælle ${spouse.full} (${c(spouse.cpr)}) ikke længere bor sammen.\n\nVenlig hilsen\nFolkeregistret`,
  }),
  ({ me, colleague, date }) => ({
    subject: 'Kunstudstilling på rådhuset',
    text: `Kære ${me.first}\n\nDu inviteres til fernisering den ${date}. Kunstneren ${colleague.full} fortæller om sine billeder, og borgmesteren holder tale.\n\nVenlig hilsen\nKultur og Fritid`,
  }),
  ({ me, parent, c }) => ({
    subject: 'Regnskab for værgemål',
    text: `Kære ${me.full}\n\nSom værge for ${parent.full}, ${c(parent.cpr)}, skal du sende regnskab for sidste år.\n\nVenlig hilsen\nFamilieretten`,
  }),
  ({ me, caseworker, date, c }) => ({
    subject: 'Fleksjob',
    text: `${me.full}\nSkovvænget 7\n5000 Odense C\n\nCPR: ${c(me.cpr)}\n\nKære ${me.first}\n\nDu er bevilget fleksjob fra ${date}. ${caseworker.full} fra fleksjobteamet ringer til dig.\n\nVenlig hilsen\nJobcenter Odense`,
  }),
  ({ me, caseworker, c }) => ({
    subject: 'Opfølgning hos misbrugscenteret',
    text: `Hej ${me.first}\n\nVi ses til samtale hos ${caseworker.full}. Tag din mand eller en ven med, hvis du har lyst.\n\nHilsen Misbrugscenteret`,
    pdf: `Behandlingsplan\n\nNavn: ${me.full}\nPersonnummer: ${c(me.cpr)}\nBehandler: ${caseworker.full}\n\n${me.first} ønsker støtte til at holde op.`,
  }),
  ({ me, child, spouse, caseworker, c }) => ({
    subject: 'Børnefaglig undersøgelse',
    text: `Kære ${me.full}\n\nVi har afsluttet undersøgelsen af ${child.full} (${c(child.cpr)}). Barnets far ${spouse.full} har fået samme brev.\n\nVenlig hilsen\n${caseworker.full}\nFamilierådgiver`,
  }),
  ({ me, date, number }) => ({
    subject: 'Hundetegn og affald',
    text: `Kære borger\n\nDin henvendelse ${number} er modtaget den ${date}. Vi svarer inden for ti dage.\n\nVenlig hilsen\nNatur og Park`,
    pdf: `Kvittering for henvendelse ${number}\n\nAfsender: ${me.full}\nModtaget: ${date}`,
  }),
  ({ me, colleague, caseworker }) => ({
    subject: 'Ansættelse af hjælper (BPA)',
    text: `Kære ${me.full}\n\nVi har modtaget kontrakten med din hjælper ${colleague.full}. Lønnen udbetales af LOBPA.\n\nVenlig hilsen\n${caseworker.full}`,
  }),
];

const companyLetters: readonly ((scene: Scene, company: string) => Plain)[] = [
  ({ spouse, caseworker, c }, company) => ({
    subject: 'Fleksløntilskud',
    companyName: company,
    text: `Til ${company}\n\nVi har bevilget fleksløntilskud for jeres medarbejder ${spouse.full} (${c(spouse.cpr)}).\n\nVenlig hilsen\n${caseworker.full}`,
  }),
  ({ caseworker, date }, company) => ({
    subject: 'Varsel om miljøtilsyn',
    companyName: company,
    text: `Kære ${company}\n\nVi kommer på tilsyn den ${date}. Miljøtekniker ${caseworker.full} fører tilsynet.\n\nVenlig hilsen\nVirksomhedsmiljø`,
    pdf: `${company}\nIndustrivej 8\n7100 Vejle\n\nVarsel om tilsyn\nDato: ${date}`,
  }),
];

const companies = ['Vejle Betonvarer A/S', 'Sørensen El ApS', 'Dansk Tagpap I/S', 'Restaurant Havnen ApS', 'K. Larsen Transport A/S'];

export interface PlainCase { readonly question: LetterQuestion; readonly mistake: string | null }

/** Right letters, and the same sort with one mistake of a caseworker or a mail merge. */
export function plainLetters(seed: number, count: number, wrong: boolean): readonly PlainCase[] {
  return Array.from({ length: count }, (_, n) => plainLetter(randomOf(seed * 31_337 + n * 2 + Number(wrong)), n, wrong));
}

function plainLetter(random: Random, n: number, wrong: boolean): PlainCase {
  const index = n % (letters.length + companyLetters.length);
  const company = companyLetters[index - letters.length];
  const me = somebody(random, 1950 + random.int(55));
  const other = strangerTo(random, me);
  const [mine, theirs] = [random.pick(companies), random.pick(companies)];
  const scene = sceneOf(random, me);
  if (company) {
    const isShifted = wrong && mine !== theirs;
    const letter = company(scene, isShifted ? theirs : mine);
    const subject = wrong && !isShifted ? `${letter.subject} ${other.cpr}` : letter.subject;
    return { mistake: wrong ? 'company' : null, question: asked({ ...letter, subject }, { kind: 'cvr', number: '29189846', name: mine, protected: false }, random) };
  }
  const write = letters[index];
  if (!write) throw new Error('no letter');
  const recipient = { kind: 'cpr', number: me.cpr, name: me.full, protected: false } as const;
  if (!wrong) return { mistake: null, question: asked(write(scene), recipient, random) };
  const { letter, mistake } = mistaken(random, write, { scene, other });
  return { mistake, question: asked(letter, recipient, random) };
}

function mistaken(random: Random, write: (scene: Scene) => Plain, { scene, other }: { scene: Scene; other: Somebody }): { letter: Plain; mistake: string } {
  const right = write(scene);
  const elsewhere = write({ ...scene, me: other });
  const { c } = scene;
  const numbers = [`Sagen vedrører CPR-nr. ${c(other.cpr)}.`, `Vi henviser til personnummer ${c(other.cpr)}.`, `Dit CPR-nummer er registreret som ${c(other.cpr)}.`, `CPR: ${c(other.cpr)}`, `Oplys CPR ${c(other.cpr)}, når du ringer.`];
  const names = [
    `Afgørelsen gælder ${other.full}.`, `Vi har truffet afgørelse i ${other.full}s sag.`, `Brevet vedrører ${other.full}.`, `Du, ${other.full}, skal møde op.`, `Vi bekræfter hermed, at ${other.full} er visiteret til hjælp.`,
    `Vedrørende: ${other.full}`, `Navn: ${other.full}`, `Ansøgningen fra ${other.full} er modtaget.`, `${other.full} har søgt om hjælpen.`, `Brevet er sendt til ${other.full}.`,
  ];
  const put = (sentence: string) => ({ ...right, text: right.text.replace('\n\n', `\n\n${sentence}\n\n`) });
  const pdfs = [
    `Afgørelse\n\n${other.full}\nCPR-nr. ${c(other.cpr)}\n\nDu har ret til hjælp.`, `${other.full}\nNørre Allé 4\n8000 Aarhus C\n\nAfgørelse om hjælp`, `Årsopgørelse for ${other.full}\nI alt 4.512 kr.`,
    `Kære ${other.full}\n\nVedlagt er de oplysninger, du har bedt om.`, `Udskrift af journal\nNavn: ${other.full}\nDato: 1. maj 2026`, `Lønseddel\n${other.full}, ${c(other.cpr)}\nPeriode: maj 2026`,
  ];
  const greeting = /^(Kære|Hej) [^\n,]+/m;
  const ways: readonly (() => { letter: Plain; mistake: string })[] = [
    () => ({ letter: elsewhere, mistake: 'shifted' }),
    () => ({ letter: { ...right, text: greeting.test(right.text) && !right.text.startsWith('Kære borger') ? right.text.replace(greeting, random.pick([`Kære ${other.full}`, `Kære ${other.first}`, `Hej ${other.first}`, `Kære Hr. ${other.last}`])) : elsewhere.text, pdf: `Kære ${other.first}` }, mistake: 'greeting' }),
    () => ({ letter: put(random.pick(numbers)), mistake: 'number' }),
    () => ({ letter: put(random.pick(names)), mistake: 'name' }),
    () => ({ letter: { ...right, pdf: random.pick(pdfs) }, mistake: 'attachment' }),
    () => ({ letter: { ...right, subject: `${right.subject} ${c(random.pick([other.cpr, scene.me.cpr]))}` }, mistake: 'subject-number' }),
    () => ({ letter: { ...right, subject: random.pick([`${right.subject} - ${other.full}`, `${right.subject} vedr. ${other.full}`, `${other.full} - ${right.subject}`]) }, mistake: 'subject-name' }),
  ];
  return random.pick(ways)();
}

function asked({ subject, text, pdf }: Plain, recipient: LetterQuestion['recipients'][number], random: Random): LetterQuestion {
  const page = pdf === undefined ? [] : [random.chance(0.3) ? pdf.replace(/ /g, () => (random.chance(0.2) ? '  ' : ' ')) : pdf];
  const files: readonly LetterFile[] = page.length === 0 ? [] : [{ name: 'Afgørelse.pdf', pages: page }];
  return { recipients: [recipient], rightNames: ['Aarhus Kommune', 'Borgerservice'], subject, text, files, today: new Date('2026-08-20T10:00:00Z') };
}

function sceneOf(random: Random, me: Somebody): Scene {
  const born = Number(me.cpr.slice(4, 6));
  const year = born < 40 ? 2000 + born : 1900 + born;
  const family = { last: me.last };
  const relative = (at: number) => {
    for (;;) {
      const person = somebody(random, at, family);
      if (person.first !== me.first) return person;
    }
  };
  return {
    me,
    child: relative(Math.max(2009, Math.min(2024, year + 30))),
    spouse: relative(year + random.int(7) - 3),
    parent: relative(year - 22 - random.int(15)),
    caseworker: strangerTo(random, me),
    colleague: strangerTo(random, me),
    number: String(random.pick([1_000_000_000, 100_000, 10_000_000]) + random.int(900_000_00)),
    date: `${String(1 + random.int(28))}. ${random.pick(['januar', 'marts', 'juni', 'november'])} 2026`,
    c: (cpr) => random.pick([`${cpr.slice(0, 6)}-${cpr.slice(6)}`, cpr, `${cpr.slice(0, 6)} ${cpr.slice(6)}`, `${cpr.slice(0, 6)}-\n${cpr.slice(6)}`]),
  };
}

function somebody(random: Random, year: number, family: { readonly last: string } | null = null): Somebody {
  const two = (value: number) => String(value).padStart(2, '0');
  const century = year >= 2000 ? random.pick(['4', '5', '6']) : random.pick(['0', '1', '2', '3']);
  const cpr = `${two(1 + random.int(28))}${two(1 + random.int(12))}${two(year % 100)}${century}${String(100 + random.int(900))}`;
  if (family === null && random.chance(0.2)) {
    const full = random.pick(special);
    return { full, first: full.split(' ')[0] ?? '', last: full.split(' ').at(-1) ?? '', cpr };
  }
  const [first, last] = [random.pick(firstNames), family !== null && random.chance(0.7) ? family.last : random.pick(surnames)];
  return { full: random.chance(0.35) ? `${first} ${random.pick(middles)} ${last}` : `${first} ${last}`, first, last, cpr };
}

function strangerTo(random: Random, { full }: Somebody): Somebody {
  const words = full.toLowerCase().split(/[ -]/);
  for (;;) {
    const person = somebody(random, 1945 + random.int(60));
    if (!person.full.toLowerCase().split(/[ -]/).some((word) => words.includes(word))) return person;
  }
}

import { companyForm } from './addressee.ts';
import { documentNouns } from './words.ts';

/** A company's name in a text, at a place where a letter to a company names the one that gets it. */
export interface PlacedCompany {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The companies in places for the recipient's: asked to do something, behind a label, in a heading. Linear in the text. */
export function placedCompanies(text: string): readonly PlacedCompany[] {
  return places.flatMap((place) => Array.from(text.matchAll(place), ({ 0: all, 1: name = '', index }) => {
    const start = index + all.lastIndexOf(name);
    const written = name.replace(/(?<=\p{L}{3})\.$/u, '');
    return { name: written, start, end: start + written.length };
  }));
}

/** True for a name that a business or a club has, and no school, house or authority. */
export function isBusiness(name: string): boolean {
  return companyForm.test(name) || /&| v\/| (?:ApS|A\/S|I\/S|IVS)(?: |$)|\p{Ll} El$/u.test(name) || business.test(name.toLowerCase());
}

const business = /(?:^|[ -])\p{L}*(?:firma|firmaet|forretning|forretningen|service|transport|hegn|regnskab|revision|catering|rengøring|ejendomme|boligselskab|vognmand|fragtmænd|anlæg|kloak|kloakservice|gartner|murer|tømrer|maler|smed|smedje|elektriker|bager|slagter|slagteri|auto|autoværksted|biler|data|rådgivning|bureau|vikarbureau|dyrehospital|dyreklinik|tandklinik|fysioterapi|fitness|camping|marina|rederi|fisk|spedition|logistik|konsulenter|arkitekter|ingeniører|solutions|group|consult|forening|foreningen|selskab|selskabet|mester|værksted|værkstedet|station|eksperten|klinik|klinikken|salon|salonen|frisør|café|cafe|restaurant|kiosk|kiosken|installatør|butik|butikken|hotel|entreprise|holding|invest|byg|vvs|(?<!minist)eri|(?<!minist)eriet|vognmand|terapien|autogården|apotek|catering|skadedyrsbekæmpelse|vikar|maskinstation|pizzeria|marked|supermarked|trafikskole|trafikskolen|køreskole|hjemmepleje|klub|klubben|koret|spejdergruppe|spejdergruppen|vandværk|trælast|botilbud|botilbuddet|bosted|bostedet|bofællesskab|bofællesskabet|opholdssted|opholdsstedet|taxa|kro|købmand|tandlægerne|fiskehus|minkfarm|planteskole)(?: |$)/u;

const name = String.raw`(\p{Lu}[\p{L}&.'/-]{0,40}(?: (?:v\/ ?)?[\p{Lu}&][\p{L}&.'/-]{0,40}){1,6})`;
const anyCase = (words: string) => words.replace(/(^|[(|])(\p{Ll})/gu, (_all, before: string, first: string) => `${before}[${first.toUpperCase()}${first}]`);
const documents = `\\p{L}*(?:${documentNouns})|(?:${anyCase(documentNouns)})`;
const labels = anyCase('indehaver|bevillingshaver|tilladelsesindehaver|tilbudsgiver|virksomhed|virksomheden|virksomhedens navn|virksomhedens oplysninger|ansøger|kunde|debitor|skyldner|bygherre|modtager|tilbud|firma|selskab|forening|klub|medlem|arbejdsgiver|entreprenør|fakturamodtager|lejer|ejer|betaler|kontraktpart|aftalepart|tilmeldt|leverandør hos os|kunde hos kommunen|praktiksted');

const places = [
  // "Senest den 1. maj bedes Nordisk Tag A/S oplyse …"
  String.raw`(?:bedes|anmodes|pålægges|påbydes|indkaldes|varsles) ${name}`,
  // "Nordisk Tag A/S skal senest …": at the beginning of a sentence.
  String.raw`(?:^|\n|(?<!\p{Lu})[.!?] |(?:^|\n|[.!?] )Husk,? at )${name}(?:, CVR[^,\n]{8,24},| \(CVR[^)\n]{8,24}\))? (?:skal|påbydes|pålægges|indkaldes|anmodes|har fået(?! kopi| besked)|får (?:hermed )?(?:bevilget|tilladelse|tilskud|refusion|støtte|dispensation)|er (?:hermed |dermed )?(?:berettiget|bevilget|tildelt)|har ret til|har ansvaret for)(?!\p{L})`,
  // "Fra 1. maj skal Nordisk Tag A/S sortere …"
  String.raw`(?:^|\n|[.!?] )(?:Fra|Senest|Inden|Derfor|Herefter) [^\n]{0,30}skal ${name}(?= \p{Ll})`,
  // "Vi beder jer, Nordisk Tag A/S, udfylde …", "jeres virksomhed Nordisk Tag A/S".
  String.raw`(?:^|[^\p{L}])(?:(?:jer|I|Dem)[,:]|(?:[Jj]eres|Deres) (?:virksomhed|firma|selskab|forening|butik|restaurant|ejerforening)[,:]?) ${name}(?=[,.]| skal| har| \(|\n|$)`,
  // "Det er vores vurdering, at Nordisk Tag A/S overholder …", "Udvalget har bevilget Nordisk Tag A/S …", "Tiden er registreret på …".
  String.raw`(?:[Vv]urdering|[Vv]urderer|[Bb]esluttet|[Kk]onstateret|[Bb]ekræfter),? at ${name}(?= \p{Ll})`,
  String.raw`\p{L}*[Uu]dvalget har (?:meddelt|givet|bevilget|tildelt) ${name}`,
  String.raw`(?:er|bliver) registreret på ${name}`,
  // "Tilladelse til, at Nordisk Tag A/S holder …"
  String.raw`(?:lov|[Tt]illadelse) til,? at ${name}(?= \p{Ll})`,
  // "Bevilling til Nordisk Tag A/S", "Vedr. Nordisk Tag A/S".
  String.raw`(?:^|[^\p{L}])(?:${documents})(?:en|et|er)?(?: \d{4,16})? (?:til|for|vedrørende|vedr\.?):? ${name}`,
  String.raw`(?:^|\n)[Vv]edr(?:\.|ørende):? ${name}`,
  // "Tilladelsen gælder for: Nordisk Tag A/S", "Indehaver: Nordisk Tag A/S".
  String.raw`(?:^|\n|[.!?] )(?:(?:(?:[Gg]odkendt|[Kk]ontrolleret|[Bb]esøgt) )?(?:${labels})(?:en|et)?(?: \(jer\))?|[\p{L} ]{3,40} (?:gælder for|gives til|givet til|udstedt til|sendt til)): ?\n?${name}`,
  String.raw`(?:^|\n|[.!?] )[Jj]eres [\p{L} ]{2,30}: ?\n?${name}`,
  // "Tilladelsen er givet til Nordisk Tag A/S", "Anmodningen er stilet til …", "Aftalen er indgået med …"
  String.raw`(?<![Kk]opi(?:en)? af )(?<!\p{L})\p{L}{0,20}(?:${anyCase('tilladelse|bevilling|anmodning|afgørelse|påbud|varsel|varsling|godkendelse|aftale|kontrakt|brev|tilskud|tilskudd|regning|krav|pålæg|indskærpelse')})(?:en|et|n|t)? er (?:hermed )?(?:(?:givet|stilet|udstedt|meddelt|adresseret) til|rettet (?:til|mod)|indgået med) ${name}`,
  String.raw`(?:[Kk]ontrakten|[Aa]ftalen) indgås med ${name}`,
  String.raw`[Rr]apporten er udarbejdet (?:for|til) ${name}`,
  String.raw`(?:tildele|meddele|bevilge) ${name} \p{Ll}`,
  String.raw`(?:[Tt]illadelsen|[Bb]evillingen) (?:meddeles|gives) ${name}`,
  String.raw`imødekommer(?: vi)? ${name}(?= ansøgning)`,
  String.raw`udbetales(?: \p{Ll}+)? til ${name} som arbejdsgiver`,
  String.raw`[Bb]revet vedrører:? ${name}`,
  // "For leverandøren Nordisk Tag A/S: ________", and a table whose heads stand above each other.
  String.raw`(?:^|\n)For (?:leverandøren|virksomheden|kunden|lejer|entreprenøren|foreningen) ${name}`,
  String.raw`(?:^|\n)Virksomhed\nCVR-nr\.\n${name}`,
  // "I har budt som: Nordisk Tag A/S", "Tilskuddet betales til arbejdsgiver: …", "Vi kan med glæde meddele, at …".
  String.raw`(?:^|[.!?] |\n)(?:I|[Vv]irksomheden) [^.\n:]{2,40} som: ?\n?${name}`,
  String.raw`(?:betales|udbetales|gives) til (?:arbejdsgiver|virksomhed|ansøger)(?:en)?: ?\n?${name}`,
  String.raw`jer som leverandør[^]{0,120}\nLeverandør: ${name}`,
  String.raw`(?:[Vv]i|[Kk]ommunen) (?:giver|meddeler|bevilger)(?: hermed)? ${name}`,
  String.raw`(?:^|\n|[.!?] )I er \p{L}{4,20}: ${name}`,
  String.raw`[Rr]egistreret som ${name}`,
  // "Fakturaen er udstedt af Nordisk Tag A/S", "Att.: ledelsen hos …", "Boligorganisationen … bedes".
  String.raw`[Ff]akturaen er udstedt af ${name}`,
  String.raw`(?:^|\n)(?:Att\.?:?|Til|Kære) [Ll]edelsen (?:hos|i) ${name}`,
  String.raw`(?:[Vv]edrører|[Gg]ælder|[Oo]m) virksomheden ${name}`,
  String.raw`(?:Boligorganisationen|Virksomheden|Foreningen) ${name} (?:bedes|skal|anmodes)`,
  String.raw`[Pp]ladsen er (?:reserveret|tildelt|givet) til ${name}`,
  String.raw`glæde meddele,? at ${name}(?= | \()`,
  // "Nævnet har den 1. maj meddelt Nordisk Tag A/S bevilling", "jeres tilbud, afgivet af …".
  String.raw`(?:[Kk]ommunen|[Vv]i|[Nn]ævnet|[Bb]evillingsnævnet) har (?:den [^.\n]{1,3}\.[^.\n]{4,20} )?(?:meddelt|givet|bevilget|tildelt) ${name}`,
  String.raw`[Jj]eres [\p{L} ]{2,30}, (?:afgivet|underskrevet) af ${name}`,
  String.raw`[Jj]eres faktura [^\n]{0,40}, udstedt af ${name}`,
  // "Affaldsgebyr - Nordisk Tag A/S", "Tilsyn hos Nordisk Tag A/S" in a subject or alone in a line.
  String.raw`(?:^|\n)(?=[^\p{Ll}])(?![^\n]{0,60} (?:er|bliver|har|skal|kan|vil|sker|sendes|betales|udføres|foretages|leveres) )[\p{L}\d ,.]{3,60}(?:(?: -| til| for| hos) | \()${name}\)?(?= ?(?:\(?,? ?(?:CVR|cvr)[^\n]{3,24})?(?:\n|$))`,
  // In a subject, which is one line.
  String.raw`^(?=[^\n]*$)(?:(?:SV|VS|RE|FW|FWD|Sv|Vs|Re|Fw): )*[\p{L}\d .]{3,60}(?:[,:]| -) ${name}`,
  // "Til Nordisk Tag A/S: Tilbud på vask" in a subject.
  String.raw`^Til ${name}:`,
  // "Nordisk Tag A/S, CVR-nr. 20304050" alone in a line.
  String.raw`(?:^|(?<![^\n]{40}[\p{Ll},])\n)${name},? \(?(?:CVR|cvr)(?:[-. ]?nr\.?)?[^\p{Ll}\n]{8,40}(?=\n|$)`,
  // "Brandsynet gælder Nordisk Tag A/S".
  String.raw`(?:[Tt]ilsynet|[Bb]randsynet|[Bb]esøget|[Kk]ontrollen|[Aa]fgørelsen|[Bb]evillingen|[Tt]illadelsen|[Gg]odkendelsen|[Rr]egningen) gælder(?: for)? ${name}`,
  // "Gebyret opkræves hos Nordisk Tag A/S".
  String.raw`(?:opkræves|opkrævet) (?:hos|af) ${name}`,
  // "Tilsynet er udført hos Nordisk Tag A/S".
  String.raw`(?:[Tt]ilsyn|[Bb]esøg|[Kk]ontrol|[Ii]nspektion)\p{L}{0,6} [^.\n]{0,40}hos ${name}`,
  // "Tilsyn på Nordisk Tag A/S", "ansøgningen fra Nordisk Tag A/S".
  String.raw`(?:(?:^|\n)(?:[Tt]ilsyn|[Bb]esøg|[Kk]ontrol) på|[Aa]nsøgning(?:en)? fra|[Aa]nmodning(?:en)? (?:om \p{L}+ )?fra|[Mm]ellem [^.\n]{3,40} [Kk]ommune og) ${name}`,
].map((pattern) => new RegExp(pattern, 'gu'));

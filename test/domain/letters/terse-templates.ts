import type { LetterTemplate } from './letter-generator.ts';

/** Letters by a third hand: formal letterheads, forms and short notes. */
export const terseTemplates: readonly LetterTemplate[] = [
  {
    subject: 'Afgørelse',
    text: `Hermed fremsendes afgørelse af {dato} vedrørende ansøgning om enkeltydelse.

{slut}`,
    pages: [`{by} Kommune
Ydelse og Økonomi
Rådhusstræde 3

{blok}

Dato: {dato}
Sagsbehandler: {sb}
Direkte telefon: {tlf}
Personnr.: {cpr}

AFGØRELSE

Du har den {dato} ansøgt om hjælp til flytning. Din ansøgning er imødekommet.

Klagevejledning
Du kan klage til Ankestyrelsen, 7998 Statsservice.

Med venlig hilsen
{sb}`],
  },
  {
    subject: 'Lægeerklæring LÆ 285',
    text: `{hilsen}

Din læge {laege} har sendt os en statusattest. Den ligger i bilaget.

{slut}`,
    pages: [`STATUSATTEST LÆ 285
Rekvirent: {by} Kommune, {sb}
Patientens navn: {navn}
Patientens personnummer: {cpr}
Lægens navn: {laege}
Ydernummer: 012345
Patienten har været sygemeldt siden {dato}.`],
  },
  {
    subject: 'Mødereferat',
    text: `Hej {fornavn}

Her er referatet. Sig til, hvis noget er forkert.

Hilsen {sbfornavn}`,
    pages: [`Referat
Deltagere: {fuldt}, {sb} (jobcentret), {sb2} (A-kassen)
{fuldt} fortæller, at ryggen er blevet bedre.
{sb} orienterer om reglerne. {sb2} følger op.`],
  },
  {
    subject: 'Varsling om opsigelse af lejemål',
    text: `Til lejer
{fuldt}
{adresse}

Lejemålet {adresse} opsiges til fraflytning {dato}. Udlejer er {partner} v/ advokat {laege}.

{slut}`,
  },
  {
    subject: 'Bekræftelse på navneændring',
    mayNameOther: true,
    text: `{hilsen}

Dit barn {barn} har fra {dato} navnet {barn}. CPR-nr. {barncpr}. Begge forældre, {modtager} og {partner}, har underskrevet.

{slut}`,
  },
  {
    subject: 'Ny sagsbehandler',
    mayNameOther: true,
    text: `{hilsen}

{sb} er stoppet. Din nye sagsbehandler er {sb2}, som træffes på {tlf} eller sb@kommune.dk. {sb2} har læst sagen.

{slut}`,
  },
  {
    subject: 'Praktikaftale',
    text: `{hilsen}

Vedhæftet er aftalen. {firma} v/ {laege} har skrevet under.

{slut}`,
    pages: [`PRAKTIKAFTALE

mellem {firma}, {vej}
og
{fuldt}, cpr.nr. {cprd}

Kontaktperson i virksomheden: {laege}
Kontaktperson i jobcentret: {sb}
Periode: {dato} - {dato}`],
  },
  {
    subject: 'Ansøgning om personligt tillæg',
    text: `{hilsen}

Vi mangler:
1. Kontoudtog for konto 5470 {faktura}
2. Din ægtefælles årsopgørelse ({partner}, {partnercpr})
3. Kvittering fra tandlæge {laege}

Send det til {sb} senest {dato}.

{slut}`,
  },
  {
    subject: 'Underretning fra skolen',
    mayNameOther: true,
    text: `{hilsen}

Vi har modtaget en underretning fra {skole} om {barn}, {barncpr}. Socialrådgiver {sb} og psykolog {sb2} vil gerne tale med jer.

Mødet er på {vej} den {dato}.

{slut}`,
  },
  {
    subject: 'Helhedsorienteret plan',
    mayNameOther: true,
    text: `{hilsen}

Planen for dig og dine børn {barnfornavn} og {barn2fornavn} er klar.

{slut}`,
    pages: [`HELHEDSORIENTERET PLAN

Til: {fuldt}
CPR: {cprd}
Børn: {barn} ({barncpr}) og {barn2} ({barn2cpr})

Familiekonsulent {sb} kommer hver uge.`],
  },
  {
    subject: 'Vandmåler: aflæsning',
    text: `{blok}

Målernr. {faktura}, installationsnr. {faktura}
Aftagenr. {faktura}

{hilsen}

Aflæs måleren senest {dato}. Vi besøger ikke {vej}.

{slut}`,
  },
  {
    subject: 'Skadedyr: tilbagemelding',
    text: `{hilsen}

Du har anmeldt rotter på {vej}. Ejendommens ejer er {partner}. {firma} kommer den {dato}.

{slut}`,
  },
  {
    subject: 'Tilbud om ældrebolig',
    text: `{hilsen}

Vi tilbyder dig bolig nr. 12 i {plejehjem}. Fremvisning ved inspektør {sb2}. Din søn {partner} er velkommen til at tage med.

Svar på cpr.nr. {cpr} til {sb}.

{slut}`,
  },
  {
    subject: 'Høring om vej',
    relative: true,
    text: `Til ejeren af {vej}

{partner} har søgt om at nedlægge stien over din grund. Har du indsigelser?

{slut}`,
  },
  {
    subject: 'Psykologsamtaler',
    text: `Kære {fornavn} {efternavn}

Du er henvist til {laege}, som er autoriseret psykolog. Tag selv kontakt på {tlf}.

{slut}`,
    pages: [`HENVISNING

Henviste: {fuldt}
Født: {dato}
CPR-nr: {cprd}

Til: Psykologerne på {vej}
Att. {laege}

{fuldt} har brug for op til ti samtaler.`],
  },
  {
    subject: 'Kørselsgodtgørelse',
    text: `{hilsen}

Du får 412 kr. for kørsel til {hospital}. Din ledsager {partner} får ikke dækket sin rejse.

{slut}`,
  },
  {
    subject: 'Tilskud til fritidsaktivitet',
    mayNameOther: true,
    text: `{hilsen}

{barn} kan få 1.000 kr. til gymnastik i {institution}. Kontingentet betales direkte til foreningens kasserer {sb2}.

{slut}`,
  },
  {
    subject: 'Tilkendelse af kontantydelse til {fuldt}',
    text: `{hilsen}

Se bilaget.

{slut}`,
    pages: [`{fuldt}
{adresse}

CPR-nr. {cprd}   Sagsnr. {sagsnr}

Kære {fornavn} {efternavn}

Du får 8.112 kr. om måneden.

Venlig hilsen
{sb}`],
  },
  {
    subject: 'Boligsikring: stikprøve',
    text: `{hilsen}

Ifølge BBR bor {partner} og {barn2} også på {adresse}. Er det rigtigt?

CPR {cpr}

{slut}`,
  },
  {
    subject: 'Legater i {by}',
    text: `{hilsen}

Fabrikant Jens Olsen og hustru Karen Olsens Legat kan søges inden {dato}. Skemaet sendes til fondens sekretær, {sb2}.

{slut}`,
  },
  {
    subject: 'Tid hos kommunallæge',
    mayNameOther: true,
    text: `{hilsen}

Du skal møde hos kommunallæge {laege} den {dato}. Tag dit sundhedskort med.

CPR-nr.: {cpr}
Navn: {navn}

{slut}`,
  },
  {
    subject: 'Forældrebetaling',
    text: `{blok}

Barn: {barn}
Institution: {institution}
Betaler: {modtager}
Betales til: 3 {faktura}

{slut}`,
  },
  {
    subject: 'Borgerstyret personlig assistance',
    text: `{hilsen}

Vi har godkendt {partner} og {sb2} som hjælpere. Lønnen udbetales den {dato}.

{slut}`,
  },
  {
    subject: 'Tilbagebetaling',
    text: `{hilsen}

{by} Kommune kræver 3.220 kr. tilbage. Kravet er opgjort af {sb}.

{slut}`,
    pages: [`GÆLD TIL DET OFFENTLIGE

Skyldner: {navn}
Cpr-nr. {cpr}
Kreditor: {by} Kommune
Fordringsnr. {faktura}

Hæfter sammen med: ingen`],
  },
  {
    subject: 'Bisættelse',
    relative: true,
    text: `{hilsen}

Efter aftale med bedemand {laege} er {mor}s urne sat ned på kirkegården. {mor} (cpr {morcpr}) har gravplads nr. 114.

{slut}`,
  },
  {
    subject: 'Fritagelse for Digital Post',
    text: `{hilsen}

Din ven {partner} har hjulpet med ansøgningen. Vi har fritaget dig.

{slut}`,
  },
  {
    subject: 'Job i {by}',
    text: `Hej {fornavn}

Jeg har sendt dit cv til {laege} i {firma}. Vh {sbfornavn}`,
  },
  {
    subject: 'Påbud om håndtering af olietank',
    to: 'company',
    text: `{firma-selv}
{adresse}

Påbud

I skal sløjfe tanken inden {dato}. Tidligere ejer {partner} oplyser, at den er tømt. Sagen er behandlet af {sb}.

{slut}`,
  },
  {
    subject: 'Refusion vedr. elev',
    to: 'company',
    text: `Kære lønbogholder

Vi har anvist 9.120 kr. i refusion for {partner}, cpr.nr. {partnercpr}, ansat hos jer siden {dato}.

{slut}`,
  },
  {
    subject: 'Sv: Plads',
    mayNameOther: true,
    text: `Hej {fornavn}

Ja, {barnfornavn} kan begynde på mandag. Spørg efter {sb2}.

Kh {sbfornavn}

Den {dato} skrev {modtager} <borger@example.dk>:
> Kære {sbfornavn}
> Kan {barn} begynde på mandag?
> Mvh {modtager}`,
  },
];

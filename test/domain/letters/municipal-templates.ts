import type { LetterTemplate } from './letter-generator.ts';

/**
 * Letters as Danish municipalities write them, with places for people ({hilsen}, {blok}, {navn}, {cpr}: the recipient's;
 * {barn}, {partner}, {mor}, {sb}, {laege}, {firma} …: others who are rightly there). `pages` are attached PDFs.
 */
export const municipalTemplates: readonly LetterTemplate[] = [
  {
    subject: 'Indkaldelse til jobsamtale',
    text: `{blok}

{dato}
Sagsnr. {sagsnr}

{hilsen}

Du skal komme til samtale i Jobcenter {by} den {dato} kl. 10.30. Samtalen er med din jobkonsulent {sb}.

Hvis du bliver syg, skal du ringe til os på tlf. {tlf} inden kl. 9.

{slut}`,
  },
  {
    subject: 'Afgørelse om sygedagpenge',
    text: `{hilsen}

Vi har den {dato} behandlet sagen om sygedagpenge for {navn}, cpr-nr. {cpr}.

Din arbejdsgiver, {firma}, har oplyst, at du har været syg siden den {dato}. Din læge, {laege}, har sendt en attest.

Du kan klage til Ankestyrelsen inden fire uger.

{slut}`,
    pages: [`Jobcenter {by}
{blok}

{dato}
Sag {sagsnr}

Afgørelse til {navn}
CPR-nr.: {cpr}

{hilsen}
Du har ret til sygedagpenge fra den {dato}. Udbetalingen sker til din NemKonto.

Venlig hilsen
{sb}
Sygedagpengekonsulent`],
  },
  {
    subject: 'Plads i dagpleje',
    text: `{hilsen}

Vi kan tilbyde {barn} ({barncpr}) plads i dagplejen på {vej} fra den {dato}.

{barnfornavn}s dagplejer hedder {sb2}, og I er velkomne til at ringe til hende på {tlf}.

Svar senest den {dato} på borger.dk.

{slut}`,
  },
  {
    subject: 'Tilbud om plads i børnehave',
    text: `Til forældrene til {barn}

Vi er glade for at kunne tilbyde jeres barn plads i {institution}.

Barnets navn: {barn}
Barnets CPR-nr.: {barncpr}
Startdato: {dato}

Til: {navn}, CPR-nr. {cpr}

{slut}`,
  },
  {
    subject: 'Indskrivning i 0. klasse',
    text: `{hilsen}

{barn} er optaget på {skole} fra august. Klasselæreren bliver {sb2}.

Har du spørgsmål til SFO, kan du kontakte SFO-leder {sb} på {tlf}.

{slut}`,
    pages: [`{skole}
{dato}

Bekræftelse på optagelse

Elev: {barn}
Elevens CPR-nr.: {barncpr}

Til {navn}

{skole} byder velkommen. Skolens leder hedder {sb}.`],
  },
  {
    subject: 'Bevilling af hjemmehjælp',
    text: `{hilsen}

Visitationen har bevilget dig hjælp til rengøring hver anden uge. Hjælpen leveres af {firma}.

Du er velkommen til at ringe til visitator {sb} på {tlf}, hvis din situation ændrer sig.

{slut}`,
    pages: [`{by} Kommune
Sundhed og Omsorg
{blok}

Bevilling efter servicelovens § 83

Navn: {navn}
CPR-nr.: {cpr}
Leverandør: {firma}
Visitator: {sb}

Du er bevilget 45 minutters rengøring hver 14. dag.`],
  },
  {
    subject: 'Din mor er visiteret til en plejebolig',
    relative: true,
    text: `{hilsen}

Du er registreret som pårørende til {mor}, cpr. {morcpr}. Din mor er den {dato} visiteret til en plejebolig på {plejehjem}.

Lederen, {sb2}, ringer til dig i næste uge.

{slut}`,
  },
  {
    subject: 'Byggetilladelse',
    text: `{blok}

Byggetilladelse til carport på {vej}
Matr.nr. 12ab, {by} Markjorder
Sagsnr.: {sagsnr}

{hilsen}

Du har søgt om tilladelse til at opføre en carport. Ansøgningen er indsendt af {firma}. Naboen har ingen bemærkninger.

Byggesagsbehandler {sb} har gennemgået tegningerne.

{slut}`,
  },
  {
    subject: 'Naboorientering om byggeri',
    relative: true,
    text: `{hilsen}

{partner} har søgt om dispensation til at bygge en udestue på {vej}. Du får brevet, fordi du er nabo til ejendommen.

Bemærkninger sendes til Byg og Miljø senest den {dato}.

{slut}`,
  },
  {
    subject: 'Opkrævning af ejendomsskat',
    text: `{blok}

Faktura nr. {faktura}
Kundenr. {faktura}
Forfaldsdato {dato}

{hilsen}

Vi opkræver hermed 2. rate af ejendomsskatten for {vej}. Beløbet trækkes på konto 1234 {faktura}.

{slut}`,
    pages: [`OPKRÆVNING
{by} Kommune, Opkrævningen, EAN {ean}
Faktura: {faktura}   Dato: {dato}

{blok}

Debitor: {navn}
Beløb i alt: 12.345,67 kr.
+71<{fik}+81234567<`],
  },
  {
    subject: 'Rykker for ubetalt regning',
    text: `{hilsen}

Vi kan se, at du ikke har betalt faktura {faktura} på 1.250 kr. Beløbet skal betales senest den {dato}.

Vil du have en afdragsordning, så skriv til {sb} i Opkrævningen.

{slut}`,
  },
  {
    subject: 'Boligstøtte: vi mangler oplysninger',
    text: `{hilsen}

Du har søgt om boligstøtte sammen med din samlever {partner} (CPR {partnercpr}). Vi mangler lejekontrakten, som er udstedt af {firma}.

Dit CPR-nr.: {cpr}

{slut}`,
  },
  {
    subject: 'Din ansøgning om boligstøtte',
    text: `{navn}
{adresse}

{hilsen}

Husstanden består af:
{navn}, {cpr}
{partner}, ægtefælle, {partnercpr}
{barn}, barn, {barncpr}

Vi har beregnet støtten til 1.045 kr. om måneden.

{slut}`,
  },
  {
    subject: 'SU og studiestøtte under orlov',
    text: `{hilsen}

Vi har fået besked fra {skole} om, at du har orlov. Derfor stoppes din SU den {dato}.

Har du børn, kan du søge ekstra støtte. Ring til vejleder {sb} på {tlf}.

{slut}`,
  },
  {
    subject: 'Dit nye pas ligger klar',
    text: `{hilsen}

Dit pas ligger klar til afhentning i Borgerservice, {vej}. Husk billedlegitimation. Pas nr. {faktura}.

Passet kan hentes af en anden, hvis du giver fuldmagt.

{slut}`,
  },
  {
    subject: 'Fornyelse af kørekort',
    text: `{blok}

{hilsen}

Dit kørekort udløber den {dato}. Bestil tid i Borgerservice, og tag en lægeattest med, hvis du har fået helbredsvilkår. Attesten kan udfyldes af {laege}.

{slut}`,
    pages: [`Ansøgning om kørekort

Fulde navn: {navn}
Personnummer: {cpr}
Adresse: {adresse}

Lægeattest udstedt af læge {laege}`],
  },
  {
    subject: 'Parkeringsafgift',
    text: `{blok}

Afgiftsnr.: {faktura}
Sted: {vej}

{hilsen}

Din bil blev den {dato} pålagt en afgift på 510 kr. P-vagt nr. 12 skrev afgiften. Klagen behandles af {sb}.

{slut}`,
  },
  {
    subject: 'Bevilling af hjælpemiddel',
    text: `{hilsen}

Vi har modtaget ansøgningen om en rollator. Ergoterapeut {sb} kommer på besøg den {dato}.

{slut}`,
    pages: [`Bevilling til {navn}
CPR {cpr}

{hilsen}

Du er bevilget en rollator. Den leveres af {firma}. Ergoterapeut: {sb}.
Telefon {tlf}`],
  },
  {
    subject: 'Tandpleje til børn og unge',
    text: `{hilsen}

Det er tid til et eftersyn af {barnfornavn}s tænder. {barn}, {barncpr}, har fået tid den {dato} hos tandlæge {laege}.

{slut}`,
  },
  {
    subject: 'Sundhedsplejersken kommer på besøg',
    text: `{hilsen}

Tillykke med jeres datter {barn}. Sundhedsplejerske {sb} kommer hjem til jer på {adresse} den {dato}.

{slut}`,
  },
  {
    subject: 'Samvær og forældremyndighed',
    text: `{hilsen}

Vi har holdt møde med barnets far, {partner} ({partnercpr}), om samværet med {barn}. Familierådgiver {sb} har skrevet referatet.

Referatet er vedhæftet.

{slut}`,
    pages: [`REFERAT AF MØDE
Til: {navn}
Til stede: {modtager}, {partner} (barnets far), {sb} (familierådgiver)
Dato: {dato}

{partner} foreslår samvær hver anden weekend. {modtager} er enig.

{sb} laver en plan og sender den til parterne.`],
  },
  {
    subject: 'Kontanthjælp: du skal aflevere oplysninger',
    text: `{hilsen}

Ydelsescenteret behandler din sag om kontanthjælp. Vi mangler kontoudtog for konto 4321 {faktura} og din ægtefælles lønsedler. Din ægtefælle er {partner}.

CPR: {cpr}
Sagsbehandler: {sb}

{slut}`,
  },
  {
    subject: 'Handleplan',
    text: `{hilsen}

Vedhæftet er den handleplan, som du og {sb} talte om.

{slut}`,
    pages: [`Handleplan for {navn}
CPR-nummer {cpr}
Udarbejdet af {sb}, socialrådgiver

Mål: Praktik hos {firma} fra den {dato}.
Mentor: {sb2}`, `Handleplan, side 2
Kontaktperson: {sb}
Telefon: {tlf}`],
  },
  {
    subject: 'Førtidspension',
    text: `{blok}

Vedrørende: {navn}, {cpr}

{hilsen}

Rehabiliteringsteamet har den {dato} behandlet din sag. Overlæge {laege} deltog i mødet.

Afgørelsen om førtidspension får du senest den {dato}.

{slut}`,
  },
  {
    subject: 'Folkepension og ældrecheck',
    text: `{hilsen}

Udbetaling Danmark har givet os besked om, at du har ret til ældrecheck. Din NemKonto er registreret som 9876 {faktura}.

{slut}`,
  },
  {
    subject: 'Lån af lokale på biblioteket',
    text: `{hilsen}

Tak for din henvendelse. Du kan låne mødelokalet på {vej} den {dato}. Nøglen hentes hos bibliotekar {sb2}.

Samme aften holder forfatteren {laege} foredrag i salen.

{slut}`,
  },
  {
    subject: 'Tilskud fra kulturpuljen',
    text: `{blok}

{hilsen}

Kulturudvalget har givet tilskud til jeres projekt "Sommer på {vej}". Tilskuddet på 10.000 kr. udbetales til reg. 1234 konto {faktura}.

Udvalgets formand er {sb2}.

{slut}`,
  },
  {
    subject: 'Vaccination af ældre',
    text: `{hilsen}

Du tilbydes vaccination mod influenza på {hospital} den {dato}. Du kan også blive vaccineret hos {laege}, din egen læge.

{slut}`,
  },
  {
    subject: 'Genoptræning efter sygehusophold',
    text: `{hilsen}

Vi har modtaget din genoptræningsplan fra {hospital}. Fysioterapeut {sb} indkalder dig til den første træning den {dato}.

CPR-nr. {cpr}

{slut}`,
    pages: [`GENOPTRÆNINGSPLAN
{hospital}
Patient: {navn}
CPR: {cpr}
Ansvarlig læge: {laege}

Patienten er opereret den {dato} og har behov for genoptræning.`],
  },
  {
    subject: 'Flytning og folkeregister',
    text: `{hilsen}

Du har anmeldt flytning til {adresse}. Udlejer {partner} har bekræftet, at du bor der. {barn} og {partner} er ikke omfattet af anmeldelsen.

{slut}`,
  },
  {
    subject: 'Tilsyn med plejefamilie',
    text: `{hilsen}

Vi kommer på tilsyn den {dato}. Vi taler med jer og med jeres plejebarn {barn} (cpr.nr. {barncpr}). Tilsynet føres af {sb}.

{slut}`,
  },
  {
    subject: 'Værgemål',
    relative: true,
    text: `{hilsen}

Du er værge for {mor}, født den {dato}, cpr.nr. {morcpr}. Vi skal bruge et regnskab for {mor}s formue senest den {dato}.

Regnskabet sendes til {sb} i Borgerservice.

{slut}`,
  },
  {
    subject: 'Begravelseshjælp',
    relative: true,
    text: `{hilsen}

Vi har modtaget din ansøgning om begravelseshjælp efter {mor}. Hjælpen udbetales til boet efter {mor} ved advokat {laege}.

{slut}`,
  },
  {
    subject: 'Refusion af sygedagpenge',
    to: 'company',
    text: `{hilsen}

I har søgt om refusion for jeres medarbejder {partner}, CPR {partnercpr}. Refusionen er udbetalt til jeres NemKonto.

Sagsnr.: {sagsnr}

{slut}`,
  },
  {
    subject: 'Tilladelse til udeservering',
    to: 'company',
    text: `{blok}

CVR-nr.: {cvr}

{hilsen}

I får tilladelse til udeservering på {vej}. Kontakt {sb} i Vej og Park, hvis I vil ændre arealet.

{slut}`,
  },
  {
    subject: 'Virksomhedspraktik',
    to: 'company',
    text: `Att.: {sb2}

{hilsen}

{partner} ({partnercpr}) kan begynde i virksomhedspraktik hos jer den {dato}. Jobkonsulent {sb} følger op.

{slut}`,
  },
  {
    subject: 'Re: Spørgsmål om min sag',
    text: `{hilsen}

Tak for din mail. Jeg har talt med {sb2} i Ydelsescenteret, og din sag er på vej.

{slut}

Fra: {modtager}
Sendt: {dato}
Til: {sb}
Emne: Spørgsmål om min sag

Hej {sbfornavn}

Hvor langt er I med min sag?

Hilsen {modtager}`,
  },
  {
    subject: 'Svar på aktindsigt',
    text: `{hilsen}

Du får hermed aktindsigt i din egen sag. Sagens akter er vedhæftet.

{slut}`,
    pages: [`AKTLISTE
Sag: {sagsnr}
Part: {navn}

1. Ansøgning fra {navn} den {dato}
2. Notat af {sb} den {dato}
3. Lægeerklæring fra {laege}
4. Svar fra {firma}`],
  },
  {
    subject: 'Støtte til bil',
    text: `{hilsen}

Vi har modtaget {navn-ejes} ansøgning om støtte til bil. {sb}, som er sagsbehandler i Handicap, kontakter dig.

{slut}`,
  },
  {
    subject: 'Your application for housing benefit',
    text: `Dear {fornavn}

We have received your application. Your CPR number is {cpr}. Your spouse, {partner}, must sign the form.

If you have any questions, contact your case officer {sb} on {tlf}.

Kind regards
{sb}`,
  },
];

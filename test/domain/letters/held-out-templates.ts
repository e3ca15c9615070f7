import type { LetterTemplate } from './letter-generator.ts';
import type { NameSet } from './letter-people.ts';

/** Letters and names that the check was not written by: what it does to them is measured, and it is not fitted to them. */
export const heldOutTemplates: readonly LetterTemplate[] = [
  {
    subject: 'Kvittering for flytteanmeldelse',
    text: `{hilsen}

Vi har registreret din flytning til {adresse} pr. {dato}.

Følgende personer flytter med dig:
- {partner}, {partnercpr}
- {barn}, {barncpr}

Du behøver ikke foretage dig mere.

{slut}`,
  },
  {
    subject: 'Partshøring om tilbagebetaling af kontanthjælp',
    text: `Til {fuldt}
CPR-nummer: {cprd}

Vi overvejer at kræve 14.250 kr. tilbage. Det skyldes, at du ifølge vores oplysninger har boet sammen med {partner} siden {dato}.

Du har 14 dage til at sende dine bemærkninger til {sb}.

{slut}`,
  },
  {
    subject: 'Opfølgning på fravær i skolen',
    mayNameOther: true,
    text: `Kære {fornavn} {efternavn}

{barnfornavn} går i 6. klasse på {skole} og har haft mere end 15 procent fravær. Skoleleder {sb2} vil gerne holde et møde med jer den {dato}.

På mødet deltager også {laege}, som er psykolog i PPR.

{slut}`,
  },
  {
    subject: 'Bevilling af fast læge ved flytning',
    text: `{hilsen}

Dit nye sundhedskort er på vej. Din nye læge er {laege}, {vej}.

Kortet sendes til:
{fuldt}
{adresse}

{slut}`,
  },
  {
    subject: 'Afslag på byggetilladelse',
    text: `{blok}

Ejendom: {vej}
Ejer: {modtager}
Arkitekt: {laege}

{hilsen}

Kommunen kan ikke give tilladelse til tagterrassen. Der er kommet indsigelser fra {partner}, {vej}, og fra ejerforeningen ved formand {sb2}.

{slut}`,
  },
  {
    subject: 'Ophør af dagtilbud',
    mayNameOther: true,
    text: `Kære {fornavn}

Vi bekræfter, at {barn} stopper i {institution} den {dato}. {barnfornavn}s søskende {barn2} beholder sin plads.

Restbeløbet på 1.820 kr. indbetales til konto 0400 {faktura}.

Med venlig hilsen
Pladsanvisningen`,
  },
  {
    subject: 'Indkaldelse til rehabiliteringsmøde',
    text: `{hilsen}

Du indkaldes til møde i rehabiliteringsteamet {dato} kl. 13.

Deltagere:
{sb}, mødeleder
{sb2}, sundhedskoordinator
{laege}, din socialrådgiver
Du er velkommen til at tage en bisidder med.

{slut}`,
    pages: [`REHABILITERINGSPLAN - FORBEREDENDE DEL

Borgerens navn: {navn}
Personnummer: {cpr}
Udfyldt af: {sb}

Helbred: Borgeren oplyser, at fysioterapeut {laege} har lavet et træningsprogram.
Arbejde: Senest ansat hos {firma}.`],
  },
  {
    subject: 'Fakturering af rottebekæmpelse',
    text: `{blok}

Fakturanr. {faktura}
EAN-nr. {ean}

{hilsen}

Skadedyrsbekæmper {sb2} har været på {vej} den {dato}. Udgiften er 890,00 kr. inkl. moms.

{slut}`,
  },
  {
    subject: 'Ledsagelse efter § 97',
    mayNameOther: true,
    text: `{hilsen}

Du er bevilget 15 timers ledsagelse om måneden efter servicelovens § 97. {partner} er ansat som din ledsager fra {dato}.

Afgørelsen er truffet af {sb}.

{slut}`,
    pages: [`AFGØRELSE

{fuldt}
{adresse}
CPR: {cprd}

Du har søgt om ledsagelse. Vi har bevilget 15 timer om måneden.

Sagsbehandler: {sb}
Telefontid: 9-12, {tlf}`],
  },
  {
    subject: 'Prøvelsesattest og vielse på rådhuset',
    text: `{hilsen}

I skal vies den {dato} kl. 11 i byrådssalen. Attesten er udstedt til {fuldt} ({cpr}) og {partner} ({partnercpr}). Giftefoged er {sb2}.

Husk to vidner.

{slut}`,
  },
  {
    subject: 'Omsorgs- og ansvarserklæring',
    mayNameOther: true,
    text: `{hilsen}

{partner} er registreret som far til {barn}, født {dato}, med personnummer {barncpr}. I har begge forældremyndigheden.

{slut}`,
  },
  {
    subject: 'Din klage over parkeringsafgift',
    text: `Kære {fuldt}

Vi har set på din klage over afgift nr. {faktura}, som blev givet på {vej} {dato}. Bilen er registreret på {firma}.

Vi fastholder afgiften. Beløbet kan betales på reg.nr. 3627, konto {faktura}.

{slut}`,
  },
  {
    subject: 'Forebyggende hjemmebesøg',
    mayNameOther: true,
    text: `Kære {fornavn}

{sb} fra Forebyggelse og Sundhed vil gerne besøge dig på {adresse} {dato} kl. 10.

Passer tiden ikke, så ring {tlf}. Din datter {partner} er også velkommen.

{slut}`,
  },
  {
    subject: 'Anbringelse uden for hjemmet',
    relative: true,
    text: `{hilsen}

Børne- og Ungeudvalget har den {dato} besluttet, at {barn} (CPR {barncpr}) fortsat skal bo hos plejefamilien {sb2} og {laege}.

Advokat {partner} kan bistå dig i sagen.

{slut}`,
  },
  {
    subject: 'Vurdering af boligbehov',
    text: `{hilsen}

Hermed svar på din henvendelse om en ældrebolig.

{slut}`,
    pages: [`Notat
Sag: {sagsnr}
Ansøger: {navn}
Født: {dato}

{navn} har søgt om en ældrebolig i {plejehjem}. Datteren {partner} deltog i samtalen. Visitator {sb} har besøgt hjemmet.

Vurdering: Ansøgeren opfylder betingelserne.`, `Notat, fortsat
Afgørelsen meddeles ansøger {cpr} i Digital Post.`],
  },
  {
    subject: 'Ændring af din folkepension',
    text: `Hej {fornavn}

Din pension ændres, fordi du er blevet gift med {partner} (cpr-nr. {partnercpr}). Det nye beløb er 9.873 kr. før skat.

{slut}`,
  },
  {
    subject: 'Uddannelsespålæg',
    text: `{hilsen}

Du har fået uddannelsespålæg og skal søge ind på en uddannelse inden {dato}. Vejlederen på {skole} hedder {sb2}. Mød op hos os på {vej}.

Dit personnummer er {cpr}.

{slut}`,
    pages: [`UDDANNELSESPÅLÆG

Udstedt til: {navn}
Cpr.nr.: {cpr}
Udstedt af: {sb}, Jobcenter {by}

Du skal søge mindst to uddannelser.`],
  },
  {
    subject: 'Samtykke til indhentning af oplysninger',
    text: `{hilsen}

Underskriv venligst det vedhæftede samtykke, så vi kan tale med {laege} på {hospital} og med {sb2} i A-kassen.

{slut}`,
    pages: [`SAMTYKKEERKLÆRING

Jeg, {fuldt}, {cpr}, giver samtykke til, at {by} Kommune må indhente oplysninger hos:

- egen læge: {laege}
- sygehus: {hospital}
- arbejdsgiver: {firma}

Dato og underskrift: ____________`],
  },
  {
    subject: 'Restancer på daginstitution',
    mayNameOther: true,
    text: `{hilsen}

Du skylder 2.140 kr. for {barnfornavn}s plads i {institution}. Hvis du ikke betaler senest {dato}, overgår gælden til Gældsstyrelsen.

Kontrolnummer: {faktura}

{slut}`,
  },
  {
    subject: 'Legat fra fonden',
    text: `Kære {fornavn} {efternavn}

Bestyrelsen for Købmand Anders Petersens Mindelegat har besluttet at give dig 5.000 kr. Pengene er skænket af {mor} i 1987.

Formand for bestyrelsen er borgmester {sb2}.

{slut}`,
  },
  {
    subject: 'Tilmelding til svømmehold',
    text: `Hej {fornavn} {efternavn},

Du er tilmeldt babysvømning om tirsdagen. Instruktøren hedder {sb2}. Bookingnr. {faktura}.

Vi ses i {vej}.

{slut}`,
  },
  {
    subject: 'Kørsel til genoptræning',
    text: `{hilsen}

Du bliver hentet af {firma} den {dato}. Chauffør {sb2} ringer på. Træningen foregår på {plejehjem} hos {laege}.

CPR: {cpr}

{slut}`,
  },
  {
    subject: 'Revurdering af tabt arbejdsfortjeneste',
    mayNameOther: true,
    text: `{hilsen}

Vi skal revurdere din bevilling, som du får for at passe {barn} ({barncpr}), der har et handicap. Send os derfor nye oplysninger fra {hospital} og fra {skole}.

{slut}`,
    pages: [`Bevilling efter barnets lov § 87

Modtager: {navn}, CPR {cpr}
Barn: {barn}, CPR {barncpr}

Ydelse pr. måned: 11.250 kr.
Rådgiver: {sb}`],
  },
  {
    subject: 'Lån til beboerindskud',
    text: `{blok}

{hilsen}

Kommunen har bevilget et lån på 18.000 kr. til indskuddet i {firma}. Medlåner er {partner}, født {dato}.

Gældsbrevet ligger klar til underskrift.

{slut}`,
    pages: [`GÆLDSBREV

Låntager: {fuldt}
Personnr.: {cprd}
Medlåntager: {partner}
Personnr.: {partnercpr}

Lånet er rentefrit.`],
  },
  {
    subject: 'Svar på ansøgning om merudgifter',
    text: `{hilsen}

Du har fået bevilget 1.100 kr. om måneden. Beregningen er foretaget af {sb}, og du kan få den gennemgået af din rådgiver {sb2}.

{slut}`,
    pages: [`{by} Kommune, Voksen og Handicap

{fuldt}, {adresse}

Opgørelse af merudgifter
Medicin 400 kr.
Befordring 700 kr.

I alt 1.100 kr. til {fuldt}.`],
  },
  {
    subject: 'Anmodning om oplysninger om din mor',
    relative: true,
    text: `{hilsen}

Vi behandler en sag om hjælp til din mor, {mor}, cpr. {morcpr}. {morfornavn} har oplyst, at du hjælper hende med økonomien.

Ring til {sb} på {tlf}.

{slut}`,
  },
  {
    subject: 'Dødsfald: nøgler til lejligheden',
    relative: true,
    text: `{hilsen}

Vi kondolerer. {mor} er afgået ved døden den {dato}, og boligen på {vej} skal tømmes inden en måned. Bobestyrer er {laege}.

Nøglen afleveres til vicevært {sb2}.

{slut}`,
  },
  {
    subject: 'Fuldmagt til Digital Post',
    relative: true,
    text: `{hilsen}

{mor} har givet dig fuldmagt til at læse sin post. Hendes personnummer er {morcpr}. Fuldmagten gælder til {dato}.

{slut}`,
  },
  {
    subject: 'Nyt om dit fritidspas',
    mayNameOther: true,
    text: `Hej {fornavn}

Du har fået fritidspas og kan gå til fodbold i klubben. Træneren er {sb2}, og holdlederen er {laege}.

{slut}`,
  },
  {
    subject: 'Lønrefusion ved barsel',
    to: 'company',
    text: `{hilsen}

Vedrørende: {partner}, {partnercpr}

I kan få refusion for perioden {dato} til {dato}. Beløbet sættes ind på jeres NemKonto.

{slut}`,
  },
  {
    subject: 'Påbud efter miljøbeskyttelsesloven',
    to: 'company',
    text: `{blok}

CVR-nr. {cvr}

Påbud om støjdæmpning på {vej}

Kommunen har målt støjen den {dato}. {partner} har klaget over støjen. Driftsleder {sb2} var til stede ved tilsynet.

{slut}`,
  },
  {
    subject: 'Aftale om løntilskud',
    to: 'company',
    text: `{hilsen}

Vi har godkendt løntilskud til {partner} (CPR-nr. {partnercpr}) i seks måneder. Jeres kontaktperson i jobcentret er {sb}.

{slut}`,
  },
  {
    subject: 'Sv: Støj fra varmepumpe',
    text: `Hej {fornavn}

Tak for din mail til borgmester {sb2}. Jeg svarer på hans vegne.

Sagen ligger hos {laege} i Teknik og Miljø, som vender tilbage.

{slut}

-----Oprindelig meddelelse-----
Fra: {modtager}
Sendt: {dato}
Til: {sb2}
Emne: Støj

Kære {sb2}

Der er meget støj på {vej}.`,
  },
  {
    subject: 'Decision on your residence registration',
    mayNameOther: true,
    text: `{blok}

Dear {fuldt},

You have been registered at {adresse} together with your wife {partner} and your son {barn}. Your CPR number: {cprd}.

If you have questions, please contact {sb} at the Citizen Service.

Best regards
{sb}`,
  },
  {
    subject: 'Bekræftelse på bestilt tid i Borgerservice',
    text: `{hilsen}

Du har bestilt tid til legitimationskort {dato} kl. 9.15. Medbring dåbsattest.

Navn: {fuldt}
Bookingnummer: {faktura}
Sted: {vej}

{slut}`,
  },
  {
    subject: 'Status på din arbejdsskade',
    text: `Kære {fornavn} {efternavn},

Arbejdsmarkedets Erhvervssikring har bedt os om oplysninger. {firma} har anmeldt skaden, og kollegaen {partner} er vidne.

{slut}`,
    pages: [`Notat om arbejdsskade
Skadelidte: {fuldt}
Cpr: {cprd}
Arbejdsgiver: {firma}
Vidne: {partner}`],
  },
];

export const heldOutNames: NameSet = {
  women: ['Annelise', 'Bodil', 'Cathrine', 'Ditte', 'Ellen', 'Gudrun', 'Henriette', 'Josefine', 'Katja', 'Lone', 'Maria', 'Nadia', 'Pernille', 'Rikke', 'Solveig', 'Tove', 'Vibeke', 'Zainab', 'Ana', 'Marie Louise', 'Aya', 'Asta', 'Sigga', 'Dilan'],
  men: ['Anders', 'Bjarne', 'Carsten', 'Daniel', 'Esben', 'Frederik', 'Gunnar', 'Henrik', 'Ivan', 'Jacob', 'Kim', 'Leif', 'Mogens', 'Nikolaj', 'Ole', 'Poul Erik', 'Rasmus', 'Svend', 'Torben', 'Uffe', 'Vagn', 'Yusuf', 'Deniz', 'Teo'],
  surnames: ['Andersen', 'Christensen', 'Pedersen', 'Rasmussen', 'Jørgensen', 'Olsen', 'Mortensen', 'Poulsen', 'Knudsen', 'Mikkelsen', 'Laursen', 'Bruun', 'Dam', 'Eskildsen', 'Frandsen', 'Gade', 'Højgaard', 'Iversen', 'Juhl', 'Krogsgaard', 'Lauridsen', 'Munk', 'Nygaard', 'Overgaard', 'Ravn', 'Steffensen', 'Toft', 'Uhrskov', 'Villadsen', 'Ølgaard', 'Aagaard'],
  middleNames: ['Kragh', 'Elisabeth', 'Skou', 'Vang', 'Bang', 'Alexander', 'Lykke', 'Riis', 'Hald', 'Søgaard'],
  whole: [
    'Baltser von Bülow', 'Ingeborg van Deurs', 'Amalie de Neergaard', 'Hassan al-Masri', 'Fadumo Abdi Warsame', 'Thuy Duong Pham', 'Łukasz Wójcik', 'Svetlana Ivanova', 'Gonçalo Ferreira', "Maeve D'Arcy", 'Björn Sigurðsson',
    'Aviâja Lynge', 'Mehmet Özdemir', 'Priyanka Venkataraman', 'Chiara Di Stefano', 'Lene Bro Christoffersen', 'Poul Nyrup Lind', 'Karl-Emil Bech-Nygaard', 'Ibrahim El Khatib', 'Emeka Okafor', 'Wei Zhang', 'Tuva Ødegaard',
  ],
  streets: ['Kirkestien', 'Søndergade', 'Jens Baggesens Vej', 'Christian X\'s Vej', 'Marselis Boulevard', 'Vester Allé', 'Gammel Kongevej', 'Thorvald Stauningsgade', 'Enghavevej', 'Lindealléen', 'Store Torv', 'Bispebjerg Parkallé', 'Åvænget', 'Anna Anchers Plads'],
  towns: ['2100 København Ø', '6000 Kolding', '7100 Vejle', '8700 Horsens', '4000 Roskilde', '9800 Hjørring', '8800 Viborg', '3400 Hillerød'],
  companies: ['Jørgensen VVS ApS', 'Murerfirmaet Ole Poulsen', 'Dansk Facility A/S', 'Boligforeningen Nørrevang', 'Bent Andersens Auto', 'Restaurant Mamma Rosa', 'Christensen & Partnere I/S', 'ISS Facility Services A/S', 'Blomsterbinderiet Karla'],
  institutions: ['Børnegården Regnbuen', 'Skovbørnehaven Troldhøj', 'Vuggestuen Lille Peter', 'Børnehuset Astrid Lindgren', 'Den Selvejende Institution Stjernen'],
  schools: ['Jens Jensens Skole', 'Søndermarksskolen', 'Bernadotteskolen', 'Tietgen Handelsgymnasium', 'VUC Storstrøm'],
  careHomes: ['Plejecentret Kong Frederik', 'Lindehøj', 'Ældrecenter Margrethe', 'Rehabiliteringscenter Vest'],
  hospitals: ['Odense Universitetshospital', 'Regionshospitalet Gødstrup', 'Bispebjerg Hospital', 'Frederiksberg Hospital'],
};

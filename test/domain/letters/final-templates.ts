import type { LetterTemplate } from './letter-generator.ts';

/** Letters written when the check was done: what it does to them was measured before anything was mended. */
export const finalTemplates: readonly LetterTemplate[] = [
  { subject: 'Ansøgning modtaget', text: `Kære {fuldt}

Tak for din ansøgning om hjælp til tandbehandling. Vi behandler den hurtigst muligt. Din kontakt hos os er {sb}.

Sagen er registreret under CPR {cprd}.

Med venlig hilsen
{sb}
Ydelseskontoret` },
  { subject: 'Lån af hjælpemidler', text: `Kære {fornavn}

Vi henter kørestolen den {dato}. Din hjemmehjælper {sb2} er orienteret, og det er din svigerdatter {partner} også.

{slut}`, pages: [`Udlånsbevis

Udlånt til: {fuldt}
Fødselsdato og løbenummer: {cprd}
Udleveret af: {sb}
Hjælpemiddel: kørestol nr. {faktura}`] },
  { subject: 'Merudgifter til barn', text: `Kære {fuldt}

Du søger om dækning af udgifter til kost til din datter {barn}, {barncpr}. Diætist {laege} vurderer, at udgiften er 500 kr. om måneden.

{slut}` },
  { subject: 'Skoleskift', text: `Kære {fornavn} {efternavn}

{barn} er skrevet op til {skole}. Den nye klasselærer, {sb2}, ringer til jer.

{slut}` },
  { subject: 'Indbydelse til borgermøde', text: `Kære beboere

I inviteres til møde om den nye cykelsti ved {vej}. Borgmester {sb} byder velkommen, og trafikplanlægger {sb2} fremlægger planen.

{slut}` },
  { subject: 'Tvist om hegn', relative: true, text: `Kære {fuldt}

Hegnssynet har fået en sag fra din nabo, {partner}, {vej}. Hegnssynets formand er {laege}.

{slut}` },
  { subject: 'Bopælsattest', text: `Kære {fornavn}

Din attest er vedhæftet.

{slut}`, pages: [`BOPÆLSATTEST

Det attesteres herved, at

{fuldt}
Personnummer {cprd}

er tilmeldt adressen {adresse}.

{by}, den {dato}
{sb}`] },
  { subject: 'Udbetaling af feriepenge', text: `Kære {fuldt}

Vi har modtaget din anmodning. Arbejdsgiveren {firma} har bekræftet fratrædelsen. Feriepengene overføres til reg. 1551 konto {faktura}.

{slut}` },
  { subject: 'Kontrolbesøg', text: `Kære {fornavn}

Kontrolmedarbejder {sb} har den {dato} talt med din udlejer, {partner}, som oplyser, at du er fraflyttet. Kontakt os inden fem dage.

Cpr.nr. {cpr}

{slut}` },
  { subject: 'Forældreansvar', text: `Kære {fornavn}

Familieretshuset har bedt os om en udtalelse om {barn} ({barncpr}), som du har sammen med {partner}. Pædagog {sb2} har skrevet en udtalelse.

{slut}` },
  { subject: 'Akut hjælp', text: `{hilsen}

Jeg har bestilt tid til dig hos misbrugsbehandler {laege}. Skriv til mig, hvis du bliver forhindret.

Kh {sbfornavn}` },
  { subject: 'Frit valg af leverandør', text: `Kære {fuldt}

Du kan vælge mellem {firma} og kommunens egen hjemmepleje. Giv besked til visitator {sb}.

{slut}`, pages: [`Valg af leverandør

Borger: {fuldt}
CPR-nummer: {cprd}
Ønsket leverandør: {firma}
Pårørende, der må kontaktes: {partner}`] },
  { subject: 'Anmeldelse af arbejdsulykke', text: `Kære {fornavn}

Vi har anmeldt ulykken den {dato}. Vidne: {sb2}. Behandlende læge: {laege}, {hospital}.

{slut}` },
  { subject: 'Varsel om underretning', text: `Kære {fuldt}

{institution} er bekymret for {barnfornavn}. Leder {sb2} har skrevet til os. Vi vil gerne tale med dig og {barnfornavn}s far, {partner}.

{slut}` },
  { subject: 'Fakturakopi', text: `Kære {fuldt}

Hermed kopi af faktura {faktura}, som du bad om.

{slut}`, pages: [`Kopi af faktura {faktura}

{fuldt}
{adresse}

Vare: haveaffald
Beløb: 480,00 kr.
Betalingsid: {fik}
Kundenummer: {faktura}`] },
  { subject: 'Uddannelsesplan', text: `Hej {fornavn}

Som aftalt med dig og din mentor {sb2} har jeg rettet planen.

Hilsen {sb}`, pages: [`UDDANNELSESPLAN FOR {fuldt}

CPR: {cprd}
Vejleder: {sb}
Mentor: {sb2}
Praktiksted: {firma}

1. {fornavn} begynder på {skole}.`] },
  { subject: 'Besøgstilladelse', text: `Kære {fuldt}

Du kan besøge din far, {mor}, på {plejehjem} hver dag kl. 10-20. Afdelingslederen hedder {sb}.

{slut}` },
  { subject: 'Jagttegn og våbentilladelse', text: `Kære {fornavn} {efternavn}

Din ansøgning er sendt videre til politiet. Instruktør {laege} har bestået dig den {dato}.

{slut}` },
  { subject: 'Navneliste til valg', text: `Kære {fornavn}

Du er udpeget som valgtilforordnet på {skole}. Valgstyrerformand er {sb2}. Diæterne kræver dit cpr-nr., som vi har registreret som {cpr}.

{slut}` },
  { subject: 'Afslag', text: `{blok}

Afslag på personligt tillæg

Vi har modtaget din ansøgning den {dato}. Din formue er for stor. Beregningen er lavet af {sb}.

{slut}` },
  { subject: 'Bobestyrerens redegørelse', relative: true, text: `Kære {fuldt}

Som arving efter {mor} ({morcpr}) får du hermed boopgørelsen fra advokat {laege}. Medarving er {partner}.

{slut}` },
  { subject: 'Dagtilbud i ferien', text: `Kære forælder

Husk at melde ferie for {barn} inden {dato}. {institution} holder lukket i uge 29.

Stueleder {sb2}` },
  { subject: 'Støttepædagog', text: `{hilsen}

{barn}, født {dato}, {barncpr}, har fået bevilget ti timers støtte om ugen i {institution}. Støttepædagogen hedder {sb2}.

{slut}` },
  { subject: 'Ejendomsvurdering', text: `{blok}

Ejendomsnr. {faktura}, BFE {faktura}

Kære {fuldt}

Vurderingen af {vej} er ændret. Medejer {partner} får samme brev.

{slut}` },
  { subject: 'Voksenelev', to: 'company', text: `Kære {firma-selv}

I har fået tilskud til voksenelev {partner}, {partnercpr}. Virksomhedskonsulent {sb} ringer.

{slut}` },
  { subject: 'Fødevarekontrol', to: 'company', text: `{firma-selv}
{adresse}

CVR {cvr}

Kontrolrapport
Til stede: {sb2} for virksomheden. Tilsynsførende: {sb}.

{slut}` },
  { subject: 'SV: Tid', text: `Hej {fornavn}

Ja, det passer fint.

Mvh {sb}

________________________________
Fra: {modtager} <x@example.dk>
Sendt: {dato}
Til: {sb} <y@kommune.dk>
Emne: Tid

Kære {sbfornavn}

Kan vi flytte {barn}s tid?` },
  { subject: 'Samtykke', text: `Kære {fornavn}

Vi mangler dit samtykke, før vi kan tale med psykiater {laege} og med din søster {partner}.

{slut}`, pages: [`Samtykkeerklæring

Navn {fuldt}
CPR-nr. {cprd}

Jeg giver samtykke til, at oplysninger udveksles mellem {by} Kommune og {laege}.`] },
  { subject: 'Genbevilling', text: `Kære {fuldt}

Din bevilling af fodindlæg er forlænget. Bandagist {laege} har fået besked.

CPR: {cpr}

{slut}` },
  { subject: 'Opsigelse af plads i SFO', text: `Kære {fornavn}

Vi har udmeldt {barn} og {barn2}, {barn2cpr}, pr. {dato}.

SFO-leder {sb2}` },
];

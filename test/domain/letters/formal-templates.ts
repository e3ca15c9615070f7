import type { LetterTemplate } from './letter-generator.ts';

/** What an author who did not know the check taught about letters, in other words: forms, tables, prose behind the closing formula. */
export const formalTemplates: readonly LetterTemplate[] = [
  { subject: 'Ændret ydelse', text: `{fuldt}
{adresse}

Du får brevet, fordi vi har regnet din ydelse om. {firma} har oplyst din løn.

Har du spørgsmål, {fornavn}, så ring på {tlf}.

Venlig hilsen
{sb}
Ydelsesmedarbejder

Dette brev er sendt til: {fuldt}` },
  { subject: 'Ansættelse', text: `Kære {fornavn}

Velkommen til {skole}. Din leder er {sb2}, og din tillidsrepræsentant hedder {laege}.

{slut}`, pages: [`KONTRAKT

Medarbejder: {fuldt}
CPR-nr. {cprd}
Lønnummer {faktura}
Arbejdssted: {skole}

For kommunen: {sb2}`] },
  { subject: 'Samlet indtægt', relative: true, text: `Hej {fornavn}

Tallene er disse:

Ansøger
{fuldt}
{cprd}
Samlever
{partner}
{partnercpr}

{slut}` },
  { subject: 'Bidrag', relative: true, text: `Kære {fornavn}

{partner} har søgt om bidrag til {barn} (CPR {barncpr}). Du skal betale fra {dato}.

Bidragsyder: {fuldt}, CPR {cprd}
Bidragsmodtager: {partner}

{slut}` },
  { subject: 'Træning', text: `Kære {fornavn}

Du begynder på hold hos fysioterapeut {sb2}. Indkaldelsen er vedhæftet.

{slut}`, pages: [`INDKALDELSE
Til: {fuldt}
Borger-ID: {cprd}
Hold: ryg, mandag kl. 9
Terapeuter: {sb2} og {laege}`] },
  { subject: 'Tilsyn på ejendommen', text: `Til {fuldt}

Vi har været på tilsyn. Til stede var {sb} fra kommunen og {laege} fra {firma}. Ejendommen er tidligere ejet af {mor}.

{slut}` },
  { subject: 'Afgørelse om støtte', text: `Afgørelse

CPR-nr.: {cprd}
Navn: {fuldt}

{fuldt} har den {dato} ansøgt om støtte. Du får støtten fra den {dato}.

Speciallæge {laege} har vurderet, at du har brug for den.

{slut}` },
  { subject: 'Tilsyn', to: 'company', text: `{firma-selv}
{adresse}
CVR-nr. {cvr}

Att. {sb2}

Vi kommer på tilsyn hos {firma-selv} (CVR {cvr}) den {dato}. I bedes have papirerne klar.

{slut}` },
  { subject: 'Orientering til naboer', relative: true, text: `{fuldt}
{adresse}

Vi har fået en ansøgning fra {partner} om at bygge et skur nær skellet til din grund. Du kan komme med bemærkninger inden den {dato}.

{slut}` },
];

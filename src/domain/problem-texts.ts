import { massProblemTexts } from './mass-problem-texts.ts';
import type { ProblemCode, ProblemParameters } from './problem-parameters.ts';
import type { ProblemTexts } from './problem-text.ts';
import {
  enumerated, enumeratedFiles, fileTypes, listed, megabytes, sentence, shown, them,
} from './shown-text.ts';

/** The words of every Problem (ux.md, the texts mail.r.*); docs/fejlkatalog.md has a heading for each code. */
export const problemTexts: { readonly [Code in ProblemCode]: ProblemTexts<ProblemParameters[Code]> } = {
  'address-malformed': {
    headline: ({ address }) => `adressen ${shown(address)} er skrevet forkert`,
    remedy: ({ reason, example }) => `${sentence(reason)} Rigtigt er fx ${example}.`,
  },
  'citizen-contact-point': {
    headline: ({ address }) => `en borger har ikke kontaktpunkter (${shown(address)})`,
    remedy: () => 'Fjern alt mellem punktummet og @ i adressen, også punktummet, og send igen.',
  },
  'channel-not-available': {
    headline: ({ address, channel }) => `${channel} er ikke taget i brug her (${shown(address)})`,
    remedy: ({ channel }) => `Send på en anden måde, eller bed DPG-administratoren om at tilslutte ${channel}.`,
  },
  'sender-unknown': {
    headline: ({ address, sender }) => `afsenderen ${shown(sender)} er ikke en af vores (${shown(address)})`,
    remedy: () => 'Ret det, der står lige efter @: enten organisationens CVR-nummer eller et af dens kontaktpunkter.',
  },
  'sender-not-allowed': {
    headline: ({ mailbox, sender }) => `${shown(mailbox)} må ikke sende som ${shown(sender)}`,
    remedy: ({ allowedMailboxes }) =>
      allowedMailboxes.length === 0
        ? 'Vælg en anden postkasse i Fra, eller bed DPG-administratoren om adgang.'
        : `Vælg en postkasse i Fra, som må: ${enumerated(allowedMailboxes)}.`,
  },
  'mailbox-not-secure': {
    headline: ({ mailbox }) => `${shown(mailbox)} er ikke en sikker postkasse`,
    remedy: () => 'Vælg en sikker postkasse i Fra, eller bed DPG-administratoren om at gøre postkassen sikker.',
  },
  'mailbox-may-not': {
    headline: ({ mailbox, what }) => `${shown(mailbox)} må ikke sende ${what}`,
    remedy: () => 'Vælg en anden postkasse i Fra, eller bed DPG-administratoren om at give den lov.',
  },
  'mailbox-not-connected': {
    headline: ({ mailbox, channel }) => `${shown(mailbox)} er ikke koblet til ${channel}`,
    remedy: () => 'Vælg en anden postkasse i Fra, eller bed DPG-administratoren om at koble den til.',
  },
  'from-ambiguous': {
    headline: ({ addresses }) =>
      addresses.length === 0
        ? 'mailen har ingen afsender i Fra'
        : `mailen har flere afsendere i Fra: ${enumerated(addresses)}`,
    remedy: () => 'Der skal stå præcis én adresse i Fra. Ret den, og send igen.',
  },
  'envelope-foreign': {
    headline: ({ envelopeFrom, from }) =>
      from === ''
        ? `${shown(envelopeFrom)} hører ikke til en organisation, der er tilsluttet her`
        : `${shown(envelopeFrom)} må ikke sende mail for ${shown(from)}, for de hører ikke til samme organisation`,
    remedy: () => 'Send fra en postkasse i samme organisation som den, der står i Fra.',
  },
  'originator-foreign': {
    headline: ({ originator }) => `mailen kommer ikke fra jeres egen Exchange (X-OriginatorOrg: ${shown(originator)})`,
    remedy: () => 'Bed DPG-administratoren om at se efter, om jeres lejer (tenant) står i opsætningen.',
  },
  'empty-envelope-sender': {
    headline: ({ address }) => `mailen til ${shown(address)} har ingen afsender i konvolutten (MAIL FROM er tom)`,
    remedy: () => 'Automatiske svar kan ikke sendes som Digital Post. Send mailen fra en sikker postkasse.',
  },
  'too-many-recipients': {
    headline: ({ count, max }) => `${String(count)} modtagere (højst ${String(max)})`,
    remedy: () => 'Del modtagerne i flere mails, eller send som masseforsendelse.',
  },
  'too-many-attachments': {
    headline: ({ count, max }) => `${String(count)} vedhæftninger (højst ${String(max)})`,
    remedy: ({ count, max, channels }) =>
      `${enumerated(channels)} tager højst ${String(max)} vedhæftninger. ` +
      `Fjern ${String(count - max)}, eller saml nogle af dem i én PDF.`,
  },
  'file-type-not-allowed': {
    headline: ({ files, channel }) => `${fileTypes(files)} understøttes ikke i ${channel}: ${enumeratedFiles(files)}`,
    remedy: ({ files }) => `Gem ${enumeratedFiles(files)} som PDF, og vedhæft ${them(files)} igen.`,
  },
  'file-macros': {
    headline: ({ files }) => `${enumeratedFiles(files)} indeholder makroer`,
    remedy: ({ files }) =>
      `Makroer kan være farlige for modtageren. Gem ${enumeratedFiles(files)} som PDF, og vedhæft ${them(files)} igen.`,
  },
  'file-disguised': {
    headline: ({ files }) => `${enumeratedFiles(files)} er ikke den slags fil, som navnet siger`,
    remedy: ({ files }) =>
      `Indholdet passer ikke til endelsen i navnet. Gem ${enumeratedFiles(files)} igen fra det rigtige program, ` +
      'fx som PDF, og vedhæft igen.',
  },
  'file-encrypted': {
    headline: ({ files }) => `${enumeratedFiles(files)} er låst med adgangskode`,
    remedy: ({ files }) =>
      `Modtageren kan ikke åbne en låst fil. Fjern adgangskoden fra ${enumeratedFiles(files)}, og vedhæft igen.`,
  },
  'file-active': {
    headline: ({ files }) => `${enumeratedFiles(files)} indeholder programkode`,
    remedy: ({ files }) =>
      'Scripts og indlejrede programmer kan være farlige for modtageren. ' +
      `Udskriv ${enumeratedFiles(files)} til en ny PDF, og vedhæft den i stedet.`,
  },
  'file-empty': {
    headline: ({ files }) => `${enumeratedFiles(files)} er tom${files.length > 1 ? 'me' : ''}`,
    remedy: ({ files }) => `Fjern ${enumeratedFiles(files)}, eller vedhæft ${them(files)} igen med indhold.`,
  },
  'file-damaged': {
    headline: ({ files }) => `${enumeratedFiles(files)} er ødelagt${files.length > 1 ? 'e' : ''} og kan ikke åbnes`,
    remedy: ({ files }) => `Gem ${enumeratedFiles(files)} igen, se efter, at filen kan åbnes, og vedhæft igen.`,
  },
  'body-pdf-not-pdf': {
    headline: ({ file }) => `»${shown(file)}« er ikke en PDF`,
    remedy: ({ file }) =>
      `»${shown(file)}« skal være selve beskeden og være en rigtig PDF. Gem den igen som PDF, eller giv filen et andet navn.`,
  },
  'body-pdf-twice': {
    headline: ({ count }) => `mailen har ${String(count)} filer med navnet body.pdf`,
    remedy: () => 'Kun én fil kan være selve beskeden. Fjern de andre, eller giv dem andre navne.',
  },
  'tnef-unreadable': {
    headline: ({ files }) => `${enumeratedFiles(files)} kan ikke læses`,
    remedy: () => 'Outlook har pakket mailen som Rich Text. Vælg formatet HTML for mailen i Outlook, og send igen.',
  },
  'memo-header-leak': {
    headline: ({ file, addresses }) => `»${shown(file)}« må ikke sendes til ${enumerated(addresses)}`,
    remedy: () => 'Fjern filen, og send igen. Svarer du på Digital Post, så brug Besvar, ikke Videresend.',
  },
  'memo-header-wrong': {
    headline: ({ field, value }) => `${field} »${shown(value)}« kan ikke bruges`,
    remedy: ({ file, reason }) => `${reason} Ret det under »Flere oplysninger« i Digital Post. Kommer mailen fra et fagsystem, står det i ${shown(file)}.`,
  },
  'memo-header-twice': {
    headline: ({ files }) => `mailen har flere udgaver af MemoHeader.json: ${enumeratedFiles(files)}`,
    remedy: () => 'De siger ikke det samme, og vi gætter ikke på, hvilken der gælder. Fjern alle på nær én, og send igen.',
  },
  'mass-list-leak': {
    headline: ({ file, addresses }) =>
      addresses.length > 0 ? `»${shown(file)}« må ikke sendes til ${enumerated(addresses)}` : `»${shown(file)}« må ikke sendes med som bilag`,
    remedy: ({ addresses }) =>
      addresses.length > 0
        ? `Listen med numre må kun blive i organisationen. Fjern ${enumerated(addresses)} fra mailen, eller fjern filen.`
        : 'Listen med numre må modtagerne ikke få. Fjern filen, eller send til masseforsendelse-<antal>@… i stedet for til den enkelte.',
  },
  ...massProblemTexts,
  'send-at-unreadable': {
    headline: ({ written }) => `sendetidspunktet kan ikke læses: »${shown(written)}«`,
    remedy: () =>
      'Vælg tidspunktet igen i Outlook (Udskyd levering), eller skriv det som 2026-12-01T08:00. ' +
      'Et brev må ikke gå på et forkert tidspunkt.',
  },
  'send-at-too-far': {
    headline: ({ written }) => `sendetidspunktet ligger for langt ude i fremtiden: »${shown(written)}«`,
    remedy: ({ days }) => `Vælg et tidspunkt højst ${String(days)} dage fremme.`,
  },
  'approval-nobody': {
    headline: ({ count }) => `ingen kan godkende masseforsendelsen til ${String(count)} modtagere`,
    remedy: ({ max }) =>
      `En masseforsendelse til flere end ${String(max)} skal godkendes af en anden end afsenderen. ` +
      'Bed DPG-administratoren om at udpege en godkender.',
  },
  'mail-guard': {
    headline: ({ addresses, home }) => `${enumerated(addresses)} er uden for ${home} og ikke godkendt`,
    remedy: ({ addresses }) =>
      addresses.length > 1 ? 'Godkend adresserne i Digital Post, eller fjern dem.' : 'Godkend adressen i Digital Post, eller fjern den.',
  },
  'letter-mismatch': {
    headline: () => 'brevet ser ud til at være skrevet til en anden end modtageren',
    remedy: ({ findings }) => `${listed(findings)} Ret brevet eller modtageren, og send igen. Er det rigtigt, så send det fra Digital Post i Outlook.`,
  },
  'memo-too-large': {
    headline: ({ bytes, max }) => `beskeden fylder ${megabytes(bytes)} (højst ${megabytes(max)})`,
    remedy: () =>
      'Vedhæftninger fylder en tredjedel mere, når de sendes. Gør filerne mindre, eller del beskeden i to.',
  },
  'contact-point-too-many-attachments': {
    headline: ({ contactPoint, count, max }) =>
      `modtageren tager højst ${counted(max)} på »${shown(contactPoint)}« (der er ${String(count)})`,
    remedy: ({ contactPoint, count, max, channel }) =>
      max === 0
        ? `Modtageren tager ingen vedhæftninger i ${channel} på »${shown(contactPoint)}«. Fjern dem, eller vælg et andet kontaktpunkt.`
        : `Fjern ${String(count - max)}, saml nogle af filerne i én PDF, eller vælg et andet kontaktpunkt hos modtageren i ${channel}.`,
  },
  'contact-point-too-large': {
    headline: ({ contactPoint, bytes, max }) =>
      `beskeden fylder ${megabytes(bytes)}, men modtageren tager højst ${megabytes(max)} på »${shown(contactPoint)}«`,
    remedy: () =>
      'Vedhæftninger fylder en tredjedel mere, når de sendes. Gør filerne mindre, del beskeden i flere, eller vælg et andet ' +
      'kontaktpunkt hos modtageren.',
  },
  'message-empty': {
    headline: ({ subject }) => `»${shown(subject)}« har hverken tekst eller body.pdf`,
    remedy: () => 'Skriv beskeden i mailen, eller vedhæft den som body.pdf, og send igen.',
  },
  'calendar-unreadable': {
    headline: ({ files }) => `mødeindkaldelsen kan ikke læses (${enumeratedFiles(files)})`,
    remedy: () => 'Åbn mødet i kalenderen, og send indkaldelsen igen, eller skriv i en almindelig mail, hvor og hvornår mødet er.',
  },
  'calendar-number-leak': {
    headline: ({ addresses }) => `mødeindkaldelsen indeholder CPR-numre og må ikke sendes til ${enumerated(addresses)}`,
    remedy: () =>
      'Alle, der får kalenderfilen, kan se, hvem der er inviteret. Indkald dem uden for organisationen i et møde for sig, ' +
      'uden borgerens adresse.',
  },
  'conversion-failed': {
    headline: ({ what }) => `teksten kunne ikke laves om til PDF (${shown(what)})`,
    remedy: () => 'Gem selv beskeden som PDF, kald filen body.pdf, vedhæft den, og send igen.',
  },
  'mail-unreadable': {
    headline: ({ what }) => `mailen kan ikke læses (${shown(what)})`,
    remedy: () => 'Skriv mailen på ny, og send igen. Kommer den fra et fagsystem, så kontakt dem, der driver systemet.',
  },
  'mail-too-large': {
    headline: ({ bytes, max }) => `mailen fylder ${megabytes(bytes)} (højst ${megabytes(max)})`,
    remedy: () => 'Gør vedhæftningerne mindre, eller del mailen i flere.',
  },
  'header-too-long': {
    headline: ({ bytes, max }) => `mailens hoved fylder ${megabytes(bytes)} (højst ${megabytes(max)})`,
    remedy: () => 'Skriv mailen på ny med færre modtagere og en kortere emnelinje, og send igen.',
  },
  'line-too-long': {
    headline: ({ bytes, max }) => `mailen har en linje på ${String(bytes)} tegn (højst ${String(max)})`,
    remedy: () => 'Mailen er dannet forkert. Kommer den fra et fagsystem, så kontakt dem, der driver systemet.',
  },
  'too-many-received': {
    headline: ({ count, max }) => `mailen har været gennem ${String(count)} mailservere (højst ${String(max)})`,
    remedy: () => 'Mailen går formentlig i ring mellem to servere. Kontakt dem, der driver mailsystemet.',
  },
};

function counted(attachments: number): string {
  return `${String(attachments)} ${attachments === 1 ? 'vedhæftning' : 'vedhæftninger'}`;
}

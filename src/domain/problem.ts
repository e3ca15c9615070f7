import { maskCprNumbersIn } from './cpr-number.ts';
import type { ProblemCode, ProblemParameters } from './problem-parameters.ts';

export type { ProblemCode, ProblemParameters } from './problem-parameters.ts';

/** Something that the sender can mend. It goes back in a mail, an SMTP answer or the pane, and is never thrown. */
export interface Problem {
  readonly code: ProblemCode;
  readonly parameters: Readonly<Record<string, string | number | readonly string[]>>;
}

/**
 * Makes a Problem with just the parameters that its code has. CPR numbers in them are masked here already, so that a
 * Problem can be stored, logged and sent to the pane as it is.
 */
export function problemOf<Code extends ProblemCode>(code: Code, parameters: ProblemParameters[Code]): Problem {
  const given = Object.entries(parameters as unknown as Problem['parameters']);
  return { code, parameters: Object.fromEntries(given.map(([name, value]) => [name, masked(value)])) };
}

function masked(value: string | number | readonly string[]): string | number | readonly string[] {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? maskCprNumbersIn(value) : value.map(maskCprNumbersIn);
}

/**
 * What is wrong, as one Danish sentence without a full stop that also serves as a subject: "Beskeden er ikke sendt: …".
 * CPR numbers are masked, line breaks and other control signs gone.
 */
export function problemHeadline(problem: Problem): string {
  return `Beskeden er ikke sendt: ${readable(textsOf(problem.code).headline(problem.parameters))}`;
}

/** What to do now: Danish sentences, CPR numbers masked. */
export function problemRemedy(problem: Problem): string {
  return readable(textsOf(problem.code).remedy(problem.parameters));
}

/** A size in bytes as Danes write it, in units of 10^6: "99,5 MB", never rounded down to the limit it has passed. */
export function megabytes(bytes: number): string {
  const tenths = Math.ceil(bytes / 100_000);
  return `${String(Math.floor(tenths / 10))},${String(tenths % 10)} MB`;
}

interface ProblemTexts<Parameters> {
  readonly headline: (parameters: Parameters) => string;
  readonly remedy: (parameters: Parameters) => string;
}

/** The words of every Problem (ux.md, the texts mail.r.*); docs/fejlkatalog.md has a heading for each code. */
export const problems: { readonly [Code in ProblemCode]: ProblemTexts<ProblemParameters[Code]> } = {
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
      `${shown(envelopeFrom)} må ikke sende mail for ${shown(from)}, for de hører ikke til samme organisation`,
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
  'mass-list-leak': {
    headline: ({ file, addresses }) =>
      addresses.length > 0 ? `»${shown(file)}« må ikke sendes til ${enumerated(addresses)}` : `»${shown(file)}« må ikke sendes med som bilag`,
    remedy: () =>
      'Listen med numre må modtagerne ikke få. Fjern filen, eller send til masseforsendelse-<antal>@… i stedet for til den enkelte.',
  },
  'memo-too-large': {
    headline: ({ bytes, max }) => `beskeden fylder ${megabytes(bytes)} (højst ${megabytes(max)})`,
    remedy: () =>
      'Vedhæftninger fylder en tredjedel mere, når de sendes. Gør filerne mindre, eller del beskeden i to.',
  },
  'message-empty': {
    headline: ({ subject }) => `»${shown(subject)}« har hverken tekst eller body.pdf`,
    remedy: () => 'Skriv beskeden i mailen, eller vedhæft den som body.pdf, og send igen.',
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

// The one place where the type that ties a code to its parameters is let go: a stored Problem has lost it.
function textsOf(code: ProblemCode): ProblemTexts<Problem['parameters']> {
  return problems[code] as unknown as ProblemTexts<Problem['parameters']>;
}

function readable(text: string): string {
  return maskCprNumbersIn(text);
}

const shownCharactersMax = 160;

/** A stranger's text made fit for a sentence and a subject line: no line breaks, no signs that turn the writing round. */
function shown(text: string): string {
  // Masked before it is cut: half a CPR number would not be recognised.
  const clean = maskCprNumbersIn(
    text.slice(0, 20 * shownCharactersMax).toWellFormed().replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim(),
  );
  if (clean === '') return '(uden navn)';
  const characters = Array.from(clean);
  return characters.length <= shownCharactersMax ? clean : `${characters.slice(0, shownCharactersMax - 1).join('')}…`;
}

const enumeratedMax = 100;

function enumerated(texts: readonly string[], quote: (text: string) => string = shown): string {
  const named = texts.slice(0, enumeratedMax).map(quote);
  if (texts.length > enumeratedMax) named.push(`${String(texts.length - enumeratedMax)} flere`);
  const last = named.pop() ?? '';
  return named.length === 0 ? last : `${named.join(', ')} og ${last}`;
}

function enumeratedFiles(files: readonly string[]): string {
  return enumerated(files, (file) => `»${shown(file)}«`);
}

function fileTypes(files: readonly string[]): string {
  const endings = files.map((file) => /\.[^.\s/\\]{1,10}$/u.exec(shown(file))?.[0].toLowerCase());
  const known = [...new Set(endings.filter((ending) => ending !== undefined))];
  if (known.length === 0) return 'filtypen';
  return known.length === 1 ? `filtypen ${enumerated(known)}` : `filtyperne ${enumerated(known)}`;
}

function them(files: readonly string[]): string {
  return files.length > 1 ? 'dem' : 'den';
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

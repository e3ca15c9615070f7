/** Why a mail cannot be read. Each has a Danish sentence in `mailUnreadableText`. */
export type MailUnreadableCode =
  | 'too-many-parts'
  | 'nested-too-deep'
  | 'header-too-large'
  | 'too-many-header-fields'
  | 'boundary-too-long'
  | 'too-many-addresses'
  | 'body-too-large'
  | 'inline-images-too-large'
  | 'tnef-too-large';

/** Danish sentences for the person who sent the mail; what to do is said where there is something to do. */
export const mailUnreadableText: Readonly<Record<MailUnreadableCode, string>> = {
  'too-many-parts': 'Mailen består af for mange dele. Saml filerne i færre vedhæftninger.',
  'nested-too-deep': 'Mailen er pakket ind i for mange lag.',
  'header-too-large': 'Mailens hoved er for stort.',
  'too-many-header-fields': 'Mailens hoved har for mange felter.',
  'boundary-too-long': 'Mailen er opbygget forkert: en skillelinje er for lang.',
  'too-many-addresses': 'Mailens adressefelter er for lange.',
  'body-too-large': 'Mailens tekst er for lang. Vedhæft den i stedet som en fil.',
  'inline-images-too-large': 'Billederne i mailens tekst fylder for meget. Vedhæft dem i stedet som filer.',
  'tnef-too-large': 'Filen winmail.dat er for stor til at blive pakket ud. Send mailen i HTML-format.',
};

/** Thrown when a mail goes over a limit of reading; the mail is then refused whole, with the sentence of `code`. */
export class MailUnreadable extends Error {
  readonly code: MailUnreadableCode;

  /** @param code which limit was passed */
  constructor(code: MailUnreadableCode) {
    super(mailUnreadableText[code]);
    this.name = 'MailUnreadable';
    this.code = code;
  }
}

/**
 * Why a message cannot be read at all. `xml`: not well formed. `doctype`: has a document type declaration. `encoding`:
 * not UTF-8. `limit`: deeper, longer or more than the reader allows. `not-memo`: another root. `version`: neither 1.1
 * nor 1.2. `missing`: lacks an element that the value cannot do without. `duplicate`: has an element twice that may
 * stand once, so that two readers could understand two things. `value`: a value of no known form. `base64`: a file
 * content that is not base64.
 */
export type UnreadableReason =
  | 'xml' | 'doctype' | 'encoding' | 'limit' | 'not-memo' | 'version' | 'missing' | 'duplicate' | 'value' | 'base64';

/** Thrown by the readers of MeMo when the bytes are no message. The text is Danish and quotes no value. */
export class MemoUnreadable extends Error {
  override readonly name = 'MemoUnreadable';
  readonly reason: UnreadableReason;

  /** `detail`: the place or the parser's own words, in short; never a value from the message. */
  constructor(reason: UnreadableReason, detail: string) {
    super(`${texts[reason]}${detail === '' ? '' : ` (${detail})`}`);
    this.reason = reason;
  }
}

const texts: Readonly<Record<UnreadableReason, string>> = {
  xml: 'Meddelelsen er ikke gyldig XML',
  doctype: 'Meddelelsen har en DOCTYPE, og det må MeMo ikke have',
  encoding: 'Meddelelsen er ikke skrevet i UTF-8',
  limit: 'Meddelelsens XML er dybere, længere eller større, end der er sat grænse for',
  'not-memo': 'XML-dokumentet er ikke en MeMo-meddelelse',
  version: 'MeMo-versionen er hverken 1.1 eller 1.2',
  missing: 'Meddelelsen mangler et felt, der skal være der',
  duplicate: 'Meddelelsen har et felt to gange, som kun må være der én gang',
  value: 'Meddelelsen har en værdi, der ikke kan forstås',
  base64: 'Indholdet af en fil er ikke gyldig base64',
};

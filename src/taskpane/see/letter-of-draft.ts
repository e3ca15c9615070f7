import { mergeTextOf } from '../../domain/merge-fields.ts';
import { isOwnLetterName } from '../../domain/own-letters.ts';
import type { Answer, Gateway } from '../gateway/gateway.ts';
import { isLetter } from '../mass/letter-now.ts';
import { readPictures, type Pictures } from '../mass/make-letter.ts';
import { picturesInBody } from '../mass/pictures-in-body.ts';
import { bytesOfBase64, sha256 } from '../mass/sha256.ts';
import type { Draft, ItemAttachment, Outlook } from '../office/outlook.ts';

/** The letter that the recipients of a draft get, byte for byte. */
export interface SeenLetter {
  readonly pdf: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  /** The HTML that it is made of; null: it lies in the mail as body.pdf, and nothing in the mail's text changes it. */
  readonly html: string | null;
  /** The pictures of that HTML. */
  readonly pictures: Pictures;
  /** Others get others: it is the first of the letters that each recipient of a list has, and fields of the text are filled in for each. */
  readonly whose: 'all' | 'the-first' | 'filled-in';
}

export interface LetterSources {
  readonly outlook: Pick<Outlook, 'fileContent'>;
  readonly gateway: Pick<Gateway, 'render'>;
}

/** As a PDF of the mail's text is a fault of nobody's: a file or a picture of the mail that Outlook does not give. */
export type LetterAnswer = Answer<SeenLetter> | { readonly kind: 'not-given' };

export interface LetterDraft extends Pick<Draft, 'subject' | 'attachments'> {
  readonly html: string;
  /** It goes to the recipients of a list. */
  readonly isList: boolean;
}

/**
 * The draft's body.pdf as it lies there, else the letter that the gateway makes of the mail's text: the same function as when
 * the mail is sent (gateway/isolate/inside/render-letter.ts).
 */
export async function letterOfDraft({ outlook, gateway }: LetterSources, draft: LetterDraft): Promise<LetterAnswer> {
  const own = draft.isList ? draft.attachments.find(isOwnLetter) : undefined;
  const attached = own ?? draft.attachments.find(isLetter);
  if (attached) {
    const content = await outlook.fileContent(attached.id);
    return content.kind === 'content' ? await seen(content.base64, { html: null, pictures: [], whose: own ? 'the-first' : 'all' }) : { kind: 'not-given' };
  }
  const { html } = draft;
  const pictures = await readPictures(outlook, picturesInBody(html, draft.attachments));
  if (pictures === null) return { kind: 'not-given' };
  const made = await gateway.render({ subject: draft.subject, html, ...(pictures.length > 0 && { pictures }) });
  return made.kind === 'answer' ? await seen(made.value.pdf, { html, pictures, whose: draft.isList && hasFields(draft) ? 'filled-in' : 'all' }) : made;
}

function isOwnLetter({ name, isInline, kind }: ItemAttachment): boolean {
  return !isInline && kind === 'file' && isOwnLetterName(name);
}

function hasFields({ subject, html }: LetterDraft): boolean {
  return mergeTextOf(subject, 'line').fields.length + mergeTextOf(html, 'html').fields.length > 0;
}

async function seen(base64: string, of: Pick<SeenLetter, 'html' | 'pictures' | 'whose'>): Promise<LetterAnswer> {
  const pdf = bytesOfBase64(base64);
  return { kind: 'answer', value: { pdf, sha256: await sha256(pdf), ...of } };
}

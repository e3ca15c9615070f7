import { isMadeLetter, letterSource, type LetterParts } from '../../domain/letter-mark.ts';
import type { RenderQuestion } from '../../domain/gateway-api.ts';
import type { Answer, Gateway, NoAnswer } from '../gateway/gateway.ts';
import type { Draft, Outlook } from '../office/outlook.ts';
import { readLetters, type AttachedLetter } from './letter-now.ts';
import { picturesInBody, type BodyPicture } from './pictures-in-body.ts';
import { sha256 } from './sha256.ts';

/** What letter the recipients of a list will get. */
export type DraftLetter =
  /** Made of the mail's text, to be attached as body.pdf in the place of `outdated`. */
  | { readonly kind: 'made'; readonly pdf: string; readonly pdfSha256: string; readonly sourceSha256: string; readonly pages: number; readonly outdated: readonly AttachedLetter[] }
  /** The writer's own body.pdf; `outdated` are those that we have made before. */
  | { readonly kind: 'own'; readonly outdated: readonly AttachedLetter[] }
  /** A picture of the text cannot be had here: the gateway makes the letter of the mail when it is sent. */
  | { readonly kind: 'by-gateway'; readonly outdated: readonly AttachedLetter[] };

export interface LetterMakers {
  readonly outlook: Pick<Outlook, 'bodyHtml' | 'fileContent' | 'headers'>;
  readonly gateway: Pick<Gateway, 'render'>;
  /** The text of a page of HTML as a person reads it, and whether it has pictures. */
  readonly textOf: (html: string) => Omit<LetterParts, 'subject'>;
}

/** Makes the letter of a draft, and changes nothing in it. Rejects with OutlookFailure where Outlook does not tell. */
export async function makeLetter({ outlook, gateway, textOf }: LetterMakers, draft: Draft): Promise<Answer<DraftLetter>> {
  const { mark, letters } = await readLetters(outlook, draft);
  const outdated = letters.filter((letter) => isMadeLetter({ mark, pdfSha256: letter.sha256 }));
  if (letters.length > outdated.length) return answer({ kind: 'own', outdated });
  const html = await outlook.bodyHtml();
  const pictures = await readPictures(outlook, picturesInBody(html, draft.attachments));
  if (pictures === null) return answer({ kind: 'by-gateway', outdated });
  const made = await gateway.render({ subject: draft.subject, html, ...(pictures.length > 0 && { pictures }) });
  if (made.kind !== 'answer') return made;
  const { pdf, sha256: pdfSha256, pages } = made.value;
  const sourceSha256 = await sha256(letterSource({ subject: draft.subject, ...textOf(html) }));
  return answer({ kind: 'made', pdf, pdfSha256, sourceSha256, pages, outdated });
}

function answer(value: DraftLetter): Exclude<Answer<DraftLetter>, NoAnswer> {
  return { kind: 'answer', value };
}

export type Pictures = NonNullable<RenderQuestion['pictures']>;

/** Null where one of them cannot be had: a letter without it would be another than the mail. */
export async function readPictures(outlook: Pick<Outlook, 'fileContent'>, wanted: readonly BodyPicture[] | null): Promise<Pictures | null> {
  if (wanted === null) return null;
  const pictures: Pictures = [];
  for (const { attachment, contentId, type } of wanted) {
    const content = await outlook.fileContent(attachment.id);
    if (content.kind !== 'content') return null;
    pictures.push({ contentId, type, content: content.base64 });
  }
  return pictures;
}

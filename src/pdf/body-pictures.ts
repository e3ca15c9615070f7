import type { BodyLimits } from './body-limits.ts';
import type { Picture } from './block-model.ts';
import { pictureFacts } from './picture-facts.ts';

export type BodyImage = { readonly contentId: string; readonly type: string; readonly bytes: Uint8Array };

/** Measures that the mail gives a picture, in points; null where it gives none. */
export type GivenSize = { readonly widthPt: number | null; readonly heightPt: number | null };

const pointsPerPixel = 0.75;

/**
 * The pictures of one body. They come from the mail itself (`cid:`) or from the HTML (`data:`); no other address is
 * ever followed. Each is known by its bytes, measured and counted before Typst sees it.
 */
export class BodyPictures {
  readonly #images: ReadonlyMap<string, BodyImage>;
  readonly #limits: BodyLimits;
  readonly #prefix: string;
  readonly #found = new Map<string, Omit<Picture, 'alt'> | null>();
  #bytes = 0;
  #pixels = 0;

  /** @param prefix begins their names, which are one document's */
  constructor(images: readonly BodyImage[], limits: BodyLimits, prefix = 'picture') {
    this.#images = new Map(images.map((image) => [contentKey(image.contentId), image]));
    this.#limits = limits;
    this.#prefix = prefix;
  }

  /** The picture at `source` in the size given, or null where there is none that a letter can show. */
  find(source: string, given: GivenSize): Omit<Picture, 'alt'> | null {
    const key = source.trim();
    let natural = this.#found.get(key);
    if (natural === undefined) {
      natural = this.#read(key);
      this.#found.set(key, natural);
    }
    return natural && sized(natural, given);
  }

  #read(source: string): Omit<Picture, 'alt'> | null {
    const bytes = /^cid:/iu.test(source)
      ? this.#images.get(contentKey(decoded(source.slice(4))))?.bytes
      : dataBytes(source);
    const facts = bytes && bytes.length > 0 ? pictureFacts(bytes) : null;
    if (!bytes || !facts) return null;
    this.#bytes += bytes.length;
    this.#pixels += facts.widthPx * facts.heightPx;
    const { picturesMax, pictureBytesMax, picturePixelsMax } = this.#limits;
    if (this.#found.size >= picturesMax || this.#bytes > pictureBytesMax || this.#pixels > picturePixelsMax) {
      this.#bytes -= bytes.length;
      this.#pixels -= facts.widthPx * facts.heightPx;
      return null;
    }
    return {
      name: `${this.#prefix}-${this.#found.size + 1}.${facts.type}`,
      bytes,
      widthPt: facts.widthPx * pointsPerPixel,
      heightPt: facts.heightPx * pointsPerPixel,
    };
  }
}

function contentKey(contentId: string): string {
  return contentId.trim().replace(/^<|>$/gu, '').toLowerCase();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function dataBytes(source: string): Uint8Array | null {
  const head = /^data:image\/(?:png|jpe?g|gif|webp|x-png|pjpeg)(?:;[\w-]+=[\w.-]+)*;base64,/iu.exec(source);
  return head ? Buffer.from(source.slice(head[0].length), 'base64') : null;
}

function sized(natural: Omit<Picture, 'alt'>, given: GivenSize): Omit<Picture, 'alt'> {
  const ratio = natural.heightPt / natural.widthPt;
  const widthPt = given.widthPt ?? (given.heightPt === null ? natural.widthPt : given.heightPt / ratio);
  return { ...natural, widthPt, heightPt: given.heightPt ?? widthPt * ratio };
}

const unitsPt: Readonly<Record<string, number>> = {
  px: pointsPerPixel, '': pointsPerPixel, pt: 1, cm: 28.3465, mm: 2.83465, in: 72, em: 11, rem: 11,
};

/** A length of HTML or CSS in points; null where it is none, is a percentage, or nothing would be seen of it. */
export function lengthPt(value: string | undefined): number | null {
  const [, digits = '', unit = ''] = /^\s*([\d.]{1,9})\s*([a-z]*)\s*$/iu.exec(value ?? '') ?? [];
  const factor = unitsPt[unit.toLowerCase()];
  const length = Number(digits) * (factor ?? 0);
  return length > 0 ? Math.min(length, 10_000) : null;
}

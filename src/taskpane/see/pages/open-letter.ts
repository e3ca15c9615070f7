import { getDocument, GlobalWorkerOptions, TextLayer, VerbosityLevel, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A letter shows its pages as large as they are: points of a PDF, and pixels of a screen, to an inch. */
const POINTS_PER_INCH = 72;
const PIXELS_PER_INCH = 96;
/** A page is drawn no finer than for such a screen: at 2, a page of A4 takes 14 MB while it is seen. */
const PIXEL_RATIO_MAX = 2;
/** A picture of more pixels is left out, as a decoder would take the memory of the pane for it. */
const IMAGE_PIXELS_MAX = 50_000_000;

/** Of a page, in CSS pixels. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Where a page is drawn: its picture, and above it its words, which can be marked and are read aloud. */
export interface PagePlace {
  readonly canvas: HTMLCanvasElement;
  readonly words: HTMLElement;
}

/** A letter whose pages can be drawn. To be closed: it holds a worker. */
export interface OpenedLetter {
  readonly sizes: readonly PageSize[];
  /** Draws a page, counted from 0. Rejects where it cannot be drawn. */
  draw(page: number, place: PagePlace): Promise<void>;
  close(): void;
}

/**
 * Opens a PDF by pdf.js in a worker of its own, with nothing that makes code of data: no eval, no WebAssembly, no scripts
 * of the PDF. Of what pdf.js can fetch besides only the decoders of scanned pictures (JBIG2, JPEG 2000) are there, for a
 * letter that somebody has scanned. Fonts that a PDF does not bring are the computer's own, as in any viewer; ours bring
 * theirs. The build for older engines: Outlook on a Mac has the one of its system. Rejects where it is no PDF, or locked.
 */
export async function openLetter(bytes: Uint8Array): Promise<OpenedLetter> {
  const worker = openWorker();
  GlobalWorkerOptions.workerPort = worker;
  const task = getDocument({
    // The worker takes what it is given away from the pane.
    data: bytes.slice(), useWasm: false, wasmUrl: decodersUrl(), enableXfa: false, disableWorkerRendering: true, maxImageSize: IMAGE_PIXELS_MAX,
    verbosity: VerbosityLevel.ERRORS,
  });
  const close = (): void => {
    void task.destroy().catch(() => undefined).finally(() => worker.terminate());
  };
  try {
    const document = await task.promise;
    const sizes = await sizesOf(document);
    return { sizes, draw: async (page, place) => await drawPage(await document.getPage(page + 1), place), close };
  } catch (failure) {
    close();
    throw failure;
  }
}

function openWorker(): Worker {
  // By a name of its own: webpack then gives out pdf.js' file as it is, and does not build it again.
  const file = new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url);
  return new Worker(file, { type: 'module' });
}

/** The folder in which the decoders lie, which pdf.js asks for by their names. */
function decodersUrl(): string {
  const [folder] = [
    new URL('pdfjs-dist/wasm/jbig2_nowasm_fallback.js', import.meta.url),
    new URL('pdfjs-dist/wasm/openjpeg_nowasm_fallback.js', import.meta.url),
  ];
  return new URL('.', folder).href;
}

async function sizesOf(document: PDFDocumentProxy): Promise<readonly PageSize[]> {
  const sizes: PageSize[] = [];
  for (let page = 1; page <= document.numPages; page += 1) {
    const { width, height } = viewportOf(await document.getPage(page), 1);
    sizes.push({ width, height });
  }
  return sizes;
}

function viewportOf(page: PDFPageProxy, ratio: number): ReturnType<PDFPageProxy['getViewport']> {
  return page.getViewport({ scale: (PIXELS_PER_INCH / POINTS_PER_INCH) * ratio });
}

async function drawPage(page: PDFPageProxy, { canvas, words }: PagePlace): Promise<void> {
  const viewport = viewportOf(page, Math.min(devicePixelRatio, PIXEL_RATIO_MAX));
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport }).promise;
  words.replaceChildren();
  await new TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport: viewportOf(page, 1) }).render();
}

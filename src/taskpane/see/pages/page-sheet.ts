/**
 * How a page and its words lie above each other. A sheet made by script, for pages whose policies differ in the styles that
 * they allow; pdf.js places each word by the two factors, and the words are seen by none but marked and read aloud.
 */
const PAGE_CSS = `
.letter-page { position: relative; overflow: hidden; background: #fff; color-scheme: only light; forced-color-adjust: none; }
.letter-page canvas { display: block; width: 100%; height: 100%; }
.letter-words {
  position: absolute; inset: 0; overflow: clip; clip-path: inset(0); line-height: 1; text-align: initial; text-size-adjust: none; forced-color-adjust: none; transform-origin: 0 0;
  --min-font-size: 1; --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size)); --min-font-size-inv: calc(1 / var(--min-font-size));
}
.letter-words span, .letter-words br { position: absolute; color: transparent; white-space: pre; cursor: text; transform-origin: 0 0; }
.letter-words > :not(.markedContent), .letter-words .markedContent span:not(.markedContent) {
  --font-height: 0; --scale-x: 1; --rotate: 0deg;
  font-size: calc(var(--text-scale-factor) * var(--font-height));
  transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(var(--min-font-size-inv));
}
.letter-words .markedContent { display: contents; }
.letter-words ::selection { background: rgb(0 0 255 / 25%); color: transparent; }
`;

let sheet: CSSStyleSheet | null = null;

/** The one sheet, made when it is first asked for. */
export function pageSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(PAGE_CSS);
  }
  return sheet;
}

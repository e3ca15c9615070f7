import { element } from '../element.ts';

/** Asks the person before a window opens, for a browser stops a window that opens by itself; `open` is called in the press. */
export function askForWindow(addin: string, { open, ignore }: { readonly open: () => void; readonly ignore: () => void }): void {
  const answer = (act: () => void) => (): void => {
    question.remove();
    act();
  };
  const allow = element('button', { type: 'button', onclick: answer(open) }, 'Tillad');
  const question = element('div', { role: 'alertdialog', 'aria-label': addin },
    element('p', {}, `${addin} vil vise et nyt vindue.`), allow, ' ', element('button', { type: 'button', onclick: answer(ignore) }, 'Ignorer'));
  // A page's policy may stop style attributes, and not this.
  question.style.cssText = 'position:fixed;z-index:99999;inset:0;padding:40px 20px;background:Canvas;color:CanvasText;font:14px/20px "Segoe UI",sans-serif';
  document.body.append(question);
  allow.focus();
}

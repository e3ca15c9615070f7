import type { InfoBarLine } from '../model/draft.ts';
import { element } from '../element.ts';
import { icon } from './icons.ts';

export interface InfoBarParts {
  readonly lines: () => readonly InfoBarLine[];
  readonly dismiss: (key: string) => void;
  readonly act: (action: NonNullable<InfoBarLine['action']>) => void;
}

/** The lines that the add-in put above a mail. */
export function infoBar(parts: InfoBarParts): { readonly element: HTMLElement; show(): void } {
  const bar = element('div', { class: 'info-bar', role: 'status' });
  const show = (): void => bar.replaceChildren(...parts.lines().map((line) => lineOf(line, parts)));
  show();
  return { element: bar, show };
}

function lineOf(line: InfoBarLine, { dismiss, act }: InfoBarParts): HTMLElement {
  const { action } = line;
  return element('p', { class: line.type === 2 ? 'info-line wrong' : 'info-line' }, icon('mail'), element('span', {}, line.message),
    action && element('button', { type: 'button', class: 'link-button', onclick: () => act(action) }, action.text),
    element('button', { type: 'button', class: 'quiet-button', 'aria-label': `Luk linjen: ${line.message}`, onclick: () => dismiss(line.key) }, icon('close')));
}

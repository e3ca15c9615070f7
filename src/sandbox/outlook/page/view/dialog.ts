import { element } from '../element.ts';
import { icon } from './icons.ts';

export interface DialogButton<T extends string> {
  readonly value: T;
  readonly text: string;
  readonly primary?: boolean;
}

/** Outlook's own box over the page; the answer, "" where it was shut without one. */
export async function askInDialog<T extends string>(
  { title, text, buttons, closed }: {
    readonly title: string; readonly text: string; readonly buttons: readonly DialogButton<T>[];
    /** Shuts the box from outside. */
    readonly closed?: Promise<void>;
  },
): Promise<T | ''> {
  const dialog = element('dialog', { class: 'outlook-dialog', role: 'alertdialog', 'aria-labelledby': 'dialog-title', 'aria-describedby': 'dialog-text' },
    element('h2', { id: 'dialog-title' }, icon('mail'), title),
    element('p', { id: 'dialog-text' }, text),
    element('p', { class: 'dialog-buttons' }, ...buttons.map(({ value, text: words, primary }) => element('button', {
      type: 'button', class: primary === true ? 'primary' : 'plain', onclick: () => dialog.close(value),
    }, words))));
  document.body.append(dialog);
  dialog.showModal();
  void closed?.then(() => dialog.close());
  await new Promise<void>((resolve) => dialog.addEventListener('close', () => resolve(), { once: true }));
  dialog.remove();
  return buttons.find(({ value }) => value === dialog.returnValue)?.value ?? '';
}

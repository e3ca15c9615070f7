import type { Draft } from '../model/draft.ts';
import { isResolved, recipientsTyped, shownRecipient, type Recipient, type RecipientField } from '../model/recipient.ts';
import { element } from '../element.ts';
import { icon } from './icons.ts';

/** Whom Outlook knows, for finishing what is typed. */
export type Suggest = (typed: string) => readonly Recipient[];

const SUGGESTIONS_MAX = 6;

/** Til, Cc or Bcc: who is in it, and a field that takes more. */
export class RecipientFieldView {
  readonly element: HTMLElement;
  readonly #draft: Draft;
  readonly #field: RecipientField;
  readonly #suggest: Suggest;
  readonly #chips = element('ul', { class: 'chips' });
  readonly #list: HTMLUListElement;
  readonly #input: HTMLInputElement;
  #offered: readonly Recipient[] = [];
  #active = -1;

  constructor(draft: Draft, { field, label, suggest }: { readonly field: RecipientField; readonly label: string; readonly suggest: Suggest }) {
    this.#draft = draft;
    this.#field = field;
    this.#suggest = suggest;
    this.#list = element('ul', { class: 'suggestions', id: `${field}-suggestions`, role: 'listbox', 'aria-label': 'Forslag', hidden: true });
    this.#input = element('input', {
      id: field, type: 'text', autocomplete: 'off', spellcheck: 'false', role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
      'aria-controls': this.#list.id,
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event as KeyboardEvent), onblur: () => this.commit(),
    });
    this.element = element('div', { class: 'row recipients' },
      element('label', { for: field }, label), element('div', { class: 'chip-line' }, this.#chips, this.#input), this.#list);
    this.show();
  }

  focus(): void {
    this.#input.focus();
  }

  /** Takes what was typed as recipients, as leaving the field does. */
  commit(): void {
    const typed = recipientsTyped(this.#input.value);
    this.#input.value = '';
    this.#offer([]);
    if (typed.length > 0) this.#add(typed.map((one) => this.#known(one)));
  }

  show(): void {
    this.#chips.replaceChildren(...this.#draft.recipients(this.#field).map((one, n) => this.#chip(one, n)));
  }

  #chip(recipient: Recipient, index: number): HTMLElement {
    const shown = shownRecipient(recipient);
    const resolved = isResolved(recipient);
    return element('li', { class: resolved ? 'chip' : 'chip unresolved', title: recipient.emailAddress },
      element('span', {}, shown), resolved ? null : element('span', { class: 'hidden' }, ' (ikke en mailadresse)'),
      element('button', { type: 'button', 'aria-label': `Fjern ${shown}`, onclick: () => this.#remove(index) }, icon('close')));
  }

  #add(more: readonly Recipient[]): void {
    this.#draft.setRecipients({ [this.#field]: [...this.#draft.recipients(this.#field), ...more] });
  }

  #remove(index: number): void {
    this.#draft.setRecipients({ [this.#field]: this.#draft.recipients(this.#field).filter((_one, n) => n !== index) });
    this.focus();
  }

  /** Somebody known by this very address gets their name. */
  #known(typed: Recipient): Recipient {
    const address = typed.emailAddress.toLowerCase();
    return this.#suggest(address).find(({ emailAddress }) => emailAddress.toLowerCase() === address) ?? typed;
  }

  #typed(): void {
    if (/[,;\n]/.test(this.#input.value)) this.commit();
    else this.#offer(this.#input.value.trim() === '' ? [] : this.#suggest(this.#input.value).slice(0, SUGGESTIONS_MAX));
  }

  #offer(offered: readonly Recipient[]): void {
    this.#offered = offered;
    this.#list.replaceChildren(...offered.map((one, n) => element('li', {
      id: `${this.#list.id}-${n}`, role: 'option', 'aria-selected': 'false',
      // Before the field loses focus, which would take the words as they are.
      onmousedown: (event) => {
        event.preventDefault();
        this.#pick(one);
      },
    }, element('span', {}, shownRecipient(one)), element('span', { class: 'quiet' }, one.displayName === one.emailAddress ? '' : ` ${one.emailAddress}`))));
    this.#list.hidden = offered.length === 0;
    this.#input.setAttribute('aria-expanded', String(offered.length > 0));
    this.#activate(-1);
  }

  #activate(index: number): void {
    this.#active = index;
    [...this.#list.children].forEach((option, n) => option.setAttribute('aria-selected', String(n === index)));
    if (index < 0) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', `${this.#list.id}-${index}`);
  }

  #pick(recipient: Recipient): void {
    this.#input.value = '';
    this.#offer([]);
    this.#add([recipient]);
  }

  #key(event: KeyboardEvent): void {
    switch (event.key) {
      case 'Enter':
        event.preventDefault();
        return this.#enter();
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        return this.#step(event.key === 'ArrowDown' ? 1 : -1);
      case 'Escape':
        return this.#offer([]);
      case 'Backspace':
        if (this.#input.value === '') this.#removeLast();
    }
  }

  #enter(): void {
    const chosen = this.#offered[this.#active];
    if (chosen) this.#pick(chosen);
    else this.commit();
  }

  #step(by: 1 | -1): void {
    const count = this.#offered.length;
    if (count === 0) return;
    const from = this.#active < 0 && by < 0 ? 0 : this.#active;
    this.#activate((from + by + count) % count);
  }

  #removeLast(): void {
    const last = this.#draft.recipients(this.#field).length - 1;
    if (last >= 0) this.#remove(last);
  }
}
